import type { BilledOrder, BillingFacts } from '../../../src/domain/invoice/billing.ts';
import type { LineDecision } from '../../../src/domain/order/order-decision.ts';
import type { PurchaseOrder } from '../../../src/domain/order/purchase-order.ts';
import type { ShippedGoods } from '../../../src/domain/shipment/shipped.ts';
import { decideLine, order as makeOrder } from '../shipment/support.ts';

export const remitTo = {
  role: 'remit-to',
  code: 'RE',
  name: 'CAUSEWAY SUPPLY',
  address: { lines: ['PO BOX 4471'], city: 'CINCINNATI', region: 'OH', postalCode: '45201', country: 'US' },
};

export type Priced = { readonly quantity?: string; readonly price?: string; readonly basis?: string } & {
  readonly allowanceCharges?: PurchaseOrder['lines'][number]['allowanceCharges'];
};

/** An order whose lines are accepted at these prices, and how much of each has shipped. */
export function billedOrder(
  lines: readonly Priced[],
  shipped: readonly string[],
  more: Partial<PurchaseOrder> = {},
  said: Partial<Omit<BilledOrder, 'order'>> = {},
): BilledOrder {
  const poNumber = more.poNumber ?? 'PO-1';
  const base = makeOrder(
    poNumber,
    lines.map((_, i) => String(i + 1)),
  );
  const order: PurchaseOrder = {
    ...base,
    lines: base.lines.map((line, i) => {
      const { quantity = '100', allowanceCharges } = lines[i]!;
      return { ...line, quantity, ...(allowanceCharges === undefined ? {} : { allowanceCharges }) };
    }),
    ...more,
  };
  const decisions = lines.map(
    ({ price = '2.50', basis = 'PE' }): LineDecision => decideLine({ price, priceBasis: basis }),
  );
  return {
    id: poNumber,
    order,
    decision: { outcome: 'accepted', repeated: false, reasons: [], lines: decisions, exceptions: [] },
    shipped: new Map(shipped.map((quantity, i) => [i + 1, quantity])),
    invoiced: new Map(),
    chargesBilled: false,
    ...said,
  };
}

/** What ships of each line of an order; `0` for a line that is not in it. */
export function shipmentOf(
  order: BilledOrder,
  quantities: readonly string[],
  more: Partial<ShippedGoods['content']> = {},
  number = 'SH-1',
): ShippedGoods {
  const lines = quantities.flatMap((quantity, i) =>
    quantity === '0'
      ? []
      : [
          {
            position: i + 1,
            order: order.id,
            poNumber: order.order.poNumber,
            releaseNumber: '',
            line: String(i + 1),
            orderPosition: i + 1,
            item: `ITEM-${i + 1}`,
            quantity,
            unit: 'EA',
            stockQuantity: quantity,
            lots: [],
            serials: [],
          },
        ],
  );
  return {
    id: number,
    number,
    partner: 'acme',
    test: false,
    version: 1,
    state: 'shipped',
    at: '2026-03-02T10:00:00Z',
    shipDate: '2026-03-01',
    content: { kind: 'shipment', purpose: 'original', ...more },
    lines,
  };
}

export function billingFacts(
  orders: readonly BilledOrder[],
  shipments: readonly ShippedGoods[],
  more: Partial<BillingFacts> = {},
): BillingFacts {
  return {
    today: '2026-03-02',
    number: 'INV-1',
    orders,
    shipments,
    currency: 'USD',
    rounding: 'half-up',
    terms: { netDays: 30 },
    taxes: [],
    remitTo,
    ...more,
  };
}
