import type { Context } from '../../context.ts';
import type { FileContent } from '../../domain/exchange/records.ts';
import { enqueue, leaveLane, processJob } from '../../jobs/lanes.ts';
import { isOutage } from '../../store/database.ts';
import { claimFiles } from '../../store/files.ts';
import { interpret } from './interpret.ts';
import { describeNothing, prepareFile } from './prepare-file.ts';
import { LARGE, type LargeFileRunner, processLargeFile } from './process-large-file.ts';
import { giveBackAttempts, quarantineFile, recordFailure } from './record-failure.ts';
import { settleFiles } from './settle-files.ts';

/**
 * What a lane with a backlog takes through one transaction: many small files cost little more than one, and the
 * first of them waits less than a tenth of a second for the last.
 */
const TOGETHER = { files: 50, bytes: 64 * 1024, large: LARGE };

/** How long a lane leaves a large file lie while every thread has another in hand. */
const BUSY_MS = 1_000;

/**
 * Drains a partner's lane: its files one after the other, in the order of arrival. Large ones go through `runLarge`,
 * which may have another thread do it.
 */
export async function processLane(
  context: Context,
  partnerId: string,
  signal: AbortSignal,
  runLarge: LargeFileRunner = processLargeFile,
): Promise<void> {
  const { db } = context;
  let left = false;
  while (!signal.aborted) {
    const claim = await claimFiles(db, partnerId, context.clock(), TOGETHER);
    if (claim.kind === 'files') await processFiles(context, claim.files, signal);
    else if (claim.kind === 'wait') return await enqueue(db, processJob(partnerId, claim.until));
    else if (claim.kind === 'large') {
      if ((await runLarge(context, claim.file, signal)) === 'ended') continue;
      // Meanwhile the files of other partners need not wait for a free job.
      const until = new Date(Date.parse(context.clock()) + BUSY_MS).toISOString();
      return await enqueue(db, processJob(partnerId, until));
    } else if (left) return;
    else {
      await leaveLane(db, processJob(partnerId).lane);
      left = true;
    }
  }
}

/** All of them together; or the first alone and the others after it, when something hinders one of them. */
async function processFiles(
  context: Context,
  files: readonly FileContent[],
  signal: AbortSignal,
): Promise<void> {
  const [first, ...others] = files;
  if (first === undefined) return;
  if (others.length > 0) {
    if (await processTogether(context, files, signal)) return;
    await giveBackAttempts(context, others, signal);
  }
  await processFile(context, first, signal);
}

/** False when nothing has happened, for the files must go one by one: then it shows which of them is in the way. */
async function processTogether(
  context: Context,
  files: readonly FileContent[],
  signal: AbortSignal,
): Promise<boolean> {
  try {
    const prepared = files.map((file) => prepareFile(context, file));
    const [first] = prepared;
    const ready = prepared.flatMap((one, i) => {
      if (one.kind === 'unfit') return [];
      const interpreted = interpret(files[i]!.bytes, one.profile);
      return interpreted.interchanges.length === 0 ? [] : [{ file: files[i]!, interpreted }];
    });
    if (first?.kind !== 'fit' || ready.length < files.length) return false;
    await settleFiles(context, first, ready);
    return true;
  } catch (error) {
    if (isOutage(error)) {
      await giveBackAttempts(context, files, signal);
      throw error;
    }
    context.log.warn({ partner: files[0]?.partner, error: String(error) }, 'files go one by one');
    return false;
  }
}

/**
 * One file: done, quarantined, or postponed when the world failed. The attempt was counted before its first byte is
 * looked at, so that a file that kills the process cannot do so for ever.
 */
async function processFile(context: Context, file: FileContent, signal: AbortSignal): Promise<void> {
  try {
    const prepared = prepareFile(context, file);
    if (prepared.kind === 'unfit') return await quarantineFile(context, file, prepared.reason);
    const interpreted = interpret(file.bytes, prepared.profile);
    if (interpreted.interchanges.length > 0) await settleFiles(context, prepared, [{ file, interpreted }]);
    else await quarantineFile(context, file, describeNothing(file, interpreted));
  } catch (error) {
    await recordFailure(context, file, error, signal);
  }
}
