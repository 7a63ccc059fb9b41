import type { Context } from '../../context.ts';
import type { Id } from '../../domain/exchange/records.ts';
import { acknowledgeOrder } from '../../domain/order/acknowledge-order.ts';
import { hashChange } from '../../domain/order/change-sequence.ts';
import { decideOrder, identifyOrder } from '../../domain/order/decide-order.ts';
import type { OrderDecision } from '../../domain/order/order-decision.ts';
import type { PurchaseOrder } from '../../domain/order/purchase-order.ts';
import { restateOrder } from '../../domain/order/restate-order.ts';
import type { Ruling } from '../../domain/order/ruling.ts';
import { pickFacts } from '../../domain/order/share-facts.ts';
import type { Database } from '../../store/database.ts';
import { readContent } from '../../store/documents.ts';
import { lockExceptionsOfOrder, resolveException, type StoredException } from '../../store/exceptions.ts';
import { findOrders } from '../../store/facts.ts';
import { loadStandingOrders, type StoredOrder } from '../../store/standing-orders.ts';
import type { OrderChoice } from '../choose-resolution.ts';
import type { EffectMaker } from '../process/inbound.ts';
import { openLedger } from '../process/judge.ts';
import { judgeOrder } from '../process/judge-order.ts';
import { ruleOnChange } from '../process/ledger.ts';
import { loadFactsOfNew, loadFactsOfOrders } from '../process/load-facts.ts';
import { recordChange, recordRevision } from '../process/record-change.ts';
import { startBuilding } from '../process/record-inbound.ts';
import { recordOrder } from '../process/record-order.ts';
import { makeEvent, makeException } from '../process/records.ts';
import type { Brought } from '../process/verdict.ts';
import type { Drafts, WriteDocuments } from '../respond/drafts.ts';
import { fillFreed } from './announce-promises.ts';
import { keepAsked } from './keep-asked.ts';
import { draftAnswer, draftUnasked, followingOf, type Revising, saveAndSend } from './save-revision.ts';
import { NotDecided, startRevising } from './start-revising.ts';

/** An order that came under the number of another, with other content: kept as its document alone. */
type Duplicate = {
  readonly revising: Revising;
  readonly document: Id;
  readonly order: PurchaseOrder;
  readonly test: boolean;
  /** The one that came first. */
  readonly first: StoredOrder;
  readonly why: string;
  readonly choice: OrderChoice;
};

/** The next version of the first order, an order of its own, or refused: as a person chose. */
export async function decideDuplicate(
  context: Context,
  tx: Database,
  exception: StoredException,
  choice: OrderChoice,
): Promise<string> {
  const duplicate = await findDuplicate(context, tx, exception, choice);
  if (!(await resolveException(tx, exception.id, choice.resolution)))
    throw new NotDecided(`${exception.id} was resolved by somebody else meanwhile`);
  const ruled = choice.ruling?.choice;
  if (ruled === undefined) return await takeAsVersion(duplicate);
  if (ruled.kind === 'set-po-number') return await takeAsOrder(duplicate, ruled.poNumber);
  return await refuseDuplicate(duplicate, choice.ruling!);
}

async function findDuplicate(
  context: Context,
  tx: Database,
  { kind, document, partner }: StoredException,
  choice: OrderChoice,
): Promise<Duplicate> {
  const revising = startRevising(context, tx, partner);
  const stored = document === undefined ? undefined : await readContent(tx, document);
  const order = stored?.content as PurchaseOrder | undefined;
  if (document === undefined || stored === undefined || order?.kind !== 'purchase-order')
    throw new NotDecided('no 850 stands behind this: see to it, then note how with --resolve');
  const testing = revising.partner.file.status === 'testing';
  const test = testing || (context.settings.mode === 'production' && stored.usage === 'T');
  const key = identifyOrder(order);
  const named = await loadStandingOrders(tx, partner, [key]);
  const first = named.find((one) => one.test === test && one.order.shipTo === key.shipTo);
  if (first === undefined) throw new NotDecided(`order ${key.poNumber}, which came first, is not here`);
  const why = `${kind}: ${choice.resolution.resolution}`;
  return { revising, document, order, test, first, why, choice };
}

function aboutOf({ partner, company, maker }: Revising) {
  const { currency, routing: weights } = company;
  return { partner, today: maker.now.slice(0, 10), currency, weights };
}

/** As a change that replaces the first order would be made: what is shipped stays, what is released as well. */
async function takeAsVersion(duplicate: Duplicate): Promise<string> {
  const { revising, document, order, test, first, why, choice } = duplicate;
  const { context, tx, maker } = revising;
  const change = restateOrder(order);
  const earlier = { sequence: 0, contentHash: hashChange(change), state: 'held' } as const;
  const known = [{ id: document, test, known: { change, earlier, rulings: [] } }];
  const facts = await loadFactsOfOrders(tx, [first], known, aboutOf(revising));
  const { at, by } = choice.resolution;
  const override: Ruling = { at, by, choice: { kind: 'override', codes: ['change-sequence'] } };
  const [judged, ...woken] = ruleOnChange(openLedger(facts, test), document, override) ?? [];
  const next = judged?.decision.next;
  if (judged === undefined || next === undefined) {
    const reasons = judged?.decision.reasons.map(({ text }) => text) ?? [];
    throw new NotDecided(`it cannot take the place of the first: ${reasons.join('; ') || 'nothing differs'}`);
  }
  const built = startBuilding();
  const effects: EffectMaker = { ...maker, decidedBy: facts.shared };
  const about = { document, order: first.id };
  built.events.push(makeEvent(maker, 'exception-resolved', why, about));
  recordRevision(judged, { ...about, test }, effects, built);
  for (const one of woken) recordChange(one, test, undefined, effects, built);
  const asked = judged.decision.exceptions.map(({ kind, message, line }) =>
    makeException(maker, kind, message, about, { line, amount: next.decision.amount }),
  );
  const open = await lockExceptionsOfOrder(tx, first.id);
  built.exceptions = await keepAsked(tx, open, asked, choice.resolution, why);
  const draft = (write: WriteDocuments) => draftAnswer(revising, { stored: first, next }, write);
  const { files, freed } = await saveAndSend(revising, draft, followingOf(built));
  await fillFreed(context, tx, freed);
  return `order ${order.poNumber} is in version ${next.version} now, ${next.decision.outcome}; ${files} is on its way`;
}

/** Under the number that the partner gave it. */
async function takeAsOrder(duplicate: Duplicate, poNumber: string): Promise<string> {
  const { revising, document, test, why } = duplicate;
  const { context, tx, maker, partner } = revising;
  const order = { ...duplicate.order, poNumber };
  const known = await findOrders(tx, partner.id, test, [identifyOrder(order)]);
  if (known.length > 0) throw new NotDecided(`there is an order ${poNumber} already: give it another number`);
  const facts = await loadFactsOfNew(tx, order, aboutOf(revising));
  const key: Brought = { order: judgeOrder(order, openLedger(facts, test), {}).order };
  const built = startBuilding();
  const effects: EffectMaker = { ...maker, decidedBy: facts.shared };
  const judged = { ...key.order, drafted: true } as const;
  const record = recordOrder(judged, key, test, { document }, effects, built)!;
  built.events.push(makeEvent(maker, 'exception-resolved', why, { document, order: record.id }));
  const draft = (write: WriteDocuments) => answerWith(duplicate, order, judged.decision, record.id, write);
  const { files, freed } = await saveAndSend(revising, draft, followingOf(built));
  await fillFreed(context, tx, freed);
  return `order ${poNumber} is ${judged.decision.outcome}; ${files} is on its way`;
}

async function refuseDuplicate(duplicate: Duplicate, ruling: Ruling): Promise<string> {
  const { revising, document, order, test, first, why } = duplicate;
  const { tx, maker } = revising;
  const facts = await loadFactsOfNew(tx, order, aboutOf(revising));
  const { shared } = openLedger(facts, test);
  const decision = decideOrder(order, pickFacts(shared, order, undefined, [ruling]));
  const built = startBuilding();
  built.events.push(makeEvent(maker, 'exception-resolved', why, { document }));
  const draft = (write: WriteDocuments) => answerWith(duplicate, order, decision, first.id, write);
  const { files } = await saveAndSend(revising, draft, followingOf(built));
  return `the second order ${order.poNumber} is refused, the first stands; ${files} is on its way`;
}

/** An 855, as the 850 would have been answered. */
function answerWith(
  { revising: { partner, maker }, test }: Duplicate,
  order: PurchaseOrder,
  decision: OrderDecision,
  about: Id,
  write: WriteDocuments,
): Drafts {
  const { split } = partner.file.orders;
  const document = acknowledgeOrder(order, decision, { today: maker.now.slice(0, 10), split });
  const documents = [{ document, order: about }];
  return draftUnasked(partner, { set: '855', functionalId: 'PR', documents, test }, write);
}
