import type { SegmentEvent, SetEvent } from './scan-events.ts';
import type { Scan } from './scan-state.ts';
import type { Unit } from './unit.ts';
import * as units from './unit.ts';

/** Counts the segment that has just ended. */
export function countSegment(unit: Unit): void {
  unit.count++;
  unit.first[unit.count] = unit.edgeCount;
}

export function endEnvelopeSegment(scan: Scan, end: number, terminated: boolean): SegmentEvent {
  const { feed, unit } = scan;
  units.copyRun(unit, feed.chunk, feed.i);
  if (scan.lowered) units.raiseId(unit, 0);
  const segments = units.viewUnit(unit, Math.min(end, unit.length), scan.separators, scan.options.charset);
  const place = units.fileOffset(unit, end);
  releaseUnit(scan);
  return { kind: 'segment', segments, end: place, terminated };
}

export function endSet(scan: Scan, end: number, complete: boolean): SetEvent {
  const { feed, unit } = scan;
  units.copyRun(unit, feed.chunk, unit.run + end - unit.length);
  if (scan.lowered) {
    units.raiseId(unit, 0);
    if (complete) units.raiseId(unit, unit.count - 1);
  }
  const segments = units.viewUnit(unit, end, scan.separators, scan.options.charset);
  const place = unit.tooLong ? feed.offset + feed.i : units.fileOffset(unit, end);
  const event: SetEvent = {
    kind: 'set',
    segments,
    end: place,
    complete,
    received: unit.discarded + unit.count,
    tooLong: unit.tooLong,
  };
  releaseUnit(scan);
  return event;
}

/** The unit is used up: the next segment begins another. */
export function releaseUnit(scan: Scan): void {
  scan.inSet = false;
  scan.atStart = true;
  scan.lowered = false;
  scan.unit.length = 0;
  scan.unit.run = scan.feed.i;
}

/** The last bytes of a file that ends without a terminator; blanks behind them are none of its data. */
export function endUnterminated(scan: Scan): SegmentEvent {
  const { unit, skips } = scan;
  let end = unit.length;
  while (end > units.startOfSegment(unit) && skips[unit.bytes[end - 1]!] === 1) end--;
  return endBefore(scan, end);
}

/** The segment that is being read, without a terminator: it ends before position `end`. */
export function endBefore(scan: Scan, end: number): SegmentEvent {
  const { unit } = scan;
  while (unit.edges[unit.edgeCount - 1]! > end) unit.edgeCount--;
  if (unit.edgeCount >= unit.edges.length) units.growEdges(unit);
  unit.edges[unit.edgeCount++] = end + 1;
  unit.odd[unit.count] = scan.odd;
  countSegment(unit);
  return endEnvelopeSegment(scan, end, false);
}
