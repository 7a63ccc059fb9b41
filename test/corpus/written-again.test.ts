import test from 'ava';
import { explainDifferences } from '../sets/differences.ts';
import { writeSetsAgain } from '../sets/write-again.ts';
import { copyInterchanges } from './copy-file.ts';
import { explainCopy } from './copy-rules.ts';
import { configuration, openProfile, readSample } from './corpus.ts';
import { judgeSample, type SetOutcome } from './judge-sample.ts';
import { hasCorpus } from './presence.ts';
import { TABLE } from './table.ts';

if (hasCorpus()) {
  for (const [path] of TABLE) {
    test(`every set that is taken of ${path} is written as it was sent, segment by segment`, (t) => {
      const bytes = readSample(path);
      const copies = copyInterchanges(bytes);
      const copied = copies.flatMap(({ taken }) => taken.filter(Boolean)).length;
      t.is(copied, listSets(bytes, ['document', 'envelope']).length);
      for (const copy of copies)
        t.false(explainCopy(copy).includes('unexplained'), explainCopy(copy).join(', '));
    });

    // The document alone is written: a value that is not in it cannot come out of it.
    test(`every document of ${path} is written as its set was sent`, (t) => {
      const bytes = readSample(path);
      const sets = writeSetsAgain(bytes, configuration, openProfile);
      const offsets = new Set(sets.map(({ sent }) => sent.report.offset));
      t.deepEqual(
        listSets(bytes, ['document', 'shown']).filter((offset) => !offsets.has(offset)),
        [],
      );
      for (const one of sets) {
        const name = `${one.sent.report.set} ${one.sent.report.control}`;
        const names = explainDifferences(one);
        t.deepEqual(one.problems, [], name);
        t.false(names.includes('unexplained'), `${name}: ${names.join(', ')}`);
      }
    });
  }
}

/** Places of the sets of a file that became one of these. */
function listSets(bytes: Uint8Array, outcomes: readonly SetOutcome[]): number[] {
  const sets = judgeSample(bytes).sets.filter(({ outcome }) => outcomes.includes(outcome));
  return sets.map(({ offset }) => offset);
}
