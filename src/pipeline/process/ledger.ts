import type { Id } from '../../domain/exchange/records.ts';
import { advance, applyWaiting, recordChange } from '../../domain/order/apply-waiting.ts';
import type { ChangeFacts } from '../../domain/order/change-decision.ts';
import { decideChange } from '../../domain/order/decide-change.ts';
import type { OrderChange } from '../../domain/order/order-change.ts';
import type { OrderDecision } from '../../domain/order/order-decision.ts';
import { isBlanketOrder, type PurchaseOrder } from '../../domain/order/purchase-order.ts';
import type { Ruling } from '../../domain/order/ruling.ts';
import { learnDecision, learnOrder, ownFacts, pickFacts } from '../../domain/order/share-facts.ts';
import { nameShipTo } from '../../domain/order/ship-to.ts';
import { giveBack, giveBackBooked, type KnownOrder, listDrawn } from '../../domain/order/standing.ts';
import { fromBig, toBig } from '../../lib/decimal.ts';
import type { JudgedChange, Ledger, Ref, Standing } from './verdict.ts';

/** A new order stands, and what has waited for it is decided. */
export function enterOrder(
  ledger: Ledger,
  order: PurchaseOrder,
  decision: OrderDecision,
  ref: Ref,
): readonly JudgedChange[] {
  ledger.shared = learnOrder(ledger.shared, order, decision);
  const { poNumber, releaseNumber = '' } = order;
  const standing: Standing = {
    ref,
    order: {
      poNumber,
      releaseNumber,
      shipTo: nameShipTo(order),
      standing: { version: 1, order, decision, state: 'open', shipped: new Map() },
      drawn: listDrawn(decision),
      amount: decision.amount,
      booked: new Map((decision.bookings ?? []).map(({ line, quantity }) => [line, quantity])),
      bookedOn: decision.bookings?.[0]?.blanket,
      rulings: [],
    },
  };
  ledger.standing.push(standing);
  return wake(ledger, standing);
}

/** Undefined where it cannot be told which of several orders is meant. */
export function enterChange(
  ledger: Ledger,
  change: OrderChange,
  ref: Ref,
): readonly JudgedChange[] | undefined {
  const found = findStanding(ledger, change);
  if (found === 'several') return undefined;
  const decision = decideChange(change, factsFor(ledger, change, found, []));
  const judged = settle(ledger, { ref, change, decision, standing: found, before: found?.order });
  return found === undefined || decision.outcome === 'waiting' ? [judged] : [judged, ...wake(ledger, found)];
}

/** A change that came before, decided again with what a person has ruled of it. Undefined where there is no such change. */
export function ruleOnChange(
  ledger: Ledger,
  document: Id,
  ruling: Ruling | undefined,
): readonly JudgedChange[] | undefined {
  const changing = ledger.changes.find(({ ref }) => ref.id === document);
  if (changing === undefined) return undefined;
  const { ref, known } = changing;
  const { change } = known;
  const found = findStanding(ledger, change);
  if (found === 'several') return undefined;
  const rulings = ruling === undefined ? known.rulings : [...known.rulings, ruling];
  const decision = decideChange(change, factsFor(ledger, change, found, rulings));
  const judged = settle(ledger, { ref, change, decision, standing: found, before: found?.order });
  return found === undefined || decision.outcome === 'waiting' ? [judged] : [judged, ...wake(ledger, found)];
}

function findStanding(ledger: Ledger, change: OrderChange): Standing | 'several' | undefined {
  const { poNumber, releaseNumber = '' } = change;
  const named = ledger.standing.filter(
    ({ order }) => order.poNumber === poNumber && order.releaseNumber === releaseNumber,
  );
  if (named.length < 2) return named[0];
  const shipTo = change.parties?.find(({ role }) => role === 'ship-to');
  const code = shipTo?.id ?? shipTo?.name;
  const there = named.filter(({ order }) => order.shipTo === code);
  return there.length === 1 ? there[0] : 'several';
}

/** What has waited for this order, or for a change of it, in the order of its numbers. */
function wake(ledger: Ledger, standing: Standing): readonly JudgedChange[] {
  const waiting = ledger.changes.filter(
    ({ known }) => known.earlier.state === 'waiting' && isOf(known.change, standing.order),
  );
  const judged: JudgedChange[] = [];
  // One at a time: each may draw on stock and blankets, which the next must know.
  for (const { ref, known } of waiting.toSorted(
    (a, b) => a.known.earlier.sequence - b.known.earlier.sequence,
  )) {
    const facts = factsFor(ledger, known.change, standing, known.rulings);
    const [applied] = applyWaiting([known.change], facts);
    if (applied === undefined) continue;
    const { change, decision } = applied;
    judged.push(settle(ledger, { ref, change, decision, standing, before: standing.order }));
  }
  return judged;
}

function isOf({ poNumber, releaseNumber = '' }: OrderChange, order: KnownOrder): boolean {
  return order.poNumber === poNumber && order.releaseNumber === releaseNumber;
}

function factsFor(
  ledger: Ledger,
  change: OrderChange,
  standing: Standing | undefined,
  rulings: ChangeFacts['rulings'],
): ChangeFacts {
  const { shared } = ledger;
  const { change: policy } = shared.policy;
  const earlierChanges = ledger.changes
    .filter(({ known }) => known.change !== change && sameOrder(known.change, change))
    .map(({ known }) => known.earlier);
  const came = ledger.changes.find(({ known }) => known.change === change);
  const order = standing?.order;
  const without = order === undefined ? shared : giveBack(shared, order);
  const orderFacts = {
    ...pickFacts(without, order?.standing.order ?? EMPTY, undefined, order?.rulings ?? []),
    booked: order?.booked,
    shipped: order?.standing.shipped,
  };
  const opened =
    order !== undefined && isBlanketOrder(order.standing.order)
      ? shared.blankets.find((one) => one.poNumber === order!.poNumber)
      : undefined;
  return {
    orderFacts,
    current: order === undefined ? undefined : { ...order.standing, blanket: opened },
    earlierChanges,
    rulings,
    mayWait: true,
    policy,
    sequence: came?.known.earlier.sequence,
  };
}

/** Facts of an order that is not here: nothing of it is asked. */
const EMPTY = { type: 'standalone', lines: [] } as unknown as PurchaseOrder;

function sameOrder(a: OrderChange, b: OrderChange): boolean {
  return a.poNumber === b.poNumber && (a.releaseNumber ?? '') === (b.releaseNumber ?? '');
}

/** What follows from the decision for all that is decided after it. */
function settle(ledger: Ledger, judged: JudgedChange): JudgedChange {
  const { change, decision, standing, ref } = judged;
  if (decision.outcome !== 'repeated') {
    const place = ledger.changes.findIndex((one) => one.known.change === change);
    const rulings = ledger.changes[place]?.known.rulings ?? [];
    const known = { change, earlier: recordChange(change, decision), rulings };
    ledger.changes.splice(place < 0 ? ledger.changes.length : place, place < 0 ? 0 : 1, { ref, known });
  }
  const { next, blanket } = decision;
  if (standing === undefined || next === undefined) return judged;
  const before = standing.order;
  const bookings = listReleased(judged);
  const shared = learnDecision(ownFacts(giveBack(ledger.shared, before)), { ...next.decision, bookings });
  const blankets = shared.blankets.map((one) => (one.id === blanket?.id ? blanket : one));
  ledger.shared = { ...shared, blankets };
  standing.order = {
    ...before,
    standing: advance(before.standing, decision) ?? before.standing,
    drawn: next.state === 'cancelled' ? [] : listDrawn(next.decision),
    amount: next.state === 'cancelled' ? undefined : next.decision.amount,
    booked: sumBooked(before.booked, bookings),
    rulings: before.rulings.filter((ruling) => !decision.overtaken.includes(ruling)),
    bookedOn: before.bookedOn ?? bookings[0]?.blanket,
  };
  return judged;
}

type Bookings = NonNullable<OrderDecision['bookings']>;

/** What the change adds to or takes off the ledgers of blankets. */
export function listBookings(judged: JudgedChange): Bookings {
  return [...judged.decision.bookings, ...listReleased(judged)];
}

/** What a changed release draws more or less; a cancelled one gives back all that it has. */
function listReleased({ decision, before, change }: JudgedChange): Bookings {
  const { next } = decision;
  if (next?.state !== 'cancelled') return next?.decision.bookings ?? [];
  const reference = `release ${change.releaseNumber ?? change.poNumber} cancelled`;
  return before === undefined ? [] : giveBackBooked(before, reference);
}

function sumBooked(before: KnownOrder['booked'], bookings: Bookings): KnownOrder['booked'] {
  const sums = new Map(before);
  for (const { line, kind, quantity } of bookings) {
    if (kind !== 'release') continue;
    sums.set(line, fromBig(toBig(sums.get(line) ?? '0').plus(quantity)));
  }
  return sums;
}
