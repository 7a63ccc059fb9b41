import type { Big } from '../../lib/big.ts';
import { type Decimal, fromBig, toBig } from '../../lib/decimal.ts';
import type { Id } from '../exchange/records.ts';
import { nameOrder } from '../order/name-order.ts';
import type { Reason } from '../reason.ts';
import type { HeldStock, ShipmentFacts, ShippableOrder } from './shipment-facts.ts';
import type { ShippedLine } from './shipped.ts';

/** What of a line left one warehouse, in the item's unit. */
export type StockDraw = {
  readonly order: Id;
  /** Place of the line in the order, from 1. */
  readonly position: number;
  readonly item: string;
  /** Absent where no stock is kept of the item. */
  readonly warehouse?: string | undefined;
  readonly quantity: Decimal;
  readonly serials: readonly string[];
};

type DrawFacts = Pick<ShipmentFacts, 'kept' | 'serials'>;

export type Drawing =
  | { readonly kind: 'drawn'; readonly draws: readonly StockDraw[] }
  | { readonly kind: 'unclear'; readonly reasons: readonly Reason[] };

/**
 * Which warehouse each part of the goods left: that of its serial, that which the report names, that where it was set
 * aside, or the only one that keeps the item. It is never guessed.
 */
export function drawStock(
  lines: readonly ShippedLine[],
  orders: readonly ShippableOrder[],
  named: string | undefined,
  facts: DrawFacts,
): Drawing {
  const reasons: Reason[] = [];
  const draws = lines.flatMap((line) => {
    const held = orders.find(({ id }) => id === line.order)?.held ?? [];
    const own = held.filter(({ position }) => position === line.orderPosition);
    const found = drawLine(line, own, named, facts);
    if (found !== undefined) return found;
    const places = facts.kept.get(line.item)?.join(', ');
    const text = `order ${nameOrder(line)} line ${line.line}: item ${line.item} lies in ${places}: warehouse must say which of them it left`;
    reasons.push({ code: 'warehouse-missing', text });
    return [];
  });
  return reasons.length === 0 ? { kind: 'drawn', draws } : { kind: 'unclear', reasons };
}

function drawLine(
  line: ShippedLine,
  held: readonly HeldStock[],
  named: string | undefined,
  { kept, serials: known }: DrawFacts,
): readonly StockDraw[] | undefined {
  const places = kept.get(line.item) ?? [];
  const taken = new Map<string | undefined, { quantity: Big; serials: string[] }>();
  let left = toBig(line.stockQuantity);
  const take = (warehouse: string | undefined, quantity: Big, serial?: string) => {
    const own = taken.get(warehouse) ?? { quantity: toBig('0'), serials: [] };
    taken.set(warehouse, { quantity: own.quantity.plus(quantity), serials: own.serials });
    if (serial !== undefined) own.serials.push(serial);
    left = left.minus(quantity);
  };
  const strange: string[] = [];
  for (const serial of line.serials) {
    const at = known.find((one) => one.item === line.item && one.serial === serial)?.warehouse;
    if (at === undefined) strange.push(serial);
    else take(at, toBig('1'), serial);
  }
  if (places.length === 0) take(undefined, left);
  else if (named !== undefined) take(named, left);
  else for (const one of sortHeld(held)) if (left.gt(0)) take(one.warehouse, least(left, one.quantity));
  if (left.gt(0) && places.length > 1) return undefined;
  if (left.gt(0)) take(places[0], left);
  const draws = [...taken].filter(([, { quantity }]) => quantity.gt(0));
  return draws.map(([warehouse, { quantity, serials }], i) => ({
    order: line.order,
    position: line.orderPosition,
    item: line.item,
    warehouse,
    quantity: fromBig(quantity),
    serials: i === 0 ? [...serials, ...strange] : serials,
  }));
}

/** What this shipment had before comes first: a correction takes it from where it was. */
function sortHeld(held: readonly HeldStock[]): readonly HeldStock[] {
  const known = held.filter(({ warehouse }) => warehouse !== undefined);
  return (['shipped', 'reserved'] as const).flatMap((state) => known.filter((one) => one.state === state));
}

function least(a: Big, b: Decimal): Big {
  return a.lt(b) ? a : toBig(b);
}
