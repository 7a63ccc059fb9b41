import { readFileSync, writeFileSync } from 'node:fs';
import { KINDS_PAGE, putKinds } from './kinds-page.ts';

/** Writes the tables of kinds and choices into docs/operations.md (`npm run golden`). */
writeFileSync(KINDS_PAGE, putKinds(readFileSync(KINDS_PAGE, 'utf8')));
process.stdout.write('docs/operations.md written\n');
