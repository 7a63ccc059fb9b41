import type { PlainDate } from '../../lib/dates.ts';
import type { Decimal } from '../../lib/decimal.ts';
import type { OrderKey } from '../exchange/natural-keys.ts';
import type { PurchaseOrder, PurchaseOrderLine } from '../order/purchase-order.ts';

/** What we offered a customer: so much of each item, at this price, until a day. */
export type Quote = {
  readonly number: string;
  readonly customer: string;
  readonly currency: string;
  readonly validFrom?: PlainDate | undefined;
  readonly validUntil: PlainDate;
  /** As the books have it; whether an order has used it is told by `uses`. */
  readonly state: 'open' | 'approved' | 'expired' | 'used';
  /** `once`: by one order, and as it was quoted. `many`: by any that take no less. */
  readonly reuse: 'once' | 'many';
  readonly lines: readonly QuoteLine[];
  /** Orders that name it and stand, the first first. */
  readonly uses: readonly OrderKey[];
};

export type QuoteLine = {
  readonly line: string;
  readonly item: string;
  readonly quantity: Decimal;
  readonly unit: string;
  readonly price: Decimal;
  /** Element 639. */
  readonly basis: string;
};

/** REF01: quote number, price quote number. */
const QUALIFIERS: ReadonlySet<string> = new Set(['Q1', 'PR']);

type Referring = Pick<PurchaseOrderLine, 'references'>;

/** The quote that a line names, or else its order. */
export function namedQuote(order: Referring, line?: Referring): string | undefined {
  const named = [...(line?.references ?? []), ...(order.references ?? [])];
  return named.find(({ qualifier, value }) => QUALIFIERS.has(qualifier) && value !== undefined)?.value;
}

/** Every quote that an order names. */
export function namedQuotes(order: Pick<PurchaseOrder, 'references' | 'lines'>): readonly string[] {
  const named = [undefined, ...order.lines].flatMap((line) => namedQuote(order, line) ?? []);
  return [...new Set(named)];
}

export type QuoteProblem = { readonly code: 'unknown' | 'unusable'; readonly text: string };

/** Why an order of this day may not have the prices of a quote; undefined where it may. */
export function checkQuote(
  number: string,
  quote: Quote | undefined,
  asking: { readonly customer: string; readonly date: PlainDate; readonly order?: OrderKey | undefined },
): QuoteProblem | undefined {
  const { customer, date, order } = asking;
  if (quote === undefined || quote.customer !== customer)
    return { code: 'unknown', text: `there is no quote ${number} for customer ${customer}` };
  const unusable = (why: string): QuoteProblem => ({ code: 'unusable', text: `quote ${number} ${why}` });
  if (quote.state !== 'approved')
    return unusable(quote.state === 'open' ? 'is not approved' : `is ${quote.state}`);
  if (quote.validFrom !== undefined && date < quote.validFrom)
    return unusable(`begins on ${quote.validFrom}, the order is of ${date}`);
  if (date > quote.validUntil) return unusable(`ended on ${quote.validUntil}, the order is of ${date}`);
  const [first] = quote.uses;
  if (quote.reuse === 'many' || first === undefined || isSame(first, order)) return undefined;
  const release = first.releaseNumber === '' ? '' : ` release ${first.releaseNumber}`;
  return unusable(`counts once, and order ${first.poNumber}${release} has used it`);
}

function isSame(a: OrderKey, b: OrderKey | undefined): boolean {
  return a.poNumber === b?.poNumber && a.releaseNumber === b.releaseNumber && a.shipTo === b.shipTo;
}
