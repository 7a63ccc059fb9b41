import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import type { FileEntryWithStats } from 'ssh2';
import type { Instant } from '../../lib/dates.ts';
import { isTemporaryName } from '../temporary-name.ts';
import { explainFailure, RemoteFault } from './fault.ts';
import { openRemote, type Remote } from './remote.ts';
import { type RemoteSettings, remoteDefaults } from './settings.ts';

/** A file as the last look found it. Kept by the caller between polls. */
export type SeenFile = {
  readonly name: string;
  readonly size: number;
  /** Seconds, as the protocol has them. */
  readonly modified: number;
  /** SHA-256 of what was received from it although it could not be deleted or moved afterwards. */
  readonly taken?: string | undefined;
};

export type FetchedFile = {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly size: number;
  readonly modifiedAt: Instant;
  readonly sha256: string;
};

export type PollResult = {
  /** To be given to the next poll. */
  readonly seen: readonly SeenFile[];
  readonly taken: readonly Omit<FetchedFile, 'bytes'>[];
  /** What was not taken, or taken and not cleared away, and why: a person may have to act. */
  readonly left: readonly { readonly name: string; readonly reason: string }[];
  /** Ended the poll early; all that is said above still holds. Permanent: polling must stop. */
  readonly fault?: RemoteFault | undefined;
};

export type PollOptions = {
  /** Resolves only after the commit. Must itself know a file that it had before (name, size, time, SHA-256). */
  readonly receive: (file: FetchedFile) => Promise<unknown>;
  /** Time between two looks of the same poll; without it a new file waits for the next poll. */
  readonly pause?: (() => Promise<void>) | undefined;
};

type Progress = {
  readonly seen: Map<string, SeenFile>;
  readonly taken: Omit<FetchedFile, 'bytes'>[];
  readonly left: { name: string; reason: string }[];
};

/** Never throws for trouble with the server: what was taken before it must not be forgotten. */
export async function pollRemote(
  settings: RemoteSettings,
  seen: readonly SeenFile[],
  options: PollOptions,
): Promise<PollResult> {
  const progress: Progress = { seen: new Map(seen.map((file) => [file.name, file])), taken: [], left: [] };
  let fault: RemoteFault | undefined;
  let remote: Remote | undefined;
  try {
    remote = await openRemote(settings);
    await takeFiles(remote, settings, progress, options);
  } catch (error) {
    if (!(error instanceof RemoteFault)) throw error;
    fault = error;
  } finally {
    await remote?.close();
  }
  return { seen: [...progress.seen.values()], taken: progress.taken, left: progress.left, fault };
}

async function takeFiles(
  remote: Remote,
  settings: RemoteSettings,
  progress: Progress,
  options: PollOptions,
): Promise<void> {
  const folder = settings.fetch ?? '.';
  let files = await look(remote, folder);
  let stable = files.filter((file) => isSame(file, progress.seen.get(file.name)));
  if (options.pause && stable.length < files.length) {
    const first = new Map(files.map((file) => [file.name, file]));
    await options.pause();
    files = await look(remote, folder);
    stable = files.filter((file) => isSame(file, first.get(file.name)));
  }
  const before = new Map(progress.seen);
  progress.seen.clear();
  for (const file of files) {
    const known = before.get(file.name);
    progress.seen.set(file.name, isSame(file, known) ? { ...file, taken: known?.taken } : file);
  }
  for (const file of stable) {
    await takeFile(remote, folder, settings, file, progress, options);
  }
}

/** Complete files by their names, oldest first. */
async function look(remote: Remote, folder: string): Promise<readonly SeenFile[]> {
  const files = (await remote.list(folder)).filter(isCandidate).map((entry) => ({
    name: entry.filename,
    size: entry.attrs.size,
    modified: entry.attrs.mtime,
  }));
  return files.sort((a, b) => a.modified - b.modified || (a.name < b.name ? -1 : 1));
}

function isCandidate({ filename, longname, attrs }: FileEntryWithStats): boolean {
  // A link could lead anywhere on their server; a server that gives no mode still prints one.
  const isFile = attrs.mode === undefined ? longname.startsWith('-') : attrs.isFile();
  return isFile && attrs.size > 0 && !isTemporaryName(filename) && !/[/\p{Cc}]/u.test(filename);
}

function isSame(file: SeenFile, other: SeenFile | undefined): boolean {
  return other !== undefined && other.size === file.size && other.modified === file.modified;
}

/** Trouble with one file leaves the others alone; trouble with the connection ends the poll. */
async function takeFile(
  remote: Remote,
  folder: string,
  settings: RemoteSettings,
  file: SeenFile,
  progress: Progress,
  options: PollOptions,
): Promise<void> {
  const path = posix.join(folder, file.name);
  const leave = (reason: string) => progress.left.push({ name: file.name, reason });
  const limit = settings.fileBytes ?? remoteDefaults.fileBytes;
  if (file.size > limit) {
    leave(`it has ${file.size} bytes, more than the ${limit} that are fetched`);
    return;
  }
  try {
    const bytes = await remote.read(path, file.size);
    if (!bytes || !(await isUnchanged(remote, path, file))) {
      leave('it changed while it was read');
      return;
    }
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const { name, size, modified } = file;
    const fetched = { name, size, sha256, modifiedAt: new Date(modified * 1000).toISOString() };
    if (progress.seen.get(name)?.taken !== sha256) {
      await receiveFile({ ...fetched, bytes }, options);
      progress.taken.push(fetched);
    }
    progress.seen.set(name, { name, size, modified, taken: sha256 });
    if (await isUnchanged(remote, path, file)) await clearAway(remote, settings, path, sha256);
    else leave('another version arrived while it was stored');
    progress.seen.delete(name);
  } catch (error) {
    const fault = explainFailure(`take ${path}`, error);
    if (fault.reason === 'cut' || fault.reason === 'time-out' || fault.reason === 'receive') throw fault;
    leave(fault.message);
  }
}

async function receiveFile(file: FetchedFile, options: PollOptions): Promise<void> {
  try {
    await options.receive(file);
  } catch (error) {
    throw new RemoteFault('transient', 'receive', `${file.name} could not be stored here`, error);
  }
}

async function isUnchanged(remote: Remote, path: string, file: SeenFile): Promise<boolean> {
  const now = await remote.stat(path);
  return now !== undefined && now.size === file.size && now.mtime === file.modified;
}

async function clearAway(
  remote: Remote,
  settings: RemoteSettings,
  path: string,
  sha256: string,
): Promise<void> {
  const { afterFetch = 'delete' } = settings;
  if (afterFetch === 'delete') return remote.remove(path);
  const { move } = afterFetch;
  const folder = posix.isAbsolute(move) ? move : posix.join(posix.dirname(path), move);
  const target = posix.join(folder, posix.basename(path));
  // A name that was used before would make the rename fail for ever.
  const isTaken = (await remote.stat(target)) !== undefined;
  await remote.rename(path, isTaken ? `${target}.${sha256.slice(0, 12)}` : target);
}
