import type { Context } from '../../context.ts';
import { inTransaction } from '../../store/database.ts';
import { raiseExceptions } from '../../store/exceptions.ts';
import { takeOwedDocuments } from '../../store/owed-documents.ts';
import { makeException } from '../process/records.ts';

/** Tells of what is owed to partners by a time that is near: once for each document. */
export async function watchOwedDocuments(context: Context): Promise<number> {
  return await inTransaction(context.db, async (tx) => {
    const now = context.clock();
    const owed = await takeOwedDocuments(tx, now);
    const { desk } = context.configuration();
    const exceptions = owed.map(({ shipment, number, partner, set, by }) => {
      const late = Date.parse(by) <= Date.parse(now);
      const when = `${by.slice(0, 10)} ${by.slice(11, 16)} UTC`;
      const text = `the ${set} of shipment ${number} ${late ? 'was' : 'is'} owed by ${when}, and has not been sent`;
      return makeException({ ids: context.ids, now, partner, desk }, 'document-owed', text, { shipment });
    });
    await raiseExceptions(tx, exceptions);
    return owed.length;
  });
}
