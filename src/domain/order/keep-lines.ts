import { isSameData } from '../../lib/same-data.ts';
import type { Amendment, Refusal } from './amend-order.ts';
import type { StandingOrder } from './change-decision.ts';
import { decideOrder } from './decide-order.ts';
import { isRejected } from './line-draft.ts';
import type { OrderDecision, Reason } from './order-decision.ts';
import type { OrderFacts } from './order-facts.ts';
import type { PurchaseOrder } from './purchase-order.ts';
import type { Ruling } from './ruling.ts';

/**
 * Decides the changed order. A line that the change does not touch stands where today's facts would refuse it: an item
 * that is no longer sold was promised while it was. What stands against it is waived and told, so that its amount, its
 * stock and its booking are decided with the rest.
 */
export function decideKeeping(
  current: StandingOrder,
  order: PurchaseOrder,
  facts: OrderFacts,
): OrderDecision {
  const decision = decideOrder(order, facts);
  const { lines: _old, ...heading } = current.order;
  const { lines: _new, ...headingNow } = order;
  if (isRefusedWhole(decision) || !isSameData(heading, headingNow)) return decision;
  const waived = waive(current, order, decision);
  const known = new Set(facts.rulings.map(nameWaiver));
  if (waived.every((ruling) => known.has(nameWaiver(ruling)))) return decision;
  return decideKeeping(current, order, { ...facts, rulings: [...facts.rulings, ...waived] });
}

function waive(current: StandingOrder, order: PurchaseOrder, decision: OrderDecision): readonly Ruling[] {
  const stood = new Map(current.order.lines.map((line, i) => [line, current.decision.lines[i]]));
  return order.lines.flatMap((line, i): Ruling[] => {
    const [before, now] = [stood.get(line), decision.lines[i]!];
    // Where its item is not known any more, nothing of it can be decided.
    if (!isRejected(now) || now.item === undefined || before === undefined || isRejected(before)) return [];
    const codes = now.reasons.map(({ code }) => code);
    return [{ at: '', by: WAIVER, line: line.number, choice: { kind: 'override', codes } }];
  });
}

/** Who overrides it, in the reason that is told. */
const WAIVER = 'the order as it stood';

function nameWaiver({ by, line, choice }: Ruling): string {
  return JSON.stringify([by, line, choice]);
}

/** Why the order as a whole, or a line that the change does not touch, would be lost by it. */
export function listLost(
  current: StandingOrder,
  order: PurchaseOrder,
  decision: OrderDecision,
): readonly Reason[] {
  if (isRefusedWhole(decision) && current.decision.outcome !== 'rejected') return decision.reasons;
  return decision.lines.flatMap((line, i) => {
    const before = current.decision.lines[current.order.lines.indexOf(order.lines[i]!)];
    return isRejected(line) && before !== undefined && !isRejected(before) ? line.reasons : [];
  });
}

function isRefusedWhole({ outcome, reasons }: OrderDecision): boolean {
  return outcome === 'rejected' && reasons.length > 0;
}

/** Lines of the change that would lose the order a line, or add one that is refused. */
export function refuseNewlyRejected(
  amendment: Amendment,
  decision: OrderDecision,
  current: StandingOrder,
): Map<number, Refusal> {
  const found = new Map<number, Refusal>();
  for (const { index, number, result } of amendment.lines) {
    if (index === undefined || (result !== 'made' && result !== 'added')) continue;
    const answer = decision.lines[amendment.order.lines.findIndex((line) => line.number === number)];
    const before = current.decision.lines[current.order.lines.findIndex((line) => line.number === number)];
    if (answer === undefined || !isRejected(answer) || (before !== undefined && isRejected(before))) continue;
    found.set(index, { status: answer.status, reasons: answer.reasons });
  }
  return found;
}
