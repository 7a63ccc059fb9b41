import type { Context } from '../../context.ts';
import type { FileContent } from '../../domain/exchange/records.ts';
import { isOutage } from '../../store/database.ts';
import { interpret } from './interpret.ts';
import { describeNothing, prepareFile } from './prepare-file.ts';
import { giveBackAttempts, quarantineFile, recordFailure } from './record-failure.ts';
import { settleFiles } from './settle-files.ts';

/** All of them together; or the first alone and the others after it, when something hinders one of them. */
export async function processFiles(
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
