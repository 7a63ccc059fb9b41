import type { PriceForm, Tier } from '../../../src/domain/pricing/price-terms.ts';
import { checkRows } from './check-rows.ts';
import { CONTRACT, LIST, term } from './support.ts';

const LINE_TIERS: readonly Tier[] = [
  { from: '100', price: '2' },
  { from: '10', price: '3' },
  { from: '1000', price: '1' },
];
const lineTiers: PriceForm = { kind: 'line-tiers', tiers: LINE_TIERS };
const cumulative: PriceForm = { kind: 'cumulative-tiers', tiers: LINE_TIERS };

checkRows('tiers by the line', [
  ...(
    [
      ['9.999', undefined],
      ['10', '3'],
      ['99.999', '3'],
      ['100', '2'],
      ['999', '2'],
      ['1000', '1'],
      ['1000000', '1'],
      ['0', undefined],
      ['-10', undefined],
    ] as const
  ).map(([quantity, ours]) => ({
    when: `${quantity} pieces`,
    terms: [term(CONTRACT, '', { form: lineTiers })],
    asked: { quantity },
    ours,
    refused: [ours === undefined ? ('no-tier-reached' as const) : undefined],
  })),
  {
    when: 'cases against tiers in pieces: 8 × 12 are not 100',
    terms: [term(CONTRACT, '', { form: lineTiers })],
    asked: { quantity: '8', unit: 'CA' },
    ours: '36',
  },
  {
    when: 'cases against tiers in pieces: 9 × 12 are',
    terms: [term(CONTRACT, '', { form: lineTiers })],
    asked: { quantity: '9', unit: 'CA' },
    ours: '24',
  },
  {
    when: 'pieces against tiers in cases: 119 are not 10 cases',
    terms: [term(CONTRACT, '', { form: lineTiers, unit: 'CA' })],
    asked: { quantity: '119' },
    ours: undefined,
    refused: ['no-tier-reached'],
  },
  {
    when: 'pieces against tiers in cases: 120 are',
    terms: [term(CONTRACT, '', { form: lineTiers, unit: 'CA' })],
    asked: { quantity: '120' },
    ours: '0.25',
  },
  {
    when: 'other lines of the item do not count',
    terms: [term(CONTRACT, '', { form: lineTiers })],
    asked: { quantity: '10', basket: new Map([['PUMP', '5000']]) },
    ours: '3',
  },
  {
    when: 'no tier is reached: the list counts',
    terms: [term(CONTRACT, '', { form: lineTiers }), term(LIST, '5')],
    asked: { quantity: '9' },
    ours: '5',
  },
  {
    when: 'two tiers begin alike with different prices: nobody chooses',
    terms: [
      term(CONTRACT, '', {
        form: { kind: 'line-tiers', tiers: [...LINE_TIERS, { from: '10', price: '4' }] },
      }),
      term(LIST, '5'),
    ],
    ours: undefined,
    refused: ['contradictory', undefined],
  },
  {
    when: 'two tiers begin alike, but a higher one is reached',
    terms: [
      term(CONTRACT, '', {
        form: { kind: 'line-tiers', tiers: [...LINE_TIERS, { from: '10', price: '4' }] },
      }),
    ],
    asked: { quantity: '100' },
    ours: '2',
  },
]);

const toDate = (quantity: string) => ({ ordered: new Map([['CT-1:PUMP', quantity]]) });

checkRows('cumulative tiers', [
  ...(
    [
      ['89.999', '3'],
      ['90', '2'],
      ['989', '2'],
      ['990', '1'],
      ['0', '3'],
      ['-1', undefined],
    ] as const
  ).map(([ordered, ours]) => ({
    when: `${ordered} to date and 10 now`,
    terms: [term(CONTRACT, '', { form: cumulative })],
    book: toDate(ordered),
    ours,
  })),
  {
    when: 'nothing to date',
    terms: [term(CONTRACT, '', { form: cumulative })],
    ours: '3',
  },
  {
    when: 'all lines of the order count, those above and those below',
    terms: [term(CONTRACT, '', { form: cumulative })],
    asked: { quantity: '10', basket: new Map([['PUMP', '50']]) },
    book: toDate('50'),
    ours: '2',
  },
  {
    when: 'tiers in cases: 1199 pieces to date and now',
    terms: [term(CONTRACT, '', { form: cumulative, unit: 'CA' })],
    asked: { quantity: '1' },
    book: toDate('1198'),
    ours: '0.25',
  },
  {
    when: 'tiers in cases: 1200 pieces to date and now',
    terms: [term(CONTRACT, '', { form: cumulative, unit: 'CA' })],
    asked: { quantity: '1' },
    book: toDate('1199'),
    ours: '0.1666666667',
  },
  {
    when: 'what another contract counted does not',
    terms: [term(CONTRACT, '', { form: cumulative })],
    book: { ordered: new Map([['CT-2:PUMP', '5000']]) },
    ours: '3',
  },
  {
    when: "a unit that nobody can convert to the item's",
    terms: [term(CONTRACT, '', { form: cumulative, unit: 'BX' })],
    asked: { unit: 'BX' },
    ours: undefined,
    refused: ['unit-not-convertible'],
  },
]);

const costPlus = (floor?: string, cap?: string): PriceForm => ({
  kind: 'cost-plus',
  percent: '25',
  floor,
  cap,
});
const costs = new Map([['PUMP', { cost: '4', currency: 'USD', validFrom: '2024-01-01' }]]);

checkRows('cost-plus', [
  { when: 'cost and margin', terms: [term(CONTRACT, '', { form: costPlus() })], book: { costs }, ours: '5' },
  { when: 'at the floor', terms: [term(CONTRACT, '', { form: costPlus('5') })], book: { costs }, ours: '5' },
  {
    when: 'below it',
    terms: [term(CONTRACT, '', { form: costPlus('5.01') })],
    book: { costs },
    ours: '5.01',
  },
  {
    when: 'at the cap',
    terms: [term(CONTRACT, '', { form: costPlus('1', '5') })],
    book: { costs },
    ours: '5',
  },
  {
    when: 'above it',
    terms: [term(CONTRACT, '', { form: costPlus('1', '4.99') })],
    book: { costs },
    ours: '4.99',
  },
  {
    when: 'floor and cap alike',
    terms: [term(CONTRACT, '', { form: costPlus('6', '6') })],
    book: { costs },
    ours: '6',
  },
  {
    when: 'a floor above the cap',
    terms: [term(CONTRACT, '', { form: costPlus('6', '5') }), term(LIST, '9')],
    book: { costs },
    ours: undefined,
    refused: ['contradictory', undefined],
  },
  {
    when: 'no cost is known: the list counts',
    terms: [term(CONTRACT, '', { form: costPlus() }), term(LIST, '9')],
    ours: '9',
    refused: ['no-cost', undefined],
  },
  {
    when: 'the cost is in another currency',
    terms: [term(CONTRACT, '', { form: costPlus() })],
    book: { costs: new Map([['PUMP', { cost: '4', currency: 'EUR', validFrom: '2024-01-01' }]]) },
    ours: undefined,
    refused: ['no-cost'],
  },
  {
    when: 'floor and cap are of the case that the row is for',
    terms: [term(CONTRACT, '', { form: costPlus('60', '61'), unit: 'CA' })],
    book: { costs },
    ours: '5',
  },
  {
    when: 'per hundred',
    terms: [term(CONTRACT, '', { form: costPlus('501'), basis: 'HP' })],
    book: { costs },
    ours: '501',
    basis: 'HP',
  },
  {
    when: 'a margin below nothing',
    terms: [term(CONTRACT, '', { form: { kind: 'cost-plus', percent: '-25' } })],
    book: { costs },
    ours: '3',
  },
]);
