import test from 'ava';
import type { StockPosition } from '../../../src/domain/allocation/stock.ts';
import { acknowledgeOrder } from '../../../src/domain/order/acknowledge-order.ts';
import { decideOrder } from '../../../src/domain/order/decide-order.ts';
import type { Ruling } from '../../../src/domain/order/ruling.ts';
import type { OrderPolicy } from '../../../src/domain/partner/order-policy.ts';
import { position, stock, warehouse } from '../allocation/support.ts';
import { agreement, book, term } from '../pricing/support.ts';
import { type Changes, facts, line, order, price, ruling } from './support.ts';

/** Ten are ordered on 2026-01-06. */
const held = (...positions: StockPosition[]) =>
  stock(positions, { positions: new Map([['A-1', positions]]) });
const due = (date: string, quantity: string) => ({ date, quantity });
const receipts = (...all: { date: string; quantity: string }[]) => ({ receipts: all });
const noWarehouse = { ...held(), warehouses: [warehouse('A')] };

type Split = OrderPolicy['split'];
type Row = {
  readonly when: string;
  readonly stock: ReturnType<typeof stock>;
  readonly facts?: Changes;
  readonly policy?: Changes['policy'];
  readonly line?: Parameters<typeof line>[1];
  readonly split?: Split;
  readonly outcome?: string;
  readonly type: string;
  /** ACK01, ACK02 with ACK03, and ACK05 with 068 in ACK04. */
  readonly ack: readonly string[];
};

const ROWS: readonly Row[] = [
  { when: 'all is in hand', stock: held(position()), type: 'AD', ack: ['IA 10 EA 2026-01-06'] },
  {
    when: 'all is in hand for a later day',
    stock: held(position()),
    line: { requestedDelivery: '2026-02-01' },
    type: 'AD',
    ack: ['IA 10 EA 2026-02-01'],
  },
  {
    when: 'all is in hand, and scheduled for a later day',
    stock: held(position()),
    line: { schedule: [{ quantity: '10', unit: 'EA', qualifier: '002', date: '2026-02-01' }] },
    type: 'AD',
    ack: ['IA 10 EA 2026-02-01'],
  },
  {
    when: 'it comes in time for a later day',
    stock: held(position({ onHand: '0', ...receipts(due('2026-01-31', '10')) })),
    line: { requestedDelivery: '2026-02-01' },
    type: 'AD',
    ack: ['IA 10 EA 2026-02-01'],
  },
  {
    when: 'it comes on the very day',
    stock: held(position({ onHand: '0', ...receipts(due('2026-02-01', '10')) })),
    line: { requestedDelivery: '2026-02-01' },
    type: 'AD',
    ack: ['IA 10 EA 2026-02-01'],
  },
  {
    when: 'it comes the day after',
    stock: held(position({ onHand: '0', ...receipts(due('2026-02-02', '10')) })),
    line: { requestedDelivery: '2026-02-01' },
    type: 'AC',
    ack: ['IB 10 EA 2026-02-02'],
  },
  {
    when: 'none is in stock, and it comes later',
    stock: held(position({ onHand: '0', ...receipts(due('2026-01-20', '10')) })),
    type: 'AC',
    ack: ['IB 10 EA 2026-01-20'],
  },
  {
    when: 'none is in stock, and it comes in two parts later: each has its day',
    stock: held(position({ onHand: '0', ...receipts(due('2026-01-20', '4'), due('2026-01-25', '6')) })),
    type: 'AC',
    ack: ['IB 4 EA 2026-01-20', 'IB 6 EA 2026-01-25'],
  },
  {
    when: 'none is in stock and nobody knows when there will be',
    stock: held(position({ onHand: '0' })),
    type: 'AC',
    ack: ['SP 10 EA'],
  },
  {
    when: 'part is in hand and part comes later',
    stock: held(position({ onHand: '4', ...receipts(due('2026-01-20', '6')) })),
    type: 'AC',
    ack: ['BP 4 EA 2026-01-06'],
  },
  {
    when: 'part is in hand and part comes later, and the partner wants the parts apart',
    stock: held(position({ onHand: '4', ...receipts(due('2026-01-20', '6')) })),
    split: 'IA-IB',
    type: 'AC',
    ack: ['IA 4 EA 2026-01-06', 'IB 6 EA 2026-01-20'],
  },
  {
    when: 'part is in hand and nobody knows of the rest',
    stock: held(position({ onHand: '4' })),
    split: 'IA-IB',
    type: 'AC',
    ack: ['IA 4 EA 2026-01-06', 'IB 6 EA'],
  },
  {
    when: 'what is in hand of two warehouses ships on one day',
    stock: held(position({ onHand: '4' }), position({ warehouse: 'B', onHand: '3' })),
    type: 'AC',
    ack: ['BP 7 EA 2026-01-06'],
  },
  {
    when: 'what is in hand of two warehouses ships on one day, the parts apart',
    stock: held(position({ onHand: '4' }), position({ warehouse: 'B', onHand: '3' })),
    split: 'IA-IB',
    type: 'AC',
    ack: ['IA 7 EA 2026-01-06', 'IB 3 EA'],
  },
  {
    when: 'it was wanted yesterday and is in hand',
    stock: held(position()),
    line: { requestedDelivery: '2026-01-05' },
    type: 'AC',
    ack: ['DR 10 EA 2026-01-06'],
  },
  {
    when: 'it leaves whole or not at all, and some is in hand',
    stock: held(position({ onHand: '4', ...receipts(due('2026-01-20', '6')) })),
    policy: { short: 'wait' },
    type: 'AC',
    ack: ['DR 10 EA 2026-01-20'],
  },
  {
    when: 'the rest is cancelled',
    stock: held(position({ onHand: '4', ...receipts(due('2026-01-20', '6')) })),
    policy: { short: 'cancel' },
    type: 'AC',
    ack: ['IQ 4 EA 2026-01-06'],
  },
  {
    when: 'all is in hand where the rest would be cancelled',
    stock: held(position()),
    policy: { short: 'cancel' },
    type: 'AD',
    ack: ['IA 10 EA 2026-01-06'],
  },
  {
    when: 'the rest is cancelled, and what there is leaves later than wanted',
    stock: held(position({ onHand: '4' })),
    line: { requestedDelivery: '2026-01-05' },
    policy: { short: 'cancel' },
    type: 'AC',
    ack: ['IC 4 EA 2026-01-06'],
  },
  {
    when: 'there is none of an item of no contract, and none is waited for',
    stock: held(position({ onHand: '0' })),
    policy: { short: 'cancel' },
    outcome: 'rejected',
    type: 'RD',
    ack: ['IR 10 EA'],
  },
  {
    when: 'there is none of an item of the contract, and none is waited for',
    stock: held(position({ onHand: '0' })),
    policy: { short: 'cancel' },
    facts: { book: book([term(agreement({ validTo: undefined }), '3.25', { item: 'A-1' })]) },
    outcome: 'rejected',
    type: 'RD',
    ack: ['R4 10 EA'],
  },
  {
    when: 'an item that is phased out is used up',
    stock: held(position({ onHand: '4' })),
    facts: { item: { status: 'phase-out' } },
    type: 'AC',
    ack: ['IQ 4 EA 2026-01-06'],
  },
  {
    when: 'no warehouse may ship there, and a person is asked',
    stock: { ...noWarehouse, warehouses: [warehouse('A', { destinations: ['CA'] })] },
    outcome: 'held',
    type: 'AH',
    ack: ['IH 10 EA'],
  },
  {
    when: 'no warehouse may ship there, and the partner file rejects it',
    stock: { ...noWarehouse, warehouses: [warehouse('A', { destinations: ['CA'] })] },
    policy: { 'no-route': 'reject' },
    outcome: 'rejected',
    type: 'RD',
    ack: ['IR 10 EA'],
  },
  {
    when: 'what is allocated and the safety stock are not there',
    stock: held(position({ onHand: '15', allocated: '6', safety: '5' })),
    type: 'AC',
    ack: ['BP 4 EA 2026-01-06'],
  },
  {
    when: 'the price is changed beside a part that comes later: two changes, and no day is claimed for all',
    stock: held(position({ onHand: '4', ...receipts(due('2026-01-20', '6')) })),
    line: { unitPrice: '3' },
    policy: { price: { tolerance: {}, outside: 'contract' } },
    type: 'AC',
    ack: ['IC 4 EA 2026-01-06', 'IB 6 EA 2026-01-20'],
  },
  {
    when: 'the quantity is rounded up and the price is ours',
    stock: held(position({ onHand: '100' })),
    line: { unitPrice: '3' },
    facts: { item: { multiple: '25' } },
    policy: { quantity: 'adjust', price: { tolerance: {}, outside: 'contract' } },
    type: 'AC',
    ack: ['IC 25 EA 2026-01-06'],
  },
  {
    when: 'cases of 12 are promised in cases',
    stock: held(position({ onHand: '36' })),
    line: { quantity: '5', unit: 'CA', unitPrice: '39' },
    facts: { item: { units: { CA: '12' } }, prices: [price({ unit: 'CA', price: '39' })] },
    type: 'AC',
    ack: ['BP 3 CA 2026-01-06'],
  },
  {
    when: 'cases of 12 leave whole, whatever pieces there are beside',
    stock: held(position({ onHand: '31', ...receipts(due('2026-01-20', '35')) })),
    line: { quantity: '5', unit: 'CA', unitPrice: '39' },
    facts: { item: { units: { CA: '12' } }, prices: [price({ unit: 'CA', price: '39' })] },
    split: 'IA-IB',
    type: 'AC',
    ack: ['IA 2 CA 2026-01-06', 'IB 3 CA 2026-01-20'],
  },
  {
    when: 'no warehouse has a whole case',
    stock: held(position({ onHand: '7' }), position({ warehouse: 'B', onHand: '11' })),
    line: { quantity: '1', unit: 'CA', unitPrice: '39' },
    facts: { item: { units: { CA: '12' } }, prices: [price({ unit: 'CA', price: '39' })] },
    type: 'AC',
    ack: ['SP 1 CA'],
  },
  {
    when: 'the line waits for a price, nothing is promised',
    stock: held(position()),
    line: { unitPrice: '9' },
    outcome: 'held',
    type: 'AH',
    ack: ['IE 10 EA'],
  },
];

for (const row of ROWS) {
  test(`stock: ${row.when}`, (t) => {
    const given = order({ lines: [line('1', row.line)] });
    const policy = { promise: 'stock', ...row.policy } as const;

    const decision = decideOrder(given, facts({ stock: row.stock, ...row.facts, policy }));

    const answer = acknowledgeOrder(given, decision, { today: '2026-01-06', split: row.split ?? 'BP' });
    t.deepEqual(
      answer.lines[0]?.outcomes.map(({ status, quantity, unit, dateQualifier, date }) =>
        [status, quantity, unit, ...(dateQualifier === '068' ? [date] : [])].join(' '),
      ),
      [...row.ack],
    );
    t.is(answer.type, row.type);
    const changed = row.type === 'AD' ? 'accepted' : 'accepted-with-changes';
    t.is(decision.outcome, (row.outcome ?? changed) as never);
  });
}

test('where stock is not kept here, a line is promised as it was ordered', (t) => {
  const decision = decideOrder(order(), facts({ stock: held(position({ onHand: '0' })) }));
  t.is(decision.outcome, 'accepted');
  t.is(decision.lines[0]?.promises, undefined);
});

test('a line that no warehouse may ship asks whoever clears warehouses, and no word of theirs lets it pass', (t) => {
  const cleared = { ...noWarehouse, warehouses: [warehouse('A', { destinations: ['CA'] })] };
  const override = ruling({ kind: 'override', codes: [] });
  const decide = (rulings: readonly Ruling[]) =>
    decideOrder(order(), facts({ stock: cleared, policy: { promise: 'stock' }, rulings }));

  for (const decision of [decide([]), decide([override])]) {
    t.deepEqual(
      decision.exceptions.map(({ kind, line: number }) => `${kind} ${number}`),
      ['route-none 1'],
    );
    t.is(decision.lines[0]?.promises, undefined);
  }
});

test('an order on hold takes nothing from the shelf', (t) => {
  const policy = { promise: 'stock' } as const;
  const decision = decideOrder(order({ poNumber: '' }), facts({ stock: held(position()), policy }));
  t.is(decision.outcome, 'held');
  t.is(decision.lines[0]?.promises, undefined);
});

test('a warehouse that ships to Ohio only ships to an address there', (t) => {
  const policy = { promise: 'stock' } as const;
  const ohio = { ...held(position()), warehouses: [warehouse('A', { destinations: ['US-OH'] })] };
  const to = (region: string) =>
    order({ parties: [{ role: 'ship-to', code: 'ST', id: 'X', address: { region, country: 'US' } }] });
  const statusOf = (region: string) =>
    decideOrder(to(region), facts({ stock: ohio, policy })).lines[0]?.status;
  t.deepEqual([statusOf('OH'), statusOf('CA')], ['IA', 'IH']);
});

test('the serial that the buyer names is the one that is reserved', (t) => {
  const serials = ['S1', 'S2', 'S3'].map((serial) => ({ serial, attributes: {} }));
  const policy = { promise: 'stock' } as const;
  const asked = order({
    lines: [
      line('1', { quantity: '1', references: [{ qualifier: 'SE', value: 'S2' }] }),
      line('2', { quantity: '2' }),
    ],
  });
  const given = facts({
    stock: held(position({ onHand: '3', serials })),
    item: { serialised: true },
    policy,
  });
  const { lines } = decideOrder(asked, given);
  t.deepEqual(
    lines.map(({ promises }) => promises?.map((one) => one.serials)),
    [[['S2']], [['S1', 'S3']]],
  );
  t.deepEqual(lines[0]?.requires, { serial: 'S2' });
});
