import test from 'ava';
import type { ReaderOptions } from '../../src/x12/interchange/reading.ts';
import type { SetReport } from '../../src/x12/interchange/report.ts';
import type { ErrorKind, ValidationPolicy } from '../../src/x12/validate/policy.ts';
import { interchange, order, readAll, type Sample, setsOf } from './support.ts';

type Case = {
  readonly given: string;
  readonly body: readonly string[];
  readonly expect: readonly string[];
  readonly sample?: Sample;
  readonly options?: Partial<ReaderOptions>;
};

const LINE = 'PO1*1*2*EA*3.50**VP*X1';
const later: Sample = { version: '00501', isa11: '^', gs08: '005010' };

/** Findings as `segment position AK304` and `segment-element[-component] AK403`. */
const CASES: readonly Case[] = [
  { given: 'a sound order', body: [LINE], expect: [] },
  { given: 'an unknown segment', body: [LINE, 'QQQ*1'], expect: ['QQQ 4 1 in PO1'] },
  { given: 'a segment id of four letters', body: [LINE, 'ABCD*1'], expect: ['ABCD 4 1 in PO1'] },
  { given: 'a segment of another set', body: ['BAK*00*AC*PO1*20260105', LINE], expect: ['BAK 3 6'] },
  { given: 'a line schedule before any line', body: ['SCH*1*EA***002*20260105', LINE], expect: ['SCH 3 2'] },
  { given: 'no line', body: [], expect: ['PO1 3 3'] },
  { given: 'a heading segment twice', body: ['CUR*BY*USD', 'CUR*BY*EUR', LINE], expect: ['CUR 4 5'] },
  {
    given: 'a heading segment too late',
    body: ['DTM*002*20260105', 'CUR*BY*USD', LINE],
    expect: ['CUR 4 7'],
  },
  { given: 'a line after CTT', body: [LINE, 'CTT*1', 'PO1*2*2*EA*3.50'], expect: ['PO1 5 7', 'CTT 6 4'] },
  {
    given: 'N1 loops and a REF inside',
    body: ['REF*CT*1', 'N1*ST*A', 'N3*1 Way', 'REF*DP*2', 'N1*BT*B', LINE],
    expect: [],
  },
  { given: 'an N2 too many', body: ['N1*ST*A', 'N2*a', 'N2*b', 'N2*c', LINE], expect: ['N2 6 5 in N1'] },
  { given: 'a quantity with a letter', body: ['PO1*1*1O*EA*3.50'], expect: ['PO1-02 6 (330)'] },
  { given: 'a price with two points', body: ['PO1*1*1*EA*3.5.0'], expect: ['PO1-04 6 (212)'] },
  { given: 'signed and pointed numbers', body: ['PO1*1*-1*EA*.5', 'PO1*2*1.*EA*-0.50'], expect: [] },
  { given: 'a number of a sign only', body: ['PO1*1*-*EA*3'], expect: ['PO1-02 6 (330)'] },
  { given: 'an exponent', body: ['PO1*1*1E5*EA*3'], expect: ['PO1-02 6 (330)'] },
  { given: 'a number of sixteen digits', body: ['PO1*1*1234567890123456*EA*3'], expect: ['PO1-02 5 (330)'] },
  { given: 'a number of fifteen digits, sign and point', body: ['PO1*1*-12345678901234.5*EA*3'], expect: [] },
  { given: '31 February', body: ['DTM*002*20260231', LINE], expect: ['DTM-02 8 (373)'] },
  { given: '29 February of a leap year', body: ['DTM*002*20240229', LINE], expect: [] },
  { given: '29 February of 1900', body: ['DTM*002*19000229', LINE], expect: ['DTM-02 8 (373)'] },
  { given: 'a date of six digits', body: ['DTM*002*260105', LINE], expect: ['DTM-02 4 (373)'] },
  { given: 'a time after midnight', body: ['DTM*002*20260105*2460', LINE], expect: ['DTM-03 9 (337)'] },
  { given: 'a mandatory element missing', body: ['DTM**20260105', LINE], expect: ['DTM-01 1 (374)'] },
  { given: 'an element too many', body: ['DTM*002*20260105*****X', LINE], expect: ['DTM-07 3'] },
  { given: 'empty elements at the end', body: ['REF*CT*1****', LINE], expect: [] },
  { given: 'an unknown code', body: ['N1*@@*A', LINE], expect: ['N1-01 7 (98)'] },
  { given: 'a unit too long', body: ['PO1*1*2*EACH*3'], expect: ['PO1-03 5 (355)'] },
  { given: 'a control character', body: ['N1*ST*A\x07B', LINE], expect: ['N1-02 6 (93)'] },
  { given: 'an inner separator in a name', body: ['N1*ST*A>B', LINE], expect: ['N1-02 6 (93)'] },
  { given: 'a name in UTF-8', body: ['N1*ST*Caf\xc3\xa9', LINE], expect: [] },
  { given: 'a name in Latin-1', body: ['N1*ST*Caf\xe9', LINE], expect: ['N1-02 6 (93)'] },
  {
    given: 'a name in Latin-1, agreed',
    body: ['N1*ST*Caf\xe9', LINE],
    options: { charset: 'latin1' },
    expect: [],
  },
  { given: 'P: one of a pair', body: ['N1*ST*A*92', LINE], expect: ['N1-04 2 (67)'] },
  { given: 'R: none of two', body: ['N1*ST', LINE], expect: ['N1-02 2 (93)'] },
  { given: 'C: a unit without its price', body: ['PO1*1*2*EA**PE'], expect: ['PO1-04 2 (212)'] },
  { given: 'an empty segment', body: ['REF', LINE], expect: ['REF-01 1 (128)', 'REF-02 2 (127)'] },
  { given: 'a composite', body: ['REF*CT*1**CT>1>DP>2', LINE], expect: [] },
  { given: 'a component too long', body: ['REF*CT*1**CTTT>1', LINE], expect: ['REF-04-01 5 (128)'] },
  { given: 'a component missing', body: ['REF*CT*1**CT', LINE], expect: ['REF-04-02 1 (127)'] },
  { given: 'components out of pair', body: ['REF*CT*1**CT>1>DP', LINE], expect: ['REF-04-04 2 (127)'] },
  {
    given: 'too many components, 4010',
    body: ['REF*CT*1**CT>1>DP>2>CT>3>X', LINE],
    expect: ['REF-04 3 (C040)'],
  },
  {
    given: 'too many components, 5010',
    body: ['REF*CT*1**CT>1>DP>2>CT>3>X', LINE],
    sample: later,
    expect: ['REF-04 13 (C040)'],
  },
  {
    given: 'a repeat that may not be, 5010',
    body: ['REF*CT*1**CT>1^DP>2', LINE],
    sample: later,
    expect: ['REF-04 12 (C040)'],
  },
];

for (const { given, body, expect, sample, options } of CASES) {
  test(`given ${given}, the findings are ${expect.join(', ') || 'none'}`, (t) => {
    const [set] = setsOf(readAll(interchange({ ...sample, sets: [order('0001', body)] }), options));
    t.deepEqual(describe(set!), expect);
    t.is(set!.status, expect.length === 0 ? 'A' : 'R');
    t.deepEqual(set!.codes, expect.length === 0 ? [] : ['5']);
  });
}

function describe(set: SetReport): string[] {
  return set.segments.flatMap((segment) => {
    const two = (n: number) => String(n).padStart(2, '0');
    if (segment.code !== '8') {
      const loop =
        segment.loop === undefined || segment.loop === segment.segment ? '' : ` in ${segment.loop}`;
      return [`${segment.segment} ${segment.position} ${segment.code}${loop}`];
    }
    return segment.elements.map((one) => {
      const component = one.component === undefined ? '' : `-${two(one.component)}`;
      const reference = one.reference === undefined ? '' : ` (${one.reference})`;
      return `${segment.segment}-${two(one.position)}${component} ${one.code}${reference}`;
    });
  });
}

test('a finding tells people what it was, what it should be and where', (t) => {
  const text = interchange({ sets: [order('0001', ['PO1*1*1O*EA*3.50'])] });
  const [segment] = setsOf(readAll(text))[0]!.segments;
  const [problem] = segment!.elements;
  t.is(
    problem!.message,
    'PO1-02 quantity ordered (330) is "1O": R 1/15 expects digits with at most one decimal point',
  );
  t.is(problem!.value, '1O');
  t.is(problem!.offset, text.indexOf('1O*EA'));
  t.is(segment!.offset, text.indexOf('PO1*1*1O'));
});

test('each segment gets the node of the definition that it fits', (t) => {
  const body = ['REF*CT*1', 'N1*ST*A', 'REF*DP*2', 'N9*L1*note', 'MSG*hello', 'ABC*1', LINE];
  // N9 before N1 is the order of the standard: here the N9 loop comes too late.
  const [reading] = readAll(interchange({ sets: [order('0001', body)] }));
  if (reading?.kind !== 'set') return t.fail();
  const { nodes, loops } = reading.definition!;
  const paths = [...reading.nodes].map((node) =>
    node < 0 ? '-' : `${loops[nodes[node]!.loop]!.path}:${nodes[node]!.segment}`,
  );
  t.deepEqual(paths, [
    ':ST',
    ':BEG',
    ':REF',
    'N1:N1',
    'N1:REF',
    'N9:N9',
    'N9:MSG',
    '-',
    'PO1:PO1',
    'CTT:CTT',
    ':SE',
  ]);
  t.deepEqual(describe(reading.report), ['N9 6 7', 'ABC 8 1 in N9']);
});

test('a loop that occurs too often is 4', (t) => {
  const parties = Array.from({ length: 201 }, (_, i) => `N1*ST*Name ${i}`);
  const [set] = setsOf(readAll(interchange({ sets: [order('0001', [...parties, LINE])] })));
  t.deepEqual(describe(set!), ['N1 203 4']);
});

test('HL loops repeat flat', (t) => {
  const body = [
    'BSN*00*S1*20260105*0930*0004',
    'HL*1**S',
    'TD5*B*2*UPSN',
    'HL*2*1*O',
    'PRF*PO1',
    'HL*3*2*I',
    'LIN**VP*X1',
    'SN1**2*EA',
  ];
  const set856 = ['ST*856*0001', ...body, 'CTT*3', `SE*${body.length + 3}*0001`];
  const text = interchange({ sets: [set856] }).replace('GS*PO', 'GS*SH');
  const [set] = setsOf(readAll(text));
  t.deepEqual(describe(set!), []);
  t.is(set!.status, 'A');
});

function policy(noted: readonly ErrorKind[], warned: readonly ErrorKind[]): () => ValidationPolicy {
  return () => ({ noted: new Set(noted), warned: new Set(warned) });
}

test('a noted kind accepts with errors, a warned one says nothing to the partner', (t) => {
  const text = interchange({ sets: [order('0001', ['N1*@@*A', LINE])] });
  const [noted] = setsOf(readAll(text, { policy: policy(['bad-code'], []) }));
  t.is(noted!.status, 'E');
  t.deepEqual(describe(noted!), ['N1-01 7 (98)']);
  const [warned] = setsOf(readAll(text, { policy: policy([], ['bad-code']) }));
  t.is(warned!.status, 'A');
  t.deepEqual(describe(warned!), []);
  t.like(warned!.problems[0], { severity: 'warning', code: '7' });
});

test('a hundred thousand errors are refused with the first of them told', (t) => {
  const lines = Array.from({ length: 100_000 }, (_, i) => `PO1*${i}*1O*EA*3.50`);
  const [set] = setsOf(readAll(interchange({ sets: [order('0001', lines)] })));
  t.is(set!.status, 'R');
  t.is(set!.segments.length, 1000);
  t.regex(set!.problems[0]!.message, /more than 1000/);
});
