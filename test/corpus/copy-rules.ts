import { findNeededRules } from '../sets/differences.ts';
import type { CopiedInterchange } from './copy-file.ts';
import { cutInterchange } from './cut-interchange.ts';

type CopyRule = {
  readonly says: string;
  /** Makes of the segments that were sent those that are to be written. */
  readonly apply: (rows: string[][]) => string[][];
};

/** Line ends inside segments are no data: they are taken out before the text is cut. */
const UNWRAP = 'wrapped lines';

/** The rules by which an interchange that is read and written again differs from the one that was sent. */
export const COPY_RULES: Readonly<Record<string, CopyRule>> = {
  [UNWRAP]: {
    says: 'A file wrapped at a fixed width is written in whole segments.',
    apply: (rows) => rows,
  },
  'nothing at the end': {
    says: 'Empty elements and components at the end of a segment, element or composite are left out (X12.6).',
    apply: (rows) => rows.map((row) => (row[0] === 'ISA' ? row : trimRow(row, rows[0]![16]!))),
  },
  'ISA padding': {
    says: 'ISA elements are filled up to their widths.',
    apply: ([isa, ...rows]) => [isa!.map((value, e) => padElement(value, e)), ...rows],
  },
  passwords: {
    says: 'ISA01 to ISA04: what is written carries no authorization and no password.',
    apply: ([isa, ...rows]) => [[isa![0]!, '00', BLANK, '00', BLANK, ...isa!.slice(5)], ...rows],
  },
  ISA11: {
    says: 'ISA11 is U up to 00401 and the sign that repeats an element from 00402 on, whatever was sent there.',
    apply: ([isa, ...rows]) => [isa!.with(11, chooseRepeat(isa![11]!, isa![12]!)), ...rows],
  },
  GS04: {
    says: 'GS04 has no century before 004010.',
    apply: (rows) =>
      rows.map((row) => (row[0] === 'GS' && row[8]! < '004' ? row.with(4, row[4]!.slice(-6)) : row)),
  },
  capitals: {
    says: 'Codes of the envelope are capitals.',
    apply: ([isa, ...rows]) => [
      isa!.map((value, e) => ([5, 7].includes(e) ? value.toUpperCase() : value)),
      ...rows,
    ],
  },
  blanks: {
    says: 'Blanks around elements of GS are no part of them.',
    apply: (rows) => rows.map((row) => (row[0] === 'GS' ? row.map((value) => value.trim()) : row)),
  },
  counts: {
    says: 'Counts have no zeros in front: SE01, GE01, IEA01.',
    apply: (rows) => rows.map((row) => (COUNTED.has(row[0]!) ? row.with(1, String(Number(row[1]))) : row)),
  },
  'service requests': {
    says: 'ISB and ISE ask the network for a service, which ends where the file arrives.',
    apply: (rows) => rows.filter(([id]) => id !== 'ISB' && id !== 'ISE'),
  },
  'TA1 first': {
    says: 'TA1 segments stand behind the ISA.',
    apply: (rows) => [rows[0]!, ...rows.filter(isTa1), ...rows.slice(1).filter((row) => !isTa1(row))],
  },
};

const BLANK = ' '.repeat(10);

const LINE_END = /[\r\n]/;

function chooseRepeat(sent: string, version: string): string {
  if (version < '00402') return 'U';
  return /[A-Za-z0-9 ]/.test(sent) ? '^' : sent;
}

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
  const [theirs, ours] = [sent[at], written[at === -1 ? sent.length : at]].map(
    (row) => row?.join('*') ?? 'nothing',
  );
  return ['unexplained', `sent ${theirs}, written ${ours}`];
}

function applyRules({ sent, written, taken }: CopiedInterchange, rules: readonly string[]): string[][] {
  const wrapped = rules.includes(UNWRAP) && !LINE_END.test(written[105]!);
  const text = wrapped ? sent.replace(/\r?\n/g, '') : sent;
  let rows = leaveOut(cutInterchange(text), taken);
  for (const name of rules) rows = COPY_RULES[name]!.apply(rows);
  return rows;
}

/** The interchange without the sets that were refused, GE01 counted anew. */
function leaveOut(rows: string[][], taken: readonly boolean[]): string[][] {
  if (taken.every(Boolean)) return rows;
  const kept: string[][] = [];
  let set = -1;
  let inside = false;
  let count = 0;
  for (const row of rows) {
    const [id] = row;
    if (id === 'GS') count = 0;
    if (id === 'ST') set++;
    if (id === 'ST') inside = true;
    if (id === 'ST' && taken[set]) count++;
    if (!inside || taken[set]) kept.push(id === 'GE' ? row.with(1, String(count)) : row);
    if (id === 'SE') inside = false;
  }
  return kept;
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
