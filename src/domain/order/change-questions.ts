import { at, type Question } from './line-limits.ts';
import type { OrderChangeLine } from './order-change.ts';
import type { PurchaseOrderLine } from './purchase-order.ts';

/** What a change says of a line, as far as it counts. */
export type Said = Partial<PurchaseOrderLine>;

export const DIRECTION: Readonly<Partial<Record<OrderChangeLine['change'], 'up' | 'down'>>> = {
  'quantity-increase': 'up',
  'quantity-decrease': 'down',
};

/** Numbers of the change that are not those of the line. */
export function findOtherIds(line: PurchaseOrderLine, change: OrderChangeLine) {
  return change.ids.filter((id) =>
    line.ids.some((own) => own.qualifier === id.qualifier && own.value !== id.value),
  );
}

/** A number of another item: the line or the item may be a slip of the buyer's, unless the code changes items too. */
export function compareIds(line: PurchaseOrderLine, change: OrderChangeLine): Question[] {
  const other = findOtherIds(line, change);
  if (other.length === 0) return [];
  const theirs = other.map(({ qualifier, value }) => `${qualifier} ${value}`).join(', ');
  return [
    {
      code: 'change-conflict',
      text: `${at(line)}: the change names ${theirs}, which is not the item of the line`,
    },
  ];
}

/** A number in another unit means nothing beside those of the line, unless the line is restated with it. */
export function compareUnits(line: PurchaseOrderLine, change: OrderChangeLine, said: Said): Question[] {
  if (change.unit === undefined || line.unit === undefined || change.unit === line.unit) return [];
  const counts = said.quantity !== undefined || said.unitPrice !== undefined;
  const restated =
    said.quantity !== undefined && said.unitPrice !== undefined && DIRECTION[change.change] === undefined;
  if (!counts || restated) return [];
  return [
    {
      code: 'change-conflict',
      text: `${at(line)}: ordered by ${line.unit}, the change counts by ${change.unit}`,
    },
  ];
}

/** Parts of a quantity that has changed, where the change does not say how they share the new one. */
export function findStaleSplit(
  line: PurchaseOrderLine,
  amended: PurchaseOrderLine,
  said: Said,
): Question | undefined {
  const parts = line.schedule?.length ?? 0;
  const requantified = line.quantity !== amended.quantity;
  const redated = said.requestedDelivery !== undefined && said.requestedDelivery !== line.requestedDelivery;
  const text = (what: string) =>
    `${at(line)}: the change does not say how ${what} share ${amended.quantity ?? 'it'}`;
  if (
    parts > 1 &&
    said.schedule === undefined &&
    amended.schedule !== undefined &&
    (requantified || redated)
  ) {
    return { code: 'change-conflict', text: text(`the ${parts} delivery dates of the line`) };
  }
  if (requantified && amended.destinations !== undefined && said.destinations === undefined) {
    return { code: 'change-conflict', text: text('the destinations of the line') };
  }
  return undefined;
}
