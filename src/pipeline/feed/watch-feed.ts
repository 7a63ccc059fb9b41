import type { Context } from '../../context.ts';
import { inTransaction } from '../../store/database.ts';
import { recordEvents } from '../../store/events.ts';
import { raiseExceptions } from '../../store/exceptions.ts';
import { overdueMessages } from '../../store/feed.ts';
import { makeEvent, makeException } from '../process/records.ts';
import { nameMessage } from './name-message.ts';

/** Messages that the ERP did not acknowledge in time: each becomes an exception, once. */
export async function watchFeed(context: Context): Promise<number> {
  return await inTransaction(context.db, async (tx) => {
    const now = context.clock();
    const { desk } = context.configuration();
    const made = (await overdueMessages(tx, now)).map((message) => {
      const maker = { ids: context.ids, now, partner: message.partner, desk };
      const about = { order: message.order };
      const text = `the ERP has not acknowledged ${nameMessage(message)}, due ${message.acknowledgeBy}`;
      return {
        event: makeEvent(maker, 'erp-overdue', text, about),
        exception: makeException(maker, 'erp-overdue', text, about),
      };
    });
    await recordEvents(
      tx,
      made.map(({ event }) => event),
    );
    await raiseExceptions(
      tx,
      made.map(({ exception }) => exception),
    );
    return made.length;
  });
}
