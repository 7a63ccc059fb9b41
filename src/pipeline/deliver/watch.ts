import type { Context } from '../../context.ts';
import type { DocumentRecord } from '../../domain/exchange/records.ts';
import { inTransaction } from '../../store/database.ts';
import { overdueDocuments } from '../../store/documents.ts';
import { recordEvents } from '../../store/events.ts';
import { raiseExceptions } from '../../store/exceptions.ts';
import { makeEvent, makeException } from '../process/records.ts';

/** Documents whose acknowledgement did not come in time: each becomes an exception, once. */
export async function watchAcknowledgements(context: Context): Promise<number> {
  return await inTransaction(context.db, async (tx) => {
    const now = context.clock();
    const overdue = await overdueDocuments(tx, now);
    const made = overdue.map((document) => {
      const { desk } = context.configuration();
      const maker = { ids: context.ids, now, partner: document.partner, desk };
      const about = { interchange: document.interchange, document: document.id, order: document.order };
      const text = describeOverdue(document);
      return {
        event: makeEvent(maker, 'acknowledgement-overdue', text, about),
        exception: makeException(maker, 'acknowledgement-overdue', text, about),
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
    return overdue.length;
  });
}

function describeOverdue(document: DocumentRecord): string {
  return `no 997 came for our ${document.set} ${document.control} of group ${document.groupControl}, due ${document.acknowledgeBy}`;
}
