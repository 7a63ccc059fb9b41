import type { Context } from '../../context.ts';
import type { Occurrence } from '../../domain/recurrence/recurrence.ts';
import { listReleases, nameRelease } from '../../domain/recurrence/release-schedule.ts';
import { addDays, type PlainDate } from '../../lib/dates.ts';
import { type Database, inTransaction } from '../../store/database.ts';
import { recordEvents } from '../../store/events.ts';
import {
  isReleaseMade,
  lockSchedule,
  type StoredSchedule,
  setScheduleState,
} from '../../store/release-schedules.ts';
import { makeEvent } from '../process/records.ts';
import { findOpen, loadCalendar, releaseDay, skipRelease } from './make-releases.ts';

export type ScheduleChanged = { readonly kind: 'done' | 'refused'; readonly text: string };

type Turn = 'pause' | 'resume' | 'cancel';

const STATES = { pause: 'paused', resume: 'active', cancel: 'cancelled' } as const satisfies Readonly<
  Record<Turn, StoredSchedule['state']>
>;

/** Stops a schedule for a while, or for good, or lets it go on. What fell due in a pause is not made after it. */
export function turnSchedule(context: Context, id: string, turn: Turn, by: string): Promise<ScheduleChanged> {
  return withSchedule(context, id, async (tx, schedule) => {
    const state = STATES[turn];
    if (schedule.state === state) return refuse(`schedule ${id} is ${state} already`);
    if (schedule.state === 'cancelled') return refuse(`schedule ${id} is cancelled: import another one`);
    if (turn === 'resume') {
      const today = context.clock().slice(0, 10);
      const { due, late } = await findOpen(tx, schedule, today, await loadCalendar(tx));
      for (const one of [...late, ...due]) await skipRelease(context, tx, schedule, one, 'its pause');
    }
    await setScheduleState(tx, id, state);
    const maker = { ids: context.ids, now: context.clock(), partner: schedule.partner };
    const text = `schedule ${id} of blanket order ${schedule.poNumber} is ${state} now, by ${by}`;
    await recordEvents(tx, [makeEvent(maker, `schedule-${state}`, text, {})]);
    return { kind: 'done', text };
  });
}

/** Makes the release of a day that was not made, early or late, or sees to it that it never is. */
export function settleRelease(
  context: Context,
  id: string,
  day: PlainDate,
  wish: 'release' | 'skip',
  by: string,
): Promise<ScheduleChanged> {
  return withSchedule(context, id, async (tx, schedule) => {
    const one = await findDay(tx, schedule, day);
    if (one === undefined) return refuse(`schedule ${id} (${schedule.rule}) has no release on ${day}`);
    const name = `${nameRelease(schedule, one.day)} of blanket order ${schedule.poNumber}`;
    if (await isReleaseMade(tx, id, one.day)) return refuse(`${name} was made already`);
    if (wish === 'skip') {
      await skipRelease(context, tx, schedule, one, by);
      return { kind: 'done', text: `${name} will not be made` };
    }
    const wrong = await releaseDay(context, tx, schedule, one, by);
    return wrong === undefined
      ? { kind: 'done', text: `${name} is on its way` }
      : refuse(`${name}: ${wrong}`);
  });
}

/** By the day that the rule names, or the working day on which it is due. */
async function findDay(
  tx: Database,
  schedule: StoredSchedule,
  day: PlainDate,
): Promise<Occurrence | undefined> {
  const near = { since: addDays(day, -31), until: addDays(day, 31) };
  const releases = listReleases(schedule, near, await loadCalendar(tx));
  return releases.find((one) => one.day === day) ?? releases.find((one) => one.due === day);
}

function withSchedule(
  context: Context,
  id: string,
  work: (tx: Database, schedule: StoredSchedule) => Promise<ScheduleChanged>,
): Promise<ScheduleChanged> {
  return inTransaction(context.db, async (tx) => {
    const schedule = await lockSchedule(tx, id);
    if (schedule === undefined) return refuse(`there is no schedule ${id}`);
    return await work(tx, schedule);
  });
}

function refuse(text: string): ScheduleChanged {
  return { kind: 'refused', text };
}
