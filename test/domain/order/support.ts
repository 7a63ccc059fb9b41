import test from 'ava';
import { decideOrder } from '../../../src/domain/order/decide-order.ts';
import type { OrderDecision, OrderOutcome } from '../../../src/domain/order/order-decision.ts';
import type { OrderFacts } from '../../../src/domain/order/order-facts.ts';
import type { PurchaseOrder, PurchaseOrderLine } from '../../../src/domain/order/purchase-order.ts';
import type { Ruling, RulingChoice } from '../../../src/domain/order/ruling.ts';
import { pickFacts } from '../../../src/domain/order/share-facts.ts';
import { orderPolicy } from '../../../src/domain/partner/order-policy.ts';
import type { PriceBook } from '../../../src/domain/pricing/price-terms.ts';
import { type KnownItem, makeSharedFacts } from '../../support/order-facts.ts';

/** An order of one line that everything is right with; each test changes what it is about. */
export function order(
  changes: Partial<PurchaseOrder> = {},
  line: Partial<PurchaseOrderLine> = {},
): PurchaseOrder {
  return {
    kind: 'purchase-order',
    source: {
      format: 'x12',
      version: '004010',
      set: '850',
      sender: 'ZZ:ACME',
      receiver: 'ZZ:US',
      interchange: '000000001',
      group: '1',
      control: '0001',
    },
    purpose: 'original',
    type: 'standalone',
    poNumber: 'PO1',
    orderDate: '2026-01-05',
    currency: 'USD',
    parties: [{ role: 'ship-to', code: 'ST', idQualifier: '92', id: 'DC12' }],
    lines: [
      {
        number: '1',
        quantity: '10',
        unit: 'EA',
        unitPrice: '3.25',
        priceBasis: 'PE',
        ids: [{ qualifier: 'BP', value: 'PART-1' }],
        ...line,
      },
    ],
    ...changes,
  };
}

type Line = PurchaseOrderLine;

/** The line of `order`, changed; `null` takes a field away. */
export function line(number: string, changes: { readonly [K in keyof Line]?: Line[K] | null } = {}): Line {
  const given = Object.entries({ ...order().lines[0], number, ...changes });
  return Object.fromEntries(given.filter(([, value]) => value !== null)) as Line;
}

type Policy = OrderFacts['policy'];
export type Price = NonNullable<KnownItem['prices']>[number];

export const price = (change: Partial<Price> = {}): Price => ({
  unit: 'EA',
  price: '3.25',
  basis: 'PE',
  currency: 'USD',
  validFrom: '2024-01-01',
  validTo: null,
  ...change,
});

export type Changes = Partial<Omit<OrderFacts, 'policy' | 'prices'>> & {
  readonly policy?: Partial<Policy>;
  readonly prices?: readonly Price[];
  /** Contracts and lists, in the place of `prices`. */
  readonly book?: PriceBook;
  /** What else is known of A-1. */
  readonly item?: Partial<KnownItem>;
  readonly others?: readonly KnownItem[];
};

/** Two items of ours: A-1, which the partner has a price for and calls PART-1, and B-2. */
export function facts(changes: Changes = {}): OrderFacts {
  const { policy, prices = [price()], book, item, others = [], ...rest } = changes;
  const names: [string, string][] = [
    ['BP', 'PART-1'],
    ['VP', 'A-1'],
  ];
  const items: KnownItem[] = [
    { number: 'A-1', ids: names, prices, ...item },
    { number: 'B-2', ids: [['UP', '0123']] },
    ...others,
  ];
  const agreed = orderPolicy.parse({ price: { tolerance: { percent: '1', amount: '5.00' } } });
  const shared = makeSharedFacts('acme', items, { today: '2026-01-06', policy: { ...agreed, ...policy } });
  return { ...pickFacts(shared, order(), undefined), ...(book && { prices: book }), ...rest };
}

/** Another item that is sold at `price`, and that the partner calls by our number. */
export function item(number: string, changes: Partial<KnownItem> = {}): KnownItem {
  return { number, ids: [['VP', number]], prices: [price()], ...changes };
}

export const ours = (number: string) => [{ qualifier: 'VP', value: number }];

/** A choice of Ana, on the first line or on what is named. */
export function ruling(choice: RulingChoice, line?: string): Ruling {
  return {
    at: '2026-01-06T09:00:00Z',
    by: 'ana',
    choice,
    ...(line === undefined ? {} : { line }),
  };
}

/** What of a decision the tests speak of; codes of reasons stand by line, then those of the whole order. */
export type Told = {
  readonly outcome: OrderOutcome;
  readonly statuses: string;
  readonly reasons: readonly string[];
  readonly whole: string;
  readonly raised: readonly string[];
  readonly items: readonly (string | undefined)[];
  readonly quantities: readonly (string | undefined)[];
  readonly units: readonly (string | undefined)[];
  readonly prices: readonly (string | undefined)[];
  readonly amount: string | undefined;
};

export function tell({ outcome, lines, reasons, exceptions, amount }: OrderDecision): Told {
  const codes = (some: OrderDecision['reasons']) => some.map(({ code }) => code).join(' ');
  return {
    outcome,
    statuses: lines.map(({ status }) => status).join(' '),
    reasons: lines.map((one) => codes(one.reasons)),
    whole: codes(reasons),
    raised: exceptions.map(({ kind, line = 'order' }) => `${line} ${kind}`),
    items: lines.map((one) => one.item),
    quantities: lines.map((one) => one.quantity),
    units: lines.map((one) => one.unit),
    prices: lines.map((one) => one.price),
    amount,
  };
}

export type Row = {
  readonly when: string;
  readonly order?: Partial<PurchaseOrder>;
  readonly line?: Parameters<typeof line>[1];
  /** In the place of the one line. */
  readonly lines?: readonly PurchaseOrderLine[];
  readonly facts?: Changes;
  readonly told: Partial<Told>;
};

/** A test for each row of a table: given the order and the facts, decided, what the row says is told of it. */
export function testRows(rule: string, rows: readonly Row[]): void {
  for (const row of rows) {
    test(`${rule}: ${row.when}`, (t) => {
      const lines = [...(row.lines ?? [line('1', row.line)])];

      const decided = tell(decideOrder(order({ lines, ...row.order }), facts(row.facts)));

      const names = Object.keys(row.told) as (keyof Told)[];
      t.true(names.length > 0);
      t.deepEqual(Object.fromEntries(names.map((name) => [name, decided[name]])), row.told);
    });
  }
}
