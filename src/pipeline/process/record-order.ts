import type { Id, OrderLineRecord, OrderRecord } from '../../domain/exchange/records.ts';
import { identifyOrder } from '../../domain/order/decide-order.ts';
import { nameOrder } from '../../domain/order/name-order.ts';
import type { OrderDecision } from '../../domain/order/order-decision.ts';
import type { PurchaseOrder } from '../../domain/order/purchase-order.ts';
import type { Building, EffectMaker } from './inbound.ts';
import { nameBookings, recordEffects } from './record-effects.ts';
import { makeEvent, makeException } from './records.ts';
import type { Brought, JudgedOrder } from './verdict.ts';

/** What was decided of an order, and the order itself where it is a new one. */
export function recordOrder(
  judged: JudgedOrder,
  set: Brought,
  test: boolean,
  about: { file?: Id; interchange?: Id; document: Id },
  maker: EffectMaker,
  built: Building,
): OrderRecord | undefined {
  const { order, contentHash } = judged;
  const name = `order ${nameOrder(order)}`;
  const id = maker.ids();
  if (judged.isNew) recordEffects({ id, test }, order, judged.decision, maker, built);
  const { bookings } = judged.decision;
  const decision: OrderDecision =
    bookings === undefined
      ? judged.decision
      : { ...judged.decision, bookings: nameBookings(bookings, built) };
  const record: OrderRecord = {
    id,
    partner: maker.partner,
    document: about.document,
    ...identifyOrder(order),
    test,
    contentHash,
    ...(judged.drafted === true ? { content: order } : {}),
    orderDate: order.orderDate,
    currency: order.currency,
    outcome: decision.outcome,
    decision,
    amount: decision.amount,
    at: maker.now,
  };
  const where = judged.isNew ? { ...about, order: record.id } : about;
  const reasons = [...decision.reasons, ...decision.lines.flatMap((line) => line.reasons)].map(
    (reason) => reason.text,
  );
  const what = decision.repeated ? 'came again with the same content, answered as before' : decision.outcome;
  const text = `${name} ${what}${reasons.length === 0 ? '' : `: ${reasons.join('; ')}`}`;
  built.events.push(makeEvent(maker, decision.repeated ? 'order-repeated' : 'order-decided', text, where));
  const { amount } = decision;
  const { priority } = maker.decidedBy.customer;
  for (const raised of decision.exceptions) {
    const concern = { amount, currency: order.currency, priority, line: raised.line };
    built.exceptions.push(makeException(maker, raised.kind, `${name}: ${raised.message}`, where, concern));
  }
  if (!judged.isNew) return undefined;
  built.orders.push(record);
  built.orderOf.set(set, record.id);
  built.lines.push(...makeLines(record.id, order, decision));
  return record;
}

export function makeLines(id: Id, { lines }: PurchaseOrder, decision: OrderDecision): OrderLineRecord[] {
  return lines.map((line, i) => {
    const decided = decision.lines[i]!;
    return {
      order: id,
      position: i + 1,
      number: line.number,
      item: decided.item,
      quantity: decided.quantity ?? line.quantity,
      unit: decided.unit,
      orderedPrice: line.unitPrice,
      price: decided.price,
      outcome: decided.status,
    };
  });
}
