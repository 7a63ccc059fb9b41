import { createHash } from 'node:crypto';
import type { Context } from '../../context.ts';
import type { FileContent } from '../../domain/exchange/records.ts';
import { MOST_ATTEMPTS, processJob } from '../../jobs/lanes.ts';
import { storeArrival } from '../../store/arrivals.ts';
import { makeEvent } from '../process/records.ts';

export type Upload = {
  readonly partner: string;
  readonly channel: string;
  /** The name that the sender gave it: a label. */
  readonly name: string;
  readonly bytes: Uint8Array;
};

/**
 * Keeps the raw bytes and wakes the partner's lane in one commit. The sender is told "received" after this resolves
 * and not before; nothing of the file is parsed until then.
 */
export async function receiveFile(context: Context, upload: Upload): Promise<{ readonly id: string }> {
  const now = context.clock();
  const { partner, channel, name, bytes } = upload;
  const file: FileContent = {
    id: context.ids(),
    direction: 'in',
    partner,
    channel,
    name,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    size: bytes.length,
    at: now,
    state: 'received',
    attempts: 0,
    bytes,
  };
  const text = `${name} received over ${channel}, ${bytes.length} bytes`;
  const event = makeEvent({ ids: context.ids, now, partner }, 'file-received', text, { file: file.id });
  const { task, lane, payload } = processJob(partner);
  const wake = { task, lane, payload, mostAttempts: MOST_ATTEMPTS };
  await storeArrival(context.db, { file, event, wake });
  return { id: file.id };
}
