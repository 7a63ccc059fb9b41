import type { Catalogue } from '../domain/catalogue/catalogue.ts';
import type { InterchangeKey, OrderKey } from '../domain/exchange/natural-keys.ts';
import type { Id } from '../domain/exchange/records.ts';
import type { OrderDecision } from '../domain/order/order-decision.ts';
import type { Customer } from '../domain/order/order-facts.ts';
import { unpackDecision } from '../domain/order/stored-decision.ts';
import type { PriceBook } from '../domain/pricing/price-terms.ts';
import type { PlainDate } from '../lib/dates.ts';
import {
  type AgreementRow,
  APPLYING,
  CATALOGUE,
  type CatalogueRow,
  OURS,
  type ProductKey,
} from './catalogue.ts';
import { findMasterData } from './database.ts';
import type { KnownInterchange } from './facts.ts';
import { STILL_RECEIVED } from './files.ts';
import {
  addProducts,
  type HeldCatalogue,
  listMissing,
  pickProducts,
  startCatalogue,
} from './held-catalogue.ts';
import { type Database, run, type Statement, toJson } from './query.ts';

/** What files of one partner speak of, and so what must be known before they are judged. */
export type FileQuestion = {
  readonly files: readonly Id[];
  readonly partner: string;
  readonly interchanges: readonly InterchangeKey[];
  readonly orders: readonly OrderKey[];
  readonly products: readonly ProductKey[];
  readonly onDate: PlainDate;
  /** Of the orders that name none. */
  readonly currency: string;
  /** Customer number that the partner orders under. */
  readonly customer: string;
  /** What the orders call their ship-tos. */
  readonly shipTos: readonly string[];
};

export type KnownOrder = OrderKey & {
  readonly test: boolean;
  readonly contentHash: string;
  readonly decision: OrderDecision;
};

export type StoredFacts = {
  /** How many of the files wait, under their locks: who holds them decides them, a second worker sees that they are done. */
  readonly waiting: number;
  /** Those that came before and were not refused. */
  readonly interchanges: readonly KnownInterchange[];
  readonly orders: readonly KnownOrder[];
  readonly catalogue: Catalogue;
  readonly prices: Omit<PriceBook, 'zone' | 'ordered'>;
  readonly customer: Customer;
  /** Whether it has a credit limit, so that its account is to be looked at. */
  readonly hasLimit: boolean;
  /** Whether it has purchase orders that authorise an amount. */
  readonly hasAuthorities: boolean;
  /** Changes that have waited for one of these orders. */
  readonly waitingChanges: number;
};

/*
 * The locks and all the facts in one round trip, whatever the number of files, orders and lines: a file of one
 * order is mostly waiting for the database. A plan made while the tables were small must not go through them whole when
 * they are large: `limit` keeps each look-up a look-up, and the expression on partner keeps out the index on
 * partner and time.
 */
const FACTS = `
      (select version from master_data_version) as version,
      (select count(*) from (
        select from file f where f.id = any($7::uuid[]) and ${STILL_RECEIVED} for update
      ) f) as waiting,
      (select json_agg(json_build_object('sender', k.sender, 'receiver', k.receiver, 'control', k.control,
          'usage', k.usage, 'id', i.id, 'sha256', i.sha256))
        from json_to_recordset($4::json) as k(sender text, receiver text, control text, usage text)
        cross join lateral (
          select i.id, i.sha256 from interchange i
          where i.sender = k.sender and i.receiver = k.receiver and i.control = k.control and i.usage = k.usage
            and i.direction = 'in' and i.status <> 'R'
          limit 1
        ) i
      ) as interchanges,
      (select json_agg(json_build_object('poNumber', k."poNumber", 'releaseNumber', k."releaseNumber",
          'shipTo', k."shipTo", 'test', o.test, 'contentHash', o.content_hash, 'decision', o.decision))
        from json_to_recordset($5::json) as k("poNumber" text, "releaseNumber" text, "shipTo" text)
        cross join lateral (
          select o.test, o.content_hash, o.decision from purchase_order o
          where o.po_number = k."poNumber" and o.partner || '' = $1 and o.release_number = k."releaseNumber"
            and o.ship_to = k."shipTo"
          limit 2
        ) o
      ) as orders,
      (select json_build_object('group', c.price_group, 'priority', c.priority, 'limited', c.credit_limit is not null, 'currency', coalesce(c.credit_currency, $2),
          'lists', exists (select from ship_to s where s.customer = c.number),
          'authorised', exists (select from purchase_authority p where p.customer = c.number),
          'shipTos', (select json_agg(json_build_array(s.code, s.zone, s.country, s.region)) from ship_to s
            where s.customer = c.number and s.code = any($6::text[])))
        from customer c where c.number = $3) as customer,
      (select count(*) from json_to_recordset($5::json) as k("poNumber" text, "releaseNumber" text)
        join order_change w on w.partner = $1 and w.po_number = k."poNumber"
          and w.release_number = k."releaseNumber" and w.state = 'waiting') as "waitingChanges"`;
const LOAD: Statement = { name: 'file-facts-load', text: `select ${FACTS}` };

/* With products that are not held yet. */
const LOAD_PRODUCTS: Statement = {
  name: 'file-facts-load-products',
  text: `
    with applying as materialized (${APPLYING}
    )
    select (select json_agg(k) from (${CATALOGUE}) k) as catalogue,
      (select json_agg(json_build_object('kind', a.kind, 'number', a.number, 'version', a.version,
          'currency', a.currency, 'dateRule', a.date_rule, 'validFrom', a.valid_from, 'validTo', a.valid_to))
        from applying a
      ) as agreements,${FACTS}`,
};

type Row = {
  /** Null where somebody has taken it away: then nothing is kept. */
  readonly version: string | null;
  readonly waiting: number;
  readonly interchanges: readonly KnownInterchange[] | null;
  readonly orders: readonly KnownOrder[] | null;
  readonly customer: CustomerRow | null;
  readonly waitingChanges: number;
};

type ProductsRow = Row & {
  readonly catalogue: readonly CatalogueRow[] | null;
  readonly agreements: readonly AgreementRow[] | null;
};

type CustomerRow = {
  readonly group: string | null;
  readonly priority: number;
  readonly limited: boolean;
  readonly authorised: boolean;
  readonly currency: string;
  readonly lists: boolean;
  /** Code, zone, country, region. */
  readonly shipTos: readonly (readonly [string, string | null, string | null, string | null])[] | null;
};

/** Locks the files until the transaction ends. */
export async function loadFileFacts(tx: Database, question: FileQuestion): Promise<StoredFacts> {
  const { row, held } = await load(tx, question);
  return {
    waiting: row.waiting,
    interchanges: row.interchanges ?? [],
    orders: (row.orders ?? []).map((order) => ({ ...order, decision: unpackDecision(order.decision) })),
    ...pickProducts(held, question.products),
    customer: makeCustomer(question.customer, row.customer ?? undefined),
    hasLimit: row.customer?.limited ?? false,
    hasAuthorities: row.customer?.authorised ?? false,
    waitingChanges: row.waitingChanges,
  };
}

type Loaded = { readonly row: Row; readonly held: HeldCatalogue };

/**
 * What is held of the buyer counts as long as the version is the one that it was loaded in; each statement tells the
 * version that goes with all else that it sees. When it has changed, all that is asked about is loaded by one statement,
 * and so is of one version again.
 */
async function load(tx: Database, question: FileQuestion): Promise<Loaded> {
  const { partner, customer, currency, onDate, products } = question;
  const cache = findMasterData(tx);
  const buyer = JSON.stringify([partner, customer, currency]);
  const held = cache.find(buyer, onDate);
  if (held !== undefined) {
    const missing = listMissing(held, products);
    if (missing.length === 0) {
      const row = await ask(tx, question);
      if (row.version === held.version) return { row, held };
    } else {
      const row = await askWith(tx, question, missing);
      if (row.version === held.version) {
        addProducts(held, partner, missing, row.catalogue ?? []);
        cache.keep(buyer, held);
        return { row, held };
      }
    }
  }
  const row = await askWith(tx, question, products);
  const made = startCatalogue(row.version ?? '', onDate, row.agreements ?? []);
  addProducts(made, partner, products, row.catalogue ?? []);
  if (row.version !== null) cache.keep(buyer, made);
  return { row, held: made };
}

async function ask(tx: Database, question: FileQuestion): Promise<Row> {
  const [row] = await run<Row>(tx, LOAD, valuesOf(question));
  return row!;
}

async function askWith(
  tx: Database,
  question: FileQuestion,
  products: readonly ProductKey[],
): Promise<ProductsRow> {
  const values = [...valuesOf(question), toJson(products), question.onDate, OURS];
  const [row] = await run<ProductsRow>(tx, LOAD_PRODUCTS, values);
  return row!;
}

function valuesOf(question: FileQuestion): readonly unknown[] {
  const { partner, currency, customer, shipTos, files, interchanges, orders } = question;
  return [partner, currency, customer, toJson(interchanges), toJson(orders), shipTos, files];
}

/** A partner that is in no list of customers buys under its own name, without group and limit. */
function makeCustomer(number: string, row: CustomerRow | undefined): Customer {
  if (row === undefined) return { number, priority: 0, listsShipTos: false, shipTos: [] };
  const shipTos = (row.shipTos ?? []).map(([code, zone, country, region]) => ({
    code,
    zone: zone ?? undefined,
    destination: country === null ? undefined : region === null ? country : `${country}-${region}`,
  }));
  const { priority, lists: listsShipTos, currency: accountCurrency } = row;
  return { number, group: row.group ?? undefined, priority, accountCurrency, listsShipTos, shipTos };
}
