import { createScanner, type Scanner } from '../scan/scan.ts';
import type { IsaEvent, ScanEvent, SegmentEvent, SetEvent } from '../scan/scan-events.ts';
import { element, type Segments, segmentId } from '../scan/segments.ts';
import { idsOfSegments } from '../standard/standard.ts';
import { findOddities, raiseIsa } from '../tolerate/isa-oddities.ts';
import { tidySegment } from '../tolerate/tidy.ts';
import { DEFAULT_TOLERANCE } from '../tolerate/tolerance.ts';
import { type Between, readBehind, readJunkBetween } from './between.ts';
import { closeCut, closeWithIea, giveUp } from './close-interchange.ts';
import { checkIsa, checkService, readHeader } from './envelope.ts';
import { openGroup, readGroupHeader } from './group.ts';
import { readEmpty } from './junk.ts';
import {
  addFindings,
  copySegment,
  endGroup,
  isWholeIea,
  keepTa1,
  type OpenInterchange,
  readGe,
  refuse,
  stray,
  weighOddity,
} from './open-interchange.ts';
import type { InterchangeReader, InterchangeReading, ReaderOptions, Reading } from './reading.ts';
import { checkSet } from './set.ts';

type Reader = Between & {
  readonly options: ReaderOptions;
  readonly scanner: Scanner;
  open: OpenInterchange | undefined;
  nodes: Int32Array;
  interchanges: number;
};

/** No honest sender is refused so often: what follows in the interchange is not read, and memory stays bounded. */
const MOST_REFUSED_SETS = 10_000;

/** IEA01 has five digits. */
const MOST_GROUPS = 99_999;

const DEFAULT_MAX_SET_BYTES = 64 * 1024 * 1024;

/** Reads interchanges as bytes arrive: push chunks, take all their readings, then `end`. */
export function createInterchangeReader(given: ReaderOptions): InterchangeReader {
  const options = { ...given, maxSetBytes: given.maxSetBytes ?? DEFAULT_MAX_SET_BYTES };
  const scanner = createScanner({ charset: options.charset ?? 'utf-8', maxSetBytes: options.maxSetBytes });
  const tolerance = { ...DEFAULT_TOLERANCE, ...options.tolerance };
  const nodes = new Int32Array(128);
  const reader: Reader = {
    options,
    tolerance,
    scanner,
    open: undefined,
    between: [],
    nodes,
    interchanges: 0,
  };
  let length = 0;
  let junk = 0;
  function* drain(): Generator<Reading> {
    for (let event = scanner.next(); event !== undefined; event = scanner.next()) {
      if (event.kind === 'junk') junk++;
      if (event.kind === 'junk' && event.last) yield* readBehind(reader);
      options.observe?.(event);
      const reading = readEvent(reader, event);
      if (reading !== undefined) yield reading;
    }
  }
  return {
    *push(chunk) {
      length += chunk.length;
      scanner.push(chunk);
      yield* drain();
    },
    *end() {
      scanner.finish();
      yield* drain();
      if (reader.interchanges === 0 && junk === 0) yield readEmpty(length);
      else yield* readBehind(reader);
    },
  };
}

/** All readings of a file held in memory. */
export function* readInterchanges(bytes: Uint8Array, options: ReaderOptions): Generator<Reading> {
  const reader = createInterchangeReader(options);
  yield* reader.push(bytes);
  yield* reader.end();
}

function readEvent(reader: Reader, event: ScanEvent): Reading | undefined {
  const { open } = reader;
  if (open !== undefined && (open.refusedSets > MOST_REFUSED_SETS || open.groups.length > MOST_GROUPS)) {
    return close(reader, giveUp(open, event.end));
  }
  switch (event.kind) {
    case 'isa':
      openInterchange(reader, event);
      return undefined;
    case 'segment':
      return readEnvelopeSegment(reader, event);
    case 'set':
      return readSet(reader, event);
    case 'cut':
      return open && close(reader, closeCut(open, event));
    case 'oddity':
      if (open === undefined) reader.between.push(event);
      else weighOddity(open, event);
      return undefined;
    case 'junk':
      return readJunkBetween(event, reader.interchanges === 0, reader);
  }
}

/** The interchange has been read; what follows is another. */
function close(reader: Reader, reading: InterchangeReading): InterchangeReading {
  reader.open = undefined;
  return reading;
}

function openInterchange(reader: Reader, event: IsaEvent): void {
  const { offset } = event;
  const isa = raiseIsa(event.header);
  const header = readHeader(isa, offset);
  const { standards: given } = reader.options;
  const standards = typeof given === 'function' ? given(header) : given;
  const open: OpenInterchange = {
    header,
    separators: isa.separators,
    standards,
    tolerance: reader.tolerance,
    told: new Set(),
    findings: [],
    warnings: [],
    groups: [],
    controls: new Set(),
    ta1s: [],
    group: undefined,
    refusedSets: 0,
  };
  open.findings.push(...checkIsa(isa, offset));
  for (const strayed of reader.between.splice(0)) weighOddity(open, strayed);
  for (const strayed of findOddities(isa, event.header, offset)) weighOddity(open, strayed);
  reader.scanner.expect(idsOfSegments(standards));
  reader.interchanges++;
  reader.open = open;
}

function readEnvelopeSegment(reader: Reader, event: SegmentEvent): Reading | undefined {
  const { open } = reader;
  if (open === undefined) return undefined;
  const id = segmentId(event.segments, 0);
  const segments = tidySegment(event.segments, id, (oddity, offset) => weighOddity(open, { oddity, offset }));
  // Without its terminator an IEA counts only when no byte of its control number can be missing.
  if (!event.terminated && !isWholeIea(open, segments, id)) return undefined;
  switch (id) {
    case 'GS':
      readGs(reader, open, segments);
      return undefined;
    case 'GE':
      readGe(open, segments);
      return undefined;
    case 'IEA':
      return close(reader, closeWithIea(open, event, segments));
    case 'ISB':
    case 'ISE':
    case 'TA3':
      addFindings(open, checkService(copySegment(segments).map(String), segments.offset));
      return undefined;
    case 'TA1':
      if (open.group === undefined) keepTa1(open, segments);
      else stray(open, segments, id);
      return undefined;
    default:
      stray(open, segments, id);
      return undefined;
  }
}

function readGs(reader: Reader, open: OpenInterchange, segments: Segments): void {
  endGroup(open, undefined);
  const header = readGroupHeader(segments);
  open.group = openGroup(header, open.standards, open.tolerance, reader.options.sets ?? 'held');
  const key = `${header.functionalId}*${header.sender}*${header.receiver}*${header.control}`;
  if (open.controls.has(key)) {
    // Unique over an agreed period, X12 says, and agrees on no code: the house that knows the period decides.
    const message = `GS06 control number ${header.control} was in this interchange before`;
    open.group.problems.push({ severity: 'warning', code: undefined, message, offset: header.offset });
  }
  open.controls.add(key);
}

function readSet(reader: Reader, event: SetEvent): Reading | undefined {
  const { open } = reader;
  if (open === undefined) return undefined;
  const { segments } = event;
  const { group } = open;
  if (group === undefined) {
    refuse(open, '022', `set ${element(segments, 0, 2)} lies outside any group`, segments.offset);
    return undefined;
  }
  if (reader.nodes.length < segments.count) reader.nodes = new Int32Array(segments.first.length);
  const { report, definition, segments: meant } = checkSet(event, group, reader.nodes, reader.options);
  group.received++;
  group.sets.push(report);
  if (report.status === 'R') open.refusedSets++;
  return {
    kind: 'set',
    interchange: open.header,
    group: group.header,
    separators: open.separators,
    definition,
    exact: group.exact,
    nodes: reader.nodes,
    segments: meant,
    report,
  };
}
