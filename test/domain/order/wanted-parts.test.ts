import test from 'ava';
import type { StockPosition, Warehouse } from '../../../src/domain/allocation/stock.ts';
import { acknowledgeOrder } from '../../../src/domain/order/acknowledge-order.ts';
import { decideOrder } from '../../../src/domain/order/decide-order.ts';
import type { ShipTo } from '../../../src/domain/order/order-facts.ts';
import { position, stock, warehouse } from '../allocation/support.ts';
import { agreement, book, term } from '../pricing/support.ts';
import { type Changes, facts, item, line, order, price, ruling, testRows } from './support.ts';

/** Today is 2026-01-06; a line is of 100 EA. */
type Line = Parameters<typeof line>[1];
const hundred = (changes: Line): Line => ({ quantity: '100', ...changes });
const sch = (quantity: string, date: string, qualifier = '002', unit = 'EA') => ({
  quantity,
  unit,
  qualifier,
  date,
});
const sdq = (...shares: readonly [place: string, quantity: string][]) => ({
  destinations: [
    { unit: 'EA', idQualifier: '92', shares: shares.map(([place, quantity]) => ({ place, quantity })) },
  ],
});
const TWO_DAYS = hundred({ schedule: [sch('40', '2026-02-15'), sch('60', '2026-03-01')] });

const SHIP_TOS: readonly ShipTo[] = [
  { code: 'DC12', zone: 'EAST', destination: 'US-OH' },
  { code: 'DC1', zone: 'EAST', destination: 'US-NY' },
  { code: 'DC2', zone: 'WEST', destination: 'US-CA' },
];
const customer = { number: 'acme', priority: 0, listsShipTos: true, shipTos: SHIP_TOS };

const supply = (positions: readonly StockPosition[], warehouses?: readonly Warehouse[]) =>
  stock(positions, { positions: new Map([['A-1', positions]]), ...(warehouses && { warehouses }) });
const inHand = (onHand: string, ...receipts: StockPosition['receipts']) =>
  supply([position({ onHand, receipts })]);

type Row = {
  readonly when: string;
  readonly line: Line;
  readonly stock: ReturnType<typeof supply>;
  readonly policy?: Changes['policy'];
  readonly item?: Changes['item'];
  readonly prices?: Changes['prices'];
  readonly split?: 'BP' | 'IA-IB';
  readonly ack: readonly string[];
  readonly outcome?: string;
};

const CASES = { item: { units: { CA: '12' } }, prices: [price({ unit: 'CA', price: '39' })] } as const;

const ROWS: readonly Row[] = [
  {
    when: 'all is in hand: each leaves for its day',
    line: TWO_DAYS,
    stock: inHand('100'),
    ack: ['IA 40 EA 2026-02-15', 'IA 60 EA 2026-03-01'],
    outcome: 'accepted',
  },
  {
    when: 'the second comes in time for its day alone',
    line: TWO_DAYS,
    stock: inHand('40', { date: '2026-02-20', quantity: '60' }),
    ack: ['IA 40 EA 2026-02-15', 'IA 60 EA 2026-03-01'],
    outcome: 'accepted',
  },
  {
    when: 'the second comes a day late',
    line: TWO_DAYS,
    stock: inHand('40', { date: '2026-03-02', quantity: '60' }),
    ack: ['IA 40 EA 2026-02-15', 'IB 60 EA 2026-03-02'],
  },
  {
    when: 'part of the first and all of the second are late, and the day of the second is not known',
    line: TWO_DAYS,
    stock: inHand('30', { date: '2026-02-16', quantity: '10' }),
    ack: ['IA 30 EA 2026-02-15', 'IB 10 EA 2026-02-16', 'SP 60 EA'],
  },
  {
    when: 'they stand in another order: the one wanted first is served first',
    line: hundred({ schedule: [sch('60', '2026-03-01'), sch('40', '2026-02-15')] }),
    stock: inHand('40'),
    ack: ['IA 40 EA 2026-02-15', 'SP 60 EA'],
  },
  {
    when: 'the partner takes the parts of a short line apart, as it would anyway',
    line: TWO_DAYS,
    stock: inHand('40', { date: '2026-03-02', quantity: '60' }),
    split: 'IA-IB',
    ack: ['IA 40 EA 2026-02-15', 'IB 60 EA 2026-03-02'],
  },
  {
    when: 'what is not there in time is cancelled',
    line: TWO_DAYS,
    stock: inHand('40', { date: '2026-03-02', quantity: '60' }),
    policy: { short: 'cancel' },
    ack: ['IQ 40 EA 2026-02-15'],
  },
  {
    when: 'one day has passed, and its part leaves today',
    line: hundred({ schedule: [sch('40', '2026-01-05', '010'), sch('60', '2026-03-01', '010')] }),
    stock: inHand('100'),
    ack: ['DR 40 EA 2026-01-06', 'IA 60 EA 2026-03-01'],
  },
  {
    when: 'they are scheduled in cases and ordered in pieces',
    line: {
      quantity: '36',
      schedule: [sch('1', '2026-02-15', '002', 'CA'), sch('2', '2026-03-01', '106', 'CA')],
    },
    stock: inHand('36'),
    item: CASES.item,
    ack: ['IA 12 EA 2026-02-15', 'IA 24 EA 2026-03-01'],
    outcome: 'accepted',
  },
  {
    when: 'cases stay whole in every part',
    line: {
      quantity: '5',
      unit: 'CA',
      unitPrice: '39',
      schedule: [sch('2', '2026-02-15', '002', 'CA'), sch('3', '2026-03-01', '002', 'CA')],
    },
    stock: inHand('43'),
    ...CASES,
    ack: ['IA 2 CA 2026-02-15', 'IA 1 CA 2026-03-01', 'SP 2 CA'],
  },
  {
    when: 'the quantity is rounded up: the last part has the difference',
    line: TWO_DAYS,
    stock: inHand('200'),
    item: { multiple: '30' },
    policy: { quantity: 'adjust' },
    ack: ['IQ 40 EA 2026-02-15', 'IQ 80 EA 2026-03-01'],
  },
  {
    when: 'they go to two places on one day: one to the buyer',
    line: hundred({ ...sdq(['DC1', '30'], ['DC2', '70']), requestedDelivery: '2026-02-15' }),
    stock: inHand('100'),
    ack: ['IA 100 EA 2026-02-15'],
    outcome: 'accepted',
  },
];

for (const row of ROWS) {
  test(`a line in parts: ${row.when}`, (t) => {
    const given = order({ lines: [line('1', row.line)] });
    const policy = { promise: 'stock', ...row.policy } as const;
    const known = facts({
      stock: row.stock,
      policy,
      customer,
      ...(row.item && { item: row.item }),
      ...(row.prices && { prices: row.prices }),
    });

    const decision = decideOrder(given, known);

    const { lines } = acknowledgeOrder(given, decision, { today: '2026-01-06', split: row.split ?? 'BP' });
    t.deepEqual(
      lines[0]?.outcomes.map(({ status, quantity, unit, date }) =>
        [status, quantity, unit, ...(date === undefined ? [] : [date])].join(' '),
      ),
      [...row.ack],
    );
    t.is(decision.outcome, (row.outcome ?? 'accepted-with-changes') as never);
  });
}

test('each place is served by a warehouse that may ship there, and the promise names both', (t) => {
  const positions = [
    position({ warehouse: 'E', onHand: '100' }),
    position({ warehouse: 'W', onHand: '100' }),
  ];
  const warehouses = [
    warehouse('E', { destinations: ['US-NY'] }),
    warehouse('W', { destinations: ['US-CA'] }),
  ];
  const given = order({ lines: [line('1', hundred(sdq(['DC1', '30'], ['DC2', '70'])))] });

  const { lines } = decideOrder(
    given,
    facts({ stock: supply(positions, warehouses), policy: { promise: 'stock' }, customer }),
  );

  t.deepEqual(
    lines[0]?.promises?.map(({ part, shipTo, warehouse: from, quantity }) => [part, shipTo, from, quantity]),
    [
      [1, 'DC1', 'E', '30'],
      [2, 'DC2', 'W', '70'],
    ],
  );
  t.is(lines[0]?.routes?.length, 2);
});

test('a ship-to of the line itself decides from where and how long, not that of the order', (t) => {
  const zones = new Map([
    ['EAST', { cost: '5', days: 1 }],
    ['WEST', { cost: '9', days: 5 }],
  ]);
  const parties = [{ role: 'ship-to', code: 'ST', idQualifier: '92', id: 'DC2' }];
  const given = order({
    lines: [
      line('1', { parties, requestedDelivery: '2026-02-15' }),
      line('2', { requestedDelivery: '2026-02-15' }),
    ],
  });

  const { lines } = decideOrder(
    given,
    facts({
      stock: supply([position({ onHand: '20' })], [warehouse('A', { zones })]),
      policy: { promise: 'stock' },
      customer,
    }),
  );

  t.deepEqual(
    lines.map(({ promises }) => promises?.map(({ ships, shipTo }) => [ships, shipTo])),
    [[['2026-02-10', 'DC2']], [['2026-02-14', undefined]]],
  );
});

test('a line of which one part may go nowhere is asked about, and takes nothing for the others', (t) => {
  const warehouses = [warehouse('A', { destinations: ['US-NY'] })];
  const given = order({ lines: [line('1', hundred(sdq(['DC1', '30'], ['DC2', '70'])))] });
  const decide = (policy: Changes['policy']) =>
    decideOrder(
      given,
      facts({
        stock: supply([position({ onHand: '100' })], warehouses),
        policy: { promise: 'stock', ...policy },
        customer,
      }),
    ).lines[0]!;

  const asked = decide({});
  t.is(asked.status, 'IH');
  t.is(asked.promises, undefined);
  t.regex(asked.reasons[0]!.text, /line 1 part 2 for DC2: no warehouse may ship item A-1 there/);
  const cut = decide({ 'no-route': 'reject' });
  t.like(cut, { status: 'IQ', quantity: '30' });
  t.deepEqual(
    cut.promises?.map(({ shipTo, quantity }) => [shipTo, quantity]),
    [['DC1', '30']],
  );
});

const unclear = { outcome: 'held', statuses: 'IH', raised: ['1 schedule-unclear'] } as const;
const twoShipTos = ['DC1', 'DC2'].map((id) => ({ role: 'ship-to', code: 'ST', id }));

testRows('the parts of a line', [
  { when: 'that add up are taken', line: TWO_DAYS, told: { outcome: 'accepted', raised: [] } },
  {
    when: 'of a schedule that is less than what is ordered',
    line: hundred({ schedule: [sch('40', '2026-02-15'), sch('59', '2026-03-01')] }),
    told: unclear,
  },
  {
    when: 'of one day that is more than what is ordered',
    line: hundred({ schedule: [sch('101', '2026-02-15')] }),
    told: unclear,
  },
  {
    when: 'of SDQ that are not what is ordered',
    line: hundred(sdq(['DC1', '30'], ['DC2', '71'])),
    told: unclear,
  },
  {
    when: 'of which one has no quantity',
    line: hundred({ schedule: [sch('40', '2026-02-15'), { qualifier: '002', date: '2026-03-01' }] }),
    told: unclear,
  },
  {
    when: 'in a unit that the item is not sold in',
    line: hundred({ schedule: [sch('40', '2026-02-15'), sch('5', '2026-03-01', '002', 'CA')] }),
    told: unclear,
  },
  {
    when: 'for several places of which none has a quantity',
    line: hundred({ parties: twoShipTos }),
    told: unclear,
  },
  {
    when: 'for several places on several days, and nothing says which where when',
    line: { ...TWO_DAYS, ...sdq(['DC1', '30'], ['DC2', '70']) },
    told: unclear,
  },
  {
    when: 'for several places on one day are clear',
    line: hundred({ ...sdq(['DC1', '30'], ['DC2', '70']), schedule: [sch('100', '2026-02-15')] }),
    told: { outcome: 'accepted', raised: [] },
  },
  {
    when: 'that are unclear are let through by a person',
    line: hundred({ parties: twoShipTos }),
    facts: { rulings: [ruling({ kind: 'override', codes: ['schedule-unclear'] })] },
    told: { outcome: 'accepted', reasons: ['schedule-unclear'] },
  },
  {
    when: 'of a blanket order say nothing yet',
    order: { type: 'blanket' },
    line: hundred({ schedule: [sch('40', '2026-02-15')] }),
    told: { outcome: 'accepted', raised: [] },
  },
  {
    when: 'must all be possible: the last is after the day to cancel',
    order: { dates: [{ qualifier: '001', date: '2026-02-20' }] },
    line: TWO_DAYS,
    told: { outcome: 'held', raised: ['1 date-impossible'] },
  },
]);

testRows('the places of a line', [
  {
    when: 'are those of the customer',
    line: hundred(sdq(['DC1', '30'], ['DC2', '70'])),
    facts: { customer },
    told: { outcome: 'accepted', raised: [] },
  },
  {
    when: 'of which one is not holds the line alone',
    lines: [line('1', hundred(sdq(['DC1', '30'], ['DC9', '70']))), line('2')],
    facts: { customer },
    told: { outcome: 'held', statuses: 'IH IA', raised: ['1 ship-to-unknown'] },
  },
  {
    when: 'of which one is not are accepted where the partner file says so',
    line: hundred(sdq(['DC1', '30'], ['DC9', '70'])),
    facts: { customer, policy: { 'unknown-ship-to': 'accept' } },
    told: { outcome: 'accepted', raised: [] },
  },
  {
    when: 'of which one is barred refuse the line, though the order goes elsewhere',
    lines: [line('1', hundred(sdq(['DC1', '30'], ['DC2', '70']))), line('2')],
    facts: { customer, item: { barred: ['US-CA'] } },
    told: { statuses: 'IR IA' },
  },
  {
    when: 'one of which is barred do not refuse what goes to another',
    order: { parties: [{ role: 'ship-to', code: 'ST', id: 'DC2' }] },
    line: hundred({ parties: [{ role: 'ship-to', code: 'ST', id: 'DC1' }] }),
    facts: { customer, item: { barred: ['US-CA'] } },
    told: { statuses: 'IA' },
  },
  {
    when: 'are looked at before a substitute is sent',
    line: hundred(sdq(['DC1', '30'], ['DC2', '70'])),
    facts: {
      customer,
      policy: { substitute: 'auto' },
      item: {
        status: 'discontinued',
        relations: [
          ['substitute', 'C-3'],
          ['substitute', 'D-4'],
        ],
      },
      others: [item('C-3', { barred: ['US-CA'] }), item('D-4')],
    },
    told: { items: ['D-4'], statuses: 'IS' },
  },
]);

const LIST = agreement({ kind: 'list', number: 'LIST', validTo: undefined });
const zoned = book([
  term(LIST, '3.00', { item: 'A-1', zone: 'EAST' }),
  term(LIST, '4.00', { item: 'A-1', zone: 'WEST' }),
]);
const priced = { book: zoned, customer, policy: { price: { tolerance: {}, outside: 'contract' } } } as const;

testRows('the price of a line', [
  {
    when: 'is that of its own place, not of that of the order',
    line: { parties: [{ role: 'ship-to', code: 'ST', id: 'DC2' }], unitPrice: null },
    facts: priced,
    told: { prices: ['4.00'], outcome: 'accepted' },
  },
  {
    when: 'of places in one zone is one',
    line: hundred({ ...sdq(['DC1', '30'], ['DC12', '70']), unitPrice: null }),
    facts: priced,
    told: { prices: ['3.00'], outcome: 'accepted' },
  },
  {
    when: 'of places with different prices is asked of a person',
    line: hundred({ ...sdq(['DC1', '30'], ['DC2', '70']), unitPrice: '3.00' }),
    facts: priced,
    told: { statuses: 'IE', raised: ['1 price-missing'] },
  },
  {
    when: 'of places with different prices, all within tolerance of the one ordered, is that',
    line: hundred({ ...sdq(['DC1', '30'], ['DC2', '70']), unitPrice: '3.50' }),
    facts: { ...priced, policy: { price: { tolerance: { amount: '0.50' }, outside: 'hold' } } },
    told: { statuses: 'IA', prices: ['3.50'] },
  },
  {
    when: 'of places with different prices is what a person says',
    line: hundred({ ...sdq(['DC1', '30'], ['DC2', '70']), unitPrice: '3.00' }),
    facts: { ...priced, rulings: [ruling({ kind: 'answer-with-price', price: '3.60' }, '1')] },
    told: { statuses: 'IP', prices: ['3.60'], raised: [] },
  },
]);
