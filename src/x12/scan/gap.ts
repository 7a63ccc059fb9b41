/** What lies between a terminator and the next segment, which may be spread over chunks. */
export type Gap = {
  /** Byte offset in the file. */
  offset: number;
  size: number;
  feeds: number;
  returns: number;
  others: number;
};

const [LF, CR] = [10, 13];

export function createGap(): Gap {
  return { offset: 0, size: 0, feeds: 0, returns: 0, others: 0 };
}

/** The byte that may stand alone between two segments, -1 for none. */
export function usualGap(terminator: number): number {
  return terminator === LF || terminator === CR ? -1 : LF;
}

/** The usual gap: one line end, which is not itself the terminator. */
export function isLineEnd(bytes: Uint8Array, from: number, to: number, terminator: number): boolean {
  if (terminator === LF || terminator === CR) return false;
  const last = bytes[to - 1];
  return last === LF && (to - from === 1 || (to - from === 2 && bytes[from] === CR));
}

export function addToGap(gap: Gap, bytes: Uint8Array, from: number, to: number, offset: number): void {
  if (gap.size === 0) gap.offset = offset;
  gap.size += to - from;
  for (let i = from; i < to; i++) {
    const byte = bytes[i]!;
    if (byte === LF) gap.feeds++;
    else if (byte === CR) gap.returns++;
    // The rest of a terminator that is more than one byte in UTF-8.
    else if (byte < 0x80) gap.others++;
  }
}

/** Whether more than a line end lay there. The gap is closed. */
export function closeGap(gap: Gap, terminator: number): boolean {
  const { feeds, returns, others } = gap;
  gap.size = 0;
  gap.feeds = 0;
  gap.returns = 0;
  gap.others = 0;
  return others > 0 || feeds > (terminator === LF ? 0 : 1) || returns > (terminator === CR ? 0 : 1);
}
