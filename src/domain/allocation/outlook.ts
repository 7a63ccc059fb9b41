import type { Big } from '../../lib/big.ts';
import { addDays, laterOf, type PlainDate } from '../../lib/dates.ts';
import { type Decimal, isWhole, toBig, wholeMultiple } from '../../lib/decimal.ts';
import { lastWorkingDay, nextWorkingDay } from '../calendar/working-days.ts';
import type { Item } from '../catalogue/catalogue.ts';
import {
  availableByDate,
  availableNow,
  availableOn,
  type Shelf,
  serialsFor,
} from './available-to-promise.ts';
import type { Warehouse } from './stock.ts';

const ZERO = toBig('0');

export type LineToPromise = {
  /** PO101. */
  readonly line: string;
  readonly item: Item;
  /** In the item's unit. */
  readonly quantity: Decimal;
  /** How many of the item's unit stay together: what is ordered by the case leaves in whole cases. */
  readonly each?: Decimal | undefined;
  /** The day on which it is to leave; as soon as can be where neither day is given. */
  readonly requestedShip?: PlainDate | undefined;
  /** The day on which it is to arrive; it leaves by as many days before as the zone takes. */
  readonly requestedDelivery?: PlainDate | undefined;
  /** Of the place it goes to. */
  readonly zone?: string | undefined;
  /** `US-OH`, or `US` where no region is known. */
  readonly destination?: string | undefined;
  /** What each serial must have, by name of the attribute; `serial` is the serial itself. */
  readonly requires?: Readonly<Record<string, string>> | undefined;
};

/** What is there to promise from, by warehouse. A promise puts another shelf in the place of the one it draws on. */
export type Supply = Map<string, Shelf>;

export type Planning = {
  readonly zone?: string | undefined;
  readonly today: PlainDate;
};

/** The first day from this one on that the warehouse ships on. */
export function shipsFrom(day: PlainDate, { calendar }: Pick<Warehouse, 'calendar'>): PlainDate {
  return calendar === undefined ? day : nextWorkingDay(day, calendar);
}

/** What is to arrive on a day leaves on the last day before that is worked. */
function leavesBy(delivery: PlainDate, { zones, calendar }: Warehouse, zone: string | undefined): PlainDate {
  const days = zone === undefined ? 0 : (zones.get(zone)?.days ?? 0);
  const day = addDays(delivery, -days);
  return calendar === undefined ? day : lastWorkingDay(day, calendar);
}

/** When something leaves. */
export type Leaving = {
  readonly ships: PlainDate;
  /** Later than was asked. */
  readonly late: boolean;
  /** When it would have left, were the warehouse not closed on that day. */
  readonly closed?: PlainDate | undefined;
};

/** When what is there from a day on leaves: not before it is wanted, and on a day on which the warehouse ships. */
export function leaveFrom(
  line: LineToPromise,
  warehouse: Warehouse,
  { zone, today }: Planning,
  day: PlainDate = today,
): Leaving {
  const { requestedShip, requestedDelivery } = line;
  const asked =
    requestedShip ??
    (requestedDelivery === undefined ? undefined : leavesBy(requestedDelivery, warehouse, zone));
  const due = asked ?? shipsFrom(today, warehouse);
  const open = laterOf(day, laterOf(asked ?? today, today));
  const ships = shipsFrom(open, warehouse);
  return { ships, late: ships > due, closed: ships === open ? undefined : open };
}

/** Not any serial will do. */
export function isDemanding({ item, requires = {} }: LineToPromise): boolean {
  return item.serialised && Object.keys(requires).length > 0;
}

/** In hand and free for this line: of a serialised item no more than there are serials that will do. */
export function inHandFor(line: LineToPromise, shelf: Shelf | undefined): Big {
  if (shelf === undefined) return ZERO;
  const available = availableNow(shelf);
  if (!line.item.serialised) return countTogether(line, available);
  const fitting = toBig(String(serialsFor(shelf.position, line.requires ?? {}).length));
  return countTogether(line, fitting.lt(available) ? fitting : available);
}

/**
 * What of the line is there on a day: in hand `now`, or come by then. What serials will come nobody knows: nothing of it is
 * promised to a line that requires something of them.
 */
export function thereFor(line: LineToPromise, shelf: Shelf | undefined, now: Big, date: PlainDate): Big {
  if (shelf === undefined || isDemanding(line)) return now;
  // Of a serialised item some in hand may have no serial that can go: it does not become one by waiting.
  const stuck = line.item.serialised ? availableNow(shelf).minus(now) : ZERO;
  const sum = availableOn(shelf, date).minus(stuck);
  return sum.lt(now) ? now : countTogether(line, sum);
}

/** The days on which more of the item is there for the line. */
export function daysFor(line: LineToPromise, shelf: Shelf | undefined): readonly PlainDate[] {
  if (shelf === undefined || isDemanding(line)) return [];
  return availableByDate(shelf).map((step) => step.date);
}

/** Units (element 355) that come in pieces: nobody ships half of one. */
const PIECES: ReadonlySet<string> = new Set(
  'EA PC UN CA BX CT PK BG BO BE CN DR PL RL SH ST KT PR DZ TU AY CY JR PA TB'.split(' '),
);

export function comesInPieces(item: Pick<Item, 'unit' | 'serialised'>): boolean {
  return item.serialised || PIECES.has(item.unit);
}

export function countable(item: Pick<Item, 'unit' | 'serialised'>, quantity: Big): Big {
  return isWhole(quantity) || !comesInPieces(item) ? quantity : quantity.round(0, 'down');
}

function countTogether({ item, each }: LineToPromise, quantity: Big): Big {
  return each === undefined ? countable(item, quantity) : wholeMultiple(quantity, each);
}
