import test from 'ava';
import { acknowledgeOrder } from '../../../src/domain/order/acknowledge-order.ts';
import { decideOrder, hashContent } from '../../../src/domain/order/decide-order.ts';
import type { OrderFacts, ShipTo } from '../../../src/domain/order/order-facts.ts';
import { facts, line, order, ours, ruling, tell, testRows } from './support.ts';

const earlier = { contentHash: 'another', decision: decideOrder(order(), facts()) };
const asNew = ruling({ kind: 'override', codes: ['duplicate-order'] });

testRows('an order under a known number with other content', [
  {
    when: 'is held, all of its lines',
    facts: { earlier },
    told: {
      outcome: 'held',
      statuses: 'IH',
      reasons: [''],
      whole: 'duplicate-order',
      raised: ['order duplicate-order'],
      amount: undefined,
    },
  },
  {
    when: 'is rejected where the partner file says so',
    facts: { earlier, policy: { duplicate: 'reject' } },
    told: { outcome: 'rejected', statuses: 'IR', whole: 'duplicate-order', raised: [] },
  },
  {
    when: 'does not hide what is wrong with its lines',
    line: { ids: ours('NONE') },
    facts: { earlier, policy: { 'unknown-item': 'hold' } },
    told: { statuses: 'IH', raised: ['order duplicate-order', '1 item-unknown'] },
  },
  {
    when: 'is decided as any other when it is to be processed as new',
    facts: { earlier, rulings: [asNew] },
    told: { outcome: 'accepted', statuses: 'IA', whole: 'duplicate-order', raised: [], amount: '32.5' },
  },
  {
    when: 'is processed as new though the partner file rejects it, when a person says so',
    facts: { earlier, policy: { duplicate: 'reject' }, rulings: [asNew] },
    told: { outcome: 'accepted', statuses: 'IA' },
  },
  {
    when: 'and processed as new is held for what else is wrong with it',
    line: { unitPrice: '9' },
    facts: { earlier, rulings: [asNew] },
    told: { outcome: 'held', statuses: 'IE', raised: ['1 price-outside-tolerance'] },
  },
  {
    when: 'is rejected by a person',
    facts: { earlier, rulings: [ruling({ kind: 'reject' })] },
    told: { outcome: 'rejected', statuses: 'IR', reasons: ['rejected'], raised: [] },
  },
]);

const MISSING: OrderFacts['customer'] = {
  number: 'C-9',
  priority: 0,
  listsShipTos: false,
  shipTos: [],
  missing: true,
};

testRows('the customer of a partner', [
  {
    when: 'is named by its file and not in our books: the order waits',
    facts: { customer: MISSING },
    told: { outcome: 'held', statuses: 'IH', whole: 'customer-unknown', raised: ['order customer-unknown'] },
  },
  {
    when: 'is missing, and so a wrong item is told beside it',
    line: { ids: ours('NONE') },
    facts: { customer: MISSING, policy: { 'unknown-item': 'hold' } },
    told: { raised: ['order customer-unknown', '1 item-unknown'] },
  },
]);

test('an order that comes again is answered from memory, whatever is true today', (t) => {
  const first = decideOrder(order({}, { unitPrice: '9' }), facts());
  const known = { contentHash: hashContent(order({}, { unitPrice: '9' })), decision: first };

  const again = decideOrder(order({}, { unitPrice: '9' }), facts({ earlier: known, prices: [], others: [] }));

  t.deepEqual(again.lines, first.lines);
  t.is(again.outcome, 'held');
  t.true(again.repeated);
  t.deepEqual(again.exceptions, []);
  t.is(again.bookings, undefined);
});

for (const [what, changed] of [
  ['a quantity', order({}, { quantity: '11' })],
  ['a price', order({}, { unitPrice: '3.26' })],
  ['a date', order({ requestedDelivery: '2026-02-01' })],
  ['a line more', order({ lines: [line('1'), line('2')] })],
  ['the order of its lines', order({ lines: [line('2'), line('1')] })],
] as const) {
  test(`${what} makes other content`, (t) => {
    const before = what === 'the order of its lines' ? order({ lines: [line('1'), line('2')] }) : order();
    t.not(hashContent(changed), hashContent(before));
  });
}

test('the envelope, and whether it calls itself a duplicate, make no other content', (t) => {
  const source = { ...order().source, interchange: '000000009', group: '9', control: '0009' };
  t.is(hashContent(order({ source, purpose: 'duplicate' })), hashContent(order()));
});

testRows('the number of an order', [
  {
    when: 'missing where it is required, it waits',
    order: { poNumber: '' },
    told: { outcome: 'held', statuses: 'IH', raised: ['order po-number-missing'] },
  },
  {
    when: 'of blanks is none',
    order: { poNumber: '  ' },
    told: { outcome: 'held', raised: ['order po-number-missing'] },
  },
  {
    when: 'missing where it is optional, nothing is said',
    order: { poNumber: '' },
    facts: { policy: { number: 'optional' } },
    told: { outcome: 'accepted', statuses: 'IA', whole: '', raised: [] },
  },
  {
    when: 'missing, a person lets it pass',
    order: { poNumber: '' },
    facts: { rulings: [ruling({ kind: 'override', codes: ['po-number-missing'] })] },
    told: { outcome: 'accepted', statuses: 'IA', whole: 'po-number-missing' },
  },
]);

const DC12: ShipTo = { code: 'DC12', zone: 'EAST', destination: 'US-OH' };
const listed = (...shipTos: readonly ShipTo[]): OrderFacts['customer'] => ({
  number: 'acme',
  priority: 0,
  listsShipTos: true,
  shipTos,
});
const elsewhere = [{ role: 'ship-to', code: 'ST', idQualifier: '92', id: 'DC99' }];
const named = [{ role: 'ship-to', code: 'ST', name: 'DC12' }];

testRows('the ship-to of a customer whose ship-tos are listed', [
  { when: 'known', facts: { customer: listed(DC12) }, told: { outcome: 'accepted', whole: '' } },
  {
    when: 'known by its name where it has no id',
    order: { parties: named },
    facts: { customer: listed(DC12) },
    told: { outcome: 'accepted', whole: '' },
  },
  {
    when: 'unknown, the whole order waits',
    order: { parties: elsewhere },
    facts: { customer: listed(DC12) },
    told: { outcome: 'held', statuses: 'IH', raised: ['order ship-to-unknown'] },
  },
  {
    when: 'unknown, and accepted where the partner file says so',
    order: { parties: elsewhere },
    facts: { customer: listed(DC12), policy: { 'unknown-ship-to': 'accept' } },
    told: { outcome: 'accepted' },
  },
  {
    when: 'unknown of a drop-ship, which goes to the buyer’s customer',
    order: { parties: elsewhere, type: 'drop-ship' },
    facts: { customer: listed(DC12) },
    told: { outcome: 'accepted' },
  },
  {
    when: 'not named at all',
    order: { parties: [] },
    facts: { customer: listed(DC12) },
    told: { outcome: 'held', raised: ['order ship-to-unknown'] },
  },
  {
    when: 'named by each line alone',
    order: { parties: [] },
    line: { parties: [{ role: 'ship-to', code: 'ST', id: 'DC12' }] },
    facts: { customer: listed(DC12) },
    told: { outcome: 'accepted' },
  },
  {
    when: 'not named by a blanket order, which goes nowhere yet',
    order: { parties: [], type: 'blanket' },
    facts: { customer: listed(DC12) },
    told: { outcome: 'accepted' },
  },
]);

testRows('the ship-to of a customer whose ship-tos are not listed', [
  { when: 'may be any', order: { parties: elsewhere }, told: { outcome: 'accepted' } },
]);

test('an order that comes again is answered as a duplicate (BAK01 07)', (t) => {
  const known = { contentHash: hashContent(order()), decision: decideOrder(order(), facts()) };
  const again = decideOrder(order(), facts({ earlier: known }));
  const { purpose, lines } = acknowledgeOrder(order(), again, { today: '2026-01-06', split: 'BP' });
  t.is(purpose, 'duplicate');
  t.is(lines[0]?.outcomes[0]?.status, tell(again).statuses);
});
