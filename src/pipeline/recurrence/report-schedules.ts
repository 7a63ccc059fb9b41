import type { Occurrence } from '../../domain/recurrence/recurrence.ts';
import { findNextReleases, type ReleaseSchedule } from '../../domain/recurrence/release-schedule.ts';
import { addDays, type PlainDate } from '../../lib/dates.ts';
import type { Database } from '../../store/query.ts';
import { listHandled, listSchedules } from '../../store/release-schedules.ts';
import { loadCalendar } from './make-releases.ts';

export type ScheduleReport = ReleaseSchedule & {
  /** Of one that is not active there are none. */
  readonly next: readonly Occurrence[];
};

const SHOWN = 3;

/** Schedules, and their next releases. */
export async function reportSchedules(
  db: Database,
  filter: Parameters<typeof listSchedules>[1],
  today: PlainDate,
): Promise<readonly ScheduleReport[]> {
  const schedules = await listSchedules(db, filter);
  const calendar = await loadCalendar(db);
  const ids = schedules.map(({ id }) => id);
  const handled = await listHandled(db, ids, addDays(today, -62));
  return schedules.map(({ toldTo: _, ...schedule }) => ({
    ...schedule,
    next:
      schedule.state === 'active'
        ? findNextReleases(schedule, handled.get(schedule.id)!, today, calendar, SHOWN)
        : [],
  }));
}

/** `S-1 active: 100 of line 1, every monday; next 2026-12-07, 2026-12-14`. */
export function describeSchedule({ id, state, lines, rule, validTo, next }: ScheduleReport): string {
  const what = lines.map(({ line, quantity }) => `${quantity} of line ${line}`).join(', ');
  const until = validTo === undefined ? '' : ` until ${validTo}`;
  const days = next.map(({ due }) => due).join(', ');
  const then = state === 'active' ? `; next ${days === '' ? 'none: it has ended' : days}` : '';
  return `${id} ${state}: ${what}, ${rule}${until}${then}`;
}
