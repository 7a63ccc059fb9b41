import { parseRecurrence, RECURRENCE_WANTED } from '../../domain/recurrence/recurrence.ts';
import { MASTER_TABLES } from '../../store/master-data-tables.ts';
import { type Cell, choice, code, count, date, matching, refuse, text } from './cells.ts';
import { checkDates, defineKind, needed, optional } from './kind.ts';
import { quantities } from './nested-cells.ts';

const rule: Cell<string> = {
  wanted: RECURRENCE_WANTED,
  read: (value, say) => {
    const read = text.read(value, say);
    if (read === undefined) return undefined;
    return parseRecurrence(read) === undefined ? refuse(rule, value, say) : read;
  },
};

/** Its releases are numbered by it and their day (BEG04, 30 characters). */
const id = matching('a name of up to 20 letters, digits, - and _', /^[\w-]{1,20}$/);

export const SCHEDULE_KINDS = {
  'release-schedules': defineKind({
    meaning: 'standing orders: what is released of blanket orders by calendar',
    table: MASTER_TABLES.releaseSchedule,
    columns: {
      id: needed(id, 'S-1', 'name of the schedule; its releases are numbered S-1-20261207'),
      partner: needed(code, 'acme', 'id of the partner, as in its file'),
      po_number: needed(code, '4711', 'number of the blanket order'),
      lines: needed(quantities, '1=100;2=50', 'line of the blanket order=quantity, in the unit of that line'),
      rule: needed(rule, 'every monday', 'when'),
      when_closed: optional(
        choice('next', 'last', 'same'),
        'next',
        'on a day that we do not work: the next working day (without a word), the last before it, or the same',
      ),
      valid_from: needed(date, '2026-12-01', 'first day; weeks and months are counted from it'),
      valid_to: optional(date, '2027-11-30', 'last day; without end where it is empty'),
      delivery_days: optional(count, '5', 'days from the release to the delivery that it asks for'),
      ship_to: optional(code, 'DC12', 'code of the ship-to; that of the blanket order without a word'),
      state: optional(
        choice('active', 'paused', 'cancelled'),
        'active',
        'whether releases are made; active without a word',
      ),
    },
    toRecord: (row, say) => {
      checkDates(row, say);
      return row;
    },
  }),
};
