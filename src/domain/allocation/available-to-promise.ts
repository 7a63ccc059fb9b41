import type { Big } from '../../lib/big.ts';
import type { PlainDate } from '../../lib/dates.ts';
import { fromBig, toBig } from '../../lib/decimal.ts';
import type { Serial, StockPosition } from './stock.ts';

const ZERO = toBig('0');

/** What can still be promised from a day on, until the next step. */
export type Step = { readonly date: PlainDate; readonly quantity: Big };

/** What a warehouse has of an item, and what of it can be promised: reckoned when somebody asks, and once. */
export type Shelf = {
  readonly position: StockPosition;
  readonly today: PlainDate;
  outline: Outline | undefined;
};

export function openShelf(position: StockPosition, today: PlainDate): Shelf {
  return { position, today, outline: undefined };
}

type Outline = { readonly steps: readonly Step[]; readonly now: Big };

/**
 * Available to promise, from today on: on hand − allocated − safety + receipts up to the day − what is promised up to the
 * day. What is free on a day is no more than what is free on every later one: else a promise made now would eat what
 * was promised before for later. A receipt whose day has passed does not count, since nobody knows when it comes; one
 * that waits and has no day, or whose day has passed, counts as wanted today.
 */
export function availableByDate(shelf: Shelf): readonly Step[] {
  return outline(shelf).steps;
}

/** What can be taken from the shelf today: never what only a receipt of today would bring. */
export function availableNow(shelf: Shelf): Big {
  return outline(shelf).now;
}

function outline(shelf: Shelf): Outline {
  shelf.outline ??= reckon(shelf);
  return shelf.outline;
}

function reckon({ position, today }: Shelf): Outline {
  const inHand = toBig(position.onHand).minus(position.allocated).minus(position.safety);
  const steps = sumUp(position, inHand, today);
  const available = steps[0]!.quantity;
  return { steps, now: available.lt(inHand) ? available : notBelowZero(inHand) };
}

function sumUp({ receipts, waiting = [] }: StockPosition, inHand: Big, today: PlainDate): readonly Step[] {
  if (receipts.length + waiting.length === 0) return [{ date: today, quantity: notBelowZero(inHand) }];
  const changes = new Map<PlainDate, Big>([[today, inHand]]);
  const change = (date: PlainDate, by: Big) => changes.set(date, changes.get(date)?.plus(by) ?? by);
  for (const { date, quantity } of receipts) if (date >= today) change(date, toBig(quantity));
  for (const { ships, quantity } of waiting)
    change(ships !== undefined && ships > today ? ships : today, toBig(quantity).neg());

  let sum = ZERO;
  const steps = [...changes].sort(byDate).map(([date, by]) => {
    sum = sum.plus(by);
    return { date, quantity: sum };
  });
  let least = sum;
  for (let i = steps.length - 1; i >= 0; i -= 1) {
    const step = steps[i]!;
    if (step.quantity.lt(least)) least = step.quantity;
    steps[i] = { date: step.date, quantity: notBelowZero(least) };
  }
  return steps;
}

function byDate([a]: readonly [PlainDate, Big], [b]: readonly [PlainDate, Big]): number {
  return a < b ? -1 : 1;
}

export function availableOn(shelf: Shelf, date: PlainDate): Big {
  return availableByDate(shelf).findLast((step) => step.date <= date)?.quantity ?? ZERO;
}

/** The first day on which so much is available; undefined when that is not foreseen. */
export function firstDateOf(shelf: Shelf, quantity: Big): PlainDate | undefined {
  return availableByDate(shelf).find((step) => step.quantity.gte(quantity))?.date;
}

/** The position after a reservation of stock in hand. */
export function reserveNow(
  position: StockPosition,
  quantity: Big,
  serials: readonly string[] = [],
): StockPosition {
  const allocated = fromBig(toBig(position.allocated).plus(quantity));
  if (serials.length === 0) return { ...position, allocated };
  const taken = new Set(serials);
  return { ...position, allocated, serials: position.serials.filter((one) => !taken.has(one.serial)) };
}

/** The position after a promise from what is to come; without a day, of the first that comes. */
export function promiseLater(
  position: StockPosition,
  quantity: Big,
  ships: PlainDate | undefined,
): StockPosition {
  return { ...position, waiting: [...(position.waiting ?? []), { ships, quantity: fromBig(quantity) }] };
}

/**
 * Free serials that have all that is required (`serial` stands for the serial itself). Those of which the least is known
 * come first, so that a line without requirements leaves the special ones to the others.
 */
export function serialsFor(
  position: StockPosition,
  requires: Readonly<Record<string, string>>,
): readonly string[] {
  const meets = ({ serial, attributes }: Serial) =>
    Object.entries(requires).every(
      ([name, value]) => (name === 'serial' ? serial : attributes[name]) === value,
    );
  const known = (one: Serial) => Object.keys(one.attributes).length;
  return position.serials
    .filter(meets)
    .toSorted((a, b) => known(a) - known(b) || (a.serial < b.serial ? -1 : 1))
    .map((one) => one.serial);
}

function notBelowZero(value: Big): Big {
  return value.lt(ZERO) ? ZERO : value;
}
