import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { playSample } from './play-sample.ts';
import { listSamples } from './samples.ts';

/** Writes the golden files anew (`npm run golden`): read the difference before it is committed, and explain it. */
const golden = new URL('golden/', import.meta.url);
rmSync(golden, { recursive: true, force: true });
for (const { name, version, bytes } of listSamples()) {
  mkdirSync(new URL(`${version}/`, golden), { recursive: true });
  for (const [end, text] of Object.entries(playSample(bytes)))
    if (text !== undefined) writeFileSync(new URL(`${name}.${end}`, golden), text);
}
process.stdout.write(`golden files of ${listSamples().length} samples written\n`);
