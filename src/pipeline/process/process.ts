import type { Context } from '../../context.ts';
import type { FileContent } from '../../domain/exchange/records.ts';
import { enqueue, leaveLane, processJob } from '../../jobs/lanes.ts';
import { isOutage } from '../../store/database.ts';
import { claimFiles } from '../../store/files.ts';
import { isActive } from '../deliver/remote.ts';
import { type Interpreted, interpret } from './interpret.ts';
import { makeReadingProfile } from './profiles.ts';
import {
  describeExhaustion,
  giveBackAttempts,
  isExhausted,
  quarantineFile,
  recordFailure,
} from './record-failure.ts';
import { type ReadyFile, settleFiles } from './settle-files.ts';

/**
 * What a lane with a backlog takes through one transaction: many small files cost little more than one, and the
 * first of them waits a few hundredths of a second for the last.
 */
const TOGETHER = { files: 25, bytes: 64 * 1024 };

/** Drains a partner's lane: its files one after the other, in the order of arrival. */
export async function processLane(context: Context, partnerId: string, signal: AbortSignal): Promise<void> {
  const { db } = context;
  let left = false;
  while (!signal.aborted) {
    const claim = await claimFiles(db, partnerId, context.clock(), TOGETHER);
    if (claim.kind === 'files') await processFiles(context, claim.files, signal);
    else if (claim.kind === 'wait') return await enqueue(db, processJob(partnerId, claim.until));
    else if (left) return;
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
    const [first, ...others] = prepared.flatMap((one) => (one.kind === 'ready' ? [one] : []));
    if (first === undefined || others.length + 1 < files.length) return false;
    await settleFiles(context, [first, ...others]);
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
    if (prepared.kind === 'unfit') await quarantineFile(context, file, prepared.reason);
    else await settleFiles(context, [prepared]);
  } catch (error) {
    await recordFailure(context, file, error, signal);
  }
}

type Prepared =
  | (ReadyFile & { readonly kind: 'ready' })
  | { readonly kind: 'unfit'; readonly reason: string };

/** Reads a file, or says why a person must look at it. */
function prepareFile(context: Context, file: FileContent): Prepared {
  const unfit = (reason: string): Prepared => ({ kind: 'unfit', reason });
  if (isExhausted(file)) return unfit(describeExhaustion(file.reason ?? 'the process died'));
  const configuration = context.configuration();
  const { company } = configuration;
  const partner = configuration.partners.get(file.partner);
  if (company === undefined || partner === undefined) {
    return unfit(
      `partner ${file.partner} has no sound partner file: causeway check ${file.partner} says why`,
    );
  }
  if (!isActive(partner)) return unfit(`partner ${partner.id} is ${partner.file.status}`);
  const interpreted = interpret(file.bytes, makeReadingProfile(configuration, partner));
  if (interpreted.interchanges.length === 0) return unfit(describeNothing(file, interpreted));
  return { kind: 'ready', file, partner, company, interpreted };
}

function describeNothing(file: FileContent, interpreted: Interpreted): string {
  if (file.bytes.length === 0) return 'the file is empty';
  return interpreted.junk[0]?.problem.message ?? 'no interchange was found in it';
}
