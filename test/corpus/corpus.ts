import { readFileSync } from 'node:fs';
import { loadConfiguration } from '../../src/pipeline/configuration/configuration.ts';
import { makeOpenProfile } from '../../src/pipeline/process/profiles.ts';
import { FOLDER } from './folder.ts';

const root = new URL('../../', import.meta.url).pathname;

export const configuration = loadConfiguration({
  mapsFolder: `${root}maps`,
  partnersFolder: `${root}partners`,
});

/** As `read` without a partner reads. */
export const openProfile = makeOpenProfile(configuration);

/** Path below the corpus and `CLEAN`, `SLOPPY` or `NEGATIVE`, of every X12 file. */
export function listX12Files(): { readonly path: string; readonly check: string }[] {
  const [, ...rows] = readFileSync(new URL('PROVENANCE.tsv', FOLDER), 'utf8').trimEnd().split('\n');
  return rows
    .map((row) => row.split('\t'))
    .filter(([, type]) => type!.startsWith('x12-'))
    .map(([path = '', , , , , , , , , check = '']) => ({ path, check: check.split(' ')[0]! }));
}

export function readSample(path: string): Buffer {
  return readFileSync(new URL(path, FOLDER));
}
