import { isDeepStrictEqual } from 'node:util';
import type { CanonicalDocument } from '../../src/mapping/language/documents.ts';
import { readSet } from '../../src/mapping/run/read-set.ts';
import { writeSet } from '../../src/mapping/run/write-set.ts';
import { readDocuments } from '../../src/pipeline/documents/read-documents.ts';
import { validateFile } from '../../src/pipeline/documents/validate-file.ts';
import type { ReadingProfile } from '../../src/pipeline/process/interpret.ts';
import { makeOpenProfile, makeReadingProfile } from '../../src/pipeline/process/profiles.ts';
import { createInterchangeReader, readInterchanges } from '../../src/x12/interchange/interchange.ts';
import type {
  InterchangeReading,
  ReaderOptions,
  Reading,
  SetReading,
} from '../../src/x12/interchange/reading.ts';
import type { InterchangeReport, SetReport } from '../../src/x12/interchange/report.ts';
import { chooseStandard } from '../../src/x12/standard/standard.ts';
import { readBack } from '../mapping/support.ts';
import { configuration } from '../sets/configuration.ts';
import { writeSetsAgain } from '../sets/write-again.ts';
import { findAnswerFaults } from './answer-faults.ts';
import { findLost } from './nothing-lost.ts';
import type { Random } from './random.ts';

const NOW = '2026-01-05T09:15:00.000Z';
const open = makeOpenProfile(configuration);
/** Whatever is wrong with a set or its version refuses it. */
const strict = { ...makeReadingProfile(configuration, undefined), tolerance: {} };

/** What must hold of whatever bytes come in; what does not is thrown. Says how many documents were read. */
export function checkInput(bytes: Uint8Array, random: Random): number {
  checkReadings(bytes, configuration, random);
  checkAnswers(bytes);
  return checkDocuments(bytes);
}

/** What holds of the readings under any agreement with a partner. */
export function checkReadings(bytes: Uint8Array, options: ReaderOptions, random: Random): void {
  const readings = tellReadings(readInterchanges(bytes, options));
  const chunked = tellReadings(readInChunks(bytes, options, random));
  expect('read alike in chunks', isDeepStrictEqual(readings, chunked));
  checkPlaces(readings, bytes.length);
  for (const told of readings) {
    if (told.kind === 'interchange') checkReport(told);
    else if (told.kind === 'junk') expectPrintable([told.problem]);
  }
}

/** A reading as plain data: its views are gone when the next one comes. */
type Told =
  | {
      readonly kind: 'set';
      readonly report: SetReport;
      readonly segments: string;
      readonly nodes: readonly number[];
    }
  | Exclude<Reading, SetReading>;

function tellReadings(readings: Iterable<Reading>): readonly Told[] {
  const told: Told[] = [];
  for (const reading of readings) {
    if (reading.kind !== 'set') told.push(reading);
    else {
      const { report, segments, nodes } = reading;
      told.push({
        kind: 'set',
        report,
        segments: segments.text,
        nodes: [...nodes.subarray(0, segments.count)],
      });
    }
  }
  return told;
}

function* readInChunks(bytes: Uint8Array, options: ReaderOptions, random: Random): Generator<Reading> {
  const reader = createInterchangeReader(options);
  const most = random.choose([1, 7, 64, 500]);
  for (let at = 0; at < bytes.length; ) {
    const next = at + 1 + random.below(most);
    const chunk = Uint8Array.from(bytes.subarray(at, next));
    yield* reader.push(chunk);
    // The caller may use its buffer again.
    chunk.fill(0x2a);
    at = next;
  }
  yield* reader.end();
}

/** What is read lies in the file, one thing behind the other, and each set inside its interchange, told once. */
function checkPlaces(readings: readonly Told[], length: number): void {
  let end = 0;
  let sets: SetReport[] = [];
  for (const told of readings) {
    if (told.kind === 'set') {
      sets.push(told.report);
      continue;
    }
    expect('the ranges follow each other', told.offset >= end);
    end = told.offset + told.length;
    expect('the ranges lie in the file', end <= length);
    if (told.kind === 'junk') continue;
    let last = told.offset;
    for (const { offset, length: size } of sets) {
      expect(
        'the sets lie in their interchange, one behind the other',
        offset >= last && offset + size <= end,
      );
      last = offset + size;
    }
    const reported = told.report.groups.flatMap((group) => group.sets);
    expect('each set is reported once, in its group', isDeepStrictEqual(reported, sets));
    sets = [];
  }
  expect('every set is in an interchange that is told', sets.length === 0);
}

function checkReport({ report, complete }: InterchangeReading): void {
  expect('what lacks its end is refused', complete || report.status === 'R');
  expectPrintable(report.problems);
  for (const { status, received, accepted, sets, codes, problems } of report.groups) {
    const taken = sets.filter((set) => set.status !== 'R').length;
    expect('AK903 counts the sets', received === sets.length);
    expect('AK904 counts those taken', accepted === (status === 'R' ? 0 : taken));
    expect('AK901 fits AK905', codes.length === 0 || status === 'R');
    expect('AK901 fits AK904', (status === 'P') === (accepted > 0 && accepted < received));
    expectPrintable(problems);
    for (const set of sets) {
      expect('AK501 fits AK502', set.codes.length === 0 || set.status === 'R');
      expect('what is refused says why', set.status !== 'R' || set.codes.length + codes.length > 0);
      expectPrintable([
        ...set.problems,
        ...set.segments,
        ...set.segments.flatMap(({ elements }) => elements),
      ]);
    }
  }
}

function expectPrintable(said: readonly { readonly message: string }[]): void {
  for (const { message } of said) {
    expect(`messages are printable: ${JSON.stringify(message)}`, !/[\x00-\x1f\x7f-\x9f]/.test(message));
    expect('messages are short', message.length < 1000);
  }
}

/** What goes back is written, and sound by our own definitions. */
function checkAnswers(bytes: Uint8Array): void {
  const { reports, acknowledgements, unwritten } = validateFile(bytes, configuration, undefined, NOW);
  expect(`every answer is written: ${unwritten.join()}`, unwritten.length === 0);
  expect('no interchange is answered twice', acknowledgements.length <= reports.length);
  for (const answer of acknowledgements) {
    const faults = findAnswerFaults(answer, reports, configuration);
    expect(`answers are sound: ${faults.join()}`, faults.length === 0);
  }
}

/** A document comes from a set that was taken, whatever is put up with. What nothing is wrong with says the same again. */
function checkDocuments(bytes: Uint8Array): number {
  takeDocuments(bytes, open);
  const { documents, reports } = takeDocuments(bytes, strict);
  for (const document of documents) checkWriting(document);
  // Of an interchange that is refused its separators alone may be nonsense.
  if (documents.length > 0 && reports.every(({ status }) => status !== 'R'))
    for (const again of writeSetsAgain(bytes, configuration)) {
      const lost = findLost(again);
      expect(`nothing is lost: ${lost.join()}`, lost.length === 0);
    }
  return documents.length;
}

type Taken = {
  readonly documents: readonly CanonicalDocument[];
  readonly reports: readonly InterchangeReport[];
};

function takeDocuments(bytes: Uint8Array, profile: ReadingProfile): Taken {
  const documents: CanonicalDocument[] = [];
  const reports: InterchangeReport[] = [];
  for (const result of readDocuments(() => [bytes], profile)) {
    if (result.kind === 'interchange') reports.push(result.report);
    // A TA1 is no set, and no map writes it.
    else if (result.kind === 'document' && result.document.kind !== 'interchange-acknowledgement')
      documents.push(result.document);
  }
  expect('documents come from sets that are taken', documents.length <= countTaken(reports));
  return { documents, reports };
}

function checkWriting(document: CanonicalDocument): void {
  const { source } = document;
  if (source === undefined) throw new Error('does not hold: what was read names its source');
  const { standard } = chooseStandard(configuration.standards, source.version)!;
  const map = configuration.mapFor(undefined, source.set, standard)!;
  const { segments, problems, unwritten } = writeSet(map, document);
  const said = [...problems.map(({ message }) => message), ...unwritten].join();
  expect(`what was read is written: ${said}`, said === '');
  const reading = readBack(source.set, segments, standard.version);
  expect(`what is written is sound: ${JSON.stringify(reading.report)}`, reading.report.status === 'A');
  const again = readSet(map, { ...reading, source });
  expect('what is written reads as the same document', isDeepStrictEqual(again, document));
}

/** Sets that were taken: nothing of an interchange that is refused. */
export function countTaken(reports: readonly InterchangeReport[]): number {
  const groups = reports.flatMap((report) => (report.status === 'R' ? [] : report.groups));
  return groups.reduce((sum, { accepted }) => sum + accepted, 0);
}

function expect(what: string, holds: boolean): void {
  if (!holds) throw new Error(`does not hold: ${what}`);
}
