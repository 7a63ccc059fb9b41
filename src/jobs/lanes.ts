import type { Knex } from 'knex';
import { Bug } from '../lib/assert.ts';
import type { Instant } from '../lib/dates.ts';

/**
 * A lane is work that runs one after the other: the files of one partner, the deliveries of one channel. One
 * job drains it: a task takes what it finds until nothing is left. At most one job of a lane waits and one runs.
 */
export type Job = {
  readonly task: string;
  readonly lane: string;
  readonly payload: Readonly<Record<string, unknown>>;
  /** Not before then. A job of the lane that waits already keeps its moment. */
  readonly runAt?: Instant | undefined;
};

export function processJob(partner: string, runAt?: Instant): Job {
  return { task: 'process', lane: `process:${partner}`, payload: { partner }, runAt };
}

export function deliverJob(partner: string, channel: string, runAt?: Instant): Job {
  return { task: 'deliver', lane: `deliver:${partner}:${channel}`, payload: { partner, channel }, runAt };
}

/** For what waits to be delivered; what lies in /outbound needs no job. */
export function deliverJobs(
  deliveries: readonly { readonly partner: string; readonly channel: string; readonly state: string }[],
): Job[] {
  return deliveries
    .filter(({ state }) => state === 'pending')
    .map(({ partner, channel }) => deliverJob(partner, channel));
}

export function pollJob(partner: string, channel: string): Job {
  return { task: 'poll', lane: `poll:${partner}:${channel}`, payload: { partner, channel } };
}

/** What the ERP is told of orders. */
export function feedJob(runAt?: Instant): Job {
  return { task: 'feed', lane: 'feed', payload: {}, runAt };
}

/** Mails to people. */
export function mailJob(runAt?: Instant): Job {
  return { task: 'mail', lane: 'mail', payload: {}, runAt };
}

/** Stock that came by import goes to what waits for it. */
export function fillJob(): Job {
  return { task: 'fill', lane: 'fill', payload: {} };
}

/** Invoices of what was shipped. */
export function billJob(): Job {
  return { task: 'bill', lane: 'bill', payload: {} };
}

/** What was told of shipments. */
export function shipJob(runAt?: Instant): Job {
  return { task: 'ship', lane: 'ship', payload: {}, runAt };
}

/** PDFs of certificates, and their way to the partner. */
export function certifyJob(): Job {
  return { task: 'certify', lane: 'certify', payload: {} };
}

export function watchJob(): Job {
  return { task: 'watch', lane: 'watch', payload: {} };
}

/** The queue's own tries of a task that threw; after the last, the sweep starts the lane afresh. */
export const MOST_ATTEMPTS = 5;

const MOST_ROUNDS = 100;

/** Runs one statement with `$1`, `$2`, … */
export type Query = (text: string, values: readonly unknown[]) => Promise<readonly unknown[]>;

const ADD = `select id from graphile_worker.add_job(identifier => $1, payload => $2::json, queue_name => $3,
  job_key => $3, run_at => $4::timestamptz, job_key_mode => $5, max_attempts => ${MOST_ATTEMPTS}) where id is not null`;

/**
 * Wakes lanes, inside the caller's transaction: the jobs appear with its commit. Call it last, for the row of a
 * waiting job stays locked until then, and others who wake the same lane wait for it.
 *
 * A wake-up is never lost. A job that runs already loses its key and a new one is queued behind it, because it
 * may have looked before this transaction commits.
 */
export async function enqueue(tx: Knex, jobs: Job | readonly Job[]): Promise<void> {
  await addJobs(queryWith(tx), isList(jobs) ? jobs : [jobs]);
}

/**
 * A lane that found nothing says so before it ends, and then looks once more: until then all who bring work rely
 * on the job that runs, and queue no other.
 */
export async function leaveLane(db: Knex, lane: string): Promise<void> {
  await queryWith(db)('select leave_lane($1)', [lane]);
}

export async function addJobs(query: Query, jobs: readonly Job[]): Promise<void> {
  const byLane = new Map(jobs.map((job) => [job.lane, job]));
  // In the order of their names, so that two callers never wait for each other.
  for (const lane of [...byLane.keys()].sort()) await addJob(query, byLane.get(lane) as Job);
}

/*
 * Between the two statements inside add_job a worker may lock the waiting job: then neither a new job is made
 * nor the waiting one is kept back, and no row comes back. The second round sees the job running.
 */
async function addJob(query: Query, job: Job): Promise<void> {
  const mode = job.runAt === undefined ? 'replace' : 'preserve_run_at';
  const values = [job.task, JSON.stringify(job.payload), job.lane, job.runAt ?? null, mode];
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    if ((await query(ADD, values)).length > 0) return;
  }
  throw new Bug(`no job could be queued in lane ${job.lane}`);
}

export function queryWith(tx: Knex): Query {
  return async (text, values) => {
    const connection = await tx.client.acquireConnection();
    try {
      return (await connection.query({ text, values: [...values] })).rows;
    } finally {
      tx.client.releaseConnection(connection);
    }
  };
}

function isList(jobs: Job | readonly Job[]): jobs is readonly Job[] {
  return Array.isArray(jobs);
}
