import { addDays, type PlainDate } from '../../lib/dates.ts';
import { lastWorkingDay, nextWorkingDay, type WorkingDays } from '../calendar/working-days.ts';

/** What happens again and again, by calendar. */
export type Recurrence =
  | { readonly kind: 'days'; readonly every: number }
  /** ISO 8601: 1 is Monday. The week of the first day is the first that counts. */
  | { readonly kind: 'weeks'; readonly every: number; readonly days: ReadonlySet<number> }
  /** A day that the month does not have is its last one. */
  | { readonly kind: 'months'; readonly every: number; readonly on: MonthDay };

type MonthDay = { readonly day: number } | 'first-working-day' | 'last-working-day';

/** What becomes of a day that is not worked. */
export type WhenClosed = 'next' | 'last' | 'same';

/** One time that it happens. */
export type Occurrence = {
  /** What the rule names, whatever the calendar: by it an occurrence is known, so that no holiday doubles it. */
  readonly day: PlainDate;
  /** The working day on which it happens. */
  readonly due: PlainDate;
};

export type Span = { readonly from: PlainDate; readonly to?: PlainDate | undefined };

const NAMES = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const NAME = NAMES.join('|');
const COUNT = '(?:([1-9]\\d{0,2}) )?';

const DAYS = new RegExp(`^every ${COUNT}days?$`);
const WEEKS = new RegExp(`^every (?:([1-9]\\d?) weeks? on )?((?:${NAME})(?:, ?(?:${NAME}))*)$`);
const MONTHS = new RegExp(
  `^every ${COUNT}months? on (?:day ([1-9]|[12]\\d|3[01])|the (first|last) working day)$`,
);

export const RECURRENCE_WANTED =
  '`every 14 days`, `every monday`, `every 2 weeks on monday, thursday`, `every month on day 15` or `every month on the first working day`';

/** Undefined where it is none. */
export function parseRecurrence(text: string): Recurrence | undefined {
  const given = text.trim().toLowerCase().replace(/\s+/g, ' ');
  const days = DAYS.exec(given);
  if (days !== null) return { kind: 'days', every: Number(days[1] ?? 1) };
  const weeks = WEEKS.exec(given);
  if (weeks !== null) {
    const named = weeks[2]!.split(/, ?/).map((name) => NAMES.indexOf(name) + 1);
    return { kind: 'weeks', every: Number(weeks[1] ?? 1), days: new Set(named) };
  }
  const months = MONTHS.exec(given);
  if (months === null) return undefined;
  const [, every = '1', day, which] = months;
  const on =
    day !== undefined ? { day: Number(day) } : which === 'first' ? 'first-working-day' : 'last-working-day';
  return { kind: 'months', every: Number(every), on };
}

/** All that are due from one day to another, the first first. The days that the rule names lie within `span`. */
export function listOccurrences(
  recurrence: Recurrence,
  span: Span,
  due: { readonly since: PlainDate; readonly until: PlainDate },
  calendar: WorkingDays,
  whenClosed: WhenClosed,
): readonly Occurrence[] {
  const found: Occurrence[] = [];
  // A day may be moved over the holidays between two of them, and never by more than this.
  const last = addDays(due.until, SLACK);
  for (const one of namedDays(recurrence, span.from, addDays(due.since, -SLACK), calendar)) {
    if (one.day > last) break;
    const moved = move(one, calendar, whenClosed);
    const named = one.fixed ? moved.due : one.day;
    if (named < span.from || (span.to !== undefined && named > span.to)) continue;
    if (moved.due >= due.since && moved.due <= due.until) found.push(moved);
  }
  return found.sort((a, b) => (a.due < b.due || (a.due === b.due && a.day < b.day) ? -1 : 1));
}

const SLACK = 31;

/** `fixed`: its working day follows from the rule itself. */
type Named = Occurrence & { readonly fixed: boolean };

function move({ day, due, fixed }: Named, calendar: WorkingDays, whenClosed: WhenClosed): Occurrence {
  if (fixed || whenClosed === 'same') return { day, due };
  return { day, due: whenClosed === 'next' ? nextWorkingDay(day, calendar) : lastWorkingDay(day, calendar) };
}

/** Without an end, in order, from near `since` on. */
function* namedDays(
  recurrence: Recurrence,
  from: PlainDate,
  since: PlainDate,
  calendar: WorkingDays,
): Generator<Named> {
  const start = Temporal.PlainDate.from(from);
  const near = Temporal.PlainDate.compare(start, since) < 0 ? Temporal.PlainDate.from(since) : start;
  switch (recurrence.kind) {
    case 'days': {
      const passed = Math.floor(start.until(near).days / recurrence.every);
      for (let i = passed; ; i += 1) yield asIs(start.add({ days: i * recurrence.every }));
    }
    case 'weeks': {
      const monday = start.subtract({ days: start.dayOfWeek - 1 });
      const passed = Math.floor(monday.until(near).days / (7 * recurrence.every));
      for (let i = passed; ; i += 1)
        for (let day = 1; day <= 7; day += 1)
          if (recurrence.days.has(day)) yield asIs(monday.add({ days: i * 7 * recurrence.every + day - 1 }));
    }
    case 'months': {
      const first = start.with({ day: 1 });
      const passed = Math.floor(first.until(near, { largestUnit: 'month' }).months / recurrence.every);
      for (let i = passed; ; i += 1)
        yield nameInMonth(first.add({ months: i * recurrence.every }), recurrence.on, calendar);
    }
  }
}

function asIs(date: Temporal.PlainDate): Named {
  return { day: date.toString(), due: date.toString(), fixed: false };
}

function nameInMonth(first: Temporal.PlainDate, on: MonthDay, calendar: WorkingDays): Named {
  if (on === 'first-working-day') {
    const day = first.toString();
    return { day, due: nextWorkingDay(day, calendar), fixed: true };
  }
  const day = (on === 'last-working-day' ? first.with({ day: 31 }) : first.with({ day: on.day })).toString();
  if (on !== 'last-working-day') return { day, due: day, fixed: false };
  return { day, due: lastWorkingDay(day, calendar), fixed: true };
}
