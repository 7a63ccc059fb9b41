import test from 'ava';
import { decidePlan } from '../../../src/domain/blanket/decide-plan.ts';
import type { PlanDocument, PlanFacts } from '../../../src/domain/blanket/plan.ts';
import { combinePlans, planDepletion } from '../../../src/domain/blanket/planned-use.ts';
import { orderPolicy } from '../../../src/domain/partner/order-policy.ts';
import type { PlanningSchedule } from '../../../src/domain/schedule/planning-schedule.ts';
import { blanket, blanketLine, WIDGET } from './support.ts';

const SOURCE = {
  format: 'x12',
  version: '004010',
  set: '830',
  sender: 'ZZ:ACME',
  receiver: 'ZZ:US',
  interchange: '000000001',
  group: '1',
  control: '0001',
} as const;

type Line = PlanningSchedule['lines'][number];

function schedule(line: Partial<Line> = {}, changes: Partial<PlanningSchedule> = {}): PlanningSchedule {
  return {
    kind: 'planning-schedule',
    source: SOURCE,
    purpose: 'original',
    scheduleNumber: 'SCH-1',
    basis: 'delivery',
    quantities: 'actual',
    horizonStart: '2026-06-15',
    issuedOn: '2026-06-15',
    poNumber: 'BK100',
    lines: [
      {
        ids: [{ qualifier: 'BP', value: 'PART-1' }],
        forecasts: [{ quantity: '100', certainty: 'firm', bucket: 'daily', date: '2026-06-22' }],
        ...line,
      },
    ],
    ...changes,
  };
}

function facts(changes: Partial<PlanFacts> = {}): PlanFacts {
  const gadget = { ...WIDGET, number: 'G-2' };
  return {
    catalogue: {
      itemOf: new Map([
        ['BP:PART-1', 'W-1'],
        ['BP:PART-2', 'G-2'],
      ]),
      items: new Map([
        ['W-1', WIDGET],
        ['G-2', gadget],
      ]),
    },
    blankets: [blanket()],
    policy: orderPolicy.parse({}).blanket,
    entries: [],
    earlier: [],
    latest: [],
    orders: new Set(),
    ...changes,
  };
}

/** Releases as `quantity item@PO`, and what is asked. */
function tell(document: PlanDocument, given: PlanFacts = facts()) {
  const { releases, exceptions, settled } = decidePlan(document, given);
  return {
    releases: releases.flatMap(({ poNumber, releaseNumber, lines }) =>
      lines.map(
        ({ number, quantity, unit }) => `${poNumber} ${releaseNumber}: ${quantity} ${unit} of ${number}`,
      ),
    ),
    asked: exceptions.map(({ kind, message }) => `${kind}: ${message}`),
    settled,
  };
}

const other = blanket({ id: 'b2', poNumber: 'BK200' });
const twice = blanket({ lines: [blanketLine(), blanketLine({ number: '2' })] });
const id = (qualifier: string, value: string) => ({ qualifier, value });
const PART = id('BP', 'PART-1');

const ROWS: readonly {
  readonly when: string;
  readonly document: PlanDocument;
  readonly facts?: Partial<PlanFacts>;
  readonly releases?: readonly string[];
  readonly asked?: readonly RegExp[];
}[] = [
  { when: 'all is known', document: schedule(), releases: ['BK100 SCH-1: 100 EA of 1'] },
  {
    when: 'it counts in cases',
    document: schedule({ unit: { unit: 'CA' } }),
    releases: ['BK100 SCH-1: 1200 EA of 1'],
  },
  {
    when: 'it counts in a unit that nobody can convert',
    document: schedule({ unit: { unit: 'KG' } }),
    asked: [/^plan-unclear: LIN\[1\]: its quantities in KG cannot be counted in EA/],
  },
  {
    when: 'its item is not known',
    document: schedule({ ids: [id('BP', 'NONE')] }),
    asked: [/^plan-line-unknown: LIN\[1\]: no item of ours is known for BP NONE$/],
  },
  {
    when: 'its ids lead to two items',
    document: schedule({ ids: [PART, id('BP', 'PART-2')] }),
    asked: [/different items \(W-1, G-2\)$/],
  },
  {
    when: 'its blanket order is not here',
    document: schedule({}, { poNumber: 'BK999' }),
    asked: [/^plan-line-unknown: LIN\[1\]: there is no blanket order BK999$/],
  },
  {
    when: 'its item is in no line of the blanket order',
    document: schedule({ ids: [id('BP', 'PART-2')] }),
    asked: [/item G-2 is in no line of blanket order BK100$/],
  },
  {
    when: 'the line names another order than the heading (LIN PO)',
    document: schedule({ ids: [PART, id('PO', 'BK200')] }),
    facts: { blankets: [blanket(), other] },
    releases: ['BK200 SCH-1: 100 EA of 1'],
  },
  {
    when: 'it names no order, and one open blanket order has the item',
    document: schedule({}, { poNumber: undefined }),
    facts: { blankets: [blanket({ state: 'closed' }), other] },
    releases: ['BK200 SCH-1: 100 EA of 1'],
  },
  {
    when: 'it names no order, and two open blanket orders have the item',
    document: schedule({}, { poNumber: undefined }),
    facts: { blankets: [blanket(), other] },
    asked: [/item W-1 is in BK100 line 1, BK200 line 1: its order and its line \(PO, PL\) must say which$/],
  },
  {
    when: 'two lines of the order are of the item, and it names one (LIN PL)',
    document: schedule({ ids: [PART, id('PL', '2')] }),
    facts: { blankets: [twice] },
    releases: ['BK100 SCH-1: 100 EA of 2'],
  },
  {
    when: 'two of its lines are of one line of the order',
    document: schedule({}, { lines: [schedule().lines[0]!, schedule().lines[0]!] }),
    asked: [/^plan-unclear: LIN\[1\]: it and LIN\[2\] are/, /^plan-unclear: LIN\[2\]: it and LIN\[1\] are/],
  },
  {
    when: 'a quantity under an SDP is firm',
    document: schedule({
      forecasts: [],
      patterns: [
        {
          days: [{ pattern: 'A', time: 'Y' }],
          forecasts: [{ quantity: '30', certainty: 'firm', bucket: 'weekly', date: '2026-06-22' }],
        },
      ],
    }),
    releases: ['BK100 SCH-1: 30 EA of 1'],
  },
  {
    when: 'a later schedule came before it',
    document: schedule(),
    facts: {
      latest: [{ blanket: 'b1', line: '1', kind: 'planning-schedule', issuedOn: '2026-06-16' }],
    },
  },
  {
    when: 'a schedule of the same day came before it',
    document: schedule(),
    facts: {
      latest: [{ blanket: 'b1', line: '1', kind: 'planning-schedule', issuedOn: '2026-06-15' }],
    },
    releases: ['BK100 SCH-1: 100 EA of 1'],
  },
  {
    when: 'it cancels what was planned',
    document: schedule({}, { purpose: 'cancel' }),
    asked: [/^plan-unclear: BFR: purpose "cancel" is not processed by rule: nothing of it is taken$/],
  },
  {
    when: 'it takes back what is released',
    document: schedule(),
    facts: { blankets: [blanket({}, { released: '120' })] },
    asked: [/^plan-unclear: .*100 EA are firm in all, 120 released so far: 20 would be given back$/],
  },
  {
    when: 'line 1 was dealt with before',
    document: schedule({}, { lines: [{ ids: [id('BP', 'NONE')] }, schedule().lines[0]!] }),
    facts: { settled: new Set([1]) },
    releases: ['BK100 SCH-1-2: 100 EA of 1'],
  },
];

for (const { when, document, facts: given, releases = [], asked = [] } of ROWS) {
  test(`an 830 where ${when}`, (t) => {
    const told = tell(document, facts(given));

    t.deepEqual(told.releases, [...releases]);
    t.is(told.asked.length, asked.length, told.asked.join('\n'));
    for (const [i, text] of asked.entries()) t.regex(told.asked[i]!, text);
  });
}

test('lines for different ship-tos become different releases', (t) => {
  const to = (place: string) => [{ role: 'ship-to' as const, code: 'ST', id: place }];
  const lines = [
    { ...schedule().lines[0]!, parties: to('DC1') },
    { ...schedule().lines[0]!, ids: [id('BP', 'PART-2')], parties: to('DC2') },
  ];
  const both = blanket({ lines: [blanketLine(), blanketLine({ number: '2', item: 'G-2' })] });

  const { releases } = decidePlan(schedule({}, { lines }), facts({ blankets: [both] }));

  t.deepEqual(
    releases.map(({ parties, lines: own }) => `${parties?.[0]?.id} ${own.map(({ number }) => number)}`),
    ['DC1 1', 'DC2 2'],
  );
});

test('an 862 takes the place of the 830 for the days that it speaks of, unless the 830 is newer', (t) => {
  const quantity = (date: string, total: string) => ({ date, quantity: '1', certainty: 'firm', total });
  const on = { blanket: 'b1', line: '1' };
  const planning = {
    ...on,
    kind: 'planning-schedule',
    issuedOn: '2026-06-01',
    quantities: [
      quantity('2026-06-08', '400'),
      quantity('2026-06-15', '999'),
      quantity('2026-06-22', '1000'),
    ],
  } as const;
  const shipping = {
    ...on,
    kind: 'shipping-schedule',
    issuedOn: '2026-06-01',
    from: '2026-06-08',
    to: '2026-06-14',
    quantities: [quantity('2026-06-09', '300'), quantity('2026-06-11', '400')],
  } as const;
  const days = (plans: Parameters<typeof combinePlans>[0]) =>
    combinePlans(plans).map(({ date }) => date.slice(8));

  t.deepEqual(days([planning, shipping]), ['09', '11', '15', '22']);
  t.deepEqual(days([{ ...planning, issuedOn: '2026-06-02' }, shipping]), ['08', '15', '22']);
  t.deepEqual(days([shipping]), ['09', '11']);
  t.is(planDepletion(blanketLine(), combinePlans([planning, shipping])), '2026-06-22');
  t.is(planDepletion(blanketLine({ committed: '1001' }), combinePlans([planning])), undefined);
});
