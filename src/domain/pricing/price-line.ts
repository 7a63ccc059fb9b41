import type { PlainDate } from '../../lib/dates.ts';
import type { Decimal } from '../../lib/decimal.ts';
import type { Rounding } from '../../lib/money.ts';
import type { Item } from '../catalogue/catalogue.ts';
import { toStockUnits, unitsIn } from '../catalogue/convert-unit.ts';
import { proveEvidence } from './derive-proof.ts';
import { dateThatCounts } from './judge-offer.ts';
import type { PriceOffer, PriceProof, PriceQuestion, RefusalCode } from './price-proof.ts';
import { type Agreement, orderedKey, type PriceBook, type PriceTerm } from './price-terms.ts';

export type PriceAsked = {
  readonly item: Item;
  readonly quantity: Decimal;
  readonly unit: string;
  /** Price of the order, and its element 639. */
  readonly theirs?: Decimal | undefined;
  readonly theirBasis?: string | undefined;
  readonly currency: string;
  readonly orderDate: PlainDate;
  readonly requestedShip?: PlainDate | undefined;
  /**
   * By item, what the whole order asks for, in the item's own unit. Bundles and cumulative tiers go by it, never by
   * what stands above a line: two lines of one item have the same price in either order.
   */
  readonly basket: ReadonlyMap<string, Decimal>;
  /** For a release: what its blanket order says. */
  readonly blanket?:
    | { readonly number: string; readonly price: Decimal; readonly basis: string; readonly unit: string }
    | undefined;
  /** What the quote says that the order names. */
  readonly quote?: QuotedPrice | undefined;
};

export type QuotedPrice = NonNullable<PriceAsked['blanket']> &
  Pick<PriceOffer, 'currency' | 'validFrom' | 'validTo'>;

export type PriceRules = {
  readonly tolerance: PriceProof['tolerance'];
  readonly rounding: Rounding;
};

/**
 * Our price of a line, and the order's against it. The first that applies counts: the price of the blanket, the quote
 * that it names, the customer's contract, its price of its own, the contract of its group, the list for the zone.
 */
export function priceLine(asked: PriceAsked, book: PriceBook, rules: PriceRules): PriceProof {
  const question = putQuestion(asked, book);
  return proveEvidence({
    question,
    theirs: asked.theirs,
    tolerance: rules.tolerance,
    rounding: rules.rounding,
    underContract: findContract(book, question),
    candidates: [...offerBlanket(asked), ...offerQuote(asked), ...offerTerms(asked, book, question)],
  });
}

function putQuestion(asked: PriceAsked, book: PriceBook): PriceQuestion {
  const { item, quantity, unit } = asked;
  const stockQuantity = toStockUnits(item, quantity, unit);
  return {
    item: item.number,
    quantity,
    unit,
    unitHolds: unitsIn(item, unit),
    stockQuantity,
    orderQuantity: stockQuantity === undefined ? undefined : (asked.basket.get(item.number) ?? stockQuantity),
    theirBasis: asked.theirBasis,
    currency: asked.currency,
    orderDate: asked.orderDate,
    requestedShip: asked.requestedShip,
    zone: book.zone,
  };
}

function offerBlanket({ item, blanket }: PriceAsked): PriceOffer[] {
  if (blanket === undefined) return [];
  const { number, price, basis, unit } = blanket;
  const form = { kind: 'fixed', price } as const;
  return [{ source: 'blanket', number, form, unit, unitHolds: unitsIn(item, unit), basis, adjustments: [] }];
}

function offerQuote({ item, quote }: PriceAsked): PriceOffer[] {
  if (quote === undefined) return [];
  const { number, currency, price, basis, unit, validFrom, validTo } = quote;
  const form = { kind: 'fixed', price } as const;
  const terms = { currency, validFrom, validTo, form, unit, unitHolds: unitsIn(item, unit), basis };
  return [{ source: 'quote', number, ...terms, adjustments: [] }];
}

function offerTerms(asked: PriceAsked, book: PriceBook, question: PriceQuestion): PriceOffer[] {
  const terms = book.terms.get(asked.item.number) ?? [];
  return terms.map((term) => offerTerm(term, asked, book, findNewest(term.agreement, book, question)));
}

/** Each version is judged by its own dates and its own rule for them; of those in force the newest counts. */
function findNewest({ kind, number }: Agreement, book: PriceBook, question: PriceQuestion): number {
  let newest = 0;
  for (const other of book.agreements.get(number) ?? [])
    if (other.version > newest && other.kind === kind && isInForce(other, question)) newest = other.version;
  return newest;
}

function isInForce(agreement: Agreement, question: PriceQuestion): boolean {
  const date = dateThatCounts(agreement.dateRule, question);
  return agreement.validFrom <= date && (agreement.validTo === undefined || date <= agreement.validTo);
}

function offerTerm(term: PriceTerm, asked: PriceAsked, book: PriceBook, newest: number): PriceOffer {
  const { agreement, form, bundle, item, unit } = term;
  const { kind, number, version, currency, dateRule, validFrom, validTo, bundles } = agreement;
  const parts =
    bundle === undefined ? undefined : [...(bundles.get(bundle) ?? [])].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    source: kind,
    number,
    version,
    position: term.position,
    currency,
    dateRule,
    validFrom,
    validTo,
    supersededBy: newest > version ? newest : undefined,
    termFrom: term.validFrom,
    termTo: term.validTo,
    zone: term.zone,
    minimumQuantity: term.minimumQuantity,
    promotion: term.promotion,
    bundle,
    bundleParts: parts?.map(([part, needed]) => ({
      item: part,
      needed,
      ordered: asked.basket.get(part) ?? '0',
    })),
    form,
    unit,
    unitHolds: unitsIn(asked.item, unit),
    basis: term.basis,
    adjustments: term.adjustments,
    orderedToDate:
      form.kind === 'cumulative-tiers' ? (book.ordered.get(orderedKey(number, item)) ?? '0') : undefined,
    cost: form.kind === 'cost-plus' ? book.costs.get(item) : undefined,
  };
}

/** Contracts with the customer itself; those of its group bind it, but do not say what it may buy. */
function findContract(book: PriceBook, question: PriceQuestion): PriceProof['underContract'] {
  let first: Agreement | undefined;
  for (const versions of book.agreements.values())
    for (const agreement of versions) {
      if (agreement.kind !== 'contract' || (first !== undefined && !isBefore(agreement, first))) continue;
      if (isInForce(agreement, question)) first = agreement;
    }
  return first === undefined ? undefined : { number: first.number, version: first.version };
}

function isBefore(a: Agreement, b: Agreement): boolean {
  return a.number === b.number ? a.version > b.version : a.number < b.number;
}

/** Refusals of a term that is not in force; any other speaks of an item that was agreed on. */
const NOT_IN_FORCE: readonly RefusalCode[] = ['not-begun', 'ended', 'superseded'];

/**
 * Whether the customer has a contract in force, and the item is in none of its terms: nor in the customer's own
 * prices, its group's contract or the blanket (ACK01 R1, as the partner file decides). A term that does not count for
 * its quantity, zone, currency or unit still makes the item one of the contract.
 */
export function isOffContract(proof: PriceProof): boolean {
  if (proof.underContract === undefined) return false;
  return proof.candidates.every(
    ({ source, refused }) =>
      source === 'list' || (refused !== undefined && NOT_IN_FORCE.includes(refused.code)),
  );
}
