import type { Context } from '../../context.ts';
import type { FileRecord } from '../../domain/exchange/records.ts';
import { readBytes } from '../../store/files.ts';
import { interpretParts } from './interpret.ts';
import { describeNothing, prepareFile } from './prepare-file.ts';
import { quarantineFile, recordFailure } from './record-failure.ts';
import { settleInParts } from './settle-files.ts';

/** From here on a file holds up all else for longer than a person would notice: see docs/performance.md. */
export const LARGE = 256 * 1024;

/** As `processFile` does it, but interchange by interchange. Its bytes are read here. */
export async function processLargeFile(
  context: Context,
  file: FileRecord,
  signal: AbortSignal,
): Promise<'ended'> {
  try {
    await settleLargeFile(context, file);
  } catch (error) {
    await recordFailure(context, file, error, signal);
  }
  return 'ended';
}

async function settleLargeFile(context: Context, file: FileRecord): Promise<void> {
  const prepared = prepareFile(context, file);
  if (prepared.kind === 'unfit') return await quarantineFile(context, file, prepared.reason);
  const bytes = await readBytes(context.db, file);
  const parts = () => interpretParts(bytes, prepared.profile);
  const nothing = await settleInParts(context, prepared, file, parts);
  if (nothing !== undefined) await quarantineFile(context, file, describeNothing(file, nothing));
}
