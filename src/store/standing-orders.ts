import type { Id } from '../domain/exchange/records.ts';
import type { EarlierChange } from '../domain/order/change-decision.ts';
import type { OrderChange } from '../domain/order/order-change.ts';
import type { OrderDecision } from '../domain/order/order-decision.ts';
import type { PurchaseOrder } from '../domain/order/purchase-order.ts';
import type { Ruling } from '../domain/order/ruling.ts';
import type { Drawn, KnownChange, KnownOrder } from '../domain/order/standing.ts';
import { unpackDecision } from '../domain/order/stored-decision.ts';
import type { Decimal } from '../lib/decimal.ts';
import { type Database, run, type Statement, toJson, withoutNulls } from './query.ts';

/** PO and release number: what a change names. */
export type ChangeKey = { readonly poNumber: string; readonly releaseNumber: string };

export type StoredOrder = { readonly id: Id; readonly test: boolean; readonly order: KnownOrder };
export type StoredChange = { readonly id: Id; readonly test: boolean; readonly known: KnownChange };

const LOCK: Statement = {
  name: 'standing-lock',
  text: `
    select o.id from purchase_order o
    where o.id = any($1::uuid[]) or exists (
      select from json_to_recordset($3::json) as k("poNumber" text, "releaseNumber" text)
      where o.partner = $2 and o.po_number = k."poNumber" and o.release_number = k."releaseNumber")
    order by o.id for update`,
};

/* After the lock, in a statement of its own: who waited sees what the other has left. */
const ORDERS: Statement = {
  name: 'standing-orders',
  text: `
    select o.id, o.test, o.po_number as "poNumber", o.release_number as "releaseNumber", o.ship_to as "shipTo",
      o.version, o.state, o.amount::text, o.shipped_amount::text as "shippedAmount", coalesce(o.content, d.canonical) as content, o.decision,
      (select json_agg(json_build_object('item', a.item, 'position', a.position, 'state', a.state, 'warehouse', a.warehouse,
          'quantity', a.quantity::text, 'ships', a.ships, 'part', a.part,
          'serials', (select json_agg(s.serial) from stock_serial s where s.allocation_id = a.id)))
        from allocation a where a.order_id = o.id and a.state <> 'released') as allocations,
      (select json_agg(json_build_array(s.position, s.quantity::text)) from (
          select order_position as position, trim_scale(sum(quantity)) as quantity from shipment_line
          where order_id = o.id group by order_position
        ) s) as shipped,
      (select json_object_agg(b.line, b.quantity::text) from (
          select e.line, sum(e.quantity) as quantity from blanket_entry e
          where e.order_id = o.id and e.kind = 'release' group by e.line
        ) b) as booked,
      (select e.blanket_id from blanket_entry e where e.order_id = o.id and e.kind = 'release' limit 1)
        as "bookedOn",
      (select json_agg(json_build_object('at', r.at, 'by', r."by", 'reason', r.reason, 'line', r.line,
          'choice', r.choice) order by r.at, r.id)
        from ruling r where r.order_id = o.id and r.overtaken_at is null) as rulings
    from purchase_order o join document d on d.id = o.document_id
    where o.id = any($1::uuid[])
    order by o.id`,
};

const CHANGES: Statement = {
  name: 'standing-changes',
  text: `
    select c.document_id as id, c.test, c.sequence, c.content_hash as "contentHash", c.state, c.decision,
      d.canonical as change,
      (select json_agg(json_build_object('at', r.at, 'by', r."by", 'reason', r.reason, 'line', r.line,
          'choice', r.choice) order by r.at, r.id)
        from ruling r where r.change_id = c.document_id) as rulings
    from json_to_recordset($2::json) as k("poNumber" text, "releaseNumber" text)
    join order_change c on c.partner = $1 and c.po_number = k."poNumber" and c.release_number = k."releaseNumber"
    join document d on d.id = c.document_id
    order by c.sequence, c.document_id`,
};

type OrderRow = {
  readonly id: Id;
  readonly test: boolean;
  readonly poNumber: string;
  readonly releaseNumber: string;
  readonly shipTo: string;
  readonly version: number;
  readonly state: 'open' | 'closed' | 'cancelled';
  readonly amount: Decimal | null;
  readonly content: PurchaseOrder;
  readonly decision: OrderDecision;
  readonly shippedAmount: Decimal;
  readonly allocations: readonly AllocationRow[] | null;
  readonly shipped: readonly (readonly [number, Decimal])[] | null;
  readonly booked: Readonly<Record<string, Decimal>> | null;
  readonly bookedOn: Id | null;
  readonly rulings: readonly Ruling[] | null;
};

type AllocationRow = {
  readonly item: string;
  readonly position: number;
  readonly state: keyof typeof KINDS;
  readonly warehouse: string | null;
  readonly quantity: Decimal;
  readonly ships: string | null;
  readonly part: number | null;
  readonly serials: readonly string[] | null;
};

type ChangeRow = Omit<EarlierChange, 'decision'> & {
  readonly id: Id;
  readonly test: boolean;
  readonly decision: NonNullable<EarlierChange['decision']>;
  readonly change: OrderChange;
  readonly rulings: readonly Ruling[] | null;
};

/** Orders under these numbers, and by id, as they stand: locked until the transaction ends. */
export async function loadStandingOrders(
  tx: Database,
  partner: string,
  keys: readonly ChangeKey[],
  ids: readonly Id[] = [],
): Promise<readonly StoredOrder[]> {
  const locked = await run<{ id: Id }>(tx, LOCK, [ids, partner, toJson(keys)]);
  if (locked.length === 0) return [];
  const rows = await run<OrderRow>(tx, ORDERS, [locked.map(({ id }) => id)]);
  return rows.map(({ id, test, ...row }) => ({ id, test, order: makeOrder(row) }));
}

function makeOrder(row: Omit<OrderRow, 'id' | 'test'>): KnownOrder {
  const { poNumber, releaseNumber, shipTo, version, state, content, decision } = row;
  return {
    poNumber,
    releaseNumber,
    shipTo,
    standing: {
      version,
      state,
      order: content,
      decision: unpackDecision(decision),
      shipped: nameShipped(row),
    },
    drawn: (row.allocations ?? []).map(makeDrawn),
    amount: row.amount ?? undefined,
    shippedAmount: row.shippedAmount,
    booked: new Map(Object.entries(row.booked ?? {})),
    bookedOn: row.bookedOn ?? undefined,
    rulings: (row.rulings ?? []).map(makeRuling),
  };
}

const KINDS = { reserved: 'now', waiting: 'backorder', shipped: 'shipped' } as const;

/** By line number: places in an order move when a line is taken out. */
function nameShipped({ shipped, content }: Pick<OrderRow, 'shipped' | 'content'>): Map<string, Decimal> {
  return new Map(
    (shipped ?? []).map(([position, quantity]) => [content.lines[position - 1]!.number, quantity]),
  );
}

function makeDrawn(row: AllocationRow): Drawn {
  const { item, position, state, warehouse, quantity, ships, part, serials } = row;
  return {
    item,
    position,
    kind: KINDS[state],
    stockQuantity: quantity,
    ...(warehouse === null ? {} : { warehouse }),
    ...(ships === null ? {} : { ships }),
    ...(part === null ? {} : { part }),
    ...(serials === null ? {} : { serials }),
  };
}

function makeRuling(row: Ruling): Ruling {
  return withoutNulls(row) as Ruling;
}

/** All changes that came for orders under these numbers. */
export async function loadChanges(
  tx: Database,
  partner: string,
  keys: readonly ChangeKey[],
): Promise<readonly StoredChange[]> {
  if (keys.length === 0) return [];
  const rows = await run<ChangeRow>(tx, CHANGES, [partner, toJson(keys)]);
  return rows.map(({ id, test, change, rulings, ...earlier }) => ({
    id,
    test,
    known: { change, earlier, rulings: (rulings ?? []).map(makeRuling) },
  }));
}

const FIND_CHANGE: Statement = {
  name: 'standing-find-change',
  text: `select po_number as "poNumber", release_number as "releaseNumber", test from order_change
    where document_id = $1`,
};

/** Which order a change is of. */
export async function findChange(
  tx: Database,
  document: Id,
): Promise<(ChangeKey & { readonly test: boolean }) | undefined> {
  const [row] = await run<ChangeKey & { test: boolean }>(tx, FIND_CHANGE, [document]);
  return row;
}

const WAITING: Statement = {
  name: 'standing-waiting-changes',
  text: `select document_id as document, partner, po_number as "poNumber", sequence, at from order_change c
    where state = 'waiting' and not exists (
      select from exception x where x.document_id = c.document_id and x.kind = 'change-waits-too-long')
    order by at, document_id for update skip locked`,
};

export type WaitingChange = {
  readonly document: Id;
  readonly partner: string;
  readonly poNumber: string;
  readonly sequence: number;
  readonly at: string;
};

/** Changes that wait and that nobody was asked about yet. */
export async function listWaitingChanges(tx: Database): Promise<readonly WaitingChange[]> {
  return await run<WaitingChange>(tx, WAITING, []);
}

const HELD_RELEASES: Statement = {
  name: 'standing-held-releases',
  text: `
    select o.id from blanket b
    join purchase_order o on o.partner = b.partner and o.po_number = b.po_number and o.test = b.test
      and o.release_number <> '' and o.state = 'open' and o.outcome = 'held'
    where b.id = $1 and exists (
      select from exception x where x.order_id = o.id and x.kind = 'blanket-unknown' and x.state = 'open')
    order by o.at, o.id`,
};

/** Releases of a blanket that came before it and wait for it, the first first; locked. */
export async function loadHeldReleases(tx: Database, blanket: Id): Promise<readonly StoredOrder[]> {
  const held = await run<{ id: Id }>(tx, HELD_RELEASES, [blanket]);
  return held.length === 0
    ? []
    : await loadStandingOrders(
        tx,
        '',
        [],
        held.map(({ id }) => id),
      );
}
