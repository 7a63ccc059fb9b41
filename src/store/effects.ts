import type { Effects, Outcome } from '../domain/exchange/records.ts';
import { spendAuthorities } from './authorities.ts';
import { bookEntries, insertBlankets, saveAmendment } from './blankets.ts';
import { type Database, run, type Statement } from './query.ts';
import { placeRows } from './rows.ts';
import { releaseStock, reserveStock, type StockHold, takeStock } from './stock.ts';

const ROWS = placeRows({
  exposures: 'customer text, amount numeric',
  ordered: 'agreement text, item text, customer text, quantity numeric',
});

const COUNT: Statement = {
  name: 'effects-count',
  text: `
    with owed as (
      select customer, sum(amount) as amount from ${ROWS.from.exposures} group by customer
    ), added as (
      update customer c set accepted_not_shipped = c.accepted_not_shipped + o.amount
      from owed o where c.number = o.customer
    )
    insert into agreement_ordered as t (agreement, item, customer, quantity)
    select agreement, item, customer, sum(quantity) from ${ROWS.from.ordered}
    group by agreement, item, customer
    order by agreement, item, customer
    on conflict (agreement, item, customer) do update set quantity = t.quantity + excluded.quantity`,
};

type Drawing = Effects & Pick<Outcome, 'revisions'>;

/**
 * What orders draw on but stock, under the locks that their facts were loaded with. The orders themselves are stored
 * before.
 */
export async function saveEffects(tx: Database, effects: Drawing): Promise<void> {
  const { blankets, bookings, exposures, ordered, revisions } = effects;
  if (blankets.length > 0) await insertBlankets(tx, blankets);
  // Lines must be there before anything is booked on them.
  for (const { blanket } of revisions) if (blanket !== undefined) await saveAmendment(tx, blanket);
  if (bookings.length > 0) await bookEntries(tx, bookings);
  await spendAuthorities(tx, effects.authorised ?? []);
  if (exposures.length + ordered.length > 0) await run(tx, COUNT, ROWS.values({ exposures, ordered }));
}

/**
 * What orders draw on in the end, at once: an order may have what a change of another one, decided before it, gives
 * back. What a version drew on that is no more when all is stored is not stored. Comes when all else is stored, for
 * whoever buys the same items waits from here on. Returns the items of which orders gave something back.
 */
export async function drawStock(
  tx: Database,
  { allocations, revisions }: Pick<Drawing, 'allocations' | 'revisions'>,
  hold: StockHold,
): Promise<readonly string[]> {
  const freed = new Set<string>();
  const anew = new Map(
    revisions.flatMap(({ order, allocations: next }) => (next === undefined ? [] : [[order, next] as const])),
  );
  for (const order of anew.keys()) for (const item of await releaseStock(tx, order)) freed.add(item);
  // An order may come and go at once: what came between them has waited for it.
  for (const { order, item } of allocations) if (anew.has(order)) freed.add(item);
  const stay = allocations.filter(({ order }) => !anew.has(order));
  const drawn = [...stay, ...[...anew.values()].flat()];
  if (hold === 'locked') await reserveStock(tx, drawn);
  else await takeStock(tx, drawn);
  return [...freed].toSorted();
}
