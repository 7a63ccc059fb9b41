import type { Context } from '../../context.ts';
import type { Id } from '../../domain/exchange/records.ts';
import { enqueue, feedJob } from '../../jobs/lanes.ts';
import { inTransaction } from '../../store/database.ts';
import { recordEvents } from '../../store/events.ts';
import { raiseExceptions } from '../../store/exceptions.ts';
import { findMessage, retryMessage, type StoredMessage, settleMessage } from '../../store/feed.ts';
import { makeEvent, makeException } from '../process/records.ts';
import { nameMessage } from './name-message.ts';

export type MessageSettled = { readonly kind: 'done' | 'refused'; readonly text: string };

/** What the ERP says of a message after it came: it has it, or rejects it. Saying the same again changes nothing. */
export async function acknowledgeMessage(
  context: Context,
  id: Id,
  rejected: string | undefined,
): Promise<MessageSettled> {
  return await inTransaction(context.db, async (tx) => {
    const message = await findMessage(tx, id);
    if (message === undefined) return refuse(`there is no message ${id}`);
    const name = nameMessage(message);
    const at = context.clock();
    if (!(await settleMessage(tx, id, { at, rejected }))) return alreadyAcknowledged(message, rejected);
    const { desk } = context.configuration();
    const maker = { ids: context.ids, now: at, partner: message.partner, desk };
    const about = { order: message.order };
    const text = `${name} ${rejected === undefined ? 'acknowledged' : 'rejected'} by the ERP${rejected === undefined ? '' : `: ${rejected}`}`;
    const event = rejected === undefined ? 'erp-acknowledged' : 'erp-rejected';
    await recordEvents(tx, [makeEvent(maker, event, text, about)]);
    if (rejected !== undefined)
      await raiseExceptions(tx, [makeException(maker, 'erp-rejected', text, about)]);
    // It may have held back the next one on its order.
    else await enqueue(tx, feedJob());
    return { kind: 'done', text };
  });
}

/** Sends a message again, under the same id. */
export async function resendMessage(context: Context, id: Id): Promise<MessageSettled> {
  return await inTransaction(context.db, async (tx) => {
    const message = await findMessage(tx, id);
    if (message === undefined) return refuse(`there is no message ${id}`);
    if (!(await retryMessage(tx, id)))
      return refuse(`${nameMessage(message)} was acknowledged: the ERP has it`);
    const maker = { ids: context.ids, now: context.clock(), partner: message.partner };
    const text = `${nameMessage(message)} is sent to the ERP again`;
    await recordEvents(tx, [makeEvent(maker, 'retried', text, { order: message.order })]);
    await enqueue(tx, feedJob());
    return { kind: 'done', text };
  });
}

function alreadyAcknowledged(message: StoredMessage, rejected: string | undefined): MessageSettled {
  const text = `${nameMessage(message)} was acknowledged at ${message.settledAt}`;
  return rejected === undefined ? { kind: 'done', text } : refuse(`${text}: it cannot be rejected any more`);
}

function refuse(text: string): MessageSettled {
  return { kind: 'refused', text };
}
