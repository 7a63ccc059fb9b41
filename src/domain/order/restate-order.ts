import type { OrderChange } from './order-change.ts';
import type { PurchaseOrder } from './purchase-order.ts';

/**
 * An order that came under the number of another, as the change that puts it in the place of that one. Its number is 0:
 * it is none of the buyer's, and comes before them all.
 */
export function restateOrder(order: PurchaseOrder): OrderChange {
  const {
    kind: _kind,
    purposeCode: _code,
    customerOrderNumber: _number,
    lines,
    unmapped: _unmapped,
    ...terms
  } = order;
  return {
    ...terms,
    kind: 'order-change',
    purpose: 'replace',
    changeSequence: '0',
    lines: lines.map((line) => ({ ...line, change: 'replace', changeCode: 'RZ' })),
  };
}
