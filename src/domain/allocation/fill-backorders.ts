import type { Big } from '../../lib/big.ts';
import { laterOf, type PlainDate } from '../../lib/dates.ts';
import { type Decimal, fromBig, toBig, wholeMultiple } from '../../lib/decimal.ts';
import type { Item } from '../catalogue/catalogue.ts';
import type { Id } from '../exchange/records.ts';
import type { Allocation } from './allocation.ts';
import {
  availableNow,
  firstDateOf,
  openShelf,
  promiseLater,
  reserveNow,
  type Shelf,
  serialsFor,
} from './available-to-promise.ts';
import { countable, shipsFrom } from './outlook.ts';
import type { StockPosition, Warehouse } from './stock.ts';

/** A waiting allocation, or a part of it, gets stock in hand. */
export type Fill = {
  readonly allocation: Id;
  readonly warehouse: string;
  readonly quantity: Decimal;
  readonly ships: PlainDate;
  readonly serials: readonly string[];
};

/** What still waits, and cannot keep the day that was promised or now has one; without a day, none is known any more. */
export type Redated = {
  readonly allocation: Id;
  readonly warehouse?: string | undefined;
  readonly ships?: PlainDate | undefined;
};

export type Filling = { readonly fills: readonly Fill[]; readonly redated: readonly Redated[] };

export type ItemToFill = {
  readonly item: Pick<Item, 'unit' | 'serialised'>;
  /** Every warehouse that has it. What its `waiting` say is not looked at: `waiting` below is. */
  readonly positions: readonly StockPosition[];
  readonly waiting: readonly Allocation[];
  readonly today: PlainDate;
  /** The days on which warehouses ship; those that are not here ship every day. */
  readonly warehouses?: readonly Pick<Warehouse, 'id' | 'calendar'>[] | undefined;
};

type ShipsFrom = (warehouse: string, day: PlainDate) => PlainDate;

/**
 * Stock that is free goes to what waits for it: the customer's priority first, then the oldest. First to what was promised
 * from that warehouse or from any; what nobody wants there then goes to what waits elsewhere. What is wanted whole, or by
 * the case, and is not there whole keeps its place: what is free stays for it, lest small orders overtake it for ever.
 */
export function fillBackorders({ item, positions, waiting, today, warehouses = [] }: ItemToFill): Filling {
  const ships: ShipsFrom = (id, day) => shipsFrom(day, warehouses.find((one) => one.id === id) ?? {});
  const free = new Map(positions.map((one) => [one.warehouse, openShelf({ ...one, waiting: [] }, today)]));
  const queue = waiting.toSorted(compareWaiting);
  const left = new Map(queue.map((one) => [one.id, toBig(one.quantity)]));
  const fills: Fill[] = [];
  const fill = (one: Allocation, from: readonly string[]) => {
    for (const warehouse of from) {
      const shelf = free.get(warehouse);
      const wanted = left.get(one.id)!;
      if (shelf === undefined || wanted.lte(0)) continue;
      const given = takeFor(one, shelf, wanted, item, ships);
      if (given === undefined) continue;
      const after = reserveNow(shelf.position, toBig(given.quantity), given.serials);
      free.set(warehouse, openShelf(after, today));
      left.set(one.id, wanted.minus(given.quantity));
      fills.push(given);
    }
  };
  for (const one of queue) {
    const own = one.warehouse === undefined ? mostFree(one.eligible, free) : [one.warehouse];
    fill(one, own);
    keepPlace(one, left.get(one.id)!, own, free);
  }
  for (const one of queue) fill(one, mostFree(one.eligible, free));
  return { fills, redated: redate(queue, left, free, today, ships) };
}

/** What is to be stored of a filling: stock that is reserved, and what is left of what waited. */
export function settleFilling(
  waiting: readonly Allocation[],
  { fills, redated }: Filling,
  nextId: () => Id,
): { readonly reserved: readonly Allocation[]; readonly waiting: readonly Allocation[] } {
  const byId = new Map(waiting.map((one) => [one.id, one]));
  const changed = new Map<Id, Allocation>();
  const reserved = fills.map(({ allocation, ...fill }): Allocation => {
    const before = changed.get(allocation) ?? byId.get(allocation)!;
    const left = fromBig(toBig(before.quantity).minus(fill.quantity));
    changed.set(allocation, { ...before, quantity: left });
    return { ...before, ...fill, id: nextId(), state: 'reserved' };
  });
  for (const { allocation, warehouse, ships } of redated) {
    const before = changed.get(allocation) ?? byId.get(allocation)!;
    changed.set(allocation, { ...before, warehouse, ships });
  }
  return { reserved, waiting: [...changed.values()] };
}

function compareWaiting(a: Allocation, b: Allocation): number {
  return b.priority - a.priority || Date.parse(a.at) - Date.parse(b.at) || (a.id < b.id ? -1 : 1);
}

function takeFor(
  one: Allocation,
  shelf: Shelf,
  wanted: Big,
  item: ItemToFill['item'],
  ships: ShipsFrom,
): Fill | undefined {
  const { position, today } = shelf;
  const { serialised } = item;
  const serials = serialised ? serialsFor(position, one.requires) : [];
  const limits = [
    wanted,
    countable(item, availableNow(shelf)),
    ...(serialised ? [toBig(String(serials.length))] : []),
  ];
  const most = limits.reduce((a, b) => (a.lt(b) ? a : b));
  const quantity = one.each === undefined ? most : wholeMultiple(most, one.each);
  if (quantity.lte(0) || (one.whole && quantity.lt(wanted))) return undefined;
  return {
    allocation: one.id,
    warehouse: position.warehouse,
    quantity: fromBig(quantity),
    ships: ships(position.warehouse, laterOf(one.notBefore ?? today, today)),
    serials: serialised ? serials.slice(0, quantity.toNumber()) : [],
  };
}

function mostFree(eligible: readonly string[], free: ReadonlyMap<string, Shelf>): readonly string[] {
  const amount = (id: string) => {
    const shelf = free.get(id);
    return shelf === undefined ? toBig('0') : availableNow(shelf);
  };
  return eligible.toSorted((a, b) => amount(b).cmp(amount(a)) || (a < b ? -1 : 1));
}

function keepPlace(one: Allocation, left: Big, own: readonly string[], free: Map<string, Shelf>): void {
  const shelf = own.map((id) => free.get(id)).find((each) => each !== undefined);
  const together = one.whole || one.each !== undefined;
  if (!together || isDemanding(one) || left.lte(0) || shelf === undefined) return;
  free.set(shelf.position.warehouse, openShelf(promiseLater(shelf.position, left, undefined), shelf.today));
}

/** Not any serial will do: it holds nothing back of what there is, and nothing that comes can be promised to it. */
function isDemanding({ requires }: Allocation): boolean {
  return Object.keys(requires).length > 0;
}

/** In the same order as stock was given: who comes first keeps its day, and the others get what then remains. */
function redate(
  queue: readonly Allocation[],
  left: ReadonlyMap<Id, Big>,
  filled: ReadonlyMap<string, Shelf>,
  today: PlainDate,
  ships: ShipsFrom,
): readonly Redated[] {
  const shelves = new Map(
    [...filled].map(([id, { position }]) => [id, openShelf({ ...position, waiting: [] }, today)]),
  );
  const redated: Redated[] = [];
  for (const one of queue) {
    const quantity = left.get(one.id)!;
    if (quantity.lte(0)) continue;
    const next = findDay(one, quantity, shelves, ships);
    const anywhere = isDemanding(one) ? [] : one.eligible;
    const claimed = next.warehouse === undefined ? anywhere : [next.warehouse];
    for (const id of claimed) {
      const shelf = shelves.get(id);
      if (shelf !== undefined)
        shelves.set(id, openShelf(promiseLater(shelf.position, quantity, next.ships), today));
    }
    if (next.ships !== one.ships || next.warehouse !== one.warehouse)
      redated.push({ allocation: one.id, ...next });
  }
  return redated;
}

type Day = Pick<Redated, 'warehouse' | 'ships'>;

/** The day that was promised as long as it can be kept; else the first that can be. */
function findDay(
  one: Allocation,
  quantity: Big,
  shelves: ReadonlyMap<string, Shelf>,
  shipsFrom: ShipsFrom,
): Day {
  // What serials will come nobody knows.
  if (isDemanding(one)) return {};
  const from = (id: string | undefined) => {
    const shelf = id === undefined ? undefined : shelves.get(id);
    const day = shelf === undefined ? undefined : firstDateOf(shelf, quantity);
    return day === undefined ? undefined : shipsFrom(id!, laterOf(one.notBefore ?? day, day));
  };
  const own = from(one.warehouse);
  if (own !== undefined && one.ships !== undefined && own <= one.ships)
    return { warehouse: one.warehouse, ships: shipsFrom(one.warehouse!, one.ships) };
  const places = one.warehouse === undefined ? [] : [one.warehouse];
  let best: Day = {};
  for (const id of [...places, ...one.eligible.toSorted()]) {
    const ships = from(id);
    if (ships !== undefined && (best.ships === undefined || ships < best.ships))
      best = { warehouse: id, ships };
  }
  return best;
}
