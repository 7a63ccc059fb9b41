import type { Big } from '../../lib/big.ts';
import { type Decimal, fromBig, toBig } from '../../lib/decimal.ts';
import type { PurchaseOrder } from '../order/purchase-order.ts';
import type { Reason } from '../reason.ts';

/** AMT01 of the total that the buyer has authorised. */
const TOTAL = 'TT';

/** What the order says it may cost in all (850 AMT*TT); undefined where it says nothing, a reason where it says two things. */
export function readAuthorisedValue(order: Pick<PurchaseOrder, 'poNumber' | 'totalAmounts'>): {
  readonly amount?: Decimal | undefined;
  readonly reason?: Reason | undefined;
} {
  const totals = (order.totalAmounts ?? []).filter((one) => one.qualifier === TOTAL);
  const [first, ...others] = totals.map((one) => one.amount);
  if (first === undefined) return {};
  if (others.every((one) => toBig(one).eq(first))) return { amount: first };
  const text = `order ${order.poNumber} states different totals (AMT*TT): ${[first, ...others].join(', ')}`;
  return { reason: { code: 'authorised-value-unclear', text } };
}

/** What the lines come to against what the purchase order authorises: that much may be used to the last cent. */
export function checkAuthorisedValue(
  poNumber: string,
  amounts: readonly Decimal[],
  authorised: Decimal,
  currency: string,
): Reason | undefined {
  const total = amounts.reduce((sum, amount) => sum.plus(amount), toBig('0'));
  const over = total.minus(authorised);
  if (over.lte(0)) return undefined;
  return {
    code: 'authorised-value-exceeded',
    text: `order ${poNumber} authorises ${authorised} ${currency} and its lines come to ${fromBig(total)} ${currency}: ${fromBig(over)} ${currency} more`,
  };
}

export type LineAmount = { readonly line: string; readonly amount: Decimal };

/** What one of the customer's purchase orders still allows. */
export type Authority = { readonly poNumber: string; readonly left: Decimal; readonly currency: string };

export type AuthoritySplit = {
  /** One for every authority, in the order given. */
  readonly shares: readonly {
    readonly poNumber: string;
    readonly lines: readonly string[];
    readonly used: Decimal;
    readonly left: Decimal;
  }[];
  /** Lines for which no authority is enough: a person asks for more. */
  readonly unauthorised: readonly LineAmount[];
  readonly reasons: readonly Reason[];
};

/**
 * Which purchase order each line is done and billed under, where the customer authorises work by several. A line is never
 * cut in two: in the order of the lines each goes whole to the first purchase order, in the order given, that has enough
 * left, to the last cent. A line of no amount or less uses nothing up and gives nothing back. An authority in
 * another currency is left alone.
 */
export function splitByAuthority(
  lines: readonly LineAmount[],
  authorities: readonly Authority[],
  currency: string,
): AuthoritySplit {
  const pots = authorities.map((authority) => ({
    authority,
    left: toBig(authority.left),
    lines: [] as string[],
  }));
  const usable = pots.filter((pot) => pot.authority.currency === currency);
  const unauthorised: LineAmount[] = [];
  for (const line of lines) {
    const needed = notBelowZero(toBig(line.amount));
    const pot = usable.find(({ left }) => left.gte(needed));
    if (pot === undefined) unauthorised.push(line);
    else {
      pot.left = pot.left.minus(needed);
      pot.lines.push(line.line);
    }
  }
  const tell = ({ line, amount }: LineAmount): Reason => ({
    code: 'authority-missing',
    text: `line ${line}: ${amount} ${currency} are more than any purchase order has left (${tellLeft(pots, currency)})`,
  });
  return {
    shares: pots.map(({ authority, left, lines: taken }) => ({
      poNumber: authority.poNumber,
      lines: taken,
      used: fromBig(toBig(authority.left).minus(left)),
      left: fromBig(left),
    })),
    unauthorised,
    reasons: unauthorised.map(tell),
  };
}

function tellLeft(
  pots: readonly { readonly authority: Authority; readonly left: Big }[],
  currency: string,
): string {
  const told = pots.map(({ authority, left }) =>
    authority.currency === currency
      ? `${authority.poNumber}: ${fromBig(left)}`
      : `${authority.poNumber}: in ${authority.currency}, not compared`,
  );
  return told.join('; ') || 'none is known';
}

function notBelowZero(value: Big): Big {
  return value.lt(0) ? toBig('0') : value;
}
