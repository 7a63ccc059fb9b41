import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmod,
  chown,
  link,
  mkdir,
  open,
  readFile,
  readlink,
  rename,
  rm,
  stat,
  unlink,
  writeFile,
} from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join, sep } from 'node:path';
import type { Binaries, RunAs } from './embedded-binaries.ts';

/** One data folder with its server: `<folder>/postgres`. */
export type Cluster = {
  readonly folder: string;
  readonly data: string;
  readonly log: string;
  readonly password: string;
  readonly binaries: Binaries;
  readonly user: RunAs;
  readonly settings: Readonly<Record<string, string>>;
};

export const SUPERUSER = 'causeway';

/** For a small machine that runs the gateway as well; what a commit promises is never traded for speed. */
export const SETTINGS: Readonly<Record<string, string>> = {
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  shared_buffers: '128MB',
  effective_cache_size: '512MB',
  work_mem: '8MB',
  maintenance_work_mem: '64MB',
  max_wal_size: '1GB',
  random_page_cost: '1.1',
  jit: 'off',
  max_parallel_workers_per_gather: '0',
  io_method: 'sync',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_min_messages: 'warning',
};

/** Made once and kept beside the data; of two processes that make one, both use the first. */
export async function readOrMakePassword(folder: string): Promise<string> {
  const path = join(folder, 'postgres.password');
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  const known = await readFile(path, 'utf8').catch(() => undefined);
  if (known !== undefined) return known.trim();
  await writeFile(draft, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 });
  await link(draft, path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await unlink(draft);
  return (await readFile(path, 'utf8')).trim();
}

/** Made aside and renamed, so that a kill half-way leaves nothing that looks complete. */
export async function makeCluster(cluster: Cluster, onProgress: (message: string) => void): Promise<void> {
  if ((await stat(join(cluster.data, 'PG_VERSION')).catch(() => undefined)) !== undefined) return;
  onProgress('making the database');
  const draft = `${cluster.data}.${process.pid}.${randomBytes(4).toString('hex')}`;
  const passwordFile = `${draft}.password`;
  await mkdir(draft, { mode: 0o700 });
  await writeFile(passwordFile, cluster.password, { mode: 0o600 });
  try {
    if (cluster.user.uid !== undefined) {
      await chown(draft, cluster.user.uid, cluster.user.gid ?? cluster.user.uid);
      await chown(passwordFile, cluster.user.uid, cluster.user.gid ?? cluster.user.uid);
    }
    await runInitdb(cluster, draft, passwordFile, onProgress);
    // Another process may have been faster: its cluster has the same password, so it serves as well.
    await rename(draft, cluster.data).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    });
  } finally {
    await rm(draft, { recursive: true, force: true });
    await rm(passwordFile, { force: true });
  }
}

async function runInitdb(
  cluster: Cluster,
  data: string,
  passwordFile: string,
  onProgress: (message: string) => void,
): Promise<void> {
  const flags = ['--auth=scram-sha-256', '--encoding=UTF8', '--locale=C', '--locale-provider=icu'];
  const child = spawn(
    cluster.binaries.initdb,
    [`--pgdata=${data}`, `--username=${SUPERUSER}`, `--pwfile=${passwordFile}`, ...flags, '--icu-locale=und'],
    { ...cluster.user, cwd: '/', env: SERVER_ENVIRONMENT, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    for (const [, step] of text.matchAll(/^(\w.*?) \.\.\./gm)) onProgress(`making the database: ${step}`);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject).on('close', resolve);
  });
  if (code !== 0) throw new Error(`initdb ended with ${code}: ${errors.trim()}`);
}

/** `ended` says why, once it has. */
export type Launched = { readonly ended: string | undefined };

/**
 * Starts the server in a session of its own: Ctrl-C in the terminal stops the gateway, which stops the server
 * when its last work is saved.
 */
export async function launchServer(cluster: Cluster, port: number): Promise<Launched> {
  const log = await open(cluster.log, 'w', 0o600);
  try {
    const settings = Object.entries({ ...SETTINGS, ...cluster.settings });
    const child = spawn(
      cluster.binaries.postgres,
      [
        '-D',
        cluster.data,
        '-p',
        String(port),
        ...settings.flatMap(([name, value]) => ['-c', `${name}=${value}`]),
      ],
      {
        ...cluster.user,
        cwd: '/',
        env: SERVER_ENVIRONMENT,
        detached: true,
        stdio: ['ignore', log.fd, log.fd],
      },
    );
    child.unref();
    const launched: { ended: string | undefined } = { ended: undefined };
    child.on('error', (error) => {
      launched.ended = String(error);
    });
    child.on('exit', (code, signal) => {
      launched.ended = `the server ended with ${code ?? signal}`;
    });
    return launched;
  } finally {
    await log.close();
  }
}

/** Nothing of ours reaches the server: no secrets, and no PG… variable that changes it. */
const SERVER_ENVIRONMENT = { LC_ALL: 'C', TZ: 'UTC', PATH: '/usr/local/bin:/usr/bin:/bin' };

export type Postmaster = { readonly pid: number; readonly port: number };

/** The server that runs in this folder, whoever started it. Clears away what a dead one left behind. */
export async function findPostmaster(data: string): Promise<Postmaster | undefined> {
  const path = join(data, 'postmaster.pid');
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  // A server that starts makes it empty and fills it a moment later: to clear that away would end the server.
  if (text === '' && (await isFresh(path))) return undefined;
  const lines = text.split('\n');
  const [pid, port] = [Number(lines[0]), Number(lines[3] ?? 0)];
  if (await isServer(pid)) return { pid, port };
  // Read again: between the two looks another process may have started its own.
  if ((await readFile(path, 'utf8').catch(() => undefined)) === text) await rm(path, { force: true });
  return undefined;
}

async function isFresh(path: string): Promise<boolean> {
  const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() }));
  return Date.now() - mtimeMs < 5_000;
}

/** A process id may belong to somebody else by now, above all in a container. */
async function isServer(pid: number): Promise<boolean> {
  if (!Number.isInteger(pid) || pid <= 0 || !isAlive(pid)) return false;
  try {
    return basename((await readlink(`/proc/${pid}/exe`)).replace(/ \(deleted\)$/, '')).startsWith('postgres');
  } catch {
    const name = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => undefined);
    return name === undefined || name.trim() === 'postgres';
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The port of last time where it is free: processes that lost the server find it where it was. */
export async function choosePort(folder: string): Promise<number> {
  const path = join(folder, 'postgres.port');
  const last = Number(await readFile(path, 'utf8').catch(() => '0'));
  const port = await bindOnce(last).catch(async () => await bindOnce(0));
  if (port !== last) await writeFile(path, `${port}\n`);
  return port;
}

async function bindOnce(port: number): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : port;
}

/**
 * A folder made for us alone (mode 0700) lets the server's user pass, and see nothing else in it. Scratch folders
 * below the temporary one are opened all the way up to it; what else stands above is not ours to open.
 */
export async function openFolder(folder: string, user: RunAs): Promise<void> {
  await mkdir(folder, { recursive: true });
  if (user.uid === undefined) return;
  for (let at = folder; at === folder || at.startsWith(`${tmpdir()}${sep}`); at = dirname(at)) {
    const { mode, uid } = await stat(at);
    if ((mode & 0o001) === 0 && uid === process.getuid?.()) await chmod(at, (mode & 0o777) | 0o011);
  }
}
