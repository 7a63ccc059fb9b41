import { isUtf8 } from 'node:buffer';
import { UnreadableFile } from './mistakes.ts';

/** A file: its text, its bytes, or how to get at them. It may be asked for twice, after a conflict in the database. */
export type ImportSource = string | Uint8Array | (() => Chunks);

type Chunks = Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

const NEWLINE = 0x0a;

/** The text in pieces, without a byte order mark. What is not UTF-8 is refused, not guessed at. */
export async function* readText(source: ImportSource): AsyncGenerator<string> {
  if (typeof source === 'string') {
    yield source.replace(/^\uFEFF/, '');
    return;
  }
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let line = 1;
  let first = true;
  for await (const chunk of source instanceof Uint8Array ? [source] : source()) {
    if (first && chunk.length > 0) {
      refuseUtf16(chunk);
      first = false;
    }
    try {
      yield decoder.decode(chunk, { stream: true });
    } catch {
      throw notUtf8(findLine(chunk, line));
    }
    line += countNewlines(chunk);
  }
  try {
    yield decoder.decode();
  } catch {
    throw notUtf8(line);
  }
}

function refuseUtf16(chunk: Uint8Array): void {
  const [a, b] = chunk;
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff))
    throw new UnreadableFile({ line: 1, message: 'the file is UTF-16: save it as UTF-8' });
}

function notUtf8(line: number): UnreadableFile {
  const message = 'there are bytes that are not UTF-8 (Windows-1252 or Latin-1?): save the file as UTF-8';
  return new UnreadableFile({ line, message });
}

/** The first line of the chunk that is not UTF-8; its own first line may have begun in the chunk before. */
function findLine(chunk: Uint8Array, firstLine: number): number {
  let line = firstLine;
  let start = 0;
  for (;;) {
    const end = chunk.indexOf(NEWLINE, start);
    if (end < 0) return line;
    const bad = !isUtf8(chunk.subarray(start, end));
    // A character that the chunk before cut in two looks broken here and is not.
    if (bad && (line > firstLine || !isContinued(chunk, end))) return line;
    line += 1;
    start = end + 1;
  }
}

function isContinued(chunk: Uint8Array, end: number): boolean {
  const rest = chunk.findIndex((byte) => byte < 0x80 || byte >= 0xc0);
  return rest > 0 && isUtf8(chunk.subarray(rest, end));
}

function countNewlines(chunk: Uint8Array): number {
  let count = 0;
  for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, at + 1)) count += 1;
  return count;
}
