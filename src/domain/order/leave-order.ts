import type { ExceptionKind } from '../exception/exception-kinds.ts';
import type { Amendment } from './amend-order.ts';
import type { ChangeDecision, ChangeFacts, ChangeOutcome } from './change-decision.ts';
import { countSequence } from './change-sequence.ts';
import { listStandingLines } from './list-changed-lines.ts';
import type { OrderChange } from './order-change.ts';
import type { Reason } from './order-decision.ts';

/** Nothing is made until a person has answered. */
export function hold(
  change: OrderChange,
  facts: ChangeFacts,
  kind: ExceptionKind,
  text: string,
): ChangeDecision {
  return { ...leave(change, facts, 'held', [{ code: kind, text }]), exceptions: [{ kind, message: text }] };
}

export function reject(
  change: OrderChange,
  facts: ChangeFacts,
  reasons: readonly Reason[],
  amendment?: Amendment,
): ChangeDecision {
  return leave(change, facts, 'rejected', reasons, amendment);
}

/** A decision that leaves the order as it stands. */
export function leave(
  change: OrderChange,
  facts: ChangeFacts,
  outcome: ChangeOutcome,
  reasons: readonly Reason[],
  amendment?: Amendment,
): ChangeDecision {
  const { current } = facts;
  return {
    outcome,
    sequence: countSequence(change, facts),
    reasons,
    lines: listStandingLines(change, current, outcome, amendment),
    stands: current && {
      version: current.version,
      order: current.order,
      decision: current.decision,
      state: current.state,
    },
    differences: [],
    exceptions: [],
    bookings: [],
    overtaken: [],
  };
}

export function nameChange(change: OrderChange, facts: ChangeFacts): string {
  return `change ${countSequence(change, facts) ?? change.changeSequence}`;
}
