import type { Id } from '../domain/exchange/records.ts';
import type { StockDraw } from '../domain/shipment/draw-stock.ts';
import type { ReservationChange } from '../domain/shipment/settle-reservations.ts';
import type { Instant } from '../lib/dates.ts';
import type { Decimal } from '../lib/decimal.ts';
import { type Database, run, type Statement, toJson } from './query.ts';

/* All of it goes back first: a correction then takes what it has. */
const GIVE_BACK: Statement = {
  name: 'ship-give-back',
  text: `
    with gone as (
      update allocation set state = 'released', shipment_id = null where shipment_id = $1
      returning id, item, warehouse, quantity
    ), freed as (
      update stock_serial set allocation_id = null where allocation_id in (select id from gone)
    )
    update stock s set on_hand = s.on_hand + sums.quantity
    from (select item, warehouse, sum(quantity) as quantity from gone where warehouse is not null group by 1, 2) sums
    where s.item = sums.item and s.warehouse = sums.warehouse`,
};

const CUT: Statement = {
  name: 'ship-cut',
  text: `
    with given as (
      select * from json_to_recordset($1::json) as r(id uuid, quantity numeric, serials json)
    ), before as (
      select a.id, a.item, a.warehouse, a.state, a.quantity - g.quantity as off
      from allocation a join given g on g.id = a.id
    ), freed as (
      update stock_serial s set allocation_id = null from given g
      where s.allocation_id = g.id
        and not exists (select from json_array_elements_text(g.serials) as k(serial) where k.serial = s.serial)
    ), cut as (
      update allocation a set state = case when g.quantity = 0 then 'released' else a.state end,
        quantity = case when g.quantity = 0 then a.quantity else g.quantity end
      from given g where a.id = g.id
    )
    update stock s set allocated = s.allocated - sums.off
    from (select item, warehouse, sum(off) as off from before where state = 'reserved' group by 1, 2) sums
    where s.item = sums.item and s.warehouse = sums.warehouse`,
};

const RESTORE: Statement = {
  name: 'ship-restore',
  text: `
    with given as (
      select * from json_to_recordset($1::json) as r("from" uuid, quantity numeric, serials json)
    ), back as (
      update allocation a set state = 'reserved', quantity = g.quantity from given g where a.id = g."from"
      returning a.id, a.item, a.warehouse, a.quantity
    ), held as (
      update stock_serial s set allocation_id = a.id
      from given g join allocation a on a.id = g."from"
      where s.item = a.item and s.serial in (select json_array_elements_text(g.serials))
    )
    update stock s set allocated = s.allocated + sums.quantity
    from (select item, warehouse, sum(quantity) as quantity from back group by 1, 2) sums
    where s.item = sums.item and s.warehouse = sums.warehouse`,
};

/*
 * What left is kept with the terms of what was promised of the same line. Of an item that is kept in other warehouses
 * alone, what left this one is owed to its shelf.
 */
const SHIP: Statement = {
  name: 'ship-draw',
  text: `
    with given as (
      select * from json_to_recordset($1::json) as r(id uuid, "order" uuid, position int, item text, warehouse text,
        quantity numeric, serials json)
    ), gone as (
      insert into allocation (id, order_id, position, item, warehouse, quantity, state, shipment_id, at, priority,
        ships, eligible, whole, not_before, requires, each, part)
      select g.id, g."order", g.position, g.item, g.warehouse, g.quantity, 'shipped', $2, $3,
        coalesce(a.priority, 0), a.ships, a.eligible, coalesce(a.whole, false), a.not_before,
        coalesce(a.requires, '{}'), a.each, a.part
      from given g left join lateral (
        select * from allocation a where a.order_id = g."order" and a.position = g.position
        order by a.state = 'released', a.id limit 1
      ) a on true
    ), sums as (
      select item, warehouse, sum(quantity) as quantity from given where warehouse is not null group by 1, 2
    )
    insert into stock as s (item, warehouse, on_hand) select item, warehouse, -quantity from sums order by 1, 2
    on conflict (item, warehouse) do update set on_hand = s.on_hand + excluded.on_hand`,
};

const MARK: Statement = {
  name: 'ship-mark-serials',
  text: `
    update stock_serial s set allocation_id = g.id
    from json_to_recordset($1::json) as g(id uuid, item text, serials json)
    where s.item = g.item and s.serial in (select json_array_elements_text(g.serials))`,
};

const SHORT: Statement = {
  name: 'ship-short',
  text: `
    select s.item, s.warehouse, s.on_hand as "onHand", s.allocated from stock s
    where s.item = any($1::text[]) and s.on_hand < s.allocated order by 1, 2`,
};

export type ShippedStock = {
  readonly shipment: Id;
  readonly at: Instant;
  /** With ids of their own. */
  readonly draws: readonly (StockDraw & { readonly id: Id })[];
  readonly changes: Pick<ReservationChange, 'cut' | 'restored'>;
};

/** Fewer lie there than are set aside. */
export type ShortStock = {
  readonly item: string;
  readonly warehouse: string;
  readonly onHand: Decimal;
  readonly allocated: Decimal;
};

/**
 * What left the shelves instead of what this shipment had drawn before, on stock that `loadGoodsFacts` locked. Returns
 * where reservations are not covered any more.
 */
export async function shipStock(
  tx: Database,
  { shipment, at, draws, changes }: ShippedStock,
  items: readonly string[],
): Promise<readonly ShortStock[]> {
  await run(tx, GIVE_BACK, [shipment]);
  if (changes.cut.length > 0) await run(tx, CUT, [toJson(changes.cut)]);
  if (changes.restored.length > 0) await run(tx, RESTORE, [toJson(changes.restored)]);
  if (draws.length > 0) await run(tx, SHIP, [toJson(draws), shipment, at]);
  const marked = draws.filter(({ serials }) => serials.length > 0);
  if (marked.length > 0) await run(tx, MARK, [toJson(marked)]);
  return await run<ShortStock>(tx, SHORT, [items]);
}
