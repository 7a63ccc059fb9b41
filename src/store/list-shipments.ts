import type { NoticeState } from '../domain/shipment/shipped.ts';
import type { Instant, PlainDate } from '../lib/dates.ts';
import { type Database, run, type Statement, withoutNulls } from './query.ts';
import { findShipmentByNumber, type StoredShipment } from './shipments.ts';

/** A shipment in a list. */
export type ShipmentSummary = {
  readonly number: string;
  readonly partner: string;
  readonly test: boolean;
  readonly version: number;
  readonly state: 'shipped' | 'cancelled';
  readonly shipDate: PlainDate;
  readonly notice: NoticeState;
  readonly noticeBy?: Instant | undefined;
  readonly billing: string;
  readonly orders: readonly string[];
  readonly lines: number;
  readonly units: number;
};

const LIST: Statement = {
  name: 'shipment-list',
  text: `
    select s.number, s.partner, s.test, s.version, s.state, s.ship_date as "shipDate", s.notice,
      s.notice_by as "noticeBy", s.billing,
      array(select distinct o.po_number from shipment_line l join purchase_order o on o.id = l.order_id
        where l.shipment_id = s.id order by 1) as orders,
      (select count(*)::int from shipment_line l where l.shipment_id = s.id) as lines,
      (select count(*)::int from handling_unit u where u.shipment_id = s.id and u.place is not null) as units
    from shipment s
    where ($1::text is null or s.partner = $1) and ($2::text is null or s.notice = $2)
      and ($3::text is null or s.id in (select l.shipment_id from shipment_line l
        join purchase_order o on o.id = l.order_id where o.po_number = $3))
    order by s.at desc, s.id desc limit $4`,
};

export type ShipmentFilter = {
  readonly partner?: string | undefined;
  readonly notice?: string | undefined;
  readonly poNumber?: string | undefined;
  readonly limit?: number;
};

/** Newest first. */
export async function listShipments(
  db: Database,
  { partner, notice, poNumber, limit = 1_000 }: ShipmentFilter,
): Promise<readonly ShipmentSummary[]> {
  const rows = await run<ShipmentSummary>(db, LIST, [
    partner ?? null,
    notice ?? null,
    poNumber ?? null,
    limit,
  ]);
  return rows.map((row) => withoutNulls(row) as ShipmentSummary);
}

export type ShipmentHistory = {
  readonly shipment: StoredShipment;
  /** Oldest first. */
  readonly versions: readonly {
    readonly version: number;
    readonly at: Instant;
    readonly purpose: string;
    readonly origin: string;
  }[];
  /** Kind and text of what waits for a person. */
  readonly asked: readonly { readonly kind: string; readonly message: string }[];
};

const VERSIONS: Statement = {
  name: 'shipment-versions',
  text: `
    select v.version, v.at, r.origin, coalesce(r.content->>'purpose', 'original') as purpose
    from shipment_version v join shipment_report r on r.id = v.report_id
    where v.shipment_id = $1 order by v.version`,
};

const ASKED: Statement = {
  name: 'shipment-asked',
  text: `select kind, message from exception where shipment_id = $1 and state = 'open' order by due_at, id`,
};

/** A shipment by its number, with how it came to be what it is. */
export async function readShipmentHistory(
  db: Database,
  number: string,
): Promise<ShipmentHistory | undefined> {
  const shipment = await findShipmentByNumber(db, number);
  if (shipment === undefined) return undefined;
  return {
    shipment,
    versions: await run(db, VERSIONS, [shipment.id]),
    asked: await run(db, ASKED, [shipment.id]),
  };
}
