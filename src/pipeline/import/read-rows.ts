import { suggest } from '../../lib/suggest.ts';
import type { Columns } from './kind.ts';
import { type ImportMistake, UnreadableFile } from './mistakes.ts';
import { type ImportSource, readText } from './read-text.ts';
import { splitCsv } from './split-csv.ts';
import { type JsonElement, splitJson } from './split-json.ts';

/** A row as it stands. What it does not speak of has no key. */
export type SourceRow = {
  readonly line: number;
  readonly element?: number;
  readonly values: Readonly<Record<string, unknown>>;
};

/** A row, or why it is none. */
export type Read = SourceRow | ImportMistake;

/** The rows of a CSV file with a header, a JSON array of objects, or JSON objects one after the other. */
export async function* readRows(source: ImportSource, columns: Columns): AsyncGenerator<readonly Read[]> {
  const pieces = readText(source);
  const head = await readHead(pieces);
  const all = rejoin(head, pieces);
  if (/^\s*[[{]/.test(head)) yield* readJson(all);
  else yield* readCsv(all, columns);
}

/** As much as tells JSON from CSV. */
async function readHead(pieces: AsyncIterator<string>): Promise<string> {
  let head = '';
  while (head.trim() === '') {
    const next = await pieces.next();
    if (next.done === true) break;
    head += next.value;
  }
  return head;
}

async function* rejoin(head: string, pieces: AsyncIterable<string>): AsyncGenerator<string> {
  yield head;
  yield* pieces;
}

async function* readCsv(pieces: AsyncIterable<string>, columns: Columns): AsyncGenerator<readonly Read[]> {
  let names: readonly string[] | undefined;
  for await (const records of splitCsv(pieces)) {
    const rows: Read[] = [];
    for (const record of records) {
      const { line } = record;
      if ('wrong' in record) {
        if (names === undefined) throw new UnreadableFile({ line, message: record.wrong });
        rows.push({ line, message: record.wrong });
      } else if (record.cells.every((cell) => cell.trim() === '')) continue;
      else if (names === undefined) names = readHeader(line, record.cells, columns);
      else if (record.cells.length !== names.length) {
        const message = `the row has ${record.cells.length} cells where the header has ${names.length} columns`;
        rows.push({ line, message });
      } else rows.push({ line, values: nameCells(names, record.cells) });
    }
    yield rows;
  }
  if (names === undefined) {
    const message = `the file is empty: expected a header such as ${Object.keys(columns).slice(0, 3).join(',')},…`;
    throw new UnreadableFile({ line: 1, message });
  }
}

function nameCells(names: readonly string[], cells: readonly string[]): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [i, name] of names.entries()) values[name] = cells[i]!.trim();
  return values;
}

/** Rows under a header that is wrong in any way mean nothing: the file is refused. */
function readHeader(line: number, cells: readonly string[], columns: Columns): readonly string[] {
  const names = cells.map((cell) => cell.trim());
  const known = Object.keys(columns).filter((name) => columns[name]!.only !== 'json');
  const mistakes: ImportMistake[] = [];
  for (const [i, name] of names.entries()) {
    if (name === '') mistakes.push({ line, message: `column ${i + 1} has no name` });
    else if (names.indexOf(name) !== i)
      mistakes.push({ line, column: name, message: `column "${name}" is there twice` });
    else if (columns[name]?.only === 'json')
      mistakes.push({ line, column: name, message: `column "${name}" can only be given in JSON` });
    else if (!known.includes(name))
      mistakes.push({ line, column: name, message: `there is no column "${name}"${suggest(name, known)}` });
  }
  for (const name of known) {
    const { needed, meaning } = columns[name]!;
    if (needed && !names.includes(name))
      mistakes.push({ line, column: name, message: `column "${name}" is missing: ${meaning}` });
  }
  if (mistakes.length > 0) throw new UnreadableFile(...mistakes);
  return names;
}

async function* readJson(pieces: AsyncIterable<string>): AsyncGenerator<readonly Read[]> {
  let count = 0;
  for await (const elements of splitJson(pieces)) {
    yield elements.map((element) => {
      count += 1;
      return readElement(element, count);
    });
  }
}

function readElement({ line, text }: JsonElement, element: number): Read {
  try {
    return { line, element, values: JSON.parse(text, keepNumber) as Record<string, unknown> };
  } catch (error) {
    return { line, element, message: `this is no JSON: ${(error as Error).message}` };
  }
}

/** A number stays the text that it was written as: `3.10` is not 3.1, and no digit is lost. */
function keepNumber(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  if (typeof value === 'number') return context?.source ?? String(value);
  return value;
}
