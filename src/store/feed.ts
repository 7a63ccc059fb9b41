import type { Id } from '../domain/exchange/records.ts';
import type { FeedRecord, FeedState } from '../domain/feed/feed-message.ts';
import type { Instant } from '../lib/dates.ts';
import { type Database, run, type Statement, toJson, withoutNulls } from './query.ts';

export type StoredMessage = Omit<FeedRecord, 'payload'> & {
  readonly state: FeedState;
  readonly attempts: number;
  readonly poNumber: string;
  readonly nextAttemptAt?: Instant | undefined;
  readonly lastError?: string | undefined;
  readonly filedAt?: Instant | undefined;
  readonly sentAt?: Instant | undefined;
  readonly acknowledgeBy?: Instant | undefined;
  readonly settledAt?: Instant | undefined;
  readonly reason?: string | undefined;
};

/** `body` is the payload as it is sent, byte for byte. */
export type WholeMessage = StoredMessage & { readonly body: string };

const COLUMNS = `m.id, m.order_id as "order", m.sequence, m.kind, m.partner, m.at, m.state, m.attempts,
  m.next_attempt_at as "nextAttemptAt", m.last_error as "lastError",
  m.filed_at as "filedAt", m.sent_at as "sentAt", m.acknowledge_by as "acknowledgeBy",
  m.settled_at as "settledAt", m.reason,
  (select o.po_number from purchase_order o where o.id = m.order_id) as "poNumber"`;

const WHOLE = `${COLUMNS}, m.payload::text as body`;

const TOLD: Statement = {
  name: 'feed-told',
  text: `select o.id as "order", o.test,
      (select max(sequence) from feed_message m where m.order_id = o.id) as last
    from purchase_order o where o.id = any($1::uuid[])`,
};

/** Of live orders: the sequence of the last message, 0 where the ERP was told of none. Test orders are left out. */
export async function lastTold(tx: Database, orders: readonly Id[]): Promise<ReadonlyMap<Id, number>> {
  if (orders.length === 0) return new Map();
  const rows = await run<{ order: Id; test: boolean; last: number | null }>(tx, TOLD, [orders]);
  return new Map(rows.filter(({ test }) => !test).map(({ order, last }) => [order, last ?? 0]));
}

const INSERT: Statement = {
  name: 'feed-insert',
  text: `
    insert into feed_message (id, order_id, sequence, kind, partner, at, payload)
    select id, "order", sequence, kind, partner, at, payload
    from json_to_recordset($1::json) as r(id uuid, "order" uuid, sequence int, kind text, partner text,
      at timestamptz, payload json)`,
};

export async function insertMessages(tx: Database, messages: readonly FeedRecord[]): Promise<void> {
  if (messages.length > 0) await run(tx, INSERT, [toJson(messages)]);
}

/* While an earlier message on its order has not arrived, none overtakes it. */
export const FREE_MESSAGE = `m.state = 'pending' and not exists (
      select from feed_message e where e.order_id = m.order_id and e.sequence < m.sequence
        and e.state in ('pending', 'failed', 'rejected'))`;

const DUE: Statement = {
  name: 'feed-due',
  text: `select ${WHOLE} from feed_message m
    where ${FREE_MESSAGE} and (m.next_attempt_at is null or m.next_attempt_at <= $1)
    order by m.next_attempt_at nulls first, m.id limit $2`,
};

/** What can go out now, at most one message an order; those that were never tried come first. */
export async function dueMessages(
  db: Database,
  now: Instant,
  limit: number,
): Promise<readonly WholeMessage[]> {
  return readRows(await run<WholeMessage>(db, DUE, [now, limit]));
}

const NEXT: Statement = {
  name: 'feed-next',
  text: `select m.next_attempt_at as at from feed_message m where ${FREE_MESSAGE} and m.next_attempt_at is not null
    order by m.next_attempt_at limit 1`,
};

/** When the next message that backs off is to be tried. */
export async function nextMessageAt(db: Database): Promise<Instant | undefined> {
  const [row] = await run<{ at: Instant }>(db, NEXT, []);
  return row?.at;
}

export type FeedAttempt = {
  readonly id: Id;
  readonly at: Instant;
  /** Whether it lies on the server as a file; undefined where no file is wanted. */
  readonly filed?: boolean | undefined;
  readonly result:
    | { readonly kind: 'sent'; readonly acknowledgeBy?: Instant | undefined }
    | { readonly kind: 'acknowledged' }
    | { readonly kind: 'rejected'; readonly reason: string }
    | { readonly kind: 'retry'; readonly error: string; readonly nextAttemptAt: Instant }
    | { readonly kind: 'failed'; readonly error: string };
};

const RECORD: Statement = {
  name: 'feed-record',
  text: `
    update feed_message set attempts = attempts + 1,
      state = case when $3 = 'retry' then 'pending' else $3 end,
      filed_at = case when $4 then coalesce(filed_at, $2::timestamptz) else filed_at end,
      sent_at = case when $3 in ('sent', 'acknowledged', 'rejected') then $2::timestamptz else sent_at end,
      settled_at = case when $3 in ('acknowledged', 'rejected') then $2::timestamptz end,
      last_error = $5, next_attempt_at = $6, acknowledge_by = $7, reason = $8
    where id = $1 and state || '' = 'pending' returning id`,
};

/** False when it waits no longer: a person or the ERP settled it meanwhile, and that stands. */
export async function recordFeedAttempt(tx: Database, attempt: FeedAttempt): Promise<boolean> {
  const { id, at, filed = false, result } = attempt;
  const rows = await run(tx, RECORD, [
    id,
    at,
    result.kind,
    filed,
    'error' in result ? result.error : null,
    result.kind === 'retry' ? result.nextAttemptAt : null,
    result.kind === 'sent' ? (result.acknowledgeBy ?? null) : null,
    result.kind === 'rejected' ? result.reason : null,
  ]);
  return rows.length === 1;
}

const FAILURE_TOLD: Statement = {
  name: 'feed-failure-told',
  text: `select from exception x
    where x.kind = 'erp-delivery-failed' and x.state = 'open' and (x.order_id = $1
      or x.at >= coalesce((select max(sent_at) from feed_message), '-infinity'))
    limit 1`,
};

/** Whether a person looks into it already: that this order does not arrive, or that nothing has arrived since. */
export async function isFailureTold(tx: Database, order: Id): Promise<boolean> {
  return (await run(tx, FAILURE_TOLD, [order])).length > 0;
}

const FIND: Statement = {
  name: 'feed-find',
  text: `select ${WHOLE} from feed_message m where m.id = $1`,
};

export async function findMessage(db: Database, id: Id): Promise<WholeMessage | undefined> {
  return readRows(await run<WholeMessage>(db, FIND, [id]))[0];
}

const SETTLE: Statement = {
  name: 'feed-settle',
  text: `
    update feed_message set state = $2, settled_at = $3, reason = $4, next_attempt_at = null, last_error = null
    where id = $1 and state <> 'acknowledged' returning id`,
};

/** What the ERP says of a message, whatever its state; one that it acknowledged stays so. */
export async function settleMessage(
  tx: Database,
  id: Id,
  { at, rejected }: { readonly at: Instant; readonly rejected?: string | undefined },
): Promise<boolean> {
  const state = rejected === undefined ? 'acknowledged' : 'rejected';
  return (await run(tx, SETTLE, [id, state, at, rejected ?? null])).length === 1;
}

const RETRY: Statement = {
  name: 'feed-retry',
  text: `
    update feed_message set state = 'pending', attempts = 0, next_attempt_at = null, filed_at = null,
      acknowledge_by = null, settled_at = null, reason = null
    where id = $1 and state <> 'acknowledged' returning id`,
};

/** It is to be sent again, at once and under the same id; not one that the ERP acknowledged. */
export async function retryMessage(tx: Database, id: Id): Promise<boolean> {
  return (await run(tx, RETRY, [id])).length === 1;
}

const OVERDUE: Statement = {
  name: 'feed-overdue',
  text: `
    update feed_message m set state = 'overdue'
    where m.id in (
      select id from feed_message where state = 'sent' and acknowledge_by <= $1
      order by acknowledge_by limit 1000 for update skip locked
    )
    returning ${COLUMNS}`,
};

/** Marks what the ERP should have acknowledged by now, at most a thousand at a time. */
export async function overdueMessages(tx: Database, now: Instant): Promise<readonly StoredMessage[]> {
  return readRows(await run<StoredMessage>(tx, OVERDUE, [now]));
}

const COUNT: Statement = {
  name: 'feed-count',
  text: `select state, count(*) as messages from feed_message where state <> 'acknowledged' group by state`,
};

/** Messages that the ERP has not acknowledged, for metrics. */
export async function countMessages(
  db: Database,
): Promise<readonly { readonly state: FeedState; readonly messages: number }[]> {
  return await run(db, COUNT, []);
}

export type FeedFilter = {
  readonly states?: readonly FeedState[] | undefined;
  readonly poNumber?: string | undefined;
  readonly limit?: number;
};

const LIST: Statement = {
  name: 'feed-list',
  text: `select ${COLUMNS} from feed_message m
    where ($1::text[] is null or m.state = any($1)) and ($2::text is null or m.order_id in (
      select id from purchase_order where po_number = $2))
    order by m.id limit $3`,
};

/** Oldest first. */
export async function listMessages(db: Database, filter: FeedFilter): Promise<readonly StoredMessage[]> {
  const { states, poNumber, limit = 1_000 } = filter;
  return readRows(await run<StoredMessage>(db, LIST, [states ?? null, poNumber ?? null, limit]));
}

function readRows<T extends StoredMessage>(rows: readonly T[]): T[] {
  return rows.map((row) => withoutNulls(row) as T);
}
