import type { PlainDate } from '../../lib/dates.ts';
import type { Decimal } from '../../lib/decimal.ts';

/** What a customer owes and may owe, in one currency. */
export type CreditAccount = {
  readonly customer: string;
  readonly currency: string;
  readonly limit: Decimal;
  readonly openInvoices: Decimal;
  readonly shippedNotInvoiced: Decimal;
  readonly acceptedNotShipped: Decimal;
  /** Due date of the oldest invoice that is not paid. */
  readonly oldestDue?: PlainDate | undefined;
  /** How many days an invoice may be overdue before orders wait. */
  readonly graceDays: number;
  /** Currencies of open invoices that are not in the sums above. */
  readonly otherCurrencies?: readonly string[] | undefined;
};
