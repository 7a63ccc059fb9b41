import { type Feed, holdRest, isLastChunk } from './feed.ts';
import { type IsaHeader, isAlphanumeric, parseIsa } from './isa.ts';
import { type Hunt, noteOddity, type Scan } from './scan-state.ts';

/** Blank between interchanges: white space, control characters, the bytes of a BOM, the rest of a terminator in UTF-8. */
const BLANK = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte <= 0x20 || (byte >= 0x7f && byte <= 0xbf) || byte === 0xef ? 1 : 0,
);

/** What fills a block or ends a file on some machines, and is no blank that anybody typed. */
const PADDING = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte === 0x7f || (byte < 0x20 && (byte < 0x09 || byte > 0x0d)) ? 1 : 0,
);

const MARK = [0xef, 0xbb, 0xbf];

const SAMPLE = 40;

export function createHunt(): Hunt {
  return { start: -1, end: 0, sample: '', afterWord: false, mark: 0 };
}

/** Reads on to the next ISA, which begins at `feed.i`; undefined when the chunk has none. */
export function huntIsa(scan: Scan): IsaHeader | undefined {
  const { feed, hunt } = scan;
  const { chunk } = feed;
  while (feed.i < chunk.length) {
    const byte = chunk[feed.i]!;
    if (byte === 73 || byte === 105) {
      const found = tryIsa(feed, hunt, scan.mode === 'lost');
      if (found === 'wait') return undefined;
      if (found !== 'no') return found;
    }
    if (scan.mode !== 'lost' && hunt.start < 0) noteBlank(scan, byte, feed.offset + feed.i);
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
  if ((left > 1 && !isLetter(chunk[i + 1]!, 83)) || (left > 2 && !isLetter(chunk[i + 2]!, 65))) return 'no';
  const parsed = parseIsa(chunk, i, chunk.length, isLastChunk(feed));
  if (parsed.kind === 'more') {
    holdRest(feed);
    return 'wait';
  }
  if (parsed.kind === 'isa' && parsed.elements[0] !== 'ISA') {
    // In lower case it may be prose, so that all of it must be right.
    return parsed.broken !== undefined || (hunt.afterWord && !parsed.padded) ? 'no' : parsed;
  }
  // After an ISA that could not be read, another such is more of the same.
  if (lost && parsed.kind === 'isa' && parsed.broken !== undefined) return 'no';
  // `VISA*00*` is a word and not an ISA, unless all sixteen separators stand where they belong.
  return parsed.kind === 'no' || (hunt.afterWord && !parsed.padded) ? 'no' : parsed;
}

/** Whether a byte is a letter, given as a capital, in either case. */
function isLetter(byte: number, capital: number): boolean {
  return (byte & 0xdf) === capital;
}

function noteBlank(scan: Scan, byte: number, offset: number): void {
  const { hunt } = scan;
  hunt.mark = byte === MARK[hunt.mark] ? hunt.mark + 1 : byte === MARK[0] ? 1 : 0;
  if (hunt.mark === MARK.length) {
    hunt.mark = 0;
    noteOddity(scan, 'byte-order-mark', offset + 1 - MARK.length);
  }
  if (PADDING[byte] === 1) noteOddity(scan, 'padding', offset);
}

function noteJunk(hunt: Hunt, byte: number, offset: number): void {
  if (hunt.start < 0) {
    hunt.start = offset;
    hunt.sample = '';
  }
  hunt.end = offset + 1;
  if (hunt.sample.length < SAMPLE) hunt.sample += byte < 0x20 ? ' ' : String.fromCharCode(byte);
}
