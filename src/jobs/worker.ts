import { runTaskList, type TaskList, type WorkerPool } from 'graphile-worker';
import pg from 'pg';
import { watchTakes } from './failed-takes.ts';
import { addJobs, type Job, type Query } from './lanes.ts';
import { type Log, queueLogger } from './log.ts';
import { Presence, pause } from './presence.ts';
import { DeadWorkers, LostJobs, unlockWorkers } from './reclaim.ts';
import { ensureRepeated, type Repeated, removeFailedJobs, wakeIdleLanes } from './sweep.ts';

export type Run = {
  /** Aborts when the worker stops: a lane ends between two files, and goes on after the next start. */
  readonly signal: AbortSignal;
  /** Which try of the queue this is, from 1. */
  readonly attempt: number;
};

/** Throwing means that the world failed: the queue tries again, later and later. */
export type Task = (payload: unknown, run: Run) => Promise<void>;

export type WorkerContext = {
  readonly databaseUrl: string;
  readonly concurrency: number;
  readonly log: Log;
  readonly repeated?: readonly Repeated[];
  /** Lanes with work in our own tables, whatever the queue says. */
  readonly findWaiting?: () => Promise<readonly Job[]>;
  readonly sweepMs?: number;
  /** How often the jobs of dead workers, and those lost with a connection, are looked for. */
  readonly reclaimMs?: number;
  /** How soon a job that nothing announces is seen: one whose moment has come, or whose worker died. */
  readonly pollMs?: number;
  /** How long running tasks may take to end when the worker stops. */
  readonly drainMs?: number;
};

export type RunningWorker = {
  /** Lets the running tasks end; what they leave is done after the next start. */
  stop(): Promise<void>;
};

/** Starts to take jobs; they must have been migrated (`migrateJobs`). */
export async function startWorker(
  context: WorkerContext,
  tasks: Readonly<Record<string, Task>>,
): Promise<RunningWorker> {
  const worker = new Worker(context, tasks);
  await worker.start();
  return worker;
}

class Worker implements RunningWorker {
  readonly #context: WorkerContext;
  readonly #tasks: Readonly<Record<string, Task>>;
  readonly #pool: pg.Pool;
  readonly #query: Query;
  readonly #stopping = new AbortController();
  /** Ids of the jobs that run here now. */
  readonly #running = new Set<string>();
  #workers: WorkerPool | undefined;
  #parts: readonly Promise<void>[] = [];

  constructor(context: WorkerContext, tasks: Readonly<Record<string, Task>>) {
    this.#context = context;
    this.#tasks = tasks;
    this.#pool = new pg.Pool({
      connectionString: context.databaseUrl,
      // One to listen, one to sweep, one a task to take and finish jobs.
      max: context.concurrency + 2,
      application_name: 'causeway worker',
      connectionTimeoutMillis: 5_000,
      statement_timeout: 60_000,
      keepAlive: true,
    });
    // The queue lets go of its listening connection before that has said its last error.
    this.#pool.on('connect', (client) => client.on('error', () => undefined));
    this.#pool.on('error', (error) => this.#warn('idle connection lost', error));
    this.#query = async (text, values) => (await this.#pool.query(text, [...values])).rows;
  }

  async start(): Promise<void> {
    await ensureRepeated(this.#query, this.#context.repeated ?? []);
    this.#parts = [this.#work(), this.#reclaim(), this.#sweep()];
  }

  async stop(): Promise<void> {
    if (this.#stopping.signal.aborted) return;
    this.#stopping.abort();
    const workers = this.#workers;
    if (workers !== undefined) {
      const drained = Promise.resolve(workers.gracefulShutdown('stopping')).then(
        () => true,
        () => true,
      );
      const patience = new AbortController();
      const late = pause(this.#context.drainMs ?? 8_000, patience.signal).then(() => false);
      if (!(await Promise.race([drained, late]))) {
        await Promise.resolve(workers.forcefulShutdown('did not end in time')).catch(() => undefined);
      }
      patience.abort();
    }
    await Promise.all(this.#parts);
    await this.#pool.end();
  }

  /** The queue's workers give up when they cannot record what they did: then new ones take their place. */
  async #work(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      const presence = new Presence(this.#context.databaseUrl, this.#context.log);
      const workers = this.#startWorkers(presence);
      this.#workers = workers;
      presence.keep(workers.id);
      try {
        await workers.promise;
      } catch (error) {
        this.#warn('workers ended', error);
      }
      await presence.release();
      await this.#giveBack(workers.id);
    }
  }

  /** What ended workers could not give back themselves: nobody need find out first that they are dead. */
  async #giveBack(name: string): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      try {
        await unlockWorkers(this.#query, [name]);
        return;
      } catch {
        await pause(200, this.#stopping.signal);
      }
    }
  }

  #startWorkers(presence: Presence): WorkerPool {
    const concurrency = this.#context.concurrency;
    const pool: WorkerPool = runTaskList(
      {
        pgPool: this.#pool,
        concurrency,
        events: watchTakes(concurrency * 3, () => {
          Promise.resolve(pool.gracefulShutdown('cannot take jobs')).catch((error) =>
            this.#warn('workers did not end well', error),
          );
        }),
        pollInterval: this.#context.pollMs ?? 1_000,
        noHandleSignals: true,
        logger: queueLogger(this.#context.log),
        // Asked before each job is taken: no lock, no job.
        forbiddenFlags: async () => {
          await presence.whenHeld(5_000);
          return null;
        },
        // Unbatched, a job that cannot be marked done while the database is away is an unhandled rejection.
        preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
      },
      this.#taskList(),
      this.#pool,
    );
    return pool;
  }

  #taskList(): TaskList {
    const list: TaskList = {};
    for (const [name, task] of Object.entries(this.#tasks)) {
      list[name] = async (payload, { job }) => {
        const lane = job.key;
        const repeated = this.#context.repeated?.find((each) => each.job.lane === lane);
        const signal = this.#stopping.signal;
        this.#running.add(job.id);
        try {
          // One that was just being taken when the worker stopped is left to the next.
          if (!signal.aborted) await task(payload, { signal, attempt: job.attempts });
        } finally {
          this.#running.delete(job.id);
          if (repeated !== undefined) await this.#repeat(repeated);
        }
        // What the lane left undone is found by the job that takes its place.
        if (signal.aborted && repeated === undefined && lane !== null) {
          await addJobs(this.#query, [{ task: name, lane, payload: payload as Job['payload'] }]);
        }
      };
    }
    return list;
  }

  async #repeat({ job, everyMs }: Repeated): Promise<void> {
    const runAt = new Date(Date.now() + everyMs).toISOString();
    await addJobs(this.#query, [{ ...job, runAt }]);
  }

  async #reclaim(): Promise<void> {
    const everyMs = this.#context.reclaimMs ?? 2_000;
    const dead = new DeadWorkers(this.#query, everyMs * 1.9);
    const lost = new LostJobs(this.#query);
    await this.#repeatedly(everyMs, async () => {
      const workers = await dead.unlock();
      if (workers.length > 0) {
        this.#context.log.warn({ part: 'jobs', workers }, 'took over the jobs of dead workers');
      }
      const jobs = this.#workers === undefined ? [] : await lost.unlock(this.#workers.id, this.#running);
      if (jobs.length > 0) this.#context.log.warn({ part: 'jobs', jobs }, 'gave back jobs taken unknowingly');
    });
  }

  async #sweep(): Promise<void> {
    const { findWaiting, repeated = [], log } = this.#context;
    await this.#repeatedly(this.#context.sweepMs ?? 30_000, async () => {
      await ensureRepeated(this.#query, repeated);
      const woken = findWaiting === undefined ? [] : await wakeIdleLanes(this.#query, await findWaiting());
      if (woken.length > 0)
        log.info({ part: 'jobs', lanes: woken.map((job) => job.lane) }, 'woke idle lanes');
      await removeFailedJobs(this.#query);
    });
  }

  async #repeatedly(everyMs: number, action: () => Promise<void>): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      await action().catch((error: unknown) => this.#warn('upkeep of the queue failed', error));
      await pause(everyMs, this.#stopping.signal);
    }
  }

  #warn(message: string, error: unknown): void {
    this.#context.log.warn({ part: 'jobs', error: String(error) }, message);
  }
}
