import type { Big } from '../../lib/big.ts';
import { laterOf, type PlainDate } from '../../lib/dates.ts';
import { type Decimal, fromBig, toBig } from '../../lib/decimal.ts';
import { openShelf, promiseLater, reserveNow, type Shelf, serialsFor } from './available-to-promise.ts';
import {
  daysFor,
  inHandFor,
  isDemanding,
  type Leaving,
  type LineToPromise,
  leaveFrom,
  type Planning,
  type Supply,
  shipsFrom,
  thereFor,
} from './outlook.ts';
import type { StockPosition, Warehouse } from './stock.ts';

/** What ships together; in the item's unit. */
export type LinePart = {
  /** `now`: of stock in hand, reserved. `backorder`: waits for stock to come in. */
  readonly kind: 'now' | 'backorder';
  readonly quantity: Decimal;
  /** Absent where any warehouse may fill it. */
  readonly warehouse?: string | undefined;
  /** Absent where nobody knows when there will be stock. */
  readonly ships?: PlainDate | undefined;
  /** It leaves later than was asked, or nobody knows when. */
  readonly late: boolean;
  readonly closed?: Leaving['closed'];
  readonly serials?: readonly string[] | undefined;
};

/** What becomes of what is not there on the day wanted. */
export type ShortPolicy = 'ship-partial' | 'wait' | 'cancel';

/** Days gone through for one that warehouses have in common. */
const LONGEST_LOOK = 60;

/** Draws on the supply. What no part of the plan holds is cancelled. */
export function planLine(
  line: LineToPromise,
  supply: Supply,
  ranked: readonly Warehouse[],
  planning: Planning,
  short: ShortPolicy,
): readonly LinePart[] {
  // Nothing more comes of an item that is phased out than what is there or on its way.
  const waits = short !== 'cancel' && line.item.status !== 'phase-out' && ranked.length > 0;
  // What is to leave whole may have to be planned once more.
  const trial: Supply = short === 'wait' ? new Map(supply) : supply;
  const { parts, left } = planParts(line, trial, ranked, planning, short === 'cancel' ? 'never' : 'too');
  if (short === 'wait') {
    if (left.gt(0) || !leavesTogether(line, parts))
      return planWhole(line, supply, trial, ranked, planning, parts, left);
    replace(supply, trial);
  }
  if (left.lte(0) || !waits) return sortParts(parts);
  return [...sortParts(parts), waitFor(line, supply, ranked, planning, left)];
}

/** Parts that leave on different days may be in time for one day, because the ways are of different length. */
function leavesTogether(
  { requestedShip, requestedDelivery }: LineToPromise,
  parts: readonly LinePart[],
): boolean {
  const asked = requestedShip !== undefined || requestedDelivery !== undefined;
  if (asked && parts.every((part) => !part.late)) return true;
  return new Set(parts.map((part) => part.ships)).size <= 1;
}

/**
 * The line leaves whole: from the warehouse that first has all of it, or else on the day on which the last part is there.
 * Where that day is not known, nothing is set aside: it waits, and is filled when there is enough.
 */
function planWhole(
  line: LineToPromise,
  supply: Supply,
  trial: Supply,
  ranked: readonly Warehouse[],
  planning: Planning,
  parts: readonly LinePart[],
  left: Big,
): readonly LinePart[] {
  const quantity = toBig(line.quantity);
  const last = findCommonDay(parts, ranked);
  const single = findSingle(line, supply, ranked, planning);
  if (single !== undefined && (left.gt(0) || last === undefined || single.ships! <= last)) {
    const shelf = supply.get(single.warehouse!)!;
    put(supply, promiseLater(shelf.position, quantity, single.ships), planning);
    return [single];
  }
  const ends = line.item.status === 'phase-out' || ranked.length === 0;
  if (left.gt(0) && !ends) return [waitFor(line, supply, ranked, planning, quantity)];
  replace(supply, trial);
  const together = parts.map((part): LinePart => {
    const ships = shipsFrom(last!, ranked.find(({ id }) => id === part.warehouse)!);
    return { ...part, ships, late: part.late || part.ships !== ships };
  });
  return sortParts(together);
}

/** The first day on which all parts are there and each of their warehouses ships; undefined where there are none. */
function findCommonDay(parts: readonly LinePart[], warehouses: readonly Warehouse[]): PlainDate | undefined {
  const [last] = parts.map((part) => part.ships!).toSorted((a, b) => (a < b ? 1 : -1));
  if (last === undefined) return undefined;
  const used = warehouses.filter(({ id }) => parts.some((part) => part.warehouse === id));
  let day = last;
  for (let moved = 0; moved <= LONGEST_LOOK; moved += 1) {
    const open = used.map((one) => shipsFrom(day, one)).reduce(laterOf, day);
    if (open === day) return day;
    day = open;
  }
  // They never ship on one day: each part leaves on the first that its own warehouse has.
  return last;
}

function findSingle(
  line: LineToPromise,
  supply: Supply,
  ranked: readonly Warehouse[],
  planning: Planning,
): LinePart | undefined {
  const quantity = toBig(line.quantity);
  let best: LinePart | undefined;
  for (const warehouse of ranked) {
    const shelf = supply.get(warehouse.id);
    const now = inHandFor(line, shelf);
    const day = daysFor(line, shelf).find((one) => thereFor(line, shelf, now, one).gte(quantity));
    if (day === undefined) continue;
    const leaving = leaveFrom(line, warehouse, planning, day);
    if (best !== undefined && best.ships! <= leaving.ships) continue;
    best = { kind: 'backorder', quantity: line.quantity, warehouse: warehouse.id, ...leaving };
  }
  return best;
}

/**
 * Nobody knows what comes where: whatever comes first is for it, in any warehouse that may ship it. Only where serials must
 * have something does it hold nothing back: what there is will not do.
 */
function waitFor(
  line: LineToPromise,
  supply: Supply,
  ranked: readonly Warehouse[],
  planning: Planning,
  quantity: Big,
): LinePart {
  for (const { id } of ranked) {
    const shelf = supply.get(id);
    if (shelf !== undefined && !isDemanding(line))
      put(supply, promiseLater(shelf.position, quantity, undefined), planning);
  }
  return { kind: 'backorder', quantity: fromBig(quantity), late: true };
}

function put(supply: Supply, position: StockPosition, { today }: Planning): void {
  supply.set(position.warehouse, openShelf(position, today));
}

function replace(supply: Supply, by: ReadonlyMap<string, Shelf>): void {
  for (const [id, shelf] of by) supply.set(id, shelf);
}

function sortParts(parts: readonly LinePart[]): readonly LinePart[] {
  if (parts.length < 2) return parts;
  return parts.toSorted((a, b) => (a.ships ?? '9').localeCompare(b.ships ?? '9'));
}

export function addUp(parts: readonly LinePart[]): Big {
  return parts.reduce((sum, part) => sum.plus(part.quantity), toBig('0'));
}

/** Takes what there is, the best warehouse first: what is in hand, then what comes first. The rest is `left`. */
function planParts(
  line: LineToPromise,
  supply: Supply,
  ranked: readonly Warehouse[],
  planning: Planning,
  late: 'too' | 'never',
): { readonly parts: readonly LinePart[]; readonly left: Big } {
  const parts: LinePart[] = [];
  let left = toBig(line.quantity);
  for (const warehouse of ranked) {
    if (left.lte(0)) break;
    const shelf = supply.get(warehouse.id);
    const quantity = least(left, inHandFor(line, shelf));
    if (shelf === undefined || quantity.lte(0)) continue;
    const serials = chooseSerials(line, shelf.position, quantity);
    put(supply, reserveNow(shelf.position, quantity, serials), planning);
    const chosen = serials.length === 0 ? {} : { serials };
    const leaving = leaveFrom(line, warehouse, planning);
    parts.push({ kind: 'now', quantity: fromBig(quantity), warehouse: warehouse.id, ...leaving, ...chosen });
    left = left.minus(quantity);
  }
  if (left.lte(0)) return { parts, left };
  const days = new Set(ranked.flatMap((one) => daysFor(line, supply.get(one.id))));
  for (const day of [...days].sort()) {
    for (const warehouse of ranked) {
      const shelf = supply.get(warehouse.id);
      if (left.lte(0) || shelf === undefined) continue;
      const leaving = leaveFrom(line, warehouse, planning, day);
      if (late === 'never' && leaving.ships > leaveFrom(line, warehouse, planning).ships) continue;
      const quantity = least(left, thereFor(line, shelf, inHandFor(line, shelf), day));
      if (quantity.lte(0)) continue;
      put(supply, promiseLater(shelf.position, quantity, leaving.ships), planning);
      parts.push({ kind: 'backorder', quantity: fromBig(quantity), warehouse: warehouse.id, ...leaving });
      left = left.minus(quantity);
    }
  }
  return { parts: joinParts(parts), left };
}

/** What leaves the same warehouse on the same day is one part. */
function joinParts(parts: readonly LinePart[]): readonly LinePart[] {
  const joined: LinePart[] = [];
  for (const part of parts) {
    const same = joined.findIndex(
      (one) => one.kind === part.kind && one.warehouse === part.warehouse && one.ships === part.ships,
    );
    if (same < 0) joined.push(part);
    else
      joined[same] = {
        ...joined[same]!,
        quantity: fromBig(toBig(joined[same]!.quantity).plus(part.quantity)),
      };
  }
  return joined;
}

function chooseSerials(line: LineToPromise, position: StockPosition, quantity: Big): readonly string[] {
  return line.item.serialised ? serialsFor(position, line.requires ?? {}).slice(0, quantity.toNumber()) : [];
}

function least(a: Big, b: Big): Big {
  return a.lt(b) ? a : b;
}
