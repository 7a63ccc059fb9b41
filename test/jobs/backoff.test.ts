import test from 'ava';
import { backoff } from '../../src/jobs/backoff.ts';

test('the wait doubles from a second to a quarter of an hour, half of it random', (t) => {
  t.deepEqual(
    [1, 2, 3, 4].map((attempt) => backoff(attempt, 1)),
    [1_000, 2_000, 4_000, 8_000],
  );
  t.is(backoff(3, 0), 2_000);
  t.is(backoff(1_000, 1), 15 * 60_000);
  t.is(backoff(0, 1), 1_000);
  t.is(backoff(4, 0.5, 100, 500), 375);
});
