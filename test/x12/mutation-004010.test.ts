import test from 'ava';
import { KINDS } from '../../src/x12/mutation/kinds.ts';
import { listCodes, OF_PARTNERS, runVersion } from './mutation-support.ts';

test('004010: every kind of mutant of every set is answered as the standard asks', (t) => {
  const run = runVersion(t, '004010');
  t.true(run.count >= 20_000, `${run.count} mutants`);
  // Elements do not repeat before 00402.
  const kinds = Object.keys(KINDS).filter((kind) => !OF_PARTNERS.has(kind) && kind !== 'too-many-repeats');
  t.deepEqual([...run.made.keys()].sort(), kinds.sort());
  t.deepEqual([...run.codes].sort(), listCodes(false));
});
