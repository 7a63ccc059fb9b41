import type { DeliveryRecord, Id } from '../domain/exchange/records.ts';
import type { Instant } from '../lib/dates.ts';
import { type Database, run, type Statement, toJson, withoutNulls } from './query.ts';

/** A delivery with what its channel needs to know before the bytes are read (`readFile`). */
export type StoredDelivery = DeliveryRecord & {
  readonly name: string;
  readonly size: number;
  readonly sha256: string;
  readonly lastError?: string | undefined;
  readonly deliveredAt?: Instant | undefined;
};

export const DELIVERY_COLUMNS = `v.id, v.file_id as file, v.partner, v.channel, v.state, v.attempts,
  v.last_error as "lastError", v.delivered_at as "deliveredAt", f.name, f.size, f.sha256`;

const PENDING: Statement = {
  name: 'delivery-pending',
  text: `
    select ${DELIVERY_COLUMNS}, v.next_attempt_at as "nextAttemptAt"
    from delivery v join file f on f.id = v.file_id
    where v.partner = $1 and v.channel = $2 and v.state = 'pending'
    order by v.id limit $3`,
};

export type PendingDeliveries = {
  /** Oldest first. */
  readonly due: readonly StoredDelivery[];
  /** The moment of the next one that backs off, if any does. */
  readonly waitUntil?: Instant | undefined;
};

/** What a lane has to deliver, at most `limit` at a time: ask again until nothing is due. */
export async function pendingDeliveries(
  db: Database,
  lane: { readonly partner: string; readonly channel: string },
  now: Instant,
  limit = 100,
): Promise<PendingDeliveries> {
  type Row = StoredDelivery & { nextAttemptAt: Instant | null };
  const rows = await run<Row>(db, PENDING, [lane.partner, lane.channel, limit]);
  const moment = Date.parse(now);
  const isDue = (row: Row) => row.nextAttemptAt === null || Date.parse(row.nextAttemptAt) <= moment;
  const waiting = rows
    .filter((row) => !isDue(row))
    .map((row) => row.nextAttemptAt as Instant)
    .sort((a, b) => Date.parse(a) - Date.parse(b));
  const due = rows.filter(isDue).map(({ nextAttemptAt: _, ...row }) => withoutNulls(row) as StoredDelivery);
  return waiting[0] === undefined ? { due } : { due, waitUntil: waiting[0] };
}

export type DeliveryAttempt = {
  readonly delivery: Id;
  readonly at: Instant;
  readonly ms: number;
  /** delivered, or what went wrong and whether there is another try. */
  readonly result:
    | { readonly kind: 'delivered' }
    | { readonly kind: 'retry'; readonly error: string; readonly nextAttemptAt: Instant }
    | { readonly kind: 'failed'; readonly error: string };
};

/* The state is an expression, so that a delivery known by its id is not sought in the index on waiting ones. */
const RECORD: Statement = {
  name: 'delivery-record',
  text: `
    with a as (
      insert into delivery_attempt (delivery_id, at, ok, error, ms) values ($1, $2, $3 = 'delivered', $4, $5)
    )
    update delivery set
      attempts = attempts + 1,
      state = case when $3 = 'retry' then 'pending' else $3 end,
      next_attempt_at = $6,
      last_error = $4,
      delivered_at = case when $3 = 'delivered' then $2::timestamptz else delivered_at end
    where id = $1 and state || '' = 'pending' returning attempts`,
};

/** Returns how often it was tried; undefined when it no longer waits, so somebody else finished it. */
export async function recordDeliveryAttempt(
  tx: Database,
  attempt: DeliveryAttempt,
): Promise<number | undefined> {
  const { result } = attempt;
  const [row] = await run<{ attempts: number }>(tx, RECORD, [
    attempt.delivery,
    attempt.at,
    result.kind,
    result.kind === 'delivered' ? null : result.error,
    Math.round(attempt.ms),
    result.kind === 'retry' ? result.nextAttemptAt : null,
  ]);
  return row?.attempts;
}

const MARK: Statement = {
  name: 'delivery-mark-delivered',
  text: `update delivery set state = 'delivered', delivered_at = $2, next_attempt_at = null, last_error = null
    where id = $1 and state <> 'delivered' returning id`,
};

/** Without an attempt of ours: the file turned out to be there already. */
export async function markDelivered(tx: Database, id: Id, at: Instant): Promise<boolean> {
  return (await run(tx, MARK, [id, at])).length === 1;
}

const RETRY: Statement = {
  name: 'delivery-retry',
  text: `update delivery set state = 'pending', attempts = 0, next_attempt_at = null
    where file_id = $1 and state in ('failed', 'pending') returning partner, channel`,
};

/** A person had the cause put right: what failed or waits is to be tried at once. Returns the lanes to wake. */
export async function retryDeliveries(
  tx: Database,
  file: Id,
): Promise<readonly { readonly partner: string; readonly channel: string }[]> {
  return await run(tx, RETRY, [file]);
}

export type DeliveryCount = {
  readonly partner: string;
  readonly state: DeliveryRecord['state'];
  readonly deliveries: number;
};

const COUNT: Statement = {
  name: 'delivery-count',
  text: `select partner, state, count(*) as deliveries from delivery
    where state in ('pending', 'failed') group by partner, state`,
};

/** What has not left yet, for metrics. */
export async function countDeliveries(db: Database): Promise<readonly DeliveryCount[]> {
  return await run<DeliveryCount>(db, COUNT, []);
}

const INSERT: Statement = {
  name: 'delivery-insert',
  text: `
    insert into delivery (id, file_id, partner, channel, state, attempts)
    select id, file, partner, channel, state, attempts
    from json_to_recordset($1::json) as r(id uuid, file uuid, partner text, channel text, state text,
      attempts int)`,
};

export async function insertDeliveries(tx: Database, deliveries: readonly DeliveryRecord[]): Promise<void> {
  if (deliveries.length > 0) await run(tx, INSERT, [toJson(deliveries)]);
}
