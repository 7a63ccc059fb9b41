import type { Big } from '../../lib/big.ts';
import { type Decimal, fromBig, toBig } from '../../lib/decimal.ts';
import type { Item } from '../catalogue/catalogue.ts';
import { unitsIn } from '../catalogue/convert-unit.ts';
import type { Blanket, BlanketLine } from './blanket.ts';
import type { ReleaseLine, ReleaseReason } from './release.ts';

export type MatchedLine =
  | {
      readonly kind: 'matched';
      readonly on: BlanketLine;
      /** In the unit of the blanket's line. */
      readonly quantity: Decimal;
      /** The price that differs, where it does. */
      readonly reasons: readonly ReleaseReason[];
    }
  | { readonly kind: 'unmatched'; readonly reasons: readonly ReleaseReason[] };

/** The line of the blanket that a line of a release draws on, with its quantity and price compared. */
export function matchReleaseLine(line: ReleaseLine, blanket: Blanket): MatchedLine {
  const { item, quantity } = line;
  if (item === undefined) {
    const text = `its item is not known, so no line of blanket order ${blanket.poNumber} is`;
    return unmatched(line, { code: 'blanket-line-unknown', text });
  }
  const on = findLine(line.number, item.number, blanket);
  if ('code' in on) return { kind: 'unmatched', reasons: [on] };
  const reasons = checkPrice(line, item, on, blanket);
  if (quantity === undefined)
    return unmatched(line, { code: 'quantity-missing', text: 'no quantity is given' }, reasons);
  if (toBig(quantity).lte(0)) {
    const text = `quantity ${quantity} is not above zero`;
    return unmatched(line, { code: 'quantity-not-positive', text }, reasons);
  }
  const converted = convertQuantity(item, quantity, line.unit ?? on.unit, on.unit);
  if (converted !== undefined) return { kind: 'matched', on, quantity: converted, reasons };
  const text = `${quantity} ${line.unit} of ${item.number} cannot be counted in ${on.unit}, the unit of line ${on.number} of blanket order ${blanket.poNumber}`;
  return unmatched(line, { code: 'unit-unknown', text }, reasons);
}

/** What is wrong with item, quantity and unit of any order was told already where the line is refused. */
function unmatched(
  { refused }: ReleaseLine,
  own: ReleaseReason,
  others: readonly ReleaseReason[] = [],
): MatchedLine {
  return { kind: 'unmatched', reasons: refused === true ? others : [own, ...others] };
}

/** By the item; PO101 tells which where several lines of the blanket are of the same item. */
function findLine(number: string, item: string, blanket: Blanket): BlanketLine | ReleaseReason {
  const name = `blanket order ${blanket.poNumber}`;
  const lines = blanket.lines.filter((line) => line.item === item);
  const on = lines.length === 1 ? lines[0] : lines.find((line) => line.number === number);
  if (on !== undefined) return on;
  const numbers = lines.map((line) => line.number).join(', ');
  const text =
    lines.length === 0
      ? `item ${item} is in no line of ${name}`
      : `item ${item} is in lines ${numbers} of ${name}: the line number (PO101) must say which`;
  return { code: 'blanket-line-unknown', text };
}

function checkPrice(line: ReleaseLine, item: Item, on: BlanketLine, blanket: Blanket): ReleaseReason[] {
  if (line.price === undefined || on.price === undefined) return [];
  const theirs = { price: line.price, unit: line.unit ?? on.unit, basis: line.priceBasis };
  const agreed = { price: on.price, unit: on.unit, basis: on.priceBasis };
  if (isSamePrice(item, theirs, agreed)) return [];
  const name = ({ price, basis = 'PE', unit }: UnitPrice) => `${price} ${basis} by ${unit}`;
  const text = `released at ${name(theirs)}; line ${on.number} of blanket order ${blanket.poNumber} was agreed at ${name(agreed)}`;
  return [{ code: 'blanket-price', text }];
}

/** Undefined where the item is not counted in both units, or where the other unit cannot tell the quantity exactly. */
export function convertQuantity(
  item: Item,
  quantity: Decimal,
  from: string,
  to: string,
): Decimal | undefined {
  if (from === to) return fromBig(toBig(quantity));
  const [one, other] = [unitsIn(item, from), unitsIn(item, to)];
  if (one === undefined || other === undefined) return undefined;
  const base = toBig(quantity).times(one);
  const converted = base.div(other);
  return converted.times(other).eq(base) ? fromBig(converted) : undefined;
}

type UnitPrice = {
  readonly price: Decimal;
  readonly unit: string;
  /** Element 639; each where absent. */
  readonly basis?: string | undefined;
};

/** Whether two prices are the same money for the same quantity: multiplied out, so that nothing is rounded. */
function isSamePrice(item: Item, one: UnitPrice, other: UnitPrice): boolean {
  const [oneCounts, otherCounts] = [unitsPriced(item, one), unitsPriced(item, other)];
  if (oneCounts === undefined || otherCounts === undefined)
    return one.unit === other.unit && one.basis === other.basis && toBig(one.price).eq(other.price);
  return toBig(one.price).times(otherCounts).eq(toBig(other.price).times(oneCounts));
}

const PER: Readonly<Record<string, number>> = { PE: 1, HP: 100, TP: 1000 };

/** How many of the item's own unit the price is for. */
function unitsPriced(item: Item, { unit, basis = 'PE' }: UnitPrice): Big | undefined {
  const per = PER[basis];
  const units = unitsIn(item, unit);
  return per === undefined || units === undefined ? undefined : toBig(units).times(per);
}
