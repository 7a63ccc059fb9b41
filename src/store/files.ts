import type { FileContent, FileRecord, FileState, Id } from '../domain/exchange/records.ts';
import { assert } from '../lib/assert.ts';
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
  | { readonly kind: 'files'; readonly files: readonly FileContent[] }
  /** Without its bytes: whoever processes it reads them. */
  | { readonly kind: 'large'; readonly file: FileRecord }
  /** The oldest is backing off, and nothing later overtakes it. */
  | { readonly kind: 'wait'; readonly until: Instant }
  | { readonly kind: 'none' };

/**
 * How many files may be claimed together, and of how many bytes in all. The first is claimed whatever its size; from
 * `large` bytes on it comes without them.
 */
export type ClaimLimits = { readonly files: number; readonly bytes: number; readonly large?: number };

/** As an expression, for the index on waiting files would be gone through whole to find one that is known by its id. */
export const STILL_RECEIVED = `state || '' = 'received'`;

/*
 * The oldest file of a partner; and those right behind it, where neither it nor any of them was tried before: a
 * file that was tried goes alone, so that what hinders it, or kills the process, costs no other file an attempt.
 * One statement and one small commit, which need not wait for the disk: a count lost in a power cut is one
 * attempt more. Nothing but the count changes, so no index is touched.
 */
const CLAIM: Statement = {
  name: 'file-claim',
  text: `
    with head as (
      select id, seq, size, attempts, next_attempt_at from file
      where partner = $1 and state = 'received' order by seq limit 1 for update
    ), followers as (
      select f.id, h.size + sum(f.size) over place as bytes, bool_and(f.attempts = 0) over place as fresh
      from head h cross join lateral (
        select id, seq, size, attempts from file
        where partner = $1 and state = 'received' and seq > h.seq order by seq limit $3
      ) f
      where h.attempts = 0 and h.next_attempt_at is null
      window place as (order by f.seq)
    ), claimed as (
      update file f set attempts = f.attempts + 1
      where f.${STILL_RECEIVED} and f.id = any(array(
        select id from head where next_attempt_at is null or next_attempt_at <= $2::timestamptz
        union all select id from followers where fresh and bytes <= $4
      ))
      returning ${FILE_COLUMNS}, case when f.size < $5 then f.bytes end as bytes, f.seq, set_config('synchronous_commit', 'off', true)
    )
    select c.*, h.next_attempt_at from head h left join claimed c on true order by c.seq`,
};

type FileRow = FileRecord & { readonly reason: string | null; readonly bytes: Buffer };

/** The oldest files of a partner that wait to be processed; their attempts are counted before they are returned. */
export async function claimFiles(
  db: Database,
  partner: string,
  now: Instant,
  limits: ClaimLimits,
): Promise<Claim> {
  type Row = Omit<FileRow, 'bytes'> & { bytes: Buffer | null } & {
    seq: number;
    next_attempt_at: Instant | null;
    set_config: string | null;
  };
  const { large = Number.MAX_SAFE_INTEGER } = limits;
  const rows = await run<Row>(db, CLAIM, [partner, now, limits.files - 1, limits.bytes, large]);
  const [first] = rows;
  if (first === undefined) return { kind: 'none' };
  if (first.id === null && first.next_attempt_at !== null)
    return { kind: 'wait', until: first.next_attempt_at };
  const files = rows
    .filter((row) => row.id !== null)
    .map(({ seq: _s, next_attempt_at: _n, set_config: _c, ...file }) => withoutNulls(file) as FileContent);
  const [oldest] = files;
  if (oldest === undefined) return { kind: 'none' };
  return oldest.bytes === undefined ? { kind: 'large', file: oldest } : { kind: 'files', files };
}

/** The oldest one alone. */
export async function claimNextFile(
  db: Database,
  partner: string,
  now: Instant,
): Promise<{ readonly kind: 'file'; readonly file: FileContent } | Exclude<Claim, { kind: 'files' }>> {
  const claim = await claimFiles(db, partner, now, { files: 1, bytes: 0 });
  return claim.kind === 'files' ? { kind: 'file', file: claim.files[0]! } : claim;
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
  text: `update file set attempts = attempts - 1
    where id = any($1::uuid[]) and ${STILL_RECEIVED} and attempts > 0`,
};

/** They were claimed, and what happened says nothing of them. */
export async function uncountAttempts(db: Database, ids: readonly Id[]): Promise<void> {
  if (ids.length > 0) await run(db, UNCOUNT, [ids]);
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

const READ_SLICE: Statement = {
  name: 'file-read-slice',
  text: 'select substring(bytes from $2 for $3) as bytes from file where id = $1',
};

/** A slice of a value that is stored as it is costs no more than the slice. */
const SLICE = 512 * 1024;

/** The bytes of a large file. The driver has each reply in hand several times over, so it comes in slices. */
export async function readBytes(db: Database, { id, size }: FileRecord): Promise<Uint8Array> {
  const bytes = Buffer.allocUnsafe(size);
  for (let at = 0; at < size; at += SLICE) {
    const [row] = await run<{ bytes: Buffer }>(db, READ_SLICE, [id, at + 1, SLICE]);
    assert(row !== undefined && at + row.bytes.length === Math.min(size, at + SLICE), `file ${id} is whole`);
    bytes.set(row.bytes, at);
  }
  return bytes;
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
