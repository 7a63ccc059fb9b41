import type { Context } from '../../context.ts';
import type { EventRecord, ExceptionRecord, Outcome, Revision } from '../../domain/exchange/records.ts';
import { announceChange } from '../../domain/order/acknowledge-change.ts';
import { acknowledgeOrder } from '../../domain/order/acknowledge-order.ts';
import type { OrderVersion } from '../../domain/order/change-decision.ts';
import { compareOrders } from '../../domain/order/compare-orders.ts';
import type { CompanyFile } from '../../domain/partner/partner.ts';
import { deliverJob, enqueue } from '../../jobs/lanes.ts';
import { nextControlNumbers } from '../../store/control-numbers.ts';
import type { Database } from '../../store/database.ts';
import { saveOutcome } from '../../store/outcomes.ts';
import { ensurePartnerVersion } from '../../store/partner-versions.ts';
import type { StoredOrder } from '../../store/standing-orders.ts';
import type { Partner } from '../configuration/configuration.ts';
import type { Building } from '../process/inbound.ts';
import { makeDocumentWriter } from '../process/profiles.ts';
import type { Maker } from '../process/records.ts';
import { chooseChannel } from '../process/settle.ts';
import { countControlNumbers, dealControlNumbers } from '../respond/control-streams.ts';
import type { Drafts } from '../respond/drafts.ts';
import { recordOutbound } from '../respond/record-outbound.ts';
import { makeEnvelope } from '../respond/seal.ts';

/** Whose orders are decided anew, outside of any file. */
export type Revising = {
  readonly context: Context;
  readonly tx: Database;
  readonly partner: Partner;
  readonly company: CompanyFile;
  readonly maker: Maker;
};

/** What a new version draws on, beside its allocations. */
export type Drawing = Pick<Building, 'blankets' | 'bookings' | 'exposures' | 'ordered'>;

export type NextVersion = {
  readonly stored: StoredOrder;
  readonly next: OrderVersion;
  readonly revision: Omit<Revision, 'difference'>;
  readonly drawing: Drawing;
  readonly events: readonly EventRecord[];
  readonly exceptions: readonly ExceptionRecord[];
};

/** Thrown to undo everything: the answer cannot be written, and a decision without its answer must not stand. */
export class AnswerNotWritten extends Error {
  override readonly name = 'AnswerNotWritten';
}

/** Saves the next version of an order and what tells the partner of it; returns the name of the file that leaves. */
export async function saveNextVersion(revising: Revising, version: NextVersion): Promise<string> {
  const { context, tx, partner, company, maker } = revising;
  const { stored, next, revision, drawing } = version;
  const envelope = makeEnvelope(company, partner.file, maker.now);
  const drafts = draftAnswer(
    revising,
    version,
    makeDocumentWriter(context.configuration(), partner, envelope),
  );
  const { us, them } = envelope;
  const demand = countControlNumbers(drafts.interchanges, us.interchange, them.interchange);
  const requests = [...demand].map(([stream, count]) => ({ stream, count }));
  const first = await nextControlNumbers(tx, requests);
  const outbound = recordOutbound(drafts, NOTHING_ANSWERED, {
    ...maker,
    partnerVersion: partner.version,
    envelope,
    deal: dealControlNumbers(first),
    channel: chooseChannel(partner),
    send: partner.file.send,
  });
  await ensurePartnerVersion(tx, {
    hash: partner.version,
    partner: partner.id,
    files: Object.fromEntries(partner.files),
    firstSeen: maker.now,
  });
  const outcome: Outcome = {
    ...outbound,
    events: [...version.events, ...outbound.events],
    exceptions: [...version.exceptions, ...outbound.exceptions],
    orders: [],
    lines: [],
    settlements: [],
    repeats: [],
    changes: [],
    revisions: [{ ...revision, difference: compareOrders(stored.order.standing.order, next.order) }],
    allocations: [],
    ...drawing,
  };
  await saveOutcome(tx, outcome);
  const jobs = outbound.deliveries
    .filter(({ state }) => state === 'pending')
    .map(({ channel }) => deliverJob(partner.id, channel));
  if (jobs.length > 0) await enqueue(tx, jobs);
  return outbound.files.map(({ name }) => name).join(', ');
}

const NOTHING_ANSWERED = { interchangeOf: new Map(), documentOf: new Map(), orderOf: new Map() };

function draftAnswer(
  { partner, maker }: Revising,
  { stored, next }: NextVersion,
  write: ReturnType<typeof makeDocumentWriter>,
): Drafts {
  const { orders, x12 } = partner.file;
  const { split, 'answer-again': set } = orders;
  const terms = { today: maker.now.slice(0, 10), split };
  const { standing } = stored.order;
  const document =
    set === '865'
      ? announceChange(standing, next, standing.shipped, terms)
      : acknowledgeOrder(next.order, next.decision, terms);
  const [written] = write(set, x12.version, [document]);
  const { segments, problems } = written!;
  if (problems.length > 0) throw new AnswerNotWritten(`${set}: ${problems.join('; ')}`);
  const functionalId = set === '865' ? 'CA' : 'PR';
  const sets = [{ set, document, segments, order: stored.id }];
  const usage = stored.test ? 'T' : x12.usage;
  const interchangeVersion = x12.version.slice(0, 5);
  const groups = [{ functionalId, version: x12.version, sets }];
  return { interchanges: [{ usage, interchangeVersion, ta1s: [], groups }], unwritten: [] };
}
