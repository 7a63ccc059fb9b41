import type { ChangeDecision, ChangeFacts, StandingOrder } from './change-decision.ts';
import { findTurn } from './change-sequence.ts';
import { hold, leave, reject } from './leave-order.ts';
import { makeChange } from './make-change.ts';
import { nameOrder } from './name-order.ts';
import type { OrderChange } from './order-change.ts';
import type { Reason } from './order-decision.ts';

/** Facts in, decision out: which change it is, whether the order may be changed, and what the changed order leads to. */
export function decideChange(change: OrderChange, facts: ChangeFacts): ChangeDecision {
  const turn = findTurn(change, facts);
  switch (turn.kind) {
    case 'repeat': {
      const { decision } = turn.of;
      const answered = decision ?? leave(change, facts, 'waiting', []);
      return {
        ...answered,
        outcome: 'repeated',
        repeats: answered.repeats ?? answered.outcome,
        next: undefined,
        exceptions: [],
        bookings: [],
        overtaken: [],
      };
    }
    case 'unreadable':
    case 'reused':
      return hold(change, facts, 'change-sequence', turn.text);
    case 'outdated':
      return reject(change, facts, [{ code: 'change-outdated', text: turn.text }]);
    case 'gap':
    case 'turn':
      return takeTurn(change, facts, turn.kind === 'gap' ? turn.text : undefined);
  }
}

function takeTurn(change: OrderChange, facts: ChangeFacts, gap: string | undefined): ChangeDecision {
  const { current } = facts;
  const ruled = facts.rulings.find(({ line, choice }) => line === undefined && choice.kind === 'reject');
  if (ruled !== undefined) {
    return reject(change, facts, [
      {
        code: 'refused-by-person',
        text: `refused by ${ruled.by}${ruled.reason === undefined ? '' : `: ${ruled.reason}`}`,
      },
    ]);
  }
  if (current === undefined) {
    const text = `order ${nameOrder(change)} is not here`;
    if (facts.mayWait) return leave(change, facts, 'waiting', [{ code: 'waits-for-order', text }]);
    return reject(change, facts, [{ code: 'order-unknown', text }]);
  }
  const ended = refuseEnded(change, current);
  if (ended !== undefined) return reject(change, facts, [ended]);
  if (gap !== undefined) {
    if (facts.mayWait) return leave(change, facts, 'waiting', [{ code: 'waits-for-change', text: gap }]);
    return hold(change, facts, 'change-gap', gap);
  }
  switch (change.purpose) {
    case 'cancel':
    case 'change':
    case 'replace':
      if (
        change.purpose === 'replace' &&
        change.lines.length === 0 &&
        !isOverridden(facts, 'change-conflict')
      )
        return hold(
          change,
          facts,
          'change-conflict',
          'BCH01 05 replaces the order, and no line of it is said',
        );
      return makeChange(change, facts, current);
    default:
      return hold(
        change,
        facts,
        'change-code-unknown',
        `BCH01 ${change.purposeCode ?? `"${change.purpose}"`} is not processed by rule`,
      );
  }
}

function isOverridden({ rulings }: ChangeFacts, kind: string): boolean {
  return rulings.some(({ choice }) => choice.kind === 'override' && choice.codes.includes(kind));
}

function refuseEnded(change: OrderChange, { state, blanket, shipped }: StandingOrder): Reason | undefined {
  const name = nameOrder(change);
  if (state === 'cancelled') return { code: 'order-cancelled', text: `order ${name} is cancelled` };
  // One that is shipped whole may have another price, or a further line.
  if ((state === 'closed' && shipped.size === 0) || blanket?.state === 'closed')
    return { code: 'order-closed', text: `order ${name} is closed` };
  return undefined;
}
