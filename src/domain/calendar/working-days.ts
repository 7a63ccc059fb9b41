import { addDays, type PlainDate } from '../../lib/dates.ts';

/** The days on which somebody works: a team, a warehouse, we. */
export type WorkingDays = {
  /** ISO 8601: 1 is Monday. There is at least one. */
  readonly days: ReadonlySet<number>;
  readonly holidays: ReadonlySet<PlainDate>;
};

/** Where nobody says otherwise. */
export const OFFICE_DAYS: WorkingDays = { days: new Set([1, 2, 3, 4, 5]), holidays: new Set() };

export function isWorkingDay(date: PlainDate, { days, holidays }: WorkingDays): boolean {
  return days.has(Temporal.PlainDate.from(date).dayOfWeek) && !holidays.has(date);
}

/** The day itself where it is worked; holidays end, so there always is one. */
export function nextWorkingDay(date: PlainDate, calendar: WorkingDays): PlainDate {
  let day = date;
  while (!isWorkingDay(day, calendar)) day = addDays(day, 1);
  return day;
}

/** The day itself where it is worked, else the last one before it. */
export function lastWorkingDay(date: PlainDate, calendar: WorkingDays): PlainDate {
  let day = date;
  while (!isWorkingDay(day, calendar)) day = addDays(day, -1);
  return day;
}

const NAMES = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const NAME = `(?:${NAMES.join('|')})`;

export const DAYS_PATTERN = new RegExp(`^${NAME}(-${NAME})?(, ?${NAME}(-${NAME})?)*$`);
export const DAYS_WANTED = 'expected days such as mon-fri or "mon, wed-fri"';

/** What `DAYS_PATTERN` lets pass; `fri-mon` goes over the end of the week. */
export function parseDays(text: string): ReadonlySet<number> {
  return new Set(text.split(/, ?/).flatMap(daysOf));
}

function daysOf(range: string): number[] {
  const [from = 0, to = from] = range.split('-').map((day) => NAMES.indexOf(day));
  return Array.from({ length: ((to - from + 7) % 7) + 1 }, (_, i) => ((from + i) % 7) + 1);
}
