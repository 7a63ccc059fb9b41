import type { Authority } from '../domain/credit/authorised-value.ts';
import type { Effects } from '../domain/exchange/records.ts';
import type { PlainDate } from '../lib/dates.ts';
import { type Database, run, type Statement, toJson } from './query.ts';

const LOAD: Statement = {
  name: 'authority-load',
  text: `
    select po_number as "poNumber", currency, trim_scale(amount - used_elsewhere - used)::text as left
    from purchase_authority
    where customer = $1 and (valid_to is null or valid_to >= $2)
    order by valid_to nulls last, po_number
    for update`,
};

/** The customer's purchase orders that authorise an amount, what ends first coming first: locked until the transaction ends. */
export async function loadAuthorities(
  tx: Database,
  customer: string,
  today: PlainDate,
): Promise<readonly Authority[]> {
  return await run<Authority>(tx, LOAD, [customer, today]);
}

const USE: Statement = {
  name: 'authority-use',
  text: `
    update purchase_authority a set used = a.used + r.amount
    from (
      select customer, "poNumber", sum(amount) as amount
      from json_to_recordset($1::json) as r(customer text, "poNumber" text, amount numeric)
      group by customer, "poNumber"
    ) r
    where a.customer = r.customer and a.po_number = r."poNumber"`,
};

/** What orders use of them more; less with a minus sign. */
export async function spendAuthorities(
  tx: Database,
  spent: NonNullable<Effects['authorised']>,
): Promise<void> {
  if (spent.length > 0) await run(tx, USE, [toJson(spent)]);
}
