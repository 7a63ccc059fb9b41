import type { Id } from '../domain/exchange/records.ts';
import type { GoodsReturn } from '../domain/return/goods-return.ts';
import type { Instant } from '../lib/dates.ts';
import type { Decimal } from '../lib/decimal.ts';
import { type Database, run, type Statement, toJson } from './query.ts';

const SAVE: Statement = {
  name: 'return-save',
  text: `
    with given as (
      select * from json_to_record($1::json) as r(id uuid, number text, partner text, invoice uuid, reason text,
        state text, at timestamptz)
    ), saved as (
      insert into goods_return (id, number, partner, invoice_id, reason, state, at)
      select id, number, partner, invoice, reason, state, at from given
      on conflict (id) do update set state = excluded.state
    )
    insert into goods_return_line (return_id, position, invoice_position, authorised, received, restocked, scrapped,
      serials)
    select g.id, position, "invoicePosition", authorised, received, restocked, scrapped,
      array(select json_array_elements_text(serials))
    from given g, json_to_recordset($2::json) as r(position int, "invoicePosition" int, authorised numeric,
      received numeric, restocked numeric, scrapped numeric, serials json)
    on conflict (return_id, position) do update set received = excluded.received, restocked = excluded.restocked,
      scrapped = excluded.scrapped, serials = excluded.serials`,
};

export async function saveReturn(
  tx: Database,
  { lines, ...goods }: Omit<GoodsReturn, 'invoiceNumber'> & { readonly at: Instant },
): Promise<void> {
  await run(tx, SAVE, [toJson(goods), toJson(lines)]);
}

const FIND: Statement = {
  name: 'return-find',
  text: `
    select r.id, r.number, r.partner, r.invoice_id as invoice, i.number as "invoiceNumber", r.reason, r.state, r.at,
      (select json_agg(json_build_object('position', l.position, 'invoicePosition', l.invoice_position, 'item', il.item,
        'authorised', l.authorised::text, 'received', l.received::text, 'restocked', l.restocked::text,
        'scrapped', l.scrapped::text, 'serials', l.serials) order by l.position)
        from goods_return_line l
        join invoice_line il on il.invoice_id = r.invoice_id and il.position = l.invoice_position
        where l.return_id = r.id) as lines
    from goods_return r join invoice i on i.id = r.invoice_id
    where ($1::text is null or r.number = $1) and ($2::uuid is null or r.invoice_id = $2)
      and ($3::text is null or r.partner = $3)
    order by r.at desc limit 200`,
};

export type StoredReturn = GoodsReturn & { readonly at: Instant };

export async function findReturns(
  db: Database,
  {
    number,
    invoice,
    partner,
  }: { readonly number?: string; readonly invoice?: Id; readonly partner?: string },
): Promise<readonly StoredReturn[]> {
  return await run<StoredReturn>(db, FIND, [number ?? null, invoice ?? null, partner ?? null]);
}

const LOCK: Statement = {
  name: 'return-lock',
  text: 'select id from goods_return where number = $1 for update',
};

export async function lockReturn(tx: Database, number: string): Promise<void> {
  await run(tx, LOCK, [number]);
}

const SHIPPED: Statement = {
  name: 'return-shipped',
  text: `
    select il.position, s.serials, s.quantity, s.stock_quantity as "stockQuantity", sh.warehouse
    from invoice_line il
    join shipment_line s on s.shipment_id = il.shipment_id and s.order_id = il.order_id
      and s.order_position = il.order_position
    join shipment sh on sh.id = s.shipment_id
    where il.invoice_id = $1 order by il.position`,
};

/** What left for a line of an invoice: its serials, and how many of the item's own unit the line's unit holds. */
export type ShippedForInvoice = {
  readonly position: number;
  readonly serials: readonly string[];
  readonly quantity: Decimal;
  readonly stockQuantity: Decimal;
  readonly warehouse: string | null;
};

export async function loadShippedForInvoice(
  db: Database,
  invoice: Id,
): Promise<readonly ShippedForInvoice[]> {
  return await run(db, SHIPPED, [invoice]);
}

const RESTOCK: Statement = {
  name: 'return-restock',
  text: `
    with given as (
      select * from json_to_recordset($1::json) as r(item text, warehouse text, quantity numeric, serials json)
    ), free as (
      update stock_serial s set allocation_id = null, warehouse = g.warehouse from given g
      where s.item = g.item and s.serial in (select json_array_elements_text(g.serials))
    )
    update stock s set on_hand = s.on_hand + sums.quantity
    from (select item, warehouse, sum(quantity) as quantity from given group by 1, 2) sums
    where s.item = sums.item and s.warehouse = sums.warehouse`,
};

/** In the unit of the item. */
export type Restocked = {
  readonly item: string;
  readonly warehouse: string;
  readonly quantity: Decimal;
  readonly serials: readonly string[];
};

/** Puts back on the shelf what came back good, where stock of it is kept. */
export async function restock(tx: Database, restocked: readonly Restocked[]): Promise<void> {
  if (restocked.length > 0) await run(tx, RESTOCK, [toJson(restocked)]);
}
