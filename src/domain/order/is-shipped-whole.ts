import { type Decimal, toBig } from '../../lib/decimal.ts';
import { HELD, isRejected } from './line-draft.ts';
import type { OrderDecision } from './order-decision.ts';
import type { PurchaseOrder } from './purchase-order.ts';

/** Whether nothing that stands is left to ship, and nothing is asked that might. `shippedAt` takes the place of a line, from 1. */
export function isShippedWhole(
  { lines }: Pick<PurchaseOrder, 'lines'>,
  decision: OrderDecision,
  shippedAt: (position: number) => Decimal | undefined,
): boolean {
  const standing = lines.flatMap((line, i) => {
    const decided = decision.lines[i]!;
    return isRejected(decided) || decided.status === 'ID' ? [] : [{ line, decided, position: i + 1 }];
  });
  return (
    standing.length > 0 &&
    standing.every(({ line, decided, position }) => {
      const ordered = decided.quantity ?? line.quantity ?? '0';
      return !HELD.has(decided.status) && toBig(shippedAt(position) ?? '0').gte(ordered);
    })
  );
}
