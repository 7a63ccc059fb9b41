import type { Context } from '../../context.ts';
import { enqueue, leaveLane, processJob } from '../../jobs/lanes.ts';
import { claimFiles } from '../../store/files.ts';
import { processFiles } from './process-files.ts';
import { LARGE, processLargeFile } from './process-large-file.ts';
import type { Runner } from './run-in-threads.ts';

/**
 * What a lane with a backlog takes through one transaction: many small files cost little more than one. While one is stored
 * the next is decided; the first of them waits less than half a second for the last.
 */
const TOGETHER = { files: 50, bytes: 384 * 1024, large: LARGE };

/** How long a lane leaves a large file lie while every thread has another in hand. */
const BUSY_MS = 1_000;

/** All in the thread that asks. */
const IN_LINE: Runner = { small: processFiles, large: processLargeFile };

/**
 * Drains a partner's lane: its files one after the other, in the order of arrival. `runner` may have
 * another thread do it.
 */
export async function processLane(
  context: Context,
  partnerId: string,
  signal: AbortSignal,
  runner: Runner = IN_LINE,
): Promise<void> {
  const { db } = context;
  let left = false;
  while (!signal.aborted) {
    const claim = await claimFiles(db, partnerId, context.clock(), TOGETHER);
    if (claim.kind === 'files') await runner.small(context, claim.files, signal);
    else if (claim.kind === 'wait') return await enqueue(db, processJob(partnerId, claim.until));
    else if (claim.kind === 'large') {
      if ((await runner.large(context, claim.file, signal)) === 'ended') continue;
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
