import test from 'ava';
import { configuration } from './configuration.ts';
import { explainDifferences, RULES } from './differences.ts';
import { writeSetsAgain } from './write-again.ts';

const ORDER = `BEG*00*SA*P1**20260105*C-1~CUR*BY*USD~REF*DP*038~DTM*010*20260120~N1*ST*DC 12*92*07~N3*1 MAIN ST*DOCK 4
PO1*1*8*EA*3.25*PE*BP*B1*VP*V1~PID*F****BOLT~SAC*C*D240***4500~CTT*1*8`;

const NOTICE = 'BSN*00*S1*20260105*0915~HL*1**S*1~HL*2*1*O*0~PRF*P1~CTT*2*0';

/** What a change of the text leads to. */
const CASES: readonly (readonly [string, string, string, readonly string[]])[] = [
  ['nothing', ORDER, ORDER, []],
  ['an element at the end', ORDER, ORDER.replace('DP*038', 'DP*038**'), ['nothing at the end']],
  ['no totals', ORDER, ORDER.replace('~CTT*1*8', ''), ['totals']],
  ['half of the totals', ORDER, ORDER.replace('CTT*1*8', 'CTT*1'), ['totals']],
  ['a total that is wrong', ORDER, ORDER.replace('CTT*1*8', 'CTT*1*9'), []],
  ['no number of a line', ORDER, ORDER.replace('PO1*1*', 'PO1**'), ['ordinals']],
  ['another number of a line', ORDER, ORDER.replace('PO1*1*', 'PO1*2*'), []],
  ['an N3 for each line', ORDER, ORDER.replace('MAIN ST*', 'MAIN ST~N3*'), ['lists of text']],
  ['a gap between pairs', ORDER, ORDER.replace('B1*VP', 'B1***VP'), ['pairs']],
  ['zeros in front', ORDER, ORDER.replace('4500', '0004500'), ['implied decimals']],
  ['a contract number twice', ORDER, ORDER.replace('~DTM', '~REF*CT*C-1~DTM'), ['one place']],
  [
    'a contract number elsewhere',
    ORDER,
    ORDER.replace('*C-1', '').replace('~DTM', '~REF*CT*C-1~DTM'),
    ['one place'],
  ],
  ['notes without a title', ORDER, ORDER.replace('~N1', '~N9*L1*S~MSG*D~N1'), ['titles']],
  ['another order', ORDER, ORDER.replace('~N1', '~DTM*002*20260126~N1'), ['order']],
  [
    'all packs before all items',
    NOTICE,
    NOTICE.replace('O*0~PRF*P1~CTT*2*0', 'O*1~PRF*P1~HL*3*1*O*1~HL*4*2*I*0~REF*LT*A~HL*5*3*I*0~CTT*5*0'),
    ['levels together'],
  ],
  ['no HL04', NOTICE, NOTICE.replace('S*1', 'S').replace('O*0', 'O'), ['levels below']],
];

test('the rules are those that the cases show', (t) => {
  const shown = new Set(CASES.flatMap(([, , , names]) => names));
  t.deepEqual(
    Object.keys(RULES).filter((name) => !shown.has(name)),
    [],
  );
});

for (const [what, before, after, names] of CASES) {
  test(`${what}: the document is written again ${names.length === 0 ? 'as it was' : `by ${names.join(', ')}`}`, (t) => {
    if (what !== 'nothing') t.not(after, before);
    t.deepEqual(explainDifferences(writeOnce(after)), names);
  });
}

const LINES = 'PO1*1*8*EA*3.25*PE*BP*B1~PO1*2*9*EA*3.25*PE*BP*B2';
const DATES = 'DTM*010*20260120~DTM*010*20260121';

for (const [what, order, from, to] of [
  ['two lines come', ORDER.replace(/PO1.*/, LINES), LINES, LINES.split('~').reverse().join('~')],
  ['two dates of a kind come', ORDER.replace(/DTM[^~]*/, DATES), DATES, DATES.split('~').reverse().join('~')],
] as const) {
  test(`no rule explains that ${what} in another order`, (t) => {
    t.true(order.includes(from));
    const { sent } = writeOnce(order);
    const { written } = writeOnce(order.replace(from, to));
    t.is(explainDifferences({ sent, written, problems: [] })[0], 'unexplained');
  });
}

for (const [what, from, to] of [
  ['a value', '3.25', '3.26'],
  ['a total', 'CTT*1*8', 'CTT*1*9'],
  ['a place', 'DP*038', 'DP**038'],
  ['a segment', '~PID*F****BOLT', ''],
  ['a pair', '*VP*V1', ''],
] as const) {
  test(`no rule explains that ${what} comes out otherwise`, (t) => {
    const sent = writeOnce(ORDER).sent;
    const written = writeOnce(ORDER.replace(from, to)).written;
    t.is(explainDifferences({ sent, written, problems: [] })[0], 'unexplained');
    t.is(explainDifferences({ sent: written, written: sent, problems: [] })[0], 'unexplained');
  });
}

test('an element that the standard does not know is written with our separators', (t) => {
  const bytes = wrap(ORDER.replace('DP*038', 'DP*038***A:B')).map((byte) => (byte === 0x3e ? 0x3a : byte));
  const policy = () => ({ noted: new Set(['too-many-elements'] as const), warned: new Set<never>() });
  const [only] = writeSetsAgain(bytes, configuration, { ...configuration, policy });
  t.deepEqual(explainDifferences(only!), []);
});

function writeOnce(text: string): ReturnType<typeof writeSetsAgain>[number] {
  const [only] = writeSetsAgain(wrap(text), configuration);
  if (only === undefined) throw new Error(`not a sound set: ${text}`);
  return only;
}

function wrap(text: string): Uint8Array {
  const [set, group] = text.startsWith('BSN') ? ['856', 'SH'] : ['850', 'PO'];
  const segments = text.split(/[~\n]/);
  const head = [
    'ISA*00*          *00*          *ZZ*THEM           *ZZ*US             *260105*0915*U*00401*000000001*0*P*>',
    `GS*${group}*THEM*US*20260105*0915*1*X*004010`,
    `ST*${set}*0001`,
  ];
  const end = [`SE*${segments.length + 2}*0001`, 'GE*1*1', 'IEA*1*000000001'];
  return new TextEncoder().encode([...head, ...segments, ...end, ''].join('~'));
}
