import { readInterchanges } from '../../src/x12/interchange/interchange.ts';
import { interchange, order, rowsOf } from '../x12/support.ts';
import { configuration } from './corpus.ts';
import { readWithNodeX12 } from './node-x12.ts';
import { readWithX12Parser } from './x12-parser.ts';

/** Readers that are not ours. A file whose reading they do not share must show one of their defects. */
const READERS = { 'node-x12': readWithNodeX12, 'x12-parser': readWithX12Parser } as const;

export type Oracle = keyof typeof READERS;

export const ORACLES = Object.keys(READERS) as Oracle[];

export type Defect = {
  readonly of: readonly Oracle[];
  readonly what: string;
  /** Whether a file shows it; Latin-1 view. */
  readonly in: (text: string) => boolean;
  /** The file without what the oracle cannot read, saying the same. */
  readonly mend: (text: string) => string;
  /** The least file that shows it. */
  readonly sample: string;
};

export const SOUND = interchange();

export const DEFECTS: readonly Defect[] = [
  {
    of: ['node-x12', 'x12-parser'],
    what: 'a byte order mark shifts the fixed offsets at which separators are taken',
    in: (text) => text.startsWith(BYTE_ORDER_MARK),
    mend: (text) => text.slice(BYTE_ORDER_MARK.length),
    sample: `\xef\xbb\xbf${SOUND}`,
  },
  {
    of: ['node-x12', 'x12-parser'],
    what: 'the line ends of a file wrapped at 80 columns are taken for data',
    in: (text) => /^.{79,80}\r?\n./.test(text),
    mend: (text) => text.replace(/\r?\n/g, ''),
    sample: SOUND.replace(/(.{80})/g, '$1\n'),
  },
  {
    of: ['node-x12', 'x12-parser'],
    what: 'separators are taken at fixed offsets, of an ISA without its padding too',
    in: (text) => /^\W*ISA/.test(text) && !PADDED.test(text.replace(BYTE_ORDER_MARK, '')),
    mend: padIsa,
    sample: SOUND.replace(/ +/g, ''),
  },
  {
    of: ['node-x12', 'x12-parser'],
    what: 'of a terminator of two or three bytes only the first ends a segment',
    in: (text) => text.charCodeAt(105) > 0xbf,
    mend: (text) => text.replaceAll(/^[\xc0-\xff][\x80-\xbf]+/.exec(text.slice(105))![0], '~'),
    sample: Buffer.from(interchange({ terminator: '…' }), 'utf8').toString('latin1'),
  },
  {
    of: ['node-x12'],
    what: 'ISB, the interchange service request, is refused: it belongs outside of groups',
    in: (text) => /[~\n]ISB\*/.test(text),
    mend: (text) => text.replaceAll(/IS[BE]\*.*?~\s*/g, ''),
    sample: SOUND.replace('GS*PO', 'ISB*1~GS*PO'),
  },
  {
    of: ['node-x12', 'x12-parser'],
    what: 'a segment that ends with a line end instead of its terminator runs into the next one',
    in: (text) => /[^\s$]\s*\n\s*N3\*/.test(text) && text[105] === '$',
    mend: (text) => text.replaceAll(/([^\s$])[ \t]*\r?\n/g, '$1$$\n'),
    sample: interchange({ terminator: '$' })
      .replaceAll('$', '$\n')
      .replace('*92*77$', '*92*77\nN3*1 MAIN ST$')
      .replace('SE*6', 'SE*7'),
  },
  {
    of: ['x12-parser'],
    what: 'line feeds are taken out of data',
    in: (text) => /[^~*\s] *\r?\n[^~\s]/.test(text.slice(106)) && text[105] === '~',
    mend: (text) => text.slice(0, 106) + text.slice(106).replaceAll(/([^~\s] *)\r?\n(?=[^~\s])/g, '$1'),
    sample: interchange({ sets: [order('0001', ['N1*ST*A\nB', 'PO1*1*2*EA*3.50'])] }),
  },
];

const BYTE_ORDER_MARK = '\xef\xbb\xbf';

/** Fifteen elements of their widths and one element separator between them. */
const PADDED = /^ISA(.)..\1.{10}\1..\1.{10}\1..\1.{15}\1..\1.{15}\1/s;

const WIDTHS = [3, 2, 10, 2, 10, 2, 15, 2, 15, 6, 4, 1, 5, 9, 1, 1];

function padIsa(text: string): string {
  const separator = text[3]!;
  const isa = text.split(separator, 16);
  const rest = text.slice(isa.join(separator).length);
  const whole = isa.map((value) => value.replace(/\r?\n/, ''));
  return whole.map((value, e) => value.padEnd(WIDTHS[e]!).slice(0, WIDTHS[e])).join(separator) + rest;
}

/** How one oracle reads a file beside us. */
export type Comparison = {
  readonly oracle: Oracle;
  readonly defects: readonly Defect[];
  readonly agrees: boolean;
  /** Whether it reads as we do once the file is mended of what it cannot read. */
  readonly agreesMended: boolean;
};

/** Undefined when an envelope or count is not sound: what is to be read of such a file is for each reader to say. */
export async function compareReadings(text: string): Promise<readonly Comparison[] | undefined> {
  const ours = readOurs(text);
  if (ours === undefined) return undefined;
  return Promise.all(ORACLES.map((oracle) => compareWith(oracle, text, ours)));
}

async function compareWith(oracle: Oracle, text: string, ours: Rows): Promise<Comparison> {
  const defects = DEFECTS.filter((one) => one.of.includes(oracle) && one.in(text));
  const agrees = isSame(await readAs(oracle, text), ours);
  if (defects.length === 0) return { oracle, defects, agrees, agreesMended: agrees };
  const mended = defects.reduce((file, { mend }) => mend(file), text);
  const theirs = await readAs(oracle, mended);
  return { oracle, defects, agrees, agreesMended: isSame(theirs, dropLineFeeds(ours)) };
}

type Rows = readonly (readonly string[])[];

function isSame(theirs: Rows | string, ours: Rows): boolean {
  return JSON.stringify(theirs) === JSON.stringify(ours);
}

/** A mended file has none in its data. */
function dropLineFeeds(rows: Rows): Rows {
  return rows.map((row) => row.map((value) => value.replaceAll(/\r?\n/g, '')));
}

/** Tag and elements of every segment of every set; undefined when an envelope or count is not sound. */
export function readOurs(text: string): Rows | undefined {
  const rows: string[][] = [];
  const options = {
    standards: configuration.standards,
    validate: false,
    sets: 'any',
    tolerance: { 'foreign-group': 'warn', 'unknown-version': 'warn' },
    charset: 'latin1',
  } as const;
  for (const reading of readInterchanges(Buffer.from(text, 'latin1'), options)) {
    if (reading.kind === 'junk' || reading.report.status === 'R') return undefined;
    if (reading.kind === 'set') rows.push(...rowsOf(reading.segments));
    else if (reading.report.groups.some(({ status }) => status === 'R')) return undefined;
  }
  return rows.map(tidy);
}

/** What an oracle reads, or what it threw. */
export async function readAs(oracle: Oracle, text: string): Promise<Rows | string> {
  try {
    const rows = await READERS[oracle](text);
    return rows.filter(([id]) => id !== 'GS' && id !== 'GE').map(tidy);
  } catch (error) {
    return String(error);
  }
}

/** Both take the blanks off every value, and neither keeps count of empty elements at the end. */
function tidy(row: readonly string[]): string[] {
  const values = row.map((value) => value.trim());
  return values.slice(0, values.findLastIndex((value) => value !== '') + 1);
}
