import type { NumberSeries, TakenRange } from '../domain/numbering/number-series.ts';
import { assert } from '../lib/assert.ts';
import type { Transaction } from './database.ts';
import { run, type Statement } from './query.ts';

export type NumberRequest = { readonly series: NumberSeries; readonly count: number };

export type TakenNumbers = TakenRange & { readonly numbers: readonly string[] };

/** A series has an end, and it is reached: nothing was taken. */
export class NumbersExhausted extends Error {
  override readonly name = 'NumbersExhausted';
}

/*
 * The counter's row stays locked until the transaction ends: a rollback leaves no gap, and who comes next waits. Series
 * are locked in the order of their names, so two callers never wait for each other.
 */
const TAKE: Statement = {
  name: 'number-series-take',
  text: `
    insert into number_series as s (series, last)
    select series, first - 1 + count from unnest($1::text[], $2::bigint[], $3::bigint[]) as r(series, first, count)
    order by series collate "C"
    on conflict (series) do update set last = (
      select greatest(s.last, r.first - 1) + r.count
      from unnest($1::text[], $2::bigint[], $3::bigint[]) as r(series, first, count) where r.series = s.series
    )
    returning series, last`,
};

/**
 * The next numbers of each series, in the order of the requests, given for good when the transaction commits. Whoever
 * needs several asks once, as late as may be: others wait from here to the commit.
 */
export async function takeNumbers(
  tx: Transaction,
  requests: readonly NumberRequest[],
): Promise<readonly TakenNumbers[]> {
  const keys = requests.map(({ series }) => series.key);
  assert(new Set(keys).size === keys.length, `a series is asked for once: ${keys.join(', ')}`);
  assert(
    requests.every(({ count }) => Number.isInteger(count) && count >= 0),
    'numbers are taken in whole counts',
  );
  const asked = requests.filter(({ count }) => count > 0);
  if (asked.length === 0) return requests.map(() => ({ from: 1, to: 0, numbers: [] }));
  const rows = await run<{ series: string; last: number }>(tx, TAKE, [
    asked.map(({ series }) => series.key),
    asked.map(({ series }) => series.first),
    asked.map(({ count }) => count),
  ]);
  const last = new Map(rows.map((row) => [row.series, row.last]));
  return requests.map(({ series, count }) => writeNumbers(series, count, last.get(series.key) ?? 0));
}

function writeNumbers(series: NumberSeries, count: number, to: number): TakenNumbers {
  if (series.last !== undefined && to > series.last)
    throw new NumbersExhausted(
      `the series "${series.key}" ends with ${series.write(series.last)}, and ${to - series.last} more are needed`,
    );
  const from = to - count + 1;
  return { from, to, numbers: Array.from({ length: count }, (_, i) => series.write(from + i)) };
}
