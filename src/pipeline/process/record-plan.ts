import { numberOf } from '../../domain/blanket/decide-plan.ts';
import type { Id, OrderRecord } from '../../domain/exchange/records.ts';
import type { Building, EffectMaker } from './inbound.ts';
import { nameBlanket, nameBookings } from './record-effects.ts';
import { recordOrder } from './record-order.ts';
import { makeEvent, makeException } from './records.ts';
import type { JudgedPlan } from './verdict.ts';

type About = { readonly file?: Id; readonly interchange?: Id; readonly document: Id };

/**
 * What was decided of a schedule or receiving advice, which `name` names, and the orders that it amounts to; the first
 * is returned.
 */
export function recordPlan(
  { document, decision, contentHash, releases }: JudgedPlan,
  name: string,
  test: boolean,
  about: About,
  maker: EffectMaker,
  built: Building,
): OrderRecord | undefined {
  const number = numberOf(document);
  const title = `${name} (${number})`;
  if (decision.repeated) {
    const text = `${title} came again with the same content: nothing is done twice`;
    built.events.push(makeEvent(maker, 'plan-repeated', text, about));
    return undefined;
  }
  const told = decision.reasons.map(({ text }) => text).join('; ') || 'it says nothing of any line';
  built.events.push(makeEvent(maker, 'plan-taken', `${title}: ${told}`, about));
  for (const { kind, message, line } of decision.exceptions)
    built.exceptions.push(makeException(maker, kind, `${title}: ${message}`, about, { line }));
  const bookings = nameBookings(decision.bookings, built);
  built.bookings.push(...bookings.map((booking) => ({ ...booking, at: maker.now })));
  const named = <T extends { readonly blanket: string }>(all: readonly T[]) =>
    all.map((one) => ({ ...one, blanket: nameBlanket(one.blanket, built) }));
  built.plans.push({
    document: about.document,
    partner: maker.partner,
    kind: document.kind,
    number,
    test,
    contentHash,
    settled: decision.settled,
    plans: named(decision.plans),
    counts: named(decision.counts),
    at: maker.now,
  });
  const orders = releases.map((release) => recordOrder(release.order, release, test, about, maker, built));
  return orders.find((order) => order !== undefined);
}
