import type { Outcome } from '../domain/exchange/records.ts';
import type { OrderDecision } from '../domain/order/order-decision.ts';
import type { Quote } from '../domain/quote/quote.ts';
import { type Database, run, type Statement, toJson, withoutNulls } from './query.ts';

const COLUMNS = `q.number, q.customer, q.currency, q.valid_from as "validFrom", q.valid_until as "validUntil", q.state,
  q.reuse,
  (select coalesce(json_agg(json_build_object('line', l.line, 'item', l.item, 'quantity', trim_scale(l.quantity)::text,
      'unit', l.unit, 'price', l.price::text, 'basis', l.price_basis) order by length(l.line), l.line), '[]')
    from quote_line l where l.quote = q.number) as lines,
  (select coalesce(json_agg(json_build_object('poNumber', o.po_number, 'releaseNumber', o.release_number,
      'shipTo', o.ship_to) order by o.at, o.id), '[]')
    from quote_use u join purchase_order o on o.id = u.order_id
    where u.quote = q.number and o.state <> 'cancelled' and o.outcome <> 'rejected') as uses`;

const KEPT: Statement = {
  name: 'quote-kept',
  text: `select from quote where customer = $1 limit 1`,
};

const LOCK: Statement = {
  name: 'quote-lock',
  text: `select from quote where number = any($1::text[]) order by number for update`,
};

const LOAD: Statement = {
  name: 'quote-load',
  text: `select ${COLUMNS} from quote q where q.number = any($1::text[])`,
};

/**
 * Quotes by number, locked until the transaction ends, so that two orders do not use one at the same time. Undefined
 * where none is asked for, or quotes of this customer are not kept here.
 */
export async function loadQuotes(
  tx: Database,
  customer: string,
  numbers: readonly string[],
): Promise<ReadonlyMap<string, Quote> | undefined> {
  if (numbers.length === 0 || (await run(tx, KEPT, [customer])).length === 0) return undefined;
  await run(tx, LOCK, [numbers]);
  // A statement of its own: what it sees is what stood after the wait for the lock.
  return new Map(read(await run<Quote>(tx, LOAD, [numbers])).map((quote) => [quote.number, quote]));
}

/** Locked until the transaction ends. */
export async function findQuote(tx: Database, number: string): Promise<Quote | undefined> {
  await run(tx, LOCK, [[number]]);
  return read(await run<Quote>(tx, LOAD, [[number]]))[0];
}

const ORDER: Statement = {
  name: 'quote-order-number',
  text: `select from purchase_order where po_number = $1 and partner = $2 and not test limit 1`,
};

/** Whether the partner has an order of this number. */
export async function findOrderNumber(db: Database, partner: string, poNumber: string): Promise<boolean> {
  return (await run(db, ORDER, [poNumber, partner])).length > 0;
}

const LIST: Statement = {
  name: 'quote-list',
  text: `select ${COLUMNS} from quote q where ($1::text is null or q.customer = $1) order by q.customer, q.number`,
};

export async function listQuotes(db: Database, customer?: string): Promise<readonly Quote[]> {
  return read(await run<Quote>(db, LIST, [customer ?? null]));
}

const USE: Statement = {
  name: 'quote-use',
  text: `insert into quote_use (quote, order_id)
    select r.quote, o.id from json_to_recordset($1::json) as r(quote text, "order" uuid)
    join purchase_order o on o.id = r."order" and not o.test
    on conflict do nothing`,
};

/** Which orders were decided under which quotes. What an order is decided under anew counts as well. */
export async function recordQuoteUses(
  tx: Database,
  { orders, revisions }: Pick<Outcome, 'orders' | 'revisions'>,
): Promise<void> {
  const decided = [
    ...orders.map(({ id, decision }) => ({ order: id, decision })),
    ...revisions.map(({ order, next }) => ({ order, decision: next.decision })),
  ];
  const uses = decided.flatMap(({ order, decision }) =>
    ((decision as OrderDecision).quotes ?? []).map((quote) => ({ quote, order })),
  );
  if (uses.length > 0) await run(tx, USE, [toJson(uses)]);
}

function read(rows: readonly Quote[]): Quote[] {
  return rows.map((row) => withoutNulls(row) as Quote);
}
