import test from 'ava';
import { readDocuments } from '../../src/pipeline/documents/read-documents.ts';
import { validateFile } from '../../src/pipeline/documents/validate-file.ts';
import { findFaults, splitAnswer, tellAnswers } from './acknowledgement.ts';
import { configuration, listX12Files, openProfile, readSample } from './corpus.ts';
import { readWithNodeX12 } from './node-x12.ts';
import { hasCorpus } from './presence.ts';
import { TABLE } from './table.ts';

const NOW = '2026-01-05T09:15:00.000Z';

if (hasCorpus()) {
  test('every X12 file of the corpus stands in the table', (t) => {
    const files = listX12Files().map(({ path }) => path);
    t.deepEqual(TABLE.map(([path]) => path).sort(), files.sort());
  });

  for (const [path, reads, answer, why = ''] of TABLE) {
    test(`${path} brings ${reads} documents and gets ${answer || 'no answer'} ${why}`.trim(), (t) => {
      const bytes = readSample(path);
      const results = [...readDocuments(() => [bytes], openProfile)];
      t.is(results.filter(({ kind }) => kind === 'document').length, reads);
      const { acknowledgements, unwritten } = validateFile(bytes, configuration, undefined, NOW);
      t.deepEqual(unwritten, []);
      t.is(tellAnswers(acknowledgements), answer);
      for (const acknowledgement of acknowledgements) {
        t.deepEqual(findFaults(acknowledgement, configuration), []);
        const groups = splitAnswer(acknowledgement).filter(([id]) => !ENVELOPE.has(id!));
        t.deepEqual(readWithNodeX12(Buffer.from(acknowledgement).toString('latin1')), groups);
      }
    });
  }
}

const ENVELOPE = new Set(['ISA', 'TA1', 'IEA']);
