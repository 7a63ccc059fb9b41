import type { Context } from '../../context.ts';
import { findKind } from '../../domain/exception/exception-kinds.ts';
import { isOfPlan } from '../../domain/exception/plan-kinds.ts';
import type { ExceptionRecord, Id, Outcome } from '../../domain/exchange/records.ts';
import { askRefused } from '../../domain/order/ask-refused.ts';
import type { OrderVersion } from '../../domain/order/change-decision.ts';
import { decideOrder, identifyOrder } from '../../domain/order/decide-order.ts';
import { isShippedWhole } from '../../domain/order/is-shipped-whole.ts';
import { nameOrder } from '../../domain/order/name-order.ts';
import type { OrderDecision } from '../../domain/order/order-decision.ts';
import type { OrderFacts, SharedFacts } from '../../domain/order/order-facts.ts';
import type { PurchaseOrder } from '../../domain/order/purchase-order.ts';
import type { Ruling } from '../../domain/order/ruling.ts';
import { opensBlanket, pickFacts } from '../../domain/order/share-facts.ts';
import { giveBack, giveBackBooked, type KnownOrder } from '../../domain/order/standing.ts';
import { type Database, inTransaction } from '../../store/database.ts';
import {
  lockExceptionsOfOrder,
  type Resolution,
  resolveException,
  type StoredException,
} from '../../store/exceptions.ts';
import { findOrders } from '../../store/facts.ts';
import { saveRuling } from '../../store/revisions.ts';
import { loadHeldReleases, loadStandingOrders, type StoredOrder } from '../../store/standing-orders.ts';
import type { OrderChoice, RuleOrder } from '../choose-resolution.ts';
import type { EffectMaker } from '../process/inbound.ts';
import { itemOf, loadFactsOfOrders } from '../process/load-facts.ts';
import { makeRevision, recordExposure } from '../process/record-change.ts';
import { recordBlankets, recordCounted } from '../process/record-effects.ts';
import { makeEvent, makeException } from '../process/records.ts';
import { fillFreed } from './announce-promises.ts';
import { keepAsked } from './keep-asked.ts';
import { decideChangeAgain } from './rule-change.ts';
import { decideDuplicate } from './rule-duplicate.ts';
import { decidePlanAgain } from './rule-plan.ts';
import { AnswerNotWritten, type Drawing, saveNextVersion } from './save-revision.ts';
import { NotDecided, startRevising } from './start-revising.ts';

/**
 * What a person chose becomes a ruling, and the order is decided again by the same function: saved as its next version,
 * told to the partner, and what it no longer asks is resolved; all of it in one transaction, or nothing.
 */
export const ruleOrder: RuleOrder = async (context, exception, choice) => {
  try {
    const decide = chooseDecider(exception);
    return { text: await inTransaction(context.db, (tx) => decide(context, tx, exception, choice)) };
  } catch (error) {
    if (error instanceof NotDecided || error instanceof AnswerNotWritten)
      return { refused: true, text: error.message };
    throw error;
  }
};

/** What is asked of a change, or of a schedule, is no matter of an order. */
function chooseDecider(exception: StoredException) {
  if (isOfPlan(exception)) return decidePlanAgain;
  if (exception.kind === 'duplicate-order' && exception.order === undefined) return decideDuplicate;
  return exception.kind.startsWith('change-') ? decideChangeAgain : decideAgain;
}

async function decideAgain(
  context: Context,
  tx: Database,
  exception: StoredException,
  { ruling, resolution }: OrderChoice,
): Promise<string> {
  const stored = await findOrder(tx, exception);
  if (!(await resolveException(tx, exception.id, resolution)))
    throw new NotDecided(`${exception.id} was resolved by somebody else meanwhile`);
  const why = `${exception.kind}: ${resolution.resolution}`;
  return await reviseOrder(context, tx, { partner: exception.partner, stored, ruling, resolution, why });
}

/** Why an order is decided again, and what a person has ruled of it. */
type Reason = {
  readonly partner: string;
  readonly stored: StoredOrder;
  readonly ruling?: Ruling | undefined;
  readonly resolution: Resolution;
  readonly why: string;
};

async function reviseOrder(
  context: Context,
  tx: Database,
  { partner: id, stored, ruling, resolution, why }: Reason,
): Promise<string> {
  const revising = startRevising(context, tx, id);
  const { company, partner, maker } = revising;
  const { currency, routing: weights } = company;
  const today = maker.now.slice(0, 10);
  const items = ruling === undefined ? [] : itemOf(ruling.choice);
  const facts = await loadFactsOfOrders(tx, [stored], [], { partner, today, currency, weights }, items);
  const shared = stored.test ? { ...facts.shared, blankets: facts.testBlankets } : facts.shared;
  const next = decideNext(stored.order, shared, ruling);
  await refuseTaken(tx, id, stored, next.order);
  const about = { order: stored.id };
  if (ruling !== undefined) await saveRuling(tx, maker.ids(), about, ruling);
  const effects: EffectMaker = { ...maker, decidedBy: shared };
  const open = await lockExceptionsOfOrder(tx, stored.id);
  const exceptions = await keepAsked(tx, open, listAsked(stored.id, next, effects), resolution, why);
  const name = `order ${nameOrder(next.order)}`;
  const outcome = next.state === 'cancelled' ? 'cancelled' : next.decision.outcome;
  const { files, freed } = await saveNextVersion(revising, {
    stored,
    next,
    revision: makeRevision(stored.id, stored.order.standing, next, stored.test, effects),
    drawing: draw(stored, next, effects),
    events: [
      makeEvent(maker, 'exception-resolved', why, about),
      makeEvent(maker, 'order-decided', `${name} decided again: ${outcome}`, about),
    ],
    exceptions,
  });
  await fillFreed(context, tx, freed);
  return `${name} is ${outcome} now${files === '' ? '' : `; ${files} is on its way`}`;
}

/** Releases that came before their blanket order, which is here now. */
export async function decideReleases(
  context: Context,
  tx: Database,
  opened: Outcome['blankets'],
): Promise<void> {
  for (const { blanket } of opened) {
    const { partner, poNumber } = blanket;
    const at = context.clock();
    const resolution = { at, by: 'causeway', resolution: `blanket order ${poNumber} has come` };
    for (const stored of await loadHeldReleases(tx, blanket.id))
      await reviseOrder(context, tx, { partner, stored, resolution, why: resolution.resolution });
  }
}

async function findOrder(tx: Database, { order, kind, partner }: StoredException): Promise<StoredOrder> {
  if (order === undefined) {
    const means = findKind(kind)?.means ?? kind;
    throw new NotDecided(
      `no order of ours stands behind this (${means}): see to it, then note how with --resolve`,
    );
  }
  const [stored] = await loadStandingOrders(tx, partner, [], [order]);
  if (stored === undefined) throw new NotDecided(`there is no order ${order}`);
  const { state } = stored.order.standing;
  if (state !== 'open')
    throw new NotDecided(`order ${stored.order.poNumber} is ${state}: nothing is left to decide`);
  return stored;
}

async function refuseTaken(
  tx: Database,
  partner: string,
  { order: { standing }, test }: StoredOrder,
  next: PurchaseOrder,
): Promise<void> {
  if (next.poNumber === standing.order.poNumber) return;
  const known = await findOrders(tx, partner, test, [identifyOrder(next)]);
  if (known.length > 0) throw new NotDecided(`there is an order ${next.poNumber} already`);
}

/** The order as it stands, decided with what was ruled before and now. */
function decideNext(known: KnownOrder, shared: SharedFacts, ruling: Ruling | undefined): OrderVersion {
  const { standing, booked, rulings: before } = known;
  const { version } = standing;
  const order = nameAsRuled(standing.order, ruling);
  const rulings = ruling === undefined ? before : [...before, ruling];
  const { shipped } = standing;
  refuseAfterShipment(known, ruling);
  const picked = pickFacts(giveBack(shared, known), order, undefined, rulings);
  const facts: OrderFacts = { ...picked, booked, shipped };
  const decision = decideOrder(order, facts);
  const cancelled = ruling?.choice.kind === 'cancel' && ruling.line === undefined;
  const whole = isShippedWhole(order, decision, (i) => shipped.get(order.lines[i - 1]!.number));
  return {
    version: version + 1,
    order,
    decision,
    state: cancelled ? 'cancelled' : whole ? 'closed' : 'open',
  };
}

/** What has left cannot be refused any more. */
function refuseAfterShipment({ poNumber, standing }: KnownOrder, ruling: Ruling | undefined): void {
  if (ruling?.choice.kind !== 'cancel' && ruling?.choice.kind !== 'reject') return;
  const gone = [...standing.shipped.keys()].filter((line) => (ruling.line ?? line) === line);
  if (gone.length === 0) return;
  const what = `line ${gone.join(', ')} of order ${poNumber} has left in part or whole`;
  throw new NotDecided(`${what}: take the shipment back (causeway ship), or arrange a return`);
}

/** The number of an order that had none. */
function nameAsRuled(order: PurchaseOrder, ruling: Ruling | undefined): PurchaseOrder {
  const { choice, line } = ruling ?? {};
  return choice?.kind === 'set-po-number' && line === undefined
    ? { ...order, poNumber: choice.poNumber }
    : order;
}

function draw(stored: StoredOrder, next: OrderVersion, maker: EffectMaker): Drawing {
  const drawing: Required<Drawing> = {
    blankets: [],
    bookings: [],
    exposures: [],
    ordered: [],
    authorised: [],
  };
  const { order: known, id, test } = stored;
  const before = known.standing.decision;
  if (next.state === 'cancelled') {
    const back = giveBackBooked(known, `release ${known.releaseNumber} cancelled`);
    drawing.bookings.push(...back.map((booking) => ({ ...booking, at: maker.now, order: id })));
  } else {
    // A blanket that is open stays as it was opened.
    const opened = opensBlanket(known.standing.order, before);
    const decision: OrderDecision = opened ? { ...next.decision, outcome: 'held' } : next.decision;
    recordBlankets(id, next.order, decision, maker, { ...drawing, allocations: [] });
  }
  if (test) return drawing;
  recordExposure(known, next, maker, drawing);
  recordCounted(before, next.state === 'cancelled' ? undefined : next.decision, maker.decidedBy, drawing);
  return drawing;
}

/** What the order asks as it is decided now. */
function listAsked(
  order: Id,
  { order: asked, decision, state }: OrderVersion,
  maker: EffectMaker,
): readonly ExceptionRecord[] {
  if (state === 'cancelled') return [];
  return [...decision.exceptions, ...askRefused(asked, decision)].map(({ kind, message, line }) => {
    const concern = { amount: decision.amount, priority: maker.decidedBy.customer.priority, line };
    return makeException(maker, kind, message, { order }, concern);
  });
}
