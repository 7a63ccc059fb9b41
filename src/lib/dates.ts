/** A calendar day without a clock: `2024-01-31`. */
export type PlainDate = string;

/** A moment in UTC: `2024-01-31T09:30:00Z`. */
export type Instant = string;

/** Days that every month has. */
const SHORTEST_MONTH = 28;

const DAY_MS = 86_400_000;

export function addDays(date: PlainDate, days: number): PlainDate {
  const day = Number(date.slice(8)) + days;
  if (day >= 1 && day <= SHORTEST_MONTH) return `${date.slice(0, 8)}${day < 10 ? '0' : ''}${day}`;
  return new Date(Date.parse(date) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Negative when `to` is the earlier day. */
export function daysBetween(from: PlainDate, to: PlainDate): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}

export function laterOf(a: PlainDate, b: PlainDate): PlainDate {
  if (a < b) return b;
  return a;
}

export function isPlainDate(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) && addDays(text, 0) === text;
}
