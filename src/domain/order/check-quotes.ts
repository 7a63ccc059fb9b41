import { type Decimal, fromBig, toBig } from '../../lib/decimal.ts';
import { toStockUnits } from '../catalogue/convert-unit.ts';
import type { PriceAsked } from '../pricing/price-line.ts';
import { checkQuote, namedQuote, namedQuotes, type Quote, type QuoteLine } from '../quote/quote.ts';
import { type Docket, holdOrder } from './docket.ts';
import { hold, type LineDraft, stands } from './line-draft.ts';
import { nameShipTo } from './ship-to.ts';

/** Quotes that the order names are there, may be used, and say what it orders. */
export function checkQuotes(docket: Docket): void {
  const { order, facts, drafts } = docket;
  const { quotes } = facts;
  if (quotes === undefined) return;
  const date = order.orderDate ?? facts.today;
  const { poNumber, releaseNumber = '' } = order;
  const key = { poNumber, releaseNumber, shipTo: nameShipTo(order) };
  for (const number of namedQuotes(order)) {
    const asking = { customer: facts.customer.number, date, order: key };
    const problem = checkQuote(number, quotes.get(number), asking);
    if (problem !== undefined)
      holdOrder(docket, problem.code === 'unknown' ? 'quote-unknown' : 'quote-unusable', problem.text);
  }
  for (const draft of drafts) {
    const quote = findQuote(docket, draft);
    const differs = quote === undefined || !stands(draft) ? undefined : compare(quote, draft, drafts);
    if (differs !== undefined) hold(draft, 'IH', 'quote-differs', `quote ${quote!.number} ${differs}`);
  }
}

/** Those that the order names, and that are the customer's. */
export function listQuotes({ order, facts }: Docket): readonly string[] {
  const { quotes, customer } = facts;
  if (quotes === undefined) return [];
  return namedQuotes(order).filter((number) => quotes.get(number)?.customer === customer.number);
}

/**
 * What the quote says of the line's item. Whether one counts that may not be used is asked once, of the whole order: so
 * its price stands meanwhile, and is not asked about as well.
 */
export function findQuotedPrice(docket: Docket, draft: LineDraft): PriceAsked['quote'] {
  const quote = findQuote(docket, draft);
  const quoted = quote && findLine(quote, draft);
  if (quote === undefined || quoted === undefined) return undefined;
  const { price, basis, unit } = quoted;
  const questioned = [...docket.holds, ...docket.notes].some(({ code }) => code === 'quote-unusable');
  const dates = questioned ? {} : { validFrom: quote.validFrom, validTo: quote.validUntil };
  return { number: quote.number, currency: quote.currency, price, basis, unit, ...dates };
}

function findQuote({ order, facts }: Docket, { line }: LineDraft): Quote | undefined {
  const number = namedQuote(order, line);
  const quote = number === undefined ? undefined : facts.quotes?.get(number);
  return quote?.customer === facts.customer.number ? quote : undefined;
}

/** By the item; PO101 tells which where the quote has several of it. */
function findLine({ lines }: Quote, { item, line }: LineDraft): QuoteLine | undefined {
  const own = lines.filter((one) => one.item === item?.number);
  return own.length < 2 ? own[0] : (own.find((one) => one.line === line.number) ?? own[0]);
}

/** What is ordered otherwise than it was quoted. */
function compare(quote: Quote, draft: LineDraft, drafts: readonly LineDraft[]): string | undefined {
  const { item } = draft;
  if (item === undefined) return undefined;
  const quoted = sum(quote.lines.filter((one) => one.item === item.number).map((one) => inStock(draft, one)));
  if (quoted === undefined) {
    const known = quote.lines.some((one) => one.item === item.number);
    return known ? `is in a unit that ${item.number} is not counted in` : `has no item ${item.number}`;
  }
  const ordered = sum(
    drafts.filter((one) => one.item?.number === item.number && stands(one)).map((one) => inStock(one, one)),
  );
  // What has no quantity or unit is told already.
  if (ordered === undefined) return undefined;
  const { unit } = item;
  const [wants, has] = [`${ordered} ${unit} of ${item.number} are ordered`, `${quoted} ${unit}`];
  if (toBig(ordered).lt(quoted)) return `is for ${has}, and ${wants}`;
  if (quote.reuse === 'once' && toBig(ordered).gt(quoted)) return `is for ${has}, and ${wants}`;
  return undefined;
}

type Amount = { readonly quantity?: Decimal | undefined; readonly unit?: string | undefined };

function inStock({ item }: LineDraft, { quantity, unit }: Amount): Decimal | undefined {
  if (item === undefined || quantity === undefined || unit === undefined) return undefined;
  return toStockUnits(item, quantity, unit);
}

/** Undefined where one is, or there is none. */
function sum(amounts: readonly (Decimal | undefined)[]): Decimal | undefined {
  if (amounts.length === 0 || amounts.includes(undefined)) return undefined;
  return amounts.reduce<Decimal>((all, one) => fromBig(toBig(all).plus(one!)), '0');
}
