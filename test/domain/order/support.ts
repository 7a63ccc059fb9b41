import type { OrderFacts, Price } from '../../../src/domain/order/order-facts.ts';
import type { PurchaseOrder, PurchaseOrderLine } from '../../../src/domain/order/purchase-order.ts';
import { partnerFile } from '../../../src/domain/partner/partner.ts';

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

export function facts(
  changes: {
    policy?: Partial<Policy>;
    prices?: Price[];
    active?: boolean;
    earlier?: OrderFacts['earlier'];
  } = {},
): OrderFacts {
  const file = partnerFile.parse({
    id: 'acme',
    name: 'Acme',
    identity: { x12: { interchange: 'ZZ:ACME', group: 'ACME' } },
    orders: { price: { tolerance: { percent: '1', amount: '5.00' } } },
  });
  const prices = changes.prices ?? [{ unit: 'EA', price: '3.25', basis: 'PE', validFrom: '2024-01-01' }];
  return {
    today: '2026-01-06',
    policy: { ...file.orders, ...changes.policy },
    currency: 'USD',
    catalogue: {
      itemOf: new Map([
        ['BP:PART-1', 'A-1'],
        ['VP:A-1', 'A-1'],
        ['UP:0123', 'B-2'],
      ]),
      items: new Map([
        ['A-1', { number: 'A-1', unit: 'EA', active: changes.active ?? true, prices }],
        ['B-2', { number: 'B-2', unit: 'EA', active: true, prices: [] }],
      ]),
    },
    earlier: changes.earlier,
  };
}
