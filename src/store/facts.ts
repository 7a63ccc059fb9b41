import { type InterchangeKey, interchangeKey, type OrderKey } from '../domain/exchange/natural-keys.ts';
import type { Id, OrderRecord } from '../domain/exchange/records.ts';
import type { OrderDecision } from '../domain/order/order-decision.ts';
import { unpackDecision } from '../domain/order/stored-decision.ts';
import { type Database, run, type Statement, toJson, withoutNulls } from './query.ts';

export type KnownInterchange = InterchangeKey & { readonly id: Id; readonly sha256: string };

const FIND_INTERCHANGES: Statement = {
  name: 'interchange-find',
  text: `
    select i.sender, i.receiver, i.control, i.usage, i.id, i.sha256
    from json_to_recordset($1::json) as k(sender text, receiver text, control text, usage text)
    join interchange i using (sender, receiver, control, usage)
    where i.direction = 'in' and i.status <> 'R'`,
};

/** Which inbound interchanges came before and were not refused, by `interchangeKey`. */
export async function findInterchanges(
  tx: Database,
  keys: readonly InterchangeKey[],
): Promise<ReadonlyMap<string, KnownInterchange>> {
  if (keys.length === 0) return new Map();
  const rows = await run<KnownInterchange>(tx, FIND_INTERCHANGES, [toJson(keys)]);
  return new Map(rows.map((row) => [interchangeKey(row), row]));
}

export const ORDER_COLUMNS = `o.id, o.partner, o.document_id as document, o.po_number as "poNumber",
  o.release_number as "releaseNumber", o.ship_to as "shipTo", o.test, o.content_hash as "contentHash",
  o.order_date as "orderDate", o.currency, o.outcome, o.decision, o.at`;

const FIND_ORDERS: Statement = {
  name: 'order-find',
  text: `
    select ${ORDER_COLUMNS}
    from json_to_recordset($3::json) as k("poNumber" text, "releaseNumber" text, "shipTo" text)
    join purchase_order o on o.partner = $1 and o.test = $2 and o.po_number = k."poNumber"
      and o.release_number = k."releaseNumber" and o.ship_to = k."shipTo"`,
};

/** The orders that stand under these numbers; match them by `orderKey`. */
export async function findOrders(
  tx: Database,
  partner: string,
  test: boolean,
  keys: readonly OrderKey[],
): Promise<readonly OrderRecord[]> {
  if (keys.length === 0) return [];
  const rows = await run<OrderRecord>(tx, FIND_ORDERS, [partner, test, toJson(keys)]);
  return rows.map(readOrder);
}

/** A row of `ORDER_COLUMNS`. */
export function readOrder(row: OrderRecord): OrderRecord {
  const order = withoutNulls(row) as OrderRecord;
  return { ...order, decision: unpackDecision(order.decision as OrderDecision) };
}
