import { deliverRemote } from '../../channels/remote-sftp/deliver.ts';
import { RemoteFault } from '../../channels/remote-sftp/fault.ts';
import type { Context } from '../../context.ts';
import { backoff } from '../../jobs/backoff.ts';
import { deliverJob, enqueue } from '../../jobs/lanes.ts';
import { assert } from '../../lib/assert.ts';
import { SecretMissing } from '../../settings.ts';
import { inTransaction } from '../../store/database.ts';
import {
  type DeliveryAttempt,
  pendingDeliveries,
  recordDeliveryAttempt,
  type StoredDelivery,
} from '../../store/deliveries.ts';
import { recordEvents } from '../../store/events.ts';
import { raiseExceptions } from '../../store/exceptions.ts';
import { readFile } from '../../store/files.ts';
import { makeEvent, makeException } from '../process/records.ts';
import { findRemote, isActive, resolveRemote } from './remote.ts';

/** Tries of one delivery, two days with the backoff between them, before it is given up. */
const MOST_ATTEMPTS = 200;

/** Tries after which a person is told of a fault that may pass by itself, some five minutes after the first. */
const PATIENCE = 8;

export type Lane = { readonly partner: string; readonly channel: string };

/**
 * Drains the deliveries of one channel in their order: while the oldest waits for its next try, none overtakes it. A
 * partner whose server is down slows its own lane and no other.
 */
export async function deliverLane(context: Context, lane: Lane, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const { due, waitUntil } = await pendingDeliveries(context.db, lane, context.clock());
    if (waitUntil !== undefined) {
      await enqueue(context.db, deliverJob(lane.partner, lane.channel, waitUntil));
      return;
    }
    if (due.length === 0) return;
    for (const delivery of due) {
      if (signal.aborted) return;
      const result = await attemptDelivery(context, delivery);
      if (result === 'retry') break;
    }
  }
}

async function attemptDelivery(
  context: Context,
  delivery: StoredDelivery,
): Promise<DeliveryAttempt['result']['kind']> {
  const at = context.clock();
  const started = performance.now();
  const { result, permanent } = await send(context, delivery);
  const ms = performance.now() - started;
  const { desk } = context.configuration();
  const maker = { ids: context.ids, now: at, partner: delivery.partner, desk };
  const about = { file: delivery.file };
  await inTransaction(context.db, async (tx) => {
    // Somebody else finished it meanwhile: what they noted stands.
    if ((await recordDeliveryAttempt(tx, { delivery: delivery.id, at, ms, result })) === undefined) return;
    const text = describeResult(delivery, result);
    await recordEvents(tx, [
      makeEvent(maker, result.kind === 'retry' ? 'delivery-postponed' : result.kind, text, about),
    ]);
    const attempt = delivery.attempts + 1;
    const told =
      result.kind === 'failed' || (result.kind === 'retry' && attempt === (permanent ? 1 : PATIENCE));
    if (told) await raiseExceptions(tx, [makeException(maker, 'delivery-failed', text, about)]);
    const detail = { partner: delivery.partner, file: delivery.name, attempt };
    if (result.kind === 'delivered') context.log.info(detail, 'delivered');
    else context.log.warn({ ...detail, reason: result.error }, 'not delivered');
  });
  return result.kind;
}

type Sent = { readonly result: DeliveryAttempt['result']; readonly permanent: boolean };

/**
 * One try. Trouble that a person must mend (a refused log-in, another host key, a missing secret) keeps the delivery
 * waiting as well: once it is mended, it goes out by itself.
 */
async function send(context: Context, delivery: StoredDelivery): Promise<Sent> {
  try {
    const partner = context.configuration().partners.get(delivery.partner);
    const remote = partner && findRemote(partner);
    if (partner === undefined || remote?.put === undefined) {
      return postpone(context, delivery, 'no sound partner file names a server to deliver to', true);
    }
    if (!isActive(partner)) {
      return postpone(context, delivery, `the partner is ${partner.file.status}`, false);
    }
    const file = await readFile(context.db, delivery.file);
    assert(file !== undefined, `delivery ${delivery.id} has no file`);
    await deliverRemote(resolveRemote(context, partner, remote), { name: file.name, bytes: file.bytes });
    return { result: { kind: 'delivered' }, permanent: false };
  } catch (error) {
    if (error instanceof SecretMissing) return postpone(context, delivery, error.message, true);
    if (!(error instanceof RemoteFault)) throw error;
    return postpone(context, delivery, error.message, error.kind === 'permanent');
  }
}

function postpone(context: Context, delivery: StoredDelivery, error: string, permanent: boolean): Sent {
  const attempt = delivery.attempts + 1;
  if (attempt >= MOST_ATTEMPTS) return { result: { kind: 'failed', error }, permanent };
  const wait = backoff(attempt, context.random());
  const nextAttemptAt = new Date(Date.parse(context.clock()) + wait).toISOString();
  return { result: { kind: 'retry', error, nextAttemptAt }, permanent };
}

function describeResult(delivery: StoredDelivery, result: DeliveryAttempt['result']): string {
  const { name, attempts } = delivery;
  switch (result.kind) {
    case 'delivered':
      return `${name} delivered`;
    case 'retry':
      return `${name} not delivered at try ${attempts + 1}: ${result.error}; next try ${result.nextAttemptAt}`;
    case 'failed':
      return `${name} not delivered after ${attempts + 1} tries: ${result.error}`;
  }
}
