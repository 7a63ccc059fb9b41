import { addJobs, type Job, type Query } from './lanes.ts';

/** A job that runs again and again, from the end of one run to the start of the next. */
export type Repeated = { readonly job: Job; readonly everyMs: number };

/*
 * Lanes that something will happen in: a job runs, or is about to, or failed and backs off. A job that gave up
 * covers nothing, nor does one that waits for a later moment.
 */
const COVERED = `
  select key from graphile_worker.jobs
  where key = any($1::text[])
    and (locked_at is not null
      or attempts < max_attempts and (attempts > 0 or run_at <= now() + interval '5 seconds'))`;

const EXISTING = `
  select key from graphile_worker.jobs
  where key = any($1::text[]) and (locked_at is not null or attempts < max_attempts)`;

/** Those of the jobs whose lanes had work but no job; they have one now. */
export async function wakeIdleLanes(query: Query, waiting: readonly Job[]): Promise<readonly Job[]> {
  return await addMissing(query, waiting, COVERED);
}

export async function ensureRepeated(query: Query, repeated: readonly Repeated[]): Promise<readonly Job[]> {
  const jobs = repeated.map((each) => each.job);
  return await addMissing(query, jobs, EXISTING);
}

/** Jobs that gave up: superseded ones at once, the others after a day in which a person may look at them. */
export async function removeFailedJobs(query: Query): Promise<void> {
  await query(
    `delete from graphile_worker._private_jobs where attempts >= max_attempts and locked_at is null
      and (key is null or updated_at < now() - interval '1 day')`,
    [],
  );
}

export type JobCount = {
  readonly task: string;
  readonly state: 'waiting' | 'running' | 'failed';
  readonly jobs: number;
};

/** For health and metrics. */
export async function countJobs(query: Query): Promise<readonly JobCount[]> {
  const rows = await query(
    `select task_identifier as task, count(*)::int as jobs,
        case when locked_at is not null then 'running' when attempts >= max_attempts then 'failed'
          else 'waiting' end as state
      from graphile_worker.jobs group by 1, 3`,
    [],
  );
  return rows as readonly JobCount[];
}

async function addMissing(query: Query, jobs: readonly Job[], existing: string): Promise<readonly Job[]> {
  if (jobs.length === 0) return [];
  const rows = (await query(existing, [jobs.map((job) => job.lane)])) as readonly { key: string }[];
  const known = new Set(rows.map((row) => row.key));
  const missing = jobs.filter((job) => !known.has(job.lane));
  await addJobs(query, missing);
  return missing;
}
