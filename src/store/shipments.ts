import type { Id } from '../domain/exchange/records.ts';
import type { Shipment } from '../domain/shipment/shipment.ts';
import type { EarlierShipment } from '../domain/shipment/shipment-facts.ts';
import type { NoticeState, ShippedGoods, ShippedLine } from '../domain/shipment/shipped.ts';
import { assert } from '../lib/assert.ts';
import type { Instant } from '../lib/dates.ts';
import type { Decimal } from '../lib/decimal.ts';
import { type Database, run, type Statement, toJson, withoutNulls } from './query.ts';

/** A shipment as it stands, with what is to be told of it. */
export type StoredShipment = ShippedGoods & {
  readonly notice: NoticeState;
  readonly noticeBy?: Instant | undefined;
  readonly noticedVersion?: number | undefined;
  readonly billing: 'none' | 'due' | 'stopped' | 'billed';
};

/* As the orders stand now; of what was taken back as it was then. */
const LINES_NOW = `case when s.state = 'cancelled' then v.lines else (
    select coalesce(json_agg(json_build_object('position', l.position, 'order', l.order_id, 'poNumber', o.po_number,
      'releaseNumber', o.release_number, 'line', n.number, 'orderPosition', l.order_position, 'item', l.item,
      'quantity', l.quantity::text, 'unit', l.unit, 'stockQuantity', l.stock_quantity::text, 'lots', l.lots,
      'serials', l.serials) order by l.position), '[]')
    from shipment_line l join purchase_order o on o.id = l.order_id
    join purchase_order_line n on n.order_id = l.order_id and n.position = l.order_position
    where l.shipment_id = s.id) end as lines`;

const COLUMNS = `s.id, s.number, s.partner, s.test, s.version, s.state, s.at, s.ship_date as "shipDate", v.content,
  ${LINES_NOW}, s.notice, s.notice_by as "noticeBy", s.noticed_version as "noticedVersion", s.billing`;
const STORED = `from shipment s join shipment_version v on v.shipment_id = s.id and v.version = s.version`;

const FIND: Statement = { name: 'shipment-find', text: `select ${COLUMNS} ${STORED} where s.id = $1` };
const BY_NUMBER: Statement = {
  name: 'shipment-by-number',
  text: `select ${COLUMNS} ${STORED} where s.number = $1`,
};
const LOCK: Statement = { name: 'shipment-lock', text: `${BY_NUMBER.text} for update of s` };

export async function findShipment(db: Database, id: Id): Promise<StoredShipment | undefined> {
  const [row] = await run<StoredShipment>(db, FIND, [id]);
  return row && (withoutNulls(row) as StoredShipment);
}

export async function findShipmentByNumber(
  db: Database,
  number: string,
): Promise<StoredShipment | undefined> {
  const [row] = await run<StoredShipment>(db, BY_NUMBER, [number]);
  return row && (withoutNulls(row) as StoredShipment);
}

const TOLD: Statement = {
  name: 'shipment-told',
  text: `select r.content as told from shipment_version v join shipment_report r on r.id = v.report_id
    where v.shipment_id = $1 and v.version = $2`,
};

/** The shipment under a number, locked, with what its last report said. */
export async function loadEarlierShipment(
  tx: Database,
  number: string,
): Promise<EarlierShipment | undefined> {
  const [locked] = await run<StoredShipment>(tx, LOCK, [number]);
  if (locked === undefined) return undefined;
  const found = withoutNulls(locked) as StoredShipment;
  const [row] = await run<{ told: Shipment }>(tx, TOLD, [found.id, found.version]);
  assert(row !== undefined, `shipment ${number} has a report for its version`);
  return { ...found, told: row.told, billed: found.billing === 'billed' };
}

/** A line of a shipment with what it adds to shipped and not invoiced. */
export type ValuedLine = ShippedLine & { readonly amount: Decimal };

export type UnitRecord = { readonly sscc: string; readonly kind: string; readonly place: string };

export type NextShipment = Omit<StoredShipment, 'lines' | 'noticedVersion'> & {
  readonly report: Id;
  /** With what else is due by then; at once where absent. */
  readonly billFrom?: Instant | undefined;
  readonly billBy?: Instant | undefined;
  /** Absent where all was taken back. */
  readonly lines: readonly ValuedLine[];
  /** Of a cancellation: what is taken back. */
  readonly told: readonly ShippedLine[];
  readonly units: readonly UnitRecord[];
  /** Of the carrier, of the shipment and of its units. */
  readonly tracking: readonly string[];
};

const SAVE: Statement = {
  name: 'shipment-save',
  text: `
    with given as (
      select * from json_to_record($1::json) as r(id uuid, number text, partner text, test boolean, version int,
        state text, warehouse text, tracking json, "shipDate" date, content json, at timestamptz, notice text,
        "noticeBy" timestamptz, billing text, "billFrom" timestamptz, "billBy" timestamptz, report uuid, told json,
        "changedAt" timestamptz)
    ), versions as (
      insert into shipment_version (shipment_id, version, report_id, content, lines, at)
      select id, version, report, content, told, "changedAt" from given
    ), gone as (
      delete from shipment_line where shipment_id = (select id from given)
    )
    insert into shipment (id, number, partner, test, version, state, warehouse, ship_date, content, tracking, at,
      notice, notice_by, billing, bill_from, bill_by)
    select id, number, partner, test, version, state, warehouse, "shipDate", content,
      array(select json_array_elements_text(tracking)), at, notice, "noticeBy", billing, "billFrom", "billBy" from given
    on conflict (id) do update set version = excluded.version, state = excluded.state,
      warehouse = excluded.warehouse, ship_date = excluded.ship_date, content = excluded.content,
      tracking = excluded.tracking, notice = excluded.notice, notice_by = excluded.notice_by`,
};

const LINES: Statement = {
  name: 'shipment-lines',
  text: `
    insert into shipment_line (shipment_id, position, order_id, order_position, item, quantity, unit, stock_quantity,
      lots, serials, amount)
    select $1, position, "order", "orderPosition", item, quantity, unit, "stockQuantity",
      array(select json_array_elements_text(lots)), array(select json_array_elements_text(serials)), amount
    from json_to_recordset($2::json) as r(position int, "order" uuid, "orderPosition" int, item text,
      quantity numeric, unit text, "stockQuantity" numeric, lots json, serials json, amount numeric)`,
};

/* The number of a unit that is in no shipment any more may go with the same goods in another one. */
const UNITS: Statement = {
  name: 'shipment-units',
  text: `
    with given as (
      select * from json_to_recordset($2::json) as r(sscc text, kind text, place text)
    ), gone as (
      update handling_unit u set place = null
      where u.shipment_id = $1 and not exists (select from given g where g.sscc = u.sscc)
    )
    insert into handling_unit as u (sscc, shipment_id, kind, place, at)
    select sscc, $1, kind, place, $3 from given
    on conflict (sscc) do update
      set shipment_id = excluded.shipment_id, kind = excluded.kind, place = excluded.place
      where u.place is null or u.shipment_id = excluded.shipment_id
    returning sscc`,
};

/** Another shipment took the number of a unit a moment before. */
export class UnitTaken extends Error {
  override readonly name = 'UnitTaken';
}

export async function saveShipment(tx: Database, next: NextShipment, changedAt: Instant): Promise<void> {
  const { lines, units, ...shipment } = next;
  const { warehouse } = next.content;
  await run(tx, SAVE, [toJson({ ...shipment, warehouse, changedAt })]);
  if (lines.length > 0) await run(tx, LINES, [next.id, toJson(lines)]);
  const saved = await run(tx, UNITS, [next.id, toJson(units), changedAt]);
  if (saved.length < units.length) throw new UnitTaken(`a unit of shipment ${next.number} is in another one`);
}

const NOTICE: Statement = {
  name: 'shipment-notice',
  text: 'update shipment set notice = $2, noticed_version = $3 where id = $1',
};

/** `version` is the last one that was told; undefined where none was. */
export async function setNotice(
  tx: Database,
  id: Id,
  notice: NoticeState,
  version: number | undefined,
): Promise<void> {
  await run(tx, NOTICE, [id, notice, version ?? null]);
}

const ORDERS: Statement = {
  name: 'shipment-orders',
  text: `
    update purchase_order o set shipped_amount = g."shippedAmount", state = g.state
    from json_to_recordset($1::json) as g(id uuid, "shippedAmount" numeric, state text) where o.id = g.id`,
};

export type OrderProgress = {
  readonly id: Id;
  readonly shippedAmount: Decimal;
  readonly state: 'open' | 'closed' | 'cancelled';
};

export async function saveProgress(tx: Database, orders: readonly OrderProgress[]): Promise<void> {
  await run(tx, ORDERS, [toJson(orders)]);
}

const AMOUNTS: Statement = {
  name: 'shipment-amounts',
  text: `select l.order_id as "order", sum(l.amount)::text as amount from shipment_line l where shipment_id = $1
    group by 1`,
};

/** What the lines of a shipment, as it stands, add to shipped and not invoiced: by order. */
export async function sumAmounts(tx: Database, shipment: Id): Promise<ReadonlyMap<Id, Decimal>> {
  const rows = await run<{ order: Id; amount: Decimal }>(tx, AMOUNTS, [shipment]);
  return new Map(rows.map(({ order, amount }) => [order, amount]));
}

const BLANKET_LINES: Statement = {
  name: 'shipment-blanket-lines',
  text: `
    select distinct e.order_id as "order", e.blanket_id as blanket, l.number as line, l.item, l.unit
    from blanket_entry e join blanket_line l on l.blanket_id = e.blanket_id and l.number = e.line
    where e.order_id = any($1::uuid[]) and e.kind = 'release' order by 2, 3`,
};

export type DrawnBlanketLine = {
  readonly order: Id;
  readonly blanket: Id;
  readonly line: string;
  readonly item: string;
  readonly unit: string;
};

/** Lines of blanket orders that these releases draw on. */
export async function loadDrawnBlanketLines(
  tx: Database,
  orders: readonly Id[],
): Promise<readonly DrawnBlanketLine[]> {
  return await run<DrawnBlanketLine>(tx, BLANKET_LINES, [orders]);
}

const RULE: Statement = {
  name: 'shipment-rule',
  text: `insert into shipment_ruling (id, shipment_id, kind, message, at, "by", reason)
    values ($1, $2, $3, $4, $5, $6, $7)`,
};

export type ShipmentRulingRecord = {
  readonly id: Id;
  readonly shipment: Id;
  readonly kind: string;
  readonly message: string;
  readonly at: Instant;
  readonly by: string;
  readonly reason?: string | undefined;
};

export async function saveShipmentRuling(tx: Database, ruling: ShipmentRulingRecord): Promise<void> {
  const { id, shipment, kind, message, at, by, reason } = ruling;
  await run(tx, RULE, [id, shipment, kind, message, at, by, reason ?? null]);
}
