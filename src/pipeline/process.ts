import type { Context } from '../context.ts';
import type { DeliveryRecord, FileContent, Outcome } from '../domain/exchange/records.ts';
import { backoff } from '../jobs/backoff.ts';
import { deliverJob, enqueue, type Job, processJob } from '../jobs/lanes.ts';
import { assert } from '../lib/assert.ts';
import { nextControlNumbers } from '../store/control-numbers.ts';
import { inTransaction, isTransient } from '../store/database.ts';
import { recordEvents } from '../store/events.ts';
import { raiseExceptions } from '../store/exceptions.ts';
import { claimNextFile, finishFile, lockFile, postponeFile } from '../store/files.ts';
import { saveOutcome } from '../store/outcomes.ts';
import { savePartnerVersion } from '../store/partner-versions.ts';
import type { Configuration, Partner } from './configuration.ts';
import { heldVersion } from './configuration.ts';
import { countControlNumbers, dealControlNumbers } from './control-streams.ts';
import { type DraftRules, draftAnswers } from './draft.ts';
import { type Interpreted, interpret } from './interpret.ts';
import { type Agreement, judgeFile, type Verdict } from './judge.ts';
import { loadFacts } from './load-facts.ts';
import { makeDocumentWriter, makeReadingProfile } from './profiles.ts';
import { type InboundMaker, recordInbound } from './record-inbound.ts';
import { recordOutbound } from './record-outbound.ts';
import { makeEvent, makeException } from './records.ts';
import { makeEnvelope } from './seal.ts';

/** Tries of one file before a person is asked. */
const MOST_ATTEMPTS = 5;

/** Drains a partner's lane: its files one after the other, in the order of arrival. */
export async function processLane(context: Context, partnerId: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const claim = await claimNextFile(context.db, partnerId, context.clock());
    if (claim.kind === 'none') return;
    if (claim.kind === 'wait') {
      await enqueue(context.db, processJob(partnerId, claim.until));
      return;
    }
    await processFile(context, claim.file);
  }
}

/**
 * One file: done, quarantined, or postponed when the world failed. The attempt was counted before its first byte is
 * looked at, so that a file that kills the process cannot do so for ever.
 */
async function processFile(context: Context, file: FileContent): Promise<void> {
  if (file.attempts > MOST_ATTEMPTS) {
    await quarantine(
      context,
      file,
      `gave up after ${MOST_ATTEMPTS} attempts; the last ended with: ${file.reason ?? 'the process died'}`,
    );
    return;
  }
  const { company, partner } = findParties(context.configuration(), file);
  if (company === undefined || partner === undefined) {
    await quarantine(
      context,
      file,
      `partner ${file.partner} has no sound partner file: causeway check ${file.partner} says why`,
    );
    return;
  }
  try {
    const interpreted = interpret(file.bytes, makeReadingProfile(context.configuration(), partner));
    if (interpreted.interchanges.length === 0) {
      await quarantine(context, file, describeNothing(file, interpreted));
      return;
    }
    await settleFile(context, file, partner, interpreted);
  } catch (error) {
    await postpone(context, file, error);
  }
}

function findParties(configuration: Configuration, file: FileContent) {
  return { company: configuration.company, partner: configuration.partners.get(file.partner) };
}

/** Facts, decision, answers and everything that follows from them: one transaction. */
async function settleFile(
  context: Context,
  file: FileContent,
  partner: Partner,
  interpreted: Interpreted,
): Promise<void> {
  const configuration = context.configuration();
  const { company } = configuration;
  assert(company !== undefined, 'a file is settled only when it is known who we are');
  const now = context.clock();
  const today = now.slice(0, 10);
  const maker: InboundMaker = {
    ids: context.ids,
    now,
    partner: partner.id,
    file: file.id,
    partnerVersion: partner.version,
  };
  const envelope = makeEnvelope(company, partner.file, now);
  const { us, them } = envelope;
  const rules = makeRules(
    configuration,
    partner,
    today,
    makeDocumentWriter(configuration, partner, envelope),
  );
  await inTransaction(context.db, async (tx) => {
    const locked = await lockFile(tx, file.id);
    if (locked?.state !== 'received') return;
    const facts = await loadFacts(tx, interpreted, partner, { today, currency: company.currency });
    const verdicts = judgeFile(
      interpreted,
      facts,
      makeAgreement(context, partner, company.identity.x12.interchange),
    );
    const inbound = recordInbound(verdicts, maker);
    const drafts = draftAnswers(verdicts, rules);
    const demand = countControlNumbers(drafts.interchanges, us.interchange, them.interchange);
    const numbers = await nextControlNumbers(
      tx,
      [...demand].map(([stream, count]) => ({ stream, count })),
    );
    const channel = chooseChannel(partner);
    const outbound = recordOutbound(drafts, inbound, {
      ...maker,
      envelope,
      deal: dealControlNumbers(numbers),
      channel,
      send: partner.file.send,
    });
    const outcome: Outcome = {
      ...inbound,
      ...outbound,
      interchanges: [...inbound.interchanges, ...outbound.interchanges],
      documents: [...inbound.documents, ...outbound.documents],
      events: [...inbound.events, ...describeJunk(interpreted, maker), ...outbound.events],
      exceptions: [...inbound.exceptions, ...outbound.exceptions],
    };
    await savePartnerVersion(tx, {
      hash: partner.version,
      partner: partner.id,
      files: Object.fromEntries(partner.files),
      firstSeen: now,
    });
    const saved = await saveOutcome(tx, outcome);
    const final = findState(verdicts);
    await finishFile(tx, file.id, final.state, final.reason);
    const jobs = findDeliveryJobs([...outbound.deliveries, ...saved.reoffered]);
    if (jobs.length > 0) await enqueue(tx, jobs);
  });
}

function makeAgreement(context: Context, partner: Partner, company: string): Agreement {
  const { file } = partner;
  return {
    partner: file.identity.x12.interchange,
    company,
    receives: (set) => Object.hasOwn(file.receive, set),
    heldVersionsOnly: true,
    separateTests: context.settings.mode === 'production',
    testing: file.status === 'testing',
  };
}

function makeRules(
  configuration: Configuration,
  partner: Partner,
  today: string,
  write: DraftRules['write'],
): DraftRules {
  const { x12, receive } = partner.file;
  return {
    today,
    ta1: x12.ta1,
    acknowledges: (set) => receive[set]?.acknowledge !== 'none',
    version: x12.version,
    answerVersion: (gs08) => heldVersion(configuration, gs08),
    write,
  };
}

function chooseChannel(partner: Partner): 'sftp-hosted' | 'sftp' | undefined {
  for (const channel of partner.file.channels) {
    if (channel.sftp?.put !== undefined) return 'sftp';
    if (channel['sftp-hosted'] !== undefined) return 'sftp-hosted';
  }
  return undefined;
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

function describeJunk(interpreted: Interpreted, maker: InboundMaker) {
  return interpreted.junk.map(({ problem }) =>
    makeEvent(maker, 'warning', `byte ${problem.offset}: ${problem.message}`, { file: maker.file }),
  );
}

function describeNothing(file: FileContent, interpreted: Interpreted): string {
  if (file.bytes.length === 0) return 'the file is empty';
  return interpreted.junk[0]?.problem.message ?? 'no interchange was found in it';
}

async function quarantine(context: Context, file: FileContent, reason: string): Promise<void> {
  const maker = { ids: context.ids, now: context.clock(), partner: file.partner };
  const text = `${file.name} is in quarantine: ${reason}`;
  await inTransaction(context.db, async (tx) => {
    if ((await lockFile(tx, file.id))?.state !== 'received') return;
    await finishFile(tx, file.id, 'quarantined', reason);
    await recordEvents(tx, [makeEvent(maker, 'file-quarantined', text, { file: file.id })]);
    await raiseExceptions(tx, [makeException(maker, 'file-quarantined', text, { file: file.id })]);
  });
  context.log.warn({ partner: file.partner, file: file.id, reason }, 'file quarantined');
}

/** The world failed, or we did: the lane waits with this file at its head, and tries it again later. */
async function postpone(context: Context, file: FileContent, error: unknown): Promise<void> {
  const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
  context.log.error(
    { partner: file.partner, file: file.id, attempt: file.attempts, error: reason },
    'file not processed',
  );
  if (isTransient(error)) throw error;
  const wait = backoff(file.attempts, context.random());
  await postponeFile(context.db, file.id, new Date(Date.parse(context.clock()) + wait).toISOString(), reason);
}
