import test from 'ava';
import { KINDS } from '../../src/x12/mutation/kinds.ts';
import { listCodes, OF_PARTNERS, runVersion } from './mutation-support.ts';

test('005010: every kind of mutant of every set is answered as the standard asks', (t) => {
  const run = runVersion(t, '005010');
  t.true(run.count >= 20_000, `${run.count} mutants`);
  const kinds = Object.keys(KINDS).filter((kind) => !OF_PARTNERS.has(kind));
  t.deepEqual([...run.made.keys()].sort(), kinds.sort());
  t.deepEqual([...run.codes].sort(), listCodes(true));
});
