import { hash } from 'node:crypto';
import type {
  DeliveryRecord,
  DocumentRecord,
  EventRecord,
  ExceptionRecord,
  FileContent,
  Id,
  InterchangeRecord,
} from '../../domain/exchange/records.ts';
import { durationSeconds } from '../../domain/partner/duration.ts';
import type { PartnerFile } from '../../domain/partner/partner.ts';
import { assert } from '../../lib/assert.ts';
import type { Instant } from '../../lib/dates.ts';
import type { Separators } from '../../x12/scan/separators.ts';
import type { Inbound } from '../process/inbound.ts';
import { findId } from '../process/record-change.ts';
import { type Maker, makeEvent, makeException } from '../process/records.ts';
import type { Draft, DraftSet, Drafts } from './drafts.ts';
import { type Envelope, type Sealed, seal } from './seal.ts';

/** What leaves, as it is stored: files with their bytes, and what is in them. */
export type Outbound = {
  readonly files: readonly FileContent[];
  readonly interchanges: readonly InterchangeRecord[];
  readonly documents: readonly DocumentRecord[];
  readonly deliveries: readonly DeliveryRecord[];
  readonly events: readonly EventRecord[];
  readonly exceptions: readonly ExceptionRecord[];
};

/** Under which ids what is answered is stored. */
export type Answered = Pick<Inbound, 'interchangeOf' | 'documentOf' | 'orderOf'>;

export type OutboundMaker = Maker & {
  readonly file?: Id | undefined;
  readonly partnerVersion: string;
  readonly envelope: Envelope;
  readonly deal: (stream: string) => number;
  /** The channel that delivers to the partner; undefined where its file names none. */
  readonly channel: 'sftp-hosted' | 'sftp' | undefined;
  readonly send: PartnerFile['send'];
};

export function recordOutbound(drafts: Drafts, inbound: Answered, maker: OutboundMaker): Outbound {
  const parts = drafts.interchanges.map((draft) => recordDraft(draft, inbound, maker));
  const unwritten = drafts.unwritten.map(({ verdict, answers, message }) =>
    makeException(maker, 'answer-not-written', message, {
      file: maker.file,
      interchange: inbound.interchangeOf.get(verdict),
      document: answers && inbound.documentOf.get(answers),
      order: answers && inbound.orderOf.get(answers),
    }),
  );
  return {
    files: parts.map((part) => part.file),
    interchanges: parts.map((part) => part.interchange),
    documents: parts.flatMap((part) => part.documents),
    deliveries: parts.flatMap((part) => part.delivery ?? []),
    events: parts.flatMap((part) => part.events),
    exceptions: [...parts.flatMap((part) => part.exceptions), ...unwritten],
  };
}

function recordDraft(draft: Draft, inbound: Answered, maker: OutboundMaker) {
  const { groups, usage, ta1s } = draft;
  const version = groups[0]?.version.slice(0, 5) ?? draft.interchangeVersion;
  const sealed = seal({ usage, version, ta1s, groups }, maker.envelope, maker.deal);
  const file = makeFile(sealed, nameDraft(draft), maker);
  const interchange = makeInterchange(draft, sealed, file, version, inbound, maker);
  const places = findSets(sealed.bytes, maker.envelope.separators);
  const documents = groups.flatMap((group, g) =>
    group.sets.map((set, s) => {
      const place = places.shift();
      assert(place !== undefined, `set ${s + 1} of ${file.name} is not where it was written`);
      const of = { group, control: String(s + 1).padStart(4, '0'), groupControl: sealed.groupControls[g]! };
      return makeDocument(set, of, place, interchange.id, inbound, maker);
    }),
  );
  const about = { file: file.id, interchange: interchange.id };
  const what = describeDraft(draft);
  const events = [makeEvent(maker, 'queued', `${what} queued as ${file.name}`, about)];
  for (const document of documents) {
    if (document.order === undefined) continue;
    events.push(
      makeEvent(maker, 'answered', `${document.set} ${document.control} in ${file.name}`, {
        ...about,
        document: document.id,
        order: document.order,
      }),
    );
  }
  const exceptions =
    maker.channel === undefined
      ? [
          makeException(
            maker,
            'delivery-failed',
            `${file.name} (${what}) cannot leave: the partner file names no channel that delivers`,
            about,
          ),
        ]
      : [];
  return { file, interchange, documents, delivery: makeDelivery(file, maker), events, exceptions };
}

/** `855_000000013.edi`: stable, so that offering it again never makes a second file. */
function nameDraft(draft: Draft): string {
  const sets = [...new Set(draft.groups.flatMap((group) => group.sets.map((set) => set.set)))];
  return sets.length === 0 ? 'TA1' : sets.join('-');
}

function describeDraft(draft: Draft): string {
  const counts = new Map<string, number>();
  if (draft.ta1s.length > 0) counts.set('TA1', draft.ta1s.length);
  for (const group of draft.groups)
    for (const { set } of group.sets) counts.set(set, (counts.get(set) ?? 0) + 1);
  return [...counts].map(([set, count]) => (count === 1 ? set : `${count} × ${set}`)).join(', ');
}

function makeFile(sealed: Sealed, name: string, maker: OutboundMaker): FileContent {
  return {
    id: maker.ids(),
    direction: 'out',
    partner: maker.partner,
    channel: maker.channel ?? 'none',
    name: `${name}_${sealed.control}.edi`,
    sha256: hash('sha256', sealed.bytes, 'hex'),
    size: sealed.bytes.length,
    at: maker.now,
    state: 'ready',
    attempts: 0,
    bytes: sealed.bytes,
  };
}

function makeInterchange(
  draft: Draft,
  sealed: Sealed,
  file: FileContent,
  version: string,
  inbound: Answered,
  maker: OutboundMaker,
): InterchangeRecord {
  const { us, them } = maker.envelope;
  return {
    id: maker.ids(),
    file: file.id,
    direction: 'out',
    partner: maker.partner,
    sender: us.interchange,
    receiver: them.interchange,
    control: sealed.control,
    version,
    usage: draft.usage,
    sha256: file.sha256,
    offset: 0,
    length: sealed.bytes.length,
    status: 'A',
    note: '000',
    answers: draft.answers && inbound.interchangeOf.get(draft.answers),
  };
}

type Place = { readonly offset: number; readonly length: number };

/** ST to SE of each set, in the order of the file: our own writer leaves no separator in data. */
function findSets(bytes: Uint8Array, { element, terminator }: Separators): Place[] {
  const places: Place[] = [];
  const [s, t, e] = [0x53, 0x54, 0x45];
  let opened = 0;
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(terminator, start);
    if (end < 0) break;
    if (bytes[start] === s && bytes[start + 2] === element) {
      if (bytes[start + 1] === t) opened = start;
      else if (bytes[start + 1] === e) places.push({ offset: opened, length: end + 1 - opened });
    }
    start = end + 1;
    while (bytes[start] === 10 || bytes[start] === 13) start += 1;
  }
  return places;
}

function makeDocument(
  set: DraftSet,
  of: { group: Draft['groups'][number]; control: string; groupControl: string },
  place: Place,
  interchange: Id,
  inbound: Answered,
  maker: OutboundMaker,
): DocumentRecord {
  const within = of.group.functionalId === 'FA' ? 'never' : (maker.send[set.set]?.acknowledged ?? '24h');
  const waits = within !== 'never';
  return {
    id: maker.ids(),
    interchange,
    direction: 'out',
    partner: maker.partner,
    set: set.set,
    kind: set.document.kind,
    functionalId: of.group.functionalId,
    groupControl: of.groupControl,
    control: of.control,
    version: of.group.version,
    ...place,
    status: 'A',
    canonical: set.document,
    partnerVersion: maker.partnerVersion,
    acknowledgement: waits ? 'waiting' : 'none',
    acknowledgeBy: waits ? addDuration(maker.now, within) : undefined,
    ...findAnswered(set, inbound),
  };
}

function addDuration(at: Instant, duration: string): Instant {
  return new Date(Date.parse(at) + durationSeconds(duration) * 1000).toISOString();
}

/** A document that answers a change belongs to the order that was changed, wherever both came from. */
function findAnswered(
  { answers, change, order: own }: DraftSet,
  inbound: Answered,
): Pick<DocumentRecord, 'answers' | 'order'> {
  if (change !== undefined) {
    const order = findId(change.standing?.ref, inbound.orderOf);
    return { answers: findId(change.ref, inbound.documentOf), order };
  }
  return {
    answers: answers && inbound.documentOf.get(answers),
    order: own ?? (answers && inbound.orderOf.get(answers)),
  };
}

/** A hosted partner fetches: its file is there with the commit. Others are delivered to. */
function makeDelivery(file: FileContent, maker: OutboundMaker): DeliveryRecord | undefined {
  if (maker.channel === undefined) return undefined;
  const state = maker.channel === 'sftp-hosted' ? 'available' : 'pending';
  return {
    id: maker.ids(),
    file: file.id,
    partner: maker.partner,
    channel: maker.channel,
    state,
    attempts: 0,
  };
}
