import test from 'ava';
import {
  insertDeliveries,
  markDelivered,
  pendingDeliveries,
  recordDeliveryAttempt,
  retryDeliveries,
} from '../../src/store/deliveries.ts';
import { insertFile } from '../../src/store/files.ts';
import { listArchive, listInbound, readArchive } from '../../src/store/hosted.ts';
import { listWaitingWork } from '../../src/store/lanes.ts';
import { testDatabase } from '../support/database.ts';
import { AT, makeDelivery, makeFile } from '../support/exchange.ts';

const LANE = { partner: 'acme', channel: 'sftp' };

test('a delivery is tried, backs off, and is done or given up', async (t) => {
  const { db } = await testDatabase(t);
  const file = makeFile({ direction: 'out', state: 'ready' });
  await insertFile(db, file);
  const delivery = makeDelivery(file.id);
  await insertDeliveries(db, [delivery, makeDelivery(file.id, { partner: 'other' })]);
  t.like(await pendingDeliveries(db, LANE, AT), { due: [{ ...delivery, name: file.name, size: file.size }] });

  const until = '2026-11-21T10:01:00Z';
  const retry = { kind: 'retry', error: 'connection refused', nextAttemptAt: until } as const;
  t.is(await recordDeliveryAttempt(db, { delivery: delivery.id, at: AT, ms: 12.4, result: retry }), 1);
  t.deepEqual(await pendingDeliveries(db, LANE, AT), { due: [], waitUntil: until });
  t.deepEqual(
    (await listWaitingWork(db, AT)).map((work) => work.kind === 'deliver' && work.partner),
    ['other'],
  );

  const failed = { kind: 'failed', error: 'host key changed' } as const;
  t.is(await recordDeliveryAttempt(db, { delivery: delivery.id, at: until, ms: 3, result: failed }), 2);
  t.deepEqual(await pendingDeliveries(db, LANE, until), { due: [] });
  const woken = await retryDeliveries(db, delivery.file);
  t.true(woken.some(({ partner, channel }) => partner === LANE.partner && channel === LANE.channel));
  t.like(await pendingDeliveries(db, LANE, AT), { due: [{ id: delivery.id, attempts: 0 }] });
  t.true(await markDelivered(db, delivery.id, AT));
  t.is(
    await recordDeliveryAttempt(db, { delivery: delivery.id, at: AT, ms: 1, result: { kind: 'delivered' } }),
    undefined,
  );
  t.is(Number((await db('delivery_attempt').count())[0]?.['count']), 3);
});

test('the archive shows a partner its own files only', async (t) => {
  const { db } = await testDatabase(t);
  const [old, mine, answer] = [
    makeFile({ at: '2026-10-01T00:00:00Z' }),
    makeFile(),
    makeFile({ direction: 'out', state: 'ready' }),
  ];
  const theirs = makeFile({ partner: 'other' });
  for (const file of [old, mine, answer, theirs]) await insertFile(db, file);
  const since = '2026-11-01T00:00:00Z';
  const ids = (files: readonly { id: string }[]) => files.map((file) => file.id);
  t.deepEqual(ids(await listInbound(db, 'acme', since)), [mine.id]);
  t.deepEqual(ids(await listArchive(db, 'acme', since)), [mine.id, answer.id]);
  t.deepEqual(await readArchive(db, 'acme', mine.id), mine);
  t.is(await readArchive(db, 'acme', theirs.id), undefined);
});
