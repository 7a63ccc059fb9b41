import type { Context } from '../context.ts';
import type { DeliveryRecord, FileContent } from '../domain/exchange/records.ts';
import type { CompanyFile } from '../domain/partner/partner.ts';
import { deliverJob, enqueue, type Job, leaveLane, processJob } from '../jobs/lanes.ts';
import { nextControlNumbers } from '../store/control-numbers.ts';
import { inTransaction } from '../store/database.ts';
import { claimNextFile } from '../store/files.ts';
import { saveOutcome } from '../store/outcomes.ts';
import { ensurePartnerVersion } from '../store/partner-versions.ts';
import type { Partner } from './configuration.ts';
import { type Interpreted, interpret } from './interpret.ts';
import type { Verdict } from './judge.ts';
import { loadFacts } from './load-facts.ts';
import { makeReadingProfile } from './profiles.ts';
import { describeExhaustion, isExhausted, quarantineFile, recordFailure } from './record-failure.ts';
import { recordSettlements } from './record-settlements.ts';
import { isActive } from './remote.ts';
import { settleFile } from './settle.ts';

/** Drains a partner's lane: its files one after the other, in the order of arrival. */
export async function processLane(context: Context, partnerId: string, signal: AbortSignal): Promise<void> {
  const { db } = context;
  let left = false;
  while (!signal.aborted) {
    const claim = await claimNextFile(db, partnerId, context.clock());
    if (claim.kind === 'file') await processFile(context, claim.file, signal);
    else if (claim.kind === 'wait') return await enqueue(db, processJob(partnerId, claim.until));
    else if (left) return;
    else {
      await leaveLane(db, processJob(partnerId).lane);
      left = true;
    }
  }
}

/**
 * One file: done, quarantined, or postponed when the world failed. The attempt was counted before its first byte is
 * looked at, so that a file that kills the process cannot do so for ever.
 */
async function processFile(context: Context, file: FileContent, signal: AbortSignal): Promise<void> {
  if (isExhausted(file)) {
    await quarantineFile(context, file, describeExhaustion(file.reason ?? 'the process died'));
    return;
  }
  const { company, partners } = context.configuration();
  const partner = partners.get(file.partner);
  if (company === undefined || partner === undefined) {
    await quarantineFile(
      context,
      file,
      `partner ${file.partner} has no sound partner file: causeway check ${file.partner} says why`,
    );
    return;
  }
  if (!isActive(partner)) {
    await quarantineFile(context, file, `partner ${partner.id} is ${partner.file.status}`);
    return;
  }
  try {
    const interpreted = interpret(file.bytes, makeReadingProfile(context.configuration(), partner));
    if (interpreted.interchanges.length === 0) {
      await quarantineFile(context, file, describeNothing(file, interpreted));
      return;
    }
    await settle(context, file, partner, company, interpreted);
  } catch (error) {
    await recordFailure(context, file, error, signal);
  }
}

/** Facts, decision, answers and everything that follows from them: one transaction. */
async function settle(
  context: Context,
  file: FileContent,
  partner: Partner,
  company: CompanyFile,
  interpreted: Interpreted,
): Promise<void> {
  const { ids, settings } = context;
  const now = context.clock();
  const input = { configuration: context.configuration(), partner, mode: settings.mode, file, now, ids };
  const about = { file: file.id, partner, today: now.slice(0, 10), currency: company.currency };
  await ensurePartnerVersion(context.db, {
    hash: partner.version,
    partner: partner.id,
    files: Object.fromEntries(partner.files),
    firstSeen: now,
  });
  await inTransaction(context.db, async (tx) => {
    const facts = await loadFacts(tx, interpreted, about);
    if (facts === undefined) return;
    const { verdicts, demand, conclude } = settleFile(interpreted, facts, input);
    const requests = [...demand].map(([stream, count]) => ({ stream, count }));
    const outcome = conclude(await nextControlNumbers(tx, requests));
    const saved = await saveOutcome(tx, outcome, { file: file.id, ...findState(verdicts) });
    const maker = { ids, now, partner: partner.id, file: file.id };
    await recordSettlements(tx, outcome.settlements, saved.settlements, maker);
    const jobs = findDeliveryJobs([...outcome.deliveries, ...saved.reoffered]);
    if (jobs.length > 0) await enqueue(tx, jobs);
  });
}

/** When nothing of the file was taken, it stays in quarantine until a person has looked. */
function findState(verdicts: readonly Verdict[]): { state: 'done' | 'quarantined'; reason?: string } {
  const refused = verdicts.flatMap((verdict) => (verdict.kind === 'refused' ? [verdict.reason] : []));
  return refused.length === verdicts.length
    ? { state: 'quarantined', reason: refused.join('; ') }
    : { state: 'done' };
}

function findDeliveryJobs(
  deliveries: readonly Pick<DeliveryRecord, 'partner' | 'channel' | 'state'>[],
): Job[] {
  return deliveries
    .filter((delivery) => delivery.state === 'pending')
    .map((delivery) => deliverJob(delivery.partner, delivery.channel));
}

function describeNothing(file: FileContent, interpreted: Interpreted): string {
  if (file.bytes.length === 0) return 'the file is empty';
  return interpreted.junk[0]?.problem.message ?? 'no interchange was found in it';
}
