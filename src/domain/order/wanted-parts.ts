import type { PlainDate } from '../../lib/dates.ts';
import { type Decimal, fromBig, toBig } from '../../lib/decimal.ts';
import type { Item } from '../catalogue/catalogue.ts';
import { toStockUnits } from '../catalogue/convert-unit.ts';
import type { PurchaseOrder, PurchaseOrderLine } from './purchase-order.ts';
import { findRequestedDelivery, findRequestedShip } from './requested-dates.ts';
import { findNamed, listPlaces, namesPlace, type Place } from './ship-to.ts';

/** A part of a line as the buyer wants it: how much, where, and by when. */
export type WantedPart = {
  /** In the item's unit; absent where it is all of the line. */
  readonly stockQuantity?: Decimal | undefined;
  readonly place: Place;
  readonly requestedShip?: PlainDate | undefined;
  readonly requestedDelivery?: PlainDate | undefined;
};

export type Wanted =
  | { readonly kind: 'parts'; readonly parts: readonly [WantedPart, ...WantedPart[]] }
  /** The order contradicts itself, or leaves open what goes where when. */
  | { readonly kind: 'unclear'; readonly text: string };

/** One SCH, or one place of an SDQ. */
type Share = {
  readonly quantity: Decimal | undefined;
  readonly unit: string | undefined;
  readonly part: WantedPart;
};

/** All of the line as one part: what a line without SCH and SDQ is, and one that is unclear where a person lets it through. */
export function wantWhole(order: PurchaseOrder, line: PurchaseOrderLine): WantedPart {
  return {
    place: listPlaces(order, line)[0],
    requestedShip: findRequestedShip(order, line),
    requestedDelivery: findRequestedDelivery(order, line),
  };
}

/** The parts of a line by its SCH or its SDQ; `item` tells how much each unit holds. */
export function listWanted(order: PurchaseOrder, line: PurchaseOrderLine, item: Item): Wanted {
  const { schedule = [], destinations = [] } = line;
  const whole = wantWhole(order, line);
  if (schedule.length === 0 && !namesPlace(line)) return { kind: 'parts', parts: [whole] };
  const scheduled = schedule.map(
    ({ quantity, unit, ...entry }): Share => ({ quantity, unit, part: { ...whole, ...daysOf(entry) } }),
  );
  const destined = destinations.flatMap(({ unit, shares }) =>
    shares.map(
      ({ place, quantity }): Share => ({
        quantity,
        unit,
        part: { ...whole, place: findNamed(place, order, line) },
      }),
    ),
  );
  const wrong = checkSum('SCH', scheduled, line, item) ?? checkSum('SDQ', destined, line, item);
  if (wrong !== undefined) return unclear(wrong);
  const places = new Set(listPlaces(order, line).map(({ code }) => code));
  const days = new Set(scheduled.map(({ part }) => sayDays(part)));
  if (places.size > 1 && destined.length === 0)
    return unclear(`it goes to ${[...places].join(', ')}, and nothing says how much to each`);
  if (places.size > 1 && days.size > 1)
    return unclear(
      `it goes to ${places.size} places on ${days.size} days, and nothing says what goes where when`,
    );
  const shares = places.size > 1 ? destined : days.size > 1 ? scheduled : [];
  const [first, ...others] = shares.map(
    ({ quantity, unit, part }): WantedPart => ({
      ...part,
      stockQuantity: inStock(quantity!, unit, line, item),
    }),
  );
  return { kind: 'parts', parts: first === undefined ? [whole] : [first, ...others] };
}

/**
 * The parts of what is answered, in the item's unit. Where that is not what was ordered, the last parts have the difference.
 */
export function fitParts(
  parts: readonly WantedPart[],
  answered: Decimal,
): readonly (WantedPart & { readonly stockQuantity: Decimal })[] {
  let left = toBig(answered);
  return parts.flatMap(({ stockQuantity = answered, ...part }, i) => {
    const own = i === parts.length - 1 || left.lt(stockQuantity) ? left : toBig(stockQuantity);
    left = left.minus(own);
    return own.gt(0) ? [{ ...part, stockQuantity: fromBig(own) }] : [];
  });
}

/** The parts without what has left of them, the first first. */
export function leaveOutShipped<P extends { readonly stockQuantity: Decimal }>(
  parts: readonly P[],
  shipped: Decimal,
): readonly P[] {
  let gone = toBig(shipped);
  if (gone.eq(0)) return parts;
  return parts.flatMap((part) => {
    const left = toBig(part.stockQuantity).minus(gone);
    gone = left.lt(0) ? left.neg() : toBig('0');
    return left.gt(0) ? [{ ...part, stockQuantity: fromBig(left) }] : [];
  });
}

/** A quantity that stands in no relation to that of its line, or a part that has none. */
function checkSum(
  segment: string,
  shares: readonly Share[],
  line: PurchaseOrderLine,
  item: Item,
): string | undefined {
  if (shares.length === 0 || line.quantity === undefined) return undefined;
  const without = shares.filter(({ quantity }) => quantity === undefined);
  if (without.length > 0)
    return shares.length === 1
      ? undefined
      : `${without.length} of its ${shares.length} ${segment} give no quantity`;
  const parts = shares.map(({ quantity, unit }) => inStock(quantity!, unit, line, item));
  const ordered = inStock(line.quantity, undefined, line, item);
  const foreign = shares[parts.indexOf(undefined)]?.unit;
  // A unit that the item is not sold in is told of the line itself.
  if (ordered === undefined) return undefined;
  if (foreign !== undefined) return `item ${item.number} is not sold in ${foreign}, as its ${segment} say`;
  const sum = parts.reduce((all, part) => all.plus(part!), toBig('0'));
  if (sum.eq(ordered)) return undefined;
  return `its ${segment} add up to ${fromBig(sum)} ${item.unit}, and ${ordered} ${item.unit} are ordered`;
}

function inStock(
  quantity: Decimal,
  unit: string | undefined,
  line: PurchaseOrderLine,
  item: Item,
): Decimal | undefined {
  return toStockUnits(item, quantity, unit ?? line.unit ?? item.unit);
}

function unclear(text: string): Wanted {
  return { kind: 'unclear', text };
}

function sayDays({ requestedShip, requestedDelivery }: WantedPart): string {
  return `${requestedShip} ${requestedDelivery}`;
}

/** SCH05 (element 374): 010 requested ship, 002 delivery requested, 106 required by. */
function daysOf({
  qualifier,
  date,
}: NonNullable<PurchaseOrderLine['schedule']>[number]): Partial<WantedPart> {
  if (date === undefined) return {};
  if (qualifier === '010') return { requestedShip: date, requestedDelivery: undefined };
  if (qualifier === '002' || qualifier === '106')
    return { requestedShip: undefined, requestedDelivery: date };
  return {};
}
