import test from 'ava';
import fc from 'fast-check';
import { OFFICE_DAYS } from '../../../src/domain/calendar/working-days.ts';
import {
  listOccurrences,
  parseRecurrence,
  type WhenClosed,
} from '../../../src/domain/recurrence/recurrence.ts';
import { addDays } from '../../../src/lib/dates.ts';

/** Friday 2026-12-25 and Friday 2027-01-01 are holidays. */
const CALENDAR = { ...OFFICE_DAYS, holidays: new Set(['2026-12-25', '2027-01-01']) };

type Case = {
  readonly from: string;
  readonly to?: string;
  readonly whenClosed?: WhenClosed;
  readonly since?: string;
  readonly until: string;
  /** `day>due` where they differ. */
  readonly expect: readonly string[];
};

const TABLE: Readonly<Record<string, Case>> = {
  'every monday': {
    from: '2026-12-02',
    until: '2026-12-21',
    expect: ['2026-12-07', '2026-12-14', '2026-12-21'],
  },
  'Every  Monday, friday': {
    from: '2026-12-18',
    until: '2026-12-31',
    expect: ['2026-12-18', '2026-12-21', '2026-12-25>2026-12-28', '2026-12-28'],
  },
  'every 2 weeks on thursday': {
    from: '2026-12-03',
    until: '2027-01-07',
    expect: ['2026-12-03', '2026-12-17', '2026-12-31'],
  },
  'every 14 days': {
    from: '2026-12-11',
    until: '2027-01-08',
    expect: ['2026-12-11', '2026-12-25>2026-12-28', '2027-01-08'],
  },
  'every 7 days': {
    from: '2026-12-11',
    until: '2026-12-31',
    whenClosed: 'last',
    expect: ['2026-12-11', '2026-12-18', '2026-12-25>2026-12-24', '2027-01-01>2026-12-31'],
  },
  'every day': {
    from: '2026-12-25',
    to: '2026-12-27',
    whenClosed: 'same',
    until: '2027-01-31',
    expect: ['2026-12-25', '2026-12-26', '2026-12-27'],
  },
  'every month on the first working day': {
    from: '2026-11-02',
    until: '2027-01-31',
    expect: ['2026-11-01>2026-11-02', '2026-12-01', '2027-01-01>2027-01-04'],
  },
  'every month on the last working day': {
    from: '2026-10-01',
    to: '2026-12-30',
    until: '2027-01-31',
    expect: ['2026-10-31>2026-10-30', '2026-11-30'],
  },
  'every month on day 31': {
    from: '2026-11-01',
    until: '2027-02-28',
    whenClosed: 'same',
    expect: ['2026-11-30', '2026-12-31', '2027-01-31', '2027-02-28'],
  },
  'every 3 months on day 15': {
    from: '2026-11-16',
    until: '2027-12-31',
    whenClosed: 'same',
    expect: ['2027-02-15', '2027-05-15', '2027-08-15', '2027-11-15'],
  },
  'every tuesday': {
    from: '2020-01-01',
    since: '2026-12-01',
    until: '2026-12-08',
    expect: ['2026-12-01', '2026-12-08'],
  },
};

for (const [rule, { from, to, whenClosed = 'next', since = from, until, expect }] of Object.entries(TABLE)) {
  test(`${rule} from ${from}${to === undefined ? '' : ` to ${to}`}`, (t) => {
    const found = listOccurrences(
      parseRecurrence(rule)!,
      { from, to },
      { since, until },
      CALENDAR,
      whenClosed,
    );
    t.deepEqual(
      found.map(({ day, due }) => (day === due ? day : `${day}>${due}`)),
      [...expect],
    );
  });
}

for (const rule of [
  '',
  'monday',
  'every',
  'every 0 days',
  'every mon',
  'every month',
  'every month on day 32',
  'every month on the second working day',
  'every 2 monday',
]) {
  test(`"${rule}" is no rule`, (t) => {
    t.is(parseRecurrence(rule), undefined);
  });
}

const rules = fc.constantFrom(...Object.keys(TABLE));
const day = fc.integer({ min: 0, max: 800 }).map((days) => addDays('2026-01-01', days));

test('however it is cut into spans, each occurrence is found once and is the same', (t) => {
  fc.assert(
    fc.property(
      rules,
      day,
      day,
      fc.constantFrom<WhenClosed>('next', 'last', 'same'),
      (rule, from, cut, closed) => {
        const find = (since: string, until: string) =>
          listOccurrences(parseRecurrence(rule)!, { from }, { since, until }, CALENDAR, closed);
        const [first, end] = ['2025-12-01', '2028-12-31'];
        const whole = find(first, end);
        t.deepEqual([...find(first, cut), ...find(addDays(cut, 1), end)], [...whole]);
        t.is(new Set(whole.map((one) => one.day)).size, whole.length);
      },
    ),
    { numRuns: 200 },
  );
});
