/** A record of a CSV file (RFC 4180) as it stands: the cells, or what is wrong with its quotes. */
export type CsvRecord =
  | { readonly line: number; readonly cells: readonly string[] }
  | { readonly line: number; readonly wrong: string };

export type Separator = ',' | ';' | '\t';

/** A quoted cell goes over so many lines at the most: one quote too many costs its row and not the rest of the file. */
const MOST_LINES = 100;

/**
 * Cuts text that comes in pieces into records. After a record with a stray quote it goes on with the next line.
 * Empty lines are left out.
 */
export async function* splitCsv(pieces: AsyncIterable<string>): AsyncGenerator<CsvRecord[]> {
  const splitter = new CsvSplitter();
  for await (const piece of pieces) yield splitter.take(piece);
  yield splitter.end();
}

class CsvSplitter {
  #rest = '';
  /** Lines of a record whose quotes are still open. */
  #open: string[] = [];
  #line = 1;
  #separator: Separator | undefined;

  take(piece: string): CsvRecord[] {
    const lines = (this.#rest + piece).split('\n');
    this.#rest = lines.pop()!;
    return this.#splitLines(lines, false);
  }

  end(): CsvRecord[] {
    const last = this.#rest;
    this.#rest = '';
    return this.#splitLines(last === '' ? [] : [last], true);
  }

  #splitLines(lines: readonly string[], atEnd: boolean): CsvRecord[] {
    const waiting = [...this.#open, ...lines];
    this.#open = [];
    const records: CsvRecord[] = [];
    for (let at = 0; at < waiting.length; ) {
      const taken = this.#takeRecord(waiting, at, atEnd);
      if (taken === undefined) {
        this.#open = waiting.slice(at);
        break;
      }
      if (taken.record !== undefined) records.push(taken.record);
      at += taken.lines;
      this.#line += taken.lines;
    }
    return records;
  }

  /** The record that begins at a line; undefined where its last line has not come yet. */
  #takeRecord(
    lines: readonly string[],
    at: number,
    atEnd: boolean,
  ): { readonly record?: CsvRecord; readonly lines: number } | undefined {
    const line = this.#line;
    let text = withoutReturn(lines[at]!);
    if (text.trim() === '') return { lines: 1 };
    this.#separator ??= findSeparator(text);
    const separator = this.#separator;
    if (!text.includes('"')) return { record: { line, cells: text.split(separator) }, lines: 1 };
    for (let count = 1; ; count += 1) {
      const cells = splitCells(text, separator);
      if (typeof cells !== 'string') return { record: { line, cells }, lines: count };
      const closed = cells !== OPEN;
      const last = count >= MOST_LINES || (atEnd && at + count >= lines.length);
      if (closed || last) return { record: { line, wrong: cells }, lines: 1 };
      if (at + count >= lines.length) return undefined;
      text += `\n${withoutReturn(lines[at + count]!)}`;
    }
  }
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}

/** The one that stands most often in the header. */
function findSeparator(header: string): Separator {
  const bare = header.replaceAll(/"[^"]*"/g, '');
  const count = (separator: Separator) => bare.split(separator).length;
  const found: Separator = count(';') > count(',') ? ';' : ',';
  return count('\t') > count(found) ? '\t' : found;
}

const OPEN = 'a quote (") is opened and not closed; a quote inside of a quoted cell is written twice';

/** The cells of a record; or what is wrong with its quotes. A quote inside of a cell without quotes is a character. */
function splitCells(text: string, separator: Separator): string[] | string {
  const cells: string[] = [];
  for (let at = 0; ; ) {
    const start = skipSpaces(text, at);
    if (text[start] !== '"') {
      const end = text.indexOf(separator, at);
      cells.push(text.slice(at, end < 0 ? undefined : end));
      if (end < 0) return cells;
      at = end + 1;
      continue;
    }
    const close = findClose(text, start + 1);
    if (close < 0) return OPEN;
    cells.push(text.slice(start + 1, close).replaceAll('""', '"'));
    const next = skipSpaces(text, close + 1);
    if (next >= text.length) return cells;
    if (text[next] !== separator) {
      const wrong = `column ${cells.length} goes on after its closing quote`;
      return `${wrong}; a quote inside of a quoted cell is written twice`;
    }
    at = next + 1;
  }
}

function skipSpaces(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ') at += 1;
  return at;
}

/** Where the quoted cell ends: at a quote that is no half of a doubled one. */
function findClose(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 2)) {
    if (text[at + 1] !== '"') return at;
  }
  return -1;
}
