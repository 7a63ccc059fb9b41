import { findNeededRules } from '../sets/differences.ts';
import type { CopiedInterchange } from './copy-file.ts';
import { cutInterchange } from './cut-interchange.ts';

/** Makes of the segments that were sent those that are to be written, by one rule. */
type CopyRule = (rows: string[][]) => string[][];

/** Line ends inside segments are no data: they are taken out before the text is cut. */
const UNWRAP = 'wrapped lines';

/** The rules by which an interchange that is read and written again differs from the one that was sent. */
export const COPY_RULES: Readonly<Record<string, CopyRule>> = {
  /** A file wrapped at a fixed width is written in whole segments. */
  [UNWRAP]: (rows) => rows,
  /** Empty elements and components at the end of a segment, element or composite are left out (X12.6). */
  'nothing at the end': (rows) => rows.map((row) => (row[0] === 'ISA' ? row : trimRow(row, rows[0]![16]!))),
  /** ISA elements are filled up to their widths. */
  'ISA padding': ([isa, ...rows]) => [isa!.map((value, e) => padElement(value, e)), ...rows],
  /** ISA01 to ISA04: what is written carries no authorization and no password. */
  passwords: ([isa, ...rows]) => [isa!.with(1, '00').with(2, '').with(3, '00').with(4, '').map(padElement), ...rows],
  /** ISA11 is U up to 00401 and the sign that repeats an element from 00402 on, whatever was sent there. */
  ISA11: ([isa, ...rows]) => [isa!.with(11, isa![12]! < '00402' ? 'U' : '^'), ...rows],
  /** GS04 has no century before 004010. */
  GS04: (rows) => rows.map((row) => (row[0] === 'GS' && row[8]! < '004' ? row.with(4, row[4]!.slice(-6)) : row)),
  /** Codes of the envelope are capitals. */
  capitals: ([isa, ...rows]) => [isa!.map((value, e) => ([5, 7].includes(e) ? value.toUpperCase() : value)), ...rows],
  /** Blanks around elements of GS are no part of them. */
  blanks: (rows) => rows.map((row) => (row[0] === 'GS' ? row.map((value) => value.trim()) : row)),
  /** Counts have no zeros in front: SE01, GE01, IEA01. */
  counts: (rows) => rows.map((row) => (COUNTED.has(row[0]!) ? row.with(1, String(Number(row[1]))) : row)),
  /** TA1 segments stand behind the ISA. */
  'TA1 first': (rows) => [rows[0]!, ...rows.filter(isTa1), ...rows.slice(1).filter((row) => !isTa1(row))],
};

const COUNTED = new Set(['SE', 'GE', 'IEA']);

/** Names of the rules that explain how an interchange is written; `unexplained` beside the first difference. */
export function explainCopy(copied: CopiedInterchange): readonly string[] {
  const written = cutInterchange(copied.written);
  const names = Object.keys(COPY_RULES);
  const isEqual = (rules: readonly string[]) => print(applyRules(copied, rules)) === print(written);
  if (isEqual([])) return [];
  if (isEqual(names)) return findNeededRules(names, isEqual);
  const sent = applyRules(copied, names);
  const at = sent.findIndex((row, i) => print([row]) !== print([written[i] ?? []]));
  const [theirs, ours] = [sent[at], written[at === -1 ? sent.length : at]].map((row) => row?.join('*') ?? 'nothing');
  return ['unexplained', `sent ${theirs}, written ${ours}`];
}

function applyRules({ sent, taken }: CopiedInterchange, rules: readonly string[]): string[][] {
  const text = rules.includes(UNWRAP) ? sent.replace(/\r?\n(?!$)/g, '') : sent;
  let rows = leaveOut(cutInterchange(text), taken);
  for (const name of rules) rows = COPY_RULES[name]!(rows);
  return rows;
}

/** The interchange without the sets that were refused. */
function leaveOut(rows: readonly string[][], taken: readonly boolean[]): string[][] {
  let set = -1;
  let inside = false;
  let count = 0;
  return rows.flatMap((row) => {
    if (row[0] === 'GS') count = 0;
    if (row[0] === 'ST') {
      set++;
      inside = true;
      if (taken[set]) count++;
    }
    const kept = !inside || taken[set];
    if (row[0] === 'SE') inside = false;
    if (!kept) return [];
    return row[0] === 'GE' && !taken.every(Boolean) ? [row.with(1, String(count))] : [row];
  });
}

function print(rows: readonly string[][]): string {
  return rows.map((row) => row.join('\u001d')).join('\u001e');
}

/** Widths of ISA01 to ISA15. */
const WIDTHS = [3, 2, 10, 2, 10, 2, 15, 2, 15, 6, 4, 1, 5, 9, 1, 1, 1];

function padElement(value: string, e: number): string {
  return value.trim().padEnd(WIDTHS[e]!);
}

function trimRow(row: readonly string[], component: string): string[] {
  const values = row.map((value) => {
    let end = value.length;
    while (end > 0 && value[end - 1] === component) end--;
    return value.slice(0, end);
  });
  return values.slice(0, values.findLastIndex((value) => value !== '') + 1);
}

function isTa1([id]: readonly string[]): boolean {
  return id === 'TA1';
}
