import test from 'ava';
import { readDocuments } from '../../src/pipeline/documents/read-documents.ts';
import { validateFile } from '../../src/pipeline/documents/validate-file.ts';
import { readInterchanges } from '../../src/x12/interchange.ts';
import { splitAnswer, tellAnswers } from './acknowledgement.ts';
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
        t.deepEqual(findFaults(acknowledgement), []);
        const groups = splitAnswer(acknowledgement).filter(([id]) => !ENVELOPE.has(id!));
        t.deepEqual(readWithNodeX12(Buffer.from(acknowledgement).toString('latin1')), groups);
      }
    });
  }
}

const ENVELOPE = new Set(['ISA', 'TA1', 'IEA']);

/** What our own definition of 997 finds wrong with an answer. */
function findFaults(answer: Uint8Array): string[] {
  return [...readInterchanges(answer, { standards: configuration.standards })].flatMap((reading) => {
    if (reading.kind === 'junk') return [reading.problem.message];
    if (reading.kind === 'set') return reading.report.status === 'A' ? [] : [JSON.stringify(reading.report)];
    const { problems, groups } = reading.report;
    // The names under which we and they exchange are theirs to choose, codes of I05 or not.
    const faults = problems.filter(({ code }) => code !== '005' && code !== '007');
    return [...faults, ...groups.flatMap((group) => group.problems)].map(({ message }) => message);
  });
}
