import { spawnSync } from 'node:child_process';
import test from 'ava';

/**
 * Some tests need what is no part of the project. Where it is missing they are skipped by name; where all tests are
 * asked for (CAUSEWAY_TEST_ALL, as the build server does) its absence is a failure.
 */
export function hasRequirement(what: string, present: boolean): boolean {
  if (present) return true;
  if (process.env['CAUSEWAY_TEST_ALL'] === undefined) test.skip(`${what} is not here`, () => {});
  else test(`${what} is not here`, (t) => t.fail('CAUSEWAY_TEST_ALL asks for every test'));
  return false;
}

export function hasProgram(name: string): boolean {
  const { error } = spawnSync(name, ['-V'], { stdio: 'ignore' });
  return hasRequirement(`the program ${name}`, error === undefined);
}
