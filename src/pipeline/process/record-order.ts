import type { Id, OrderRecord } from '../../domain/exchange/records.ts';
import { identifyOrder } from '../../domain/order/decide-order.ts';
import type { Building, InboundMaker } from './inbound.ts';
import type { JudgedOrder, JudgedSet } from './judge.ts';
import { makeEvent, makeException } from './records.ts';

/** What was decided of an order, and the order itself where it is a new one. */
export function recordOrder(
  judged: JudgedOrder,
  set: JudgedSet,
  test: boolean,
  about: { file: Id; interchange: Id; document: Id },
  maker: InboundMaker,
  built: Building,
): OrderRecord | undefined {
  const { order, decision, contentHash } = judged;
  const name = `order ${order.poNumber}${order.releaseNumber === undefined ? '' : ` release ${order.releaseNumber}`}`;
  const record: OrderRecord = {
    id: maker.ids(),
    partner: maker.partner,
    document: about.document,
    ...identifyOrder(order),
    test,
    contentHash,
    orderDate: order.orderDate,
    currency: order.currency,
    outcome: decision.outcome,
    decision,
    at: maker.now,
  };
  const where = judged.isNew ? { ...about, order: record.id } : about;
  const reasons = [...decision.reasons, ...decision.lines.flatMap((line) => line.reasons)].map(
    (reason) => reason.text,
  );
  const what = decision.repeated ? 'came again with the same content, answered as before' : decision.outcome;
  const text = `${name} ${what}${reasons.length === 0 ? '' : `: ${reasons.join('; ')}`}`;
  built.events.push(makeEvent(maker, decision.repeated ? 'order-repeated' : 'order-decided', text, where));
  for (const raised of decision.exceptions) {
    built.exceptions.push(makeException(maker, raised.kind, `${name}: ${raised.message}`, where));
  }
  if (!judged.isNew) return undefined;
  built.orders.push(record);
  built.orderOf.set(set, record.id);
  order.lines.forEach((line, i) => {
    const decided = decision.lines[i]!;
    built.lines.push({
      order: record.id,
      position: i + 1,
      number: line.number,
      item: decided.item,
      quantity: line.quantity,
      unit: decided.unit,
      orderedPrice: line.unitPrice,
      price: decided.price,
      outcome: decided.status,
    });
  });
  return record;
}
