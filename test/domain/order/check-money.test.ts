import type { CreditAccount } from '../../../src/domain/credit/credit.ts';
import { item, line, ours, price, ruling, testRows } from './support.ts';

/** The order comes to 10 × 3.25 = 32.50. */
const total = (...amounts: string[]) => ({
  totalAmounts: amounts.map((amount) => ({ qualifier: 'TT', amount })),
});
const exceeded = { outcome: 'held', statuses: 'IH', raised: ['order po-value-exceeded'] } as const;
const two = [line('1'), line('2')];

testRows('the value that the order authorises', [
  { when: 'is used to the cent', order: total('32.50'), told: { outcome: 'accepted', whole: '' } },
  { when: 'is a cent short', order: total('32.49'), told: exceeded },
  { when: 'is none', told: { outcome: 'accepted' } },
  { when: 'is zero, which is a value', order: total('0'), told: exceeded },
  {
    when: 'is that of all lines',
    lines: two,
    order: total('65'),
    told: { outcome: 'accepted', amount: '65' },
  },
  {
    when: 'is exceeded by all lines together',
    lines: two,
    order: total('64.99'),
    told: { outcome: 'held', statuses: 'IH IH' },
  },
  { when: 'is stated twice alike', order: total('32.50', '32.5'), told: { outcome: 'accepted' } },
  { when: 'is stated twice differently', order: total('100', '200'), told: exceeded },
  {
    when: 'is another amount, such as the goods alone',
    order: { totalAmounts: [{ qualifier: '1', amount: '1' }] },
    told: { outcome: 'accepted' },
  },
  {
    when: 'counts no line that does not stand',
    lines: [line('1'), line('2', { ids: ours('NONE') })],
    order: total('32.50'),
    told: { outcome: 'accepted-with-changes', statuses: 'IA R2', amount: '32.5' },
  },
  {
    when: 'counts a line at the price that is answered',
    line: { unitPrice: '3' },
    order: total('30'),
    facts: { policy: { price: { tolerance: {}, outside: 'contract' } } },
    told: { outcome: 'held', statuses: 'IH', prices: ['3.25'], raised: ['order po-value-exceeded'] },
  },
  {
    when: 'counts a quantity as it is answered',
    line: { quantity: '9' },
    order: total('30'),
    facts: { item: { minimum: '10' }, policy: { quantity: 'adjust' } },
    told: { outcome: 'held', statuses: 'IH', raised: ['order po-value-exceeded'] },
  },
  {
    when: 'is let through by a release of the hold',
    order: total('32.49'),
    facts: { rulings: [ruling({ kind: 'release-hold' })] },
    told: { outcome: 'accepted', statuses: 'IA', whole: 'po-value-exceeded', amount: '32.5' },
  },
  {
    when: 'is let through by an override',
    order: total('32.49'),
    facts: { rulings: [ruling({ kind: 'override', codes: ['po-value-exceeded'] })] },
    told: { outcome: 'accepted', statuses: 'IA' },
  },
]);

testRows('a line in money', [
  {
    when: 'is rounded once, half up',
    line: { quantity: '3', unitPrice: '0.335' },
    facts: { prices: [price({ price: '0.335' })] },
    told: { amount: '1.01' },
  },
  {
    when: 'is rounded half to even where the partner file says so',
    line: { quantity: '1', unitPrice: '0.125' },
    facts: { prices: [price({ price: '0.125' })], policy: { rounding: 'half-even' } },
    told: { amount: '0.12' },
  },
  {
    when: 'per hundred',
    line: { quantity: '250', unitPrice: '12.5', priceBasis: 'HP' },
    facts: { prices: [price({ price: '12.5', basis: 'HP' })] },
    told: { amount: '31.25' },
  },
]);

/** Owes 60 + 20 + 10 of 122.50: the order of 32.50 uses it up. */
const account = (changes: Partial<CreditAccount> = {}): CreditAccount => ({
  customer: 'acme',
  currency: 'USD',
  limit: '122.50',
  openInvoices: '60',
  shippedNotInvoiced: '20',
  acceptedNotShipped: '10',
  graceDays: 5,
  ...changes,
});
const credit = (changes: Partial<CreditAccount> = {}) => ({ credit: account(changes) });
const onHold = { outcome: 'held', statuses: 'IH', raised: ['order credit-hold'], amount: undefined } as const;

testRows('credit', [
  { when: 'is used up', facts: credit(), told: { outcome: 'accepted', amount: '32.5' } },
  { when: 'is a cent short', facts: credit({ limit: '122.49' }), told: onHold },
  {
    when: 'counts open invoices, what is shipped and what is accepted',
    facts: credit({ limit: '100', openInvoices: '30', shippedNotInvoiced: '30', acceptedNotShipped: '7.51' }),
    told: onHold,
  },
  {
    when: 'is not asked where the partner file says so',
    facts: { ...credit({ limit: '0' }), policy: { credit: 'ignore' } },
    told: { outcome: 'accepted', amount: '32.5' },
  },
  {
    when: 'overdue on the last day of grace is good',
    facts: credit({ oldestDue: '2026-01-01' }),
    told: { outcome: 'accepted' },
  },
  { when: 'overdue a day beyond grace is on hold', facts: credit({ oldestDue: '2025-12-31' }), told: onHold },
  {
    when: 'in another currency is asked about, and not as a plain hold',
    facts: credit({ currency: 'EUR' }),
    told: { outcome: 'held', statuses: 'IH', raised: ['order credit-currency'] },
  },
  {
    when: 'over the limit and overdue is told twice',
    facts: credit({ limit: '0', oldestDue: '2025-01-01' }),
    told: { whole: 'credit-hold credit-hold' },
  },
  {
    when: 'counts no line that does not stand',
    lines: [line('1'), line('2', { quantity: '0' })],
    facts: credit(),
    told: { outcome: 'accepted-with-changes', statuses: 'IA IR', amount: '32.5' },
  },
  {
    when: 'counts no line that waits: that is asked when it is decided again',
    lines: [line('1'), line('2', { unitPrice: '99' })],
    facts: credit(),
    told: { outcome: 'held', statuses: 'IA IE', amount: '32.5', raised: ['2 price-outside-tolerance'] },
  },
  {
    when: 'holds no order of which nothing stands',
    line: { quantity: '0' },
    facts: credit({ limit: '0' }),
    told: { outcome: 'rejected', raised: [] },
  },
  {
    when: 'is not asked by a blanket order, which commits to nothing that is billed',
    order: { type: 'blanket' },
    facts: credit({ limit: '0' }),
    told: { outcome: 'accepted', amount: undefined },
  },
  {
    when: 'on hold is released by a person',
    facts: { ...credit({ limit: '0' }), rulings: [ruling({ kind: 'release-hold' })] },
    told: { outcome: 'accepted', statuses: 'IA', whole: 'credit-hold', amount: '32.5' },
  },
  {
    when: 'on hold is not released by a word about one line',
    facts: { ...credit({ limit: '0' }), rulings: [ruling({ kind: 'release-hold' }, '1')] },
    told: onHold,
  },
  {
    when: 'in another currency is not released by a plain release',
    facts: { ...credit({ currency: 'EUR' }), rulings: [ruling({ kind: 'release-hold' })] },
    told: { outcome: 'held', raised: ['order credit-currency'] },
  },
  {
    when: 'and the authorised value are both told',
    order: total('1'),
    facts: credit({ limit: '0' }),
    told: {
      whole: 'po-value-exceeded credit-hold',
      raised: ['order po-value-exceeded', 'order credit-hold'],
    },
  },
]);

testRows('a line in another currency than the order', [
  {
    when: 'is not added to the others',
    lines: [line('1'), line('2', { ids: ours('C-3'), currency: 'EUR' })],
    order: total('1000'),
    facts: { ...credit({ limit: '1000' }), others: [item('C-3', { prices: [price({ currency: 'EUR' })] })] },
    told: { outcome: 'held', raised: ['order po-value-exceeded', 'order credit-currency'] },
  },
]);
