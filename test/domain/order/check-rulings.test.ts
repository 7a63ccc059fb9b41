import type { RulingChoice } from '../../../src/domain/order/ruling.ts';
import { item, line, ours, price, ruling, testRows } from './support.ts';

const dear = line('1', { unitPrice: '9' });
const also = line('2', { unitPrice: '8' });
const both = [dear, also];
const said = (...rulings: readonly ReturnType<typeof ruling>[]) => ({ rulings });
const onLine = (choice: RulingChoice) => said(ruling(choice, '1'));
const onOrder = (choice: RulingChoice) => said(ruling(choice));

testRows('their price', [
  {
    when: 'is accepted for one line',
    lines: both,
    facts: onLine({ kind: 'accept-their-price' }),
    told: {
      outcome: 'held',
      statuses: 'IA IE',
      prices: ['9', '8'],
      reasons: ['price-ruled', 'price-outside-tolerance'],
    },
  },
  {
    when: 'is accepted for the order',
    lines: both,
    facts: onOrder({ kind: 'accept-their-price' }),
    told: { outcome: 'accepted', statuses: 'IA IA', prices: ['9', '8'], amount: '170' },
  },
  {
    when: 'is accepted where we have none',
    lines: [dear],
    facts: { ...onLine({ kind: 'accept-their-price' }), prices: [] },
    told: { outcome: 'accepted', prices: ['9'], amount: '90' },
  },
  {
    when: 'cannot be accepted where they gave none and we have none',
    line: { unitPrice: null },
    facts: { ...onLine({ kind: 'accept-their-price' }), prices: [] },
    told: { outcome: 'held', statuses: 'IE' },
  },
]);

testRows('our price', [
  {
    when: 'is answered for one line (IP)',
    lines: both,
    facts: onLine({ kind: 'answer-our-price' }),
    told: { outcome: 'held', statuses: 'IP IE', prices: ['3.25', '8'] },
  },
  {
    when: 'is answered for the order',
    lines: both,
    facts: onOrder({ kind: 'answer-our-price' }),
    told: { outcome: 'accepted-with-changes', statuses: 'IP IP', prices: ['3.25', '3.25'], amount: '65' },
  },
  {
    when: 'cannot be answered where we have none',
    lines: [dear],
    facts: { ...onLine({ kind: 'answer-our-price' }), prices: [] },
    told: { outcome: 'held', statuses: 'IE', raised: ['1 price-missing'] },
  },
]);

testRows('a price agreed on', [
  {
    when: 'is answered for the line (IP)',
    lines: [dear],
    facts: onLine({ kind: 'answer-with-price', price: '5' }),
    told: { outcome: 'accepted-with-changes', statuses: 'IP', prices: ['5'], amount: '50' },
  },
  {
    when: 'is no change when it is the order’s',
    lines: [dear],
    facts: onLine({ kind: 'answer-with-price', price: '9.00' }),
    told: { outcome: 'accepted', statuses: 'IA', prices: ['9.00'] },
  },
  {
    when: 'is no change when the order gave none',
    line: { unitPrice: null },
    facts: onLine({ kind: 'answer-with-price', price: '5' }),
    told: { outcome: 'accepted', statuses: 'IA', prices: ['5'] },
  },
  {
    when: 'is per hundred when they say so',
    lines: [dear],
    facts: onLine({ kind: 'answer-with-price', price: '500', basis: 'HP' }),
    told: { statuses: 'IP', prices: ['500'], amount: '50' },
  },
  {
    when: 'is told by the last word',
    lines: [dear],
    facts: said(
      ruling({ kind: 'answer-with-price', price: '5' }, '1'),
      ruling({ kind: 'answer-our-price' }, '1'),
    ),
    told: { statuses: 'IP', prices: ['3.25'] },
  },
]);

const C3 = item('C-3');
testRows('an item chosen', [
  {
    when: 'for the line',
    line: { ids: ours('NONE') },
    facts: { ...onLine({ kind: 'choose-item', item: 'C-3' }), others: [C3] },
    told: { outcome: 'accepted', statuses: 'IA', items: ['C-3'] },
  },
  {
    when: 'of two that were meant',
    line: { ids: [...ours('A-1'), ...ours('C-3')] },
    facts: { ...onLine({ kind: 'choose-item', item: 'C-3' }), others: [C3] },
    told: { outcome: 'accepted', items: ['C-3'] },
  },
  {
    when: 'that is not ours is asked for again, not answered with R2',
    line: { ids: ours('NONE') },
    facts: onLine({ kind: 'choose-item', item: 'C-3' }),
    told: { outcome: 'held', statuses: 'IH', raised: ['1 item-unknown'] },
  },
]);

testRows('a substitute chosen', [
  {
    when: 'is answered with (IS)',
    facts: { ...onLine({ kind: 'substitute', item: 'C-3' }), others: [C3], item: { status: 'blocked' } },
    told: { outcome: 'accepted-with-changes', statuses: 'IS', items: ['C-3'], reasons: ['item-substituted'] },
  },
  {
    when: 'that is blocked is asked about',
    facts: { ...onLine({ kind: 'substitute', item: 'C-3' }), others: [item('C-3', { status: 'blocked' })] },
    told: { outcome: 'held', statuses: 'IH', raised: ['1 item-inactive'] },
  },
  {
    when: 'that is not for this customer is asked about',
    facts: {
      ...onLine({ kind: 'substitute', item: 'C-3' }),
      others: [item('C-3', { customers: ['other'] })],
    },
    told: { outcome: 'held', statuses: 'IH', raised: ['1 item-not-allowed'] },
  },
  {
    when: 'that is not ours is asked for again',
    facts: onLine({ kind: 'substitute', item: 'NONE' }),
    told: { outcome: 'held', statuses: 'IH', raised: ['1 item-unknown'] },
  },
  {
    when: 'at another price than ordered is asked about the price still',
    lines: [dear],
    facts: { ...onLine({ kind: 'substitute', item: 'C-3' }), others: [C3] },
    told: { outcome: 'held', statuses: 'IE', raised: ['1 price-outside-tolerance'] },
  },
  {
    when: 'for every line of the order',
    lines: [line('1'), line('2')],
    facts: { ...onOrder({ kind: 'substitute', item: 'C-3' }), others: [C3] },
    told: { statuses: 'IS IS', items: ['C-3', 'C-3'] },
  },
]);

testRows('a quantity set', [
  {
    when: 'for the line (IQ)',
    lines: [line('1'), line('2')],
    facts: onLine({ kind: 'set-quantity', quantity: '4' }),
    told: {
      outcome: 'accepted-with-changes',
      statuses: 'IQ IA',
      quantities: ['4', undefined],
      amount: '45.5',
    },
  },
  {
    when: 'and our price are two changes (IC)',
    lines: [dear],
    facts: said(
      ruling({ kind: 'set-quantity', quantity: '4' }, '1'),
      ruling({ kind: 'answer-our-price' }, '1'),
    ),
    told: { statuses: 'IC', quantities: ['4'], prices: ['3.25'], amount: '13' },
  },
]);

testRows('a rejection by a person', [
  {
    when: 'of one line leaves the other accepted',
    lines: [line('1'), line('2')],
    facts: onLine({ kind: 'reject' }),
    told: { outcome: 'accepted-with-changes', statuses: 'IR IA', amount: '32.5' },
  },
  {
    when: 'of one line leaves the other waiting',
    lines: both,
    facts: onLine({ kind: 'reject' }),
    told: { outcome: 'held', statuses: 'IR IE', raised: ['2 price-outside-tolerance'] },
  },
  {
    when: 'of the last line that waits settles the order',
    lines: [line('1', { unitPrice: '9' }), line('2')],
    facts: onLine({ kind: 'reject' }),
    told: { outcome: 'accepted-with-changes', statuses: 'IR IA', raised: [] },
  },
  {
    when: 'of all lines rejects the order',
    lines: both,
    facts: onOrder({ kind: 'reject' }),
    told: { outcome: 'rejected', statuses: 'IR IR', raised: [], amount: '0' },
  },
  {
    when: 'is not undone by an override of everything',
    facts: said(ruling({ kind: 'reject' }, '1'), ruling({ kind: 'override', codes: [] })),
    told: { outcome: 'rejected', statuses: 'IR' },
  },
  {
    when: 'of an order that waits as a whole settles it',
    order: { poNumber: '' },
    facts: onOrder({ kind: 'reject' }),
    told: { outcome: 'rejected', statuses: 'IR', raised: [] },
  },
]);

testRows('a cancellation by a person', [
  {
    when: 'of the order answers every line with IR',
    lines: both,
    facts: onOrder({ kind: 'cancel' }),
    told: { outcome: 'rejected', statuses: 'IR IR', raised: [] },
  },
  {
    when: 'of a line',
    lines: [line('1'), line('2')],
    facts: onLine({ kind: 'cancel' }),
    told: { statuses: 'IR IA' },
  },
]);

const wrong = {
  lines: [line('1', { unitPrice: '9', quantity: '7' })],
  facts: { item: { minimum: '10', customers: ['other'] } },
} as const;

testRows('an override', [
  {
    when: 'of one reason leaves the others',
    lines: [...wrong.lines],
    facts: { ...wrong.facts, ...onLine({ kind: 'override', codes: ['quantity-rule'] }) },
    told: {
      outcome: 'held',
      statuses: 'IH',
      reasons: ['item-not-allowed quantity-rule price-outside-tolerance'],
      raised: ['1 item-not-allowed', '1 price-outside-tolerance'],
    },
  },
  {
    when: 'of all reasons by name',
    lines: [...wrong.lines],
    facts: {
      ...wrong.facts,
      ...onLine({
        kind: 'override',
        codes: ['quantity-rule', 'item-not-allowed', 'price-outside-tolerance'],
      }),
    },
    told: { outcome: 'accepted', statuses: 'IA', prices: ['9'], amount: '63' },
  },
  {
    when: 'of everything',
    lines: [...wrong.lines],
    facts: { ...wrong.facts, ...onLine({ kind: 'override', codes: [] }) },
    told: { outcome: 'accepted', statuses: 'IA', prices: ['9'], amount: '63' },
  },
  {
    when: 'of the price takes theirs, also where ours would count',
    lines: [dear],
    facts: {
      ...onLine({ kind: 'override', codes: ['price-outside-tolerance'] }),
      policy: { price: { tolerance: {}, outside: 'contract' } },
    },
    told: { outcome: 'accepted', statuses: 'IA', prices: ['9'], reasons: ['price-outside-tolerance'] },
  },
  {
    when: 'of everything hides no change that is made',
    facts: {
      ...onOrder({ kind: 'override', codes: [] }),
      item: { status: 'discontinued', relations: [['substitute', 'C-3']] },
      others: [C3],
      policy: { substitute: 'auto' },
    },
    told: { statuses: 'IS', items: ['C-3'] },
  },
  {
    when: 'of the order counts for each line',
    lines: both,
    facts: onOrder({ kind: 'override', codes: ['price-outside-tolerance'] }),
    told: { outcome: 'accepted', statuses: 'IA IA', prices: ['9', '8'] },
  },
  {
    when: 'of a line does not count for the other',
    lines: both,
    facts: onLine({ kind: 'override', codes: ['price-outside-tolerance'] }),
    told: { outcome: 'held', statuses: 'IA IE' },
  },
  {
    when: 'of a line says nothing about the order',
    order: { poNumber: '' },
    facts: onLine({ kind: 'override', codes: ['po-number-missing'] }),
    told: { outcome: 'held', raised: ['order po-number-missing'] },
  },
  {
    when: 'makes no item known',
    line: { ids: ours('NONE') },
    facts: onOrder({ kind: 'override', codes: ['item-unknown'] }),
    told: { outcome: 'rejected', statuses: 'R2' },
  },
  {
    when: 'makes no quantity known',
    line: { quantity: null },
    facts: onOrder({ kind: 'override', codes: [] }),
    told: { outcome: 'held', statuses: 'IH', raised: ['1 quantity-missing'] },
  },
  {
    when: 'lets an item pass that is no longer sold',
    facts: { ...onLine({ kind: 'override', codes: ['item-inactive'] }), item: { status: 'discontinued' } },
    told: { outcome: 'accepted', statuses: 'IA', items: ['A-1'] },
  },
]);

testRows('a release of the hold', [
  {
    when: 'lets no price pass',
    lines: [dear],
    facts: onOrder({ kind: 'release-hold' }),
    told: { outcome: 'held', statuses: 'IE' },
  },
]);

testRows('what a person chose of one line', [
  {
    when: 'is kept with who did, and the price of another is still ours to ask',
    lines: [line('1', { unitPrice: '9' }), line('2', { ids: ours('C-3'), unitPrice: '9' })],
    facts: {
      ...onLine({ kind: 'accept-their-price' }),
      others: [item('C-3', { prices: [price({ price: '4' })] })],
    },
    told: { statuses: 'IA IE', raised: ['2 price-outside-tolerance'] },
  },
]);
