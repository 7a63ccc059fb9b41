import { createHash } from 'node:crypto';
import type { DeliveryRecord, FileContent } from '../../domain/exchange/records.ts';
import { deliverJob, type Job } from '../../jobs/lanes.ts';
import { saveOutcome } from '../../store/outcomes.ts';
import { makeException } from '../process/records.ts';
import { chooseChannel } from '../process/settle.ts';
import { NOTHING_FOLLOWS, type Revising } from '../revise/save-revision.ts';

/** Sends files that are no interchanges, such as PDFs, the way that documents go. Returns the lanes to wake. */
export async function sendFiles(
  { tx, partner, maker }: Revising,
  files: readonly { readonly name: string; readonly bytes: Uint8Array }[],
): Promise<readonly Job[]> {
  const channel = chooseChannel(partner);
  const records = files.map(
    ({ name, bytes }): FileContent => ({
      id: maker.ids(),
      direction: 'out',
      partner: partner.id,
      channel: channel ?? 'none',
      name,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      size: bytes.length,
      at: maker.now,
      state: 'ready',
      attempts: 0,
      bytes,
    }),
  );
  const state = channel === 'sftp-hosted' ? 'available' : 'pending';
  const deliveries = records.flatMap(({ id: file }): DeliveryRecord[] =>
    channel === undefined
      ? []
      : [{ id: maker.ids(), file, partner: partner.id, channel, state, attempts: 0 }],
  );
  const stuck = channel === undefined ? records : [];
  const exceptions = stuck.map(({ id, name }) =>
    makeException(
      maker,
      'delivery-failed',
      `${name} cannot leave: the partner file names no channel that delivers`,
      {
        file: id,
      },
    ),
  );
  await saveOutcome(tx, {
    ...NOTHING_FOLLOWS,
    interchanges: [],
    documents: [],
    orders: [],
    lines: [],
    allocations: [],
    settlements: [],
    repeats: [],
    files: records,
    deliveries,
    exceptions,
  });
  return channel === undefined || state === 'available' ? [] : [deliverJob(partner.id, channel)];
}
