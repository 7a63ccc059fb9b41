import type { Context } from '../../context.ts';
import { durationSeconds } from '../../domain/partner/duration.ts';
import { orderPolicy } from '../../domain/partner/order-policy.ts';
import { inTransaction } from '../../store/database.ts';
import { raiseExceptions } from '../../store/exceptions.ts';
import { listWaitingChanges } from '../../store/standing-orders.ts';
import { makeException } from '../process/records.ts';

/** Changes that have waited for their order longer than the partner's file allows: a person is asked, once. */
export async function watchWaitingChanges(context: Context): Promise<number> {
  return await inTransaction(context.db, async (tx) => {
    const now = context.clock();
    const { desk, partners } = context.configuration();
    const late = (await listWaitingChanges(tx)).filter(({ partner, at }) => {
      const { change } = partners.get(partner)?.file.orders ?? orderPolicy.parse({});
      return Date.parse(now) - Date.parse(at) > durationSeconds(change.wait) * 1000;
    });
    await raiseExceptions(
      tx,
      late.map(({ document, partner, poNumber, sequence, at }) => {
        const text = `change ${sequence} of order ${poNumber} has waited since ${at.slice(0, 16)} for what must come before it`;
        return makeException({ ids: context.ids, now, partner, desk }, 'change-waits-too-long', text, {
          document,
        });
      }),
    );
    return late.length;
  });
}
