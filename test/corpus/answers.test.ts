import test from 'ava';
import { tellAnswers } from './acknowledgement.ts';
import { checkAnswer } from './check-answer.ts';
import { listX12Files, readSample } from './corpus.ts';
import { judgeSample } from './judge-sample.ts';
import { hasCorpus } from './presence.ts';
import { TABLE } from './table.ts';

if (hasCorpus()) {
  test('every X12 file of the corpus stands in the table', (t) => {
    const files = listX12Files().map(({ path }) => path);
    t.deepEqual(TABLE.map(([path]) => path).sort(), files.sort());
  });

  for (const [path, reads, answer, why = ''] of TABLE) {
    test(`${path} brings ${reads} documents and gets ${answer || 'no answer'} ${why}`.trim(), (t) => {
      const bytes = readSample(path);
      const { documents, acknowledgements, unwritten } = judgeSample(bytes);
      t.is(documents, reads);
      t.deepEqual(unwritten, []);
      t.is(tellAnswers(acknowledgements), answer);
      for (const acknowledgement of acknowledgements) t.deepEqual(checkAnswer(acknowledgement, bytes), []);
    });
  }
}
