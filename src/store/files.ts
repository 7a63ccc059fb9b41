import type { FileContent, FileRecord, FileState, Id } from '../domain/exchange/records.ts';
import type { Instant } from '../lib/dates.ts';
import { type Database, run, type Statement, toJson, withoutNulls } from './query.ts';

/** Columns of a file without its bytes, as `FileRecord` names them. */
export const FILE_COLUMNS =
  'f.id, f.direction, f.partner, f.channel, f.name, f.sha256, f.size, f.at, f.state, f.attempts, f.reason';

const INSERT: Statement = {
  name: 'file-insert',
  text: `
    insert into file (id, direction, partner, channel, name, sha256, size, at, state, attempts, reason, bytes)
    select id, direction, partner, channel, name, sha256, size, at, state, attempts, reason, $2::bytea
    from json_to_record($1::json) as r(id uuid, direction text, partner text, channel text, name text,
      sha256 text, size bigint, at timestamptz, state text, attempts int, reason text)`,
};

export async function insertFile(tx: Database, file: FileContent): Promise<void> {
  const { bytes, ...record } = file;
  await run(tx, INSERT, [toJson(record), asBuffer(bytes)]);
}

/** A view, never a copy: files may have many megabytes. */
export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

export type Claim =
  | { readonly kind: 'file'; readonly file: FileContent }
  /** The oldest is backing off, and nothing later overtakes it. */
  | { readonly kind: 'wait'; readonly until: Instant }
  | { readonly kind: 'none' };

/*
 * One statement and one small commit, which need not wait for the disk: a count lost in a power cut is one
 * attempt more. Nothing but the count changes, so no index is touched.
 */
const CLAIM: Statement = {
  name: 'file-claim',
  text: `
    with oldest as (
      select id, next_attempt_at from file
      where partner = $1 and state = 'received' order by seq limit 1 for update
    ), claimed as (
      update file f set attempts = f.attempts + 1 from oldest o
      where f.id = o.id and (o.next_attempt_at is null or o.next_attempt_at <= $2::timestamptz)
      returning ${FILE_COLUMNS}, f.bytes, set_config('synchronous_commit', 'off', true)
    )
    select c.*, o.next_attempt_at from oldest o left join claimed c on c.id = o.id`,
};

type FileRow = FileRecord & { readonly reason: string | null; readonly bytes: Buffer };

/** The oldest file of a partner that waits to be processed; its attempt is counted before it is returned. */
export async function claimNextFile(db: Database, partner: string, now: Instant): Promise<Claim> {
  type Row = FileRow & { next_attempt_at: Instant | null; set_config: string | null };
  const [row] = await run<Row>(db, CLAIM, [partner, now]);
  if (row === undefined) return { kind: 'none' };
  const { next_attempt_at: until, set_config: _, ...file } = row;
  if (file.id === null && until !== null) return { kind: 'wait', until };
  return { kind: 'file', file: withoutNulls(file) as FileContent };
}

const LOCK: Statement = {
  name: 'file-lock',
  text: 'select state, attempts from file where id = $1 for update',
};

/** Whoever holds the lock decides the file; a second worker waits here, then sees that it is done. */
export async function lockFile(
  tx: Database,
  id: Id,
): Promise<{ readonly state: FileState; readonly attempts: number } | undefined> {
  const [row] = await run<{ state: FileState; attempts: number }>(tx, LOCK, [id]);
  return row;
}

/** As an expression, for the index on waiting files would be gone through whole to find one that is known by its id. */
export const STILL_RECEIVED = `state || '' = 'received'`;

const FINISH: Statement = {
  name: 'file-finish',
  text: `update file set state = $2, reason = $3, next_attempt_at = null
    where id = $1 and ${STILL_RECEIVED}`,
};

export async function finishFile(
  tx: Database,
  id: Id,
  state: 'done' | 'quarantined',
  reason?: string,
): Promise<void> {
  await run(tx, FINISH, [id, state, reason ?? null]);
}

const POSTPONE: Statement = {
  name: 'file-postpone',
  text: `update file set next_attempt_at = $2, reason = $3 where id = $1 and ${STILL_RECEIVED}`,
};

export async function postponeFile(db: Database, id: Id, at: Instant, reason: string): Promise<void> {
  await run(db, POSTPONE, [id, at, reason]);
}

const UNCOUNT: Statement = {
  name: 'file-uncount',
  text: `update file set attempts = attempts - 1 where id = $1 and ${STILL_RECEIVED} and attempts > 0`,
};

/** The world failed while the file was in hand: that attempt says nothing of the file. */
export async function uncountAttempt(db: Database, id: Id): Promise<void> {
  await run(db, UNCOUNT, [id]);
}

const RELEASE: Statement = {
  name: 'file-release',
  text: `update file set state = 'received', attempts = 0, next_attempt_at = null, reason = null
    where id = $1 and direction = 'in' and state = 'quarantined' returning id`,
};

/** A person found the cause: a quarantined file is to be processed again. */
export async function releaseFile(tx: Database, id: Id): Promise<boolean> {
  return (await run(tx, RELEASE, [id])).length === 1;
}

const READ: Statement = {
  name: 'file-read',
  text: `select ${FILE_COLUMNS}, f.bytes from file f where id = $1`,
};

export async function readFile(db: Database, id: Id): Promise<FileContent | undefined> {
  const [row] = await run<FileRow>(db, READ, [id]);
  return row && (withoutNulls(row) as FileContent);
}

const FIND: Statement = {
  name: 'file-find',
  text: `select ${FILE_COLUMNS} from file f
    where (f.id::text = $1 or f.name = $1) and ($2::text is null or f.partner = $2) order by f.seq`,
};

/** Files of that id or name, in the order in which they came. */
export async function findFiles(
  db: Database,
  what: string,
  partner: string | undefined,
): Promise<readonly FileRecord[]> {
  const rows = await run<FileRow>(db, FIND, [what, partner ?? null]);
  return rows.map((row) => withoutNulls(row) as FileRecord);
}

const FIND_SAME: Statement = {
  name: 'file-find-same',
  text: `select ${FILE_COLUMNS} from file f
    where partner = $1 and direction = 'in' and name = $2 and sha256 = $3 order by seq desc limit 1`,
};

/** Has a polled server shown us this very file before? */
export async function findSameFile(
  db: Database,
  partner: string,
  name: string,
  sha256: string,
): Promise<FileRecord | undefined> {
  const [row] = await run<FileRow>(db, FIND_SAME, [partner, name, sha256]);
  return row && (withoutNulls(row) as FileRecord);
}

const COUNT: Statement = {
  name: 'file-count',
  text: `select partner, state, count(*) as files, min(at) as oldest from file
    where direction = 'in' and state in ('received', 'quarantined') group by partner, state`,
};

export type FileBacklog = {
  readonly partner: string;
  readonly state: FileState;
  readonly files: number;
  readonly oldest: Instant;
};

/** What waits and what is stuck, for health and metrics. */
export async function countBacklog(db: Database): Promise<readonly FileBacklog[]> {
  return await run<FileBacklog>(db, COUNT, []);
}
