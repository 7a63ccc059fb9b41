import type { Decimal } from '../../lib/decimal.ts';
import { checkAuthorisedValue, readAuthorisedValue } from '../credit/authorised-value.ts';
import { checkCredit as checkAccount } from '../credit/check-credit.ts';
import type { ExceptionKind } from '../exception/exception-kinds.ts';
import { type Docket, holdOrder } from './docket.ts';
import { isFirm, type LineDraft, stands } from './line-draft.ts';
import { foreignCurrency, sumLines } from './price-lines.ts';
import { isBlanketOrder } from './purchase-order.ts';

/** What the lines that stand come to is not more than the buyer says that the order may cost. */
export function checkValue(docket: Docket): void {
  const { order, facts } = docket;
  const { amount: authorised, reason } = readAuthorisedValue(order);
  if (reason !== undefined) holdOrder(docket, 'po-value-exceeded', reason.text);
  if (authorised === undefined) return;
  const currency = order.currency ?? facts.currency;
  for (const text of tellForeign(docket, stands))
    holdOrder(docket, 'po-value-exceeded', `${text}, the total that the order authorises in ${currency}`);
  const total = sumLines(docket, stands);
  if (total === undefined) return;
  const over = checkAuthorisedValue(order.poNumber, [total], authorised, currency);
  if (over !== undefined) holdOrder(docket, 'po-value-exceeded', over.text);
}

const CREDIT_KINDS = {
  'credit-limit-exceeded': 'credit-hold',
  'credit-overdue': 'credit-hold',
  'credit-currency-differs': 'credit-currency',
} as const satisfies Record<string, ExceptionKind>;

/** Whether the customer may owe so much more, as far as prices are known; a held order adds nothing yet. */
export function checkCredit(docket: Docket): void {
  const { order, facts } = docket;
  const amount = sumCommitted(docket);
  if (amount === undefined || facts.credit === undefined || facts.policy.credit !== 'hold') return;
  const currency = order.currency ?? facts.currency;
  const { reasons } = checkAccount(facts.credit, amount, currency, facts.today);
  for (const { code, text } of reasons) holdOrder(docket, CREDIT_KINDS[code], text);
  for (const text of tellForeign(docket, isFirm))
    holdOrder(docket, 'credit-currency', `${text}, the customer's credit limit in ${facts.credit.currency}`);
}

function tellForeign(docket: Docket, which: (draft: LineDraft) => boolean): string[] {
  return docket.drafts.filter(which).flatMap((draft) => {
    const foreign = foreignCurrency(docket, draft);
    return foreign === undefined ? [] : [`line ${draft.line.number} is in ${foreign}`];
  });
}

/** What the customer will owe for the lines that stand firm. */
export function sumCommitted(docket: Docket): Decimal | undefined {
  return isBlanketOrder(docket.order) ? undefined : sumLines(docket);
}
