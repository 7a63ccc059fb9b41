import test from 'ava';
import { scheduleBilling } from '../../../src/domain/invoice/schedule-billing.ts';

const CASES = [
  ['none', '2026-03-04T10:00:00Z', undefined],
  ['order', '2026-03-04T10:00:00Z', undefined],
  ['day', '2026-02-28T23:59:59Z', '2026-03-01T00:00:00.000Z'],
  // A Wednesday, a Sunday and a Monday.
  ['week', '2026-03-04T10:00:00Z', '2026-03-09T00:00:00.000Z'],
  ['week', '2026-03-08T10:00:00Z', '2026-03-09T00:00:00.000Z'],
  ['week', '2026-03-09T00:00:00Z', '2026-03-16T00:00:00.000Z'],
  ['month', '2026-01-31T10:00:00Z', '2026-02-01T00:00:00.000Z'],
  ['month', '2024-02-29T10:00:00Z', '2024-03-01T00:00:00.000Z'],
  ['month', '2026-12-01T00:00:00Z', '2027-01-01T00:00:00.000Z'],
] as const;

for (const [consolidate, now, billBy] of CASES)
  test(`${consolidate}: what leaves at ${now} is billed ${billBy ?? 'at once'}`, (t) => {
    t.is(scheduleBilling(now, consolidate), billBy);
  });
