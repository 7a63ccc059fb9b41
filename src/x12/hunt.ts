import { type Feed, holdRest, isLastChunk } from './feed.ts';
import { type IsaHeader, isAlphanumeric, parseIsa } from './isa.ts';

/** The state of looking for the next ISA: the junk seen since the last interchange. */
export type Hunt = {
  start: number;
  end: number;
  sample: string;
  afterWord: boolean;
};

/** Blank between interchanges: white space, control characters, the bytes of a BOM, the rest of a terminator in UTF-8. */
const BLANK = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte <= 0x20 || (byte >= 0x7f && byte <= 0xbf) || byte === 0xef ? 1 : 0,
);

const SAMPLE = 40;

export function createHunt(): Hunt {
  return { start: -1, end: 0, sample: '', afterWord: false };
}

/** Reads on to the next ISA, which begins at `feed.i`; undefined when the chunk has none. `lost` wants a sound one. */
export function huntIsa(feed: Feed, hunt: Hunt, lost: boolean): IsaHeader | undefined {
  const chunk = feed.chunk;
  while (feed.i < chunk.length) {
    const byte = chunk[feed.i]!;
    if (byte === 73) {
      const found = tryIsa(feed, hunt, lost);
      if (found === 'wait') return undefined;
      if (found !== 'no') return found;
    }
    if (BLANK[byte] === 0) noteJunk(hunt, byte, feed.offset + feed.i);
    else if (hunt.start >= 0 && hunt.sample.length < SAMPLE && !hunt.sample.endsWith(' ')) hunt.sample += ' ';
    hunt.afterWord = isAlphanumeric(byte);
    feed.i++;
  }
  return undefined;
}

function tryIsa(feed: Feed, hunt: Hunt, lost: boolean): IsaHeader | 'wait' | 'no' {
  const { chunk, i } = feed;
  const left = chunk.length - i;
  if ((left > 1 && chunk[i + 1] !== 83) || (left > 2 && chunk[i + 2] !== 65)) return 'no';
  const parsed = parseIsa(chunk, i, chunk.length, isLastChunk(feed));
  if (parsed.kind === 'more') {
    holdRest(feed);
    return 'wait';
  }
  // After an ISA that could not be read, another such is more of the same.
  if (lost && parsed.kind === 'isa' && parsed.broken !== undefined) return 'no';
  // `VISA*00*` is a word and not an ISA, unless all sixteen separators stand where they belong.
  return parsed.kind === 'no' || (hunt.afterWord && !parsed.padded) ? 'no' : parsed;
}

function noteJunk(hunt: Hunt, byte: number, offset: number): void {
  if (hunt.start < 0) {
    hunt.start = offset;
    hunt.sample = '';
  }
  hunt.end = offset + 1;
  if (hunt.sample.length < SAMPLE) hunt.sample += byte < 0x20 ? ' ' : String.fromCharCode(byte);
}
