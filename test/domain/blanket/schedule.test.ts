import test from 'ava';
import type { BlanketEntry } from '../../../src/domain/blanket/blanket.ts';
import { reconcileCumulative } from '../../../src/domain/blanket/reconcile.ts';
import { readDemand, type ScheduleLine } from '../../../src/domain/blanket/schedule-demand.ts';
import { blanketLine, entry } from './support.ts';

const ship = (day: string, quantity: string, kind: BlanketEntry['kind'] = 'ship') =>
  entry({ kind, quantity, at: `${day}T12:00:00Z` });

type Count = Partial<Parameters<typeof reconcileCumulative>[2]>;

const COUNTS: readonly {
  readonly when: string;
  readonly entries: readonly BlanketEntry[];
  readonly count?: Count;
  readonly tolerance?: string;
  readonly expect: readonly [difference: string, inTransit: string, beyond: boolean];
  readonly text: RegExp;
}[] = [
  {
    when: 'all has arrived',
    entries: [ship('2026-05-01', '200'), ship('2026-05-20', '100')],
    expect: ['0', '0', false],
    text: /as many as we shipped$/,
  },
  {
    when: 'the last shipment is on its way',
    entries: [ship('2026-05-01', '300'), ship('2026-05-26', '50')],
    expect: ['50', '50', false],
    text: /counts 300 EA received, we shipped 350, 50 more: 50 EA in transit, shipped in the 7 days before$/,
  },
  {
    when: 'the last shipment left eight days before and is not counted',
    entries: [ship('2026-05-01', '300'), ship('2026-05-25', '50')],
    expect: ['50', '0', true],
    text: /we shipped 350, 50 more: 0 EA in transit/,
  },
  {
    when: 'more is missing than is on its way',
    entries: [ship('2026-05-01', '310'), ship('2026-06-01', '50')],
    expect: ['60', '50', true],
    text: /60 more: 50 EA in transit/,
  },
  {
    when: 'more is missing, within the tolerance',
    entries: [ship('2026-05-01', '303')],
    tolerance: '1',
    expect: ['3', '0', false],
    text: /3 more/,
  },
  {
    when: 'more is missing, beyond the tolerance',
    entries: [ship('2026-05-01', '304')],
    tolerance: '1',
    expect: ['4', '0', true],
    text: /4 more/,
  },
  {
    when: 'the buyer has told that the last shipment came, and does not count it',
    entries: [
      ship('2026-05-01', '300'),
      ship('2026-05-30', '50'),
      ship('2026-05-02', '300', 'receive'),
      ship('2026-05-31', '50', 'receive'),
    ],
    expect: ['50', '0', true],
    text: /50 more: 0 EA in transit/,
  },
  {
    when: 'what shipped later does not count yet',
    entries: [ship('2026-05-01', '300'), ship('2026-06-02', '50')],
    expect: ['0', '0', false],
    text: /as many/,
  },
  {
    when: 'what came back does not count',
    entries: [ship('2026-05-01', '310'), ship('2026-05-20', '10', 'return')],
    expect: ['0', '0', false],
    text: /as many/,
  },
  {
    when: 'the buyer counts more',
    entries: [ship('2026-05-01', '280')],
    expect: ['-20', '0', true],
    text: /ask which shipments make the 20 EA more/,
  },
  {
    when: 'the buyer counts from April on',
    entries: [ship('2026-03-31', '900'), ship('2026-04-01', '300')],
    count: { since: '2026-04-01' },
    expect: ['0', '0', false],
    text: /as many/,
  },
];

for (const { when, entries, count, tolerance = '0', expect, text } of COUNTS) {
  test(`the buyer's 300 received up to 1 June where ${when}`, (t) => {
    const policy = { tolerance, transit: 7 };
    const asked = { quantity: '300', on: '2026-06-01', ...count };

    const result = reconcileCumulative(blanketLine(), entries, asked, policy);

    t.deepEqual([result.difference, result.inTransit, result.beyond], [...expect]);
    t.regex(result.text, text);
  });
}

const planning = (changes: Partial<ScheduleLine> = {}): ScheduleLine => ({
  kind: 'planning-schedule',
  quantities: 'actual',
  forecasts: [
    { quantity: '100', certainty: 'firm', date: '2026-06-20' },
    { quantity: '50', certainty: 'firm', date: '2026-06-27' },
    { quantity: '900', certainty: 'planning', date: '2026-07-04' },
  ],
  ...changes,
});

const shipping = (quantity: string, quantities: ScheduleLine['quantities'] = 'actual'): ScheduleLine => ({
  kind: 'shipping-schedule',
  quantities,
  forecasts: [{ quantity, certainty: 'firm', date: '2026-06-20' }],
});

/** Of the line 200 are released and 120 shipped. */
const DEMANDS: readonly [string, ScheduleLine, string, string | undefined][] = [
  ['what is firm comes on top of what is shipped', planning(), 'release', '70'],
  [
    'what is firm comes on top of what the buyer counts',
    planning({ shipped: [{ qualifier: '02', quantity: '80' }] }),
    'release',
    '30',
  ],
  [
    'the last shipment alone is no count',
    planning({ shipped: [{ qualifier: '01', quantity: '80' }] }),
    'release',
    '70',
  ],
  [
    'what is firm is released already',
    planning({ shipped: [{ qualifier: '02', quantity: '50' }] }),
    'nothing',
    undefined,
  ],
  [
    'less is firm than is released',
    planning({ shipped: [{ qualifier: '02', quantity: '49' }] }),
    'unclear',
    undefined,
  ],
  [
    'quantities are cumulative',
    planning({
      quantities: 'cumulative',
      forecasts: [
        { quantity: '350', certainty: 'firm', date: '2026-06-27' },
        { quantity: '250', certainty: 'immediate', date: '2026-06-20' },
      ],
    }),
    'release',
    '150',
  ],
  [
    'all is planning',
    planning({ forecasts: [{ quantity: '900', certainty: 'planning', date: '2026-07-04' }] }),
    'nothing',
    undefined,
  ],
  ['changes are told net', planning({ quantities: 'net-change' }), 'unclear', undefined],
  [
    'a quantity is neither firm nor planning',
    planning({ forecasts: [{ quantity: '9', certainty: 'changed', date: '2026-07-04' }] }),
    'unclear',
    undefined,
  ],
  ['an 862 schedules what is released', shipping('80'), 'nothing', undefined],
  ['an 862 schedules more than is released', shipping('81'), 'over-release', undefined],
  ['an 862 schedules all that is released, cumulative', shipping('200', 'cumulative'), 'nothing', undefined],
];

for (const [when, schedule, kind, quantity] of DEMANDS) {
  test(`the demand of a schedule where ${when}`, (t) => {
    const demand = readDemand(schedule, blanketLine({ released: '200', shipped: '120' }));
    t.is(demand.kind, kind as typeof demand.kind);
    t.is(demand.kind === 'release' ? demand.quantity : undefined, quantity);
  });
}

test('what is firm and released already comes first, and the rest keeps its days', (t) => {
  const demand = readDemand(planning(), blanketLine({ released: '150', shipped: '120' }));

  t.deepEqual(demand.kind === 'release' && demand.parts, [
    { quantity: '70', date: '2026-06-20' },
    { quantity: '50', date: '2026-06-27' },
  ]);
});

test('a count that began anew is added to what was shipped before it', (t) => {
  const cumulative = planning({
    quantities: 'cumulative',
    before: '1000',
    forecasts: [{ quantity: '250', certainty: 'firm', date: '2026-06-20' }],
  });
  const single = planning({ before: '1000', shipped: [{ qualifier: '02', quantity: '80' }] });
  const line = blanketLine({ released: '1100', shipped: '1080' });

  for (const [schedule, quantity] of [
    [cumulative, '150'],
    [single, '130'],
  ] as const) {
    const demand = readDemand(schedule, line);
    t.is(demand.kind === 'release' && demand.quantity, quantity);
  }
});
