import type { Id } from '../domain/exchange/records.ts';
import type { OrderDecision } from '../domain/order/order-decision.ts';
import type { PurchaseOrder } from '../domain/order/purchase-order.ts';
import { unpackDecision } from '../domain/order/stored-decision.ts';
import type { PlainDate } from '../lib/dates.ts';
import type { Decimal } from '../lib/decimal.ts';
import { type Database, run, type Statement, withoutNulls } from './query.ts';

type OrderRow = {
  readonly id: Id;
  readonly partner: string;
  readonly order: PurchaseOrder;
  readonly decision: OrderDecision;
};

const ORDERS: Statement = {
  name: 'print-orders',
  text: `
    select o.id, o.partner, coalesce(o.content, d.canonical) as "order", o.decision
    from purchase_order o join document d on d.id = o.document_id where o.id = any($1::uuid[])`,
};

/** Orders as they stand, in the order asked for. */
export async function loadOrders(db: Database, ids: readonly Id[]): Promise<readonly OrderRow[]> {
  const rows = await run<OrderRow>(db, ORDERS, [ids]);
  const byId = new Map(rows.map((row) => [row.id, { ...row, decision: unpackDecision(row.decision) }]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** What is set aside for an order in a warehouse, and is to be picked. */
export type ToPick = {
  readonly order: Id;
  readonly position: number;
  readonly item: string;
  readonly warehouse: string;
  readonly quantity: Decimal;
  /** The unit that the item is stocked in. */
  readonly unit: string;
  readonly ships?: PlainDate | undefined;
  readonly serials: readonly string[];
};

const PICK: Statement = {
  name: 'print-pick',
  text: `
    select a.order_id as "order", a.position, a.item, a.warehouse, a.quantity, i.unit, a.ships,
      array(select s.serial from stock_serial s where s.allocation_id = a.id order by 1) as serials
    from allocation a join item i on i.number = a.item join purchase_order o on o.id = a.order_id
    where a.state = 'reserved' and not o.test and o.po_number = $1 and ($2::text is null or o.release_number = $2)
      and ($3::text is null or a.warehouse = $3)
    order by a.warehouse, o.id, a.position, a.ships, a.id`,
};

export async function loadToPick(
  db: Database,
  {
    poNumber,
    release,
    warehouse,
  }: { readonly poNumber: string; readonly release?: string; readonly warehouse?: string },
): Promise<readonly ToPick[]> {
  const rows = await run<ToPick>(db, PICK, [poNumber, release ?? null, warehouse ?? null]);
  return rows.map((row) => withoutNulls(row) as ToPick);
}
