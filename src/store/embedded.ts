import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { chooseUser, EmbeddedUnavailable, findBinaries, findClosedFolder } from './embedded-binaries.ts';
import {
  type Cluster,
  choosePort,
  findPostmaster,
  isAlive,
  launchServer,
  makeCluster,
  openFolder,
  type Postmaster,
  readOrMakePassword,
  SUPERUSER,
} from './embedded-cluster.ts';

export type EmbeddedOptions = {
  /** The data folder; the server's files are in its `postgres`. */
  readonly folder: string;
  readonly database?: string;
  /** One line for a person: the first start takes some seconds. */
  readonly onProgress?: (message: string) => void;
  /** Server settings over ours; tests that may lose data turn fsync off here. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
};

export type EmbeddedDatabase = {
  readonly url: string;
  /** Close all pools first. The server ends with the last process that uses it. */
  stop(): Promise<void>;
};

/** Every process that uses the server holds this lock shared; who gets it alone may turn off the light. */
const ATTENDANCE = 5_402_816_317;

/**
 * Starts the embedded server, or joins the one that runs in the folder already: started by another command,
 * or left behind by a process that was killed. If it dies while we use it, it is started again where it was.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const cluster = await prepareCluster(options);
  const seat = new Seat(cluster, options.timeoutMs ?? 60_000, options.onProgress ?? (() => undefined));
  const port = await seat.take();
  const database = options.database ?? 'causeway';
  await createDatabase(cluster, port, database);
  return { url: databaseUrl(cluster, port, database), stop: async () => await seat.leave() };
}

async function prepareCluster(options: EmbeddedOptions): Promise<Cluster> {
  const folder = resolve(options.folder);
  const data = join(folder, 'postgres');
  const user = await chooseUser(data);
  await openFolder(folder, user);
  const closed = await findClosedFolder(folder, user);
  if (closed !== undefined) {
    throw new EmbeddedUnavailable(
      `as root, the embedded PostgreSQL runs as user ${user.uid}, who may not enter ${closed}: set CAUSEWAY_DATA ` +
        'to a folder outside of it, such as /var/lib/causeway, or set DATABASE_URL',
    );
  }
  const cluster: Cluster = {
    folder,
    data,
    user,
    log: join(folder, 'postgres.log'),
    password: await readOrMakePassword(folder),
    binaries: await findBinaries(folder, user),
    settings: options.settings ?? {},
  };
  await makeCluster(cluster, options.onProgress ?? (() => undefined));
  return cluster;
}

/** Its type description leaves these two out. */
type SeatClient = pg.Client & { ref?(): void; unref?(): void };

/** Our place at the server: a connection that holds the attendance lock for as long as we use it. */
class Seat {
  readonly #cluster: Cluster;
  readonly #timeoutMs: number;
  readonly #onProgress: (message: string) => void;
  #client: SeatClient | undefined;
  #left = false;
  #recovery: Promise<void> = Promise.resolve();

  constructor(cluster: Cluster, timeoutMs: number, onProgress: (message: string) => void) {
    this.#cluster = cluster;
    this.#timeoutMs = timeoutMs;
    this.#onProgress = onProgress;
  }

  /** The port of the server, running and joined. */
  async take(): Promise<number> {
    const deadline = Date.now() + this.#timeoutMs;
    let problem: unknown = 'it never answered';
    while (Date.now() < deadline && !this.#left) {
      try {
        const running = (await findPostmaster(this.#cluster.data)) ?? (await this.#launch());
        if (running.port > 0) return await this.#sit(running.port);
      } catch (error) {
        if (error instanceof EmbeddedUnavailable) throw error;
        problem = error;
      }
      await pause(50);
    }
    throw new EmbeddedUnavailable(
      `PostgreSQL in ${this.#cluster.data} did not start: ${String(problem)}${await lastLogLines(this.#cluster)}`,
    );
  }

  async #launch(): Promise<Postmaster> {
    this.#onProgress('starting the database');
    const port = await choosePort(this.#cluster.folder);
    const launched = await launchServer(this.#cluster, port);
    while (!this.#left) {
      const running = await findPostmaster(this.#cluster.data);
      if (running !== undefined && running.port > 0) return running;
      if (launched.ended !== undefined) throw new Error(launched.ended);
      await pause(25);
    }
    throw new Error('stopped while starting');
  }

  async #sit(port: number): Promise<number> {
    const client: SeatClient = new pg.Client({
      connectionString: databaseUrl(this.#cluster, port, 'postgres'),
      connectionTimeoutMillis: 5_000,
      application_name: 'causeway attendance',
      keepAlive: true,
    });
    client.on('error', () => undefined);
    await client.connect();
    try {
      // Waits while another process, the last but us, is about to stop the server; its stop ends the wait.
      await client.query('select pg_advisory_lock_shared($1)', [ATTENDANCE]);
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    }
    client.once('end', () => this.#recover());
    // The seat alone does not keep a command from ending.
    client.unref?.();
    this.#client = client;
    return port;
  }

  #recover(): void {
    if (this.#left) return;
    this.#recovery = (async () => {
      while (!this.#left) {
        try {
          await this.take();
          return;
        } catch (error) {
          this.#onProgress(String(error));
          await pause(500);
        }
      }
    })();
  }

  async leave(): Promise<void> {
    if (this.#left) return;
    this.#left = true;
    await this.#recovery;
    const client = this.#client;
    if (client === undefined) return;
    try {
      client.ref?.();
      const alone = await client.query('select pg_try_advisory_lock($1) as alone', [ATTENDANCE]);
      if (alone.rows[0]?.alone === true) await this.#stopServer();
    } catch {
      // The server went away by itself.
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  async #stopServer(): Promise<void> {
    const running = await findPostmaster(this.#cluster.data);
    if (running === undefined) return;
    // Fast shutdown: open transactions are rolled back, a checkpoint is written.
    process.kill(running.pid, 'SIGINT');
    const deadline = Date.now() + this.#timeoutMs;
    while (isAlive(running.pid) && Date.now() < deadline) {
      if ((await findPostmaster(this.#cluster.data))?.pid !== running.pid) return;
      await pause(25);
    }
  }
}

async function createDatabase(cluster: Cluster, port: number, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl(cluster, port, 'postgres') });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const known = await client.query('select from pg_database where datname = $1', [name]);
    if (known.rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`);
  } catch (error) {
    // Two processes make it at the same moment.
    const code = (error as { code?: string }).code;
    if (code !== '42P04' && code !== '23505') throw error;
  } finally {
    await client.end();
  }
}

function databaseUrl(cluster: Cluster, port: number, database: string): string {
  return `postgres://${SUPERUSER}:${encodeURIComponent(cluster.password)}@127.0.0.1:${port}/${encodeURIComponent(database)}`;
}

async function lastLogLines(cluster: Cluster): Promise<string> {
  const text = await readFile(cluster.log, 'utf8').catch(() => '');
  const lines = text.trim().split('\n').slice(-5);
  return text.trim() === '' ? '' : `\n${lines.join('\n')}`;
}

function pause(ms: number): Promise<void> {
  return new Promise((done) => {
    setTimeout(done, ms);
  });
}
