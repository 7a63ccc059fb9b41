import type { Charset } from './charset.ts';
import { latin1ToText } from './charset.ts';
import type { Separators } from './separators.ts';

export type { Charset } from './charset.ts';

/**
 * The segments of one transaction set, ST to SE, as bytes and an index over them. No string exists until
 * somebody asks for an element: that is what keeps reading at the speed of memory.
 *
 * `first[s]` is where segment `s` begins in `edges`; its element `e` (0 is the segment id) lies between
 * `edges[first[s] + e]` and `edges[first[s] + e + 1] - 1`. The last edge of a segment is its terminator + 1.
 * Positions are relative to `text`; `offsetOf` gives the place in the file. The arrays may be longer than what
 * they hold: `count` bounds the segments, `first[count]` the edges. They are views that the next reading
 * overwrites; `keepSegments` copies.
 */
export type Segments = {
  /** Latin-1 view of the bytes: one character a byte, so that positions in it are byte positions. */
  readonly text: string;
  /** The same bytes: `bytes[i] === text.charCodeAt(i)`. */
  readonly bytes: Uint8Array;
  /** Byte offset of `text[0]` in the file. */
  readonly offset: number;
  readonly count: number;
  readonly first: Int32Array;
  readonly edges: Int32Array;
  /** 1 where segment `s` holds anything but plain printable ASCII: most segments need no second look. */
  readonly odd: Uint8Array;
  /** Positions before which a line end was taken out of a file wrapped at a fixed width; usually absent. */
  readonly dropped: readonly number[] | undefined;
  readonly separators: Separators;
  /** How bytes above 127 are to be read when an element is asked for. */
  readonly charset: Charset;
};

/** Number of elements of segment `s`, its id not counted. */
export function elementCount(segments: Segments, s: number): number {
  return segments.first[s + 1]! - segments.first[s]! - 2;
}

/** The id of segment `s`, such as `PO1`. */
export function segmentId(segments: Segments, s: number): string {
  const edge = segments.first[s]!;
  return segments.text.slice(segments.edges[edge]!, segments.edges[edge + 1]! - 1);
}

/** Element `e` (from 1) of segment `s` as text, '' when absent. Composites and repeats come with their separators. */
export function element(segments: Segments, s: number, e: number): string {
  const edge = segments.first[s]! + e;
  if (edge + 1 >= segments.first[s + 1]!) return '';
  const start = segments.edges[edge]!;
  const end = segments.edges[edge + 1]! - 1;
  if (start >= end) return '';
  const raw = segments.text.slice(start, end);
  return segments.odd[s] === 0 ? raw : latin1ToText(raw, segments.charset);
}

/** Byte offset in the file of element `e` of segment `s`; of the segment itself for 0. */
export function elementOffset(segments: Segments, s: number, e: number): number {
  const edge = Math.min(segments.first[s]! + e, segments.first[s + 1]! - 1);
  return offsetOf(segments, segments.edges[edge]!);
}

/** Byte offset in the file of a position in `text`. */
export function offsetOf(segments: Segments, position: number): number {
  if (segments.dropped === undefined) return segments.offset + position;
  let low = 0;
  let high = segments.dropped.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (segments.dropped[middle]! <= position) low = middle + 1;
    else high = middle;
  }
  return segments.offset + position + low;
}

/** A copy to hold on to after the next reading is pulled. */
export function keepSegments(segments: Segments): Segments {
  return {
    ...segments,
    bytes: Uint8Array.from(segments.bytes.subarray(0, segments.text.length)),
    first: segments.first.slice(0, segments.count + 1),
    edges: segments.edges.slice(0, segments.first[segments.count]!),
    odd: segments.odd.slice(0, segments.count),
  };
}
