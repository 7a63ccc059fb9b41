import type { CertificateKind } from '../domain/certificate/certificate.ts';
import type { Id } from '../domain/exchange/records.ts';
import type { OrderDecision } from '../domain/order/order-decision.ts';
import type { PurchaseOrder } from '../domain/order/purchase-order.ts';
import { unpackDecision } from '../domain/order/stored-decision.ts';
import type {
  HeldCertificate,
  HeldStock,
  KnownSerial,
  ShippableItem,
  ShippableOrder,
  ShippedBefore,
} from '../domain/shipment/shipment-facts.ts';
import type { Decimal } from '../lib/decimal.ts';
import { type Database, run, type Statement, toJson, withoutNulls } from './query.ts';

/*
 * Everybody who ships locks in one order: the number of the shipment, its orders by id, the customers, the stock. Who
 * holds an order holds all that was shipped of it.
 */
const LOCK_NUMBER: Statement = {
  name: 'ship-lock-number',
  text: `select pg_advisory_xact_lock(hashtextextended('shipment ' || $1, 0))`,
};

export async function lockShipmentNumber(tx: Database, number: string): Promise<void> {
  await run(tx, LOCK_NUMBER, [number]);
}

export type OrderName = { readonly poNumber: string; readonly releaseNumber: string };

const LOCK_ORDERS: Statement = {
  name: 'ship-lock-orders',
  text: `
    select o.id from purchase_order o
    where o.id = any($1::uuid[]) or exists (
      select from json_to_recordset($2::json) as k("poNumber" text, "releaseNumber" text)
      where o.po_number = k."poNumber" and o.release_number = k."releaseNumber" and o.test = $3)
    order by o.id for update`,
};

/* After the lock, in a statement of its own: who waited sees what the other has left. */
const ORDERS: Statement = {
  name: 'ship-orders',
  text: `
    select o.id, o.partner, o.test, o.po_number as "poNumber", o.release_number as "releaseNumber",
      o.ship_to as "shipTo", o.state, coalesce(o.content, d.canonical) as "order", o.decision, o.currency,
      o.shipped_amount as "shippedAmount",
      (select json_agg(json_build_array(l.order_position, l.quantity::text, l.stock_quantity::text))
        from (select order_position, sum(quantity) as quantity, sum(stock_quantity) as stock_quantity
          from shipment_line where order_id = o.id and shipment_id is distinct from $2::uuid
          group by order_position) l) as shipped
    from purchase_order o join document d on d.id = o.document_id
    where o.id = any($1::uuid[]) order by o.id`,
};

/** An order as it is stored, before what it holds is known. */
export type StoredShippable = Omit<ShippableOrder, 'held'> & {
  /** Taken off what is accepted and not shipped. */
  readonly shippedAmount: Decimal;
};

type OrderRow = Omit<StoredShippable, 'shipped'> & {
  readonly order: PurchaseOrder;
  readonly decision: OrderDecision;
  readonly shipped: readonly (readonly [number, Decimal, Decimal])[] | null;
};

/** Orders under these names, and by id: locked, with what shipments other than `except` have of them. */
export async function loadShippableOrders(
  tx: Database,
  names: readonly OrderName[],
  test: boolean,
  ids: readonly Id[],
  except: Id | undefined,
): Promise<readonly StoredShippable[]> {
  const locked = await run<{ id: Id }>(tx, LOCK_ORDERS, [ids, toJson(names), test]);
  if (locked.length === 0) return [];
  const rows = await run<OrderRow>(tx, ORDERS, [locked.map(({ id }) => id), except ?? null]);
  return rows.map(({ shipped, decision, ...row }) => ({
    ...row,
    decision: unpackDecision(decision),
    shipped: new Map(
      (shipped ?? []).map(([position, quantity, stockQuantity]): [number, ShippedBefore] => [
        position,
        { quantity, stockQuantity },
      ]),
    ),
  }));
}

const LOCK_CUSTOMERS: Statement = {
  name: 'ship-lock-customers',
  text: `select number, coalesce(credit_currency, $2) as currency from customer where number = any($1::text[])
    order by number for no key update`,
};

/** The currency that each customer's account is kept in, under its lock. */
export async function lockAccounts(
  tx: Database,
  numbers: readonly string[],
  currency: string,
): Promise<ReadonlyMap<string, string>> {
  const rows = await run<{ number: string; currency: string }>(tx, LOCK_CUSTOMERS, [numbers, currency]);
  return new Map(rows.map((row) => [row.number, row.currency]));
}

const LOCK_STOCK: Statement = {
  name: 'ship-lock-stock',
  text: 'select item, warehouse from stock where item = any($1::text[]) order by item, warehouse for update',
};

const DETAILS: Statement = {
  name: 'ship-details',
  text: `
    select
      (select coalesce(json_agg(json_build_object('number', i.number, 'unit', i.unit, 'serialised', i.serialised,
          'conversions', (select json_object_agg(u.unit, u.factor::text) from item_unit u where u.item = i.number))), '[]')
        from item i where i.number = any($1::text[])) as items,
      (select coalesce(json_agg(json_build_object('order', a.order_id, 'id', a.id, 'position', a.position,
          'item', a.item, 'warehouse', a.warehouse, 'quantity', a.quantity::text, 'state', a.state,
          'serials', array(select s.serial from stock_serial s where s.allocation_id = a.id order by s.serial))
          order by a.ships nulls last, a.id), '[]')
        from allocation a
        where a.order_id = any($2::uuid[]) and (a.state in ('reserved', 'waiting') or a.shipment_id = $3::uuid)) as held,
      array(select id from warehouse order by id) as warehouses,
      array(select distinct item from stock_serial where item = any($1::text[])) as "keptBySerial",
      (select coalesce(json_agg(json_build_object('item', s.item, 'serial', s.serial, 'warehouse', s.warehouse,
          'attributes', s.attributes, 'left', left_with.number,
          'reserved', case when a.state = 'reserved' then json_build_object('order', a.order_id, 'poNumber', o.po_number,
            'position', a.position) end)), '[]')
        from stock_serial s
        left join allocation a on a.id = s.allocation_id
        left join purchase_order o on o.id = a.order_id
        left join shipment left_with on left_with.id = a.shipment_id and left_with.id is distinct from $3::uuid
        where s.item = any($1::text[]) and s.serial = any($4::text[])) as serials,
      (select coalesce(json_agg(json_build_object('item', l.item, 'serial', told.serial, 'left', h.number)), '[]')
        from shipment_line l join shipment h on h.id = l.shipment_id
        cross join lateral unnest(l.serials) as told(serial)
        where l.serials && $4::text[] and told.serial = any($4::text[]) and l.shipment_id is distinct from $3::uuid
          and not exists (select from goods_return_line b join goods_return g on g.id = b.return_id
            where told.serial = any(b.serials) and g.state in ('received', 'credited') and g.at > h.at)) as "leftBefore",
      (select coalesce(json_object_agg(u.sscc, h.number), '{}') from handling_unit u
        join shipment h on h.id = u.shipment_id
        where u.sscc = any($5::text[]) and u.place is not null and u.shipment_id is distinct from $3::uuid) as ssccs,
      (select coalesce(json_agg(json_build_object('kind', c.kind, 'item', c.item, 'lot', c.lot, 'order', c.order_id,
          'line', c.order_line,
          'serials', array(select s.serial from certificate_serial s where s.certificate_id = c.id))), '[]')
        from certificate c
        where c.superseded_by is null and c.item = any($1::text[]) and (c.order_id = any($2::uuid[])
          or c.lot = any($6::text[]) or exists (select from certificate_serial s
            where s.certificate_id = c.id and s.serial = any($4::text[])))) as certificates,
      (select coalesce(json_agg(json_build_object('kind', r.kind, 'message', r.message, 'by', r."by")), '[]')
        from shipment_ruling r where r.shipment_id = $3::uuid) as rulings`,
};

/** What a report of a shipment speaks of. */
export type GoodsAsked = {
  readonly items: readonly string[];
  readonly orders: readonly Id[];
  /** The shipment that it corrects, or looks at again. */
  readonly shipment: Id | undefined;
  readonly serials: readonly string[];
  readonly ssccs: readonly string[];
  readonly lots: readonly string[];
};

export type GoodsFacts = {
  readonly items: ReadonlyMap<string, ShippableItem>;
  readonly held: ReadonlyMap<Id, readonly HeldStock[]>;
  readonly kept: ReadonlyMap<string, readonly string[]>;
  readonly warehouses: ReadonlySet<string>;
  readonly keptBySerial: ReadonlySet<string>;
  readonly serials: readonly KnownSerial[];
  readonly usedSsccs: ReadonlyMap<string, string>;
  readonly certificates: readonly HeldCertificate[];
  readonly rulings: readonly { readonly kind: string; readonly message: string; readonly by: string }[];
};

type Nullable<T> = { [K in keyof T]: T[K] | null };

type DetailsRow = {
  readonly items: readonly (Omit<ShippableItem, 'conversions'> & {
    readonly conversions: Readonly<Record<string, Decimal>> | null;
  })[];
  readonly held: readonly (Nullable<HeldStock> & { readonly order: Id })[];
  readonly warehouses: readonly string[];
  readonly keptBySerial: readonly string[];
  readonly serials: readonly Nullable<KnownSerial>[];
  readonly leftBefore: readonly { readonly item: string; readonly serial: string; readonly left: string }[];
  readonly ssccs: Readonly<Record<string, string>>;
  readonly certificates: readonly (Nullable<HeldCertificate> & { readonly kind: CertificateKind })[];
  readonly rulings: GoodsFacts['rulings'];
};

/** Stock is locked until the transaction ends; two queries, whatever is asked. */
export async function loadGoodsFacts(tx: Database, asked: GoodsAsked): Promise<GoodsFacts> {
  const { items, orders, shipment, serials, ssccs, lots } = asked;
  const places = await run<{ item: string; warehouse: string }>(tx, LOCK_STOCK, [items]);
  const values = [items, orders, shipment ?? null, serials, ssccs, lots];
  const [row] = await run<DetailsRow>(tx, DETAILS, values);
  const found = row!;
  const held = found.held.map(({ order, ...one }) => [order, withoutNulls(one) as HeldStock] as const);
  return {
    items: new Map(
      found.items.map(({ conversions, ...item }) => [
        item.number,
        { ...item, conversions: new Map(Object.entries(conversions ?? {})) },
      ]),
    ),
    held: new Map(
      [...Map.groupBy(held, ([order]) => order)].map(([order, own]) => [order, own.map(([, one]) => one)]),
    ),
    kept: new Map(
      [...Map.groupBy(places, ({ item }) => item)].map(([item, own]) => [
        item,
        own.map(({ warehouse }) => warehouse),
      ]),
    ),
    warehouses: new Set(found.warehouses),
    keptBySerial: new Set(found.keptBySerial),
    serials: joinSerials(found),
    usedSsccs: new Map(Object.entries(found.ssccs)),
    certificates: found.certificates.map((one) => withoutNulls(one) as HeldCertificate),
    rulings: found.rulings,
  };
}

/** Pieces that are kept by their serial, and those that are known from shipments alone. */
function joinSerials({ serials, leftBefore, keptBySerial }: DetailsRow): readonly KnownSerial[] {
  const kept = new Set(keptBySerial);
  return [
    ...serials.map((one) => withoutNulls(one) as KnownSerial),
    ...leftBefore.filter(({ item }) => !kept.has(item)).map((one) => ({ ...one, attributes: {} })),
  ];
}
