import type { Id } from '../domain/exchange/records.ts';
import type { OrderDecision } from '../domain/order/order-decision.ts';
import type { PurchaseOrder } from '../domain/order/purchase-order.ts';
import type { Ruling } from '../domain/order/ruling.ts';
import { unpackDecision } from '../domain/order/stored-decision.ts';
import type { Instant, PlainDate } from '../lib/dates.ts';
import type { Decimal } from '../lib/decimal.ts';
import { EXCEPTION_COLUMNS, type StoredException } from './exceptions.ts';
import { type Database, run, type Statement, withoutNulls } from './query.ts';

/** An order as it stands, whole. */
export type OrderAsItStands = {
  readonly id: Id;
  readonly partner: string;
  readonly document: Id;
  readonly poNumber: string;
  readonly releaseNumber: string;
  readonly shipTo: string;
  readonly test: boolean;
  readonly currency?: string | undefined;
  readonly version: number;
  readonly state: 'open' | 'closed' | 'cancelled';
  readonly amount?: Decimal | undefined;
  readonly at: Instant;
  readonly content: PurchaseOrder;
  readonly decision: OrderDecision;
};

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/* An id may be that of the order, of a document of it, of a change of it, or of what answers one of these. */
const FIND: Statement = {
  name: 'explain-orders',
  text: `
    with named as (
      select $2::uuid as id union select answers from document where id = $2 and answers is not null
    ), orders as (
      select id from purchase_order where po_number = $1
      union select o.id from purchase_order o join named n on n.id = o.id
      union select o.id from purchase_order o join named n on n.id = o.document_id
      union select d.order_id from document d join named n on n.id = d.id
      union select c.order_id from order_change c join named n on n.id = c.document_id
    )
    select o.id, o.partner, o.document_id as document, o.po_number as "poNumber", o.release_number as "releaseNumber",
      o.ship_to as "shipTo", o.test, o.currency, o.version, o.state, o.amount, o.at,
      coalesce(o.content, d.canonical) as content, o.decision
    from orders s join purchase_order o on o.id = s.id join document d on d.id = o.document_id
    where ($3::text is null or o.partner = $3) and ($4::text is null or o.release_number = $4)
    order by o.test, o.release_number, o.partner, o.ship_to limit 200`,
};

export type OrderQuery = {
  /** PO number, or the id of an order or document. */
  readonly what: string;
  readonly partner?: string | undefined;
  readonly release?: string | undefined;
};

/** Every order that this may mean: live ones first, orders before their releases. */
export async function findOrdersToExplain(db: Database, query: OrderQuery): Promise<OrderAsItStands[]> {
  const { what, partner, release } = query;
  const rows = await run<OrderAsItStands>(db, FIND, [
    what,
    isId(what) ? what : null,
    partner ?? null,
    release ?? null,
  ]);
  return rows.map((row) => withDecision(withoutNulls(row) as OrderAsItStands));
}

function withDecision<R extends { readonly decision: OrderDecision }>(row: R): R {
  return { ...row, decision: unpackDecision(row.decision) };
}

export function isId(what: string): boolean {
  return UUID.test(what);
}

const NEAR: Statement = {
  name: 'explain-numbers',
  text: `
    select po_number as "poNumber" from purchase_order where $1::text is null or partner = $1
    order by at desc limit 2000`,
};

/** The newest PO numbers, to find the one that was meant. */
export async function listOrderNumbers(db: Database, partner: string | undefined): Promise<string[]> {
  const rows = await run<{ poNumber: string }>(db, NEAR, [partner ?? null]);
  return rows.map(({ poNumber }) => poNumber);
}

/** What is known around an order: its papers, what was booked and reserved for it, how it came to be as it is. */
export type OrderHistory = {
  readonly papers: readonly Paper[];
  readonly versions: readonly EndedVersion[];
  readonly changes: readonly ChangeOfOrder[];
  readonly rulings: readonly Ruling[];
  readonly bookings: readonly BookedOnBlanket[];
  readonly allocations: readonly StandingAllocation[];
  readonly exceptions: readonly StoredException[];
};

/** A document of the order: what it came in, what was answered. */
export type Paper = {
  readonly id: Id;
  readonly direction: 'in' | 'out';
  readonly set: string;
  readonly control: string;
  readonly acknowledgement: string;
  readonly at: Instant;
};

export type EndedVersion = {
  readonly version: number;
  readonly content: PurchaseOrder;
  readonly decision: OrderDecision;
  readonly changedBy?: Id | undefined;
  /** To the version behind it. */
  readonly difference: unknown;
  /** When it ended. */
  readonly at: Instant;
};

export type ChangeOfOrder = {
  readonly document: Id;
  readonly sequence: number;
  readonly state: string;
  readonly decision: { readonly outcome?: string; readonly reasons?: readonly { readonly text: string }[] };
  readonly at: Instant;
};

export type BookedOnBlanket = {
  readonly poNumber: string;
  readonly line: string;
  readonly item: string;
  readonly unit: string;
  readonly quantity: Decimal;
  readonly committed: Decimal;
  readonly released: Decimal;
};

/** In the item's unit. */
export type StandingAllocation = {
  readonly position: number;
  readonly item: string;
  readonly state: 'reserved' | 'waiting' | 'shipped';
  readonly warehouse?: string | undefined;
  readonly quantity: Decimal;
  readonly ships?: PlainDate | undefined;
};

const PAPERS: Statement = {
  name: 'explain-papers',
  text: `
    select d.id, d.direction, d.set, d.control, d.acknowledgement, f.at
    from document d join interchange i on i.id = d.interchange_id join file f on f.id = i.file_id
    where d.functional_id <> 'FA' and d.id in (
      select $2
      union select id from document where order_id = $1
      union select id from document where answers = $2
      union select document_id from order_change where order_id = $1
    )
    order by f.at, d.id`,
};

const VERSIONS: Statement = {
  name: 'explain-versions',
  text: `select version, content, decision, changed_by as "changedBy", difference, at from order_version
    where order_id = $1 order by version`,
};

const CHANGES: Statement = {
  name: 'explain-changes',
  text: `select document_id as document, sequence, state, decision, at from order_change
    where order_id = $1 order by at, sequence`,
};

const RULINGS: Statement = {
  name: 'explain-rulings',
  text: `select at, "by", reason, line, choice from ruling where order_id = $1 order by at, id`,
};

const BOOKINGS: Statement = {
  name: 'explain-bookings',
  text: `
    select b.po_number as "poNumber", l.number as line, l.item, l.unit, sum(e.quantity) as quantity, l.committed,
      l.released
    from blanket_entry e join blanket b on b.id = e.blanket_id
      join blanket_line l on l.blanket_id = e.blanket_id and l.number = e.line
    where e.order_id = $1 and e.kind = 'release'
    group by b.po_number, l.number, l.item, l.unit, l.committed, l.released order by 1, 2`,
};

const ALLOCATIONS: Statement = {
  name: 'explain-allocations',
  text: `select position, item, state, warehouse, quantity, ships from allocation
    where order_id = $1 and state <> 'released' order by position, ships nulls last, id`,
};

const EXCEPTIONS: Statement = {
  name: 'explain-exceptions',
  text: `select ${EXCEPTION_COLUMNS} from exception x
    where x.state = 'open' and (x.order_id = $1 or x.document_id = $2) order by x.due_at, x.id`,
};

const DESCRIPTIONS: Statement = {
  name: 'explain-items',
  text: `select number, description from item where number = any($1::text[]) and description is not null`,
};

/** What our items are called, by number. */
export async function describeItems(
  db: Database,
  items: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await run<{ number: string; description: string }>(db, DESCRIPTIONS, [items]);
  return new Map(rows.map(({ number, description }) => [number, description]));
}

export async function loadOrderHistory(
  db: Database,
  { id, document }: Pick<OrderAsItStands, 'id' | 'document'>,
): Promise<OrderHistory> {
  const ask = async <Row extends object>(statement: Statement, ...values: readonly Id[]) =>
    (await run<Row>(db, statement, values)).map((row) => withoutNulls(row) as Row);
  return {
    papers: await ask<Paper>(PAPERS, id, document),
    versions: (await ask<EndedVersion>(VERSIONS, id)).map(withDecision),
    changes: await ask<ChangeOfOrder>(CHANGES, id),
    rulings: await ask<Ruling>(RULINGS, id),
    bookings: await ask<BookedOnBlanket>(BOOKINGS, id),
    allocations: await ask<StandingAllocation>(ALLOCATIONS, id),
    exceptions: await ask<StoredException>(EXCEPTIONS, id, document),
  };
}
