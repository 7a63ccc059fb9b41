import type { Allocation } from '../domain/allocation/allocation.ts';
import type { Stock, StockPosition, Warehouse } from '../domain/allocation/stock.ts';
import type { Id } from '../domain/exchange/records.ts';
import { assert } from '../lib/assert.ts';
import type { PlainDate } from '../lib/dates.ts';
import type { Decimal } from '../lib/decimal.ts';
import { readCalendar, type StoredCalendar } from './calendars.ts';
import { type Database, run, type Statement } from './query.ts';
import { placeRows } from './rows.ts';

/*
 * Who holds the rows of `stock` of an item holds all of the item: its receipts, free serials and allocations. Everybody locks
 * them in one order, so nobody waits for somebody who waits for him. The rows of `customer` come before them.
 *
 * There are two ways to promise. `loadStock` holds the items from loading until the transaction ends, and what was
 * decided can be stored (`reserveStock`). `readStock` holds nothing, so that partners who buy the same items need not
 * wait for one another while they are decided: `takeStock` then takes what was decided, if all of it is still free
 * and nothing waits for these items; if not, all is decided again the first way.
 */
const LOCK: Statement = {
  name: 'stock-lock',
  text: `select item, warehouse, on_hand as "onHand", allocated, safety
    from stock where item = any($1::text[]) order by item, warehouse for update`,
};

/** The days of warehouse `w`: its own calendar, else ours. */
const CALENDAR = `(select json_build_object('days', c.days, 'holidays', c.holidays) from calendar c
  where c.owner in (w.id, 'us') order by c.owner = 'us' limit 1)`;

/*
 * A statement of its own: what it sees is what stood after the wait for the lock. What waits and has no warehouse counts in
 * every one that may fill it, so that nothing is promised that it could take; unless not any serial will do for it.
 */
const DETAILS = `
      (select coalesce(json_agg(json_build_object('item', item, 'warehouse', warehouse, 'date', expected,
          'quantity', quantity::text) order by expected, reference), '[]')
        from stock_receipt where item = any($1::text[])) as receipts,
      (select coalesce(json_agg(json_build_object('item', item, 'warehouse', warehouse, 'serial', serial,
          'attributes', attributes) order by serial), '[]')
        from stock_serial where item = any($1::text[]) and allocation_id is null) as serials,
      (select coalesce(json_agg(json_build_object('item', a.item, 'warehouse', w.id, 'ships', a.ships,
          'quantity', a.quantity::text)), '[]')
        from allocation a join warehouse w
          on w.id = a.warehouse or (a.warehouse is null and (a.eligible is null or w.id = any(a.eligible)))
        where a.item = any($1::text[]) and a.state = 'waiting'
          and (a.warehouse is not null or a.requires::text = '{}')) as waiting,
      (select coalesce(json_agg(json_build_object('id', id, 'name', name, 'hazards', hazards, 'destinations',
          destinations, 'zones', zones, 'load', load, 'calendar', ${CALENDAR}) order by id), '[]')
        from warehouse w) as warehouses`;
const LOCKED_DETAILS: Statement = { name: 'stock-details', text: `select ${DETAILS}` };

/* All in one: what is read without a lock is of one moment. */
const READ: Statement = {
  name: 'stock-read',
  text: `
    select
      (select coalesce(json_agg(json_build_array(item, warehouse, on_hand::text, allocated::text, safety::text)
          order by item, warehouse), '[]')
        from stock where item = any($1::text[])) as positions,${DETAILS}`,
};

/** Whether the stock that was decided on is locked in this transaction, or was only read. */
export type StockHold = 'locked' | 'read';

/** Locked until the transaction ends. Two queries, whatever the number of items. */
export async function loadStock(tx: Database, items: readonly string[]): Promise<Omit<Stock, 'weights'>> {
  const locked = await run<PositionRow>(tx, LOCK, [items]);
  const [details] = await run<DetailsRow>(tx, LOCKED_DETAILS, [items]);
  return buildStock(locked, details!);
}

/** Without a lock: to be shown, or promised from by who asks `takeStock` whether it is still so. */
export async function readStock(db: Database, items: readonly string[]): Promise<Omit<Stock, 'weights'>> {
  const [row] = await run<DetailsRow & { readonly positions: readonly PositionTuple[] }>(db, READ, [items]);
  const { positions, ...details } = row!;
  return buildStock(positions.map(readPosition), details);
}

type Place = { readonly item: string; readonly warehouse: string };
type PositionRow = Place & Pick<StockPosition, 'onHand' | 'allocated' | 'safety'>;
type PositionTuple = readonly [
  item: string,
  warehouse: string,
  onHand: Decimal,
  allocated: Decimal,
  safety: Decimal,
];

function readPosition([item, warehouse, onHand, allocated, safety]: PositionTuple): PositionRow {
  return { item, warehouse, onHand, allocated, safety };
}

type DetailsRow = {
  readonly receipts: readonly (Place & StockPosition['receipts'][number])[];
  readonly serials: readonly (Place & StockPosition['serials'][number])[];
  readonly waiting: readonly (Place & { readonly ships: PlainDate | null; readonly quantity: Decimal })[];
  readonly warehouses: readonly (Omit<Warehouse, 'zones' | 'destinations' | 'calendar'> & {
    readonly calendar: StoredCalendar | null;
    readonly destinations: readonly string[] | null;
    readonly zones: Readonly<Record<string, { readonly cost: Decimal; readonly days: number }>>;
  })[];
};

function buildStock(locked: readonly PositionRow[], details: DetailsRow): Omit<Stock, 'weights'> {
  const receipts = Map.groupBy(details.receipts, keyOf);
  const serials = Map.groupBy(details.serials, keyOf);
  const waiting = Map.groupBy(details.waiting, keyOf);
  const positions = Map.groupBy(locked, (row) => row.item);
  const complete = ({ item: _, ...row }: PositionRow, key: string): StockPosition => ({
    ...row,
    receipts: (receipts.get(key) ?? []).map(({ date, quantity }) => ({ date, quantity })),
    waiting: (waiting.get(key) ?? []).map(({ ships, quantity }) => ({ ships: ships ?? undefined, quantity })),
    serials: (serials.get(key) ?? []).map(({ serial, attributes }) => ({ serial, attributes })),
  });
  return {
    warehouses: details.warehouses.map(({ zones, destinations, calendar, ...warehouse }) => ({
      ...warehouse,
      ...(calendar === null ? {} : { calendar: readCalendar(calendar) }),
      destinations: destinations ?? undefined,
      zones: new Map(Object.entries(zones)),
    })),
    positions: new Map(
      [...positions].map(([item, rows]) => [item, rows.map((row) => complete(row, keyOf(row)))]),
    ),
  };
}

function keyOf({ item, warehouse }: Place): string {
  return `${item.length} ${item}${warehouse}`;
}

const ROWS = placeRows({
  allocations: `id uuid, order uuid, position int, item text, warehouse text, quantity numeric, state text, priority int,
    ships date, at timestamptz, eligible text[], whole boolean, notBefore date, requires json, each numeric, part int`,
  serials: 'item text, warehouse text, serial text, allocation uuid',
});

/*
 * What waits gets a row of stock in every warehouse that may fill it, for it to be locked by. The numbers are compared
 * under the lock of each row: stock that somebody else took is found out here, not on the shelf.
 */
const RESERVE: Statement = {
  name: 'stock-reserve',
  text: `
    with given as (
      select * from ${ROWS.from.allocations}
    ), made as (
      insert into allocation (id, order_id, position, item, warehouse, quantity, state, priority, ships, at, eligible,
        whole, not_before, requires, each, part)
      select id, "order", position, item, warehouse, quantity, state, priority, ships, at, eligible, whole,
        "notBefore", requires, each, part
      from given
    ), places as (
      insert into stock (item, warehouse)
      select distinct g.item, w.id from given g join warehouse w on w.id = any(g.eligible) where g.state = 'waiting'
      order by 1, 2 on conflict do nothing
    ), sums as (
      select item, warehouse, sum(quantity) as quantity from given where state = 'reserved' group by item, warehouse
    ), held as materialized (
      select s.item, s.warehouse, sums.quantity from stock s join sums using (item, warehouse)
      order by s.item, s.warehouse for update of s
    ), taken as (
      update stock s set allocated = s.allocated + held.quantity from held
      where s.item = held.item and s.warehouse = held.warehouse
        and s.allocated + held.quantity <= s.on_hand - s.safety
      returning 1
    ), named as (
      select * from ${ROWS.from.serials}
    ), marked as (
      update stock_serial s set allocation_id = n.allocation from named n
      where s.item = n.item and s.serial = n.serial and s.warehouse = n.warehouse and s.allocation_id is null
      returning 1
    )
    select (select count(*) from sums) - (select count(*) from taken) as short,
      (select count(*) from named) - (select count(*) from marked) as lost`,
};

/** Takes what was decided on stock that `loadStock` locked in this transaction; what waits is noted. */
export async function reserveStock(tx: Database, allocations: readonly Allocation[]): Promise<void> {
  if (allocations.length === 0) return;
  const { short, lost } = await reserve(tx, allocations);
  assert(short === 0, 'stock was reserved that is not free: it was not locked when it was promised');
  assert(lost === 0, 'a serial was reserved that is not free: it was not locked when it was promised');
}

/** What was promised is not free any more, or something waits for it: the transaction is to be rolled back. */
export class StockTaken extends Error {
  override readonly name = 'StockTaken';
}

const WAITING: Statement = {
  name: 'stock-waiting',
  text: `select from allocation where item = any($1::text[]) and state = 'waiting' limit 1`,
};

/** Takes what was decided on stock that was only read. To wait is promised of what comes: that takes the locks first. */
export async function takeStock(tx: Database, allocations: readonly Allocation[]): Promise<void> {
  if (allocations.length === 0) return;
  if (allocations.some(({ state }) => state === 'waiting')) throw new StockTaken('it is promised to wait');
  const { short, lost } = await reserve(tx, allocations);
  if (short + lost > 0) throw new StockTaken('somebody else was faster');
  // A statement of its own, under the locks by now: what waits may have come since it was read.
  const items = [...new Set(allocations.map(({ item }) => item))];
  if ((await run(tx, WAITING, [items])).length > 0) throw new StockTaken('something waits for it');
}

async function reserve(
  tx: Database,
  allocations: readonly Allocation[],
): Promise<{ readonly short: number; readonly lost: number }> {
  const serials = allocations.flatMap(({ id, item, warehouse, serials: own = [] }) =>
    own.map((serial) => ({ item, warehouse, serial, allocation: id })),
  );
  const values = ROWS.values({ allocations, serials });
  const [row] = await run<{ short: number; lost: number }>(tx, RESERVE, values);
  return row!;
}

const LOCK_OF_ORDER: Statement = {
  name: 'stock-lock-of-order',
  text: `
    select item from stock
    where item in (select item from allocation where order_id = $1 and state in ('reserved', 'waiting'))
    order by item, warehouse for update`,
};

const RELEASE: Statement = {
  name: 'stock-release',
  text: `
    with gone as (
      update allocation set state = 'released' from (
        select id, state from allocation
        where order_id = $1 and state in ('reserved', 'waiting') and ($2::int[] is null or position = any($2))
      ) before
      where allocation.id = before.id
      returning allocation.id, item, warehouse, quantity, before.state
    ), freed as (
      update stock s set allocated = s.allocated - sums.quantity
      from (
        select item, warehouse, sum(quantity) as quantity from gone where state = 'reserved' group by item, warehouse
      ) sums
      where s.item = sums.item and s.warehouse = sums.warehouse
    ), serials as (
      update stock_serial set allocation_id = null where allocation_id in (select id from gone)
    )
    select distinct item from gone order by item`,
};

/**
 * Gives back what an order, or lines of it, reserved or waited for. Returns the items: what is free of them now may be
 * promised anew, or fill what waits (`fillWaiting`).
 */
export async function releaseStock(
  tx: Database,
  order: Id,
  positions?: readonly number[],
): Promise<readonly string[]> {
  await run(tx, LOCK_OF_ORDER, [order]);
  const rows = await run<{ item: string }>(tx, RELEASE, [order, positions ?? null]);
  return rows.map((row) => row.item);
}
