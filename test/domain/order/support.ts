import type { OrderFacts } from '../../../src/domain/order/order-facts.ts';
import type { PurchaseOrder, PurchaseOrderLine } from '../../../src/domain/order/purchase-order.ts';
import { pickFacts } from '../../../src/domain/order/share-facts.ts';
import { orderPolicy } from '../../../src/domain/partner/partner.ts';
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

/** Two items of ours: A-1, which the partner has a price for and calls PART-1, and B-2. */
export function facts(
  changes: Partial<Omit<OrderFacts, 'policy' | 'prices'>> & {
    readonly policy?: Partial<Policy>;
    readonly prices?: readonly Price[];
    /** What else is known of A-1. */
    readonly item?: Partial<KnownItem>;
    readonly others?: readonly KnownItem[];
  } = {},
): OrderFacts {
  const { policy, prices = [price()], item, others = [], ...rest } = changes;
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
  return { ...pickFacts(shared, order(), undefined), ...rest };
}
