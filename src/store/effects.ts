import type { Effects, Outcome } from '../domain/exchange/records.ts';
import { fromBig, toBig } from '../lib/decimal.ts';
import { bookEntries, insertBlankets, saveAmendment } from './blankets.ts';
import { addExposure } from './credit.ts';
import { type Database, run, type Statement, toJson } from './query.ts';
import { reserveStock } from './stock.ts';

const ADD_ORDERED: Statement = {
  name: 'agreement-ordered-add',
  text: `
    insert into agreement_ordered as t (agreement, item, customer, quantity)
    select agreement, item, customer, sum(quantity)
    from json_to_recordset($1::json) as r(agreement text, item text, customer text, quantity numeric)
    group by agreement, item, customer
    order by agreement, item, customer
    on conflict (agreement, item, customer) do update set quantity = t.quantity + excluded.quantity`,
};

/** What orders draw on, under the locks that their facts were loaded with. The orders themselves are stored before. */
export async function saveEffects(
  tx: Database,
  effects: Effects & Pick<Outcome, 'revisions'>,
): Promise<void> {
  const { allocations, blankets, bookings, exposures, ordered, revisions } = effects;
  if (blankets.length > 0) await insertBlankets(tx, blankets);
  // Lines must be there before anything is booked on them.
  for (const { blanket } of revisions) if (blanket !== undefined) await saveAmendment(tx, blanket);
  if (bookings.length > 0) await bookEntries(tx, bookings);
  if (allocations.length > 0) await reserveStock(tx, allocations);
  for (const [customer, amounts] of Map.groupBy(exposures, (one) => one.customer)) {
    const sum = amounts.reduce((all, { amount }) => all.plus(amount), toBig('0'));
    await addExposure(tx, customer, { acceptedNotShipped: fromBig(sum) });
  }
  if (ordered.length > 0) await run(tx, ADD_ORDERED, [toJson(ordered)]);
}
