import type { Decimal } from '../../lib/decimal.ts';
import { checkAuthorisedValue, readAuthorisedValue } from '../credit/authorised-value.ts';
import { checkCredit as checkAccount } from '../credit/check-credit.ts';
import type { ExceptionKind } from '../exception/exception-kinds.ts';
import { type Docket, holdOrder } from './docket.ts';
import { stands } from './line-draft.ts';
import { sumLines } from './price-lines.ts';

/** What the lines that stand come to is not more than the buyer says that the order may cost. */
export function checkValue(docket: Docket): void {
  const { order, facts } = docket;
  const { amount: authorised, reason } = readAuthorisedValue(order);
  if (reason !== undefined) holdOrder(docket, 'po-value-exceeded', reason.text);
  const total = sumLines(docket, stands);
  if (authorised === undefined || total === undefined) return;
  const over = checkAuthorisedValue(order.poNumber, [total], authorised, order.currency ?? facts.currency);
  if (over !== undefined) holdOrder(docket, 'po-value-exceeded', over.text);
}

const CREDIT_KINDS = {
  'credit-limit-exceeded': 'credit-hold',
  'credit-overdue': 'credit-hold',
  'credit-currency-differs': 'credit-currency',
} as const satisfies Record<string, ExceptionKind>;

/** Orders that commit to nothing that could be billed yet. */
const BLANKETS: ReadonlySet<string> = new Set(['blanket', 'blanket-estimate']);

/** Whether the customer may owe so much more, as far as prices are known; a held order adds nothing yet. */
export function checkCredit(docket: Docket): void {
  const { order, facts } = docket;
  const amount = sumCommitted(docket);
  if (amount === undefined || facts.credit === undefined || facts.policy.credit !== 'hold') return;
  const currency = order.currency ?? facts.currency;
  const { reasons } = checkAccount(facts.credit, amount, currency, facts.today);
  for (const { code, text } of reasons) holdOrder(docket, CREDIT_KINDS[code], text);
}

/** What the customer will owe for the lines that stand firm. */
export function sumCommitted(docket: Docket): Decimal | undefined {
  return BLANKETS.has(docket.order.type) ? undefined : sumLines(docket);
}
