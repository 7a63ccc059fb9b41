import { assert } from '../../lib/assert.ts';
import { createInterchangeReader } from '../interchange/interchange.ts';
import { copySegment } from '../interchange/open-interchange.ts';
import type { ReaderOptions, Reading, SetReading, Standards } from '../interchange/reading.ts';
import type { GroupReport } from '../interchange/report.ts';
import { latin1ToText } from '../scan/charset.ts';
import type { IsaEvent, ScanEvent, SegmentEvent } from '../scan/scan-events.ts';
import { type Segments, segmentId } from '../scan/segments.ts';
import type { Standard } from '../standard/definition.ts';
import { chooseStandard } from '../standard/standard.ts';
import type { Digest, Judged } from './digest.ts';
import {
  type EnvelopeProblem,
  inspectEnvelope,
  inspectGroup,
  inspectInterchange,
  tell,
} from './inspect-envelope.ts';
import { type Fields, inspectSet, inspectStraySet } from './inspect-set.ts';
import type { Piece } from './view.ts';

export type FileInspection = {
  readonly reader: ReaderOptions;
  readonly digest: Digest;
  /** Whether long sets are shown whole. */
  readonly whole: boolean;
  readonly fieldsOf: (reading: SetReading) => Fields;
};

/** Where in the file showing stands. */
type Inspector = {
  readonly inspection: FileInspection;
  /** Pieces of the envelope that came before the next set. */
  readonly ready: Piece[];
  open: Judged | undefined;
  standards: Standards;
  standard: Standard | undefined;
  /** By the byte offset of their GS. */
  groups: ReadonlyMap<number, GroupReport>;
  group: GroupReport | undefined;
  /** What the interchange and its groups are told, by offset, and how far it was placed. */
  problems: readonly EnvelopeProblem[];
  placed: number;
  /** The set that is being read, as it was sent. */
  sent: Segments | undefined;
  /** Where the last piece ended, and the last bytes of what was read. */
  end: number;
  tail: Uint8Array;
};

/** As much as is shown of a segment that was cut off. */
const TAIL = 200;

/** Shows a file once more, when all that is said of it is known. */
export function* inspectFile(chunks: Iterable<Uint8Array>, inspection: FileInspection): Generator<Piece> {
  const inspector: Inspector = {
    inspection,
    ready: [],
    open: undefined,
    standards: new Map(),
    standard: undefined,
    groups: new Map(),
    group: undefined,
    problems: [],
    placed: 0,
    sent: undefined,
    end: 0,
    tail: new Uint8Array(0),
  };
  const observe = (event: ScanEvent) => observeEvent(inspector, event);
  const reader = createInterchangeReader({ ...inspection.reader, observe });
  for (const chunk of chunks) {
    inspector.tail = Buffer.concat([inspector.tail, chunk.subarray(-TAIL)]).subarray(-TAIL);
    yield* showReadings(inspector, reader.push(chunk));
  }
  yield* showReadings(inspector, reader.end());
}

function* showReadings(inspector: Inspector, readings: Iterable<Reading>): Generator<Piece> {
  const { ready } = inspector;
  for (const reading of readings) {
    yield* ready.splice(0);
    switch (reading.kind) {
      case 'set':
        yield showSet(inspector, reading);
        break;
      case 'interchange':
        yield* endInterchange(inspector);
        break;
      case 'junk': {
        const { offset, length, problem } = reading;
        yield { kind: 'junk', offset, length, told: tell({ ...problem, list: 'TA105' }) };
        break;
      }
    }
  }
  yield* ready.splice(0);
}

function showSet(inspector: Inspector, reading: SetReading): Piece {
  const { inspection, open, group, standard, sent } = inspector;
  const { report } = reading;
  const lostGroup = group !== undefined && group.codes.length > 0 ? 'group' : undefined;
  const lost = open?.report.status === 'R' ? 'interchange' : lostGroup;
  return inspectSet(reading, {
    standard,
    lost,
    sent: sent ?? reading.segments,
    others: takeProblems(inspector, report.offset + report.length).map(tell),
    whole: inspection.whole,
    fields: () => inspection.fieldsOf(reading),
  });
}

function observeEvent(inspector: Inspector, event: ScanEvent): void {
  if (event.kind === 'oddity') return;
  // What the end of the file cut off is shown with the cut; an IEA may be whole without its terminator.
  if (event.kind === 'segment' && !event.terminated && segmentId(event.segments, 0) !== 'IEA') return;
  const { end } = inspector;
  inspector.end = event.end;
  if (event.kind === 'isa') beginInterchange(inspector, event);
  // Behind an interchange that was given up nothing was read, and nothing can be said.
  if (inspector.open === undefined) return;
  const { ready } = inspector;
  switch (event.kind) {
    case 'segment':
      ready.push(...showSegment(inspector, event));
      break;
    case 'set':
      inspector.sent = event.segments;
      if (inspector.group !== undefined) return;
      ready.push(...inspectStraySet(event.segments, inspector.standard));
      break;
    case 'cut':
      ready.push({
        kind: 'cut',
        offset: event.end,
        torn: event.reason === 'eof' ? readTorn(inspector, event.end - end) : '',
        told: takeRest(inspector).map(tell),
      });
      ready.push(...endGroup(inspector));
      break;
  }
}

function readTorn({ tail, inspection }: Inspector, length: number): string {
  if (length <= 0) return '';
  const bytes = Buffer.from(tail.subarray(-Math.min(length, TAIL)));
  const text = latin1ToText(bytes.toString('latin1'), inspection.reader.charset ?? 'utf-8').trim();
  return length > TAIL ? `…${text}` : text;
}

function beginInterchange(inspector: Inspector, { header, offset, end }: IsaEvent): void {
  const { reader, digest } = inspector.inspection;
  const judged = digest.judged.get(offset);
  assert(
    judged !== undefined,
    `the interchange at byte ${offset} was not there before: the file has changed`,
  );
  const { report, repeated } = judged;
  const { standards } = reader;
  inspector.open = judged;
  inspector.standards = typeof standards === 'function' ? standards(report.header) : standards;
  inspector.standard = chooseStandard(inspector.standards, report.header.version)?.standard;
  inspector.groups = new Map(report.groups.map((group) => [group.header.offset, group]));
  inspector.problems = [
    ...report.problems.map((problem): EnvelopeProblem => ({ ...problem, list: 'TA105' })),
    ...report.groups.flatMap(({ problems }) =>
      problems.filter(({ code }) => code !== '3').map((one): EnvelopeProblem => ({ ...one, list: 'AK905' })),
    ),
  ].sort((a, b) => a.offset - b.offset);
  inspector.placed = 0;
  inspector.ready.push(
    inspectInterchange(header, report, repeated, inspector.standard, takeProblems(inspector, end)),
  );
}

/** GS, GE, IEA, TA1, and what should not be there. */
function showSegment(inspector: Inspector, { segments, end }: SegmentEvent): Piece[] {
  const id = segmentId(segments, 0);
  const ended = id === 'GS' || id === 'IEA' ? endGroup(inspector) : [];
  const problems = takeProblems(inspector, end);
  const group = id === 'GS' ? inspector.groups.get(segments.offset) : undefined;
  if (group !== undefined) {
    const lost = inspector.open?.report.status === 'R';
    inspector.group = group;
    inspector.standard = chooseStandard(inspector.standards, group.header.version)?.standard;
    return [...ended, inspectGroup(segments, group, lost, inspector.standard, problems)];
  }
  if (id === 'GE') inspector.group = undefined;
  const values = copySegment(segments) as string[];
  const { separators, offset } = segments;
  return [...ended, inspectEnvelope(values, offset, inspector.standard, separators, problems)];
}

/** A group that is still open ends without its GE. */
function endGroup(inspector: Inspector): Piece[] {
  const { group } = inspector;
  inspector.group = undefined;
  const told = group?.problems.filter(({ code }) => code === '3') ?? [];
  const name = inspector.standard?.segments.get('GE')?.name ?? '';
  return told.map((one) => ({
    kind: 'missing',
    id: 'GE',
    name,
    depth: 0,
    told: [tell({ ...one, list: 'AK905' })],
  }));
}

/** What is said of places before `end` and was not shown yet. */
function takeProblems(inspector: Inspector, end: number): EnvelopeProblem[] {
  const { problems, placed } = inspector;
  while (inspector.placed < problems.length && problems[inspector.placed]!.offset < end) inspector.placed++;
  return problems.slice(placed, inspector.placed);
}

function takeRest(inspector: Inspector): EnvelopeProblem[] {
  return takeProblems(inspector, Number.POSITIVE_INFINITY);
}

function* endInterchange(inspector: Inspector): Generator<Piece> {
  yield* endGroup(inspector);
  yield { kind: 'end', told: takeRest(inspector).map(tell) };
  inspector.open = undefined;
}
