import { existsSync, readdirSync, readFileSync } from 'node:fs';
import test from 'ava';
import fc from 'fast-check';
import { documentTypes } from '../../src/mapping/language/documents.ts';
import { readSet } from '../../src/mapping/run/read-set.ts';
import { writeSet } from '../../src/mapping/run/write-set.ts';
import { readInterchanges } from '../../src/x12/interchange/interchange.ts';
import { findFaults, splitAnswer } from '../corpus/acknowledgement.ts';
import { readWithNodeX12 } from '../corpus/node-x12.ts';
import { printSegments, readBack } from '../mapping/support.ts';
import { arbitraryDocument } from './arbitrary-document.ts';
import { configuration } from './configuration.ts';
import { explainDifferences } from './differences.ts';
import { playSample } from './play-sample.ts';
import { listSamples, type Sample } from './samples.ts';
import { writeFileAgain, writeSetsAgain } from './write-again.ts';

const VERSIONS = ['004010', '005010'];

/** The sets that the gateway reads and writes; 999 came with 005010. */
const SETS = [
  ...'850 855 860 865 856 810 997 830 862 861 820 824 864 846 940 945'
    .split(' ')
    .flatMap((set) => VERSIONS.map((version) => `${version} ${set}`)),
  '005010 999',
];

/** Sets of that list that have no sample yet, and why. To be empty. */
const MISSING: Readonly<Record<string, string>> = {};

/** Samples that are written otherwise than they were sent, by the rules of `differences.ts`. */
const DIFFERENCES: Readonly<Record<string, readonly string[]>> = {
  '004010/850-loose-habits': [
    'totals',
    'ordinals',
    'lists of text',
    'pairs',
    'implied decimals',
    'one place',
    'order',
  ],
};

const samples = listSamples();

test('every set has a sample in every version that has the set', (t) => {
  const there = new Set(
    samples.flatMap(({ version, bytes }) => setsIn(bytes).map((set) => `${version} ${set}`)),
  );
  t.deepEqual(
    SETS.filter((one) => !there.has(one)),
    SETS.filter((one) => one in MISSING),
  );
});

test('there is no golden file without its sample', (t) => {
  const golden = VERSIONS.flatMap((version) =>
    readdirSync(new URL(`golden/${version}/`, import.meta.url)).map(
      (file) => `${version}/${file.split('.')[0]}`,
    ),
  );
  t.deepEqual([...new Set(golden)].sort(), samples.map(({ name }) => name).sort());
});

for (const sample of samples) testSample(sample);

function testSample({ name, version, bytes }: Sample): void {
  test(`${name} is sound and named after its set and version`, (t) => {
    t.deepEqual(findFaults(bytes, configuration), []);
    const [set] = name.split('/')[1]!.split('-');
    const sets = setsIn(bytes);
    if (set === 'mixed') t.true(sets.length > 1);
    else t.deepEqual(sets, [set]);
    for (const reading of readInterchanges(bytes, configuration))
      if (reading.kind === 'set') t.is(reading.group.version, version);
    for (const one of cutInterchanges(bytes)) t.deepEqual(readWithNodeX12(toText(one)), cutAlone(one));
  });

  test(`${name} is read, written and answered as its golden files say`, (t) => {
    for (const [end, text] of Object.entries(playSample(bytes)))
      t.is(text, readGolden(`${name}.${end}`), end);
  });

  test(`${name} reads as documents of their type`, (t) => {
    const documents = readGolden(`${name}.jsonl`)!.trimEnd().split('\n');
    for (const line of documents) {
      const document = JSON.parse(line);
      const type = documentTypes[document.kind as keyof typeof documentTypes];
      t.is(JSON.stringify(type.parse(document)), line);
    }
    t.is(documents.length, countSets(bytes) + countTa1s(bytes));
  });

  test(`${name} is written again as it was sent`, (t) => {
    const sets = writeSetsAgain(bytes, configuration);
    t.is(sets.length, countSets(bytes));
    t.deepEqual(
      sets.flatMap(({ problems }) => problems),
      [],
    );
    const expected = DIFFERENCES[name] ?? [];
    t.deepEqual([...new Set(sets.flatMap(explainDifferences))].sort(), [...expected].sort());
    if (expected.length === 0) t.is(toText(writeFileAgain(bytes, configuration)), toText(bytes));
  });

  test(`the answer to ${name} is sound`, (t) => {
    const answers = cutInterchanges(Buffer.from(readGolden(`${name}.ack.edi`) ?? ''));
    // Acknowledgements are never acknowledged.
    if (setsIn(bytes).some((set) => set !== '997' && set !== '999')) t.true(answers.length > 0);
    else t.deepEqual(answers, []);
    for (const answer of answers) {
      t.deepEqual(findFaults(answer, configuration), []);
      t.deepEqual(readWithNodeX12(toText(answer)), cutAlone(answer));
    }
  });
}

const SOURCE = {
  format: 'x12',
  version: '004010',
  set: '850',
  sender: 'ZZ:A',
  receiver: 'ZZ:B',
  interchange: '1',
  group: '1',
  control: '1',
};

for (const version of VERSIONS) {
  const standard = configuration.standards.get(version)!;
  for (const file of readdirSync(new URL('../../maps/x12/', import.meta.url))) {
    const set = file.replace(/\.yaml$/, '');
    const map = configuration.mapFor(undefined, set, standard);
    if (map === undefined) continue;

    test(`any document that the map of ${set} ${version} can say is written and read again the same`, (t) => {
      fc.assert(
        fc.property(arbitraryDocument(map, SOURCE), (document) => {
          const { segments, problems, unwritten } = writeSet(map, document);
          t.deepEqual([problems, unwritten], [[], []]);
          const again = readSet(map, { ...readBack(set, segments, version), source: document['source'] });
          t.deepEqual(again, document, printSegments(segments));
          const type = documentTypes[map.document as keyof typeof documentTypes];
          t.is(JSON.stringify(again), JSON.stringify(type.parse(again)));
          t.deepEqual(writeSet(map, again).segments, segments);
        }),
        { numRuns: 60 },
      );
    });
  }
}

function setsIn(bytes: Uint8Array): string[] {
  const sets = new Set<string>();
  for (const reading of readInterchanges(bytes, configuration))
    if (reading.kind === 'set') sets.add(reading.report.set);
  return [...sets].sort();
}

function countSets(bytes: Uint8Array): number {
  let count = 0;
  for (const reading of readInterchanges(bytes, configuration)) if (reading.kind === 'set') count++;
  return count;
}

function countTa1s(bytes: Uint8Array): number {
  let count = 0;
  for (const reading of readInterchanges(bytes, configuration))
    if (reading.kind === 'interchange') count += reading.ta1s.length;
  return count;
}

/** Segments from GS to GE, cut at the separators by nothing of ours. */
function cutAlone(interchange: Uint8Array): string[][] {
  return splitAnswer(interchange).filter(([id]) => !['ISA', 'TA1', 'IEA'].includes(id!));
}

function cutInterchanges(bytes: Uint8Array): Uint8Array[] {
  const found: Uint8Array[] = [];
  for (const reading of readInterchanges(bytes, configuration))
    if (reading.kind === 'interchange')
      found.push(bytes.subarray(reading.offset, reading.offset + reading.length));
  return found;
}

function toText(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString();
}

function readGolden(file: string): string | undefined {
  const url = new URL(`golden/${file}`, import.meta.url);
  return existsSync(url) ? readFileSync(url, 'utf8') : undefined;
}
