import test from 'ava';
import type { SetReport } from '../../src/x12/interchange/report.ts';
import type { Oddity, Reaction } from '../../src/x12/tolerate/tolerance.ts';
import { interchange, interchangesOf, type Kept, order, plain, readAll, setsOf } from './support.ts';

const LINE = 'PO1*1*2*EA*3.50**VP*X1';
const sound = interchange();

type Case = {
  readonly given: string;
  readonly oddities: readonly Oddity[];
  readonly bytes: string;
  /** The same as it was meant. */
  readonly meant?: string;
  /** AK3 and AK4 when it is refused, as `tell` has them: place, codes, bad value. */
  readonly refused: readonly string[];
};

const set = (...body: string[]) => interchange({ sets: [order('0001', body)] });
const swap = (from: string, to: string) => {
  if (!sound.includes(from)) throw new Error(`no ${from} in the sample`);
  return sound.replace(from, to);
};

const CASES: readonly Case[] = [
  {
    given: 'beg',
    oddities: ['lower-case-ids'],
    bytes: swap('BEG*', 'beg*'),
    refused: ['2 beg 1', '3 BEG 3'],
  },
  {
    given: 'po1, and all others',
    oddities: ['lower-case-ids'],
    bytes: sound.replace(/~(BEG|N1|PO1|CTT)\*/g, (id) => id.toLowerCase()),
    refused: ['2 beg 1', '3 n1 1', '4 po1 1', '5 ctt 1', '6 BEG 3', '6 PO1 3'],
  },
  {
    given: 'codes in lower case',
    oddities: ['lower-case-ids'],
    bytes: set('N1*st*ACME*92*77', 'PO1*1*2*ea*3.50**vp*X1'),
    meant: set('N1*ST*ACME*92*77', LINE),
    refused: ['3 N1 8: 1 7 st', '4 PO1 8: 3 7 ea, 6 7 vp'],
  },
  {
    given: 'a padded segment id',
    oddities: ['padded-elements'],
    bytes: swap('N1*', 'N1 *'),
    refused: ['3 N1  1'],
  },
  {
    given: 'spaces around codes and numbers',
    oddities: ['padded-elements'],
    bytes: set('N1*ST *ACME*92*77', 'PO1*1* 2*EA *3.50 **VP*X1'),
    meant: set('N1*ST*ACME*92*77', LINE),
    refused: ['3 N1 8: 1 7 ST', '4 PO1 8: 2 6  2, 3 5 EA, 4 6 3.50'],
  },
  {
    given: 'a date with a space behind it',
    oddities: ['padded-elements'],
    bytes: swap('**20260105', '**20260105 '),
    refused: ['2 BEG 8: 5 5 20260105'],
  },
  {
    given: 'a code of nothing but spaces',
    oddities: ['padded-elements'],
    bytes: set('PO1*1*2*EA*3.50*  *VP*X1'),
    meant: set(LINE),
    refused: ['3 PO1 8: 5 7'],
  },
  {
    given: 'a padded code in lower case',
    oddities: ['padded-elements', 'lower-case-ids'],
    bytes: set('PO1*1*2*ea *3.50**VP*X1'),
    meant: set(LINE),
    refused: ['3 PO1 8: 3 5 ea'],
  },
  {
    given: 'spaces in the SE',
    oddities: ['padded-elements'],
    bytes: swap('SE*6*0001', 'SE*6 *0001 '),
    refused: [],
  },
  {
    given: 'separators behind a segment',
    oddities: ['trailing-separators'],
    bytes: swap('3.50**VP*X1', '3.50**VP*X1****'),
    refused: ['4 PO1 8: 8 3'],
  },
  {
    given: 'a separator behind the SE',
    oddities: ['trailing-separators'],
    bytes: swap('SE*6*0001', 'SE*6*0001*'),
    refused: ['6 SE 8: 3 3'],
  },
  {
    given: 'component separators behind a composite',
    oddities: ['trailing-separators'],
    bytes: set('MEA*PD*LT*5*EA>>', LINE),
    meant: set('MEA*PD*LT*5*EA', LINE),
    refused: ['3 MEA 8: 4-2 3'],
  },
  {
    given: 'Latin-1 where UTF-8 is agreed',
    oddities: ['not-utf-8'],
    bytes: swap('*ACME*', '*CAF\xc9*'),
    meant: swap('*ACME*', '*CAF\xc9*'),
    refused: ['3 N1 8: 2 6 CAFÉ'],
  },
  {
    given: 'an 850 in a group IN',
    oddities: ['foreign-group'],
    bytes: swap('GS*PO', 'GS*IN'),
    refused: [],
  },
];

/** `3 N1 8: 1 7 st`: AK302, AK301 and AK304, and for each AK4 its place, AK403 and AK404. */
function tell(report: SetReport): string[] {
  return report.segments.map(({ position, segment, code, elements }) => {
    const told = elements.map(({ position: at, component, code: wrong, value }) =>
      `${at}${component === undefined ? '' : `-${component}`} ${wrong} ${value ?? ''}`.trimEnd(),
    );
    return `${position} ${segment} ${code}${told.length === 0 ? '' : `: ${told.join(', ')}`}`;
  });
}

function read({ bytes, oddities }: Case, reaction: Reaction): Kept[] {
  return readAll(bytes, { tolerance: Object.fromEntries(oddities.map((oddity) => [oddity, reaction])) });
}

/** Without what writing leaves out anyway: empty elements and components at the end. */
function rowsOf(readings: readonly Kept[]): string[][][] {
  return readings.flatMap((reading) =>
    reading.kind === 'set'
      ? [reading.rows!.map((row) => trimRow(row.map((value) => value.replace(/>+$/, ''))))]
      : [],
  );
}

function trimRow(row: readonly string[]): string[] {
  return row.slice(0, row.findLastIndex((value) => value !== '') + 1);
}

for (const one of CASES) {
  const { given, oddities, bytes, meant = sound, refused } = one;
  const name = `given ${given} (${oddities.join(', ')})`;

  test(`${name}, accept reads what was meant and says nothing`, (t) => {
    const [report] = setsOf(read(one, 'accept'));
    t.like(report, { status: 'A', problems: [], segments: [], codes: [] });
    t.deepEqual(rowsOf(read(one, 'accept')), rowsOf(readAll(meant, { charset: 'latin1' })));
  });

  test(`${name}, warn reads the same and tells us, in the set`, (t) => {
    const readings = read(one, 'warn');
    const [report] = setsOf(readings);
    t.like(report, { status: 'A', segments: [], codes: [] });
    t.true(report!.problems.length > 0);
    for (const { severity, offset, message } of report!.problems) {
      t.is(severity, 'warning');
      t.true(offset >= report!.offset && offset < report!.offset + report!.length, message);
    }
    t.is(interchangesOf(readings)[0]!.report.groups[0]!.status, 'A');
    t.deepEqual(rowsOf(readings), rowsOf(read(one, 'accept')));
  });

  test(`${name}, note reads the same and tells the partner: AK5 E`, (t) => {
    const readings = read(one, 'note');
    t.like(setsOf(readings)[0], { status: 'E', codes: [] });
    t.is(interchangesOf(readings)[0]!.report.groups[0]!.status, 'E');
    t.deepEqual(rowsOf(readings), rowsOf(read(one, 'accept')));
  });

  test(`${name}, refuse is ${refused.join('; ') || 'told by AK502'}`, (t) => {
    const [report] = setsOf(read(one, 'refuse'));
    t.is(report!.status, 'R');
    t.deepEqual(tell(report!), refused);
  });

  test(`${name}, chunks change nothing`, (t) => {
    const whole = plain(readAll(bytes));
    for (let cut = 1; cut < bytes.length; cut++)
      t.deepEqual(plain(readAll(bytes, {}, [cut])), whole, `cut at ${cut}`);
  });
}

test('AK502 says what a space in the SE and a foreign group are refused for', (t) => {
  const codes = (given: string) => {
    const one = CASES.find((each) => each.given === given)!;
    return setsOf(read(one, 'refuse'))[0]!.codes;
  };
  t.deepEqual(codes('spaces in the SE'), ['3', '4']);
  t.deepEqual(codes('an 850 in a group IN'), ['6']);
});

test('what is in error both ways is refused as it was sent', (t) => {
  const body = ['N1*@@ *ACME', 'PO1*1* 1O *EA*3.50'];
  const [report] = setsOf(readAll(set(...body)));
  t.deepEqual(tell(report!), ['3 N1 8: 1 7 @@', '4 PO1 8: 2 6  1O']);
});

test('spaces that lead or end a text are part of it where its length allows them', (t) => {
  const readings = readAll(set('N1*ST* ACME *92*77', LINE));
  t.deepEqual(setsOf(readings)[0]!.problems, []);
  t.deepEqual(rowsOf(readings)[0]![2], ['N1', 'ST', ' ACME ', '92', '77']);
});

test('spaces that lead a text that is too long stay an error', (t) => {
  const [report] = setsOf(readAll(set(`N1*ST* ${'A'.repeat(60)}*92*77`, LINE)));
  t.is(report!.status, 'R');
});

test('a mandatory element of nothing but spaces is not taken for absent', (t) => {
  const [report] = setsOf(readAll(swap('BEG*00*', 'BEG*  *')));
  t.deepEqual(tell(report!), ['2 BEG 8: 1 7']);
});

test('each reason is told once in a set, with its first place', (t) => {
  const text = set('N1*st*ACME', 'PO1*1*2*ea*3.50', 'PO1*2*2*ea*3.50');
  const [report] = setsOf(readAll(text));
  t.is(report!.problems.length, 1);
  t.is(report!.problems[0]!.offset, text.indexOf('st*ACME'));
  t.regex(report!.problems[0]!.message, /^N1-01 .* is "st": .*; it is read in capitals$/);
});

test('offsets behind a repair are still those of the file', (t) => {
  const text = set('N1*ST *ACME*92 *77', 'PO1*1*1O*EA*3.50');
  const [report] = setsOf(readAll(text));
  t.is(report!.segments[0]!.elements[0]!.offset, text.indexOf('1O'));
});
