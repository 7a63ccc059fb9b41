import type { Context } from '../../context.ts';
import { isOfPlan } from '../../domain/exception/plan-kinds.ts';
import type { Database } from '../../store/database.ts';
import { lockExceptionsOfDocument, resolveException, type StoredException } from '../../store/exceptions.ts';
import { lockPlan } from '../../store/plans.ts';
import type { OrderChoice } from '../choose-resolution.ts';
import { enterPlan } from '../process/enter-plan.ts';
import type { EffectMaker } from '../process/inbound.ts';
import { openLedger } from '../process/judge.ts';
import { loadFactsOfPlan } from '../process/load-facts.ts';
import { startBuilding } from '../process/record-inbound.ts';
import { recordPlan } from '../process/record-plan.ts';
import { makeEvent } from '../process/records.ts';
import { fillFreed } from './announce-promises.ts';
import { followingOf, saveAndSend } from './save-revision.ts';
import { NotDecided, startRevising } from './start-revising.ts';

/** The lines of a schedule or receiving advice that are open are decided with the facts of today; the others stay. */
export async function decidePlanAgain(
  context: Context,
  tx: Database,
  exception: StoredException,
  { resolution }: OrderChoice,
): Promise<string> {
  const { document: id, partner: partnerId } = exception;
  const revising = startRevising(context, tx, partnerId);
  const { partner, company, maker } = revising;
  const stored = id === undefined ? undefined : await lockPlan(tx, id);
  if (id === undefined || stored === undefined)
    throw new NotDecided(
      'the document that it is about is not stored: see to it, then note how with --resolve',
    );
  const { test, document } = stored;
  const before = new Set(stored.settled);
  const { currency, routing: weights } = company;
  const about = { partner, today: maker.now.slice(0, 10), currency, weights };
  const facts = await loadFactsOfPlan(tx, document, before, about);
  const { plan } = enterPlan(openLedger(facts, test), document, before);
  if (!(await resolveException(tx, exception.id, resolution)))
    throw new NotDecided(`${exception.id} was resolved by somebody else meanwhile`);
  const built = startBuilding();
  const why = `${exception.kind}: ${resolution.resolution}`;
  built.events.push(makeEvent(maker, 'exception-resolved', why, { document: id }));
  const effects: EffectMaker = { ...maker, decidedBy: facts.shared };
  const settled = [...before, ...plan.decision.settled].toSorted((a, b) => a - b);
  const whole = { ...plan, decision: { ...plan.decision, settled } };
  recordPlan(whole, document.source?.set ?? document.kind, test, { document: id }, effects, built);
  const open = (await lockExceptionsOfDocument(tx, id)).filter(isOfPlan);
  const asked = new Set(built.exceptions.map(({ message }) => message));
  for (const one of open.filter(({ message }) => !asked.has(message)))
    await resolveException(tx, one.id, { ...resolution, resolution: `answered with ${why}` });
  const known = new Set(open.map(({ message }) => message));
  built.exceptions = built.exceptions.filter(({ message }) => !known.has(message));
  const { freed } = await saveAndSend(
    revising,
    () => ({ interchanges: [], unwritten: [] }),
    followingOf(built),
  );
  await fillFreed(context, tx, freed);
  const left = document.lines.length - settled.length;
  return left === 0 ? 'all of its lines are dealt with' : `${left} of its lines wait still`;
}
