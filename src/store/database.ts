import knex, { type Knex } from 'knex';
import { assert } from '../lib/assert.ts';
import { isConflict } from './faults.ts';
import { MasterDataCache } from './master-data-cache.ts';
import { type Database, typeParsers } from './query.ts';

export { isOutage, isTransient, violatedIndex } from './faults.ts';
export type { Database } from './query.ts';

export type DatabaseOptions = {
  readonly poolSize?: number;
  /** What the connection is called in pg_stat_activity. */
  readonly name?: string;
  readonly connectMs?: number;
  readonly statementMs?: number;
  /** How long a caller waits for a connection of the pool. */
  readonly acquireMs?: number;
  /** Hears of connections that were lost; whoever used one hears of it by the error. */
  readonly onWarning?: (message: string) => void;
};

export type Transaction = Knex.Transaction;

/**
 * A plan made while a table was small would read all of it for as long as the plan is cached, through a rush of
 * thousands of files. A report that does read whole tables says `set local enable_seqscan = on`.
 */
const INDEXES_ONLY = '-c enable_seqscan=off';

/** Nothing is connected before the first query; a lost connection is replaced at the next one. */
export function openDatabase(url: string, options: DatabaseOptions = {}): Database {
  const { poolSize = 10, connectMs = 5_000, statementMs = 60_000, acquireMs = 15_000 } = options;
  const db = knex({
    client: 'pg',
    connection: {
      connectionString: url,
      application_name: options.name ?? 'causeway',
      connectionTimeoutMillis: connectMs,
      statement_timeout: statementMs,
      lock_timeout: statementMs,
      idle_in_transaction_session_timeout: statementMs,
      keepAlive: true,
      options: `-c TimeZone=UTC -c DateStyle=ISO ${INDEXES_ONLY}`,
      types: typeParsers,
    } as Knex.PgConnectionConfig,
    pool: {
      min: 0,
      max: poolSize,
      acquireTimeoutMillis: acquireMs,
      createTimeoutMillis: connectMs + 1_000,
      createRetryIntervalMillis: 100,
      idleTimeoutMillis: 30_000,
      // A failed connect fails the query that asked for it: its caller knows how long to wait and retry.
      propagateCreateError: true,
    } as Knex.PoolConfig,
    log: quietLog(options.onWarning ?? (() => undefined)),
    asyncStackTraces: false,
  });
  // Each transaction of the pool is handed the same.
  db.userParams = { masterData: new MasterDataCache() };
  return db;
}

/** What is kept of the database that a pool, or the pool of a transaction, was opened for. */
export function findMasterData({ userParams }: Database): MasterDataCache {
  const cache: unknown = userParams['masterData'];
  assert(cache instanceof MasterDataCache, 'the database was opened with openDatabase');
  return cache;
}

function quietLog(onWarning: (message: string) => void): Knex.Logger {
  const warn = (message: unknown) => onWarning(String(message));
  return { warn, error: warn, deprecate: warn, debug: () => undefined };
}

/** The server could lose what it has confirmed. */
export class UnsafeDatabase extends Error {
  override readonly name = 'UnsafeDatabase';
}

/**
 * A sender is told "received" after the commit, so a commit must survive a power cut. Servers set up for speed
 * in tests are refused unless the caller says that losing data is acceptable.
 */
export async function requireDurability(db: Database, accept: 'durable-only' | 'anything' = 'durable-only') {
  const result = await db.raw(
    `select name, setting from pg_settings where name in ('fsync', 'synchronous_commit', 'full_page_writes')`,
  );
  const rows = result.rows as { name: string; setting: string }[];
  const off = rows.filter((row) => row.setting === 'off').map((row) => row.name);
  if (off.length === 0 || accept === 'anything') return;
  throw new UnsafeDatabase(
    `the PostgreSQL server runs with ${off.map((name) => `${name} = off`).join(', ')}: a power cut would lose ` +
      `documents that partners were told are received. Turn ${off.length === 1 ? 'it' : 'them'} on in ` +
      `postgresql.conf, or choose another server in DATABASE_URL.`,
  );
}

const MOST_TRIES = 8;

/**
 * One transaction, run again when the server rolled it back for a deadlock or a serialization failure. A lost
 * connection is not retried here: whether its commit happened is for the natural keys of the work to tell.
 */
export async function inTransaction<T>(db: Database, work: (tx: Transaction) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db.transaction(work);
    } catch (error) {
      if (!isConflict(error) || attempt >= MOST_TRIES) throw error;
      await pause(Math.random() * 20 * 2 ** attempt);
    }
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
