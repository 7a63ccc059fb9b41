import type { Query } from './lanes.ts';

/** Names under which jobs or queues are locked though nobody holds the lock of that name. */
const ABSENT = `
  select w.name from (
    select locked_by as name from graphile_worker._private_jobs where locked_by is not null
    union select locked_by from graphile_worker._private_job_queues where locked_by is not null
  ) w
  where not exists (
    select from pg_locks l
    where l.locktype = 'advisory' and l.granted and l.objsubid = 1
      and l.database = (select oid from pg_database where datname = current_database())
      and ((l.classid::bigint << 32) | l.objid::bigint) = hashtextextended(w.name, 0)
  )`;

/** Gives back what dead workers held. One look is not enough: a worker may just be taking its lock again. */
export class DeadWorkers {
  readonly #query: Query;
  readonly #graceMs: number;
  #suspects: ReadonlyMap<string, number> = new Map();

  constructor(query: Query, graceMs: number) {
    this.#query = query;
    this.#graceMs = graceMs;
  }

  /** Returns the workers whose jobs and queues it unlocked. */
  async unlock(): Promise<readonly string[]> {
    const rows = (await this.#query(ABSENT, [])) as readonly { name: string }[];
    const now = performance.now();
    const suspects = new Map(rows.map(({ name }) => [name, this.#suspects.get(name) ?? now]));
    const dead = [...suspects].filter(([, since]) => now - since >= this.#graceMs).map(([name]) => name);
    this.#suspects = suspects;
    if (dead.length > 0) await unlockWorkers(this.#query, dead);
    return dead;
  }
}

export async function unlockWorkers(query: Query, names: readonly string[]): Promise<void> {
  await query('select graphile_worker.force_unlock_workers($1::text[])', [names]);
}

const LOCKED =
  'select id from graphile_worker._private_jobs where locked_by = $1 and id <> all($2::bigint[])';

const UNLOCK = `
  with freed as (
    update graphile_worker._private_jobs set locked_at = null, locked_by = null
    where locked_by = $1 and id = any($2::bigint[]) returning job_queue_id
  )
  update graphile_worker._private_job_queues q set locked_at = null, locked_by = null
  from freed where q.id = freed.job_queue_id and q.locked_by = $1`;

/**
 * Jobs that a living worker took without knowing: the taking was committed, and the reply lost with the
 * connection. What it holds and does not run at two looks is given back; a job that just ended is at one.
 */
export class LostJobs {
  readonly #query: Query;
  #suspects: ReadonlySet<string> = new Set();

  constructor(query: Query) {
    this.#query = query;
  }

  async unlock(worker: string, running: ReadonlySet<string>): Promise<readonly string[]> {
    const rows = (await this.#query(LOCKED, [worker, [...running]])) as readonly { id: string }[];
    const ids = rows.map((row) => row.id);
    const lost = ids.filter((id) => this.#suspects.has(id) && !running.has(id));
    this.#suspects = new Set(ids);
    if (lost.length > 0) await this.#query(UNLOCK, [worker, lost]);
    return lost;
  }
}
