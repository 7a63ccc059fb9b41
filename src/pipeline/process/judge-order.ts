import { orderKey } from '../../domain/exchange/natural-keys.ts';
import { decideOrder, hashContent, identifyOrder } from '../../domain/order/decide-order.ts';
import type { PurchaseOrder } from '../../domain/order/purchase-order.ts';
import { pickFacts } from '../../domain/order/share-facts.ts';
import { enterOrder } from './ledger.ts';
import type { JudgedChange, JudgedOrder, Ledger, Ref } from './verdict.ts';

/** A test draws on what is there as well, and leaves nothing to live orders. */
export function judgeOrder(
  order: PurchaseOrder,
  ledger: Ledger,
  ref: Ref,
): { readonly order: JudgedOrder; readonly changes?: readonly JudgedChange[] } {
  const key = orderKey(identifyOrder(order));
  const earlier = ledger.orders.get(key);
  const taken = ledger.shared.blankets.find(({ poNumber }) => poNumber === order.poNumber);
  const decision = decideOrder(order, { ...pickFacts(ledger.shared, order, earlier), taken });
  const contentHash = hashContent(order);
  const judged: JudgedOrder = { order, decision, contentHash, isNew: earlier === undefined };
  if (earlier !== undefined) return { order: judged };
  ledger.orders.set(key, { contentHash, decision });
  return { order: judged, changes: enterOrder(ledger, order, decision, ref) };
}
