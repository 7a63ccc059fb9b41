import type { Context } from '../../context.ts';
import type { DeliveryRecord, FileContent, Outcome } from '../../domain/exchange/records.ts';
import type { CompanyFile } from '../../domain/partner/partner.ts';
import { deliverJob, enqueue, type Job } from '../../jobs/lanes.ts';
import { nextControlNumbers, numberAfter } from '../../store/control-numbers.ts';
import { type Database, inTransaction } from '../../store/database.ts';
import { type FileEnd, type Saved, saveOutcome } from '../../store/outcomes.ts';
import { ensurePartnerVersion } from '../../store/partner-versions.ts';
import type { Partner } from '../configuration/configuration.ts';
import { learnFacts } from './facts.ts';
import type { Interpreted } from './interpret.ts';
import type { Verdict } from './judge.ts';
import { loadFacts } from './load-facts.ts';
import { recordSettlements } from './record-settlements.ts';
import { type Settled, settleFile } from './settle.ts';

/** A file that can be judged. */
export type ReadyFile = {
  readonly file: FileContent;
  readonly partner: Partner;
  readonly company: CompanyFile;
  readonly interpreted: Interpreted;
};

/**
 * Facts, decisions, answers and everything that follows from files of one partner, judged one after the other: one
 * transaction, in which each file has an outcome of its own.
 */
export async function settleFiles(
  context: Context,
  ready: readonly [ReadyFile, ...ReadyFile[]],
): Promise<void> {
  const [{ partner, company }] = ready;
  const { ids, settings } = context;
  const now = context.clock();
  const input = { configuration: context.configuration(), partner, mode: settings.mode, now, ids };
  const files = ready.map(({ file }) => file.id);
  const about = { files, partner, today: now.slice(0, 10), currency: company.currency };
  const interchanges = ready.flatMap(({ interpreted }) => interpreted.interchanges);
  await ensurePartnerVersion(context.db, {
    hash: partner.version,
    partner: partner.id,
    files: Object.fromEntries(partner.files),
    firstSeen: now,
  });
  await inTransaction(context.db, async (tx) => {
    let facts = await loadFacts(tx, interchanges, about);
    if (facts === undefined) return;
    const settled: (Settled & { file: FileContent })[] = [];
    for (const { file, interpreted } of ready) {
      const one = settleFile(interpreted, facts, { ...input, file });
      facts = learnFacts(facts, one.inbound);
      settled.push({ ...one, file });
    }
    const outcomes = await conclude(tx, settled);
    const ends = settled.map(({ file, verdicts }): FileEnd => ({ file: file.id, ...findState(verdicts) }));
    const saved = await saveOutcome(tx, joinOutcomes(outcomes), ends);
    await recordAnswers(tx, ready, outcomes, saved, { ids, now, partner: partner.id });
    const deliveries = outcomes.flatMap((outcome) => outcome.deliveries);
    const jobs = findDeliveryJobs([...deliveries, ...saved.reoffered]);
    if (jobs.length > 0) await enqueue(tx, jobs);
  });
}

/** Deals the control numbers out in the order of the files. */
async function conclude(tx: Database, settled: readonly Settled[]): Promise<Outcome[]> {
  const demand = new Map<string, number>();
  for (const one of settled)
    for (const [stream, count] of one.demand) demand.set(stream, (demand.get(stream) ?? 0) + count);
  const requests = [...demand].map(([stream, count]) => ({ stream, count }));
  const next = new Map(await nextControlNumbers(tx, requests));
  return settled.map((one) => {
    const outcome = one.conclude(next);
    for (const [stream, count] of one.demand) next.set(stream, numberAfter(next.get(stream)!, count));
    return outcome;
  });
}

function joinOutcomes(outcomes: readonly Outcome[]): Outcome {
  const all = <K extends keyof Outcome>(key: K) =>
    outcomes.flatMap((outcome) => outcome[key] as readonly Outcome[K][number][]);
  return {
    interchanges: all('interchanges'),
    documents: all('documents'),
    orders: all('orders'),
    lines: all('lines'),
    events: all('events'),
    files: all('files'),
    deliveries: all('deliveries'),
    exceptions: all('exceptions'),
    settlements: all('settlements'),
    repeats: all('repeats'),
  };
}

async function recordAnswers(
  tx: Database,
  ready: readonly ReadyFile[],
  outcomes: readonly Outcome[],
  saved: Saved,
  maker: { readonly ids: () => string; readonly now: string; readonly partner: string },
): Promise<void> {
  let place = 0;
  for (const [i, { settlements }] of outcomes.entries()) {
    const counts = saved.settlements.slice(place, place + settlements.length);
    await recordSettlements(tx, settlements, counts, { ...maker, file: ready[i]!.file.id });
    place += settlements.length;
  }
}

/** When nothing of the file was taken, it stays in quarantine until a person has looked. */
function findState(verdicts: readonly Verdict[]): Omit<FileEnd, 'file'> {
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
