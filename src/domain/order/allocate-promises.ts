import { type Decimal, fromBig, isWhole, toBig } from '../../lib/decimal.ts';
import { type Allocation, allocateLine, type Claim } from '../allocation/allocation.ts';
import { comesInPieces } from '../allocation/outlook.ts';
import type { ShortPolicy } from '../allocation/plan-line.ts';
import type { LineDecision, LinePromise } from './order-decision.ts';
import type { PurchaseOrder, PurchaseOrderLine } from './purchase-order.ts';
import { findRequestedShip } from './requested-dates.ts';

/** What of a line is reserved, or waits, as it was decided. */
export function allocatePromises(
  order: PurchaseOrder,
  line: PurchaseOrderLine,
  { item, unit, promises = [], route = [], routes, requires }: LineDecision,
  {
    short,
    claim,
    nextId,
  }: { readonly short: ShortPolicy; readonly claim: Claim; readonly nextId: () => string },
): readonly Allocation[] {
  if (item === undefined || promises.length === 0) return [];
  const each = findKeptTogether(promises, unit);
  return groupByPart(promises).flatMap(([part, own]) => {
    const parts = own.flatMap(({ kind, stockQuantity: quantity, warehouse, ships, serials }) => {
      return kind === 'shipped' ? [] : [{ kind, quantity, warehouse, ships, serials, late: false }];
    });
    const requestedShip = part === undefined ? findRequestedShip(order, line) : own[0]?.notBefore;
    const promised = { item, parts, route: part === undefined ? route : (routes?.[part - 1] ?? route) };
    return allocateLine(promised, { requestedShip, requires, each, part }, short, claim, nextId);
  });
}

/** Few lines are wanted in parts. */
function groupByPart(
  promises: readonly LinePromise[],
): readonly (readonly [part: number | undefined, promises: readonly LinePromise[]])[] {
  if (promises.every(({ part }) => part === undefined)) return [[undefined, promises]];
  return [...Map.groupBy(promises, ({ part }) => part)];
}

/** How many of the item's unit are one of the line's, where nobody ships a part of one. */
function findKeptTogether(promises: readonly LinePromise[], unit: string | undefined): Decimal | undefined {
  if (unit === undefined || !comesInPieces({ unit, serialised: false })) return undefined;
  // Nearly always it is ordered in the item's own unit.
  if (promises.every((one) => one.quantity === one.stockQuantity)) return undefined;
  const add = (which: 'quantity' | 'stockQuantity') =>
    promises.reduce((sum, one) => sum.plus(one[which]), toBig('0'));
  const quantity = add('quantity');
  const all = add('stockQuantity');
  if (quantity.lte(0) || quantity.eq(all)) return undefined;
  return fromBig(isWhole(quantity) ? all.div(quantity) : all);
}
