import type { WorkingDays } from '../domain/calendar/working-days.ts';
import type { PlainDate } from '../lib/dates.ts';
import { type Database, run, type Statement } from './query.ts';

export type StoredCalendar = { readonly days: readonly number[]; readonly holidays: readonly PlainDate[] };

export function readCalendar({ days, holidays }: StoredCalendar): WorkingDays {
  return { days: new Set(days), holidays: new Set(holidays) };
}

const OURS: Statement = {
  name: 'calendar-ours',
  text: `select days, array(select unnest(holidays)::text) as holidays from calendar where owner = 'us'`,
};

/** The days on which we work; undefined where nobody has said. */
export async function findOurCalendar(db: Database): Promise<WorkingDays | undefined> {
  const [row] = await run<StoredCalendar>(db, OURS, []);
  return row && readCalendar(row);
}
