import type { Allocation } from '../../domain/allocation/allocation.ts';
import type { Blanket, BlanketBooking } from '../../domain/blanket/blanket.ts';
import { openBlanket } from '../../domain/blanket/open-blanket.ts';
import type { Effects, Id } from '../../domain/exchange/records.ts';
import { allocatePromises } from '../../domain/order/allocate-promises.ts';
import type { OrderDecision } from '../../domain/order/order-decision.ts';
import type { PurchaseOrder } from '../../domain/order/purchase-order.ts';
import { countedOf, nameNewBlanket, opensBlanket } from '../../domain/order/share-facts.ts';
import { fromBig, toBig } from '../../lib/decimal.ts';
import type { Building, DecidedBy, EffectMaker } from './inbound.ts';

/** What an order draws on. A test opens and draws on test blankets, and on nothing else. */
export function recordEffects(
  { id, test }: { readonly id: Id; readonly test: boolean },
  order: PurchaseOrder,
  decision: OrderDecision,
  maker: EffectMaker,
  effects: Pick<Building, keyof Effects>,
): void {
  recordBlankets(id, order, decision, maker, effects);
  if (test) return;
  const { customer, currency } = maker.decidedBy;
  effects.allocations.push(...allocateOrder(id, order, decision, maker));
  recordCounted(undefined, decision, maker.decidedBy, effects);
  // What is owed is kept in one currency.
  if (decision.amount !== undefined && (order.currency ?? currency) === customer.accountCurrency)
    effects.exposures.push({ customer: customer.number, amount: decision.amount });
}

/** What an order counts more or less than it did towards tiers of agreements and authorities of purchase orders. */
export function recordCounted(
  before: OrderDecision | undefined,
  next: OrderDecision | undefined,
  { customer }: DecidedBy,
  effects: Pick<Building, 'ordered' | 'authorised'>,
): void {
  const count = (decision: OrderDecision | undefined, sign: number) => {
    for (const line of decision?.lines ?? []) {
      const counted = countedOf(line);
      if (counted === undefined) continue;
      const quantity = fromBig(toBig(counted.quantity).times(sign));
      effects.ordered.push({ ...counted, quantity, customer: customer.number });
    }
    for (const { poNumber, amount: used } of decision?.authorised ?? []) {
      const amount = fromBig(toBig(used).times(sign));
      effects.authorised.push({ customer: customer.number, poNumber, amount });
    }
  };
  count(before, -1);
  count(next, 1);
}

/** What of its lines is reserved, or waits. */
export function allocateOrder(
  id: Id,
  order: PurchaseOrder,
  { lines }: OrderDecision,
  maker: EffectMaker,
): readonly Allocation[] {
  const { customer, policy } = maker.decidedBy;
  return lines.flatMap((line, i) => {
    const claim = { order: id, position: i + 1, priority: customer.priority, at: maker.now };
    return allocatePromises(order, order.lines[i]!, line, { short: policy.short, claim, nextId: maker.ids });
  });
}

export function recordBlankets(
  id: Id,
  order: PurchaseOrder,
  decision: OrderDecision,
  maker: EffectMaker,
  effects: Pick<Building, keyof Effects>,
): void {
  const bookings = [...nameBookings(decision.bookings ?? [], effects)];
  if (opensBlanket(order, decision)) {
    const terms = { id: maker.ids(), partner: maker.partner, policy: maker.decidedBy.policy.blanket };
    const opened = openBlanket(order, decision.lines, terms);
    effects.blankets.push({ blanket: opened.blanket, order: id });
    bookings.push(...opened.bookings);
  }
  effects.bookings.push(...bookings.map((booking) => ({ ...booking, at: maker.now, order: id })));
}

/** A release may draw on a blanket that came in the same file: now it has its id. */
export function nameBookings(
  bookings: readonly BlanketBooking[],
  { blankets }: Pick<Effects, 'blankets'>,
): readonly BlanketBooking[] {
  if (blankets.length === 0) return bookings;
  return bookings.map((booking) => ({ ...booking, blanket: nameBlanket(booking.blanket, { blankets }) }));
}

export function nameBlanket(id: string, { blankets }: Pick<Effects, 'blankets'>): string {
  return blankets.find(({ blanket }) => nameNewBlanket(blanket.poNumber) === id)?.blanket.id ?? id;
}

export function nameNewBlankets(
  known: readonly Blanket[],
  opened: Pick<Effects, 'blankets'>,
): readonly Blanket[] {
  return known.map((blanket) => ({ ...blanket, id: nameBlanket(blanket.id, opened) }));
}
