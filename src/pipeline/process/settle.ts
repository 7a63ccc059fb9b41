import { isMadeHere } from '../../domain/exchange/made-here.ts';
import type { FileContent, Id, Outcome } from '../../domain/exchange/records.ts';
import { nameOrder } from '../../domain/order/name-order.ts';
import { acknowledgementOf, isAgreed } from '../../domain/partner/received-sets.ts';
import { assert } from '../../lib/assert.ts';
import type { Instant } from '../../lib/dates.ts';
import { type Configuration, heldVersion, type Partner } from '../configuration/configuration.ts';
import { countControlNumbers, dealControlNumbers } from '../respond/control-streams.ts';
import { draftAnswers } from '../respond/draft.ts';
import { type Outbound, recordOutbound } from '../respond/record-outbound.ts';
import { makeEnvelope } from '../respond/seal.ts';
import { type FileFacts, learnFacts } from './facts.ts';
import type { Inbound, InboundMaker } from './inbound.ts';
import type { Interpreted } from './interpret.ts';
import { judgeFile } from './judge.ts';
import { makeDocumentsWriter } from './profiles.ts';
import { recordInbound } from './record-inbound.ts';
import { makeEvent, makeException } from './records.ts';
import type { Verdict } from './verdict.ts';

/** What settling a file may know beside its facts. */
export type SettleInput = {
  readonly configuration: Configuration;
  readonly partner: Partner;
  readonly mode: 'production' | 'test';
  readonly file: Pick<FileContent, 'id' | 'channel'>;
  readonly now: Instant;
  readonly ids: () => Id;
};

/** A judged file: all is decided, and only the control numbers of the answers are missing. */
export type Settled = {
  readonly verdicts: readonly Verdict[];
  /** What the next file of the same lane is judged by. */
  readonly learned: () => FileFacts;
  readonly inbound: Inbound;
  /** How many control numbers of which stream are needed. */
  readonly demand: ReadonlyMap<string, number>;
  /** What goes back, given the first number of each stream. */
  readonly answer: (first: ReadonlyMap<string, number>) => Outbound;
};

/** Everything that follows from a file. */
export function joinOutcome(inbound: Inbound, outbound: Outbound): Outcome {
  const { interchangeOf: _i, documentOf: _d, orderOf: _o, ...kept } = inbound;
  return {
    ...kept,
    files: outbound.files,
    deliveries: outbound.deliveries,
    interchanges: [...inbound.interchanges, ...outbound.interchanges],
    documents: [...inbound.documents, ...outbound.documents],
    events: [...inbound.events, ...outbound.events],
    exceptions: [...inbound.exceptions, ...outbound.exceptions],
  };
}

/** Facts in, everything that follows out: pure, so that a conversation can be played again years later. */
export function settleFile(interpreted: Interpreted, facts: FileFacts, input: SettleInput): Settled {
  const { configuration, partner, now } = input;
  const { company } = configuration;
  assert(company !== undefined, 'a file is settled only when it is known who we are');
  const envelope = makeEnvelope(company, partner.file, now);
  const maker: InboundMaker = {
    ids: input.ids,
    now,
    partner: partner.id,
    desk: configuration.desk,
    file: input.file.id,
    partnerVersion: partner.version,
    decidedBy: facts.shared,
  };
  const us = company.identity.x12.interchange;
  const madeHere = isMadeHere(input.file);
  const judged = judgeFile(interpreted, facts, {
    partner: madeHere ? us : partner.file.identity.x12.interchange,
    company: us,
    receives: (set) => madeHere || isAgreed(partner.file, set),
    separateTests: input.mode === 'production',
    testing: partner.file.status === 'testing',
  });
  const { verdicts } = judged;
  const drafts = draftAnswers(verdicts, {
    today: now.slice(0, 10),
    split: facts.shared.policy.split,
    ta1: madeHere ? 'never' : partner.file.x12.ta1,
    acknowledgement: (set) => (madeHere ? 'none' : acknowledgementOf(partner.file, set)),
    answers: madeHere ? facts.shared.policy['on-behalf'] : 'acknowledge',
    version: partner.file.x12.version,
    answerVersion: (gs08) => heldVersion(configuration, gs08),
    write: makeDocumentsWriter(configuration, partner, envelope),
  });
  const recorded = tellLost(recordInbound(verdicts, maker), interpreted, maker);
  const inbound = madeHere ? askAboutRefused(recorded, maker) : recorded;
  const { them } = envelope;
  return {
    verdicts,
    learned: () => learnFacts(facts, judged, inbound),
    inbound,
    demand: countControlNumbers(drafts.interchanges, us, them.interchange),
    answer: (first) =>
      recordOutbound(drafts, inbound, {
        ...maker,
        envelope,
        deal: dealControlNumbers(first),
        channel: chooseChannel(partner),
        send: partner.file.send,
      }),
  };
}

/** Segments that lost their ISA may have been orders: a person looks. */
function tellLost(inbound: Inbound, { junk }: Interpreted, maker: InboundMaker): Inbound {
  if (junk.length === 0) return inbound;
  const about = { file: maker.file };
  const told = junk.map(({ problem }) => ({
    lost: problem.severity === 'error',
    text: `byte ${problem.offset}: ${problem.message}`,
  }));
  const events = told.map(({ text }) => makeEvent(maker, 'warning', text, about));
  const lost = told.filter((one) => one.lost);
  const exceptions = lost.map(({ text }) => makeException(maker, 'interchange-refused', text, about));
  return {
    ...inbound,
    events: [...inbound.events, ...events],
    exceptions: [...inbound.exceptions, ...exceptions],
  };
}

/** Nobody sent it, so nobody hears of it who could do something about it. */
function askAboutRefused(recorded: Inbound, maker: InboundMaker): Inbound {
  const asked = recorded.orders.flatMap((order) => {
    if (order.outcome !== 'rejected') return [];
    const text = `order ${nameOrder(order)}, which we made, was refused by our own rules`;
    return [makeException(maker, 'own-order-refused', text, { file: maker.file, order: order.id })];
  });
  return { ...recorded, exceptions: [...recorded.exceptions, ...asked] };
}

/** The channel that takes our documents to the partner: its own server where we may put files, else its mailbox here. */
export function chooseChannel(partner: Partner): 'sftp-hosted' | 'sftp' | undefined {
  const { channels } = partner.file;
  if (channels.some((channel) => channel.sftp?.put !== undefined)) return 'sftp';
  return channels.some((channel) => channel['sftp-hosted'] !== undefined) ? 'sftp-hosted' : undefined;
}
