import type { z } from 'zod';
import type { Big } from '../../lib/big.ts';
import { type Decimal, fromBig, toBig } from '../../lib/decimal.ts';
import { divide } from '../../lib/money.ts';
import type { LineDecision } from '../order/order-decision.ts';
import type { TermAdjustment } from '../pricing/price-terms.ts';
import type { allowanceCharge, taxedAllowanceCharge } from '../trade-terms.ts';

/** Something added to or taken off an invoice or one of its lines, before it is in money. */
export type Adjustment = TermAdjustment & {
  /** Where it was agreed, in words. */
  readonly from: string;
};

type AllowanceCharge = z.infer<typeof allowanceCharge>;
export type InvoiceAdjustment = z.infer<typeof taxedAllowanceCharge>;

/** SAC12 of what stands on the invoice: 02 off invoice, 06 paid by the customer. 01 is billed back, 05 paid by us, … */
const ON_INVOICE = { allowance: '02', charge: '06' } as const;

/** What the order asks for, as far as it belongs on the invoice. */
export function readAdjustments(
  asked: readonly AllowanceCharge[] | undefined,
  from: string,
): readonly Adjustment[] {
  return (asked ?? []).flatMap((one): Adjustment[] => {
    const { indicator, handling, code = 'ZZZZ', description } = one;
    if (indicator !== 'allowance' && indicator !== 'charge') return [];
    if (handling !== undefined && handling !== ON_INVOICE[indicator]) return [];
    const rate = readRate(one);
    return rate === undefined ? [] : [{ indicator, code, description, rate, from }];
  });
}

function readRate({ percent, rate, quantity, amount }: AllowanceCharge): TermAdjustment['rate'] | undefined {
  if (percent !== undefined) return { kind: 'percent', percent };
  if (rate !== undefined && quantity === undefined) return { kind: 'per-unit', amount: rate };
  if (amount !== undefined) return { kind: 'amount', amount };
  if (rate !== undefined) return { kind: 'amount', amount: fromBig(toBig(rate).times(toBig(quantity!))) };
  return undefined;
}

/** What our agreement says of a line; an amount per unit is kept as what it came to for the line as ordered. */
export function agreedAdjustments(decision: LineDecision, from: string): readonly Adjustment[] {
  return (decision.proof?.extension?.adjustments ?? []).map(({ adjustment, amount }) => ({
    ...adjustment,
    rate: adjustment.rate.kind === 'percent' ? adjustment.rate : { kind: 'amount', amount },
    from,
  }));
}

/** How much of the whole was billed before, and is now: in the unit of the line. */
export type Share = { readonly before: Decimal; readonly now: Decimal; readonly whole: Decimal };

/**
 * In money, for a part of a line. An amount for the whole is shared out so that the parts add up to it to the cent: each
 * part is what it comes to up to now, less what it came to before.
 */
export function adjustPart(
  { rate }: Adjustment,
  goods: Big,
  { before, now, whole }: Share,
  round: (amount: Big) => Big,
): Big {
  switch (rate.kind) {
    case 'percent':
      return round(goods.times(rate.percent).times('0.01'));
    case 'per-unit':
      return round(toBig(now).times(rate.amount));
    case 'amount': {
      const upTo = (quantity: Big) => round(divide(toBig(rate.amount).times(quantity), toBig(whole)));
      return upTo(toBig(before).plus(now)).minus(upTo(toBig(before)));
    }
  }
}

/** SAC, or undefined where nothing is left of it. */
export function writeAdjustment(adjustment: Adjustment, amount: Big): InvoiceAdjustment | undefined {
  if (amount.eq('0')) return undefined;
  const { indicator, code, description, rate } = adjustment;
  return {
    indicator,
    code,
    amount: fromBig(amount),
    ...(rate.kind === 'percent' ? { percentQualifier: 'Z', percent: rate.percent } : {}),
    handling: ON_INVOICE[indicator],
    ...(description === undefined ? {} : { description }),
  };
}
