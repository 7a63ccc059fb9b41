import type { CreditAccount } from '../domain/credit/credit.ts';
import type { Decimal } from '../lib/decimal.ts';
import { type Database, run, type Statement, withoutNulls } from './query.ts';

/* The sums of orders stand in the locked row itself, so that two orders never both use what is left of the limit. */
const LOAD: Statement = {
  name: 'credit-load',
  text: `
    with account as (
      select number, credit_limit, coalesce(credit_currency, $2) as currency, grace_days, accepted_not_shipped,
        shipped_not_invoiced
      from customer where number = $1 and credit_limit is not null for no key update
    )
    select a.number as customer, a.currency, a.credit_limit as "limit", a.grace_days as "graceDays",
      a.accepted_not_shipped as "acceptedNotShipped", a.shipped_not_invoiced as "shippedNotInvoiced",
      (select coalesce(sum(amount), 0) from receivable r where r.customer = $1 and r.currency = a.currency)
        as "openInvoices",
      (select min(due) from receivable r where r.customer = $1 and r.amount > 0) as "oldestDue",
      array(select distinct r.currency from receivable r where r.customer = $1 and r.currency <> a.currency and r.amount <> 0
        order by 1) as "otherCurrencies"
    from account a`,
};

/** Locked until the transaction ends; undefined where the customer has no limit. `currency` counts where its own is not known. */
export async function loadCreditAccount(
  tx: Database,
  customer: string,
  currency: string,
): Promise<CreditAccount | undefined> {
  const [row] = await run<CreditAccount>(tx, LOAD, [customer, currency]);
  return row === undefined ? undefined : (withoutNulls(row) as CreditAccount);
}

const ADD: Statement = {
  name: 'credit-add',
  text: `
    update customer set accepted_not_shipped = accepted_not_shipped + $2::numeric,
      shipped_not_invoiced = shipped_not_invoiced + $3::numeric
    where number = $1`,
};

/** Amounts may be negative: what a cancelled order gives back, what a shipment moves from the one to the other. */
export async function addExposure(
  tx: Database,
  customer: string,
  by: { readonly acceptedNotShipped?: Decimal; readonly shippedNotInvoiced?: Decimal },
): Promise<void> {
  await run(tx, ADD, [customer, by.acceptedNotShipped ?? '0', by.shippedNotInvoiced ?? '0']);
}
