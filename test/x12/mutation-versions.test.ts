import test from 'ava';
import { runVersion, standards } from './mutation-support.ts';

for (const version of standards.keys()) {
  // These have a test of their own, on another core.
  if (version === '004010' || version === '005010') continue;

  test(`${version}: every kind of mutant of every set is answered as the standard asks`, (t) => {
    const run = runVersion(t, version);
    t.true(run.count >= 1000, `${run.count} mutants`);
  });
}

test('the versions that have a test of their own are held', (t) => {
  t.true(standards.has('004010') && standards.has('005010'));
});
