import type { Big } from '../../lib/big.ts';
import { addDays, type PlainDate } from '../../lib/dates.ts';
import { type Decimal, fromBig, toBig } from '../../lib/decimal.ts';
import { decimalsOf, type Rounding, roundMoney } from '../../lib/money.ts';
import type { BillingFacts, BillingTerms } from './billing.ts';
import type { Invoice } from './invoice.ts';

type Terms = NonNullable<Invoice['paymentTerms']>[number];

export type ChosenTerms = {
  readonly terms: Terms;
  readonly due: PlainDate;
  /** Taken off where it is paid in time; absent where the terms offer none. */
  readonly discount?: Decimal | undefined;
};

/** ITD03: days count from the date of the invoice. */
const FROM_INVOICE = '3';

/**
 * The terms of the order, where it agreed on some that say when to pay, or else ours with the customer. Days that count
 * from something else than the invoice (ITD03) are told without a date: that day is not known yet. Our books then take
 * the invoice date.
 */
export function chooseTerms(
  { today, orders, terms: ours, currency, rounding }: BillingFacts,
  discountable: Big,
): ChosenTerms {
  const [agreed] = orders[0]?.order.paymentTerms ?? [];
  const basis = agreed?.basis ?? FROM_INVOICE;
  const { discountPercent, discountDays, netDays } =
    agreed === undefined ? ours : (readTerms(agreed) ?? ours);
  const dated = basis === FROM_INVOICE;
  const offers = discountPercent !== undefined && discountDays !== undefined && toBig(discountPercent).gt(0);
  const decimals = decimalsOf(currency);
  const discount = offers
    ? roundMoney(discountable.times(discountPercent).times('0.01'), rounding as Rounding, decimals)
    : undefined;
  const due = addDays(today, netDays);
  return {
    terms: {
      type: offers ? '08' : '01',
      basis,
      ...(offers
        ? {
            discountPercent,
            ...(dated ? { discountDate: addDays(today, discountDays) } : {}),
            discountDays: String(discountDays),
          }
        : {}),
      ...(dated ? { netDate: due } : {}),
      netDays: String(netDays),
      ...(discount === undefined ? {} : { discountAmount: fromBig(discount) }),
    },
    due,
    ...(discount === undefined ? {} : { discount: fromBig(discount) }),
  };
}

/** Undefined where they do not say by how many days to pay. */
function readTerms({ discountPercent, discountDays, netDays }: Terms): BillingTerms | undefined {
  if (netDays === undefined || !/^\d{1,3}$/.test(netDays)) return undefined;
  return {
    netDays: Number(netDays),
    ...(discountPercent === undefined ? {} : { discountPercent }),
    ...(discountDays === undefined || !/^\d{1,3}$/.test(discountDays)
      ? {}
      : { discountDays: Number(discountDays) }),
  };
}
