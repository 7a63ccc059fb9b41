import type { ChangeDecision, ChangeFacts, EarlierChange, StandingOrder } from './change-decision.ts';
import { hashChange, readSequence } from './change-sequence.ts';
import { decideChange } from './decide-change.ts';
import type { OrderChange } from './order-change.ts';

export type AppliedChange = { readonly change: OrderChange; readonly decision: ChangeDecision };

/**
 * Decides the changes that have waited, in the order of their numbers, each on the order that those before it left: to
 * be called when their order has come, and whenever a change of it is settled. Those that must wait on are left out.
 */
export function applyWaiting(waiting: readonly OrderChange[], facts: ChangeFacts): readonly AppliedChange[] {
  const bySequence = waiting.toSorted((a, b) => (readSequence(a) ?? 0) - (readSequence(b) ?? 0));
  const applied: AppliedChange[] = [];
  let { current, earlierChanges } = facts;
  for (const change of bySequence) {
    const contentHash = hashChange(change);
    const others = earlierChanges.filter((one) => one.contentHash !== contentHash);
    const decision = decideChange(change, { ...facts, current, earlierChanges: others });
    earlierChanges = [...others, recordChange(change, decision)];
    if (decision.outcome === 'waiting') continue;
    applied.push({ change, decision });
    current = advance(current, decision);
  }
  return applied;
}

/** The order after a decision on a change of it. */
export function advance(
  current: StandingOrder | undefined,
  { next, blanket }: ChangeDecision,
): StandingOrder | undefined {
  return current === undefined || next === undefined
    ? current
    : { ...current, ...next, blanket: blanket ?? current.blanket };
}

/** What later changes are to know of one that was decided. */
export function recordChange(change: OrderChange, decision: ChangeDecision): EarlierChange {
  return {
    sequence: decision.sequence ?? 0,
    contentHash: hashChange(change),
    state: stateOfChange(decision),
    decision,
  };
}

function stateOfChange({ outcome, next }: ChangeDecision): EarlierChange['state'] {
  if (outcome === 'waiting') return 'waiting';
  if (outcome === 'rejected') return 'refused';
  // An order that waits for a person after the change has been changed; a change that does so has not.
  return outcome === 'held' && next === undefined ? 'held' : 'applied';
}
