import type { Context } from '../context.ts';
import type { FileRecord } from '../domain/exchange/records.ts';
import { deliverJob, enqueue, processJob } from '../jobs/lanes.ts';
import { inTransaction } from '../store/database.ts';
import { retryDeliveries } from '../store/deliveries.ts';
import { recordEvents } from '../store/events.ts';
import { findFiles, releaseFile } from '../store/files.ts';
import { makeEvent } from './process/records.ts';

export type Retried = { readonly file: FileRecord; readonly what: 'processing' | 'delivery' | 'nothing' };

/**
 * The cause was put right: a file in quarantine is processed again, one that could not be delivered is sent again. By
 * id or by name; whatever is done or on its way already is left alone.
 */
export async function retryFiles(
  context: Context,
  what: string,
  partner: string | undefined,
): Promise<readonly Retried[]> {
  return await inTransaction(context.db, async (tx) => {
    const retried: Retried[] = [];
    for (const file of await findFiles(tx, what, partner)) {
      const about = { file: file.id };
      const maker = { ids: context.ids, now: context.clock(), partner: file.partner };
      if (file.direction === 'in' && (await releaseFile(tx, file.id))) {
        await recordEvents(tx, [makeEvent(maker, 'retried', `${file.name} is to be processed again`, about)]);
        await enqueue(tx, processJob(file.partner));
        retried.push({ file, what: 'processing' });
        continue;
      }
      const lanes = file.direction === 'out' ? await retryDeliveries(tx, file.id) : [];
      if (lanes.length > 0) {
        await recordEvents(tx, [makeEvent(maker, 'retried', `${file.name} is to be delivered again`, about)]);
        await enqueue(
          tx,
          lanes.map((lane) => deliverJob(lane.partner, lane.channel)),
        );
      }
      retried.push({ file, what: lanes.length > 0 ? 'delivery' : 'nothing' });
    }
    return retried;
  });
}
