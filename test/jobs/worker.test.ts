import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import test, { type ExecutionContext } from 'ava';
import { deliverJob, enqueue, processJob, queryWith, watchJob } from '../../src/jobs/lanes.ts';
import { DeadWorkers, LostJobs } from '../../src/jobs/reclaim.ts';
import { countJobs } from '../../src/jobs/sweep.ts';
import { type RunningWorker, startWorker, type Task, type WorkerContext } from '../../src/jobs/worker.ts';
import { inTransaction } from '../../src/store/database.ts';
import { claimNextFile, finishFile, insertFile } from '../../src/store/files.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { AT, makeFile } from '../support/exchange.ts';
import { QUIET } from '../support/quiet.ts';
import { waitFor } from '../support/wait.ts';

const KILLABLE = fileURLToPath(new URL('../support/worker-process.ts', import.meta.url));

async function work(
  t: ExecutionContext,
  { url }: TestDatabase,
  tasks: Readonly<Record<string, Task>>,
  over: Partial<WorkerContext> = {},
): Promise<RunningWorker> {
  const context = { databaseUrl: url, concurrency: 4, log: QUIET, pollMs: 50, reclaimMs: 300, ...over };
  const worker = await startWorker(context, tasks);
  t.teardown(() => worker.stop());
  return worker;
}

/** Takes all the files of a partner, as the pipeline does. */
function drain({ db }: TestDatabase, taken: string[]): Task {
  return async (payload, { signal }) => {
    const { partner } = payload as { partner: string };
    while (!signal.aborted) {
      const claim = await claimNextFile(db, partner, AT);
      if (claim.kind !== 'file') return;
      await finishFile(db, claim.file.id, 'done');
      taken.push(claim.file.id);
    }
  };
}

test('no wake-up is lost, however the inserts fall between the looks of a running lane', async (t) => {
  const database = await testDatabase(t);
  const taken: string[] = [];
  await work(t, database, { process: drain(database, taken) });
  const send = async () => {
    for (let n = 0; n < 100; n += 1) {
      await inTransaction(database.db, async (tx) => {
        await insertFile(tx, makeFile());
        await enqueue(tx, processJob('acme'));
        if (n % 3 === 0) await new Promise((resolve) => setImmediate(resolve));
      });
    }
  };
  await Promise.all([send(), send(), send(), send()]);
  await waitFor(() => taken.length >= 400);
  t.is(new Set(taken).size, 400);
});

test('a job that is queued while its lane runs makes it run once more; a waiting one is not doubled', async (t) => {
  const database = await testDatabase(t);
  const { db } = database;
  const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let runs = 0;
  let atOnce = 0;
  await work(t, database, {
    process: async () => {
      atOnce += 1;
      t.is(atOnce, 1);
      runs += 1;
      await gates[runs - 1]?.promise;
      atOnce -= 1;
    },
  });
  await enqueue(db, processJob('acme'));
  await waitFor(() => runs === 1);
  for (let n = 0; n < 5; n += 1) await enqueue(db, processJob('acme'));
  t.deepEqual((await countJobs(queryWith(db))).map(({ state, jobs }) => `${jobs} ${state}`).sort(), [
    '1 running',
    '1 waiting',
  ]);
  gates[0]?.resolve();
  await waitFor(() => runs === 2);
  gates[1]?.resolve();
  await waitFor(async () => (await countJobs(queryWith(db))).length === 0);
  t.is(runs, 2);
});

test('a wake-up for later never pushes back one for now', async (t) => {
  const database = await testDatabase(t);
  await enqueue(database.db, [processJob('acme'), deliverJob('acme', 'sftp')]);
  await enqueue(database.db, processJob('acme', '2099-01-01T00:00:00Z'));
  await enqueue(database.db, processJob('later', '2099-01-01T00:00:00Z'));
  await enqueue(database.db, processJob('later'));
  const ran: string[] = [];
  const note: Task = async (payload) => {
    ran.push((payload as { partner: string }).partner);
  };
  await work(t, database, { process: note, deliver: note });
  await waitFor(() => ran.length === 3);
  t.deepEqual(ran.sort(), ['acme', 'acme', 'later']);
});

test('a rolled back transaction wakes nobody', async (t) => {
  const { db } = await testDatabase(t);
  await t.throwsAsync(
    inTransaction(db, async (tx) => {
      await enqueue(tx, processJob('acme'));
      throw new Error('on purpose');
    }),
  );
  t.deepEqual(await countJobs(queryWith(db)), []);
});

test('the job of a worker that was killed runs again', async (t) => {
  const database = await testDatabase(t);
  const child = spawn(process.execPath, [KILLABLE, database.url], { stdio: ['pipe', 'pipe', 'inherit'] });
  t.teardown(() => child.kill('SIGKILL'));
  await enqueue(database.db, processJob('acme'));
  await once(createInterface({ input: child.stdout }), 'line');
  let attempt = 0;
  const tasks: Record<string, Task> = {
    process: async (_payload, run) => {
      attempt = run.attempt;
    },
  };
  await work(t, database, tasks, { reclaimMs: 200 });

  t.deepEqual(await new DeadWorkers(queryWith(database.db), 0).unlock(), [], 'the living keeps its job');
  t.is(attempt, 0);

  child.kill('SIGKILL');
  await waitFor(() => attempt === 2, 35_000);
  await waitFor(async () => (await countJobs(queryWith(database.db))).length === 0);
});

test('a job that was taken though the reply was lost is given back after two looks', async (t) => {
  const database = await testDatabase(t);
  const query = queryWith(database.db);
  await enqueue(database.db, processJob('acme'));
  const [job] = (await query(
    `update graphile_worker._private_jobs set locked_at = now(), locked_by = 'me'
    returning id`,
    [],
  )) as readonly { id: string }[];
  await query(`update graphile_worker._private_job_queues set locked_at = now(), locked_by = 'me'`, []);
  const lost = new LostJobs(query);
  const id = job?.id ?? '';
  t.deepEqual(await lost.unlock('me', new Set([id])), []);
  t.deepEqual(await lost.unlock('me', new Set()), []);
  t.deepEqual(await lost.unlock('me', new Set()), [id]);

  let runs = 0;
  await work(t, database, {
    process: async () => {
      runs += 1;
    },
  });
  await waitFor(() => runs === 1);
});

test('a worker whose connections are all cut goes on by itself', async (t) => {
  const database = await testDatabase(t);
  const taken: string[] = [];
  await work(t, database, { process: drain(database, taken) });
  for (let round = 1; round <= 3; round += 1) {
    await database.db
      .raw(
        `select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and application_name like 'causeway worker%'`,
      )
      .catch(() => undefined);
    await inTransaction(database.db, async (tx) => {
      await insertFile(tx, makeFile());
      await enqueue(tx, processJob('acme'));
    });
    await waitFor(() => taken.length === round);
  }
  const countLocks = async () => {
    const rows = await database.db.raw(`select from pg_locks where locktype = 'advisory' and granted
      and database = (select oid from pg_database where datname = current_database())`);
    return rows.rowCount;
  };
  await waitFor(async () => (await countLocks()) === 1);
  t.pass();
});

test('a task that throws is tried again, and its lane is free for new work meanwhile', async (t) => {
  const database = await testDatabase(t);
  let runs = 0;
  await work(t, database, {
    process: async () => {
      runs += 1;
      if (runs === 1) throw new Error('the world failed');
    },
  });
  await enqueue(database.db, processJob('acme'));
  await waitFor(() => runs === 1);
  await waitFor(async () => (await countJobs(queryWith(database.db)))[0]?.state === 'waiting');
  await enqueue(database.db, processJob('acme'));
  await waitFor(() => runs === 2, 1_000);
  t.pass();
});

test('the sweep wakes lanes that nobody woke, and keeps repeated jobs going even when they throw', async (t) => {
  const database = await testDatabase(t);
  const taken: string[] = [];
  let watched = 0;
  await insertFile(database.db, makeFile());
  await work(
    t,
    database,
    {
      process: drain(database, taken),
      watch: async () => {
        watched += 1;
        if (watched % 2 === 1) throw new Error('the world failed');
      },
    },
    {
      sweepMs: 50,
      findWaiting: async () => (taken.length === 0 ? [processJob('acme')] : []),
      repeated: [{ job: watchJob(), everyMs: 20 }],
    },
  );
  await waitFor(() => taken.length === 1);
  await waitFor(() => watched >= 4);
  t.pass();
});

test('stopping lets the running task end, and the rest of its lane is done by the next worker', async (t) => {
  const database = await testDatabase(t);
  const taken: string[] = [];
  for (let n = 0; n < 3; n += 1) await insertFile(database.db, makeFile());
  await enqueue(database.db, processJob('acme'));
  const reached = Promise.withResolvers<void>();
  const first = await work(t, database, {
    process: async (_payload, { signal }) => {
      const claim = await claimNextFile(database.db, 'acme', AT);
      reached.resolve();
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      if (claim.kind === 'file') await finishFile(database.db, claim.file.id, 'done');
    },
  });
  await reached.promise;
  await first.stop();
  t.like(await countJobs(queryWith(database.db)), [{ task: 'process', state: 'waiting', jobs: 1 }]);

  await work(t, database, { process: drain(database, taken) });
  await waitFor(() => taken.length === 2);
  t.pass();
});

test('a task that does not end in time is given back', async (t) => {
  const database = await testDatabase(t);
  const started = Promise.withResolvers<void>();
  const stuck = await work(
    t,
    database,
    {
      process: () => {
        started.resolve();
        return new Promise(() => undefined);
      },
    },
    { drainMs: 100 },
  );
  await enqueue(database.db, processJob('acme'));
  await started.promise;
  await stuck.stop();
  t.like(await countJobs(queryWith(database.db)), [{ task: 'process', state: 'waiting', jobs: 1 }]);
});
