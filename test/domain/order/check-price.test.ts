import type { OrderPolicy } from '../../../src/domain/partner/order-policy.ts';
import type { PriceForm } from '../../../src/domain/pricing/price-terms.ts';
import { blanket } from '../blanket/support.ts';
import { agreement, book, LIST, term } from '../pricing/support.ts';
import { item, line, ours, price, ruling, testRows } from './support.ts';

type Outside = OrderPolicy['price']['outside'];
type Tolerance = OrderPolicy['price']['tolerance'];
const allow = (tolerance: Tolerance, outside: Outside = 'hold') => ({
  prices: [price({ price: '100' })],
  policy: { price: { tolerance, outside } },
});
const accepted = (theirs: string) =>
  ({ outcome: 'accepted', statuses: 'IA', prices: [theirs], reasons: [''] }) as const;
const held = (theirs: string) =>
  ({ outcome: 'held', statuses: 'IE', prices: [theirs], raised: ['1 price-outside-tolerance'] }) as const;

const EDGES: readonly (readonly [Tolerance, theirs: string, within: boolean])[] = [
  [{ percent: '2' }, '102', true],
  [{ percent: '2' }, '102.0001', false],
  [{ percent: '2' }, '98', true],
  [{ percent: '2' }, '97.9999', false],
  [{ amount: '0.50' }, '100.50', true],
  [{ amount: '0.50' }, '100.51', false],
  [{ amount: '0.50' }, '99.50', true],
  [{ amount: '0.50' }, '99.49', false],
  [{ percent: '1', amount: '5' }, '101', true],
  [{ percent: '1', amount: '5' }, '101.01', false],
  [{ percent: '10', amount: '5' }, '105', true],
  [{ percent: '10', amount: '5' }, '105.01', false],
  [{ percent: '0' }, '100.0000', true],
  [{ percent: '0' }, '100.0001', false],
  [{}, '100', true],
  [{}, '100.01', false],
  [{ percent: '100' }, '0', true],
  [{ percent: '99' }, '0', false],
];

testRows(
  'our price is 100, and allowed',
  EDGES.map(([tolerance, theirs, within]) => ({
    when: `${JSON.stringify(tolerance)}: ordered at ${theirs}`,
    line: { unitPrice: theirs },
    facts: allow(tolerance),
    told: within ? accepted(theirs) : held(theirs),
  })),
);

testRows('a price outside of what is allowed', [
  { when: 'is held', line: { unitPrice: '90' }, facts: allow({}, 'hold'), told: held('90') },
  {
    when: 'gives way to ours (IP)',
    line: { unitPrice: '90' },
    facts: allow({}, 'contract'),
    told: { outcome: 'accepted-with-changes', statuses: 'IP', prices: ['100'], raised: [], amount: '1000' },
  },
  {
    when: 'counts where the partner file says so, and that is told',
    line: { unitPrice: '90' },
    facts: allow({}, 'theirs'),
    told: {
      outcome: 'accepted',
      statuses: 'IA',
      prices: ['90'],
      reasons: ['price-outside-tolerance'],
      amount: '900',
    },
  },
  {
    when: 'rejects the line',
    line: { unitPrice: '90' },
    facts: allow({}, 'reject'),
    told: { outcome: 'rejected', statuses: 'IR', prices: ['90'], raised: [], amount: '0' },
  },
  {
    when: 'is told also of a line that is rejected already',
    line: { unitPrice: '90' },
    facts: { ...allow({}, 'hold'), item: { status: 'blocked' } },
    told: { statuses: 'IR', reasons: ['item-inactive price-outside-tolerance'], raised: [] },
  },
  {
    when: 'within the tolerance is never changed, whatever becomes of others',
    line: { unitPrice: '101' },
    facts: allow({ percent: '1' }, 'reject'),
    told: accepted('101'),
  },
]);

testRows('a price that is missing', [
  {
    when: 'in the order is ours',
    line: { unitPrice: null },
    told: { outcome: 'accepted', statuses: 'IA', prices: ['3.25'] },
  },
  {
    when: 'in our books is asked for, whatever the order says',
    facts: { prices: [], policy: { price: { tolerance: {}, outside: 'theirs' } } },
    told: { outcome: 'held', statuses: 'IE', raised: ['1 price-missing'] },
  },
  {
    when: 'in both is asked for',
    line: { unitPrice: null },
    facts: { prices: [] },
    told: { statuses: 'IE', prices: [undefined], raised: ['1 price-missing'] },
  },
  {
    when: 'in the currency of the order is asked for: no rate is guessed',
    order: { currency: 'EUR' },
    told: { statuses: 'IE', raised: ['1 price-missing'] },
  },
  {
    when: 'on the day before it begins is asked for',
    order: { orderDate: '2026-01-05' },
    facts: { prices: [price({ validFrom: '2026-01-06' })] },
    told: { statuses: 'IE', raised: ['1 price-missing'] },
  },
  {
    when: 'is not on the first of its days',
    order: { orderDate: '2026-01-06' },
    facts: { prices: [price({ validFrom: '2026-01-06' })] },
    told: { statuses: 'IA' },
  },
  {
    when: 'is not on the last of its days',
    order: { orderDate: '2026-01-06' },
    facts: { prices: [price({ validTo: '2026-01-06' })] },
    told: { statuses: 'IA' },
  },
  {
    when: 'on the day after its last is asked for',
    order: { orderDate: '2026-01-07' },
    facts: { prices: [price({ validTo: '2026-01-06' })] },
    told: { statuses: 'IE' },
  },
  {
    when: 'a person cannot let pass without saying what it is',
    facts: { prices: [], rulings: [ruling({ kind: 'override', codes: [] })] },
    told: { outcome: 'held', statuses: 'IE' },
  },
]);

testRows('the currency that counts where the order names none', [
  { when: 'is that of our company', order: { currency: undefined }, told: { statuses: 'IA' } },
  {
    when: 'is not that of any price that happens to be there',
    order: { currency: undefined },
    facts: { currency: 'EUR' },
    told: { statuses: 'IE', raised: ['1 price-missing'] },
  },
]);

const CONTRACT = agreement({ validTo: undefined });
const ours3 = term({ ...LIST, validTo: undefined }, '3.25', { item: 'A-1' });
const elsewhere = term(CONTRACT, '7', { item: 'Z-9' });
const within = book([ours3, term(CONTRACT, '3', { item: 'A-1' })]);
const outside = book([ours3, elsewhere]);

testRows('a customer with a contract', [
  {
    when: 'has the contract’s price before the list’s',
    line: { unitPrice: '3' },
    facts: { book: within, policy: { 'off-contract': 'reject' } },
    told: accepted('3'),
  },
  {
    when: 'has the list price of what is not in it',
    facts: { book: outside },
    told: accepted('3.25'),
  },
  {
    when: 'is asked about what is not in it',
    facts: { book: outside, policy: { 'off-contract': 'hold' } },
    told: { outcome: 'held', statuses: 'IH', raised: ['1 not-on-contract'] },
  },
  {
    when: 'is refused what is not in it (R1)',
    facts: { book: outside, policy: { 'off-contract': 'reject' } },
    told: { outcome: 'rejected', statuses: 'R1', reasons: ['not-on-contract'], raised: [] },
  },
  {
    when: 'is told of a price that differs beside',
    line: { unitPrice: '9' },
    facts: { book: outside, policy: { 'off-contract': 'reject' } },
    told: { statuses: 'R1', reasons: ['not-on-contract price-outside-tolerance'] },
  },
  {
    when: 'that ended the day before is asked no such thing',
    facts: {
      book: book([ours3, term(agreement({ validTo: '2026-01-04' }), '7', { item: 'Z-9' })]),
      policy: { 'off-contract': 'reject' },
    },
    told: accepted('3.25'),
  },
  {
    when: 'that ends today is asked',
    facts: {
      book: book([ours3, term(agreement({ validTo: '2026-01-05' }), '7', { item: 'Z-9' })]),
      policy: { 'off-contract': 'reject' },
    },
    told: { statuses: 'R1' },
  },
]);

const tiers = (kind: 'line-tiers' | 'cumulative-tiers'): PriceForm => ({
  kind,
  tiers: [
    { from: '1', price: '10' },
    { from: '100', price: '9' },
  ],
});
const tiered = (kind: 'line-tiers' | 'cumulative-tiers', before = '0') =>
  book([term(CONTRACT, '', { item: 'A-1', form: tiers(kind) })], {
    ordered: new Map([['CT-1:A-1', before]]),
  });
const unpriced = (number: string, quantity: string) => line(number, { quantity, unitPrice: null });

testRows('tiers', [
  {
    when: 'of the line, below',
    lines: [unpriced('1', '99')],
    facts: { book: tiered('line-tiers') },
    told: { prices: ['10'] },
  },
  {
    when: 'of the line, reached',
    lines: [unpriced('1', '100')],
    facts: { book: tiered('line-tiers') },
    told: { prices: ['9'] },
  },
  {
    when: 'of the line are not reached by two lines',
    lines: [unpriced('1', '50'), unpriced('2', '50')],
    facts: { book: tiered('line-tiers') },
    told: { prices: ['10', '10'] },
  },
  {
    when: 'to date are reached by two lines, and both have the price',
    lines: [unpriced('1', '50'), unpriced('2', '50')],
    facts: { book: tiered('cumulative-tiers') },
    told: { prices: ['9', '9'] },
  },
  {
    when: 'to date count what was ordered before',
    lines: [unpriced('1', '10')],
    facts: { book: tiered('cumulative-tiers', '90') },
    told: { prices: ['9'] },
  },
  {
    when: 'to date, one short',
    lines: [unpriced('1', '10')],
    facts: { book: tiered('cumulative-tiers', '89') },
    told: { prices: ['10'] },
  },
  {
    when: 'to date do not count a line that does not stand',
    lines: [unpriced('1', '50'), line('2', { quantity: '50', unitPrice: null })],
    facts: { book: tiered('cumulative-tiers'), rulings: [ruling({ kind: 'reject' }, '2')] },
    told: { statuses: 'IA IR', prices: ['10', undefined] },
  },
]);

const SET = agreement({
  validTo: undefined,
  bundles: new Map([
    [
      'KIT',
      new Map([
        ['A-1', '2'],
        ['C-3', '1'],
      ]),
    ],
  ]),
});
const kit = book([
  term(SET, '10', { item: 'A-1' }),
  term(SET, '8', { item: 'A-1', position: 2, bundle: 'KIT' }),
  term(SET, '20', { item: 'C-3', position: 3 }),
]);
const kitLines = (quantity: string) => [
  unpriced('1', quantity),
  line('2', { ids: ours('C-3'), quantity: '1', unitPrice: null }),
];

testRows('a bundle', [
  {
    when: 'is complete over the lines',
    lines: kitLines('2'),
    facts: { book: kit, others: [item('C-3')] },
    told: { prices: ['8', '20'] },
  },
  {
    when: 'lacks one piece',
    lines: kitLines('1'),
    facts: { book: kit, others: [item('C-3')] },
    told: { prices: ['10', '20'] },
  },
  {
    when: 'lacks the line that is rejected',
    lines: kitLines('2'),
    facts: { book: kit, others: [item('C-3', { status: 'blocked' })] },
    told: { statuses: 'IA R4', prices: ['10', undefined] },
  },
]);

const release = { type: 'release', poNumber: 'BK100', releaseNumber: '1' } as const;
const agreed = blanket({}, { item: 'A-1', price: '3' });

testRows('a release', [
  {
    when: 'has the price of its blanket order before any other',
    order: release,
    line: { unitPrice: '3' },
    facts: { blanket: agreed, book: within },
    told: { statuses: 'IA', prices: ['3'] },
  },
  {
    when: 'without a price has that of its blanket order',
    order: release,
    line: { unitPrice: null },
    facts: { blanket: agreed, prices: [] },
    told: { statuses: 'IA', prices: ['3'] },
  },
  {
    when: 'is in the contract of its blanket order, whatever the others hold',
    order: release,
    line: { unitPrice: '3' },
    facts: { blanket: agreed, book: outside, policy: { 'off-contract': 'reject' } },
    told: { statuses: 'IA' },
  },
]);
