import { closeBlanket } from '../blanket/adjust-blanket.ts';
import { amendBlanket } from '../blanket/amend-blanket.ts';
import type { Blanket } from '../blanket/blanket.ts';
import { applyEntries } from '../blanket/ledger.ts';
import { type CommittedLine, committedLines } from '../blanket/open-blanket.ts';
import type { ExceptionToRaise } from '../exception/exception-kinds.ts';
import { type Amendment, type AmendState, amendOrder, cancelLines, type Refusal } from './amend-order.ts';
import type {
  ChangeDecision,
  ChangeFacts,
  ChangeOutcome,
  OrderVersion,
  StandingOrder,
} from './change-decision.ts';
import { countSequence } from './change-sequence.ts';
import { compareOrders } from './compare-orders.ts';
import { isShippedWhole } from './is-shipped-whole.ts';
import { decideKeeping, listLost, refuseNewlyRejected } from './keep-lines.ts';
import { leave, nameChange, reject } from './leave-order.ts';
import { listChangedLines } from './list-changed-lines.ts';
import { nameOrder } from './name-order.ts';
import type { OrderChange } from './order-change.ts';
import type { OrderDecision, Reason } from './order-decision.ts';
import type { OrderFacts } from './order-facts.ts';
import { dropOvertaken } from './overtaken-rulings.ts';
import type { PurchaseOrder } from './purchase-order.ts';

/** Amends and decides again until nothing that the change asks for would cost the order a line that stood. */
export function makeChange(change: OrderChange, facts: ChangeFacts, current: StandingOrder): ChangeDecision {
  const refused = new Map<number, Refusal>();
  for (;;) {
    const state = stateOf(facts, current, refused);
    const amendment =
      change.purpose === 'cancel'
        ? cancelLines(current.order, withoutReleases(state))
        : amendOrder(current.order, change, state);
    if (amendment.questions.length > 0) return question(change, facts, amendment);
    if (amendment.order.lines.length === 0 && current.order.lines.length > 0)
      return cancel(change, facts, current, amendment);
    const overtaken = dropOvertaken(facts.orderFacts.rulings, current.order, amendment.order);
    const orderFacts: OrderFacts = { ...facts.orderFacts, earlier: undefined, rulings: overtaken.kept };
    const decision = decideKeeping(current, amendment.order, orderFacts);
    const lost = listLost(current, amendment.order, decision);
    if (lost.length > 0) return reject(change, facts, lost, amendment);
    const found = refuseNewlyRejected(amendment, decision, current);
    if (found.size === 0)
      return conclude(change, facts, current, { amendment, decision, overtaken: overtaken.dropped });
    for (const [index, refusal] of found) refused.set(index, refusal);
  }
}

function stateOf(
  { policy, rulings }: ChangeFacts,
  current: StandingOrder,
  refused: AmendState['refused'],
): AmendState {
  const { blanket, shipped } = current;
  const released = blanket?.lines.map((line) => [line.number, line.released] as const);
  return {
    drawn: released === undefined ? shipped : new Map(released),
    drawnBy: released === undefined ? 'shipped' : 'released',
    meaning: policy.quantity,
    rulings,
    refused,
  };
}

/** Releases are orders of their own: they stand when the rest of their blanket order is cancelled. */
function withoutReleases(state: AmendState): AmendState {
  return state.drawnBy === 'released' ? { ...state, drawn: new Map() } : state;
}

type Made = {
  readonly amendment: Amendment;
  readonly decision: OrderDecision;
  readonly overtaken: ChangeDecision['overtaken'];
};

function conclude(
  change: OrderChange,
  facts: ChangeFacts,
  current: StandingOrder,
  made: Made,
): ChangeDecision {
  const { amendment, decision } = made;
  const differences = compareOrders(current.order, amendment.order);
  const changed = differences.length > 0;
  const refusals = [...amendment.refused, ...amendment.lines.flatMap(({ reasons }) => reasons)];
  const exceptions = raiseAfterShipment(change, amendment);
  if (!changed) {
    const nothing =
      amendment.lines.every(({ result }) => result === 'unchanged') && amendment.refused.length === 0;
    if (!nothing) return { ...reject(change, facts, refusals, amendment), exceptions };
    return leave(change, facts, 'accepted', [], amendment);
  }
  const commitment = commit(nameChange(change, facts), current, amendment.order, decision);
  if (commitment.reasons.length > 0) return reject(change, facts, commitment.reasons);
  const next: OrderVersion = {
    version: current.version + 1,
    order: amendment.order,
    decision,
    state: isShippedWhole(amendment.order, decision, (i) =>
      current.shipped.get(amendment.order.lines[i - 1]!.number),
    )
      ? 'closed'
      : 'open',
  };
  return {
    outcome: weigh(amendment, decision),
    sequence: countSequence(change, facts),
    reasons: [...amendment.refused, ...decision.reasons],
    lines: listChangedLines(amendment, next, current.shipped),
    stands: next,
    next,
    differences,
    exceptions: [...exceptions, ...decision.exceptions],
    bookings: commitment.bookings,
    ...(commitment.blanket === undefined ? {} : { blanket: commitment.blanket }),
    overtaken: made.overtaken,
  };
}

/** Everything is taken out: the order is cancelled, and keeps its lines for whoever asks later. */
function cancel(
  change: OrderChange,
  facts: ChangeFacts,
  current: StandingOrder,
  amendment: Amendment,
): ChangeDecision {
  const reason = { code: 'cancelled', text: `order ${nameOrder(change)} is cancelled by its buyer` };
  const decision: OrderDecision = {
    outcome: 'rejected',
    repeated: false,
    reasons: [reason],
    lines: current.decision.lines.map(({ promises: _p, route: _r, routes: _s, ...line }) => ({
      ...line,
      status: 'ID',
      reasons: [reason],
    })),
    exceptions: [],
    amount: '0',
  };
  const next: OrderVersion = {
    version: current.version + 1,
    order: current.order,
    decision,
    state: 'cancelled',
  };
  return {
    ...leave(change, facts, 'accepted', [reason]),
    lines: listChangedLines(
      { ...amendment, order: { ...amendment.order, lines: [] } },
      next,
      current.shipped,
    ),
    stands: next,
    next,
    differences: [{ path: 'state', from: current.state, to: 'cancelled' }],
    ...(current.blanket === undefined ? {} : endBlanket(current.blanket, nameChange(change, facts))),
  };
}

function endBlanket(blanket: Blanket, reference: string): Pick<ChangeDecision, 'blanket' | 'bookings'> {
  const bookings = closeBlanket(blanket, reference);
  return { blanket: applyEntries(blanket, bookings), bookings };
}

/** The commitment of a blanket order becomes what its lines say now. */
function commit(
  name: string,
  { blanket }: StandingOrder,
  order: PurchaseOrder,
  decision: OrderDecision,
): Pick<ChangeDecision, 'blanket' | 'bookings' | 'reasons'> {
  if (blanket === undefined) return { blanket, bookings: [], reasons: [] };
  const standing = new Map(committedLines(order, decision.lines).map((line) => [line.number, line]));
  // A line that waits for a person, or was refused, is committed as it was until then.
  const before = new Map(blanket.lines.map((line) => [line.number, { ...line, quantity: line.committed }]));
  const wanted = order.lines.flatMap(({ number }): CommittedLine[] => {
    const line = standing.get(number) ?? before.get(number);
    return line === undefined ? [] : [line];
  });
  return amendBlanket(blanket, wanted, name);
}

function weigh(amendment: Amendment, decision: OrderDecision): ChangeOutcome {
  if (decision.outcome === 'held') return 'held';
  const made = amendment.lines.every(({ result }) => !['refused', 'cut'].includes(result));
  const asAsked = made && amendment.refused.length === 0 && decision.outcome === 'accepted';
  return asAsked ? 'accepted' : 'accepted-with-changes';
}

function question(change: OrderChange, facts: ChangeFacts, amendment: Amendment): ChangeDecision {
  return {
    ...leave(
      change,
      facts,
      'held',
      amendment.questions.map(({ code, text }) => ({ code, text })),
      amendment,
    ),
    exceptions: amendment.questions.map(({ code, text, line }) => ({ kind: code, message: text, line })),
  };
}

function raiseAfterShipment(change: OrderChange, { lines, refused }: Amendment): ExceptionToRaise[] {
  const late = lines.flatMap(({ number, reasons }) =>
    reasons.filter(isLate).map(({ text }) => ({ line: number, message: text })),
  );
  const heading = refused
    .filter(isLate)
    .map(({ text }) => ({ line: undefined, message: `change of order ${nameOrder(change)}: ${text}` }));
  return [...late, ...heading].map((one) => ({ kind: 'change-after-shipment', ...one }));
}

function isLate({ code }: Reason): boolean {
  return code.endsWith('-shipped');
}
