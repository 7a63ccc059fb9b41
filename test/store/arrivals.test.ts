import test from 'ava';
import type { FileContent } from '../../src/domain/exchange/records.ts';
import { processJob } from '../../src/jobs/lanes.ts';
import { type Arrival, storeArrival } from '../../src/store/arrivals.ts';
import { isOutage, violatedIndex } from '../../src/store/database.ts';
import { testDatabase } from '../support/database.ts';
import { makeEvent, makeFile } from '../support/exchange.ts';
import { waitFor } from '../support/wait.ts';

function arrive(over: Partial<FileContent> = {}): Arrival {
  const file = makeFile(over);
  const { partner } = file;
  const { task, lane, payload } = processJob(partner);
  const event = makeEvent({ partner, file: file.id, kind: 'file-received' });
  return { file, event, wake: { task, lane, payload, mostAttempts: 5 } };
}

test('what arrives at the same time shares a commit, in the order of arrival, and wakes each lane once', async (t) => {
  const { db } = await testDatabase(t);
  const arrivals = Array.from({ length: 30 }, (_, n) =>
    arrive({ name: `${n}.edi`, partner: `partner-${n % 3}`, bytes: Buffer.from([0, n, 255]) }),
  );
  const large = arrive({ name: 'large.edi', bytes: Buffer.alloc(65 * 1024, 'x') });
  await Promise.all([...arrivals, large].map((arrival) => storeArrival(db, arrival)));

  const files = await db('file').select('id', 'name', 'bytes', db.raw('xmin::text')).orderBy('seq');
  const small = files.filter(({ name }) => name !== 'large.edi');
  t.deepEqual(
    small.map(({ id, bytes }) => ({ id, bytes })),
    arrivals.map(({ file }) => ({ id: file.id, bytes: file.bytes })),
  );
  t.is(new Set(small.map(({ xmin }) => xmin)).size, 1);
  t.is(new Set(files.map(({ xmin }) => xmin)).size, 2);
  t.deepEqual(
    (await db('event').pluck('file_id')).sort(),
    [...arrivals, large].map(({ file }) => file.id).sort(),
  );
  t.deepEqual(await db('graphile_worker._private_jobs').orderBy('key').pluck('key'), [
    'process:acme',
    'process:partner-0',
    'process:partner-1',
    'process:partner-2',
  ]);
});

test('a group takes no more than a small transaction holds', async (t) => {
  const { db } = await testDatabase(t);
  const arrivals = Array.from({ length: 8 }, () => arrive({ bytes: Buffer.alloc(20 * 1024, 'x') }));
  await Promise.all(arrivals.map((arrival) => storeArrival(db, arrival)));
  const commits = await db('file').select(db.raw('count(*)::int')).groupByRaw('xmin::text').orderBy(1);
  t.deepEqual(
    commits.map(({ count }) => count),
    [2, 3, 3],
  );
});

test('one that cannot be stored hinders none that came with it, and its sender alone hears of it', async (t) => {
  const { db } = await testDatabase(t);
  const first = arrive();
  await storeArrival(db, first);
  const [before, again, after] = [arrive(), arrive({ id: first.file.id }), arrive()];
  const told = await Promise.allSettled([before, again, after].map((one) => storeArrival(db, one)));

  t.deepEqual(
    told.map(({ status }) => status),
    ['fulfilled', 'rejected', 'fulfilled'],
  );
  t.is(violatedIndex((told[1] as PromiseRejectedResult).reason), 'file_pkey');
  const kept = [first, before, after].map(({ file }) => file.id);
  t.deepEqual(await db('file').orderBy('seq').pluck('id'), kept);
  t.deepEqual((await db('event').pluck('file_id')).sort(), kept.toSorted());
});

test('nobody is told "received" of what a lost connection took along, and what comes later is stored', async (t) => {
  const { db } = await testDatabase(t);
  const held = await db.transaction();
  await held.raw('lock table file');
  const lost = Promise.allSettled([arrive(), arrive()].map((one) => storeArrival(db, one)));
  const blocked = async () =>
    (
      await db.raw(
        `select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      )
    ).rows[0]?.pid;
  const victim = await waitFor(blocked);
  await db.raw('select pg_terminate_backend(?)', [victim]);
  const told = await lost;
  await held.rollback();
  // As senders do that were not told "received".
  const again = await waitFor(async () => {
    const one = arrive();
    return await storeArrival(db, one).then(
      () => one,
      () => undefined,
    );
  });

  t.true(told.every((one) => one.status === 'rejected' && isOutage(one.reason)));
  t.deepEqual(await db('file').pluck('id'), [again.file.id]);
});
