import test from 'ava';
import { readInterchanges } from '../../src/x12/interchange.ts';
import { interchange, order, rowsOf } from '../x12/support.ts';
import { configuration, readSample } from './corpus.ts';
import { readWithNodeX12 } from './node-x12.ts';
import { hasCorpus } from './presence.ts';
import { TABLE } from './table.ts';
import { readWithX12Parser } from './x12-parser.ts';

/** Readers that are not ours. A file whose reading they do not share must show one of their defects. */
const ORACLES = { 'node-x12': readWithNodeX12, 'x12-parser': readWithX12Parser } as const;

type Oracle = keyof typeof ORACLES;

type Defect = {
  readonly of: readonly Oracle[];
  readonly what: string;
  /** Whether a file shows it; Latin-1 view. */
  readonly in: (text: string) => boolean;
  /** The least file that does. */
  readonly sample: string;
};

const sound = interchange();

const DEFECTS: readonly Defect[] = [
  {
    of: ['node-x12', 'x12-parser'],
    what: 'separators are taken at fixed offsets, from an ISA without its padding too',
    in: (text) => !/^ISA(.)..\1.{10}\1..\1.{10}\1..\1.{15}\1..\1.{15}\1/s.test(text),
    sample: sound.replace(/ +/g, ''),
  },
  {
    of: ['node-x12', 'x12-parser'],
    what: 'a byte order mark shifts those offsets',
    in: (text) => text.startsWith('\xef\xbb\xbf'),
    sample: `\xef\xbb\xbf${sound}`,
  },
  {
    of: ['node-x12', 'x12-parser'],
    what: 'so does the line end of a file wrapped at 80 columns',
    in: (text) => /^.{79,80}\r?\n./.test(text),
    sample: sound.replace(/(.{80})/g, '$1\n'),
  },
  {
    of: ['node-x12', 'x12-parser'],
    what: 'a terminator of two bytes leaves one of them in front of each segment id',
    in: (text) => text.charCodeAt(105) > 0xbf,
    sample: Buffer.from(interchange({ terminator: '…' }), 'utf8').toString('latin1'),
  },
  {
    of: ['node-x12'],
    what: 'ISB, the interchange service request, is refused: it belongs outside of groups',
    in: (text) => /[~\n]ISB\*/.test(text),
    sample: sound.replace('GS*PO', 'ISB*1~GS*PO'),
  },
  {
    of: ['node-x12', 'x12-parser'],
    what: 'a segment that ends with a line end instead of its terminator runs into the next one',
    in: (text) => /[^\s$]\s*\n\s*N3\*/.test(text) && text[105] === '$',
    sample: sound.replace('~N1*', '\nN1*'),
  },
  {
    of: ['x12-parser'],
    what: 'line feeds are taken out of data',
    in: (text) => /[^~*\s] *\r?\n[^~\s]/.test(text.slice(106)) && text[105] === '~',
    sample: interchange({ sets: [order('0001', ['N1*ST*A\nB', 'PO1*1*2*EA*3.50'])] }),
  },
];

for (const { of, what, sample } of DEFECTS) {
  for (const oracle of of) {
    test(`${oracle}: ${what}`, async (t) => {
      const ours = readOurs(sample);
      t.true(ours?.some(([id]) => id === 'BEG'));
      t.notDeepEqual(await readAs(oracle, sample), ours);
    });
  }
}

test('of a plain file all three read the same', async (t) => {
  for (const oracle of ['node-x12', 'x12-parser'] as const)
    t.deepEqual(await readAs(oracle, sound), readOurs(sound));
});

if (hasCorpus()) {
  for (const [path] of TABLE) {
    const text = readSample(path).toString('latin1');
    const ours = readOurs(text);
    if (ours === undefined) continue;
    for (const oracle of ['node-x12', 'x12-parser'] as const) {
      const defect = DEFECTS.find((one) => one.of.includes(oracle) && one.in(text));
      test(`${path} reads as ${oracle} does${defect === undefined ? '' : `, but for: ${defect.what}`}`, async (t) => {
        const theirs = await readAs(oracle, text);
        if (defect === undefined) t.deepEqual(theirs, ours);
        else t.notDeepEqual(theirs, ours);
      });
    }
  }
}

/** Tag and elements of every segment of every set; undefined when the envelope is not sound. */
function readOurs(text: string): string[][] | undefined {
  const rows: string[][] = [];
  const options = {
    standards: configuration.standards,
    validate: false,
    sets: 'any',
    tolerance: { 'foreign-group': 'warn', 'unknown-version': 'warn' },
    charset: 'latin1',
  } as const;
  for (const reading of readInterchanges(Buffer.from(text, 'latin1'), options)) {
    if (reading.kind === 'junk') return undefined;
    if (reading.report.status === 'R') return undefined;
    if (reading.kind === 'set') rows.push(...rowsOf(reading.segments));
    else if (reading.report.groups.some((group) => group.status === 'R')) return undefined;
  }
  return rows.map(tidy);
}

async function readAs(oracle: Oracle, text: string): Promise<string[][] | string> {
  try {
    const rows = await ORACLES[oracle](text);
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
