import type Big from 'big.js';
import { addDays, laterOf, type PlainDate } from '../../lib/dates.ts';
import { type Decimal, toBig } from '../../lib/decimal.ts';
import type { Item } from '../catalogue/catalogue.ts';
import { availableByDate, availableNow, serialsFor } from './available-to-promise.ts';
import type { StockPosition, Warehouse } from './stock.ts';

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
  /** What each serial must have, by name of the attribute; `serial` is the serial itself. */
  readonly requires?: Readonly<Record<string, string>> | undefined;
};

/** What is there to promise from, by warehouse. A promise puts another position in the place of the one it draws on. */
export type Supply = Map<string, StockPosition>;

export type Planning = {
  readonly zone?: string | undefined;
  readonly today: PlainDate;
};

/** The latest day on which it may leave; undefined where no day was asked for. */
function dueFrom(line: LineToPromise, warehouse: Warehouse, zone: string | undefined): PlainDate | undefined {
  if (line.requestedShip !== undefined) return line.requestedShip;
  if (line.requestedDelivery === undefined) return undefined;
  const days = zone === undefined ? 0 : (warehouse.zones.get(zone)?.days ?? 0);
  return addDays(line.requestedDelivery, -days);
}

/** `wanted` is the day to aim for: what was due before today is wanted today. */
export function wantedFrom(
  line: LineToPromise,
  warehouse: Warehouse,
  planning: Planning,
): { readonly due: PlainDate; readonly wanted: PlainDate } {
  const due = dueFrom(line, warehouse, planning.zone) ?? planning.today;
  return { due, wanted: laterOf(due, planning.today) };
}

/** Not any serial will do. */
export function isDemanding({ item, requires = {} }: LineToPromise): boolean {
  return item.serialised && Object.keys(requires).length > 0;
}

/** In hand and free for this line: of a serialised item no more than there are serials that will do. */
export function inHandFor(line: LineToPromise, position: StockPosition | undefined, today: PlainDate): Big {
  if (position === undefined) return ZERO;
  const available = availableNow(position, today);
  if (!line.item.serialised) return countTogether(line, available);
  const fitting = toBig(String(serialsFor(position, line.requires ?? {}).length));
  return countTogether(line, fitting.lt(available) ? fitting : available);
}

/**
 * What of the line is in hand, and what is to come of its item, by day. What serials will come nobody knows: nothing of
 * it is promised to a line that requires something of them.
 */
export function outlookFor(
  line: LineToPromise,
  position: StockPosition | undefined,
  today: PlainDate,
): { readonly now: Big; readonly on: (date: PlainDate) => Big; readonly days: readonly PlainDate[] } {
  const now = inHandFor(line, position, today);
  if (position === undefined || isDemanding(line)) return { now, on: () => now, days: [] };
  // Of a serialised item some in hand may have no serial that can go: it does not become one by waiting.
  const stuck = line.item.serialised ? availableNow(position, today).minus(now) : ZERO;
  const steps = availableByDate(position, today);
  const on = (date: PlainDate) => {
    const sum = (steps.findLast((step) => step.date <= date)?.quantity ?? ZERO).minus(stuck);
    return sum.lt(now) ? now : countTogether(line, sum);
  };
  return { now, on, days: steps.map((step) => step.date) };
}

/** Units (element 355) that come in pieces: nobody ships half of one. */
const PIECES: ReadonlySet<string> = new Set(
  'EA PC UN CA BX CT PK BG BO BE CN DR PL RL SH ST KT PR DZ TU AY CY JR PA TB'.split(' '),
);

export function comesInPieces(item: Pick<Item, 'unit' | 'serialised'>): boolean {
  return item.serialised || PIECES.has(item.unit);
}

export function countable(item: Pick<Item, 'unit' | 'serialised'>, quantity: Big): Big {
  return comesInPieces(item) ? quantity.round(0, 0) : quantity;
}

function countTogether({ item, each }: LineToPromise, quantity: Big): Big {
  return each === undefined ? countable(item, quantity) : quantity.minus(quantity.mod(each));
}
