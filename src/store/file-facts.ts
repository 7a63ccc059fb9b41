import type { FileState, Id } from '../domain/exchange/records.ts';
import type { Catalogue } from '../domain/order/order-facts.ts';
import type { PlainDate } from '../lib/dates.ts';
import { CATALOGUE, type CatalogueRow, indexCatalogue, OURS, type ProductKey } from './catalogue.ts';
import type { InterchangeKey, KnownInterchange, OrderKey } from './facts.ts';
import { type Database, run, type Statement, toJson } from './query.ts';

/** What a file speaks of, and so what must be known before it is judged. */
export type FileQuestion = {
  readonly file: Id;
  readonly partner: string;
  readonly interchanges: readonly InterchangeKey[];
  readonly orders: readonly OrderKey[];
  readonly products: readonly ProductKey[];
  readonly onDate: PlainDate;
  readonly currency: string;
};

export type KnownOrder = OrderKey & {
  readonly test: boolean;
  readonly contentHash: string;
  readonly decision: unknown;
};

export type StoredFacts = {
  /** Of the file, under its lock: whoever holds it decides the file, a second worker sees that it is done. */
  readonly state: FileState;
  /** Those that came before and were not refused. */
  readonly interchanges: readonly KnownInterchange[];
  readonly orders: readonly KnownOrder[];
  readonly catalogue: Catalogue;
};

/*
 * The lock and all the facts in one round trip, whatever the number of orders and lines: a file of one order is
 * mostly waiting for the database. A plan made while the tables were small must not go through them whole when
 * they are large: `limit` keeps each look-up a look-up, and the expression on partner keeps out the index on
 * partner and time.
 */
const LOAD: Statement = {
  name: 'file-facts-load',
  text: `
    select f.state,
      (select json_agg(json_build_object('sender', k.sender, 'receiver', k.receiver, 'control', k.control,
          'usage', k.usage, 'id', i.id, 'sha256', i.sha256))
        from json_to_recordset($7::json) as k(sender text, receiver text, control text, usage text)
        cross join lateral (
          select i.id, i.sha256 from interchange i
          where i.sender = k.sender and i.receiver = k.receiver and i.control = k.control and i.usage = k.usage
            and i.direction = 'in' and i.status <> 'R'
          limit 1
        ) i
      ) as interchanges,
      (select json_agg(json_build_object('poNumber', k."poNumber", 'releaseNumber', k."releaseNumber",
          'shipTo', k."shipTo", 'test', o.test, 'contentHash', o.content_hash, 'decision', o.decision))
        from json_to_recordset($8::json) as k("poNumber" text, "releaseNumber" text, "shipTo" text)
        cross join lateral (
          select o.test, o.content_hash, o.decision from purchase_order o
          where o.po_number = k."poNumber" and o.partner || '' = $1 and o.release_number = k."releaseNumber"
            and o.ship_to = k."shipTo"
          limit 2
        ) o
      ) as orders,
      (select json_agg(k) from (${CATALOGUE}) k) as catalogue
    from file f where f.id = $6 for update`,
};

type Row = {
  readonly state: FileState;
  readonly interchanges: readonly KnownInterchange[] | null;
  readonly orders: readonly KnownOrder[] | null;
  readonly catalogue: readonly CatalogueRow[] | null;
};

/** Locks the file until the transaction ends. Undefined when there is no such file. */
export async function loadFileFacts(tx: Database, question: FileQuestion): Promise<StoredFacts | undefined> {
  const { partner, products, onDate, currency, file, interchanges, orders } = question;
  const [row] = await run<Row>(tx, LOAD, [
    partner,
    toJson(products),
    onDate,
    currency,
    OURS,
    file,
    toJson(interchanges),
    toJson(orders),
  ]);
  if (row === undefined) return undefined;
  return {
    state: row.state,
    interchanges: row.interchanges ?? [],
    orders: row.orders ?? [],
    catalogue: indexCatalogue(row.catalogue ?? []),
  };
}
