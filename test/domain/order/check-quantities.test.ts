import type { OrderPolicy } from '../../../src/domain/partner/order-policy.ts';
import { item, line, ours, price, ruling, testRows } from './support.ts';

/** A case of A-1 holds 12 each, a pallet 240, and a half case 6. */
const cased = { units: { CA: '12', PL: '240', HC: '6' } };
const prices = [price(), price({ unit: 'CA', price: '39' })];
const byCase = { unit: 'CA', unitPrice: '39' };
const rule = (quantity: OrderPolicy['quantity']) => ({ policy: { quantity } });

testRows('a quantity', [
  {
    when: 'of zero is rejected',
    line: { quantity: '0' },
    told: { outcome: 'rejected', statuses: 'IR', reasons: ['quantity-not-positive'], raised: [] },
  },
  {
    when: 'of zero with decimals is zero',
    line: { quantity: '0.00' },
    told: { statuses: 'IR', reasons: ['quantity-not-positive'] },
  },
  {
    when: 'below zero is rejected',
    line: { quantity: '-1' },
    told: { statuses: 'IR', reasons: ['quantity-not-positive'] },
  },
  {
    when: 'that is missing is asked for',
    line: { quantity: null },
    told: { outcome: 'held', statuses: 'IH', raised: ['1 quantity-missing'] },
  },
  { when: 'of one is enough', line: { quantity: '1' }, told: { statuses: 'IA', quantities: [undefined] } },
  {
    when: 'written with decimals that say nothing is whole',
    line: { quantity: '10.00' },
    told: { statuses: 'IA', quantities: [undefined], amount: '32.5' },
  },
  {
    when: 'of half a piece is asked about',
    line: { quantity: '2.5' },
    told: { outcome: 'held', statuses: 'IH', raised: ['1 quantity-rule'] },
  },
  {
    when: 'of half a piece is rounded up where the partner file says so',
    line: { quantity: '2.5' },
    facts: rule('adjust'),
    told: { statuses: 'IQ', quantities: ['3'] },
  },
  {
    when: 'of half a piece is rejected where the partner file says so',
    line: { quantity: '2.5' },
    facts: rule('reject'),
    told: { statuses: 'IR', reasons: ['quantity-rule'] },
  },
  {
    when: 'of half a case is asked about, though it is so many pieces',
    line: { quantity: '2.5', ...byCase },
    facts: { item: cased, prices },
    told: { outcome: 'held', statuses: 'IH', raised: ['1 quantity-rule'] },
  },
  {
    when: 'of half a case is rounded up where the partner file says so',
    line: { quantity: '2.5', ...byCase },
    facts: { item: cased, prices, ...rule('adjust') },
    told: { statuses: 'IQ', quantities: ['3'], amount: '117' },
  },
  {
    when: 'of two and a half pounds is as good as any',
    line: { quantity: '2.5', unit: 'LB' },
    facts: { item: { unit: 'LB' }, prices: [price({ unit: 'LB' })] },
    told: { statuses: 'IA', amount: '8.13' },
  },
]);

type Edge = readonly [quantity: string, policy: OrderPolicy['quantity'], status: string, answered?: string];

/** The least, the greatest and the multiple of an item are in its own unit. */
function testEdges(what: string, limits: object, by: object, edges: readonly Edge[]): void {
  testRows(
    what,
    edges.map(([quantity, policy, status, answered]) => ({
      when: `${quantity}, to ${policy}`,
      line: { quantity, ...by },
      facts: { item: { ...cased, ...limits }, prices, ...rule(policy) },
      told: {
        statuses: status,
        quantities: [answered],
        reasons: [status === 'IA' ? '' : 'quantity-rule'],
        raised: status === 'IH' ? ['1 quantity-rule'] : [],
      },
    })),
  );
}

testEdges('at least 10 each', { minimum: '10' }, {}, [
  ['10', 'reject', 'IA'],
  ['11', 'reject', 'IA'],
  ['9', 'hold', 'IH'],
  ['9', 'reject', 'IR'],
  ['9', 'adjust', 'IQ', '10'],
]);

testEdges('at most 100 each', { maximum: '100' }, {}, [
  ['100', 'reject', 'IA'],
  ['101', 'hold', 'IH'],
  ['101', 'reject', 'IR'],
  ['101', 'adjust', 'IH'],
]);

testEdges('a multiple of 25 each', { multiple: '25' }, {}, [
  ['25', 'reject', 'IA'],
  ['75', 'reject', 'IA'],
  ['24', 'hold', 'IH'],
  ['26', 'reject', 'IR'],
  ['24', 'adjust', 'IQ', '25'],
  ['26', 'adjust', 'IQ', '50'],
]);

testEdges(
  'at least 10, a multiple of 25, at most 100',
  { minimum: '10', multiple: '25', maximum: '100' },
  {},
  [
    ['1', 'adjust', 'IQ', '25'],
    ['76', 'adjust', 'IQ', '100'],
    ['100', 'adjust', 'IA'],
  ],
);

testEdges('a multiple of 24, at most 90: nothing above 72 can be', { multiple: '24', maximum: '90' }, {}, [
  ['72', 'reject', 'IA'],
  ['73', 'adjust', 'IH'],
]);

testEdges('at least 24 each, ordered by the case of 12', { minimum: '24' }, byCase, [
  ['2', 'reject', 'IA'],
  ['1', 'reject', 'IR'],
  ['1', 'adjust', 'IQ', '2'],
]);

testEdges('at most 24 each, ordered by the case of 12', { maximum: '24' }, byCase, [
  ['2', 'reject', 'IA'],
  ['3', 'reject', 'IR'],
  ['3', 'adjust', 'IH'],
]);

testEdges('a multiple of 36 each, ordered by the case of 12', { multiple: '36' }, byCase, [
  ['3', 'reject', 'IA'],
  ['4', 'hold', 'IH'],
  ['4', 'adjust', 'IQ', '6'],
]);

testEdges(
  'a multiple of 18 each, ordered by the case of 12: no case and a half',
  { multiple: '18' },
  byCase,
  [
    ['3', 'adjust', 'IA'],
    ['1', 'adjust', 'IH'],
  ],
);

const pounds = {
  item: { unit: 'LB', multiple: '0.5' },
  prices: [price({ unit: 'LB' })],
} as const;

testRows('a multiple of half a pound', [
  {
    when: 'is one',
    line: { unit: 'LB', quantity: '2.5' },
    facts: { ...pounds, ...rule('reject') },
    told: { statuses: 'IA' },
  },
  {
    when: 'is reached by rounding up',
    line: { unit: 'LB', quantity: '2.2' },
    facts: { ...pounds, ...rule('adjust') },
    told: { statuses: 'IQ', quantities: ['2.5'] },
  },
]);

testRows('all that is wrong with a quantity', [
  {
    when: 'is told at once',
    line: { quantity: '7' },
    facts: { item: { minimum: '10', multiple: '4' }, ...rule('reject') },
    told: { statuses: 'IR', reasons: ['quantity-rule'] },
  },
]);

testRows('a quantity against the rules that a person', [
  {
    when: 'lets pass stays as it was ordered, also where it would be rounded up',
    line: { quantity: '9' },
    facts: {
      item: { minimum: '10' },
      ...rule('adjust'),
      rulings: [ruling({ kind: 'override', codes: ['quantity-rule'] }, '1')],
    },
    told: { outcome: 'accepted', statuses: 'IA', quantities: [undefined], amount: '29.25' },
  },
  {
    when: 'set anew is looked at as any other',
    facts: { item: { minimum: '20' }, rulings: [ruling({ kind: 'set-quantity', quantity: '19' }, '1')] },
    told: { statuses: 'IH', raised: ['1 quantity-rule'] },
  },
  {
    when: 'set to what is allowed is answered as changed',
    facts: { item: { minimum: '20' }, rulings: [ruling({ kind: 'set-quantity', quantity: '20' }, '1')] },
    told: { outcome: 'accepted-with-changes', statuses: 'IQ', quantities: ['20'], amount: '65' },
  },
  {
    when: 'set to what was ordered, written otherwise, is no change',
    facts: { rulings: [ruling({ kind: 'set-quantity', quantity: '10.0' }, '1')] },
    told: { statuses: 'IA', reasons: ['quantity-set'] },
  },
  {
    when: 'gave where the order gave none is accepted',
    line: { quantity: null },
    facts: { rulings: [ruling({ kind: 'set-quantity', quantity: '4' }, '1')] },
    told: { outcome: 'accepted', statuses: 'IA', quantities: ['4'], amount: '13' },
  },
]);

testRows('a unit', [
  {
    when: 'that the item is not sold in is rejected (R3)',
    line: { unit: 'BX' },
    facts: { item: cased },
    told: { outcome: 'rejected', statuses: 'R3', reasons: ['unit-not-sold'] },
  },
  {
    when: 'that only another item is sold in is rejected (R3)',
    lines: [line('1', { unit: 'CA' }), line('2', { ids: ours('C-3'), ...byCase })],
    facts: { others: [item('C-3', { ...cased, prices })] },
    told: { statuses: 'R3 IA', reasons: ['unit-not-sold', ''] },
  },
  {
    when: 'that it is converted from is sold at the price of its own unit',
    line: { quantity: '2', ...byCase },
    facts: { item: cased },
    told: { statuses: 'IA', prices: ['39'], amount: '78' },
  },
  {
    when: 'that is missing is the one that it is stocked in, and that is told',
    line: { unit: null },
    told: { outcome: 'accepted', statuses: 'IA', units: ['EA'], reasons: ['unit-assumed'] },
  },
  {
    when: 'unknown, a person cannot make known',
    line: { unit: 'BX' },
    facts: { rulings: [ruling({ kind: 'override', codes: [] })] },
    told: { statuses: 'R3' },
  },
  {
    when: 'unknown and a quantity of zero are both told',
    line: { unit: 'BX', quantity: '0' },
    told: { statuses: 'IR', reasons: ['quantity-not-positive unit-not-sold'] },
  },
]);
