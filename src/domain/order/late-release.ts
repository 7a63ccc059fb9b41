import type { PlainDate } from '../../lib/dates.ts';
import type { Blanket } from '../blanket/blanket.ts';
import type { PurchaseOrder } from './purchase-order.ts';

/**
 * The blanket order as a release finds it: one that was ordered before its buyer cancelled the blanket counts, whenever
 * it comes. `cancelledOn` is the date of that change (BCH11).
 */
export function reopenForRelease(
  blanket: Blanket,
  cancelledOn: PlainDate | undefined,
  { orderDate }: PurchaseOrder,
): Blanket {
  const inTime = cancelledOn !== undefined && orderDate !== undefined && orderDate <= cancelledOn;
  return inTime ? { ...blanket, state: 'open' } : blanket;
}
