import test from 'ava';
import {
  acknowledgeGroup,
  interchangeAcknowledgement,
  refuseInterchange,
} from '../../src/x12/acknowledge/acknowledge.ts';
import { interchange, interchangesOf, order, readAll } from './support.ts';

const sound = interchange();
const LINE = 'PO1*1*2*EA*3.50**VP*X1';
const set = (...body: string[]) => interchange({ sets: [order('0001', body)] });
const parties = Array.from({ length: 201 }, (_, i) => `N1*ST*Name ${i}`);

/** The least file that each code answers. */
const TA105: Readonly<Record<string, string>> = {
  '000': sound,
  '001': swap('IEA*1*000000001', 'IEA*1*000000002'),
  '002': swap('*U*00401', '*X*00401'),
  '003': swap('*U*00401', '*U*00901'),
  '004': swap('*P*>~', '*P*>A'),
  '005': swap('*ZZ*ACME', '*Z *ACME'),
  '006': swap('ACMEIND        *', '               *'),
  '007': swap('*ZZ*HOUSE', '*Z *HOUSE'),
  '008': swap('HOUSE          *', 'HOUSE BEHIND THE HILL*'),
  '010': swap('ISA*00*', 'ISA*99*'),
  '011': swap('ISA*00*', 'ISA*03*'),
  '012': swap('*00*          *ZZ', '*77*          *ZZ'),
  '013': swap('*00*          *ZZ', '*01*          *ZZ'),
  '014': swap('*260105*0930*U', '*261305*0930*U'),
  '015': swap('*0930*U', '*2530*U'),
  '016': swap('*U*00401', '* *00401'),
  '017': swap('*00401*', '*4010 *'),
  '018': sound.replaceAll('000000001', '00000000A'),
  '019': swap('*0*P*', '*7*P*'),
  '020': swap('*0*P*', '*0*X*'),
  '021': swap('IEA*1*', 'IEA*2*'),
  '022': swap('GE*1*1~', 'GE*1*1~GE*0*2~'),
  '023': sound.slice(0, 250),
  '024': swap('IEA*', 'REF*A*B~IEA*'),
  '026': swap('ISA*00', 'ISA|00'),
  '027': swap('*P*>~', '*P*A~'),
  '028': swap('GS*PO', 'ISE*261305*0930~GS*PO'),
  '029': swap('GS*PO', 'ISE*261205*2530~GS*PO'),
  '030': swap('GS*PO', 'ISE*261205*0930*X~GS*PO'),
  '031': swap('GS*PO', 'ISB*12~GS*PO'),
};

const AK905: Readonly<Record<string, string>> = {
  '1': swap('GS*PO', 'GS*ZZ'),
  '2': swap('*X*004010', '*X*BANANA'),
  '3': swap('GE*1*1~', ''),
  '4': swap('GE*1*1', 'GE*1*2'),
  '5': swap('GE*1*1', 'GE*2*1'),
  '6': swap('*0930*1*X', '*0930*1A*X').replace('GE*1*1~', 'GE*1*1A~'),
};

const AK502: Readonly<Record<string, string>> = {
  '1': swap('ST*850', 'ST*999'),
  '2': swap('SE*6*0001~', ''),
  '3': swap('SE*6*0001', 'SE*6*0002'),
  '4': swap('SE*6', 'SE*7'),
  '5': set('PO1*1*1O*EA*3.50'),
  '6': swap('GS*PO', 'GS*IN'),
  '7': sound.replaceAll('*0001', '*1'),
  '23': interchange({ sets: [order('0001'), order('0001')] }),
};

const AK304: Readonly<Record<string, string>> = {
  '1': set(LINE, 'QQQ*1'),
  '2': set('SCH*1*EA***002*20260105', LINE),
  '3': set(),
  '4': set(...parties, LINE),
  '5': set('CUR*BY*USD', 'CUR*BY*EUR', LINE),
  '6': set('BAK*00*AC*PO1*20260105', LINE),
  '7': set('DTM*002*20260105', 'CUR*BY*USD', LINE),
  '8': set('N1*@@*A', LINE),
};

const AK403: Readonly<Record<string, string>> = {
  '1': set('DTM**20260105', LINE),
  '2': set('N1*ST*A*92', LINE),
  '3': set('DTM*002*20260105*****X', LINE),
  '4': set('DTM*002*260105', LINE),
  '5': set('PO1*1*2*EACH*3'),
  '6': set('N1*ST*A\x07B', LINE),
  '7': set('N1*@@*A', LINE),
  '8': set('DTM*002*20260231', LINE),
  '9': set('DTM*002*20260105*2460', LINE),
  '10': set('MEA*PD*LT*5*****10', LINE),
};

/** Codes of reference/x12.md that are never said here, and what is said instead. */
const UNSAID: Readonly<Record<string, string>> = {
  '009': 'a receiver that is not us is known to the house alone',
  '025': 'a duplicate is known to the house alone',
};

const ALL = Array.from({ length: 32 }, (_, i) => String(i).padStart(3, '0'));

test('every TA105 code is said, or said otherwise', (t) => {
  t.deepEqual([...Object.keys(TA105), ...Object.keys(UNSAID)].sort(), ALL);
});

for (const [code, bytes] of Object.entries(TA105)) {
  test(`TA105 ${code}`, (t) => t.is(answerTo(bytes).ta1[5], code));
}

test('TA105 025 and the like are said for the house', (t) => {
  const report = refuseInterchange(interchangesOf(readAll(sound))[0]!.report, '025', 'seen before');
  t.deepEqual(interchangeAcknowledgement(report).slice(4), ['R', '025']);
});

for (const [code, bytes] of Object.entries(AK905)) {
  test(`AK905 ${code}`, (t) => {
    t.deepEqual(answerTo(bytes).group?.codes, [code]);
    t.is(answerTo(bytes).group?.status, 'R');
  });
}

for (const [code, bytes] of Object.entries(AK502)) {
  test(`AK502 ${code}`, (t) => {
    t.deepEqual(answerTo(bytes).group?.sets?.at(-1)?.codes, [code]);
    t.is(answerTo(bytes).group?.sets?.at(-1)?.status, 'R');
  });
}

for (const [code, bytes] of Object.entries(AK304)) {
  test(`AK304 ${code}`, (t) =>
    t.deepEqual(
      answerTo(bytes).group?.sets?.[0]?.segments?.map((one) => one.code),
      [code],
    ));
}

for (const [code, bytes] of Object.entries(AK403)) {
  test(`AK403 ${code}`, (t) => {
    const elements = answerTo(bytes).group?.sets?.[0]?.segments?.flatMap((one) => one.elements ?? []);
    t.deepEqual(
      elements?.map((one) => one.code),
      [code],
    );
  });
}

function answerTo(text: string) {
  const { report } = interchangesOf(readAll(text))[0]!;
  const group = report.groups[0];
  return { ta1: interchangeAcknowledgement(report), group: group && acknowledgeGroup(group) };
}

function swap(from: string, to: string): string {
  if (!sound.includes(from)) throw new Error(`no ${from} in the sample`);
  return sound.replace(from, to);
}
