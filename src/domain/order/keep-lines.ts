import { isSameData } from '../../lib/same-data.ts';
import type { Amendment, Refusal } from './amend-order.ts';
import type { StandingOrder } from './change-decision.ts';
import { isRejected } from './line-draft.ts';
import type { OrderDecision, Reason } from './order-decision.ts';
import type { PurchaseOrder } from './purchase-order.ts';

/**
 * A line that the change does not touch keeps its answer where today's facts would refuse it: an item that is no longer
 * sold was promised while it was.
 */
export function keepUntouched(
  current: StandingOrder,
  order: PurchaseOrder,
  decision: OrderDecision,
): OrderDecision {
  const { lines: _old, ...heading } = current.order;
  const { lines: _new, ...headingNow } = order;
  if (isRefusedWhole(decision) || !isSameData(heading, headingNow)) return decision;
  const stood = new Map(current.order.lines.map((line, i) => [line, current.decision.lines[i]]));
  let kept = false;
  const lines = decision.lines.map((line, i) => {
    const before = stood.get(order.lines[i]!);
    if (!isRejected(line) || before === undefined || isRejected(before)) return line;
    kept = true;
    return { ...before, reasons: [...before.reasons, ...line.reasons] };
  });
  if (!kept) return decision;
  const outcome =
    decision.outcome === 'rejected' || decision.outcome === 'accepted'
      ? 'accepted-with-changes'
      : decision.outcome;
  return { ...decision, outcome, lines };
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
