import type { Id } from '../domain/exchange/records.ts';
import type { BilledLine, BilledOrder, FigureSource } from '../domain/invoice/billing.ts';
import type { Invoice } from '../domain/invoice/invoice.ts';
import type { OrderDecision } from '../domain/order/order-decision.ts';
import type { PurchaseOrder } from '../domain/order/purchase-order.ts';
import { unpackDecision } from '../domain/order/stored-decision.ts';
import type { ShippedGoods } from '../domain/shipment/shipped.ts';
import type { Instant, PlainDate } from '../lib/dates.ts';
import type { Decimal } from '../lib/decimal.ts';
import { type Database, run, type Statement, toJson, withoutNulls } from './query.ts';

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

export type InvoiceRecord = {
  readonly id: Id;
  readonly number: string;
  readonly kind: 'invoice' | 'credit-memo';
  readonly partner: string;
  readonly customer?: string | undefined;
  readonly test: boolean;
  readonly currency: string;
  /** Below zero for a credit memo. */
  readonly amount: Decimal;
  readonly issued: PlainDate;
  readonly due?: PlainDate | undefined;
  readonly content: Invoice;
  readonly proof: readonly FigureSource[];
  readonly document?: Id | undefined;
  readonly credits?: Id | undefined;
  readonly at: Instant;
};

export type InvoiceLineRecord = Pick<BilledLine, 'position' | 'quantity' | 'amount'> & {
  readonly order?: Id | undefined;
  readonly orderPosition?: number | undefined;
  readonly shipment?: Id | undefined;
  readonly item?: string | undefined;
  readonly unit?: string | undefined;
  readonly price?: Decimal | undefined;
  /** Of a credit memo: place of the line in the invoice that it takes back from. */
  readonly credits?: number | undefined;
};

const SAVE: Statement = {
  name: 'invoice-save',
  text: `
    with given as (
      select * from json_to_record($1::json) as r(id uuid, number text, kind text, partner text, customer text,
        test boolean, currency text, amount numeric, issued date, due date, content json, proof json, document uuid,
        credits uuid, at timestamptz)
    ), saved as (
      insert into invoice (id, number, kind, partner, customer, test, currency, amount, issued, due, content, proof,
        document_id, credits, at)
      select id, number, kind, partner, customer, test, currency, amount, issued, due, content, proof, document,
        credits, at from given
      returning id
    )
    insert into invoice_line (invoice_id, position, order_id, order_position, shipment_id, item, quantity, unit, price,
      amount, credits)
    select s.id, position, "order", "orderPosition", shipment, item, quantity, unit, price, amount, credits
    from saved s, json_to_recordset($2::json) as r(position int, "order" uuid, "orderPosition" int, shipment uuid,
      item text, quantity numeric, unit text, price numeric, amount numeric, credits int)`,
};

export async function saveInvoice(
  tx: Database,
  invoice: InvoiceRecord,
  lines: readonly InvoiceLineRecord[],
): Promise<void> {
  await run(tx, SAVE, [toJson(invoice), toJson(lines)]);
}

/* What the books owe us, where the customer is one of ours: a credit is owed with a minus sign. */
const OWE: Statement = {
  name: 'invoice-owe',
  text: `
    insert into receivable (customer, number, currency, amount, due)
    select number, $2, $3, $4::numeric, $5::date from customer where number = $1
    on conflict (customer, number) do update set amount = excluded.amount, due = excluded.due`,
};

export async function addReceivable(
  tx: Database,
  { customer, number, currency, amount, due, issued }: InvoiceRecord,
): Promise<void> {
  if (customer !== undefined) await run(tx, OWE, [customer, number, currency, amount, due ?? issued]);
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

const FIND: Statement = {
  name: 'invoice-find',
  text: `
    select i.id, i.number, i.kind, i.partner, i.customer, i.test, i.currency, i.amount, i.issued, i.due, i.content,
      i.proof, i.document_id as document, i.credits, i.at,
      (select json_agg(json_build_object('position', position, 'order', order_id, 'orderPosition', order_position,
        'shipment', shipment_id, 'item', item, 'quantity', quantity::text, 'unit', unit, 'price', price::text,
        'amount', amount::text, 'credits', credits) order by position)
        from invoice_line l where l.invoice_id = i.id) as lines
    from invoice i
    where ($1::text is null or i.number = $1) and ($2::uuid is null or i.id = $2) and ($3::uuid is null or i.document_id = $3)
      and ($4::text is null or i.partner = $4) and ($5::uuid is null or i.credits = $5)
    order by i.at desc, i.number desc limit $6`,
};

export type StoredInvoice = InvoiceRecord & { readonly lines: readonly InvoiceLineRecord[] };

export type InvoiceQuery = {
  readonly number?: string | undefined;
  readonly id?: Id | undefined;
  readonly document?: Id | undefined;
  readonly partner?: string | undefined;
  /** Credit memos against this invoice. */
  readonly credits?: Id | undefined;
  readonly most?: number | undefined;
};

/** Newest first. */
export async function findInvoices(db: Database, query: InvoiceQuery): Promise<readonly StoredInvoice[]> {
  const { number, id, document, partner, credits, most = 200 } = query;
  const rows = await run<StoredInvoice>(db, FIND, [
    number ?? null,
    id ?? null,
    document ?? null,
    partner ?? null,
    credits ?? null,
    most,
  ]);
  return rows.map((row) => ({
    ...(withoutNulls(row) as StoredInvoice),
    lines: (row.lines ?? []).map((line) => withoutNulls(line) as InvoiceLineRecord),
  }));
}

const SENT_AGAIN: Statement = {
  name: 'invoice-sent-again',
  text: 'update invoice set document_id = $2 where id = $1',
};

/** The 810 that counts, where the partner rejected the one before. */
export async function setInvoiceDocument(tx: Database, id: Id, document: Id): Promise<void> {
  await run(tx, SENT_AGAIN, [id, document]);
}

const LOCK: Statement = { name: 'invoice-lock', text: 'select id from invoice where id = $1 for update' };

/** Two credits against one invoice are made one after the other. */
export async function lockInvoice(tx: Database, id: Id): Promise<void> {
  await run(tx, LOCK, [id]);
}
