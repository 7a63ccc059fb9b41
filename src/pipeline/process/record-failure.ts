import type { Context } from '../../context.ts';
import type { FileRecord } from '../../domain/exchange/records.ts';
import { backoff } from '../../jobs/backoff.ts';
import { pause } from '../../jobs/presence.ts';
import { inTransaction, isOutage, isTransient } from '../../store/database.ts';
import { recordEvents } from '../../store/events.ts';
import { raiseExceptions } from '../../store/exceptions.ts';
import { finishFile, lockFile, postponeFile, uncountAttempts } from '../../store/files.ts';
import { makeEvent, makeException } from './records.ts';

/** Tries of one file before a person is asked. */
const MOST_ATTEMPTS = 5;

/** How long an outage of the database may last before an attempt that it cost is left counted. */
const PATIENCE_MS = 10 * 60_000;

/** The raw bytes are kept, a person sees the reason, nothing else is touched. */
export async function quarantineFile(context: Context, file: FileRecord, reason: string): Promise<void> {
  const { desk } = context.configuration();
  const maker = { ids: context.ids, now: context.clock(), partner: file.partner, desk };
  const text = `${file.name} is in quarantine: ${reason}`;
  await inTransaction(context.db, async (tx) => {
    if ((await lockFile(tx, file.id))?.state !== 'received') return;
    await finishFile(tx, file.id, 'quarantined', reason);
    await recordEvents(tx, [makeEvent(maker, 'file-quarantined', text, { file: file.id })]);
    await raiseExceptions(tx, [makeException(maker, 'file-quarantined', text, { file: file.id })]);
  });
  context.log.warn({ partner: file.partner, file: file.id, reason }, 'file quarantined');
}

/** Whether so many attempts ended with the death of the process that none is left. */
export function isExhausted(file: FileRecord): boolean {
  return file.attempts > MOST_ATTEMPTS;
}

export function describeExhaustion(last: string): string {
  return `gave up after ${MOST_ATTEMPTS} attempts; the last ended with: ${last}`;
}

/**
 * The world failed, or we did: the lane waits with this file at its head, and tries it again later. Throws where
 * the queue is to wait for the world; a fault that is no file's fault uses up none of its attempts.
 */
export async function recordFailure(
  context: Context,
  file: FileRecord,
  error: unknown,
  signal: AbortSignal,
): Promise<void> {
  const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
  context.log.error(
    { partner: file.partner, file: file.id, attempt: file.attempts, error: reason },
    'file not processed',
  );
  if (isOutage(error)) {
    await giveBackAttempts(context, [file], signal);
    throw error;
  }
  if (file.attempts >= MOST_ATTEMPTS) {
    await quarantineFile(context, file, describeExhaustion(reason));
    return;
  }
  const wait = backoff(file.attempts, context.random());
  await postponeFile(context.db, file.id, new Date(Date.parse(context.clock()) + wait).toISOString(), reason);
}

/** The database that failed may still be away: asked again until it answers. */
export async function giveBackAttempts(
  context: Context,
  files: readonly FileRecord[],
  signal: AbortSignal,
): Promise<void> {
  const ids = files.map((file) => file.id);
  const deadline = performance.now() + PATIENCE_MS;
  for (let round = 1; !signal.aborted && performance.now() < deadline; round += 1) {
    try {
      await uncountAttempts(context.db, ids);
      return;
    } catch (error) {
      if (!isTransient(error)) throw error;
      await pause(backoff(round, context.random(), 50, 2_000), signal);
    }
  }
}
