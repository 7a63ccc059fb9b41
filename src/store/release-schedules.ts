import type { Id } from '../domain/exchange/records.ts';
import type { ReleaseSchedule } from '../domain/recurrence/release-schedule.ts';
import type { Instant, PlainDate } from '../lib/dates.ts';
import { type Database, run, type Statement, withoutNulls } from './query.ts';

export type StoredSchedule = ReleaseSchedule & {
  /** Up to which due day a person was told of what was not made. */
  readonly toldTo?: PlainDate | undefined;
};

const COLUMNS = `id, partner, po_number as "poNumber", lines, rule, when_closed as "whenClosed",
  valid_from as "validFrom", valid_to as "validTo", delivery_days as "deliveryDays", ship_to as "shipTo", state,
  told_to as "toldTo"`;

const LIST: Statement = {
  name: 'schedule-list',
  text: `select ${COLUMNS} from release_schedule
    where ($1::text is null or partner = $1) and ($2::text is null or po_number = $2) order by partner, id`,
};

export async function listSchedules(
  db: Database,
  {
    partner,
    poNumber,
  }: { readonly partner?: string | undefined; readonly poNumber?: string | undefined } = {},
): Promise<readonly StoredSchedule[]> {
  return read(await run<StoredSchedule>(db, LIST, [partner ?? null, poNumber ?? null]));
}

const LOCK: Statement = {
  name: 'schedule-lock',
  text: `select ${COLUMNS} from release_schedule where id = $1 for update`,
};

/** Whoever makes releases of it waits for the other. */
export async function lockSchedule(tx: Database, id: string): Promise<StoredSchedule | undefined> {
  return read(await run<StoredSchedule>(tx, LOCK, [id]))[0];
}

function read(rows: readonly StoredSchedule[]): StoredSchedule[] {
  return rows.map((row) => withoutNulls(row) as StoredSchedule);
}

export type HandledRelease = {
  readonly schedule: string;
  readonly day: PlainDate;
  readonly due: PlainDate;
  /** `failed`: it could not be made, and a person was told. */
  readonly kind: 'made' | 'skipped' | 'failed';
  readonly file?: Id | undefined;
  readonly at: Instant;
  readonly by: string;
};

const HANDLED: Statement = {
  name: 'schedule-handled',
  text: `select schedule, day from scheduled_release where schedule = any($1::text[]) and day >= $2`,
};

/** By schedule, the days from one on of which nothing is to be done any more. */
export async function listHandled(
  db: Database,
  schedules: readonly string[],
  since: PlainDate,
): Promise<ReadonlyMap<string, ReadonlySet<PlainDate>>> {
  const rows = await run<Pick<HandledRelease, 'schedule' | 'day'>>(db, HANDLED, [schedules, since]);
  const bySchedule = Map.groupBy(rows, ({ schedule }) => schedule);
  return new Map(schedules.map((id) => [id, new Set((bySchedule.get(id) ?? []).map(({ day }) => day))]));
}

const MADE: Statement = {
  name: 'schedule-made',
  text: `select from scheduled_release where schedule = $1 and day = $2 and kind = 'made'`,
};

export async function isReleaseMade(db: Database, schedule: string, day: PlainDate): Promise<boolean> {
  return (await run(db, MADE, [schedule, day])).length === 1;
}

const HANDLE: Statement = {
  name: 'schedule-handle',
  text: `insert into scheduled_release (schedule, day, due, kind, file_id, at, "by")
    values ($1, $2, $3, $4, $5, $6, $7)
    on conflict (schedule, day) do update set kind = excluded.kind, due = excluded.due, file_id = excluded.file_id,
      at = excluded.at, "by" = excluded."by"
    where scheduled_release.kind <> 'made' returning 1`,
};

/** False where the release of that day was made: the key is what keeps it from being made twice. */
export async function recordRelease(tx: Database, release: HandledRelease): Promise<boolean> {
  const { schedule, day, due, kind, file, at, by } = release;
  return (await run(tx, HANDLE, [schedule, day, due, kind, file ?? null, at, by])).length === 1;
}

const TELL: Statement = {
  name: 'schedule-tell',
  text: `update release_schedule set told_to = greatest(told_to, $2) where id = $1`,
};

/** So that what was not made is told once. */
export async function rememberTold(tx: Database, id: string, due: PlainDate): Promise<void> {
  await run(tx, TELL, [id, due]);
}

const SET_STATE: Statement = {
  name: 'schedule-state',
  text: `update release_schedule set state = $2 where id = $1`,
};

export async function setScheduleState(
  tx: Database,
  id: string,
  state: ReleaseSchedule['state'],
): Promise<void> {
  await run(tx, SET_STATE, [id, state]);
}

const ORDER: Statement = {
  name: 'schedule-blanket-order',
  text: `select order_id as "order" from blanket where partner = $1 and po_number = $2 and not test`,
};

/** The order that opened a blanket. */
export async function findBlanketOrder(
  db: Database,
  partner: string,
  poNumber: string,
): Promise<Id | undefined> {
  const [row] = await run<{ order: Id }>(db, ORDER, [partner, poNumber]);
  return row?.order;
}
