import type { Context } from '../../context.ts';
import type { EventRecord, ExceptionRecord, Id, Outcome, Revision } from '../../domain/exchange/records.ts';
import { announceChange } from '../../domain/order/acknowledge-change.ts';
import { acknowledgeOrder } from '../../domain/order/acknowledge-order.ts';
import type { OrderVersion } from '../../domain/order/change-decision.ts';
import { compareOrders } from '../../domain/order/compare-orders.ts';
import { isAnswered } from '../../domain/order/purchase-order.ts';
import type { CompanyFile } from '../../domain/partner/partner.ts';
import { deliverJobs, enqueue } from '../../jobs/lanes.ts';
import { nextControlNumbers } from '../../store/control-numbers.ts';
import type { Database } from '../../store/database.ts';
import { saveOutcome } from '../../store/outcomes.ts';
import { ensurePartnerVersion } from '../../store/partner-versions.ts';
import type { StoredOrder } from '../../store/standing-orders.ts';
import type { Partner } from '../configuration/configuration.ts';
import { feedOutcome } from '../feed/feed-outcome.ts';
import { mailOutcome } from '../mail/mail-outcome.ts';
import type { Building } from '../process/inbound.ts';
import { makeDocumentWriter } from '../process/profiles.ts';
import type { Maker } from '../process/records.ts';
import { chooseChannel } from '../process/settle.ts';
import { countControlNumbers, dealControlNumbers } from '../respond/control-streams.ts';
import type { Draft, DraftSet, Drafts, WriteDocuments } from '../respond/drafts.ts';
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
export type Drawing = Pick<Building, 'blankets' | 'bookings' | 'exposures' | 'ordered'> &
  Partial<Pick<Building, 'authorised'>>;

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
    tell && isAnswered(next.order)
      ? draftAnswer(revising, version, write)
      : { interchanges: [], unwritten: [] };
  return await saveAndSend(revising, draft, {
    ...drawing,
    revisions: [{ ...revision, difference }],
    changes: [],
    events,
    exceptions,
  });
}

/** What follows from a decision beside the documents that tell of it. */
export type Following = Drawing &
  Pick<Outcome, 'revisions' | 'changes' | 'events' | 'exceptions'> &
  Partial<Pick<Outcome, 'orders' | 'lines' | 'allocations' | 'plans'>>;

/** What was recorded, without what a file brings. */
export function followingOf(built: Building): Following {
  const { interchanges: _i, documents: _d, settlements: _s, repeats: _r, ...rest } = built;
  const { interchangeOf: _io, documentOf: _do, orderOf: _oo, ...following } = rest;
  return following;
}

export const NOTHING_FOLLOWS: Following = {
  blankets: [],
  bookings: [],
  exposures: [],
  ordered: [],
  revisions: [],
  changes: [],
  events: [],
  exceptions: [],
};

/** Names of the files that leave, the items of which stock was given back, and the documents that left. */
export type Sent = {
  readonly files: string;
  readonly freed: readonly string[];
  readonly documents: readonly Id[];
};

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
    orders: [],
    lines: [],
    allocations: [],
    ...outbound,
    ...following,
    events: [...following.events, ...outbound.events],
    exceptions: [...following.exceptions, ...outbound.exceptions],
    settlements: [],
    repeats: [],
  });
  const jobs = deliverJobs(outbound.deliveries);
  const { revisions, orders = [] } = following;
  const told = { orders, documents: [], revisions };
  const telling = { ...maker, company, partner };
  jobs.push(...(await feedOutcome(tx, told, telling)), ...(await mailOutcome(tx, told, telling)));
  if (jobs.length > 0) await enqueue(tx, jobs);
  return {
    files: outbound.files.map(({ name }) => name).join(', '),
    freed,
    documents: outbound.documents.map(({ id }) => id),
  };
}

const NOTHING_ANSWERED = { interchangeOf: new Map(), documentOf: new Map(), orderOf: new Map() };

export function draftAnswer(
  { partner, maker }: Revising,
  { stored, next }: Pick<NextVersion, 'stored' | 'next'>,
  write: WriteDocuments,
): Drafts {
  const { split, 'answer-again': set } = partner.file.orders;
  const terms = { today: maker.now.slice(0, 10), split };
  const { standing } = stored.order;
  const document =
    set === '865'
      ? announceChange(standing, next, standing.shipped, terms)
      : acknowledgeOrder(next.order, next.decision, terms);
  const functionalId = set === '865' ? 'CA' : 'PR';
  const documents = [{ document, order: stored.id }];
  return draftUnasked(partner, { set, functionalId, documents, test: stored.test }, write);
}

export type Unasked = {
  readonly set: string;
  /** GS01. */
  readonly functionalId: string;
  readonly documents: readonly Pick<DraftSet, 'document' | 'order' | 'change'>[];
  readonly test: boolean;
};

/** An interchange that answers none; none where there are no documents. Throws where one cannot be written. */
export function draftUnasked(
  { file: { x12 } }: Partner,
  { set, functionalId, documents, test }: Unasked,
  write: WriteDocuments,
): Drafts {
  if (documents.length === 0) return { interchanges: [], unwritten: [] };
  const written = write(
    set,
    x12.version,
    documents.map(({ document }) => document),
  );
  const sets = written.map(({ segments, problems }, i): DraftSet => {
    if (problems.length > 0) throw new AnswerNotWritten(`${set}: ${problems.join('; ')}`);
    return { set, segments, ...documents[i]! };
  });
  const draft: Draft = {
    usage: test ? 'T' : x12.usage,
    interchangeVersion: x12.version.slice(0, 5),
    ta1s: [],
    groups: [{ functionalId, version: x12.version, sets }],
  };
  return { interchanges: [draft], unwritten: [] };
}
