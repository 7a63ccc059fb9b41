import pg from 'pg';
import type { Log } from './log.ts';

const PING_MS = 5_000;

/**
 * The sign that a worker lives: an advisory lock under its name, on a connection of its own. It is gone the
 * moment the process is, however it ended; a connection that is lost is made anew.
 */
export class Presence {
  readonly #url: string;
  readonly #log: Log;
  readonly #stop = new AbortController();
  #held: PromiseWithResolvers<void> = Promise.withResolvers();
  #running: Promise<void> | undefined;

  constructor(databaseUrl: string, log: Log) {
    this.#url = databaseUrl;
    this.#log = log;
  }

  keep(worker: string): void {
    this.#running = this.#keepHolding(worker);
  }

  /** Rejects when the lock is not held in time: without it no job may begin. */
  async whenHeld(ms: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('the worker has no lock, so it takes no job')), ms);
    });
    await Promise.race([this.#held.promise, late]).finally(() => clearTimeout(timer));
  }

  async release(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  async #keepHolding(worker: string): Promise<void> {
    while (!this.#stop.signal.aborted) {
      try {
        await this.#holdOnce(worker);
      } catch (error) {
        if (this.#stop.signal.aborted) return;
        this.#log.warn({ part: 'jobs', worker, error: String(error) }, 'worker lock lost, taking it again');
        await pause(250, this.#stop.signal);
      }
    }
  }

  /** Returns or throws when the lock is no longer held. */
  async #holdOnce(worker: string): Promise<void> {
    const client = new pg.Client({
      connectionString: this.#url,
      application_name: 'causeway worker lock',
      connectionTimeoutMillis: 5_000,
      query_timeout: PING_MS * 2,
      keepAlive: true,
    });
    const signal = this.#stop.signal;
    const lost = new Promise<never>((_, reject) => {
      client.on('error', reject);
      client.on('end', () => reject(new Error('connection ended')));
      signal.addEventListener('abort', () => reject(new Error('released')));
    });
    lost.catch(() => undefined);
    try {
      await Promise.race([client.connect(), lost]);
      await Promise.race([client.query('select pg_advisory_lock(hashtextextended($1, 0))', [worker]), lost]);
      this.#held.resolve();
      await Promise.race([pingForever(client, signal), lost]).finally(() => {
        this.#held = Promise.withResolvers();
      });
    } finally {
      void client.end().catch(() => undefined);
    }
  }
}

/** A connection that died without a word is noticed by the next ping. */
async function pingForever(client: pg.Client, signal: AbortSignal): Promise<never> {
  for (;;) {
    await pause(PING_MS, signal);
    await client.query('select 1');
  }
}

export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const finish = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', finish);
      resolve();
    };
    const timer = setTimeout(finish, ms);
    signal.addEventListener('abort', finish);
  });
}
