import test from 'ava';
import { extendPrice } from '../../../src/domain/pricing/extend-price.ts';
import { type PriceAsked, type PriceRules, priceLine } from '../../../src/domain/pricing/price-line.ts';
import type { PriceTerm, TermAdjustment } from '../../../src/domain/pricing/price-terms.ts';
import { asked, book, CONTRACT, LIST, RULES, term } from './support.ts';

const percent = (indicator: TermAdjustment['indicator'], value: string): TermAdjustment => ({
  indicator,
  code: 'C310',
  rate: { kind: 'percent', percent: value },
});
const perUnit = (amount: string): TermAdjustment => ({
  indicator: 'charge',
  code: 'H850',
  rate: { kind: 'per-unit', amount },
});
const flat = (amount: string): TermAdjustment => ({
  indicator: 'charge',
  code: 'D240',
  rate: { kind: 'amount', amount },
});

type Row = {
  readonly when: string;
  readonly price: string;
  readonly term?: Partial<PriceTerm>;
  readonly asked?: Partial<PriceAsked>;
  readonly rounding?: PriceRules['rounding'];
  readonly goods: string;
  readonly adjustments?: readonly string[];
  readonly amount?: string;
};

const ROWS: readonly Row[] = [
  { when: 'whole', price: '2', goods: '20' },
  { when: 'half a cent, half up', price: '0.0125', asked: { quantity: '10' }, goods: '0.13' },
  { when: 'half a cent, half even', price: '0.0125', rounding: 'half-even', goods: '0.12' },
  {
    when: 'rounded after it is extended, not before',
    price: '0.3333',
    asked: { quantity: '300' },
    goods: '99.99',
  },
  { when: 'nothing ordered', price: '2', asked: { quantity: '0' }, goods: '0' },
  { when: 'taken back', price: '0.0125', asked: { quantity: '-10' }, goods: '-0.13' },
  { when: 'per hundred', price: '325', term: { basis: 'HP' }, asked: { quantity: '50' }, goods: '162.5' },
  { when: 'per thousand', price: '1', term: { basis: 'TP' }, asked: { quantity: '4' }, goods: '0' },
  { when: 'cases of a row per piece', price: '3.25', asked: { unit: 'CA', quantity: '2' }, goods: '78' },
  {
    when: 'an allowance of so many percent',
    price: '1.23',
    term: { adjustments: [percent('allowance', '5')] },
    asked: { quantity: '1' },
    goods: '1.23',
    adjustments: ['0.06'],
    amount: '1.17',
  },
  {
    when: 'percents are each of the goods, not of one another',
    price: '100',
    term: { adjustments: [percent('allowance', '10'), percent('charge', '10')] },
    asked: { quantity: '1' },
    goods: '100',
    adjustments: ['10', '10'],
    amount: '100',
  },
  {
    when: 'all kinds together',
    price: '10',
    term: { adjustments: [percent('allowance', '2.5'), perUnit('0.15'), flat('12.50')] },
    goods: '100',
    adjustments: ['2.5', '1.5', '12.5'],
    amount: '111.5',
  },
  {
    when: 'so much for each case of the row, ordered in pieces',
    price: '12',
    term: { unit: 'CA', adjustments: [perUnit('0.60')] },
    asked: { quantity: '30' },
    goods: '30',
    adjustments: ['1.5'],
    amount: '31.5',
  },
  {
    when: 'so much for each piece of the row, ordered in cases',
    price: '1',
    term: { adjustments: [perUnit('0.05')] },
    asked: { quantity: '2', unit: 'CA' },
    goods: '24',
    adjustments: ['1.2'],
    amount: '25.2',
  },
  {
    when: 'an adjustment is rounded as the partner file says',
    price: '0.5',
    term: { adjustments: [percent('allowance', '1')] },
    asked: { quantity: '1' },
    rounding: 'half-even',
    goods: '0.5',
    adjustments: ['0'],
    amount: '0.5',
  },
];

for (const row of ROWS)
  test(`a line in money: ${row.when}`, (t) => {
    const rules = { ...RULES, rounding: row.rounding ?? 'half-up' };
    const { extension } = priceLine(asked(row.asked), book([term(CONTRACT, row.price, row.term)]), rules);
    t.is(extension?.goods, row.goods);
    t.deepEqual(
      extension?.adjustments.map(({ amount }) => amount),
      [...(row.adjustments ?? [])],
    );
    t.is(extension?.amount, row.amount ?? row.goods);
  });

for (const [currency, goods] of [
  ['JPY', '3'],
  ['USD', '2.5'],
  ['KWD', '2.5'],
] as const)
  test(`2.5 ${currency} are ${goods}`, (t) => {
    const agreement = { ...CONTRACT, currency };
    const proof = priceLine(asked({ currency, quantity: '1' }), book([term(agreement, '2.5')]), RULES);
    t.is(proof.extension?.amount, goods);
  });

test('a line that is answered otherwise keeps the allowances of what was agreed', (t) => {
  const agreed = term(CONTRACT, '10', { adjustments: [percent('allowance', '10')] });
  const proof = priceLine(asked({ theirs: '9' }), book([agreed, term(LIST, '12')]), RULES);

  const answered = extendPrice({ quantity: '5', price: '900', basis: 'HP' }, proof);

  t.is(answered?.goods, '45');
  t.is(answered?.amount, '40.5');
});

test('a line without a price of ours is extended at theirs, with nothing on top', (t) => {
  const proof = priceLine(asked({ theirs: '9' }), book([]), RULES);
  t.is(extendPrice({ quantity: '5', price: '9', basis: 'PE' }, proof)?.amount, '45');
  t.is(proof.extension, undefined);
});

test('a price in a basis that nobody knows is not extended', (t) => {
  const proof = priceLine(asked(), book([term(CONTRACT, '10')]), RULES);
  t.is(extendPrice({ quantity: '5', price: '9', basis: 'ZZ' }, proof), undefined);
});
