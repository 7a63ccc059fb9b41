import type { Allocation } from '../domain/allocation/allocation.ts';
import type { Id } from '../domain/exchange/records.ts';
import type { PlainDate } from '../lib/dates.ts';
import type { Decimal } from '../lib/decimal.ts';
import { type Database, run, type Statement, toJson, withoutNulls } from './query.ts';

/** What came into a warehouse. */
export type StockReceipt = {
  readonly item: string;
  readonly warehouse: string;
  readonly quantity: Decimal;
  /** The scheduled receipt that it is; without, the ones expected first are taken as come. */
  readonly reference?: string | undefined;
  readonly serials: readonly string[];
};

/** The rows of the item are locked before anything is read; the new one of a warehouse that never had it as well. */
const OPEN: Statement = {
  name: 'stock-open',
  text: `insert into stock (item, warehouse)
    select i.number, w.id from item i, warehouse w where i.number = $1 and w.id = $2 on conflict do nothing`,
};
const LOCK: Statement = {
  name: 'stock-lock-item',
  text: 'select from stock where item = $1 order by item, warehouse for update',
};

const BOOK: Statement = {
  name: 'stock-receive',
  text: `
    with due as (
      select reference, quantity, sum(quantity) over (order by expected, reference) - quantity as before
      from stock_receipt where item = $1 and warehouse = $2 and ($4::text is null or reference = $4)
    ), used as (
      select reference, least(quantity, $3::numeric - before) as used from due where before < $3::numeric
    ), come as (
      delete from stock_receipt r using used u
      where r.item = $1 and r.warehouse = $2 and r.reference = u.reference and r.quantity = u.used
    ), less as (
      update stock_receipt r set quantity = r.quantity - u.used from used u
      where r.item = $1 and r.warehouse = $2 and r.reference = u.reference and r.quantity > u.used
    ), serials as (
      insert into stock_serial (item, serial, warehouse) select $1, unnest($5::text[]), $2
    )
    update stock set on_hand = on_hand + $3::numeric where item = $1 and warehouse = $2
    returning coalesce((select json_agg(json_build_object('reference', reference, 'quantity', used::text)
      order by reference) from used), '[]') as receipts`,
};

export type BookedReceipt = { readonly reference: string; readonly quantity: Decimal };

/** Raises what is on hand and takes it off the scheduled receipts, which are returned as far as they came. */
export async function bookReceipt(tx: Database, receipt: StockReceipt): Promise<readonly BookedReceipt[]> {
  const { item, warehouse, quantity, reference, serials } = receipt;
  const [row] = await run<{ receipts: readonly BookedReceipt[] }>(tx, BOOK, [
    item,
    warehouse,
    quantity,
    reference ?? null,
    serials,
  ]);
  return row?.receipts ?? [];
}

const CHECK: Statement = {
  name: 'stock-receipt-check',
  text: `
    select unit, serialised, array(select id from warehouse order by id) as warehouses,
      exists (select from stock_receipt r where r.item = i.number and r.warehouse = $2 and r.reference = $3) as expected,
      array(select serial from stock_serial s where s.item = i.number and s.serial = any($4::text[]) order by 1) as known
    from item i where number = $1`,
};

export type ReceiptFacts = {
  readonly unit: string;
  readonly serialised: boolean;
  readonly warehouses: readonly string[];
  /** There is a scheduled receipt under the reference. */
  readonly expected: boolean;
  /** Those of its serials that are known already. */
  readonly known: readonly string[];
};

/** Locks the item's stock, and tells what a receipt is judged by; undefined where there is no such item. */
export async function openReceipt(tx: Database, receipt: StockReceipt): Promise<ReceiptFacts | undefined> {
  const { item, warehouse, reference, serials } = receipt;
  await run(tx, OPEN, [item, warehouse]);
  await run(tx, LOCK, [item]);
  const [row] = await run<ReceiptFacts>(tx, CHECK, [item, warehouse, reference ?? null, serials]);
  return row;
}

const WAITING: Statement = {
  name: 'allocation-waiting',
  text: `
    select a.id, a.order_id as "order", a.position, a.item, a.warehouse, a.quantity, a.state, a.priority, a.ships, a.at,
      coalesce(a.eligible, array(select w.id from warehouse w order by w.id)) as eligible, a.whole,
      a.not_before as "notBefore", a.requires, a.each, a.part, i.unit, i.serialised, o.partner, o.po_number as "poNumber", l.number as line
    from allocation a
    join item i on i.number = a.item
    join purchase_order o on o.id = a.order_id
    left join purchase_order_line l on l.order_id = a.order_id and l.position = a.position
    where a.item = any($1::text[]) and a.state = 'waiting'
    order by a.item, a.priority desc, a.at, a.id`,
};

/** What waits for stock, with what a person calls it. */
export type WaitingLine = Allocation & {
  /** Of the item. */
  readonly unit: string;
  readonly serialised: boolean;
  readonly partner: string;
  readonly poNumber: string;
  /** PO101. */
  readonly line?: string | undefined;
};

/** What waits for these items, the first to be filled first. */
export async function loadWaiting(tx: Database, items: readonly string[]): Promise<readonly WaitingLine[]> {
  const rows = await run<WaitingLine>(tx, WAITING, [items]);
  return rows.map((row) => withoutNulls(row) as WaitingLine);
}

const WAITING_ITEMS: Statement = {
  name: 'allocation-waiting-items',
  text: `select distinct item from allocation where state = 'waiting' order by item`,
};

/** Items that anything waits for. */
export async function listWaitingItems(db: Database): Promise<readonly string[]> {
  return (await run<{ item: string }>(db, WAITING_ITEMS, [])).map(({ item }) => item);
}

const CHANGE: Statement = {
  name: 'allocation-change',
  text: `
    with given as (
      select * from json_to_recordset($1::json) as r(id uuid, quantity numeric, warehouse text, ships date)
    ), filled as (
      delete from allocation a using given g where a.id = g.id and g.quantity = 0
    )
    update allocation a set quantity = g.quantity, warehouse = g.warehouse, ships = g.ships
    from given g where a.id = g.id and g.quantity > 0`,
};

export type WaitingChange = {
  readonly id: Id;
  /** What still waits; 0 ends it. */
  readonly quantity: Decimal;
  readonly warehouse?: string | undefined;
  readonly ships?: PlainDate | undefined;
};

/** What is left to wait, and from when on it is promised, after stock was given out. */
export async function changeWaiting(tx: Database, changes: readonly WaitingChange[]): Promise<void> {
  if (changes.length > 0) await run(tx, CHANGE, [toJson(changes)]);
}

const ITEM: Statement = {
  name: 'stock-item',
  text: `
    select number as item, description, unit, serialised, status,
      coalesce((select json_agg(json_build_object('warehouse', warehouse, 'reference', reference, 'date', expected,
        'quantity', quantity::text) order by expected, reference) from stock_receipt where item = $1), '[]') as receipts
    from item where number = $1`,
};

export type StockItem = {
  readonly item: string;
  readonly description?: string | undefined;
  readonly unit: string;
  readonly serialised: boolean;
  readonly status: string;
  readonly receipts: readonly (BookedReceipt & { readonly warehouse: string; readonly date: PlainDate })[];
};

export async function findStockItem(db: Database, item: string): Promise<StockItem | undefined> {
  const [row] = await run<StockItem>(db, ITEM, [item]);
  return row === undefined ? undefined : (withoutNulls(row) as StockItem);
}
