import test from 'ava';
import { decideOrder } from '../../../src/domain/order/decide-order.ts';
import { agreement, book, LIST, term } from '../pricing/support.ts';
import { facts, item, line, order, ours, price, testRows } from './support.ts';

/** All is wrong that can be wrong at once; the reasons come in the order of business. */
const account = {
  customer: 'acme',
  currency: 'USD',
  limit: '0',
  openInvoices: '0',
  shippedNotInvoiced: '0',
  acceptedNotShipped: '0',
  graceDays: 0,
};
const late = { dates: [{ qualifier: '001', date: '2026-01-05' }] };
const customer = { number: 'acme', priority: 0, listsShipTos: true, shipTos: [] };
const earlier = { contentHash: 'another', decision: decideOrder(order(), facts()) };
const others = [
  term({ ...LIST, validTo: undefined }, '3.25', { item: 'A-1' }),
  term({ ...LIST, validTo: undefined }, '1', { item: 'C-3' }),
];
const contract = term(agreement({ validTo: undefined }), '7', { item: 'Z-9' });

testRows('nothing hides anything', [
  {
    when: 'of an order',
    order: { poNumber: '', totalAmounts: [{ qualifier: 'TT', amount: '1' }] },
    facts: { earlier, customer, credit: account },
    told: {
      outcome: 'held',
      whole: 'duplicate-order po-number-missing ship-to-unknown po-value-exceeded credit-hold',
      raised: [
        'order duplicate-order',
        'order po-number-missing',
        'order ship-to-unknown',
        'order po-value-exceeded',
        'order credit-hold',
      ],
    },
  },
  {
    when: 'of a line that is asked about',
    order: late,
    line: { quantity: '7', unitPrice: '9' },
    facts: {
      item: { customers: [], minimum: '10', relations: [['requires', 'C-3']] },
      book: book([...others, contract]),
      policy: { 'off-contract': 'hold' },
    },
    told: {
      outcome: 'held',
      statuses: 'IH',
      reasons: [
        'item-not-allowed quantity-rule item-incompatible date-impossible not-on-contract price-outside-tolerance',
      ],
      raised: [
        '1 item-not-allowed',
        '1 quantity-rule',
        '1 item-incompatible',
        '1 date-impossible',
        '1 not-on-contract',
        '1 price-outside-tolerance',
      ],
    },
  },
  {
    when: 'of a line that is rejected: the first reason gives the status',
    order: { ...late, parties: [{ role: 'ship-to', code: 'ST', address: { country: 'CU' } }] },
    line: { quantity: '7', unitPrice: '9' },
    facts: {
      item: { status: 'blocked', barred: ['CU'], customers: [], minimum: '10' },
      book: book([...others, contract]),
      policy: { 'off-contract': 'reject', quantity: 'reject' },
    },
    told: {
      outcome: 'rejected',
      statuses: 'IR',
      reasons: [
        'item-inactive item-not-allowed item-barred quantity-rule date-impossible not-on-contract price-outside-tolerance',
      ],
      raised: [],
    },
  },
  {
    when: 'of one line is said of another',
    lines: [
      line('1', { ids: ours('NONE') }),
      line('2', { quantity: '0' }),
      line('3', { unit: 'BX' }),
      line('4', { unitPrice: '9' }),
      line('5', { quantity: null }),
      line('6'),
    ],
    facts: { others: [item('C-3', { prices: [price()] })] },
    told: {
      outcome: 'held',
      statuses: 'R2 IR R3 IE IH IA',
      reasons: [
        'item-unknown',
        'quantity-not-positive',
        'unit-not-sold',
        'price-outside-tolerance',
        'quantity-missing',
        '',
      ],
      raised: ['4 price-outside-tolerance', '5 quantity-missing'],
    },
  },
  {
    when: 'of a line that is asked about is hidden by what is asked of the order',
    order: { poNumber: '' },
    line: { unitPrice: '9' },
    told: { statuses: 'IH', raised: ['order po-number-missing', '1 price-outside-tolerance'] },
  },
]);

test('a reason says which line, what is wrong and what would be right', (t) => {
  const given = order({ lines: [line('7', { quantity: '7' })] });
  const [decided] = decideOrder(given, facts({ item: { minimum: '10', multiple: '4' } })).lines;
  t.deepEqual(
    decided?.reasons.map(({ text }) => text),
    ['line 7: quantity 7 EA of item A-1 is below the least of 10 EA and no multiple of 4 EA'],
  );
});
