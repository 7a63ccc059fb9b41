import test from 'ava';
import type { BlanketEntry } from '../../../src/domain/blanket/blanket.ts';
import { reconcileCumulative } from '../../../src/domain/blanket/reconcile.ts';
import { readDemand, type ScheduleLine } from '../../../src/domain/blanket/schedule-demand.ts';
import { blanketLine, entry } from './support.ts';

const ship = (day: string, quantity: string, kind: BlanketEntry['kind'] = 'ship') =>
  entry({ kind, quantity, at: `${day}T12:00:00Z` });

const COUNTS: readonly [string, readonly BlanketEntry[], string, RegExp][] = [
  ['all has arrived', [ship('2026-05-01', '200'), ship('2026-06-01', '100')], '0', /as many as we shipped$/],
  [
    'the last shipment is on its way',
    [ship('2026-05-01', '300'), ship('2026-06-01', '50')],
    '50',
    /we shipped 350: 50 EA are on their way/,
  ],
  [
    'what shipped later does not count yet',
    [ship('2026-05-01', '300'), ship('2026-06-02', '50')],
    '0',
    /as many/,
  ],
  [
    'what came back does not count',
    [ship('2026-05-01', '310'), ship('2026-05-20', '10', 'return')],
    '0',
    /as many/,
  ],
  ['the buyer counts more', [ship('2026-05-01', '280')], '-20', /ask which shipments make the 20 EA more/],
];

for (const [when, entries, difference, text] of COUNTS) {
  test(`the buyer's 300 received up to 1 June where ${when}`, (t) => {
    const result = reconcileCumulative(blanketLine(), entries, { quantity: '300', on: '2026-06-01' });
    t.is(result.difference, difference);
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
  ['an 862 schedules more than is released', shipping('81'), 'unclear', undefined],
  ['an 862 schedules all that is released, cumulative', shipping('200', 'cumulative'), 'nothing', undefined],
];

for (const [when, schedule, kind, quantity] of DEMANDS) {
  test(`the demand of a schedule where ${when}`, (t) => {
    const demand = readDemand(schedule, blanketLine({ released: '200', shipped: '120' }));
    t.is(demand.kind, kind as typeof demand.kind);
    t.is(demand.kind === 'release' ? demand.quantity : undefined, quantity);
  });
}
