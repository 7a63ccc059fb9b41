import type { Decimal } from '../../lib/decimal.ts';
import { checkCredit as checkAccount } from '../credit/check-credit.ts';
import type { ExceptionKind } from '../exception/exception-kinds.ts';
import { tellForeign } from './check-authority.ts';
import { type Docket, holdOrder } from './docket.ts';
import { isFirm } from './line-draft.ts';
import { sumLines } from './price-lines.ts';
import { isBlanketOrder } from './purchase-order.ts';

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

/** What the customer will owe for the lines that stand firm. */
export function sumCommitted(docket: Docket): Decimal | undefined {
  return isBlanketOrder(docket.order) ? undefined : sumLines(docket);
}
