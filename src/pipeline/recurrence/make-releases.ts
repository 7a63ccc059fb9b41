import type { Context } from '../../context.ts';
import { OFFICE_DAYS, type WorkingDays } from '../../domain/calendar/working-days.ts';
import type { Occurrence } from '../../domain/recurrence/recurrence.ts';
import {
  type DueReleases,
  findDueReleases,
  LATEST_DAYS,
  makeRelease,
  nameRelease,
} from '../../domain/recurrence/release-schedule.ts';
import { assert } from '../../lib/assert.ts';
import { addDays, type PlainDate } from '../../lib/dates.ts';
import { loadBlankets } from '../../store/blankets.ts';
import { findOurCalendar } from '../../store/calendars.ts';
import { type Database, inTransaction } from '../../store/database.ts';
import { recordEvents } from '../../store/events.ts';
import { raiseExceptions } from '../../store/exceptions.ts';
import {
  findBlanketOrder,
  listHandled,
  listSchedules,
  lockSchedule,
  recordRelease,
  rememberTold,
  type StoredSchedule,
} from '../../store/release-schedules.ts';
import { loadStandingOrders } from '../../store/standing-orders.ts';
import { isActive } from '../deliver/remote.ts';
import { OrderNotWritten, writeOrderFile } from '../on-behalf/order-file.ts';
import { makeEvent, makeException } from '../process/records.ts';
import { receiveFile } from '../receive/receive.ts';

/** What is looked at of what was handled: more than a release may be late. */
const HANDLED_DAYS = 130;

/** Who makes releases, where no person does. */
const BY = 'causeway';

/** Makes every release that is due, once; returns how many. One that cannot be made hinders no other schedule. */
export async function makeDueReleases(context: Context): Promise<number> {
  const { db, log } = context;
  const today = context.clock().slice(0, 10);
  const calendar = await loadCalendar(db);
  const schedules = (await listSchedules(db)).filter(({ state }) => state !== 'cancelled');
  const handled = await listHandled(
    db,
    schedules.map(({ id }) => id),
    addDays(today, -HANDLED_DAYS),
  );
  let made = 0;
  for (const schedule of schedules) {
    // Only what has something to do is locked.
    const { due, late } = findDueReleases(schedule, handled.get(schedule.id)!, today, calendar);
    if (due.length === 0 && untold(schedule, late).length === 0) continue;
    try {
      made += await handleSchedule(context, schedule.id, today, calendar);
    } catch (error) {
      log.error({ schedule: schedule.id, error: String(error) }, 'releases not made; tried again');
    }
  }
  return made;
}

/** The days on which we work: Monday to Friday, where nobody has said otherwise. */
export async function loadCalendar(db: Database): Promise<WorkingDays> {
  return (await findOurCalendar(db)) ?? OFFICE_DAYS;
}

/** What of a schedule is open as it is now, under its lock. */
export async function findOpen(
  tx: Database,
  schedule: StoredSchedule,
  today: PlainDate,
  calendar: WorkingDays,
): Promise<DueReleases> {
  const handled = await listHandled(tx, [schedule.id], addDays(today, -HANDLED_DAYS));
  return findDueReleases(schedule, handled.get(schedule.id)!, today, calendar);
}

async function handleSchedule(
  context: Context,
  id: string,
  today: PlainDate,
  calendar: WorkingDays,
): Promise<number> {
  return await inTransaction(context.db, async (tx) => {
    const schedule = await lockSchedule(tx, id);
    if (schedule === undefined || schedule.state === 'cancelled') return 0;
    const { due, late } = await findOpen(tx, schedule, today, calendar);
    if (schedule.state === 'paused') {
      for (const one of [...late, ...due]) await skipRelease(context, tx, schedule, one, 'its pause');
      return 0;
    }
    const old = untold(schedule, late);
    if (old.length > 0) await tellLate(context, tx, schedule, old);
    let made = 0;
    for (const one of due) {
      const wrong = await releaseDay(context, tx, schedule, one, BY);
      if (wrong === undefined) made += 1;
      else await giveUp(context, tx, schedule, one, wrong);
    }
    return made;
  });
}

function untold({ toldTo = '' }: StoredSchedule, late: readonly Occurrence[]): readonly Occurrence[] {
  return late.filter(({ due }) => due > toldTo);
}

/**
 * Makes the release of one day: its order is received as a file of the buyer's, in the caller's transaction with the
 * note that it was made. Returns why it cannot be.
 */
export async function releaseDay(
  context: Context,
  tx: Database,
  schedule: StoredSchedule,
  one: Occurrence,
  by: string,
): Promise<string | undefined> {
  const configuration = context.configuration();
  const partner = configuration.partners.get(schedule.partner);
  if (partner === undefined || !isActive(partner)) return `partner ${schedule.partner} is not active`;
  const [blanket] = await loadBlankets(tx, partner.id, { numbers: [schedule.poNumber] });
  const opened = await findBlanketOrder(tx, partner.id, schedule.poNumber);
  const [stored] = opened === undefined ? [] : await loadStandingOrders(tx, partner.id, [], [opened]);
  if (blanket === undefined || stored === undefined)
    return `${schedule.partner} has no blanket order ${schedule.poNumber}`;
  const order = makeRelease(schedule, one, blanket, stored.order.standing.order);
  if ('wrong' in order) return order.wrong;
  try {
    const now = context.clock();
    const bytes = await writeOrderFile(tx, order, { configuration, partner, now });
    const name = `${nameRelease(schedule, one.day)}.edi`;
    const upload = { partner: partner.id, channel: 'schedule', name, bytes };
    const file = await receiveFile({ ...context, db: tx }, upload);
    const made = { schedule: schedule.id, ...one, kind: 'made', file: file.id, at: now, by } as const;
    assert(await recordRelease(tx, made), `${name} is made once, under the lock of its schedule`);
    return undefined;
  } catch (error) {
    if (!(error instanceof OrderNotWritten)) throw error;
    return error.message;
  }
}

/** It is not to be made. */
export async function skipRelease(
  context: Context,
  tx: Database,
  schedule: StoredSchedule,
  one: Occurrence,
  by: string,
): Promise<void> {
  const now = context.clock();
  if (!(await recordRelease(tx, { schedule: schedule.id, ...one, kind: 'skipped', at: now, by }))) return;
  const maker = { ids: context.ids, now, partner: schedule.partner };
  const text = `release of ${one.day} under schedule ${schedule.id} skipped, by ${by}`;
  await recordEvents(tx, [makeEvent(maker, 'release-skipped', text, {})]);
}

/** It would have been made long ago: whether it is still wanted nobody knows. */
async function tellLate(
  context: Context,
  tx: Database,
  schedule: StoredSchedule,
  late: readonly Occurrence[],
): Promise<void> {
  await tellNotMade(context, tx, schedule, late, `due more than ${LATEST_DAYS} days ago`);
  await rememberTold(tx, schedule.id, late.at(-1)!.due);
}

/** It is not tried again, until a person has it made. */
async function giveUp(
  context: Context,
  tx: Database,
  schedule: StoredSchedule,
  one: Occurrence,
  why: string,
): Promise<void> {
  const failed = { schedule: schedule.id, ...one, kind: 'failed', at: context.clock(), by: BY } as const;
  if (await recordRelease(tx, failed)) await tellNotMade(context, tx, schedule, [one], why);
}

async function tellNotMade(
  context: Context,
  tx: Database,
  schedule: StoredSchedule,
  releases: readonly Occurrence[],
  why: string,
): Promise<void> {
  const { desk } = context.configuration();
  const { id, partner, poNumber } = schedule;
  const maker = { ids: context.ids, now: context.clock(), partner, desk };
  const days = releases.map(({ day }) => day).join(', ');
  const text = `schedule ${id} of blanket order ${poNumber}: release of ${days} not made: ${why}`;
  await recordEvents(tx, [makeEvent(maker, 'release-not-made', text, {})]);
  await raiseExceptions(tx, [makeException(maker, 'release-not-made', text, {})]);
}
