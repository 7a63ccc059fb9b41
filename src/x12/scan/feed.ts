import { LONGEST_ISA } from './isa.ts';

/** The chunks of a file, read in order. `i` is the next byte of `chunk`, which begins at `offset` in the file. */
export type Feed = {
  chunk: Uint8Array;
  offset: number;
  i: number;
  readonly queue: Chunk[];
  /** What may be the beginning of an ISA, kept until the bytes that decide have come. */
  held: Chunk | undefined;
  total: number;
  ended: boolean;
};

type Chunk = { readonly bytes: Uint8Array; readonly offset: number };

const NOTHING = new Uint8Array(0);

export function createFeed(): Feed {
  return { chunk: NOTHING, offset: 0, i: 0, queue: [], held: undefined, total: 0, ended: false };
}

export function addChunk(feed: Feed, bytes: Uint8Array): void {
  if (bytes.length > 0) feed.queue.push({ bytes, offset: feed.total });
  feed.total += bytes.length;
}

/** Whether no byte will come after those of `chunk`. */
export function isLastChunk(feed: Feed): boolean {
  return feed.ended && feed.queue.length === 0 && feed.held === undefined;
}

/** Moves on to the next chunk; false when there is none yet. */
export function takeChunk(feed: Feed): boolean {
  const held = feed.held;
  const next = feed.queue.shift();
  if (next === undefined && (held === undefined || !feed.ended)) {
    readChunk(feed, NOTHING, feed.total);
    return false;
  }
  feed.held = undefined;
  if (next === undefined) readChunk(feed, held!.bytes, held!.offset);
  else if (held === undefined) readChunk(feed, next.bytes, next.offset);
  else joinChunks(feed, held, next);
  return true;
}

/** Keeps the bytes from `i` on until more have come. */
export function holdRest(feed: Feed): void {
  feed.held = { bytes: Uint8Array.from(feed.chunk.subarray(feed.i)), offset: feed.offset + feed.i };
  feed.i = feed.chunk.length;
}

/** Puts bytes in front of what is still to be read, which goes on at `resume` of the chunk. */
export function unread(feed: Feed, bytes: Uint8Array, offset: number, resume: number): void {
  const rest = feed.chunk.subarray(resume);
  if (rest.length > 0) feed.queue.unshift({ bytes: rest, offset: feed.offset + resume });
  readChunk(feed, bytes, offset);
}

function readChunk(feed: Feed, bytes: Uint8Array, offset: number): void {
  feed.chunk = bytes;
  feed.offset = offset;
  feed.i = 0;
}

/** Only as much of the following chunk as an ISA can need: a chunk may be a whole file. */
function joinChunks(feed: Feed, held: Chunk, next: Chunk): void {
  const taken = next.bytes.subarray(0, LONGEST_ISA);
  const rest = next.bytes.subarray(taken.length);
  if (rest.length > 0) feed.queue.unshift({ bytes: rest, offset: next.offset + taken.length });
  readChunk(feed, Buffer.concat([held.bytes, taken]), held.offset);
}
