import test from 'ava';
import {
  addWorkingTime,
  type WorkCalendar,
  workingTimeBetween,
} from '../../../src/domain/exception/working-hours.ts';

const OFFICE: WorkCalendar = {
  zone: 'UTC',
  opens: 8 * 60,
  closes: 17 * 60,
  days: new Set([1, 2, 3, 4, 5]),
  holidays: new Set(),
};
const NEW_YORK: WorkCalendar = { ...OFFICE, zone: 'America/New_York' };
const BERLIN: WorkCalendar = { ...OFFICE, zone: 'Europe/Berlin' };
/** A team that works around the clock. */
const ALWAYS = (zone: string): WorkCalendar => ({
  ...OFFICE,
  zone,
  opens: 0,
  closes: 24 * 60,
  days: new Set([1, 2, 3, 4, 5, 6, 7]),
});

type Row = readonly [what: string, calendar: WorkCalendar, at: string, hours: number, due: string];

// 2026-11-23 is a Monday.
const DUE: readonly Row[] = [
  ['within the day', OFFICE, '2026-11-23T09:30:00.000Z', 4, '2026-11-23T13:30:00.000Z'],
  ['exactly at closing time', OFFICE, '2026-11-23T13:00:00.000Z', 4, '2026-11-23T17:00:00.000Z'],
  ['a millisecond later goes over', OFFICE, '2026-11-23T13:00:00.001Z', 4, '2026-11-24T08:00:00.001Z'],
  ['a whole day is due when it closes', OFFICE, '2026-11-23T08:00:00.000Z', 9, '2026-11-23T17:00:00.000Z'],
  ['raised when it closes', OFFICE, '2026-11-23T17:00:00.000Z', 1, '2026-11-24T09:00:00.000Z'],
  ['raised before it opens', OFFICE, '2026-11-23T03:00:00.000Z', 1, '2026-11-23T09:00:00.000Z'],
  ['over a weekend', OFFICE, '2026-11-27T16:00:00.000Z', 4, '2026-11-30T11:00:00.000Z'],
  ['raised on a Sunday', OFFICE, '2026-11-22T12:00:00.000Z', 2, '2026-11-23T10:00:00.000Z'],
  ['no hours: at once', OFFICE, '2026-11-23T09:30:00.000Z', 0, '2026-11-23T09:30:00.000Z'],
  ['no hours at night: when it opens', OFFICE, '2026-11-23T17:00:00.000Z', 0, '2026-11-24T08:00:00.000Z'],
  ['half an hour', OFFICE, '2026-11-23T16:45:00.000Z', 0.5, '2026-11-24T08:15:00.000Z'],
  ['24 hours are two days and six hours', OFFICE, '2026-11-23T08:00:00.000Z', 24, '2026-11-25T14:00:00.000Z'],
  [
    'over the turn of the year with its holidays',
    { ...OFFICE, holidays: new Set(['2026-12-25', '2027-01-01']) },
    '2026-12-24T15:00:00.000Z',
    // Two hours of Thursday, four days from Monday on, two hours of the next Monday.
    2 + 4 * 9 + 2,
    '2027-01-04T10:00:00.000Z',
  ],
  [
    'the first work of a year',
    { ...OFFICE, holidays: new Set(['2027-01-01']) },
    '2026-12-31T16:30:00.000Z',
    1,
    // The 1st is a Friday.
    '2027-01-04T08:30:00.000Z',
  ],
  [
    'a holiday at the weekend takes nothing',
    { ...OFFICE, holidays: new Set(['2026-11-28']) },
    '2026-11-27T16:00:00.000Z',
    2,
    '2026-11-30T09:00:00.000Z',
  ],
  ['New York in winter', NEW_YORK, '2026-11-23T12:00:00.000Z', 1, '2026-11-23T14:00:00.000Z'],
  ['New York in summer', NEW_YORK, '2026-07-06T11:00:00.000Z', 1, '2026-07-06T13:00:00.000Z'],
  // Clocks there go forward on 2026-03-08 and back on 2026-11-01, both Sundays.
  ['New York over the spring', NEW_YORK, '2026-03-06T21:00:00.000Z', 2, '2026-03-09T13:00:00.000Z'],
  ['New York over the autumn', NEW_YORK, '2026-10-30T20:00:00.000Z', 2, '2026-11-02T14:00:00.000Z'],
  // In Berlin on 2026-03-29 and 2026-10-25.
  ['Berlin over the spring', BERLIN, '2026-03-27T15:00:00.000Z', 2, '2026-03-30T07:00:00.000Z'],
  ['Berlin over the autumn', BERLIN, '2026-10-23T14:00:00.000Z', 2, '2026-10-26T08:00:00.000Z'],
  [
    'the day of 23 hours, New York',
    ALWAYS('America/New_York'),
    '2026-03-08T05:00:00.000Z',
    23,
    '2026-03-09T04:00:00.000Z',
  ],
  [
    'the day of 25 hours, Berlin',
    ALWAYS('Europe/Berlin'),
    '2026-10-24T22:00:00.000Z',
    25,
    '2026-10-25T23:00:00.000Z',
  ],
  [
    'an opening that the clock leaves out is the hour after',
    { ...ALWAYS('America/New_York'), opens: 2.5 * 60, closes: 6 * 60 },
    '2026-03-08T05:00:00.000Z',
    1,
    '2026-03-08T08:30:00.000Z',
  ],
  [
    'a zone far ahead: it is Monday there',
    { ...OFFICE, zone: 'Pacific/Auckland' },
    '2026-11-22T20:00:00.000Z',
    1,
    '2026-11-22T21:00:00.000Z',
  ],
  [
    'Sunday to Thursday',
    { ...OFFICE, zone: 'Asia/Dubai', days: new Set([7, 1, 2, 3, 4]) },
    '2026-11-26T12:30:00.000Z',
    1,
    '2026-11-29T04:30:00.000Z',
  ],
];

for (const [what, calendar, at, hours, due] of DUE) {
  test(`due: ${what}`, (t) => {
    t.is(addWorkingTime(at, hours, calendar), due);
  });
  test(`passed: ${what}`, (t) => {
    t.is(workingTimeBetween(at, due, calendar), hours);
  });
}

test('no working time passes at night, backwards, or in no time', (t) => {
  t.is(workingTimeBetween('2026-11-23T17:00:00Z', '2026-11-24T08:00:00Z', OFFICE), 0);
  t.is(workingTimeBetween('2026-11-23T12:00:00Z', '2026-11-23T09:00:00Z', OFFICE), 0);
  t.is(workingTimeBetween('2026-11-24T09:00:00Z', '2026-11-23T09:00:00Z', OFFICE), 0);
  t.is(workingTimeBetween('2026-11-23T12:00:00Z', '2026-11-23T12:00:00Z', OFFICE), 0);
});

test('time is neither lost nor won where it is added in parts', (t) => {
  const calendar = { ...NEW_YORK, holidays: new Set(['2026-11-26']) };
  let seed = 7;
  const random = (most: number) => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % most;
  };
  for (let i = 0; i < 200; i += 1) {
    const at = new Date(Date.parse('2026-10-20T00:00:00Z') + random(60 * 24 * 60) * 60_000).toISOString();
    const [first, second] = [random(80) / 4, (1 + random(80)) / 4];
    const whole = addWorkingTime(at, first + second, calendar);
    t.is(
      addWorkingTime(addWorkingTime(at, first, calendar), second, calendar),
      whole,
      `${at} ${first} ${second}`,
    );
    t.is(workingTimeBetween(at, whole, calendar), first + second, `${at} ${first} ${second}`);
  }
});
