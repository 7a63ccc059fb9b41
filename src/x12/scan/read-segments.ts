import { DROP, ELEMENT, LINE, ODD, PLAIN } from './byte-classes.ts';
import { countSegment, endBefore, endEnvelopeSegment, endSet, releaseUnit } from './end-unit.ts';
import { unread } from './feed.ts';
import { addToGap, closeGap, isLineEnd, usualGap } from './gap.ts';
import { isPaddedIsa } from './isa.ts';
import { judgeLineEnd, waitForMore } from './line-end.ts';
import type { CutEvent, ScanEvent } from './scan-events.ts';
import { noteOddity, type Scan } from './scan-state.ts';
import * as units from './unit.ts';

/** First letters of ISA, IEA, GS, GE, ST and SE, in either case. */
const NOTABLE = Uint8Array.from({ length: 256 }, (_, byte) =>
  'ISGisg'.includes(String.fromCharCode(byte)) ? 1 : 0,
);

/** The shortest segment that a whole ISA can hide in. */
const HIDING = 104;

/** The hot loop: cuts segments until one is worth an event or the chunk is used up. */
export function readSegments(scan: Scan): ScanEvent | undefined {
  const { feed, unit, classes, skips, gap } = scan;
  const source = feed.chunk;
  const size = source.length;
  let at = feed.i;
  let edges = unit.edges;
  let e = unit.edgeCount;
  let shift = unit.length - unit.run;
  let odd = scan.odd;
  // What most files have between segments, if anything, needs no second look.
  const usual = usualGap(scan.separators.terminator);
  let pending = gap.size > 0;
  while (at < size) {
    if (scan.atStart) {
      const from = at;
      while (at < size && skips[source[at]!] === 1) at++;
      if (pending || (at > from && (at - from > 1 || source[from] !== usual || at === size))) {
        passGap(scan, from, at);
        pending = false;
      }
      if (at === size) break;
      if (!scan.inSet) {
        units.beginUnit(unit, at, feed.offset + at);
        shift = -at;
        e = 0;
      }
      if (unit.count + 1 >= unit.first.length) units.growSegments(unit);
      if (e >= edges.length) edges = units.growEdges(unit);
      unit.first[unit.count] = e;
      edges[e++] = shift + at;
      scan.atStart = false;
      scan.searched = shift + at;
      odd = 0;
    }
    let kind = classes[source[at]!]!;
    while (kind === PLAIN && ++at < size) kind = classes[source[at]!]!;
    if (at === size) break;
    at++;
    if (kind === ELEMENT) {
      if (e >= edges.length) edges = units.growEdges(unit);
      edges[e++] = shift + at;
      continue;
    }
    if (kind === ODD) {
      odd = 1;
      continue;
    }
    if (kind === DROP) {
      units.dropRun(unit, source, at - 1, at);
      shift = unit.length - at;
      continue;
    }
    if (kind === LINE) {
      const line = judgeLineEnd(scan, at);
      if (line.kind === 'wait') {
        unit.edgeCount = e;
        scan.odd = odd;
        waitForMore(scan, at - 1);
        return undefined;
      }
      if (line.kind === 'data') {
        odd = 1;
        continue;
      }
      if (line.kind === 'drop') {
        units.dropRun(unit, source, at - 1, line.to);
        at = line.to;
        shift = unit.length - at;
        continue;
      }
    }
    if (e >= edges.length) edges = units.growEdges(unit);
    edges[e++] = shift + at;
    feed.i = at;
    unit.edgeCount = e;
    unit.odd[unit.count] = odd;
    scan.odd = odd;
    scan.atStart = true;
    const event = endSegment(scan, shift + at);
    if (event !== undefined) return event;
    e = unit.edgeCount;
    shift = unit.length - unit.run;
  }
  feed.i = at;
  unit.edgeCount = e;
  scan.odd = odd;
  return checkPending(scan);
}

/** Blanks between two segments; at the end of a chunk more of them may come. */
function passGap(scan: Scan, from: number, to: number): void {
  const { feed, gap } = scan;
  const { terminator } = scan.separators;
  const whole = to < feed.chunk.length;
  if (whole && gap.size === 0 && isLineEnd(feed.chunk, from, to, terminator)) return;
  addToGap(gap, feed.chunk, from, to, feed.offset + from);
  if (whole && closeGap(gap, terminator)) noteOddity(scan, 'blank-lines', gap.offset);
}

/** After each terminator; `end` is the position behind it. Most segments of a set leave at the first test. */
function endSegment(scan: Scan, end: number): ScanEvent | undefined {
  const { unit } = scan;
  const start = units.startOfSegment(unit);
  const lead = byteAt(scan, start);
  if (!scan.inSet || end - start >= HIDING || NOTABLE[lead] === 1) {
    return endNotableSegment(scan, start, end);
  }
  countSegment(unit);
  if (isTooLong(scan, end)) shedSet(scan);
  return undefined;
}

function endNotableSegment(scan: Scan, start: number, end: number): ScanEvent | undefined {
  const { unit } = scan;
  const written = idAt(scan, start);
  const id = written.toUpperCase();
  const hidden = id === 'ISA' ? start : end - start >= HIDING ? findIsa(scan, start, end) : -1;
  if (hidden >= 0) return startAnew(scan, hidden);
  if (scan.inSet && (id === 'ST' || id === 'GS' || id === 'GE' || id === 'IEA')) {
    // The SE is missing: the set ends here, and this segment is read again outside of it.
    rewind(scan, start);
    return endSet(scan, start, false);
  }
  if (id !== written && (!scan.inSet || id === 'SE')) {
    scan.lowered = true;
    noteOddity(scan, 'lower-case-ids', units.fileOffset(unit, start));
  }
  countSegment(unit);
  if (scan.inSet && id === 'SE') return endSet(scan, end, true);
  if (scan.inSet) {
    if (isTooLong(scan, end)) shedSet(scan);
    return undefined;
  }
  if (id === 'ST') {
    scan.inSet = true;
    return undefined;
  }
  if (id === 'IEA') scan.mode = 'hunt';
  return endEnvelopeSegment(scan, end, true);
}

/** The index over a set of tiny elements is larger than the set: it is bounded as well. */
function isTooLong({ unit, options }: Scan, end: number): boolean {
  return unit.tooLong || end > options.maxSetBytes || unit.edgeCount > options.maxSetBytes / 4;
}

/** Too long a set is not kept: its segments are counted and let go until the SE. */
function shedSet(scan: Scan): void {
  const { feed, unit } = scan;
  units.copyRun(unit, feed.chunk, feed.i);
  units.shedSegments(unit, unit.length);
}

/** A segment not ended at the end of a chunk: is an ISA hidden in it, or does it never end? */
function checkPending(scan: Scan): ScanEvent | undefined {
  const { feed, unit, options } = scan;
  if (scan.atStart) {
    if (!scan.inSet) unit.run = feed.i;
    return undefined;
  }
  units.copyRun(unit, feed.chunk, feed.i);
  const start = units.startOfSegment(unit);
  const hidden = findIsa(scan, Math.max(start, scan.searched - HIDING), unit.length);
  // One that is not padded may begin the segment: its end, if it had come, would have told.
  if (hidden >= 0) return startAnew(scan, idAt(scan, start).toUpperCase() === 'ISA' ? start : hidden);
  scan.searched = unit.length;
  const pending = unit.length - start;
  if (pending > options.maxSetBytes || unit.edgeCount - unit.first[unit.count]! > options.maxSetBytes / 4) {
    return cutInterchange(scan, start, 'overlong', feed.offset + feed.i);
  }
  if (scan.inSet && unit.length > options.maxSetBytes) {
    units.shedSegments(unit, start);
    scan.searched = unit.length;
  }
  return undefined;
}

/** Position of an ISA between two positions of the unit, -1 for none. */
function findIsa(scan: Scan, from: number, end: number): number {
  const { feed, unit } = scan;
  if (end - from < HIDING) return -1;
  units.copyRun(unit, feed.chunk, feed.i);
  const within = unit.bytes.subarray(0, end);
  for (
    let at = within.indexOf('ISA', from, 'latin1');
    at >= 0;
    at = within.indexOf('ISA', at + 1, 'latin1')
  ) {
    if (isPaddedIsa(within, at, end)) return at;
  }
  return -1;
}

/** An ISA in the middle of an unfinished interchange ends that one; what follows must not suffer for it. */
function startAnew(scan: Scan, at: number): ScanEvent {
  const { unit } = scan;
  const place = units.fileOffset(unit, at);
  // An IEA right before it lacks no more than its terminator, unless the reader finds it too short.
  const last = !scan.inSet && at > units.startOfSegment(unit);
  // What is odd behind it will be found again, in its own interchange.
  scan.oddities = scan.oddities.filter(({ offset }) => offset < place);
  rewind(scan, at);
  if (!last) return cutInterchange(scan, at, 'isa', place);
  const segment = endBefore(scan, at);
  scan.ready.push(cutInterchange(scan, at, 'isa', place));
  return segment;
}

function cutInterchange(scan: Scan, at: number, reason: CutEvent['reason'], end: number): ScanEvent {
  const cut: CutEvent = { kind: 'cut', reason, end };
  const start = Math.min(at, units.startOfSegment(scan.unit));
  const set = scan.inSet ? endSet(scan, start, false) : undefined;
  releaseUnit(scan);
  scan.mode = 'hunt';
  scan.hunt.afterWord = false;
  if (set === undefined) return cut;
  scan.ready.push(cut);
  return set;
}

/** Reading goes on at position `at` of the unit: a step back, or a copy when that lies before the chunk. */
function rewind(scan: Scan, at: number): void {
  const { feed, unit } = scan;
  if (at >= unit.length) {
    feed.i = unit.run + at - unit.length;
    return;
  }
  units.copyRun(unit, feed.chunk, feed.i);
  unread(feed, units.restoreBytes(unit, at), units.fileOffset(unit, at), feed.i);
  unit.length = at;
  unit.run = 0;
}

function byteAt(scan: Scan, position: number): number {
  const { feed, unit } = scan;
  return position < unit.length ? unit.bytes[position]! : feed.chunk[unit.run + position - unit.length]!;
}

function idAt(scan: Scan, start: number): string {
  const edge = scan.unit.first[scan.unit.count]! + 1;
  if (edge >= scan.unit.edgeCount) return '';
  const size = scan.unit.edges[edge]! - 1 - start;
  if (size !== 2 && size !== 3) return '';
  const id = String.fromCharCode(byteAt(scan, start), byteAt(scan, start + 1));
  return size === 2 ? id : id + String.fromCharCode(byteAt(scan, start + 2));
}
