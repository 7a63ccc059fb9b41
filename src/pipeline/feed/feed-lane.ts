import type { Context } from '../../context.ts';
import { durationSeconds } from '../../domain/partner/duration.ts';
import { backoff } from '../../jobs/backoff.ts';
import { enqueue, feedJob } from '../../jobs/lanes.ts';
import { type Database, inTransaction } from '../../store/database.ts';
import { recordEvents } from '../../store/events.ts';
import { raiseExceptions } from '../../store/exceptions.ts';
import {
  dueMessages,
  type FeedAttempt,
  isFailureTold,
  nextMessageAt,
  recordFeedAttempt,
  type StoredMessage,
  type WholeMessage,
} from '../../store/feed.ts';
import { makeEvent, makeException } from '../process/records.ts';
import type { Judgement } from './judge-answer.ts';
import { nameMessage } from './name-message.ts';
import { type Sent, sendMessage } from './send-message.ts';

/** Messages on their way at the same time, each of another order. */
const AT_ONCE = 4;

/** Tries of one message, two days with the backoff between them, before it is given up. */
const MOST_ATTEMPTS = 200;

/** Tries after which a person is told of a fault that may pass by itself, some five minutes after the first. */
const PATIENCE = 8;

/**
 * Sends what the ERP is to be told: the messages on one order in their order, those on others whatever becomes of it.
 * Ends when nothing is due.
 */
export async function feedLane(context: Context, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const due = await dueMessages(context.db, context.clock(), AT_ONCE);
    if (due.length === 0) {
      const at = await nextMessageAt(context.db);
      if (at !== undefined) await enqueue(context.db, feedJob(at));
      return;
    }
    await sendTogether(context, due, signal);
  }
}

/** Sent side by side and noted one after the other, so that trouble with all of them is told once. */
async function sendTogether(
  context: Context,
  due: readonly WholeMessage[],
  signal: AbortSignal,
): Promise<void> {
  let noted: Promise<void> = Promise.resolve();
  const ends = await Promise.allSettled(
    due.map(async (message) => {
      const sent = await sendMessage(context, message, signal);
      noted = noted.then(() => noteAttempt(context, message, sent));
      await noted;
    }),
  );
  const failed = ends.find((end) => end.status === 'rejected');
  // What the worker's stop cut off goes out after the next start.
  if (failed !== undefined && !signal.aborted) throw failed.reason;
}

async function noteAttempt(context: Context, message: StoredMessage, { filed, judged }: Sent): Promise<void> {
  const at = context.clock();
  const result = concludeAttempt(context, message, judged, at);
  const { desk } = context.configuration();
  const maker = { ids: context.ids, now: at, partner: message.partner, desk };
  const about = { order: message.order };
  const text = describeResult(message, result);
  await inTransaction(context.db, async (tx) => {
    if (!(await recordFeedAttempt(tx, { id: message.id, at, filed, result }))) return;
    await recordEvents(tx, [makeEvent(maker, EVENTS[result.kind], text, about)]);
    const kind = result.kind === 'rejected' ? 'erp-rejected' : 'erp-delivery-failed';
    if (await isWorthTelling(tx, message, judged, result))
      await raiseExceptions(tx, [makeException(maker, kind, text, about)]);
  });
  const detail = { message: message.id, order: message.poNumber, attempt: message.attempts + 1 };
  if (result.kind === 'sent' || result.kind === 'acknowledged') context.log.info(detail, 'told the ERP');
  else context.log.warn(detail, text);
}

const EVENTS = {
  sent: 'erp-sent',
  acknowledged: 'erp-acknowledged',
  rejected: 'erp-rejected',
  retry: 'erp-postponed',
  failed: 'erp-delivery-failed',
} as const satisfies Readonly<Record<FeedAttempt['result']['kind'], string>>;

function concludeAttempt(
  context: Context,
  { attempts }: StoredMessage,
  judged: Judgement,
  at: string,
): FeedAttempt['result'] {
  if (judged.kind === 'sent') {
    const within = context.configuration().company?.erp?.acknowledged ?? 'never';
    if (within === 'never') return { kind: 'sent' };
    const acknowledgeBy = new Date(Date.parse(at) + durationSeconds(within) * 1000).toISOString();
    return { kind: 'sent', acknowledgeBy };
  }
  if (judged.kind !== 'retry') return judged;
  const { error } = judged;
  const attempt = attempts + 1;
  if (attempt >= MOST_ATTEMPTS) return { kind: 'failed', error };
  const wait = backoff(attempt, context.random());
  return { kind: 'retry', error, nextAttemptAt: new Date(Date.parse(at) + wait).toISOString() };
}

/** While the ERP is away every order waits for it: one exception tells for all. */
async function isWorthTelling(
  tx: Database,
  { attempts, order }: StoredMessage,
  judged: Judgement,
  result: FeedAttempt['result'],
): Promise<boolean> {
  if (result.kind !== 'retry') return result.kind === 'rejected' || result.kind === 'failed';
  const permanent = judged.kind === 'retry' && judged.permanent;
  if (attempts + 1 < (permanent ? 1 : PATIENCE)) return false;
  return !(await isFailureTold(tx, order));
}

function describeResult(message: StoredMessage, result: FeedAttempt['result']): string {
  const name = nameMessage(message);
  const tries = message.attempts + 1;
  switch (result.kind) {
    case 'sent':
      return `${name} sent to the ERP`;
    case 'acknowledged':
      return `${name} sent to the ERP and acknowledged at once`;
    case 'rejected':
      return `${name} rejected by the ERP: ${result.reason}`;
    case 'retry':
      return `${name} not sent to the ERP at try ${tries}: ${result.error}; next try ${result.nextAttemptAt}`;
    case 'failed':
      return `${name} not sent to the ERP after ${tries} ${tries === 1 ? 'try' : 'tries'}: ${result.error}`;
  }
}
