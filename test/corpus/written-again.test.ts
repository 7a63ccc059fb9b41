import test from 'ava';
import { explainDifferences } from '../sets/differences.ts';
import { writeSetsAgain } from '../sets/write-again.ts';
import { configuration, listX12Files, readSample } from './corpus.ts';
import { hasCorpus } from './presence.ts';

if (hasCorpus()) {
  for (const { path } of listX12Files()) {
    const sets = writeSetsAgain(readSample(path), configuration);
    if (sets.length === 0) continue;

    test(`the sound sets of ${path} are written as they were read`, (t) => {
      for (const one of sets) {
        const name = `${one.sent.report.set} ${one.sent.report.control}`;
        t.deepEqual(one.problems, [], name);
        t.false(
          explainDifferences(one).includes('unexplained'),
          `${name}: ${explainDifferences(one).join(', ')}`,
        );
      }
    });
  }
}
