import type { Segments } from '../scan/segments.ts';

/** A stretch of `text` that says in another way what it should say: letters to be capitals, blanks to be left out. */
export type Repair = { readonly kind: 'raise' | 'drop'; readonly start: number; readonly end: number };

/** The segments as they were meant; offsets stay those of the file. */
export function repairSegments(segments: Segments, repairs: readonly Repair[]): Segments {
  const { first, count } = segments;
  const bytes = Uint8Array.from(segments.bytes.subarray(0, segments.text.length));
  const gone: number[] = [];
  for (const { kind, start, end } of repairs) {
    for (let i = start; i < end; i++) {
      if (kind === 'drop') gone.push(i);
      else bytes[i] = raise(bytes[i]!);
    }
  }
  gone.sort((a, b) => a - b);
  const kept = leaveOut(bytes, gone);
  const edges = segments.edges.slice(0, first[count]!);
  for (let e = 0; e < edges.length; e++) edges[e] = edges[e]! - countBelow(gone, edges[e]!);
  return {
    ...segments,
    text: kept.toString('latin1'),
    bytes: kept,
    edges,
    dropped: gone.length === 0 ? segments.dropped : mergeDropped(segments.dropped ?? [], gone),
  };
}

function raise(byte: number): number {
  return byte >= 0x61 && byte <= 0x7a ? byte - 0x20 : byte;
}

function leaveOut(bytes: Uint8Array, gone: readonly number[]): Buffer {
  const parts: Uint8Array[] = [];
  let from = 0;
  for (const at of gone) {
    parts.push(bytes.subarray(from, at));
    from = at + 1;
  }
  return Buffer.concat([...parts, bytes.subarray(from)]);
}

/** How many of the sorted positions lie below one. */
function countBelow(sorted: readonly number[], position: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < position) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What was left out before and what is now, in positions of what is kept. */
function mergeDropped(before: readonly number[], gone: readonly number[]): number[] {
  const moved = before.map((position) => position - countBelow(gone, position));
  return [...moved, ...gone.map((position, i) => position - i)].sort((a, b) => a - b);
}
