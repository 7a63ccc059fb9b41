import type { EventRecord, FileContent } from '../domain/exchange/records.ts';
import { asBuffer } from './files.ts';
import { type Database, run, type Statement, toJson } from './query.ts';

/** What wakes the lane that will process the file. */
export type Wake = {
  readonly task: string;
  readonly lane: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly mostAttempts: number;
};

/*
 * One statement is one transaction: the sender waits for one answer of the database, and the lock on the lane is
 * held for no longer than the commit takes.
 */
const STORE: Statement = {
  name: 'arrival-store',
  text: `
    with files as (
      insert into file (id, direction, partner, channel, name, sha256, size, at, state, attempts, reason, bytes)
      select id, direction, partner, channel, name, sha256, size, at, state, attempts, reason, $2::bytea
      from json_to_record($1::json) as r(id uuid, direction text, partner text, channel text, name text,
        sha256 text, size bigint, at timestamptz, state text, attempts int, reason text)
    ), events as (
      insert into event (id, at, partner, file_id, kind, text)
      select id, at, partner, file, kind, text
      from json_to_record($3::json) as r(id uuid, at timestamptz, partner text, file uuid, kind text, text text)
    )
    select wake_lane($4, $5, $6::json, $7) as woken`,
};

/** Keeps the raw bytes, says so, and has the lane look at them: all or nothing. */
export async function storeArrival(
  db: Database,
  file: FileContent,
  event: EventRecord,
  wake: Wake,
): Promise<void> {
  const { bytes, ...record } = file;
  const { task, lane, payload, mostAttempts } = wake;
  const values = [toJson(record), asBuffer(bytes), toJson(event), task, lane, toJson(payload), mostAttempts];
  await run(db, STORE, values);
}
