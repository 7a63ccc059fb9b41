import type { Id } from '../domain/exchange/records.ts';
import type { Reason } from '../domain/reason.ts';
import type { Shipment } from '../domain/shipment/shipment.ts';
import type { Instant } from '../lib/dates.ts';
import { type Database, run, type Statement, toJson, withoutNulls } from './query.ts';

/** What was told of a shipment, kept before it is looked at. */
export type ReportRecord = {
  readonly id: Id;
  readonly origin: 'api' | 'import' | '945' | 'command' | 'person';
  /** The same report has the same when it comes again. */
  readonly key: string;
  readonly document?: Id | undefined;
  readonly content: Shipment;
  readonly at: Instant;
};

export type StoredReport = Omit<ReportRecord, 'key'> & {
  readonly state: 'received' | 'waiting' | 'done' | 'refused';
  readonly attempts: number;
  /** What it led to. */
  readonly shipment?: Id | undefined;
  readonly number?: string | undefined;
  readonly version?: number | undefined;
  readonly reasons?: readonly Reason[] | undefined;
  /** Whose document it came as. */
  readonly teller?: string | undefined;
};

const COLUMNS = `r.id, r.origin, r.document_id as document, r.content, r.at, r.state, r.attempts,
  r.shipment_id as shipment, coalesce((select s.number from shipment s where s.id = r.shipment_id), r.number) as number,
  r.version, r.reasons, (select d.partner from document d where d.id = r.document_id) as teller`;

const INSERT: Statement = {
  name: 'shipment-report-insert',
  text: `
    insert into shipment_report (id, origin, key, document_id, content, at, number)
    values ($1, $2, $3, $4, $5, $6, $7) on conflict (key) do nothing returning id`,
};

const BY_KEY: Statement = {
  name: 'shipment-report-by-key',
  text: `select ${COLUMNS} from shipment_report r where key = $1`,
};

/** The report that came under the same key before; undefined where this one is kept now. */
export async function keepReport(tx: Database, report: ReportRecord): Promise<StoredReport | undefined> {
  const { id, origin, key, document, content, at } = report;
  const values = [id, origin, key, document ?? null, toJson(content), at, content.number ?? null];
  if ((await run(tx, INSERT, values)).length > 0) return undefined;
  const [row] = await run<StoredReport>(tx, BY_KEY, [key]);
  return row && read(row);
}

/* It waits for who has the oldest: a correction that overtook its shipment, or the next one, would be judged by other facts. */
const CLAIM: Statement = {
  name: 'shipment-report-claim',
  text: `
    update shipment_report r set attempts = attempts + 1 where id = (
      select id from shipment_report
      where state = 'received' and (next_attempt_at is null or next_attempt_at <= $1)
      order by seq limit 1 for update
    ) returning ${COLUMNS}`,
};

/** The oldest that is to be looked at; its attempt is counted before it is. */
export async function claimReport(db: Database, now: Instant): Promise<StoredReport | undefined> {
  const [row] = await run<StoredReport>(db, CLAIM, [now]);
  return row && read(row);
}

const FIND: Statement = {
  name: 'shipment-report-find',
  text: `select ${COLUMNS} from shipment_report r where id = $1`,
};

export async function findReport(db: Database, id: Id): Promise<StoredReport | undefined> {
  const [row] = await run<StoredReport>(db, FIND, [id]);
  return row && read(row);
}

const LOCK: Statement = { name: 'shipment-report-lock', text: `${FIND.text} for update` };

export async function lockReport(tx: Database, id: Id): Promise<StoredReport | undefined> {
  const [row] = await run<StoredReport>(tx, LOCK, [id]);
  return row && read(row);
}

export type ReportEnd = {
  readonly state: 'waiting' | 'done' | 'refused';
  readonly shipment?: Id | undefined;
  readonly version?: number | undefined;
  readonly reasons?: readonly Reason[] | undefined;
};

const FINISH: Statement = {
  name: 'shipment-report-finish',
  text: `
    update shipment_report set state = $2, shipment_id = $3, version = $4, reasons = $5, next_attempt_at = null
    where id = $1`,
};

export async function finishReport(tx: Database, id: Id, end: ReportEnd): Promise<void> {
  const { state, shipment, version, reasons } = end;
  await run(tx, FINISH, [
    id,
    state,
    shipment ?? null,
    version ?? null,
    reasons === undefined ? null : toJson(reasons),
  ]);
}

const POSTPONE: Statement = {
  name: 'shipment-report-postpone',
  text: `update shipment_report set next_attempt_at = $2 where id = $1 and state = 'received'`,
};

export async function postponeReport(db: Database, id: Id, until: Instant): Promise<void> {
  await run(db, POSTPONE, [id, until]);
}

const UNCOUNT: Statement = {
  name: 'shipment-report-uncount',
  text: 'update shipment_report set attempts = greatest(attempts - 1, 0) where id = $1',
};

/** An attempt that the database cost, and not the report. */
export async function uncountReport(db: Database, id: Id): Promise<void> {
  await run(db, UNCOUNT, [id]);
}

const NEXT: Statement = {
  name: 'shipment-report-next',
  text: `select min(next_attempt_at) as at from shipment_report where state = 'received'`,
};

/** When the next report that backs off is to be looked at. */
export async function nextReportAt(db: Database): Promise<Instant | undefined> {
  const [row] = await run<{ at: Instant | null }>(db, NEXT, []);
  return row?.at ?? undefined;
}

const WAKE: Statement = {
  name: 'shipment-report-wake',
  text: `
    update shipment_report set state = 'received', attempts = 0, next_attempt_at = null
    where (state = 'waiting' and number = $1) or id = $2 and state in ('waiting', 'refused')
    returning id`,
};

/** Corrections that have waited for this shipment are looked at again. */
export async function wakeCorrections(tx: Database, number: string): Promise<number> {
  return (await run(tx, WAKE, [number, null])).length;
}

/** False where it is neither refused nor waiting. */
export async function reopenReport(tx: Database, id: Id): Promise<boolean> {
  return (await run(tx, WAKE, [null, id])).length > 0;
}

const LATE: Statement = {
  name: 'shipment-report-late',
  text: `
    select ${COLUMNS} from shipment_report r
    where state = 'waiting' and at < $1 and not exists (
      select from exception x where x.report_id = r.id and x.kind = 'shipment-waits')
    order by seq for update skip locked`,
};

/** Corrections that have waited since then and that nobody was asked about. */
export async function listLateReports(tx: Database, before: Instant): Promise<readonly StoredReport[]> {
  return (await run<StoredReport>(tx, LATE, [before])).map(read);
}

function read(row: StoredReport): StoredReport {
  return withoutNulls(row) as StoredReport;
}
