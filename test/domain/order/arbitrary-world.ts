import fc from 'fast-check';
import type { Stock, StockPosition } from '../../../src/domain/allocation/stock.ts';
import type { OrderFacts } from '../../../src/domain/order/order-facts.ts';
import type { PurchaseOrder, PurchaseOrderLine } from '../../../src/domain/order/purchase-order.ts';
import type { RulingChoice } from '../../../src/domain/order/ruling.ts';
import { orderPolicy } from '../../../src/domain/partner/order-policy.ts';
import { type KnownItem, makeSharedFacts } from '../../support/order-facts.ts';
import { position, warehouse } from '../allocation/support.ts';
import { blanket, blanketLine } from '../blanket/support.ts';
import { order, price, ruling } from './support.ts';

/** Few items, small numbers and close days, so that rules meet. */
const NUMBERS = ['I-1', 'I-2', 'I-3', 'I-4'];
const number = fc.constantFrom(...NUMBERS);
const day = fc.integer({ min: 1, max: 28 }).map((n) => `2026-01-${String(n).padStart(2, '0')}`);
/** Mostly absent: else something would be wrong with every order. */
const rarely = <T, N>(some: fc.Arbitrary<T>, none: N): fc.Arbitrary<T | N> =>
  fc.oneof({ weight: 6, arbitrary: fc.constant(none) }, { weight: 1, arbitrary: some });
const maybe = <T>(some: fc.Arbitrary<T>) => rarely(some, undefined);
const orNull = <T>(some: fc.Arbitrary<T>) => rarely(some, null);
const none = <T>(some: fc.Arbitrary<T[]>) => rarely<T[], T[]>(some, []);
const few = fc.integer({ min: 0, max: 30 }).map(String);
const some = fc.integer({ min: 1, max: 30 }).map(String);
const unit = fc.constantFrom('EA', 'CA', 'LB', 'ZZ');
const place = fc.constantFrom('US-CA', 'US', 'CU');

/** Decimals as senders write them, the odd ones among them. */
const decimal = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 1, max: 40 }).map(String) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('0', '-3', '2.5', '.5', '7.', '+4', '0.000', '00012', '99999999999999999'),
  },
);

const known: fc.Arbitrary<Omit<KnownItem, 'number' | 'ids'>> = fc.record({
  unit: fc.constantFrom('EA', 'EA', 'LB'),
  status: fc.constantFrom('active', 'active', 'active', 'active', 'phase-out', 'discontinued'),
  serialised: fc.constantFrom(false, false, false, true),
  hazard: orNull(fc.constant('3')),
  minimum: orNull(some),
  maximum: orNull(some),
  multiple: orNull(fc.constantFrom('1', '5', '12', '0.5')),
  customers: orNull(fc.subarray(['acme', 'other'])),
  barred: none(fc.subarray(['US-CA', 'CU'])),
  units: orNull(fc.constant({ CA: '12' })),
  relations: fc
    .tuple(
      fc.array(fc.tuple(fc.constant('substitute' as const), number), { maxLength: 2 }),
      none(
        fc.array(fc.tuple(fc.constantFrom('incompatible' as const, 'requires' as const), number), {
          maxLength: 2,
        }),
      ),
    )
    .map((two) => two.flat()),
  prices: fc
    .tuple(
      none(fc.constant([price({ price: '3' })])),
      fc.constant([price({ validFrom: '2025-01-01' })]),
      none(fc.record({ unit, basis: fc.constantFrom('PE', 'HP', 'XX') }).map((change) => [price(change)])),
    )
    .map((all) => all.flat()),
});

const choice: fc.Arbitrary<RulingChoice> = fc.oneof(
  fc.constantFrom<RulingChoice>(
    { kind: 'accept-their-price' },
    { kind: 'answer-our-price' },
    { kind: 'answer-with-price', price: '5', basis: 'HP' },
    { kind: 'reject' },
    { kind: 'cancel' },
    { kind: 'override', codes: [] },
    { kind: 'release-hold' },
    { kind: 'set-quantity', quantity: '6' },
  ),
  number.map((item): RulingChoice => ({ kind: 'choose-item', item })),
  number.map((item): RulingChoice => ({ kind: 'substitute', item })),
);

const stockPosition = (at: string): fc.Arbitrary<StockPosition> =>
  fc
    .record({
      onHand: few,
      allocated: few,
      safety: fc.constantFrom('0', '0', '5'),
      receipts: fc.array(fc.record({ date: day, quantity: some }), { maxLength: 2 }),
      serials: fc
        .integer({ min: 0, max: 6 })
        .map((count) => Array.from({ length: count }, (_, i) => ({ serial: `${at}${i}`, attributes: {} }))),
    })
    .map((changes) => position({ warehouse: at, ...changes }));

const stock: fc.Arbitrary<Stock> = fc
  .record({
    positions: fc.tuple(...NUMBERS.map(() => fc.tuple(stockPosition('A'), stockPosition('B')))),
    hazards: fc.subarray(['3']),
  })
  .map(({ positions, hazards }) => ({
    warehouses: [warehouse('A', { hazards: ['3'] }), warehouse('B', { hazards, destinations: ['US'] })],
    positions: new Map(NUMBERS.map((name, i) => [name, positions[i]!])),
    weights: { wholeLine: 8, wholeOrder: 4, meetsDate: 2, cost: 1, load: 1 },
  }));

const policy = fc
  .record({
    price: fc.record({
      tolerance: fc.record({ percent: fc.constantFrom('0', '10') }),
      outside: fc.constantFrom('hold', 'contract', 'theirs', 'reject'),
    }),
    'unknown-item': fc.constantFrom('reject', 'hold'),
    quantity: fc.constantFrom('hold', 'adjust', 'reject'),
    substitute: fc.constantFrom('ask', 'auto', 'never'),
    promise: fc.constantFrom('as-ordered', 'stock', 'stock', 'stock'),
    short: fc.constantFrom('ship-partial', 'wait', 'cancel'),
    'over-release': fc.constantFrom('reject', 'hold'),
    duplicate: fc.constantFrom('hold', 'reject'),
  })
  .map((rules) => orderPolicy.parse(rules));

const account = fc.record({
  customer: fc.constant('acme'),
  currency: fc.constantFrom('USD', 'USD', 'EUR'),
  limit: fc.constantFrom('50', '100000'),
  openInvoices: few,
  shippedNotInvoiced: few,
  acceptedNotShipped: few,
  graceDays: fc.constant(5),
  oldestDue: maybe(day),
});

const held = fc
  .record({
    committed: some,
    released: few,
    price: fc.constantFrom('3', '3.25'),
    allowance: maybe(fc.constantFrom('0', '10')),
  })
  .map(({ allowance, ...terms }) =>
    blanket({
      allowance,
      lines: NUMBERS.map((item, i) => blanketLine({ number: String(i + 1), item, ...terms })),
    }),
  );

type Known = {
  readonly items: readonly Omit<KnownItem, 'number' | 'ids'>[];
  readonly rest: Partial<OrderFacts>;
};

function makeFacts({ items, rest }: Known): OrderFacts {
  const rows = items.map((one, i): KnownItem => {
    const itself = NUMBERS[i]!;
    const relations = (one.relations ?? []).filter(([, other]) => other !== itself);
    return { ...one, number: itself, ids: [['VP', itself]], relations };
  });
  const { blankets: _none, ...shared } = makeSharedFacts('acme', rows, { today: '2026-01-06' });
  return { ...shared, earlier: undefined, rulings: [], ...rest };
}

export const arbitraryFacts: fc.Arbitrary<OrderFacts> = fc
  .record({
    items: fc.tuple(...NUMBERS.map(() => known)),
    rest: fc.record({
      policy,
      stock,
      credit: maybe(account),
      blanket: fc.option(held, { nil: undefined }),
      rulings: none(
        fc.array(
          fc
            .tuple(choice, fc.constantFrom(undefined, '1', '2', '3'))
            .map(([what, line]) => ruling(what, line)),
          { maxLength: 2 },
        ),
      ),
    }),
  })
  .map(makeFacts);

const ids = fc.oneof(
  { weight: 6, arbitrary: number.map((value) => [{ qualifier: 'VP', value }]) },
  { weight: 1, arbitrary: fc.constant([]) },
  {
    weight: 1,
    arbitrary: fc.tuple(number, number).map((two) => two.map((value) => ({ qualifier: 'VP', value }))),
  },
);

type Loose = { readonly [K in keyof PurchaseOrderLine]?: PurchaseOrderLine[K] | undefined };

const orderedLine = fc.record({
  ids,
  quantity: fc.option(decimal, { nil: undefined, freq: 10 }),
  unit: fc.oneof(
    { weight: 3, arbitrary: fc.constant('EA') },
    { weight: 2, arbitrary: unit },
    { weight: 1, arbitrary: fc.constant(undefined) },
  ),
  unitPrice: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom('3', '3.25') },
    { weight: 1, arbitrary: maybe(decimal) },
  ),
  priceBasis: maybe(fc.constantFrom('PE', 'HP', 'XX')),
  description: maybe(fc.constant('A THING')),
  requestedDelivery: maybe(day),
  currency: maybe(fc.constant('EUR')),
});

/** Lines have numbers of their own, in no order. */
export const arbitraryOrder: fc.Arbitrary<PurchaseOrder> = fc
  .record({
    type: fc.constantFrom('standalone', 'standalone', 'drop-ship', 'release', 'blanket'),
    purpose: fc.constantFrom('original', 'original', 'original', 'duplicate'),
    lines: fc.array(orderedLine, { minLength: 1, maxLength: 6 }),
    total: maybe(fc.constantFrom('100', '1000')),
    dates: none(
      fc.array(fc.record({ qualifier: fc.constantFrom('001', '010'), date: day }), { maxLength: 2 }),
    ),
    region: maybe(place),
  })
  .map(({ lines, total, dates, region, type, purpose }) => {
    const [country, state] = region?.split('-') ?? [];
    const address = country === undefined ? {} : { address: { country, ...(state && { region: state }) } };
    return order({
      type,
      purpose,
      dates,
      parties: [{ role: 'ship-to', code: 'ST', id: 'DC12', ...address }],
      lines: lines.map((line, i) => tidy({ ...line, number: String(i + 1) } as Loose)),
      ...(total === undefined ? {} : { totalAmounts: [{ qualifier: 'TT', amount: total }] }),
    });
  });

/** As maps read it: absent, not undefined. */
function tidy(line: Loose): PurchaseOrderLine {
  return Object.fromEntries(
    Object.entries(line).filter(([, value]) => value !== undefined),
  ) as PurchaseOrderLine;
}
