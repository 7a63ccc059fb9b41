import type { Charset, Segments } from './segments.ts';
import type { Separators } from './separators.ts';

/**
 * What is being collected: a set from its ST, or one segment outside a set. Its first `length` bytes are in `bytes`;
 * those from `run` on are still in the chunk. The arrays only grow and serve every set of the file.
 */
export type Unit = {
  bytes: Buffer;
  length: number;
  run: number;
  /** Byte offset in the file. */
  offset: number;
  dropped: number[];
  /** The bytes that lay there. */
  blanks: number[];
  edges: Int32Array;
  edgeCount: number;
  first: Int32Array;
  odd: Uint8Array;
  count: number;
  /** Segments let go of a set that is too long. */
  discarded: number;
  tooLong: boolean;
};

/** Room for an order of some lines: most files are small, and much room for each costs more than to read it. */
export function createUnit(): Unit {
  const [edges, segments] = [1 << 9, 1 << 7];
  // Views of one piece: most of what an array costs is its memory being found, and being given back.
  const index = Buffer.allocUnsafe(4 * edges + 4 * segments + segments);
  const { buffer, byteOffset: at } = index;
  return {
    bytes: Buffer.allocUnsafe(1 << 12),
    length: 0,
    run: 0,
    offset: 0,
    dropped: [],
    blanks: [],
    edges: new Int32Array(buffer, at, edges),
    edgeCount: 0,
    first: new Int32Array(buffer, at + 4 * edges, segments),
    // No `Buffer`: a slice of this is to be a copy.
    odd: new Uint8Array(buffer, at + 4 * (edges + segments), segments),
    count: 0,
    discarded: 0,
    tooLong: false,
  };
}

/** A new unit that begins at `run` of the chunk, `offset` in the file. */
export function beginUnit(unit: Unit, run: number, offset: number): void {
  unit.offset = offset;
  unit.run = run;
  unit.length = 0;
  if (unit.dropped.length > 0) unit.dropped = [];
  if (unit.blanks.length > 0) unit.blanks = [];
  unit.edgeCount = 0;
  unit.count = 0;
  unit.discarded = 0;
  unit.tooLong = false;
}

/** Copies the bytes of the chunk up to `end` of it. */
export function copyRun(unit: Unit, chunk: Uint8Array, end: number): void {
  const added = end - unit.run;
  if (added <= 0) return;
  const length = unit.length + added;
  if (length > unit.bytes.length) {
    const larger = Buffer.allocUnsafe(Math.max(length, unit.bytes.length * 2));
    larger.set(unit.bytes.subarray(0, unit.length));
    unit.bytes = larger;
  }
  unit.bytes.set(chunk.subarray(unit.run, end), unit.length);
  unit.length = length;
  unit.run = end;
}

/** Copies up to `from` and leaves out what lies between it and `to`, which is blank. */
export function dropRun(unit: Unit, chunk: Uint8Array, from: number, to: number): void {
  copyRun(unit, chunk, from);
  for (let i = from; i < to; i++) {
    unit.dropped.push(unit.length);
    unit.blanks.push(chunk[i]!);
  }
  unit.run = to;
}

/** Writes the id of a segment in capitals. */
export function raiseId(unit: Unit, segment: number): void {
  const { bytes, edges, first } = unit;
  const edge = first[segment]!;
  for (let i = edges[edge]!; i < edges[edge + 1]! - 1; i++) {
    const byte = bytes[i]!;
    if (byte >= 0x61 && byte <= 0x7a) bytes[i] = byte - 0x20;
  }
}

export function growEdges(unit: Unit): Int32Array {
  const larger = new Int32Array(unit.edges.length * 2);
  larger.set(unit.edges);
  unit.edges = larger;
  return larger;
}

export function growSegments(unit: Unit): void {
  const first = new Int32Array(unit.first.length * 2);
  first.set(unit.first);
  unit.first = first;
  const odd = new Uint8Array(unit.odd.length * 2);
  odd.set(unit.odd);
  unit.odd = odd;
}

export function startOfSegment(unit: Unit): number {
  return unit.edges[unit.first[unit.count]!]!;
}

/** Place in the file of a position in the unit. */
export function fileOffset(unit: Unit, position: number): number {
  let passed = 0;
  while (passed < unit.dropped.length && unit.dropped[passed]! <= position) passed++;
  return unit.offset + position + passed;
}

/** The bytes from a position on as they were in the file, for reading them again: line ends taken out are put back. */
export function restoreBytes(unit: Unit, from: number): Uint8Array {
  const parts: Uint8Array[] = [];
  let at = from;
  for (const [i, position] of unit.dropped.entries()) {
    if (position <= from) continue;
    parts.push(unit.bytes.subarray(at, position), Uint8Array.of(unit.blanks[i]!));
    at = position;
  }
  parts.push(unit.bytes.subarray(at, unit.length));
  return Buffer.concat(parts);
}

/** Too long a set keeps its ST, and the segment being read when there is one: `pending` is where that starts. */
export function shedSegments(unit: Unit, pending: number): void {
  unit.tooLong = true;
  unit.discarded += unit.count - 1;
  const from = unit.first[unit.count]!;
  const keep = unit.first[1]!;
  const target = unit.edges[keep - 1]!;
  unit.bytes.copyWithin(target, pending, unit.length);
  for (let e = from; e < unit.edgeCount; e++) unit.edges[keep + e - from] = unit.edges[e]! - pending + target;
  unit.edgeCount = keep + unit.edgeCount - from;
  unit.length = target + unit.length - pending;
  unit.count = 1;
  unit.dropped = [];
  unit.blanks = [];
}

/** The whole segments of the unit, `end` bytes long. */
export function viewUnit(unit: Unit, end: number, separators: Separators, charset: Charset): Segments {
  return {
    text: unit.bytes.toString('latin1', 0, end),
    bytes: unit.bytes,
    offset: unit.offset,
    count: unit.count,
    first: unit.first,
    edges: unit.edges,
    odd: unit.odd,
    dropped: unit.dropped.length === 0 ? undefined : unit.dropped,
    separators,
    charset,
  };
}
