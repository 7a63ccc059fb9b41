import type { Context } from '../../context.ts';
import type { FileContent, FileRecord } from '../../domain/exchange/records.ts';
import { uncountAttempts } from '../../store/files.ts';
import { type FileThreads, ThreadLost, ThreadStopped, type Work } from '../threads/file-threads.ts';
import { processFiles } from './process-files.ts';
import { LARGE } from './process-large-file.ts';
import { recordFailure } from './record-failure.ts';

/** Who processes the files of a lane. */
export type Runner = {
  readonly small: (context: Context, files: readonly FileContent[], signal: AbortSignal) => Promise<void>;
  /** `busy` when nothing has happened because others are at work: the lane looks again. */
  readonly large: (context: Context, file: FileRecord, signal: AbortSignal) => Promise<'ended' | 'busy'>;
};

/** So many bytes of small files together: with fewer the way there and the room for another copy of our code win nothing. */
const WORTH_A_THREAD = LARGE / 2;

/**
 * Large files wait for a thread, so that they hold up nothing else. A backlog that is large together goes to one that is
 * idle, so that lanes use more than one core; else it is done here, with a turn for others between its files.
 */
export function runInThreads(threads: FileThreads): Runner {
  return {
    small: async (context, files, signal) => {
      const size = files.reduce((sum, file) => sum + file.size, 0);
      if (size < WORTH_A_THREAD || threads.isBusy) return await processFiles(context, files, signal);
      await run(threads, { kind: 'small', files }, context, signal);
    },
    large: async (context, file, signal) => {
      if (threads.isBusy) {
        await uncountAttempts(context.db, [file.id]);
        return 'busy';
      }
      await run(threads, { kind: 'large', file }, context, signal);
      return 'ended';
    },
  };
}

/** A thread that dies costs its files an attempt, and each goes alone from there on; one that is stopped does not. */
async function run(threads: FileThreads, work: Work, context: Context, signal: AbortSignal): Promise<void> {
  try {
    await threads.run(work, signal);
  } catch (error) {
    const files = work.kind === 'large' ? [work.file] : work.files;
    if (error instanceof ThreadStopped)
      await uncountAttempts(
        context.db,
        files.map(({ id }) => id),
      );
    else if (error instanceof ThreadLost) await recordFailure(context, files[0]!, error, signal);
    else throw error;
  }
}
