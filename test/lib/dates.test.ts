import test from 'ava';
import fc from 'fast-check';
import { addDays, daysBetween, isPlainDate } from '../../src/lib/dates.ts';

const SUMS: readonly (readonly [date: string, days: number, sum: string])[] = [
  ['2026-01-27', 1, '2026-01-28'],
  ['2026-01-28', 1, '2026-01-29'],
  ['2026-02-28', 1, '2026-03-01'],
  ['2024-02-28', 1, '2024-02-29'],
  ['2026-01-05', 4, '2026-01-09'],
  ['2026-01-05', 5, '2026-01-10'],
  ['2026-01-02', -1, '2026-01-01'],
  ['2026-01-01', -1, '2025-12-31'],
  ['2026-03-01', -1, '2026-02-28'],
  ['2026-11-22', 0, '2026-11-22'],
];

for (const [date, days, sum] of SUMS)
  test(`${date} and ${days} days are ${sum}`, (t) => {
    t.is(addDays(date, days), sum);
  });

test('days added are the days between, and lead back', (t) => {
  const dates = fc
    .date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true })
    .map((at) => at.toISOString().slice(0, 10));
  fc.assert(
    fc.property(dates, fc.integer({ min: -400, max: 400 }), (date, days) => {
      const sum = addDays(date, days);
      return isPlainDate(sum) && daysBetween(date, sum) === days && addDays(sum, -days) === date;
    }),
  );
  t.pass();
});

test('a day that no calendar has is no date', (t) => {
  for (const day of ['2026-02-29', '2026-02-30', '2026-04-31', '2026-00-10', '2026-13-10', '2026-01-00'])
    t.false(isPlainDate(day), day);
});
