import { DAYS_PATTERN, DAYS_WANTED, parseDays } from '../../domain/calendar/working-days.ts';
import { MASTER_TABLES } from '../../store/master-data-tables.ts';
import { code, date, list, matching } from './cells.ts';
import { defineKind, needed, optional } from './kind.ts';

const days = matching(DAYS_WANTED.replace('expected ', ''), DAYS_PATTERN);

export const CALENDAR_KINDS = {
  calendars: defineKind({
    meaning: 'the days on which warehouses ship and we work',
    table: MASTER_TABLES.calendar,
    columns: {
      owner: needed(
        code,
        'W1',
        'id of the warehouse, or `us`: what counts for schedules, and for warehouses without one',
      ),
      days: optional(days, 'mon-fri', 'the days of the week that are worked; mon-fri without a word'),
      holidays: optional(list(date), '2026-12-25;2027-01-01', 'days that are not, with `;` between'),
    },
    toRecord: (row) => ({
      ...row,
      ...(row.days === undefined ? {} : { days: [...parseDays(row.days)].sort() }),
      ...(row.holidays === undefined ? {} : { holidays: [...new Set(row.holidays)].sort() }),
    }),
  }),
};
