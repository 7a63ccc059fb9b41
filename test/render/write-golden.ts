import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { INSPECTIONS } from './inspections.ts';

/** Writes the golden files anew (`npm run golden`): read the difference before it is committed, and explain it. */
const golden = new URL('golden/', import.meta.url);
mkdirSync(golden, { recursive: true });
for (const file of readdirSync(golden)) rmSync(new URL(file, golden));
for (const { name, draw } of INSPECTIONS) writeFileSync(new URL(name, golden), `${draw()}\n`);
process.stdout.write(`${INSPECTIONS.length} inspections written\n`);
