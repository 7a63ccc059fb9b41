import { assert } from '../lib/assert.ts';
import { type Database, run, type Statement } from './query.ts';

/** ISA13 has nine digits; after the last comes 1 again. */
const LAST = 999_999_999;

export type NumberRequest = { readonly stream: string; readonly count: number };

/*
 * The counter's row stays locked until the caller's transaction ends, so a rollback leaves no gap. Streams are
 * locked in the order of their names, so two callers never wait for each other.
 */
const NEXT: Statement = {
  name: 'control-number-next',
  text: `
    insert into control_number as c (stream, last)
    select stream, n from unnest($1::text[], $2::bigint[]) as r(stream, n) order by stream collate "C"
    on conflict (stream) do update set last = (c.last + excluded.last - 1) % ${LAST} + 1
    returning stream, last`,
};

/** The first number of each request; the next ones follow by `numberAfter`. One request a stream. */
export async function nextControlNumbers(
  tx: Database,
  requests: readonly NumberRequest[],
): Promise<ReadonlyMap<string, number>> {
  if (requests.length === 0) return new Map();
  assert(
    requests.every((request) => request.count >= 1 && request.count < LAST) &&
      new Set(requests.map((request) => request.stream)).size === requests.length,
    'control numbers are asked for once a stream, at least one each',
  );
  const counts = new Map(requests.map((request) => [request.stream, request.count]));
  const rows = await run<{ stream: string; last: number }>(tx, NEXT, [
    [...counts.keys()],
    [...counts.values()],
  ]);
  return new Map(rows.map((row) => [row.stream, numberAfter(row.last, 1 - (counts.get(row.stream) ?? 1))]));
}

/** The control number `steps` places after (or before) another, in the ring from 1 to 999999999. */
export function numberAfter(number: number, steps: number): number {
  return ((((number - 1 + steps) % LAST) + LAST) % LAST) + 1;
}
