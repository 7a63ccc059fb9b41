import type { Context } from '../../context.ts';
import { acknowledgeChange } from '../../domain/order/acknowledge-change.ts';
import type { Database } from '../../store/database.ts';
import { lockExceptionsOfDocument, resolveException, type StoredException } from '../../store/exceptions.ts';
import { saveRuling } from '../../store/revisions.ts';
import { findChange, loadChanges, loadStandingOrders } from '../../store/standing-orders.ts';
import type { OrderChoice } from '../choose-resolution.ts';
import type { EffectMaker } from '../process/inbound.ts';
import { openLedger } from '../process/judge.ts';
import { ruleOnChange } from '../process/ledger.ts';
import { loadFactsOfOrders } from '../process/load-facts.ts';
import { recordChange } from '../process/record-change.ts';
import { startBuilding } from '../process/record-inbound.ts';
import { makeEvent } from '../process/records.ts';
import type { JudgedChange } from '../process/verdict.ts';
import type { Drafts, WriteDocuments } from '../respond/drafts.ts';
import { fillFreed } from './announce-promises.ts';
import { keepAsked } from './keep-asked.ts';
import { draftUnasked, followingOf, type Revising, saveAndSend } from './save-revision.ts';
import { NotDecided, startRevising } from './start-revising.ts';

/** A change that was asked about is decided again with what a person chose, and those that have waited for it. */
export async function decideChangeAgain(
  context: Context,
  tx: Database,
  exception: StoredException,
  { ruling, resolution }: OrderChoice,
): Promise<string> {
  const revising = startRevising(context, tx, exception.partner);
  const { partner, company, maker } = revising;
  const document = exception.document;
  const found = document === undefined ? undefined : await findChange(tx, document);
  if (document === undefined || found === undefined)
    throw new NotDecided(
      'the change that it is about is not stored: see to it, then note how with --resolve',
    );
  const { test, ...key } = found;
  const standing = await loadStandingOrders(tx, partner.id, [key]);
  const known = await loadChanges(tx, partner.id, [key]);
  const { currency, routing: weights } = company;
  const about = { partner, today: maker.now.slice(0, 10), currency, weights };
  const facts = await loadFactsOfOrders(tx, standing, known, about);
  const judged = ruleOnChange(openLedger(facts, test), document, ruling);
  if (judged === undefined) throw new NotDecided('it cannot be told which order it is of');
  if (ruling !== undefined) await saveRuling(tx, maker.ids(), { change: document }, ruling);
  if (!(await resolveException(tx, exception.id, resolution)))
    throw new NotDecided(`${exception.id} was resolved by somebody else meanwhile`);
  const built = startBuilding();
  const event = `${exception.kind}: ${resolution.resolution}`;
  built.events.push(makeEvent(maker, 'exception-resolved', event, { document }));
  const effects: EffectMaker = { ...maker, decidedBy: facts.shared };
  for (const one of judged) recordChange(one, test, undefined, effects, built);
  const open = await lockExceptionsOfDocument(tx, document);
  built.exceptions = await keepAsked(tx, open, built.exceptions, resolution, event);
  const { files, freed } = await saveAndSend(
    revising,
    (write) => draftAnswers(revising, judged, test, write),
    followingOf(built),
  );
  await fillFreed(context, tx, freed);
  const [{ decision } = { decision: undefined }] = judged;
  const name = `change of order ${key.poNumber}`;
  return `${name} is ${decision?.outcome} now${files === '' ? '' : `; ${files} is on its way`}`;
}

function draftAnswers(
  { partner, maker }: Revising,
  judged: readonly JudgedChange[],
  test: boolean,
  write: WriteDocuments,
): Drafts {
  const terms = { today: maker.now.slice(0, 10), split: partner.file.orders.split };
  const documents = judged.flatMap((change) => {
    const document = acknowledgeChange(change.change, change.decision, terms);
    return document === undefined ? [] : [{ document, change }];
  });
  return draftUnasked(partner, { set: '865', functionalId: 'CA', documents, test }, write);
}
