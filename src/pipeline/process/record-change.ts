import type { Id, Revision } from '../../domain/exchange/records.ts';
import { recordChange as summarize } from '../../domain/order/apply-waiting.ts';
import type { OrderVersion } from '../../domain/order/change-decision.ts';
import { nameOrder } from '../../domain/order/name-order.ts';
import type { KnownOrder } from '../../domain/order/standing.ts';
import { type Decimal, fromBig, toBig } from '../../lib/decimal.ts';
import type { Building, EffectMaker } from './inbound.ts';
import { listBookings } from './ledger.ts';
import { allocateOrder, nameBookings, nameNewBlankets, recordCounted } from './record-effects.ts';
import { makeLines } from './record-order.ts';
import { type Maker, makeEvent, makeException } from './records.ts';
import type { JudgedChange, JudgedSet } from './verdict.ts';

export function findId<K extends object>(
  ref: { readonly id?: Id; readonly set?: K } | undefined,
  ids: ReadonlyMap<K, Id>,
): Id | undefined {
  return ref?.id ?? (ref?.set && ids.get(ref.set));
}

/** Where what follows from a change is collected. */
export type ChangeBuilding = Pick<
  Building,
  | 'events'
  | 'exceptions'
  | 'changes'
  | 'revisions'
  | 'blankets'
  | 'bookings'
  | 'exposures'
  | 'ordered'
  | 'authorised'
> & { readonly documentOf: ReadonlyMap<JudgedSet, Id>; readonly orderOf: Building['orderOf'] };

/** What was decided of a change, and the next version of its order where it has one. */
export function recordChange(
  judged: JudgedChange,
  test: boolean,
  file: Id | undefined,
  maker: EffectMaker,
  built: ChangeBuilding,
): void {
  const { change, decision, ref, standing } = judged;
  const document = findId(ref, built.documentOf)!;
  const order = findId(standing?.ref, built.orderOf);
  const about = { file, document, order };
  const name = nameChange(judged);
  const reasons = [...decision.reasons, ...decision.lines.flatMap((line) => line.reasons)];
  const told = reasons.map(({ text }) => text).join('; ');
  const what = decision.outcome === 'repeated' ? 'came again, answered as before' : decision.outcome;
  const text = `${name} ${what}${told === '' ? '' : `: ${told}`}`;
  built.events.push(makeEvent(maker, 'change-decided', text, about));
  for (const { kind, message, line } of decision.exceptions)
    built.exceptions.push(makeException(maker, kind, `${name}: ${message}`, about, { line }));
  if (decision.outcome === 'repeated') return;
  const { sequence, contentHash, state } = summarize(change, decision);
  built.changes.push({
    document,
    partner: maker.partner,
    poNumber: change.poNumber,
    releaseNumber: change.releaseNumber ?? '',
    test,
    sequence,
    contentHash,
    state,
    decision,
    order,
    at: maker.now,
  });
  if (order !== undefined && decision.next !== undefined)
    recordRevision(judged, { document, order, test }, maker, built);
}

function nameChange({ change, decision }: JudgedChange): string {
  const number = decision.sequence === undefined ? '' : ` ${decision.sequence}`;
  return `change${number} of order ${nameOrder(change)}`;
}

export function recordRevision(
  judged: JudgedChange,
  { document, order, test }: { readonly document: Id; readonly order: Id; readonly test: boolean },
  maker: EffectMaker,
  built: ChangeBuilding,
): void {
  const { decision, before } = judged;
  built.revisions.push({
    ...makeRevision(order, before!.standing, decision.next!, test, maker),
    changedBy: document,
    difference: decision.differences,
    overtaken: decision.overtaken,
    blanket: decision.blanket && nameNewBlankets([decision.blanket], built)[0],
  });
  const bookings = nameBookings(listBookings(judged), built);
  built.bookings.push(...bookings.map((booking) => ({ ...booking, at: maker.now, order })));
  if (test) return;
  recordExposure(judged.before!, decision.next!, maker, built);
  const ended = decision.next!.state === 'cancelled';
  recordCounted(
    before!.standing.decision,
    ended ? undefined : decision.next!.decision,
    maker.decidedBy,
    built,
  );
}

/** The next version of an order, with what it draws on instead of what it drew on before. */
export function makeRevision(
  order: Id,
  before: OrderVersion,
  next: OrderVersion,
  test: boolean,
  maker: EffectMaker,
): Omit<Revision, 'difference'> {
  const draws = !test && next.state !== 'cancelled';
  const allocations = draws ? allocateOrder(order, next.order, next.decision, maker) : [];
  return { ...makeVersion(order, before, next, maker), allocations };
}

/** The same where what it draws on stays. */
export function makeVersion(
  order: Id,
  before: OrderVersion,
  next: OrderVersion,
  { now }: Maker,
): Omit<Revision, 'difference' | 'allocations'> {
  return {
    order,
    version: before.version,
    before: { content: before.order, decision: before.decision },
    at: now,
    next: {
      version: next.version,
      state: next.state,
      content: next.order,
      decision: next.decision,
      outcome: next.decision.outcome,
      amount: next.state === 'cancelled' ? undefined : next.decision.amount,
    },
    lines: makeLines(order, next.order, next.decision),
  };
}

/** Of an order that ends with what has left of it nothing is left to ship. */
function countOn({ shippedAmount = '0' }: KnownOrder, { state, decision }: OrderVersion): Decimal {
  if (state === 'closed') return shippedAmount;
  return state === 'cancelled' ? '0' : (decision.amount ?? '0');
}

/** What the order counts more or less as accepted and not shipped; what is owed is kept in one currency. */
export function recordExposure(
  before: KnownOrder,
  next: OrderVersion,
  { decidedBy: { customer, currency } }: EffectMaker,
  effects: Pick<Building, 'exposures'>,
): void {
  if ((next.order.currency ?? currency) !== customer.accountCurrency) return;
  const amount = toBig(countOn(before, next)).minus(before.amount ?? '0');
  if (!amount.eq(0)) effects.exposures.push({ customer: customer.number, amount: fromBig(amount) });
}
