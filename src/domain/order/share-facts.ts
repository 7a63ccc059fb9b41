import type { Decimal } from '../../lib/decimal.ts';
import { fromBig, toBig } from '../../lib/decimal.ts';
import { promiseLater, reserveNow } from '../allocation/available-to-promise.ts';
import type { StockPosition } from '../allocation/stock.ts';
import type { Blanket } from '../blanket/blanket.ts';
import { applyEntries } from '../blanket/ledger.ts';
import { openBlanket } from '../blanket/open-blanket.ts';
import type { Authority } from '../credit/authorised-value.ts';
import type { CreditAccount } from '../credit/credit.ts';
import { orderedKey } from '../pricing/price-terms.ts';
import { HELD, isRejected } from './line-draft.ts';
import type { LineDecision, LinePromise, OrderDecision } from './order-decision.ts';
import type { EarlierOrder, OrderFacts, SharedFacts } from './order-facts.ts';
import { isBlanketOrder, type PurchaseOrder } from './purchase-order.ts';
import type { Ruling } from './ruling.ts';
import { findOrderPlace, findShipTo, nameShipTo } from './ship-to.ts';

/** The facts of one order, out of those of all. */
export function pickFacts(
  { blankets, prices, ...shared }: SharedFacts,
  order: PurchaseOrder,
  earlier: EarlierOrder | undefined,
  rulings: readonly Ruling[] = [],
): OrderFacts {
  const zone = findShipTo(findOrderPlace(order), shared.customer)?.zone;
  const blanket = order.type === 'release' ? findBlanket(blankets, order) : undefined;
  return {
    ...shared,
    prices: zone === undefined ? prices : { ...prices, zone },
    earlier,
    blanket,
    rulings,
  };
}

/** A release names its blanket by the PO number, or by the contract that the blanket was made under. */
function findBlanket(blankets: SharedFacts['blankets'], { poNumber, contractNumber }: PurchaseOrder) {
  const named = blankets.find((blanket) => blanket.poNumber === poNumber);
  if (named !== undefined || contractNumber === undefined) return named;
  const under = blankets.filter((blanket) => blanket.contractNumber === contractNumber);
  return under.length === 1 ? under[0] : undefined;
}

/** What the next order of the same file must know: what this one has drawn on, and the blanket that it opens. */
export function learnOrder(shared: OwnFacts, order: PurchaseOrder, decision: OrderDecision): OwnFacts {
  const learned = learnUses(learnDecision(shared, decision), order, decision);
  if (!opensBlanket(order, decision)) return learned;
  const terms = { id: nameNewBlanket(order.poNumber), partner: '', policy: shared.policy.blanket };
  return { ...learned, blankets: [...learned.blankets, openBlanket(order, decision.lines, terms).blanket] };
}

/** What counts once is not there for the next order. */
function learnUses(
  shared: OwnFacts,
  order: PurchaseOrder,
  { outcome, quotes: named = [] }: OrderDecision,
): OwnFacts {
  if (shared.quotes === undefined || named.length === 0 || outcome === 'rejected') return shared;
  const { poNumber, releaseNumber = '' } = order;
  const use = { poNumber, releaseNumber, shipTo: nameShipTo(order) };
  const quotes = new Map(shared.quotes);
  for (const number of named) {
    const quote = quotes.get(number)!;
    quotes.set(number, { ...quote, uses: [...quote.uses, use] });
  }
  return { ...shared, quotes };
}

/** An accepted 850 BK or BE. */
export function opensBlanket(order: PurchaseOrder, { outcome, repeated }: OrderDecision): boolean {
  const firm = outcome === 'accepted' || outcome === 'accepted-with-changes';
  return firm && !repeated && isBlanketOrder(order);
}

/** Stands for the id of a blanket that is not stored yet. */
export function nameNewBlanket(poNumber: string): string {
  return `new ${poNumber}`;
}

/**
 * Facts whose sums are nobody else's: what orders draw is put into them, since a copy of all items for each order of a
 * file would cost more than deciding it.
 */
export type OwnFacts = SharedFacts & {
  readonly prices: { readonly ordered: Map<string, Decimal> };
  readonly stock?: { readonly positions: Map<string, readonly StockPosition[]> } | undefined;
};

export function ownFacts(shared: SharedFacts): OwnFacts {
  const { stock, prices } = shared;
  const own = { ...shared, prices: { ...prices, ordered: new Map(prices.ordered) } };
  return stock === undefined
    ? { ...own, stock }
    : { ...own, stock: { ...stock, positions: new Map(stock.positions) } };
}

export function learnDecision(shared: OwnFacts, decision: OrderDecision): OwnFacts {
  if (decision.repeated || decision.outcome === 'rejected') return shared;
  const { stock, credit, prices } = shared;
  if (stock !== undefined) drawStock(stock.positions, decision);
  countOrdered(prices.ordered, decision);
  return {
    ...shared,
    ...(credit === undefined ? {} : { credit: addExposure(credit, decision) }),
    ...(shared.authorities === undefined
      ? {}
      : { authorities: useAuthorities(shared.authorities, decision, 1) }),
    blankets: drawBlankets(shared.blankets, decision),
  };
}

/** So much less is left of them; more where it is given back, under a `sign` of -1. */
export function useAuthorities(
  authorities: readonly Authority[],
  { authorised = [] }: OrderDecision,
  sign: 1 | -1,
): readonly Authority[] {
  if (authorised.length === 0) return authorities;
  return authorities.map((one) => {
    const used = authorised.find(({ poNumber }) => poNumber === one.poNumber);
    return used === undefined
      ? one
      : { ...one, left: fromBig(toBig(one.left).minus(toBig(used.amount).times(sign))) };
  });
}

function addExposure(credit: CreditAccount, { amount = '0' }: OrderDecision): CreditAccount {
  return { ...credit, acceptedNotShipped: fromBig(toBig(credit.acceptedNotShipped).plus(amount)) };
}

function drawBlankets(blankets: readonly Blanket[], { bookings = [] }: OrderDecision): readonly Blanket[] {
  if (bookings.length === 0) return blankets;
  return blankets.map((blanket) => {
    const own = bookings.filter((one) => one.blanket === blanket.id);
    return own.length === 0 ? blanket : applyEntries(blanket, own);
  });
}

/** Cumulative tiers go by what was ordered under their agreement. */
function countOrdered(ordered: Map<string, Decimal>, { lines }: OrderDecision): void {
  for (const { agreement, item, quantity } of lines.flatMap((line) => countedOf(line) ?? [])) {
    const key = orderedKey(agreement, item);
    ordered.set(key, fromBig(toBig(ordered.get(key) ?? '0').plus(quantity)));
  }
}

export type Counted = { readonly agreement: string; readonly item: string; readonly quantity: Decimal };

/** What a line that stands adds to the quantity ordered to date under the agreement that priced it. */
export function countedOf(line: LineDecision): Counted | undefined {
  const { item, proof } = line;
  const chosen = proof?.chosen === undefined ? undefined : proof.candidates[proof.chosen];
  const quantity = proof?.question.stockQuantity;
  if (item === undefined || quantity === undefined || chosen?.form.kind !== 'cumulative-tiers')
    return undefined;
  return isRejected(line) || HELD.has(line.status) ? undefined : { agreement: chosen.number, item, quantity };
}

function drawStock(positions: Map<string, readonly StockPosition[]>, { lines }: OrderDecision): void {
  for (const { item, promises = [] } of lines) {
    if (item === undefined || promises.length === 0) continue;
    const drawn = promises.reduce(drawPromise, positions.get(item) ?? []);
    positions.set(item, drawn);
  }
}

/** What waits for nobody knows what, waits everywhere. */
function drawPromise(
  positions: readonly StockPosition[],
  { kind, warehouse, stockQuantity, ships, serials }: LinePromise,
): readonly StockPosition[] {
  if (kind === 'shipped') return positions;
  const quantity = toBig(stockQuantity);
  return positions.map((position) => {
    if (warehouse !== undefined && position.warehouse !== warehouse) return position;
    return kind === 'now' ? reserveNow(position, quantity, serials) : promiseLater(position, quantity, ships);
  });
}
