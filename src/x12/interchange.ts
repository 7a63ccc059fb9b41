import { checkIsa, readHeader } from './envelope.ts';
import { openGroup, readGroupHeader } from './group.ts';
import { readEmpty, readJunk } from './junk.ts';
import {
  copySegment,
  endGroup,
  isWholeIea,
  type OpenInterchange,
  readGe,
  refuse,
  stray,
} from './open-interchange.ts';
import { STRICT } from './policy.ts';
import type { InterchangeReader, InterchangeReading, ReaderOptions, Reading } from './reading.ts';
import type { Problem } from './report.ts';
import { createScanner } from './scan.ts';
import type { CutEvent, IsaEvent, ScanEvent, SegmentEvent, SetEvent } from './scan-events.ts';
import { element, type Segments, segmentId } from './segments.ts';
import { checkSet } from './set.ts';

type Reader = {
  readonly options: ReaderOptions;
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
  const reader: Reader = { options, open: undefined, nodes: new Int32Array(1024), interchanges: 0 };
  let length = 0;
  let junk = 0;
  function* drain(): Generator<Reading> {
    for (let event = scanner.next(); event !== undefined; event = scanner.next()) {
      if (event.kind === 'junk') junk++;
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
    endGroup(open, undefined);
    refuse(open, '024', 'too much of this interchange is in error: the rest is not read', open.header.offset);
    return closeInterchange(reader, open, event.end, false);
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
      return cutInterchange(reader, event);
    case 'junk':
      return readJunk(event, event.last && reader.interchanges === 0);
  }
}

function openInterchange(reader: Reader, event: IsaEvent): void {
  const { header, offset } = event;
  const findings = checkIsa(header, offset);
  const warnings: Problem[] = [];
  if (header.broken === undefined && !header.padded) {
    const message = 'the elements of the ISA are not padded to their widths';
    if (reader.options.unpaddedIsa === 'refuse') findings.push({ code: '022', status: 'R', message, offset });
    else warnings.push({ severity: 'warning', code: '022', message, offset });
  }
  reader.interchanges++;
  reader.open = {
    header: readHeader(header, offset),
    separators: header.separators,
    findings,
    warnings,
    groups: [],
    controls: new Set(),
    ta1s: [],
    group: undefined,
    refusedSets: 0,
  };
}

function readEnvelopeSegment(reader: Reader, event: SegmentEvent): Reading | undefined {
  const { open } = reader;
  if (open === undefined) return undefined;
  const { segments } = event;
  const id = segmentId(segments, 0);
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
      return readIea(reader, open, event);
    case 'ISB':
    case 'ISE':
    case 'TA3':
      // Interchange services ask nothing of us.
      return undefined;
    case 'TA1':
      if (open.group === undefined) open.ta1s.push(copySegment(segments));
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
  const { options } = reader;
  const standards =
    typeof options.standards === 'function' ? options.standards(open.header) : options.standards;
  const policy = options.policy?.(open.header, header) ?? STRICT;
  open.group = openGroup(header, standards, policy, options.unknownSets ?? 'refuse');
  const key = `${header.functionalId}*${header.sender}*${header.receiver}*${header.control}`;
  if (open.controls.has(key)) {
    // Unique over an agreed period, X12 says, and agrees on no code: the house that knows the period decides.
    const message = `GS06 control number ${header.control} was in this interchange before`;
    open.group.problems.push({ severity: 'warning', code: undefined, message, offset: header.offset });
  }
  open.controls.add(key);
}

function readIea(reader: Reader, open: OpenInterchange, event: SegmentEvent): InterchangeReading {
  const { segments } = event;
  endGroup(open, undefined);
  const [count, control] = [element(segments, 0, 1), element(segments, 0, 2)];
  if (control !== open.header.control) {
    refuse(open, '001', `IEA02 is "${control}" and ISA13 "${open.header.control}"`, segments.offset);
  }
  if (!/^\d{1,5}$/.test(count) || Number(count) !== open.groups.length) {
    refuse(
      open,
      '021',
      `IEA01 is "${count}" and ${open.groups.length} groups were received`,
      segments.offset,
    );
  }
  if (!event.terminated) {
    const message = 'the last segment has no terminator';
    open.warnings.push({ severity: 'warning', code: undefined, message, offset: event.end });
  }
  return closeInterchange(reader, open, event.end, true);
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
  const { report, definition } = checkSet(event, group, reader.nodes, reader.options);
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
    segments,
    report,
  };
}

function cutInterchange(reader: Reader, event: CutEvent): Reading | undefined {
  const { open } = reader;
  if (open === undefined) return undefined;
  endGroup(open, undefined);
  const reasons = {
    eof: ['023', 'the file ends before the IEA'],
    isa: ['023', 'another ISA begins before the IEA'],
    overlong: ['004', 'no segment terminator for longer than a set may be'],
  } as const;
  const [code, message] = reasons[event.reason];
  refuse(open, code, message, event.end);
  return closeInterchange(reader, open, event.end, false);
}

function closeInterchange(
  reader: Reader,
  open: OpenInterchange,
  end: number,
  complete: boolean,
): InterchangeReading {
  reader.open = undefined;
  const { header, findings, groups, separators, ta1s } = open;
  const told = findings.find((one) => one.status === 'R') ?? findings[0];
  const problems: Problem[] = findings.map(({ code, message, offset }) => ({
    severity: 'error',
    code,
    message,
    offset,
  }));
  const status = told?.status ?? 'A';
  const report = {
    header,
    status,
    note: told?.code ?? '000',
    problems: [...problems, ...open.warnings],
    groups,
  } as const;
  return {
    kind: 'interchange',
    report,
    separators,
    offset: header.offset,
    length: end - header.offset,
    complete,
    ta1s,
  };
}
