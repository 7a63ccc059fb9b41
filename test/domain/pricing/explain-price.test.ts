import test from 'ava';
import { explainPrice } from '../../../src/domain/pricing/explain-price.ts';
import { type PriceAsked, type PriceRules, priceLine } from '../../../src/domain/pricing/price-line.ts';
import type { PriceBook, PriceTerm } from '../../../src/domain/pricing/price-terms.ts';
import { agreement, asked, book, CONTRACT, LIST, RULES, term } from './support.ts';

type Row = {
  readonly when: string;
  readonly terms: readonly PriceTerm[];
  readonly asked?: Partial<PriceAsked>;
  readonly book?: Partial<PriceBook>;
  readonly tolerance?: PriceRules['tolerance'];
  readonly words: readonly string[];
};

const tiers = [
  { from: '1', price: '3.50' },
  { from: '100', price: '3.25' },
];

const ROWS: readonly Row[] = [
  {
    when: 'a tier, cases for pieces, an allowance, a promotion that is over, the list, tolerance',
    terms: [
      term(CONTRACT, '', {
        form: { kind: 'line-tiers', tiers },
        position: 3,
        adjustments: [
          {
            indicator: 'allowance',
            code: 'C310',
            description: 'loyalty',
            rate: { kind: 'percent', percent: '5' },
          },
        ],
      }),
      term(CONTRACT, '2', {
        position: 1,
        promotion: 'SPRING',
        validFrom: '2024-03-01',
        validTo: '2024-05-31',
      }),
      term(LIST, '45', { unit: 'CA', position: 7, zone: 'EAST' }),
    ],
    asked: { quantity: '12', unit: 'CA', theirs: '38.90', requestedShip: '2024-06-10' },
    book: { zone: 'EAST' },
    tolerance: { percent: '1', amount: '0.50' },
    words: [
      "Asked: 12 CA (144 of the item's unit) of PUMP, ordered 2024-06-01, to ship 2024-06-10, zone EAST, in USD.",
      'Our price: 39 USD per CA, by contract CT-1 version 1 row 3, in force from 2024-01-01 to 2024-12-31; the order date 2024-06-01 counts.',
      'Tier: from 100 EA on 3.25 per EA; the line has 144 EA.',
      "Converted: 3.25 per EA × 12 = 39 per CA (one CA holds 12 of the item's unit, one EA 1).",
      'Amount: 12 CA at 39 per CA is 468.00 USD, rounded half up once.',
      'Less allowance C310 (loyalty), 5 %: 23.40 USD.',
      'With allowances and charges: 444.60 USD.',
      'The order says 38.90 per CA, 0.1 less than ours; 0.39 is allowed (the lesser of 1 % of ours and 0.50): within tolerance.',
      'Also considered: contract CT-1 version 1 row 1, promotion SPRING: does not count, ended on 2024-05-31, the order date 2024-06-01 counts.',
      'Also considered: price list LIST version 1 row 7, zone EAST: 45 USD per CA, but goes behind.',
    ],
  },
  {
    when: 'cumulative tiers by the ship date, in a promotion without end',
    terms: [
      term(agreement({ dateRule: 'requested-ship-date', validTo: undefined }), '', {
        form: { kind: 'cumulative-tiers', tiers },
        promotion: 'GROWTH',
        validFrom: '2024-06-01',
      }),
    ],
    asked: { theirs: '4', requestedShip: '2024-06-10' },
    book: { ordered: new Map([['CT-1:PUMP', '90']]) },
    words: [
      'Asked: 10 EA of PUMP, ordered 2024-06-01, to ship 2024-06-10, in USD.',
      'Our price: 3.25 USD per EA, by contract CT-1 version 1 row 1, promotion GROWTH, in force from 2024-01-01, the row from 2024-06-01; the requested ship date 2024-06-10 counts.',
      "Tier: from 100 EA on 3.25 per EA; with 90 of the item's unit ordered to date and all of this order it is 100 EA.",
      'Amount: 10 EA at 3.25 per EA is 32.50 USD, rounded half up once.',
      'The order says 4 per EA, 0.75 more than ours; no difference is allowed: outside tolerance.',
    ],
  },
  {
    when: 'cost-plus per hundred, at its cap',
    terms: [
      term(CONTRACT, '', { form: { kind: 'cost-plus', percent: '25', cap: '480' }, basis: 'HP', unit: 'EA' }),
    ],
    asked: { theirBasis: 'PE' },
    book: { costs: new Map([['PUMP', { cost: '4', currency: 'USD', validFrom: '2024-01-01' }]]) },
    words: [
      'Asked: 10 EA of PUMP, ordered 2024-06-01, in USD.',
      'Our price: 4.8 USD per EA, by contract CT-1 version 1 row 1, in force from 2024-01-01 to 2024-12-31; the order date 2024-06-01 counts.',
      'Cost 4 USD × 100 and 25 % is 500 per 100 EA; the cap of 480 counts.',
      'Converted: 480 per 100 EA ÷ 100 = 4.8 per EA.',
      'Amount: 10 EA at 4.8 per EA is 48.00 USD, rounded half up once.',
      'The order gives no price: ours counts.',
    ],
  },
  {
    when: 'a blanket',
    terms: [],
    asked: { theirs: '2.5', blanket: { number: 'BK-9', price: '2.50', basis: 'PE', unit: 'EA' } },
    words: [
      'Asked: 10 EA of PUMP, ordered 2024-06-01, in USD.',
      'Our price: 2.50 USD per EA, by blanket order BK-9.',
      'Amount: 10 EA at 2.50 per EA is 25.00 USD, rounded half up once.',
      'The order says 2.5 per EA: the same.',
    ],
  },
  {
    when: 'rows that contradict each other',
    terms: [term(CONTRACT, '2'), term(CONTRACT, '3', { position: 2 }), term(LIST, '5')],
    asked: { theirs: '2' },
    words: [
      'Asked: 10 EA of PUMP, ordered 2024-06-01, in USD.',
      'No price of ours: what was agreed contradicts itself (contract CT-1 version 1 row 1; contract CT-1 version 1 row 2).',
      'The order says 2 per EA; nothing to compare it with.',
      'Also considered: contract CT-1 version 1 row 1: 2 USD per EA: does not count, row 2 of CT-1 with the same claim says otherwise: none counts until one is ended.',
      'Also considered: contract CT-1 version 1 row 2: 3 USD per EA: does not count, row 1 of CT-1 with the same claim says otherwise: none counts until one is ended.',
      'Also considered: price list LIST version 1 row 1: 5 USD per EA, but does not stand in for what contradicts itself.',
    ],
  },
  {
    when: 'nothing was agreed',
    terms: [],
    words: [
      'Asked: 10 EA of PUMP, ordered 2024-06-01, in USD.',
      'No price of ours: nothing was agreed on this item, and no list has it.',
    ],
  },
  {
    when: 'nothing that was agreed counts',
    terms: [
      term(CONTRACT, '2', { bundle: 'KIT', position: 1 }),
      term(CONTRACT, '2', { minimumQuantity: '50', position: 2 }),
      term(LIST, '5', { unit: 'BX' }),
    ],
    words: [
      'Asked: 10 EA of PUMP, ordered 2024-06-01, in USD.',
      'No price of ours: nothing that was agreed on this item counts for this line.',
      'Also considered: contract CT-1 version 1 row 1, bundle KIT: does not count, the agreement does not say what bundle KIT holds.',
      'Also considered: contract CT-1 version 1 row 2: does not count, is from 50 EA on, the line has 10 EA.',
      'Also considered: price list LIST version 1 row 1: does not count, is per BX, the line in EA, and nobody said how many of the item one BX holds.',
    ],
  },
  {
    when: "the order's basis is unknown",
    terms: [term(CONTRACT, '2')],
    asked: { theirs: '2', theirBasis: 'ZZ' },
    words: [
      'Asked: 10 EA of PUMP, ordered 2024-06-01, in USD.',
      'Our price: 2 USD per EA, by contract CT-1 version 1 row 1, in force from 2024-01-01 to 2024-12-31; the order date 2024-06-01 counts.',
      "Our price and the order's cannot be compared: a price basis is unknown (ZZ).",
    ],
  },
];

for (const row of ROWS)
  test(`in words: ${row.when}`, (t) => {
    const rules = { ...RULES, tolerance: row.tolerance ?? {} };
    const proof = priceLine(asked(row.asked), book(row.terms, row.book), rules);
    t.deepEqual(explainPrice(proof), [...row.words]);
    t.deepEqual(explainPrice(JSON.parse(JSON.stringify(proof))), [...row.words]);
  });
