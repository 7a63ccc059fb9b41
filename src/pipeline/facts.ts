import { identifyOrder } from '../domain/order/decide-order.ts';
import type { Catalogue, EarlierOrder, OrderFacts } from '../domain/order/order-facts.ts';
import type { PurchaseOrder } from '../domain/order/purchase-order.ts';

/** What must be known before a file is judged; loaded whole, so that the judgement itself is pure. */
export type FileFacts = {
  /** Inbound interchanges already taken, by `interchangeKey`. */
  readonly interchanges: ReadonlyMap<string, { readonly id: string; readonly sha256: string }>;
  /** Live orders already known, by `orderKey`. */
  readonly orders: ReadonlyMap<string, EarlierOrder>;
  /** Test orders already known: kept apart, so that a test never holds up a live order. */
  readonly testOrders: ReadonlyMap<string, EarlierOrder>;
  readonly order: Omit<OrderFacts, 'earlier' | 'catalogue'>;
  /** Items and the partner's prices in a currency. */
  readonly catalogue: (currency: string) => Catalogue;
};

export function interchangeKey(header: {
  readonly sender: string;
  readonly receiver: string;
  readonly control: string;
  readonly usage: string;
}): string {
  return JSON.stringify([header.sender, header.receiver, header.control, header.usage]);
}

export function orderKey(order: PurchaseOrder): string {
  const { poNumber, releaseNumber, shipTo } = identifyOrder(order);
  return JSON.stringify([poNumber, releaseNumber, shipTo]);
}
