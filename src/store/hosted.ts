import { OWN_CHANNELS } from '../domain/exchange/made-here.ts';
import type { DeliveryState, FileContent, FileRecord, Id } from '../domain/exchange/records.ts';
import type { Instant } from '../lib/dates.ts';
import { FILE_COLUMNS } from './files.ts';
import { type Database, run, type Statement, withoutNulls } from './query.ts';

/** What a partner sees of the server that we host: its folders are these queries. */
export type OutboundFile = FileRecord & {
  readonly delivery: Id;
  /** available until the partner has fetched it. */
  readonly deliveryState: DeliveryState;
};

const OUTBOUND = `from delivery v join file f on f.id = v.file_id
  where v.partner = $1 and v.channel = 'sftp-hosted' and v.state in ('available', 'delivered')
    and v.removed_at is null`;

const LIST_OUTBOUND: Statement = {
  name: 'hosted-list-outbound',
  text: `select ${FILE_COLUMNS}, v.id as delivery, v.state as "deliveryState" ${OUTBOUND} order by v.id`,
};

export async function listOutbound(db: Database, partner: string): Promise<readonly OutboundFile[]> {
  const rows = await run<OutboundFile>(db, LIST_OUTBOUND, [partner]);
  return rows.map((row) => withoutNulls(row) as OutboundFile);
}

const READ_OUTBOUND: Statement = {
  name: 'hosted-read-outbound',
  text: `select ${FILE_COLUMNS}, f.bytes, v.id as delivery, v.state as "deliveryState" ${OUTBOUND}
    and f.name = $2 order by v.id limit 1`,
};

export async function readOutbound(
  db: Database,
  partner: string,
  name: string,
): Promise<(OutboundFile & FileContent) | undefined> {
  const [row] = await run<OutboundFile & FileContent>(db, READ_OUTBOUND, [partner, name]);
  return row && (withoutNulls(row) as OutboundFile & FileContent);
}

const FETCHED: Statement = {
  name: 'hosted-fetched',
  text: `update delivery set state = 'delivered', delivered_at = $2, attempts = attempts + 1
    where id = $1 and state = 'available' returning id`,
};

/** True the first time the partner has read the whole file; it stays listed until the partner removes it. */
export async function markFetched(tx: Database, delivery: Id, at: Instant): Promise<boolean> {
  return (await run(tx, FETCHED, [delivery, at])).length === 1;
}

const REMOVE: Statement = {
  name: 'hosted-remove',
  text: `update delivery v set removed_at = $3, state = 'delivered', delivered_at = coalesce(delivered_at, $3)
    from file f
    where f.id = v.file_id and v.partner = $1 and f.name = $2 and v.channel = 'sftp-hosted'
      and v.state in ('available', 'delivered') and v.removed_at is null
    returning v.id, v.file_id as file`,
};

/** Hidden from /outbound, kept in the archive. Undefined when no such file is listed. */
export async function removeOutbound(
  tx: Database,
  partner: string,
  name: string,
  at: Instant,
): Promise<{ readonly id: Id; readonly file: Id } | undefined> {
  const [row] = await run<{ id: Id; file: Id }>(tx, REMOVE, [partner, name, at]);
  return row;
}

/* What we made in the partner's name was never with it. */
const EXCHANGED = `f.channel not in (${OWN_CHANNELS.map((channel) => `'${channel}'`).join(', ')})`;

const LIST_FILES: Statement = {
  name: 'hosted-list-files',
  text: `select ${FILE_COLUMNS} from file f
    where partner = $1 and direction = any($2::text[]) and at >= $3 and ${EXCHANGED} order by at, seq limit 10000`,
};

/** What the partner has put here since then. */
export async function listInbound(
  db: Database,
  partner: string,
  since: Instant,
): Promise<readonly FileRecord[]> {
  const rows = await run<FileRecord>(db, LIST_FILES, [partner, ['in'], since]);
  return rows.map((row) => withoutNulls(row) as FileRecord);
}

/** What was exchanged since then, both ways. */
export async function listArchive(
  db: Database,
  partner: string,
  since: Instant,
): Promise<readonly FileRecord[]> {
  const rows = await run<FileRecord>(db, LIST_FILES, [partner, ['in', 'out'], since]);
  return rows.map((row) => withoutNulls(row) as FileRecord);
}

const READ_ARCHIVE: Statement = {
  name: 'hosted-read-archive',
  text: `select ${FILE_COLUMNS}, f.bytes from file f where f.partner = $1 and f.id = $2 and ${EXCHANGED}`,
};

/** A file of this partner and of no other. */
export async function readArchive(db: Database, partner: string, id: Id): Promise<FileContent | undefined> {
  const [row] = await run<FileContent>(db, READ_ARCHIVE, [partner, id]);
  return row && (withoutNulls(row) as FileContent);
}
