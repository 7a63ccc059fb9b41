import { existsSync } from 'node:fs';
import test from 'ava';
import { FOLDER } from './corpus.ts';

/** The samples are no part of the repository: without them their tests are skipped, unless all tests are asked for. */
export function hasCorpus(): boolean {
  if (existsSync(FOLDER)) return true;
  const missing = `the corpus of sample documents is not at ${FOLDER.pathname}`;
  if (process.env['CAUSEWAY_TEST_ALL'] === undefined) test.skip(missing, () => {});
  else test(missing, (t) => t.fail('CAUSEWAY_TEST_ALL asks for every test'));
  return false;
}
