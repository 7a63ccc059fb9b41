import { createHash } from 'node:crypto';
import type { Context } from '../../context.ts';
import type { AdviceResult, ApplicationAdvice } from '../../domain/application-advice/application-advice.ts';
import { describeResult, isRejection } from '../../domain/application-advice/describe-result.ts';
import {
  findReferred,
  type Match,
  matchResult,
  nameDocument,
} from '../../domain/application-advice/match-result.ts';
import { REJECTIONS } from '../../domain/exception/exchange-kinds.ts';
import type {
  DocumentRecord,
  EventRecord,
  ExceptionRecord,
  Id,
  Outcome,
} from '../../domain/exchange/records.ts';
import { findSentDocuments, keepAdvice, resolveRejections, saveResults } from '../../store/advices.ts';
import type { Database } from '../../store/database.ts';
import { recordEvents } from '../../store/events.ts';
import { type Resolution, raiseExceptions } from '../../store/exceptions.ts';
import type { Partner } from '../configuration/configuration.ts';
import { listTests } from '../process/list-tests.ts';
import { type Maker, makeEvent, makeException } from '../process/records.ts';

/** One 824, and whose it is. */
type Advised = {
  readonly document: Pick<DocumentRecord, 'id' | 'interchange' | 'set' | 'control' | 'groupControl'>;
  readonly advice: ApplicationAdvice;
  readonly test: boolean;
  readonly maker: Maker;
};

/** What the 824s among the documents of a file say of documents that we sent, in the transaction that stores them. */
export async function takeApplicationAdvices(
  context: Context,
  tx: Database,
  partner: Partner,
  { documents, interchanges }: Pick<Outcome, 'documents' | 'interchanges'>,
): Promise<void> {
  const tests = listTests(context, partner, interchanges);
  const { desk } = context.configuration();
  const maker = { ids: context.ids, now: context.clock(), partner: partner.id, desk };
  for (const document of documents) {
    const { direction, status, kind, canonical, interchange } = document;
    if (direction === 'out' || status === 'R' || kind !== 'application-advice') continue;
    const advice = canonical as ApplicationAdvice;
    await takeAdvice(tx, { document, advice, test: tests.has(interchange), maker });
  }
}

async function takeAdvice(tx: Database, advised: Advised): Promise<void> {
  const { document, advice, test, maker } = advised;
  const { partner } = maker;
  const about = { interchange: document.interchange, document: document.id };
  const { number, results } = advice;
  const isNew = await keepAdvice(tx, {
    document: document.id,
    partner,
    number,
    test,
    contentHash: hashAdvice(advice),
  });
  if (!isNew) {
    const text = `${nameAdvice(advised)} came before with the same content: nothing is done twice`;
    return await recordEvents(tx, [makeEvent(maker, 'advice-repeated', text, about)]);
  }
  const targets = results.map((result) => ({
    referred: findReferred(result),
    number: result.number,
    group: result.group,
    control: result.control,
  }));
  const found = await findSentDocuments(tx, targets, { partner, test });
  const matches = results.map((result, i) => matchResult(result, found[i]!));
  await saveResults(
    tx,
    results.map(({ outcome }, i) => ({ advice: document.id, document: sentOf(matches[i]!), outcome })),
  );
  const followed = results.map((result, i) => followResult(advised, result, matches[i]!));
  await recordEvents(
    tx,
    followed.flatMap(({ events = [] }) => events),
  );
  for (const { accepted } of followed)
    if (accepted !== undefined) await resolveRejections(tx, accepted.of, REJECTIONS, accepted.how);
  await raiseExceptions(
    tx,
    followed.flatMap(({ exceptions = [] }) => exceptions),
  );
}

function sentOf(match: Match): Id | undefined {
  return match.kind === 'found' ? match.document.id : undefined;
}

type Followed = {
  readonly events?: readonly EventRecord[];
  readonly exceptions?: readonly ExceptionRecord[];
  /** What is asked of nobody any more. */
  readonly accepted?: {
    readonly of: { readonly document: Id; readonly shipment?: Id | undefined };
    readonly how: Resolution;
  };
};

/** What follows from one result: it is told of the document that it means, and asked about where a person must act. */
function followResult(advised: Advised, result: AdviceResult, match: Match): Followed {
  const { document, maker } = advised;
  const by = nameAdvice(advised);
  const said = describeResult(result);
  if (match.kind === 'unclear') {
    const text = `${by}: ${match.text}; it says ${said}`;
    const about = { interchange: document.interchange, document: document.id };
    return { exceptions: [makeException(maker, 'advice-unclear', text, about)] };
  }
  const sent = match.document;
  const about = { document: sent.id, order: sent.order, shipment: sent.shipment };
  const since = sent.replacedBy === undefined ? '' : `; our ${sent.replacedBy} was sent in its place since`;
  const text = `${by} says of ${nameDocument(sent)}: ${said}${since}`;
  const events = [makeEvent(maker, 'advised', text, about)];
  if (!isRejection(result)) {
    const of = since === '' ? about : { document: sent.id };
    return {
      events,
      accepted: { of, how: { at: maker.now, by: 'partner', resolution: `${by} says ${said}` } },
    };
  }
  // Nobody is asked about what was corrected already.
  if (since !== '') return { events };
  const kind =
    sent.invoiceNumber === undefined ? 'document-rejected-by-partner' : 'invoice-rejected-by-partner';
  return { events, exceptions: [makeException(maker, kind, text, about, sent)] };
}

/** `the 824 0001 of group 325 (AA-2026-0188)`. */
function nameAdvice({ document: { set, control, groupControl }, advice }: Advised): string {
  return `the ${set} ${control} of group ${groupControl} (${advice.number})`;
}

/** What it says, whatever envelope it came in and whether or not it calls itself a duplicate. */
function hashAdvice(advice: ApplicationAdvice): string {
  const { source: _source, purpose: _purpose, purposeCode: _code, ...content } = advice;
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}
