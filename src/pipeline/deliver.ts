import { deliverRemote } from '../channels/remote-sftp/deliver.ts';
import { RemoteFault } from '../channels/remote-sftp/fault.ts';
import type { Context } from '../context.ts';
import { backoff } from '../jobs/backoff.ts';
import { deliverJob, enqueue } from '../jobs/lanes.ts';
import { assert } from '../lib/assert.ts';
import { SecretMissing } from '../settings.ts';
import { inTransaction } from '../store/database.ts';
import {
  type DeliveryAttempt,
  pendingDeliveries,
  recordDeliveryAttempt,
  type StoredDelivery,
} from '../store/deliveries.ts';
import { recordEvents } from '../store/events.ts';
import { raiseExceptions } from '../store/exceptions.ts';
import { readFile } from '../store/files.ts';
import { makeEvent, makeException } from './records.ts';
import { findRemote, resolveRemote } from './remote.ts';

/** Tries of one delivery, about three hours with the backoff between them, before a person is asked. */
const MOST_ATTEMPTS = 18;

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
  const result = await send(context, delivery);
  const ms = performance.now() - started;
  const maker = { ids: context.ids, now: at, partner: delivery.partner };
  const about = { file: delivery.file };
  await inTransaction(context.db, async (tx) => {
    // Somebody else finished it meanwhile: what they noted stands.
    if ((await recordDeliveryAttempt(tx, { delivery: delivery.id, at, ms, result })) === undefined) return;
    const text = describeResult(delivery, result);
    await recordEvents(tx, [
      makeEvent(maker, result.kind === 'retry' ? 'delivery-postponed' : result.kind, text, about),
    ]);
    if (result.kind === 'failed')
      await raiseExceptions(tx, [makeException(maker, 'delivery-failed', text, about)]);
  });
  return result.kind;
}

async function send(context: Context, delivery: StoredDelivery): Promise<DeliveryAttempt['result']> {
  try {
    const partner = context.configuration().partners.get(delivery.partner);
    const remote = partner && findRemote(partner);
    if (partner === undefined || remote?.put === undefined) {
      return { kind: 'failed', error: 'the partner file names no server to deliver to' };
    }
    const file = await readFile(context.db, delivery.file);
    assert(file !== undefined, `delivery ${delivery.id} has no file`);
    await deliverRemote(resolveRemote(context, partner, remote), { name: file.name, bytes: file.bytes });
    return { kind: 'delivered' };
  } catch (error) {
    if (error instanceof SecretMissing) return { kind: 'failed', error: error.message };
    if (!(error instanceof RemoteFault)) throw error;
    const attempt = delivery.attempts + 1;
    if (error.kind === 'permanent' || attempt >= MOST_ATTEMPTS)
      return { kind: 'failed', error: error.message };
    const wait = backoff(attempt, context.random());
    const nextAttemptAt = new Date(Date.parse(context.clock()) + wait).toISOString();
    return { kind: 'retry', error: error.message, nextAttemptAt };
  }
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
