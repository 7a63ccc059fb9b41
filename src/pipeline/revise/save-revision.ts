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
import { feedOutcome } from '../feed/feed-outcome.ts';
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

/** Saves the next version of an order and what tells the partner of it. */
export async function saveNextVersion(revising: Revising, version: NextVersion, tell = true): Promise<Sent> {
  const { stored, next, revision, drawing, events, exceptions } = version;
  const difference = compareOrders(stored.order.standing.order, next.order);
  const draft = (write: WriteDocuments): Drafts =>
    tell ? draftAnswer(revising, version, write) : { interchanges: [], unwritten: [] };
  return await saveAndSend(revising, draft, {
    ...drawing,
    revisions: [{ ...revision, difference }],
    changes: [],
    events,
    exceptions,
  });
}

type WriteDocuments = ReturnType<typeof makeDocumentWriter>;

/** What follows from a decision beside the documents that tell of it. */
type Following = Drawing & Pick<Outcome, 'revisions' | 'changes' | 'events' | 'exceptions'>;

/** Names of the files that leave, and the items of which stock was given back. */
export type Sent = { readonly files: string; readonly freed: readonly string[] };

/** Saves what was decided outside of any file and the documents that tell of it. */
export async function saveAndSend(
  { context, tx, partner, company, maker }: Revising,
  draft: (write: WriteDocuments) => Drafts,
  following: Following,
): Promise<Sent> {
  const envelope = makeEnvelope(company, partner.file, maker.now);
  const drafts = draft(makeDocumentWriter(context.configuration(), partner, envelope));
  const { us, them } = envelope;
  const demand = countControlNumbers(drafts.interchanges, us.interchange, them.interchange);
  const requests = [...demand].map(([stream, count]) => ({ stream, count }));
  const outbound = recordOutbound(drafts, NOTHING_ANSWERED, {
    ...maker,
    partnerVersion: partner.version,
    envelope,
    deal: dealControlNumbers(await nextControlNumbers(tx, requests)),
    channel: chooseChannel(partner),
    send: partner.file.send,
  });
  await ensurePartnerVersion(tx, {
    hash: partner.version,
    partner: partner.id,
    files: Object.fromEntries(partner.files),
    firstSeen: maker.now,
  });
  const { freed } = await saveOutcome(tx, {
    ...outbound,
    ...following,
    events: [...following.events, ...outbound.events],
    exceptions: [...following.exceptions, ...outbound.exceptions],
    orders: [],
    lines: [],
    settlements: [],
    repeats: [],
    allocations: [],
  });
  const jobs = outbound.deliveries
    .filter(({ state }) => state === 'pending')
    .map(({ channel }) => deliverJob(partner.id, channel));
  const { revisions } = following;
  jobs.push(
    ...(await feedOutcome(tx, { orders: [], documents: [], revisions }, { ...maker, company, partner })),
  );
  if (jobs.length > 0) await enqueue(tx, jobs);
  return { files: outbound.files.map(({ name }) => name).join(', '), freed };
}

const NOTHING_ANSWERED = { interchangeOf: new Map(), documentOf: new Map(), orderOf: new Map() };

function draftAnswer(
  { partner, maker }: Revising,
  { stored, next }: NextVersion,
  write: WriteDocuments,
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
