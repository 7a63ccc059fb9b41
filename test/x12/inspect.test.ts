import test from 'ava';
import { digestFile, type Judged } from '../../src/x12/inspect/digest.ts';
import { inspectFile } from '../../src/x12/inspect/inspect-file.ts';
import type { Row, SegmentView } from '../../src/x12/inspect/view.ts';
import { sayDate, sayTime } from '../../src/x12/inspect/words.ts';
import { readInterchanges } from '../../src/x12/interchange/interchange.ts';
import { standards } from './support.ts';

/** The segments of a file's sets as they are shown. */
function inspectSegments(file: string): SegmentView[] {
  const bytes = Buffer.from(file);
  const judged = [...readInterchanges(bytes, { standards })].flatMap((reading): Judged[] =>
    reading.kind === 'interchange' ? [{ report: reading.report, repeated: false }] : [],
  );
  const digest = digestFile(judged, []);
  const fieldsOf = () => () => undefined;
  const shown: SegmentView[] = [];
  for (const piece of inspectFile([bytes], { reader: { standards }, digest, whole: true, fieldsOf })) {
    if (piece.kind !== 'set') continue;
    for (const item of piece.items) if (item.kind === 'segment') shown.push(item);
  }
  return shown;
}

function wrap(version: string, group: string, set: string, segments: readonly string[]): string {
  const isa = `ISA*00*          *00*          *ZZ*A              *ZZ*B              *260105*0915*^*${version.slice(0, 5)}*000000001*0*P*:`;
  const body = [`ST*${set}*0001`, ...segments, `SE*${segments.length + 2}*0001`];
  return [isa, `GS*${group}*A*B*20260105*0915*1*X*${version}`, ...body, 'GE*1*1', 'IEA*1*000000001', ''].join(
    '~',
  );
}

const say = ({ at, value, told }: Row) => [at, value, ...told.map(({ code }) => code)].join(' ');

test('a composite that repeats is shown by repeat and component, and what is wrong stands there', (t) => {
  const segments = [
    'AK1*PO*1*005010',
    'AK2*850*0001',
    'IK3*PO1*5**8',
    'CTX*A:1^:2^B:3:4',
    'IK5*R',
    'AK9*R*1*1*0',
  ];
  const shown = inspectSegments(wrap('005010', 'FA', '999', segments));
  const ctx = shown.find(({ id }) => id === 'CTX')!;
  t.deepEqual(ctx.rows.map(say), [
    'CTX-01[1] ',
    'CTX-01[1]-01 A',
    'CTX-01[1]-02 1',
    'CTX-01[2] ',
    'CTX-01[2]-01  AK403 1',
    'CTX-01[2]-02 2',
    'CTX-01[3]  AK403 13',
    'CTX-01[3]-01 B',
    'CTX-01[3]-02 3',
    'CTX-01[3]-03 4',
  ]);
  t.is(ctx.depth, 2);
});

test('an element too many is shown where it is', (t) => {
  const order = ['BEG*00*SA*P1**20260105', 'CUR*BY*USD', 'PO1*1*8*EA', 'CTT*1*******8'];
  const shown = inspectSegments(wrap('004010', 'PO', '850', order));
  const ctt = shown.find(({ id }) => id === 'CTT')!;
  t.deepEqual(ctt.rows.filter(({ told }) => told.length > 0).map(say), ['CTT-08 8 AK403 3']);
});

test('levels nest under the parent that HL02 names, wherever a loop of the level above ended', (t) => {
  const levels = [
    'BSN*00*S*20260105*0915',
    'HL*1**S',
    'N1*ST*X',
    'N3*Y',
    'HL*2*1*O',
    'HL*3*2*I',
    'LIN**BP*A',
    'HL*4*1*O',
    'HL*5*3*I',
  ];
  const shown = inspectSegments(wrap('004010', 'SH', '856', levels));
  t.deepEqual(
    shown.map(({ id, depth, loop }) => [id, depth, loop?.under].filter((one) => one !== undefined).join(' ')),
    // Level 5 follows level 4 and belongs to level 3, which is closed by then.
    ['ST 0', 'BSN 0', 'HL 0', 'N1 1', 'N3 2', 'HL 1', 'HL 2', 'LIN 3', 'HL 1', 'HL 0 3', 'SE 0'],
  );
});

test('a date is said as a date only when it is one, and no century is guessed', (t) => {
  t.deepEqual(['20260105', '260105', '20261301', '20260132', '2026010', 'TODAY'].map(sayDate), [
    '2026-01-05',
    '26-01-05',
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

test('a time is said to the digit that was sent', (t) => {
  t.deepEqual(['0915', '091530', '0915307', '09153075', '2400', '0960', '915'].map(sayTime), [
    '09:15',
    '09:15:30',
    '09:15:30.7',
    '09:15:30.75',
    undefined,
    undefined,
    undefined,
  ]);
});

test('an implied decimal point is shown, also of amounts below one and below zero', (t) => {
  const amounts = ['1250', '5', '0', '-1250', '-5', '12.50'];
  const segments = ['BIG*20260105*I1', 'IT1*1*1*EA*1', ...amounts.map((amount) => `TDS*${amount}`)];
  const shown = inspectSegments(wrap('004010', 'IN', '810', segments));
  t.deepEqual(
    shown.filter(({ id }) => id === 'TDS').map(({ rows }) => rows[0]!.words),
    ['12.50', '0.05', '0.00', '-12.50', '-0.05', undefined],
  );
});
