import type { Big } from '../../lib/big.ts';
import type { PlainDate } from '../../lib/dates.ts';
import { fromBig, toBig } from '../../lib/decimal.ts';
import type { Serial, StockPosition } from './stock.ts';

const ZERO = toBig('0');

/** What can still be promised from a day on, until the next step. */
export type Step = { readonly date: PlainDate; readonly quantity: Big };

/**
 * Available to promise, from today on: on hand − allocated − safety + receipts up to the day − what is promised up to the
 * day. What is free on a day is no more than what is free on every later one: else a promise made now would eat what
 * was promised before for later. A receipt whose day has passed does not count, since nobody knows when it comes; one
 * that waits and has no day, or whose day has passed, counts as wanted today.
 */
export function availableByDate(position: StockPosition, today: PlainDate): readonly Step[] {
  return outline(position, today).steps;
}

/** What can be taken from the shelf today: never what only a receipt of today would bring. */
export function availableNow(position: StockPosition, today: PlainDate): Big {
  return outline(position, today).now;
}

type Outline = { readonly today: PlainDate; readonly steps: readonly Step[]; readonly now: Big };

/** A position never changes, and is looked at many times until a promise puts another in its place. */
const OUTLINES = new WeakMap<StockPosition, Outline>();

function outline(position: StockPosition, today: PlainDate): Outline {
  const known = OUTLINES.get(position);
  if (known?.today === today) return known;
  const inHand = toBig(position.onHand).minus(toBig(position.allocated)).minus(toBig(position.safety));
  const steps = sumUp(position, inHand, today);
  const available = steps[0]!.quantity;
  const made = { today, steps, now: available.lt(inHand) ? available : notBelowZero(inHand) };
  OUTLINES.set(position, made);
  return made;
}

function sumUp(position: StockPosition, inHand: Big, today: PlainDate): readonly Step[] {
  const changes = new Map<PlainDate, Big>([[today, inHand]]);
  const change = (date: PlainDate, by: Big) => changes.set(date, changes.get(date)?.plus(by) ?? by);
  for (const { date, quantity } of position.receipts) if (date >= today) change(date, toBig(quantity));
  for (const { ships, quantity } of position.waiting ?? [])
    change(ships !== undefined && ships > today ? ships : today, toBig(quantity).neg());

  if (changes.size === 1) return [{ date: today, quantity: notBelowZero(changes.get(today)!) }];
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

export function availableOn(position: StockPosition, date: PlainDate, today: PlainDate): Big {
  return availableByDate(position, today).findLast((step) => step.date <= date)?.quantity ?? ZERO;
}

/** The first day on which so much is available; undefined when that is not foreseen. */
export function firstDateOf(position: StockPosition, quantity: Big, today: PlainDate): PlainDate | undefined {
  return availableByDate(position, today).find((step) => step.quantity.gte(quantity))?.date;
}

/** The position after a reservation of stock in hand. */
export function reserveNow(
  position: StockPosition,
  quantity: Big,
  serials: readonly string[] = [],
): StockPosition {
  const taken = new Set(serials);
  return {
    ...position,
    allocated: fromBig(toBig(position.allocated).plus(quantity)),
    serials: taken.size === 0 ? position.serials : position.serials.filter((one) => !taken.has(one.serial)),
  };
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
