import type { Context } from '../../context.ts';
import { enqueue, fillJob } from '../../jobs/lanes.ts';
import { listWaitingItems } from '../../store/backorders.ts';
import { inTransaction } from '../../store/database.ts';
import { fillFreed } from './announce-promises.ts';

/**
 * Gives stock that an import brought to what waits for it, and tells the partners: item by item, each in a transaction of
 * its own, so that no order waits for the whole catalogue. An item that fails stops no other, and is tried again.
 */
export async function fillLane(context: Context, signal: AbortSignal): Promise<void> {
  const failed: unknown[] = [];
  for (const item of await listWaitingItems(context.db)) {
    if (signal.aborted) return await enqueue(context.db, fillJob());
    try {
      await inTransaction(context.db, (tx) => fillFreed(context, tx, [item]));
    } catch (error) {
      context.log.error({ err: error, item }, 'backorders were not filled');
      failed.push(error);
    }
  }
  if (failed.length > 0) throw failed[0];
}
