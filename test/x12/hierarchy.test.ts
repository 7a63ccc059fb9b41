import test from 'ava';
import type { SetReport } from '../../src/x12/interchange/report.ts';
import { interchange, readAll, setsOf } from './support.ts';

const BSN = 'BSN*00*SHIP1*20260105*0930';

function report(levels: readonly string[], options = {}): SetReport {
  const segments = ['ST*856*0001', BSN, ...levels];
  const sets = [...segments, `SE*${segments.length + 1}*0001`];
  return setsOf(readAll(interchange({ sets: [sets] }).replace('GS*PO', 'GS*SH'), options))[0]!;
}

/** `6 HL-02 7 "9": no level …`: the segment, the element, AK403, the bad value and why. */
function findings({ segments }: SetReport): string[] {
  return segments.flatMap((segment) =>
    segment.elements.map(({ position, code, value, message }) => {
      const why = message.slice(message.indexOf(': ') + 2);
      return `${segment.position} ${segment.segment}-0${position} ${code} "${value ?? ''}": ${why}`;
    }),
  );
}

const CASES: readonly { given: string; levels: readonly string[]; expect: readonly string[] }[] = [
  { given: 'levels one in the other', levels: ['HL*1**S*1', 'HL*2*1*O*1', 'HL*3*2*I*0'], expect: [] },
  {
    given: 'all orders before all items',
    levels: ['HL*1**S*1', 'HL*2*1*O*1', 'HL*3*1*O*1', 'HL*4*2*I*0', 'HL*5*3*I*0'],
    expect: [],
  },
  { given: 'several levels at the top', levels: ['HL*1**S', 'HL*2**S', 'HL*3*2*O'], expect: [] },
  { given: 'numbers of another kind', levels: ['HL*A1**S', 'HL*20*A1*O', 'HL*5*20*I'], expect: [] },
  {
    given: 'a parent that is not there',
    levels: ['HL*1**S', 'HL*2*9*O'],
    expect: ['4 HL-02 7 "9": no level has this number; a level comes before those that lie in it'],
  },
  {
    given: 'a parent that comes later',
    levels: ['HL*1**S', 'HL*2*3*I', 'HL*3*1*O'],
    expect: [
      '4 HL-02 7 "3": the level of this number, segment 5, comes later; a level comes before those that lie in it',
    ],
  },
  {
    given: 'two levels in each other',
    levels: ['HL*1*2*S', 'HL*2*1*O'],
    expect: [
      '3 HL-02 7 "2": the level of this number, segment 4, comes later; a level comes before those that lie in it',
    ],
  },
  {
    given: 'a level in itself',
    levels: ['HL*1**S', 'HL*2*2*O'],
    expect: ['4 HL-02 7 "2": a level cannot lie in itself'],
  },
  {
    given: 'a number given twice, and a level in it',
    levels: ['HL*1**S', 'HL*2*1*O', 'HL*2*1*O', 'HL*3*2*I'],
    expect: ['5 HL-01 7 "2": the level of segment 4 has this number already'],
  },
  {
    given: 'a parent with a zero more',
    levels: ['HL*1**S', 'HL*2*01*O'],
    expect: ['4 HL-02 7 "01": no level has this number; a level comes before those that lie in it'],
  },
  {
    given: 'both numbers wrong',
    levels: ['HL*1**S', 'HL*1*7*O'],
    expect: [
      '4 HL-01 7 "1": the level of segment 3 has this number already',
      '4 HL-02 7 "7": no level has this number; a level comes before those that lie in it',
    ],
  },
  {
    given: 'levels without a number',
    levels: ['HL***S', 'HL***S'],
    expect: ['3 HL-01 1 "": it is mandatory', '4 HL-01 1 "": it is mandatory'],
  },
];

for (const { given, levels, expect } of CASES) {
  test(`levels: ${given}`, (t) => t.deepEqual(findings(report(levels)), expect));
}

test('levels nest at most fifty deep', (t) => {
  const chain = (depth: number) =>
    Array.from({ length: depth }, (_, i) => `HL*${i + 1}*${i === 0 ? '' : i}*P`);
  t.deepEqual(findings(report(chain(50))), []);
  t.deepEqual(findings(report(chain(51))), ['53 HL-02 7 "50": levels nest at most 50 deep']);
});

test('a policy that notes bad codes accepts a wrong tree with errors', (t) => {
  const policy = () => ({ noted: new Set(['bad-code']), warned: new Set() });
  t.is(report(['HL*1**S', 'HL*2*9*O']).status, 'R');
  t.is(report(['HL*1**S', 'HL*2*9*O'], { policy }).status, 'E');
});

test('an HL04 that says other than HL02 is a warning, told once', (t) => {
  const told = (levels: readonly string[]) => {
    const { status, problems } = report(levels);
    return [
      status,
      ...problems.map(({ severity, message, place }) => `${severity} ${place?.position}: ${message}`),
    ];
  };
  t.deepEqual(told(['HL*1**S', 'HL*2*1*O*0', 'HL*3*1*O']), ['A'], 'left out says nothing');
  t.deepEqual(told(['HL*1**S*0', 'HL*2*1*O*1', 'HL*3*1*O*1']), [
    'A',
    'warning 3: HL-04 of segment 3 is "0", and levels lie in it (and 2 more of 3 levels)',
  ]);
  t.deepEqual(told(['HL*1**S*1', 'HL*2*1*O*1']), [
    'A',
    'warning 4: HL-04 of segment 4 is "1", and no level lies in it',
  ]);
});
