import type { Context } from '../../context.ts';
import { escalatesAt, nextEscalation } from '../../domain/exception/escalation.ts';
import type { Instant } from '../../lib/dates.ts';
import { type Database, inTransaction } from '../../store/database.ts';
import { recordEvents } from '../../store/events.ts';
import { lockEscalating, type StoredException, saveEscalations } from '../../store/exceptions.ts';
import { makeEvent } from '../process/records.ts';

/** In one transaction: its locks keep nobody who resolves exceptions waiting for long. */
const AT_ONCE = 100;

/** What nobody resolves is told on, step by step, each step once. Returns how many steps were taken. */
export async function escalateExceptions(context: Context): Promise<number> {
  const now = context.clock();
  for (let taken = 0; ; ) {
    const { found, steps } = await inTransaction(context.db, (tx) => escalateSome(context, tx, now));
    if (found === 0) return taken;
    taken += steps;
  }
}

async function escalateSome(context: Context, tx: Database, now: Instant) {
  const { desk } = context.configuration();
  const due = await lockEscalating(tx, now, AT_ONCE);
  const taken = due.flatMap((exception) => {
    const step = nextEscalation(exception, now, desk);
    return step === undefined ? [] : [{ exception, step }];
  });
  // The settings have changed since, and its step comes later or not at all.
  const left = due
    .filter((exception) => !taken.some((one) => one.exception === exception))
    .map((exception) => ({ id: exception.id, escalateAt: escalatesAt(exception, desk) }));
  await recordEvents(
    tx,
    taken.map(({ exception, step }) => tell(context, exception, step.text, now)),
  );
  await saveEscalations(tx, [
    ...taken.map(({ exception, step }) => ({ id: exception.id, ...step })),
    ...left,
  ]);
  return { found: due.length, steps: taken.length };
}

function tell(context: Context, exception: StoredException, text: string, now: string) {
  const { kind, partner, message, file, document, order } = exception;
  const maker = { ids: context.ids, now, partner };
  return makeEvent(maker, 'exception-escalated', `${kind} ${text}: ${message}`, { file, document, order });
}
