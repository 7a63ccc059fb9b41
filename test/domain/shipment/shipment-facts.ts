import type { LineDecision, OrderDecision } from '../../../src/domain/order/order-decision.ts';
import type { PurchaseOrder } from '../../../src/domain/order/purchase-order.ts';
import type { Shipment } from '../../../src/domain/shipment/shipment.ts';
import type {
  ShipmentFacts,
  ShippableItem,
  ShippableOrder,
} from '../../../src/domain/shipment/shipment-facts.ts';
import { order } from './support.ts';

export function makeItem(number: string, more: Partial<ShippableItem> = {}): ShippableItem {
  return { number, unit: 'EA', conversions: new Map([['CA', '12']]), serialised: false, ...more };
}

/** An order of lines that were answered: `1 HB-1 100 EA` is line, item, quantity and unit. */
export function makeOrder(
  poNumber: string,
  lines: readonly string[],
  more: Partial<ShippableOrder> & { readonly lines?: readonly Partial<LineDecision>[] } = {},
): ShippableOrder {
  const { lines: decided = [], ...rest } = more;
  const split = lines.map((line) => line.split(' '));
  const [content] = [
    order(
      poNumber,
      split.map(([number]) => number!),
    ),
  ];
  const placed: PurchaseOrder = {
    ...content,
    lines: content.lines.map((line, i) => ({ ...line, quantity: split[i]![2]!, unit: split[i]![3]! })),
  };
  const decision: OrderDecision = {
    outcome: 'accepted',
    repeated: false,
    reasons: [],
    exceptions: [],
    lines: split.map(([, item, , unit], i) => ({ status: 'IA', item, unit, reasons: [], ...decided[i] })),
  };
  return {
    id: `id of ${poNumber}`,
    partner: 'acme',
    test: false,
    poNumber,
    releaseNumber: '',
    shipTo: 'DC12',
    order: placed,
    decision,
    state: 'open',
    shipped: new Map(),
    held: [],
    ...rest,
  };
}

export function makeFacts(
  orders: readonly ShippableOrder[],
  more: Partial<ShipmentFacts> = {},
): ShipmentFacts {
  const items = orders.flatMap(({ decision }) => decision.lines.flatMap(({ item }) => item ?? []));
  return {
    orders,
    items: new Map(items.map((number) => [number, makeItem(number)])),
    mayWait: true,
    warehouses: new Set(['DAY', 'RNO']),
    kept: new Map(),
    serials: [],
    keptBySerial: new Set(),
    usedSsccs: new Map(),
    policies: new Map(),
    certificates: [],
    rulings: [],
    ...more,
  };
}

/** `PO-1 1 4`: order, line and quantity, in no unit. */
export function tellLoose(goods: readonly string[], more: Partial<Shipment> = {}): Shipment {
  const loose = goods.map((one) => {
    const [poNumber = '', line = '', quantity = '', unit] = one.split(' ');
    return { poNumber, line, quantity, ...(unit === undefined ? {} : { unit }) };
  });
  return { kind: 'shipment', purpose: 'original', number: 'SH-1', loose, ...more };
}
