import { HostKeyChanged, type RemoteFault } from '../../channels/remote-sftp/fault.ts';
import { type FetchedFile, pollRemote, type SeenFile } from '../../channels/remote-sftp/poll.ts';
import type { Context } from '../../context.ts';
import { SecretMissing } from '../../settings.ts';
import { inTransaction } from '../../store/database.ts';
import { recordEvents } from '../../store/events.ts';
import { raiseExceptions } from '../../store/exceptions.ts';
import { findSameFile } from '../../store/files.ts';
import type { Partner } from '../configuration/configuration.ts';
import { findRemote, isActive, resolveRemote } from '../deliver/remote.ts';
import { makeEvent, makeException } from '../process/records.ts';
import { receiveFile } from './receive.ts';

/** Polls that fail one after the other before a person is told of a fault that may pass by itself. */
const PATIENCE = 3;

/** Between the two looks at a new file: one that still grows shows it in this time. */
const SECOND_LOOK_MS = 500;

/** What is remembered of a partner's server between two polls; after a restart a file waits one look longer. */
type Memory = {
  seen: readonly SeenFile[];
  failures: number;
  /** Its host key changed: nothing is sent to it until the partner file was mended and the gateway restarted. */
  stopped: boolean;
};

export type Poller = (partnerId: string) => Promise<void>;

export function makePoller(context: Context): Poller {
  const memories = new Map<string, Memory>();
  return async (partnerId) => {
    const partner = context.configuration().partners.get(partnerId);
    if (partner === undefined || !isActive(partner)) return;
    const memory = memories.get(partnerId) ?? { seen: [], failures: 0, stopped: false };
    memories.set(partnerId, memory);
    if (!memory.stopped) await poll(context, partner, memory);
  };
}

async function poll(context: Context, partner: Partner, memory: Memory): Promise<void> {
  const remote = findRemote(partner);
  if (remote?.fetch === undefined) return;
  let settings: ReturnType<typeof resolveRemote>;
  try {
    settings = resolveRemote(context, partner, remote);
  } catch (error) {
    if (!(error instanceof SecretMissing)) throw error;
    if (memory.failures++ === 0)
      context.log.warn({ partner: partner.id, reason: error.message }, 'not polled');
    return;
  }
  const { seen, taken, left, fault } = await pollRemote(settings, memory.seen, {
    receive: (file) => receiveOnce(context, partner, file),
    pause: () => new Promise((resolve) => setTimeout(resolve, SECOND_LOOK_MS)),
  });
  memory.seen = seen;
  for (const { name, reason } of left)
    context.log.warn({ partner: partner.id, name, reason }, 'left on their server');
  if (taken.length > 0)
    context.log.info({ partner: partner.id, files: taken.map(({ name }) => name) }, 'fetched');
  if (fault === undefined) memory.failures = 0;
  else await noteFault(context, partner, memory, fault);
}

/** A file that could not be cleared away is not taken a second time; one that was put there again later is. */
async function receiveOnce(context: Context, partner: Partner, file: FetchedFile): Promise<void> {
  const before = await findSameFile(context.db, partner.id, file.name, file.sha256);
  if (before !== undefined && Date.parse(before.at) >= Date.parse(file.modifiedAt)) return;
  await receiveFile(context, { partner: partner.id, channel: 'sftp', name: file.name, bytes: file.bytes });
}

async function noteFault(
  context: Context,
  partner: Partner,
  memory: Memory,
  fault: RemoteFault,
): Promise<void> {
  memory.failures += 1;
  memory.stopped = fault instanceof HostKeyChanged;
  context.log.warn({ partner: partner.id, failures: memory.failures, reason: fault.message }, 'poll failed');
  const told = memory.stopped || memory.failures === (fault.kind === 'permanent' ? 1 : PATIENCE);
  if (!told) return;
  const { desk } = context.configuration();
  const maker = { ids: context.ids, now: context.clock(), partner: partner.id, desk };
  const text = `polling ${memory.stopped ? 'stopped' : 'fails'}: ${fault.message}`;
  await inTransaction(context.db, async (tx) => {
    await recordEvents(tx, [makeEvent(maker, 'poll-failed', text, {})]);
    await raiseExceptions(tx, [makeException(maker, 'poll-failed', text, {})]);
  });
}
