import type { Decimal } from '../../lib/decimal.ts';
import { fromBig, toBig } from '../../lib/decimal.ts';
import { promiseLater, reserveNow } from '../allocation/available-to-promise.ts';
import type { Stock, StockPosition } from '../allocation/stock.ts';
import type { Blanket } from '../blanket/blanket.ts';
import { applyEntries } from '../blanket/ledger.ts';
import { openBlanket } from '../blanket/open-blanket.ts';
import type { CreditAccount } from '../credit/credit.ts';
import { orderedKey } from '../pricing/price-terms.ts';
import { HELD, isRejected } from './line-draft.ts';
import type { LineDecision, LinePromise, OrderDecision } from './order-decision.ts';
import type { EarlierOrder, OrderFacts, SharedFacts } from './order-facts.ts';
import { isBlanketOrder, type PurchaseOrder } from './purchase-order.ts';
import type { Ruling } from './ruling.ts';
import { findShipTo } from './ship-to.ts';

/** The facts of one order, out of those of all. */
export function pickFacts(
  { blankets, prices, ...shared }: SharedFacts,
  order: PurchaseOrder,
  earlier: EarlierOrder | undefined,
  rulings: readonly Ruling[] = [],
): OrderFacts {
  const zone = findShipTo(order, shared.customer)?.zone;
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
export function learnOrder(shared: SharedFacts, order: PurchaseOrder, decision: OrderDecision): SharedFacts {
  const learned = learnDecision(shared, decision);
  if (!opensBlanket(order, decision)) return learned;
  const terms = { id: nameNewBlanket(order.poNumber), partner: '', policy: shared.policy.blanket };
  return { ...learned, blankets: [...learned.blankets, openBlanket(order, decision.lines, terms).blanket] };
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

export function learnDecision(shared: SharedFacts, decision: OrderDecision): SharedFacts {
  if (decision.repeated || decision.outcome === 'rejected') return shared;
  const { stock, credit } = shared;
  return {
    ...shared,
    ...(stock === undefined ? {} : { stock: drawStock(stock, decision) }),
    ...(credit === undefined ? {} : { credit: addExposure(credit, decision) }),
    blankets: drawBlankets(shared.blankets, decision),
    prices: { ...shared.prices, ordered: countOrdered(shared.prices.ordered, decision) },
  };
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
function countOrdered(
  before: ReadonlyMap<string, Decimal>,
  { lines }: OrderDecision,
): ReadonlyMap<string, Decimal> {
  const counted = lines.flatMap((line) => countedOf(line) ?? []);
  if (counted.length === 0) return before;
  const ordered = new Map(before);
  for (const { agreement, item, quantity } of counted) {
    const key = orderedKey(agreement, item);
    ordered.set(key, fromBig(toBig(ordered.get(key) ?? '0').plus(quantity)));
  }
  return ordered;
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

function drawStock(stock: Stock, { lines }: OrderDecision): Stock {
  const positions = new Map(stock.positions);
  for (const { item, promises = [] } of lines) {
    if (item === undefined || promises.length === 0) continue;
    const drawn = promises.reduce(drawPromise, positions.get(item) ?? []);
    positions.set(item, drawn);
  }
  return { ...stock, positions };
}

/** What waits for nobody knows what, waits everywhere. */
function drawPromise(
  positions: readonly StockPosition[],
  { kind, warehouse, stockQuantity, ships, serials }: LinePromise,
): readonly StockPosition[] {
  const quantity = toBig(stockQuantity);
  return positions.map((position) => {
    if (warehouse !== undefined && position.warehouse !== warehouse) return position;
    return kind === 'now' ? reserveNow(position, quantity, serials) : promiseLater(position, quantity, ships);
  });
}
