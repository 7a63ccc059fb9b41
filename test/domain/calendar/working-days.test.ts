import test from 'ava';
import {
  isWorkingDay,
  lastWorkingDay,
  nextWorkingDay,
  OFFICE_DAYS,
  parseDays,
} from '../../../src/domain/calendar/working-days.ts';

/** Friday 2026-12-25 and Monday 2026-12-28 are holidays. */
const CHRISTMAS = { ...OFFICE_DAYS, holidays: new Set(['2026-12-25', '2026-12-28']) };

test('a day is worked when the calendar has its weekday and it is no holiday', (t) => {
  t.true(isWorkingDay('2026-12-24', CHRISTMAS));
  t.false(isWorkingDay('2026-12-25', CHRISTMAS));
  t.false(isWorkingDay('2026-12-26', CHRISTMAS));
});

for (const [day, next, last] of [
  ['2026-12-24', '2026-12-24', '2026-12-24'],
  ['2026-12-25', '2026-12-29', '2026-12-24'],
  ['2026-12-27', '2026-12-29', '2026-12-24'],
  ['2026-12-29', '2026-12-29', '2026-12-29'],
  ['2028-02-29', '2028-02-29', '2028-02-29'],
] as const) {
  test(`around ${day} the next working day is ${next} and the last ${last}`, (t) => {
    t.is(nextWorkingDay(day, CHRISTMAS), next);
    t.is(lastWorkingDay(day, CHRISTMAS), last);
  });
}

for (const [text, days] of [
  ['mon-fri', [1, 2, 3, 4, 5]],
  ['sun', [7]],
  ['fri-mon', [5, 6, 7, 1]],
  ['mon, wed-fri', [1, 3, 4, 5]],
] as const) {
  test(`${text} means the days ${days.join(' ')}`, (t) => {
    t.deepEqual([...parseDays(text)], [...days]);
  });
}
