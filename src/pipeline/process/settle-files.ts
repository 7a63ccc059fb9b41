import type { Context } from '../../context.ts';
import type { FileRecord, Id, Outcome } from '../../domain/exchange/records.ts';
import type { CompanyFile } from '../../domain/partner/partner.ts';
import { deliverJobs, enqueue, type Job } from '../../jobs/lanes.ts';
import { nextControlNumbers, numberAfter } from '../../store/control-numbers.ts';
import { type Database, inTransaction } from '../../store/database.ts';
import { finishFile } from '../../store/files.ts';
import { type FileEnd, joinRows, type Saved, saveConsequences } from '../../store/outcomes.ts';
import { ensurePartnerVersion } from '../../store/partner-versions.ts';
import { type Saving, startSaving } from '../../store/start-saving.ts';
import { type StockHold, StockTaken } from '../../store/stock.ts';
import { takeApplicationAdvices } from '../advice/take-application-advices.ts';
import type { Partner } from '../configuration/configuration.ts';
import { feedOutcome } from '../feed/feed-outcome.ts';
import { mailOutcome } from '../mail/mail-outcome.ts';
import type { Outbound } from '../respond/record-outbound.ts';
import { fillFreed } from '../revise/announce-promises.ts';
import { decideReleases } from '../revise/rule-order.ts';
import { takeAdvices } from '../ship/take-advices.ts';
import type { Interpreted } from './interpret.ts';
import { type FactsAbout, loadFacts } from './load-facts.ts';
import { recordSettlements } from './record-settlements.ts';
import type { Maker } from './records.ts';
import { joinOutcome, type Settled, type SettleInput, settleFile } from './settle.ts';
import type { Verdict } from './verdict.ts';

/** Whose file it is, and who we are to them. */
export type Parties = { readonly partner: Partner; readonly company: CompanyFile };

/** A file, or a part of one, that can be judged. */
export type ReadyFile = { readonly file: FileRecord; readonly interpreted: Interpreted };

/** Why an interchange was refused; undefined where it was not. */
type Refusal = string | undefined;

/** What follows from a file, whose rows are on their way. */
type Judged = { readonly file: Id; readonly outcome: Outcome; readonly refusals: readonly Refusal[] };

/** What follows from files, and how the stock that they draw on was loaded. */
type JudgedTogether = {
  readonly judged: readonly Judged[];
  readonly saving: Saving;
  readonly hold?: StockHold | undefined;
};

/** One transaction, and all that is the same for what is settled in it. */
type Settling = {
  readonly context: Context;
  readonly tx: Database;
  readonly input: Omit<SettleInput, 'file'>;
  readonly about: FactsAbout;
  /** Deliveries that are to be made. */
  readonly jobs: Job[];
};

/**
 * Facts, decisions, answers and everything that follows from files of one partner, judged one after the other: one
 * transaction, in which each file has an outcome of its own.
 */
export async function settleFiles(
  context: Context,
  parties: Parties,
  ready: readonly ReadyFile[],
): Promise<void> {
  const files = ready.map(({ file }) => file.id);
  await inSettling(context, parties, files, 'read', async (settling) => {
    const together = await judgeTogether(settling, ready);
    const ends = together.judged.map(({ file, refusals }): FileEnd => ({ file, ...findEnd(refusals) }));
    if (together.judged.length > 0) await storeJudged(settling, together, ends);
  });
}

/**
 * The same for one file in parts, so that not all that follows from it is in memory at once. `parts` may be asked for
 * again, when the transaction was rolled back. Where the file holds no interchange nothing happens, and the part that
 * says so is returned.
 */
export async function settleInParts(
  context: Context,
  parties: Parties,
  file: FileRecord,
  parts: () => Iterable<Interpreted>,
): Promise<Interpreted | undefined> {
  // What it draws on it holds from its first part on in either case; to do it all again would take long.
  return await inSettling(context, parties, [file.id], 'locked', async (settling) => {
    const refusals: Refusal[] = [];
    for (const interpreted of parts()) {
      if (refusals.length + interpreted.interchanges.length === 0) return interpreted;
      const together = await judgeTogether(settling, [{ file, interpreted }]);
      if (together.judged.length === 0) return undefined;
      await storeJudged(settling, together, []);
      refusals.push(...together.judged.flatMap((one) => one.refusals));
    }
    const { state, reason } = findEnd(refusals);
    await finishFile(settling.tx, file.id, state, reason);
    return undefined;
  });
}

async function inSettling<T>(
  context: Context,
  { partner, company }: Parties,
  files: FactsAbout['files'],
  hold: StockHold,
  work: (settling: Settling) => Promise<T>,
): Promise<T> {
  const { ids, settings } = context;
  const now = context.clock();
  const input = { configuration: context.configuration(), partner, mode: settings.mode, now, ids };
  const { currency, routing: weights } = company;
  const about = { files, partner, today: now.slice(0, 10), currency, weights };
  await ensurePartnerVersion(context.db, {
    hash: partner.version,
    partner: partner.id,
    files: Object.fromEntries(partner.files),
    firstSeen: now,
  });
  const settle = async (stock: StockHold) =>
    await inTransaction(context.db, async (tx) => {
      const settling: Settling = { context, tx, input, about: { ...about, stock }, jobs: [] };
      const result = await work(settling);
      if (settling.jobs.length > 0) await enqueue(tx, settling.jobs);
      return result;
    });
  try {
    return await settle(hold);
  } catch (error) {
    // Decided once more on what is left, which nobody can take meanwhile.
    if (error instanceof StockTaken) return await settle('locked');
    throw error;
  }
}

/** Facts and decisions. None when somebody else has decided one of the files. */
async function judgeTogether(
  { tx, input, about }: Settling,
  ready: readonly ReadyFile[],
): Promise<JudgedTogether> {
  const interchanges = ready.flatMap(({ interpreted }) => interpreted.interchanges);
  const saving = startSaving(tx);
  let facts = await loadFacts(tx, interchanges, about);
  if (facts === undefined) return { judged: [], saving };
  const { hold } = facts;
  const settled: Settled[] = [];
  for (const { file, interpreted } of ready) {
    const one = settleFile(interpreted, facts, { ...input, file });
    facts = one.learned();
    settled.push(one);
    await saving.add({ ...one.inbound, files: [], deliveries: [] });
  }
  const outbound = await answerTogether(tx, settled, saving);
  const judged = settled.map(({ inbound, verdicts }, i) => ({
    file: ready[i]!.file.id,
    outcome: joinOutcome(inbound, outbound[i]!),
    refusals: findRefusals(verdicts),
  }));
  return { judged, saving, hold };
}

/** Deals the control numbers out in the order of the files. */
async function answerTogether(
  tx: Database,
  settled: readonly Settled[],
  saving: Saving,
): Promise<readonly Outbound[]> {
  const demand = new Map<string, number>();
  for (const one of settled)
    for (const [stream, count] of one.demand) demand.set(stream, (demand.get(stream) ?? 0) + count);
  const requests = [...demand].map(([stream, count]) => ({ stream, count }));
  await saving.sent();
  const next = new Map(await nextControlNumbers(tx, requests));
  await saving.flow();
  const answered: Outbound[] = [];
  for (const one of settled) {
    const outbound = one.answer(next);
    for (const [stream, count] of one.demand) next.set(stream, numberAfter(next.get(stream)!, count));
    await saving.add({ ...outbound, orders: [], lines: [] });
    answered.push(outbound);
  }
  return answered;
}

async function storeJudged(
  { context, tx, input, jobs }: Settling,
  { judged, saving, hold = 'locked' }: JudgedTogether,
  ends: readonly FileEnd[],
): Promise<void> {
  const outcomes = judged.map(({ outcome }) => outcome);
  const joined = joinOutcomes(outcomes);
  await saving.end(ends);
  const saved = await saveConsequences(tx, joined, hold);
  await decideReleases(context, tx, joined.blankets);
  await fillFreed(context, tx, saved.freed);
  const { partner, configuration } = input;
  await recordAnswers(tx, judged, saved, { ...input, partner: partner.id, desk: configuration.desk });
  await takeAdvices(context, tx, partner, joined);
  await takeApplicationAdvices(context, tx, partner, joined);
  jobs.push(...deliverJobs([...outcomes.flatMap((outcome) => outcome.deliveries), ...saved.reoffered]));
  const telling = { ...input, company: configuration.company };
  jobs.push(...(await feedOutcome(tx, joined, telling)), ...(await mailOutcome(tx, joined, telling)));
}

function joinOutcomes(outcomes: readonly Outcome[]): Outcome {
  const all = <K extends Exclude<keyof Outcome, 'plans' | 'authorised'>>(key: K) =>
    outcomes.flatMap((outcome) => outcome[key] as readonly Outcome[K][number][]);
  return {
    ...joinRows(outcomes),
    settlements: all('settlements'),
    repeats: all('repeats'),
    changes: all('changes'),
    revisions: all('revisions'),
    plans: outcomes.flatMap(({ plans = [] }) => plans),
    authorised: outcomes.flatMap(({ authorised = [] }) => authorised),
    allocations: all('allocations'),
    blankets: all('blankets'),
    bookings: all('bookings'),
    exposures: all('exposures'),
    ordered: all('ordered'),
  };
}

async function recordAnswers(
  tx: Database,
  judged: readonly Judged[],
  saved: Saved,
  maker: Maker,
): Promise<void> {
  let place = 0;
  for (const { file, outcome } of judged) {
    const { settlements } = outcome;
    const counts = saved.settlements.slice(place, place + settlements.length);
    await recordSettlements(tx, settlements, counts, { ...maker, file });
    place += settlements.length;
  }
}

function findRefusals(verdicts: readonly Verdict[]): Refusal[] {
  return verdicts.map((verdict) => (verdict.kind === 'refused' ? verdict.reason : undefined));
}

/** When nothing of the file was taken, it stays in quarantine until a person has looked. */
function findEnd(refusals: readonly Refusal[]): Omit<FileEnd, 'file'> {
  if (refusals.includes(undefined)) return { state: 'done' };
  return { state: 'quarantined', reason: refusals.join('; ') };
}
