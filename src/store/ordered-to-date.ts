import { orderedKey, type PriceBook } from '../domain/pricing/price-terms.ts';
import type { Decimal } from '../lib/decimal.ts';
import { type Database, run, type Statement } from './query.ts';
import { placeRows } from './rows.ts';

/*
 * An update that changes nothing locks the row and tells what whoever had it before has left in it, and a row that is not
 * there yet is there for the next one to wait at. All lock them in one order.
 */
const ROWS = placeRows({ terms: 'agreement text, item text, customer text' });

const LOCK: Statement = {
  name: 'agreement-ordered-lock',
  text: `
    insert into agreement_ordered as t (agreement, item, customer, quantity)
    select agreement, item, customer, 0 from ${ROWS.from.terms} order by agreement, item
    on conflict (agreement, item, customer) do update set quantity = t.quantity
    returning agreement, item, quantity::text`,
};

type Row = { readonly agreement: string; readonly item: string; readonly quantity: Decimal };

/**
 * What a customer has ordered to date under agreements with cumulative tiers, locked until the transaction ends: of two
 * orders that come at once only one is priced by what stood before both. Nothing is locked where no tier goes by it.
 */
export async function lockOrderedToDate(
  tx: Database,
  customer: string,
  { terms }: Pick<PriceBook, 'terms'>,
): Promise<PriceBook['ordered']> {
  const counted = new Map(
    [...terms.values()]
      .flat()
      .filter(({ form }) => form.kind === 'cumulative-tiers')
      .map(({ agreement, item }) => [
        orderedKey(agreement.number, item),
        { agreement: agreement.number, item, customer },
      ]),
  );
  if (counted.size === 0) return new Map();
  const rows = await run<Row>(tx, LOCK, ROWS.values({ terms: [...counted.values()] }));
  return new Map(rows.map(({ agreement, item, quantity }) => [orderedKey(agreement, item), quantity]));
}
