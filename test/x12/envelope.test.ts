import test from 'ava';
import type { ReaderOptions } from '../../src/x12/interchange/reading.ts';
import { interchange, interchangesOf, order, readAll, setsOf } from './support.ts';

const sound = interchange();
const five = ['0001', '0002', '0003', '0004', '0005'].map((control) => order(control));

type Expected = {
  /** TA104/TA105. */
  readonly ta1?: string;
  /** AK901 and AK905… of the first group. */
  readonly group?: string;
  /** AK501 and AK502… of each set. */
  readonly sets?: readonly string[];
};

type Case = {
  readonly given: string;
  readonly bytes: string;
  readonly expect: Expected;
  readonly options?: Partial<ReaderOptions>;
};

const CASES: readonly Case[] = [
  { given: 'a sound interchange', bytes: sound, expect: { ta1: 'A/000', group: 'A', sets: ['A'] } },
  {
    given: 'IEA02 other than ISA13',
    bytes: swap('IEA*1*000000001', 'IEA*1*000000002'),
    expect: { ta1: 'R/001' },
  },
  { given: 'IEA01 wrong', bytes: swap('IEA*1*', 'IEA*2*'), expect: { ta1: 'R/021' } },
  { given: 'IEA missing', bytes: swap('IEA*1*000000001~', ''), expect: { ta1: 'R/023', group: 'A' } },
  { given: 'an unpadded ISA', bytes: sound.replace(/ +/g, ''), expect: { ta1: 'A/000', sets: ['A'] } },
  {
    given: 'an unpadded ISA, refused',
    bytes: sound.replace(/ +/g, ''),
    options: { tolerance: { 'unpadded-isa': 'refuse' } },
    expect: { ta1: 'R/022' },
  },
  { given: 'an ISA with an element missing', bytes: swap('*0*P*', '*P*'), expect: { ta1: 'R/022' } },
  { given: 'an ISA with two separators', bytes: swap('ISA*00', 'ISA|00'), expect: { ta1: 'R/026' } },
  { given: 'ISA01 unknown', bytes: swap('ISA*00*', 'ISA*99*'), expect: { ta1: 'R/010' } },
  { given: 'ISA03 unknown', bytes: swap('*00*          *ZZ', '*77*          *ZZ'), expect: { ta1: 'R/012' } },
  { given: 'ISA05 on no list', bytes: swap('*ZZ*ACME', '*QQ*ACME'), expect: { ta1: 'E/005', sets: ['A'] } },
  { given: 'ISA06 empty', bytes: swap('ACMEIND        *', '               *'), expect: { ta1: 'R/006' } },
  { given: 'ISA07 malformed', bytes: swap('*ZZ*HOUSE', '*Z *HOUSE'), expect: { ta1: 'R/007' } },
  { given: 'ISA08 empty', bytes: swap('HOUSE          *', '               *'), expect: { ta1: 'R/008' } },
  { given: 'ISA09 no date', bytes: swap('*260105*', '*261305*'), expect: { ta1: 'E/014', sets: ['A'] } },
  { given: 'ISA10 no time', bytes: swap('*0930*U', '*2530*U'), expect: { ta1: 'E/015' } },
  { given: 'ISA11 unknown', bytes: swap('*U*00401', '*X*00401'), expect: { ta1: 'E/002' } },
  { given: 'ISA12 malformed', bytes: swap('*00401*', '*4010 *'), expect: { ta1: 'R/017' } },
  { given: 'ISA13 malformed', bytes: sound.replaceAll('000000001', '00000000A'), expect: { ta1: 'R/018' } },
  { given: 'ISA14 unknown', bytes: swap('*0*P*', '*7*P*'), expect: { ta1: 'E/019' } },
  { given: 'ISA15 unknown', bytes: swap('*0*P*', '*0*X*'), expect: { ta1: 'R/020' } },
  { given: 'a letter as terminator', bytes: swap('*P*>~', '*P*>A'), expect: { ta1: 'R/004' } },
  { given: 'a letter as component separator', bytes: swap('*P*>~', '*P*A~'), expect: { ta1: 'R/027' } },
  { given: 'a GE without GS', bytes: swap('GE*1*1~', 'GE*1*1~GE*0*2~'), expect: { ta1: 'R/022' } },
  {
    given: 'a set outside any group',
    bytes: sound
      .replace(/GS.*?~/, '')
      .replace('GE*1*1~', '')
      .replace('IEA*1', 'IEA*0'),
    expect: { ta1: 'R/022', sets: [] },
  },
  { given: 'a segment outside any group', bytes: swap('IEA*', 'REF*A*B~IEA*'), expect: { ta1: 'R/024' } },
  { given: 'GE01 wrong', bytes: swap('GE*1*1', 'GE*2*1'), expect: { ta1: 'A/000', group: 'R5' } },
  { given: 'GE02 other than GS06', bytes: swap('GE*1*1', 'GE*1*2'), expect: { group: 'R4' } },
  { given: 'GE missing', bytes: swap('GE*1*1~', ''), expect: { ta1: 'A/000', group: 'R3', sets: ['A'] } },
  {
    given: 'GS06 malformed',
    bytes: swap('*0930*1*X', '*0930*1A*X').replace('GE*1*1~', 'GE*1*1A~'),
    expect: { group: 'R6' },
  },
  { given: 'GS01 of no held set', bytes: swap('GS*PO', 'GS*ZZ'), expect: { group: 'R1', sets: ['R6'] } },
  { given: 'GS08 no version', bytes: swap('*X*004010', '*X*BANANA'), expect: { group: 'R2' } },
  { given: 'SE01 wrong', bytes: swap('SE*6', 'SE*7'), expect: { group: 'R', sets: ['R4'] } },
  { given: 'SE02 other than ST02', bytes: swap('SE*6*0001', 'SE*6*0002'), expect: { sets: ['R3'] } },
  { given: 'SE missing', bytes: swap('SE*6*0001~', ''), expect: { ta1: 'A/000', sets: ['R2'] } },
  {
    given: 'ST02 twice in a group',
    bytes: interchange({ sets: [order('0001'), order('0001')] }),
    expect: { group: 'P', sets: ['A', 'R23'] },
  },
  { given: 'ST02 malformed', bytes: sound.replaceAll('*0001', '*1'), expect: { sets: ['R7'] } },
  { given: 'ST01 of another group', bytes: swap('GS*PO', 'GS*IN'), expect: { sets: ['R6'] } },
  { given: 'ST01 malformed', bytes: swap('ST*850', 'ST*85'), expect: { sets: ['R6'] } },
  { given: 'a set that is not held', bytes: swap('ST*850', 'ST*999'), expect: { sets: ['R1'] } },
  {
    given: 'a set that is not held, accepted',
    bytes: swap('ST*850', 'ST*999'),
    options: { sets: 'any' },
    expect: { sets: ['A'] },
  },
  {
    given: 'one bad set of five',
    bytes: interchange({ sets: five.with(2, order('0003', ['PO1*1*1O*EA*3.50'])) }),
    expect: { ta1: 'A/000', group: 'P', sets: ['A', 'A', 'R5', 'A', 'A'] },
  },
  {
    given: 'a set without SE among five',
    bytes: interchange({ sets: five.with(2, order('0003').slice(0, -1)) }),
    expect: { group: 'P', sets: ['A', 'A', 'R2', 'A', 'A'] },
  },
  {
    given: 'a version not held',
    bytes: interchange({ gs08: '002040', sets: [order('0001', ['PO1*1*1O*EA'])] }),
    expect: { group: 'R2', sets: ['R'] },
  },
  {
    given: 'a version not held, read by the nearest',
    bytes: interchange({ gs08: '002040', sets: [order('0001', ['PO1*1*1O*EA'])] }),
    options: { tolerance: { 'unknown-version': 'warn' } },
    expect: { group: 'A', sets: ['A'] },
  },
  {
    given: 'an industry version',
    bytes: interchange({ gs08: '004010VICS', sets: [order('0001', ['PO1*1*1O*EA'])] }),
    expect: { sets: ['R5'] },
  },
  { given: 'a BOM', bytes: `\xef\xbb\xbf${sound}`, expect: { ta1: 'A/000', sets: ['A'] } },
  {
    given: 'blank lines',
    bytes: `\n\n${sound.replaceAll('~', '~\n\n')}\n`,
    expect: { ta1: 'A/000', sets: ['A'] },
  },
  {
    given: 'CRLF after terminators',
    bytes: sound.replaceAll('~', '~\r\n'),
    expect: { ta1: 'A/000', sets: ['A'] },
  },
  { given: 'LF as terminator', bytes: sound.replaceAll('~', '\n'), expect: { ta1: 'A/000', sets: ['A'] } },
  {
    given: 'CRLF as terminator',
    bytes: sound.replaceAll('~', '\r\n'),
    expect: { ta1: 'A/000', sets: ['A'] },
  },
  {
    given: '0x1C as terminator',
    bytes: sound.replaceAll('~', '\x1c'),
    expect: { ta1: 'A/000', sets: ['A'] },
  },
  {
    given: 'ISA inside N102',
    bytes: swap('N1*ST*ACME', 'N1*ST*ISA VISA'),
    expect: { ta1: 'A/000', sets: ['A'] },
  },
  {
    given: 'ISA as the whole of N102',
    bytes: swap('N1*ST*ACME', 'N1*ST*ISA'),
    expect: { ta1: 'A/000', sets: ['A'] },
  },
  { given: 'no last terminator', bytes: sound.slice(0, -1), expect: { ta1: 'A/000', sets: ['A'] } },
];

for (const { given, bytes, expect, options } of CASES) {
  test(`given ${given}, the answer is ${JSON.stringify(expect)}`, (t) => {
    const readings = readAll(bytes, options);
    const report = interchangesOf(readings)[0]!.report;
    const group = report.groups[0];
    if (expect.ta1 !== undefined) t.is(`${report.status}/${report.note}`, expect.ta1);
    if (expect.group !== undefined) t.is(`${group?.status}${group?.codes.join()}`, expect.group);
    if (expect.sets !== undefined)
      t.deepEqual(
        setsOf(readings).map((set) => set.status + set.codes.join()),
        expect.sets,
      );
  });
}

test('a truncated second interchange leaves the first as it was', (t) => {
  const readings = readAll(sound + interchange({ control: '000000002' }).slice(0, 250));
  const [first, second] = interchangesOf(readings);
  t.is(first!.report.status, 'A');
  t.true(first!.complete);
  t.is(second!.report.note, '023');
  t.false(second!.complete);
});

test('each interchange brings its own separators', (t) => {
  const other = interchange({ element: '|', component: '^', terminator: '\x15', control: '000000002' });
  const readings = readAll(sound + other);
  t.deepEqual(
    interchangesOf(readings).map((one) => one.report.note),
    ['000', '000'],
  );
  t.deepEqual(
    setsOf(readings).map((set) => set.status),
    ['A', 'A'],
  );
});

test('junk after the IEA is a warning', (t) => {
  const [, , junk] = readAll(`${sound}hello`);
  t.like(junk, { kind: 'junk', offset: sound.length, length: 5 });
  t.is(junk?.kind === 'junk' ? junk.problem.severity : '', 'warning');
});

test('junk ahead of the ISA is a warning', (t) => {
  const [junk, , read] = readAll(`hello ${sound}`);
  t.is(junk?.kind === 'junk' ? junk.problem.severity : '', 'warning');
  t.is(read?.kind === 'interchange' ? read.report.status : '', 'A');
});

test('a file without an ISA is told by its beginning', (t) => {
  for (const [text, words] of [
    ['<html>503</html>', '<html>503'],
    ['', 'no bytes'],
    [' \r\n', 'only blanks'],
    ['IS', 'IS'],
  ] as const) {
    const [reading, ...others] = readAll(text);
    t.deepEqual(others, []);
    t.is(reading!.kind, 'junk');
    if (reading?.kind === 'junk')
      t.true(reading.problem.severity === 'error' && reading.problem.message.includes(words));
  }
});

test('TA1 segments inside are handed on', (t) => {
  const [reading] = interchangesOf(readAll(swap('GS*PO', 'TA1*000000042*260105*0930*A*000~GS*PO')));
  t.deepEqual(reading!.ta1s, [['TA1', '000000042', '260105', '0930', 'A', '000']]);
});

test('ISA11 separates repeats from 00402 on, unless it is alphanumeric', (t) => {
  const repetition = (isa11: string, version: string) =>
    interchangesOf(readAll(interchange({ isa11, version })))[0]!.separators.repetition;
  t.is(repetition('^', '00501'), 0x5e);
  t.is(repetition('U', '00501'), undefined);
  t.is(repetition('U', '00401'), undefined);
});

test('a terminator of several bytes in UTF-8 is one terminator', (t) => {
  const readings = readAll(Buffer.from(interchange({ terminator: '…' }), 'utf8'));
  t.is(interchangesOf(readings)[0]!.report.status, 'A');
  t.deepEqual(
    setsOf(readings).map((set) => set.status),
    ['A'],
  );
});

function swap(from: string, to: string): string {
  if (!sound.includes(from)) throw new Error(`no ${from} in the sample`);
  return sound.replace(from, to);
}
