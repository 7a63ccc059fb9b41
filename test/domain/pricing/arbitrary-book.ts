import fc from 'fast-check';
import type { PriceAsked, PriceRules } from '../../../src/domain/pricing/price-line.ts';
import type {
  Agreement,
  AgreementKind,
  DateRule,
  PriceBook,
  PriceForm,
  PriceTerm,
  TermAdjustment,
} from '../../../src/domain/pricing/price-terms.ts';
import { asked, book, item } from './support.ts';

/** The first four times as often as all others. */
function mostly(usual: string, ...others: string[]): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 4, arbitrary: fc.constant(usual) },
    { weight: 1, arbitrary: fc.constantFrom(...others) },
  );
}

/** Few values of each kind, so that rows meet, contradict and replace each other often. */
const day = fc.constantFrom('2024-05-01', '2024-06-01', '2024-06-10', '2024-07-01');
const begin = mostly('2024-01-01', '2024-02-01', '2024-05-01', '2024-06-01', '2024-07-01');
const quantity = fc.constantFrom('0', '1', '9', '10', '12', '100', '0.5', '-3', '1000000');
const unit = mostly('EA', 'CA', 'DZ', 'BX');
const basis = mostly('PE', 'EA', 'HP', 'HU', 'TP', 'ZZ');
const currency = mostly('USD', 'EUR', 'JPY');
const price = fc.constantFrom('0', '1', '2', '3.2', '3.25', '0.0001', '12345.6789', '10');
const zone = fc.constantFrom('EAST', 'WEST');
const percent = fc.constantFrom('0', '1', '12.5', '-10', '33.333');
const bundleName = fc.constantFrom('KIT', 'SET');

/** Absent more often than not: rows that nothing refuses must be frequent, or nothing is tested behind the refusals. */
function maybe<T>(one: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: one });
}

const agreement: fc.Arbitrary<Agreement> = fc.record({
  kind: fc.constantFrom<AgreementKind>('contract', 'customer-price', 'group-contract', 'list'),
  number: mostly('A', 'B'),
  version: mostly('1', '2', '3').map(Number),
  currency,
  dateRule: fc.constantFrom<DateRule>('order-date', 'requested-ship-date'),
  validFrom: begin,
  validTo: maybe(maybe(day)),
  bundles: fc
    .dictionary(bundleName, fc.dictionary(fc.constantFrom('PUMP', 'HOSE'), quantity, { maxKeys: 2 }))
    .map(
      (all) => new Map(Object.entries(all).map(([name, parts]) => [name, new Map(Object.entries(parts))])),
    ),
});

const tiers = fc.array(fc.record({ from: quantity, price }), { maxLength: 4 });

const form: fc.Arbitrary<PriceForm> = fc.oneof(
  fc.record({ kind: fc.constant('fixed' as const), price }),
  fc.record({ kind: fc.constant('line-tiers' as const), tiers }),
  fc.record({ kind: fc.constant('cumulative-tiers' as const), tiers }),
  fc.record({ kind: fc.constant('cost-plus' as const), percent, floor: maybe(price), cap: maybe(price) }),
);

const adjustment: fc.Arbitrary<TermAdjustment> = fc.record({
  indicator: fc.constantFrom('allowance', 'charge'),
  code: fc.constantFrom('C310', 'D240'),
  rate: fc.oneof(
    fc.record({ kind: fc.constant('percent' as const), percent }),
    fc.record({ kind: fc.constant('per-unit' as const), amount: price }),
    fc.record({ kind: fc.constant('amount' as const), amount: price }),
  ),
});

const term: fc.Arbitrary<PriceTerm> = fc.record({
  agreement,
  position: fc.integer({ min: 1, max: 3 }),
  item: fc.constant('PUMP'),
  unit,
  basis,
  form,
  minimumQuantity: maybe(maybe(quantity)),
  zone: maybe(maybe(zone)),
  promotion: maybe(fc.constantFrom('JUNE', 'JULY')),
  bundle: maybe(bundleName),
  validFrom: maybe(begin),
  validTo: maybe(day),
  adjustments: fc.array(adjustment, { maxLength: 2 }),
});

export const arbitraryBook: fc.Arbitrary<PriceBook> = fc
  .record({
    terms: fc.array(term, { maxLength: 8 }),
    zone: maybe(zone),
    cost: maybe(fc.tuple(price, currency)),
    ordered: quantity,
  })
  .map(({ terms, zone, cost, ordered }) =>
    book(terms, {
      zone,
      costs: new Map(
        cost === undefined ? [] : [['PUMP', { cost: cost[0], currency: cost[1], validFrom: '2024-01-01' }]],
      ),
      ordered: new Map([['A:PUMP', ordered]]),
    }),
  );

/** A case holds 12, a dozen 12 as well, and what a box holds nobody said. */
export const PUMP = item({
  conversions: new Map([
    ['CA', '12'],
    ['DZ', '12'],
  ]),
});

export const arbitraryQuestion: fc.Arbitrary<PriceAsked> = fc
  .record({
    quantity,
    unit,
    theirs: maybe(price),
    theirBasis: maybe(basis),
    currency,
    orderDate: day,
    requestedShip: maybe(day),
    basket: fc
      .dictionary(fc.constantFrom('PUMP', 'HOSE'), quantity)
      .map((all) => new Map(Object.entries(all))),
    blanket: maybe(fc.record({ number: fc.constant('BK'), price, basis, unit })),
  })
  .map((question) => asked({ item: PUMP, ...question }));

export const arbitraryRules: fc.Arbitrary<PriceRules> = fc.record({
  tolerance: fc.record({
    percent: maybe(fc.constantFrom('0', '1', '50')),
    amount: maybe(fc.constantFrom('0', '1', '0.005')),
  }),
  rounding: fc.constantFrom('half-up', 'half-even'),
});
