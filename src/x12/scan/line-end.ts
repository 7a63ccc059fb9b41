import { holdRest, isLastChunk } from './feed.ts';
import { isAlphanumeric } from './isa.ts';
import { noteOddity, type Scan } from './scan-state.ts';
import * as units from './unit.ts';

/** What a line end inside a segment is: a character of its data, nothing, or the end of the segment. */
export type LineEnd =
  | { readonly kind: 'data' }
  /** Blanks up to `to` stand before the terminator. */
  | { readonly kind: 'drop'; readonly to: number }
  | { readonly kind: 'end' }
  /** Bytes that have not come yet decide. */
  | { readonly kind: 'wait' };

const DATA: LineEnd = { kind: 'data' };
const END: LineEnd = { kind: 'end' };
const WAIT: LineEnd = { kind: 'wait' };

/** Segments of the envelope, which stand in no set. */
const ENVELOPE = new Set(['ISA', 'TA1', 'GS', 'ST', 'SE', 'GE', 'IEA']);

/** Blanks looked past. */
const FARTHEST = 64;

/**
 * Judges the line end before `at` of the chunk by what follows it. No value may hold one, so that a segment which
 * begins there, with an id that the standard knows, is the only sound way to read it.
 */
export function judgeLineEnd(scan: Scan, at: number): LineEnd {
  const { feed, skips, separators } = scan;
  const { chunk } = feed;
  const last = isLastChunk(feed);
  const limit = Math.min(chunk.length, at + FARTHEST);
  let next = at;
  while (next < limit && skips[chunk[next]!] === 1 && chunk[next] !== separators.terminator) next++;
  if (next === at + FARTHEST) return DATA;
  if (next === chunk.length) return last ? DATA : WAIT;
  if (chunk[next] === separators.terminator) {
    noteOddity(scan, 'mixed-terminators', feed.offset + at - 1);
    return { kind: 'drop', to: next };
  }
  let end = next;
  while (end < chunk.length && end - next < 4 && isAlphanumeric(chunk[end]!)) end++;
  if (end - next > 3) return DATA;
  if (end === chunk.length) return last ? DATA : WAIT;
  if (chunk[end] !== separators.element) return DATA;
  const id = String.fromCharCode(...chunk.subarray(next, end)).toUpperCase();
  if (!ENVELOPE.has(id) && !scan.ids.has(id)) return DATA;
  noteOddity(scan, 'mixed-terminators', feed.offset + at - 1);
  return END;
}

/** Reading stops before `at` of the chunk until more bytes have come. */
export function waitForMore(scan: Scan, at: number): void {
  const { feed, unit } = scan;
  units.copyRun(unit, feed.chunk, at);
  feed.i = at;
  holdRest(feed);
  unit.run = feed.i;
}
