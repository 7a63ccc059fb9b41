import type { DeliveryState, Id, OrderRecord, Outcome } from '../domain/exchange/records.ts';
import type { OrderDecision } from '../domain/order/order-decision.ts';
import { packDecision } from '../domain/order/stored-decision.ts';
import { drawStock, saveEffects } from './effects.ts';
import { EVENT_ROWS, insertEvents } from './events.ts';
import { EXCEPTION_ROWS, insertExceptions } from './exceptions.ts';
import { STILL_RECEIVED } from './files.ts';
import { savePlans } from './plans.ts';
import { type Database, run, type Statement, toJson } from './query.ts';
import { recordQuoteUses } from './quotes.ts';
import { saveChanges, saveRevisions } from './revisions.ts';
import { placeRows } from './rows.ts';
import type { StockHold } from './stock.ts';

const ROWS = placeRows({
  files: `id uuid, direction text, partner text, channel text, name text, sha256 text, size bigint, at timestamptz,
    state text, attempts int, reason text, bytes bytea`,
  interchanges: `id uuid, file uuid, direction text, partner text, sender text, receiver text, control text, version text,
    usage text, sha256 text, offset bigint, length bigint, status text, note text, answers uuid`,
  documents: `id uuid, interchange uuid, direction text, partner text, set text, kind text, functionalId text,
    groupControl text, control text, version text, offset bigint, length bigint, status text, canonical json,
    problems json, partnerVersion text, acknowledgement text, acknowledgeBy timestamptz, answers uuid, order uuid`,
  orders: `id uuid, partner text, document uuid, poNumber text, releaseNumber text, shipTo text, test boolean,
    contentHash text, orderDate date, currency text, outcome text, decision json, amount numeric, content json,
    at timestamptz`,
  lines: `order uuid, position int, number text, item text, quantity numeric, unit text, orderedPrice numeric,
    price numeric, outcome text`,
  events: EVENT_ROWS,
  deliveries: 'id uuid, file uuid, partner text, channel text, state text, attempts int',
  exceptions: EXCEPTION_ROWS,
  ends: 'file uuid, state text, reason text',
});

/*
 * Everything that follows from files, and their ends, in one statement: a file of a thousand orders costs as many round
 * trips as a file of one. A refused row refuses all.
 */
const SAVE: Statement = {
  name: 'outcome-save',
  text: `
    with files as (
      insert into file (id, direction, partner, channel, name, sha256, size, at, state, attempts, reason, bytes)
      select id, direction, partner, channel, name, sha256, size, at, state, attempts, reason, bytes
      from ${ROWS.from.files}
    ), interchanges as (
      insert into interchange (id, file_id, direction, partner, sender, receiver, control, version, usage,
        sha256, "offset", length, status, note, answers)
      select id, file, direction, partner, sender, receiver, control, version, usage, sha256, "offset", length,
        status, note, answers
      from ${ROWS.from.interchanges}
    ), documents as (
      insert into document (id, interchange_id, direction, partner, set, kind, functional_id, group_control,
        control, version, "offset", length, status, canonical, problems, partner_version, acknowledgement,
        acknowledge_by, answers, order_id)
      select id, interchange, direction, partner, set, kind, "functionalId", "groupControl", control, version,
        "offset", length, status, canonical, problems, "partnerVersion", acknowledgement, "acknowledgeBy",
        answers, "order"
      from ${ROWS.from.documents}
    ), orders as (
      insert into purchase_order (id, partner, document_id, po_number, release_number, ship_to, test,
        content_hash, order_date, currency, outcome, decision, amount, content, at)
      select id, partner, document, "poNumber", "releaseNumber", "shipTo", test, "contentHash", "orderDate",
        currency, outcome, decision, amount, content, at
      from ${ROWS.from.orders}
    ), lines as (
      insert into purchase_order_line (order_id, position, number, item, quantity, unit, ordered_price, price,
        outcome)
      select "order", position, number, item, quantity, unit, "orderedPrice", price, outcome
      from ${ROWS.from.lines}
    ), events as (${insertEvents(ROWS.from.events)}
    ), deliveries as (
      insert into delivery (id, file_id, partner, channel, state, attempts)
      select id, file, partner, channel, state, attempts
      from ${ROWS.from.deliveries}
    ), exceptions as (${insertExceptions(ROWS.from.exceptions)}
    ), ends as (
      select * from ${ROWS.from.ends}
    )
    update file f set next_attempt_at = null, state = (select e.state from ends e where e.file = f.id),
      reason = (select e.reason from ends e where e.file = f.id)
    where f.id = any(array(select file from ends)) and f.${STILL_RECEIVED}`,
};

/*
 * Control numbers compare by value: an acknowledgement may drop the zeros that we sent. One that came before
 * is counted, and changes nothing.
 */
const SETTLE: Statement = {
  name: 'outcome-settle',
  text: `
    with told as (
      select ordinality as place, t->>'state' as state, (t->>'by')::uuid as by, d.id, d.acknowledgement
      from json_array_elements($1::json) with ordinality as s(t, ordinality)
      join document d on d.partner = t->>'partner' and d.direction = 'out'
        and d.functional_id = t->>'functionalId'
        and ltrim(d.group_control, '0') = ltrim(t->>'groupControl', '0')
        and (t->>'control' is null or ltrim(d.control, '0') = ltrim(t->>'control', '0'))
    ), settled as (
      update document d set acknowledgement = last.state, acknowledged_by = last.by
      from (select distinct on (id) id, state, by from told order by id, place desc) as last
      where d.id = last.id and d.acknowledgement in ('waiting', 'overdue')
      returning d.id
    )
    select place, count(*) as matched, count(s.id) as settled
    from told t left join settled s on s.id = t.id group by place`,
};

/*
 * The stored answers to an interchange that came again: offered once more where the partner had taken or
 * removed them, left alone where they still wait. Never a second file.
 */
const REOFFER: Statement = {
  name: 'outcome-reoffer',
  text: `
    update delivery d
    set state = case when d.channel = 'sftp-hosted' then 'available' else 'pending' end,
      attempts = 0, next_attempt_at = null, last_error = null, removed_at = null
    where d.file_id in (
        select distinct a.file_id from interchange a
        where a.direction = 'out' and a.answers = any($1::uuid[])
      )
      and (d.state in ('delivered', 'failed') or d.removed_at is not null)
    returning d.id, d.file_id as file, d.partner, d.channel, d.state`,
};

export type SettlementCount = {
  /** Documents that the settlement speaks of; 0 when we sent no such document. */
  readonly matched: number;
  /** Those of them that waited for it. */
  readonly settled: number;
};

export type Reoffered = {
  readonly id: Id;
  readonly file: Id;
  readonly partner: string;
  readonly channel: string;
  readonly state: DeliveryState;
};

export type Saved = {
  /** One for each of the outcome's settlements, in their order. */
  readonly settlements: readonly SettlementCount[];
  /** Items of which orders gave something back. */
  readonly freed: readonly string[];
  /** Deliveries that are to be made again: their lanes want to be woken. */
  readonly reoffered: readonly Reoffered[];
};

/** What becomes of a file that the outcome follows from. */
export type FileEnd = {
  readonly file: Id;
  readonly state: 'done' | 'quarantined';
  readonly reason?: string | undefined;
};

/** How many rows of one outcome go into one statement, and how much JSON where there are more. */
const MOST_ROWS = 5_000;
const MOST_JSON = 1024 * 1024;

/** Inside the caller's transaction: all of it or nothing. */
export async function saveOutcome(tx: Database, outcome: Outcome): Promise<Saved> {
  await saveRows(tx, outcome, []);
  return await saveConsequences(tx, outcome, 'locked');
}

/** What an outcome changes in what was there before. Its rows are stored. */
export async function saveConsequences(tx: Database, outcome: Outcome, hold: StockHold): Promise<Saved> {
  await saveEffects(tx, outcome);
  await saveRevisions(tx, outcome.revisions);
  await recordQuoteUses(tx, outcome);
  await saveChanges(tx, outcome.changes);
  if (outcome.plans !== undefined) await savePlans(tx, outcome.plans);
  const settlements = await settleDocuments(tx, outcome.settlements);
  const reoffered = outcome.repeats.length === 0 ? [] : await run<Reoffered>(tx, REOFFER, [outcome.repeats]);
  return { settlements, reoffered, freed: await drawStock(tx, outcome, hold) };
}

/** In an order in which each refers to what is there. */
const TABLES = [
  'interchanges',
  'documents',
  'orders',
  'lines',
  'events',
  'deliveries',
  'exceptions',
] as const;

/** What an outcome adds. */
export type OutcomeRows = Pick<Outcome, (typeof TABLES)[number] | 'files'>;

export function joinRows(parts: readonly OutcomeRows[]): OutcomeRows {
  const all = <K extends keyof OutcomeRows>(key: K) =>
    parts.flatMap((part) => part[key] as readonly OutcomeRows[K][number][]);
  return {
    files: all('files'),
    interchanges: all('interchanges'),
    documents: all('documents'),
    orders: all('orders'),
    lines: all('lines'),
    events: all('events'),
    deliveries: all('deliveries'),
    exceptions: all('exceptions'),
  };
}

/**
 * One statement for most outcomes. The rows of a large one have several times the size of its file: neither we nor the
 * server want all of that at once, so each table is filled by statements of its own.
 */
export async function saveRows(tx: Database, outcome: OutcomeRows, ends: readonly FileEnd[]): Promise<void> {
  const all = TABLES.reduce((sum, table) => sum + outcome[table].length, 0);
  if (all <= MOST_ROWS) {
    const orders = outcome.orders.map(packOrder);
    await run(tx, SAVE, ROWS.values({ ...outcome, orders, ends }));
    return;
  }
  await run(tx, SAVE, ROWS.values({ files: outcome.files }));
  for (const table of TABLES)
    for (const rows of cut(table === 'orders' ? outcome.orders.map(packOrder) : outcome[table]))
      await run(tx, SAVE, ROWS.values({ [table]: rows }));
  await run(tx, SAVE, ROWS.values({ ends }));
}

function packOrder(order: OrderRecord): OrderRecord {
  return { ...order, decision: packDecision(order.decision as OrderDecision) };
}

/** Portions of at most so much JSON, or of one row: that may be an order of many megabytes, too long to be measured first. */
function* cut(rows: readonly object[]): Generator<readonly object[]> {
  if (rows.length === 1) return yield rows;
  let portion: object[] = [];
  let size = 0;
  for (const row of rows) {
    const { length } = toJson(row);
    if (size + length > MOST_JSON && portion.length > 0) {
      yield portion;
      portion = [];
      size = 0;
    }
    portion.push(row);
    size += length;
  }
  if (portion.length > 0) yield portion;
}

async function settleDocuments(
  tx: Database,
  settlements: Outcome['settlements'],
): Promise<readonly SettlementCount[]> {
  if (settlements.length === 0) return [];
  type Row = SettlementCount & { place: number };
  const rows = await run<Row>(tx, SETTLE, [toJson(settlements)]);
  const byPlace = new Map(rows.map(({ place, matched, settled }) => [place, { matched, settled }]));
  return settlements.map((_, index) => byPlace.get(index + 1) ?? { matched: 0, settled: 0 });
}
