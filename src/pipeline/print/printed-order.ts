import type { Id } from '../../domain/exchange/records.ts';
import type { OrderDecision } from '../../domain/order/order-decision.ts';
import type { PurchaseOrder } from '../../domain/order/purchase-order.ts';
import type { Database } from '../../store/database.ts';
import { loadOrders } from '../../store/printed-orders.ts';

/** An order as it stands, as far as papers tell of it. */
export type PrintedOrder = {
  readonly id: Id;
  readonly partner: string;
  readonly order: PurchaseOrder;
  readonly decision: OrderDecision;
};

/** The orders that lines name, in their order. */
export async function loadPrintedOrders(
  db: Database,
  lines: readonly { readonly order: Id }[],
): Promise<readonly PrintedOrder[]> {
  return await loadOrders(db, [...new Set(lines.map(({ order }) => order))]);
}
