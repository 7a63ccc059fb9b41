import type { Id } from '../domain/exchange/records.ts';
import type { BilledOrder } from '../domain/invoice/billing.ts';
import type { OrderDecision } from '../domain/order/order-decision.ts';
import type { PurchaseOrder } from '../domain/order/purchase-order.ts';
import { unpackDecision } from '../domain/order/stored-decision.ts';
import type { ShippedGoods } from '../domain/shipment/shipped.ts';
import type { Instant } from '../lib/dates.ts';
import type { Decimal } from '../lib/decimal.ts';
import { type Database, run, type Statement, withoutNulls } from './query.ts';

/** A shipment that is to be billed. */
export type DueShipment = ShippedGoods & {
  readonly customer?: string | undefined;
  /** What it added to shipped and not invoiced. */
  readonly value: Decimal;
};

/** Of shipments that the partner was told of, or need not be, and whose time has come ($1). */
export const BILLING_DUE = `s.billing = 'due' and s.state = 'shipped' and s.notice in ('none', 'sent')
  and (s.bill_from is null or s.bill_from <= $1)`;

const DUE_PARTNERS: Statement = {
  name: 'billing-due-partners',
  text: `select distinct s.partner, s.test from shipment s where ${BILLING_DUE} order by 1, 2`,
};

export type DuePartner = { readonly partner: string; readonly test: boolean };

/** Whose shipments are to be billed now. */
export async function listDuePartners(db: Database, now: Instant): Promise<readonly DuePartner[]> {
  return await run(db, DUE_PARTNERS, [now]);
}

const DUE: Statement = {
  name: 'billing-due',
  text: `
    select s.id, s.number, s.partner, s.test, s.version, s.state, s.at, s.ship_date as "shipDate", s.content, v.lines,
      (select coalesce(sum(amount), 0) from shipment_line l where l.shipment_id = s.id) as value
    from shipment s join shipment_version v on v.shipment_id = s.id and v.version = s.version
    where ${BILLING_DUE} and s.partner = $2 and s.test = $3
    order by s.at, s.id limit $4
    for update of s skip locked`,
};

/** Locked until the transaction ends: nobody else bills them. In the order in which they left. */
export async function lockDueShipments(
  tx: Database,
  { partner, test }: DuePartner,
  now: Instant,
  most: number,
): Promise<readonly DueShipment[]> {
  const rows = await run<DueShipment>(tx, DUE, [now, partner, test, most]);
  return rows.map((row) => withoutNulls(row) as DueShipment);
}

type OrderRow = {
  readonly id: Id;
  readonly content: PurchaseOrder;
  readonly decision: OrderDecision;
  readonly state: string;
  readonly shipped: readonly { readonly position: number; readonly quantity: Decimal }[] | null;
  readonly invoiced: readonly { readonly position: number; readonly quantity: Decimal }[] | null;
  readonly charged: boolean;
};

/* What was credited does not count as billed again: a credit takes back money, and the goods were billed all the same. */
const ORDERS: Statement = {
  name: 'billing-orders',
  text: `
    select o.id, coalesce(o.content, d.canonical) as content, o.decision, o.state,
      (select json_agg(json_build_object('position', order_position, 'quantity', q::text)) from (
        select l.order_position, sum(l.quantity) as q from shipment_line l join shipment s on s.id = l.shipment_id
        where l.order_id = o.id and s.state = 'shipped' group by 1) t) as shipped,
      (select json_agg(json_build_object('position', order_position, 'quantity', q::text)) from (
        select l.order_position, sum(l.quantity) as q from invoice_line l join invoice i on i.id = l.invoice_id
        where l.order_id = o.id and i.kind = 'invoice' group by 1) t) as invoiced,
      exists (select from invoice_line l join invoice i on i.id = l.invoice_id
        where l.order_id = o.id and i.kind = 'invoice') as charged
    from purchase_order o join document d on d.id = o.document_id
    where o.id = any($1::uuid[])`,
};

/* A statement of its own: who waits here for another invoice on the order reads after that what it billed. */
const LOCK_ORDERS: Statement = {
  name: 'billing-lock-orders',
  text: 'select id from purchase_order where id = any($1::uuid[]) order by id for update',
};

/** Orders as they stand, locked, with what was shipped and billed of each line; in the order asked for. */
export async function loadBilledOrders(
  tx: Database,
  ids: readonly Id[],
): Promise<readonly (BilledOrder & { readonly state: string })[]> {
  await run(tx, LOCK_ORDERS, [ids]);
  const rows = await run<OrderRow>(tx, ORDERS, [ids]);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => {
    const row = byId.get(id);
    if (row === undefined) return [];
    const { content, decision, state, shipped, invoiced, charged } = row;
    return [
      {
        id,
        state,
        order: content,
        decision: unpackDecision(decision),
        shipped: sumsByLine(shipped),
        invoiced: sumsByLine(invoiced),
        chargesBilled: charged,
      },
    ];
  });
}

const AWAITED: Statement = {
  name: 'billing-awaited',
  text: `
    select exists (
      select from shipment s join shipment_line l on l.shipment_id = s.id
      where l.order_id = any($1::uuid[]) and s.id <> all($2::uuid[]) and s.billing = 'due' and s.state = 'shipped'
    ) as awaited`,
};

/** Whether something else of these orders has left and is to be billed once its notice has. */
export async function isMoreAwaited(
  tx: Database,
  orders: readonly Id[],
  shipments: readonly Id[],
): Promise<boolean> {
  const [row] = await run<{ awaited: boolean }>(tx, AWAITED, [orders, shipments]);
  return row?.awaited === true;
}

function sumsByLine(rows: OrderRow['shipped']): ReadonlyMap<number, Decimal> {
  return new Map((rows ?? []).map(({ position, quantity }) => [position, quantity]));
}

const BILLED: Statement = {
  name: 'billing-set',
  text: 'update shipment set billing = $2, stopped_by = $3 where id = any($1::uuid[])',
};

/** `stoppedBy`: the exception that a person was asked with. */
export async function setBilling(
  tx: Database,
  shipments: readonly Id[],
  billing: 'stopped' | 'billed',
  stoppedBy?: Id,
): Promise<void> {
  await run(tx, BILLED, [shipments, billing, stoppedBy ?? null]);
}

const RESUME: Statement = {
  name: 'billing-resume',
  text: `update shipment set billing = $2, stopped_by = null where stopped_by = $1 and billing = 'stopped' returning number`,
};

/** What a person was asked about is billed again, or not from here. Returns the numbers of the shipments. */
export async function resumeBilling(
  tx: Database,
  stoppedBy: Id,
  billing: 'due' | 'none',
): Promise<readonly string[]> {
  const rows = await run<{ number: string }>(tx, RESUME, [stoppedBy, billing]);
  return rows.map(({ number }) => number);
}
