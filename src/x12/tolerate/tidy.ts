import { elementCount, elementOffset, type Segments } from '../scan/segments.ts';
import { type Repair, repairSegments } from './repair.ts';
import type { EnvelopeOddity } from './tolerance.ts';

const SPACE = 0x20;

/** Elements of the envelope that hold a code, by segment. */
const CODES: ReadonlyMap<string, readonly number[]> = new Map([['GS', [1, 7]]]);

/** A segment of the envelope as it was meant; what had to be mended is told. */
export function tidySegment(
  segments: Segments,
  id: string,
  tell: (oddity: EnvelopeOddity, offset: number) => void,
): Segments {
  const repairs = findSpaces(segments, 0);
  if (repairs.length > 0) tell('padded-elements', segments.offset);
  for (const e of CODES.get(id) ?? []) {
    if (e > elementCount(segments, 0)) break;
    const [start, end] = placeOf(segments, 0, e);
    if (!/[a-z]/.test(segments.text.slice(start, end))) continue;
    repairs.push({ kind: 'raise', start, end });
    tell('lower-case-ids', elementOffset(segments, 0, e));
  }
  if (endsInSeparator(segments, 0)) tell('trailing-separators', segments.offset);
  return repairs.length === 0 ? segments : repairSegments(segments, repairs);
}

/** The spaces around the elements of segment `s`. */
export function findSpaces(segments: Segments, s: number): Repair[] {
  const repairs: Repair[] = [];
  for (let e = 1; e <= elementCount(segments, s); e++) {
    const [start, end] = placeOf(segments, s, e);
    let [from, to] = [start, end];
    while (from < to && segments.bytes[from] === SPACE) from++;
    while (to > from && segments.bytes[to - 1] === SPACE) to--;
    if (from > start) repairs.push({ kind: 'drop', start, end: from });
    if (to < end) repairs.push({ kind: 'drop', start: to, end });
  }
  return repairs;
}

function endsInSeparator(segments: Segments, s: number): boolean {
  const count = elementCount(segments, s);
  const [start, end] = placeOf(segments, s, count);
  return count > 0 && start === end;
}

function placeOf({ first, edges }: Segments, s: number, e: number): readonly [number, number] {
  const edge = first[s]! + e;
  return [edges[edge]!, edges[edge + 1]! - 1];
}
