import type { Instant } from '../../lib/dates.ts';
import { isWorkingDay, type WorkingDays } from '../calendar/working-days.ts';

/** When a team works, by the clock on its wall. */
export type WorkCalendar = WorkingDays & {
  /** `America/New_York`. */
  readonly zone: string;
  /** Minutes after midnight; `closes` may be 1440. */
  readonly opens: number;
  readonly closes: number;
};

const HOUR_MS = 3_600_000;

/**
 * The moment at which so many working hours have passed. Work that ends with the day is due at closing time, not at
 * the next opening; without any hours it is due at once, or when the team opens. Hours are time that passes: the night
 * in which a clock changes makes them neither longer nor shorter.
 */
export function addWorkingTime(at: Instant, hours: number, calendar: WorkCalendar): Instant {
  const start = Date.parse(at);
  let left = Math.round(hours * HOUR_MS);
  for (let day = dayOf(start, calendar); ; day = day.add({ days: 1 })) {
    const open = openOn(day, calendar);
    if (open === undefined || open.until <= start) continue;
    const from = Math.max(open.from, start);
    if (left <= open.until - from) return toInstant(from + left);
    left -= open.until - from;
  }
}

/** Working hours that pass from one moment to a later one; 0 where it is not later. */
export function workingTimeBetween(from: Instant, to: Instant, calendar: WorkCalendar): number {
  const [start, end] = [Date.parse(from), Date.parse(to)];
  let passed = 0;
  const last = dayOf(end, calendar);
  for (
    let day = dayOf(start, calendar);
    Temporal.PlainDate.compare(day, last) <= 0;
    day = day.add({ days: 1 })
  ) {
    const open = openOn(day, calendar);
    if (open !== undefined) passed += Math.max(0, Math.min(open.until, end) - Math.max(open.from, start));
  }
  return passed / HOUR_MS;
}

function dayOf(moment: number, { zone }: WorkCalendar): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO(zone).toPlainDate();
}

type Open = { readonly from: number; readonly until: number };

function openOn(day: Temporal.PlainDate, calendar: WorkCalendar): Open | undefined {
  if (!isWorkingDay(day.toString(), calendar)) return undefined;
  return { from: momentOf(day, calendar.opens, calendar), until: momentOf(day, calendar.closes, calendar) };
}

/** A time that the clock leaves out is the one after the gap, one that it shows twice the earlier. */
function momentOf(day: Temporal.PlainDate, minutes: number, { zone }: WorkCalendar): number {
  return day.toPlainDateTime().add({ minutes }).toZonedDateTime(zone).epochMilliseconds;
}

function toInstant(moment: number): Instant {
  return new Date(moment).toISOString();
}
