import type { InterchangeKey, OrderKey } from '../domain/exchange/natural-keys.ts';
import type { Id } from '../domain/exchange/records.ts';
import type { Catalogue } from '../domain/order/order-facts.ts';
import type { PlainDate } from '../lib/dates.ts';
import { CATALOGUE, type CatalogueRow, indexCatalogue, OURS, type ProductKey } from './catalogue.ts';
import type { KnownInterchange } from './facts.ts';
import { STILL_RECEIVED } from './files.ts';
import { type Database, run, type Statement, toJson } from './query.ts';

/** What files of one partner speak of, and so what must be known before they are judged. */
export type FileQuestion = {
  readonly files: readonly Id[];
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
  /** How many of the files wait, under their locks: who holds them decides them, a second worker sees that they are done. */
  readonly waiting: number;
  /** Those that came before and were not refused. */
  readonly interchanges: readonly KnownInterchange[];
  readonly orders: readonly KnownOrder[];
  readonly catalogue: Catalogue;
};

/*
 * The locks and all the facts in one round trip, whatever the number of files, orders and lines: a file of one
 * order is mostly waiting for the database. A plan made while the tables were small must not go through them whole when
 * they are large: `limit` keeps each look-up a look-up, and the expression on partner keeps out the index on
 * partner and time.
 */
const LOAD: Statement = {
  name: 'file-facts-load',
  text: `
    select (select count(*) from (
        select from file f where f.id = any($6::uuid[]) and ${STILL_RECEIVED} for update
      ) f) as waiting,
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
      (select json_agg(k) from (${CATALOGUE}) k) as catalogue`,
};

type Row = {
  readonly waiting: number;
  readonly interchanges: readonly KnownInterchange[] | null;
  readonly orders: readonly KnownOrder[] | null;
  readonly catalogue: readonly CatalogueRow[] | null;
};

/** Locks the files until the transaction ends. */
export async function loadFileFacts(tx: Database, question: FileQuestion): Promise<StoredFacts> {
  const { partner, products, onDate, currency, files, interchanges, orders } = question;
  const [row] = await run<Row>(tx, LOAD, [
    partner,
    toJson(products),
    onDate,
    currency,
    OURS,
    files,
    toJson(interchanges),
    toJson(orders),
  ]);
  return {
    waiting: row?.waiting ?? 0,
    interchanges: row?.interchanges ?? [],
    orders: row?.orders ?? [],
    catalogue: indexCatalogue(row?.catalogue ?? []),
  };
}
