import type { ExceptionToRaise } from '../exception/exception-kinds.ts';
import { isRejected } from './line-draft.ts';
import type { OrderDecision } from './order-decision.ts';
import { isAnswered, type PurchaseOrder } from './purchase-order.ts';

/** What an 830 calls firm is answered by nothing: of a line of it that is refused, a person must know. */
export function askRefused(order: PurchaseOrder, decision: OrderDecision): readonly ExceptionToRaise[] {
  if (isAnswered(order) || decision.repeated) return [];
  return decision.lines.flatMap((line, i): ExceptionToRaise[] => {
    // Who has refused it knows.
    if (!isRejected(line) || line.reasons.some(({ code }) => code === 'rejected')) return [];
    const message = [...decision.reasons, ...line.reasons].map(({ text }) => text).join('; ');
    return [{ kind: 'firm-not-released', message, line: order.lines[i]!.number }];
  });
}
