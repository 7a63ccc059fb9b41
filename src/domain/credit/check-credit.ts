import type { Big } from '../../lib/big.ts';
import { addDays, daysBetween, type PlainDate } from '../../lib/dates.ts';
import { type Decimal, fromBig, toBig } from '../../lib/decimal.ts';
import type { Ruling } from '../order/ruling.ts';
import type { Reason } from '../reason.ts';
import type { CreditAccount } from './credit.ts';

export type CreditReasonCode = 'credit-limit-exceeded' | 'credit-overdue' | 'credit-currency-differs';

export type CreditReason = Reason & { readonly code: CreditReasonCode };

/** `passes` may still have `overruled`: what stood against it, and a person let through. */
export type CreditCheck = {
  readonly kind: 'passes' | 'hold';
  /** What the customer owes before this order, in the account's currency. */
  readonly exposure: Decimal;
  readonly reasons: readonly CreditReason[];
  readonly overruled: readonly CreditReason[];
};

/** Open invoices + shipped not invoiced + accepted not shipped. */
export function exposureOf(account: CreditAccount): Decimal {
  return fromBig(sumExposure(account));
}

/**
 * Whether the customer may order so much more. The limit itself may be reached, and the last day of grace used. An order
 * that adds nothing is not held for the limit. Amounts in different currencies are never compared: a person is asked.
 */
export function checkCredit(
  account: CreditAccount,
  amount: Decimal,
  currency: string,
  today: PlainDate,
  rulings: readonly Ruling[] = [],
): CreditCheck {
  const found = [
    ...checkCurrency(account, currency),
    ...(currency === account.currency ? checkLimit(account, amount) : []),
    ...checkOverdue(account, today),
  ];
  const overruled = found.filter((reason) => isOverruled(reason, rulings));
  const reasons = found.filter((reason) => !overruled.includes(reason));
  return {
    kind: reasons.length === 0 ? 'passes' : 'hold',
    exposure: exposureOf(account),
    reasons,
    overruled,
  };
}

/** What the customer can pay so that the order goes ahead by itself. */
export type Cure = {
  /** The exposure must sink by so much; absent where the limit is kept. */
  readonly pay?: Decimal | undefined;
  /** Invoices due up to this day must be paid; absent where none is overdue too long. */
  readonly dueUpTo?: PlainDate | undefined;
  /** False where no payment is enough: the currency differs, or more than the open invoices would have to be paid. */
  readonly possible: boolean;
  readonly text: string;
};

/** Undefined where nothing is to be cured. */
export function curesHold(
  account: CreditAccount,
  amount: Decimal,
  currency: string,
  today: PlainDate,
): Cure | undefined {
  const { reasons } = checkCredit(account, amount, currency, today);
  if (reasons.length === 0) return undefined;
  if (reasons.some((one) => one.code === 'credit-currency-differs')) {
    const text = `no payment releases it: a person must say what it is worth in ${account.currency}`;
    return { possible: false, text };
  }
  const over = excessOver(account, amount);
  const overLimit = reasons.some((one) => one.code === 'credit-limit-exceeded');
  const overdue = reasons.some((one) => one.code === 'credit-overdue');
  if (overLimit && over.gt(account.openInvoices)) {
    const text = `no payment releases it: it is ${fromBig(over)} ${account.currency} over, and invoices of ${account.openInvoices} ${account.currency} are open`;
    return { pay: fromBig(over), possible: false, text };
  }
  const dueUpTo = addDays(today, -account.graceDays - 1);
  const told = [
    ...(overLimit ? [`a payment of ${fromBig(over)} ${account.currency}`] : []),
    ...(overdue ? [`payment of all invoices due up to ${dueUpTo}`] : []),
  ];
  return {
    ...(overLimit ? { pay: fromBig(over) } : {}),
    ...(overdue ? { dueUpTo } : {}),
    possible: true,
    text: `${told.join(' and ')} releases it`,
  };
}

function checkCurrency(account: CreditAccount, currency: string): CreditReason[] {
  const others = [...new Set([currency, ...(account.otherCurrencies ?? [])])].filter(
    (one) => one !== account.currency,
  );
  if (others.length === 0) return [];
  const what =
    currency === account.currency ? `open invoices in ${others.join(', ')}` : `an order in ${currency}`;
  const text = `customer ${account.customer} has its credit limit in ${account.currency}: ${what} cannot be set against it`;
  return [{ code: 'credit-currency-differs', text }];
}

function checkLimit(account: CreditAccount, amount: Decimal): CreditReason[] {
  const over = excessOver(account, amount);
  if (toBig(amount).lte(0) || over.lte(0)) return [];
  const money = (value: Decimal) => `${value} ${account.currency}`;
  const text = `customer ${account.customer} has a credit limit of ${money(account.limit)} and owes ${money(exposureOf(account))}: this order of ${money(amount)} is ${money(fromBig(over))} over`;
  return [{ code: 'credit-limit-exceeded', text }];
}

function checkOverdue({ customer, oldestDue, graceDays }: CreditAccount, today: PlainDate): CreditReason[] {
  if (oldestDue === undefined) return [];
  const days = daysBetween(oldestDue, today);
  if (days <= graceDays) return [];
  const text = `customer ${customer} has an invoice that was due ${oldestDue}: overdue by ${countDays(days)}, beyond a grace of ${countDays(graceDays)}`;
  return [{ code: 'credit-overdue', text }];
}

function countDays(days: number): string {
  return days === 1 ? '1 day' : `${days} days`;
}

/** Only a ruling on the whole order lets it through; one on a line says nothing about credit. */
function isOverruled(reason: CreditReason, rulings: readonly Ruling[]): boolean {
  return rulings.some(({ line, choice }) => {
    if (line !== undefined) return false;
    if (choice.kind === 'release-hold') return true;
    return choice.kind === 'override' && (choice.codes.length === 0 || choice.codes.includes(reason.code));
  });
}

function excessOver(account: CreditAccount, amount: Decimal): Big {
  return sumExposure(account).plus(amount).minus(account.limit);
}

function sumExposure(account: CreditAccount): Big {
  return toBig(account.openInvoices).plus(account.shippedNotInvoiced).plus(account.acceptedNotShipped);
}
