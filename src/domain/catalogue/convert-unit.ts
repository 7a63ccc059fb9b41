import { type Decimal, fromBig, toBig } from '../../lib/decimal.ts';
import type { Item } from './catalogue.ts';

type Measured = Pick<Item, 'unit' | 'conversions'>;

/** How many of the item's own unit one of `unit` holds: `1` for that unit, undefined where nobody said. */
export function unitsIn(item: Measured, unit: string): Decimal | undefined {
  if (unit === item.unit) return '1';
  const units = item.conversions.get(unit);
  return units !== undefined && toBig(units).gt(0) ? units : undefined;
}

/** The quantity in the item's own unit, exact; undefined where `unit` cannot be converted. */
export function toStockUnits(item: Measured, quantity: Decimal, unit: string): Decimal | undefined {
  const units = unitsIn(item, unit);
  return units === undefined ? undefined : fromBig(toBig(quantity).times(units));
}
