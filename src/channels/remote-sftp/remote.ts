import type { Client, FileEntryWithStats, SFTPWrapper, Stats } from 'ssh2';
import { connectPinned } from './connect.ts';
import { explainFailure, RemoteFault } from './fault.ts';
import { type RemoteSettings, remoteDefaults } from './settings.ts';

export async function openRemote(settings: RemoteSettings): Promise<Remote> {
  const { client, sftp } = await connectPinned(settings);
  return new Remote(client, sftp, settings.answerTime ?? remoteDefaults.answerTime);
}

type Done<T> = (error: Error | null | undefined, value: T) => void;

/** A piece that every server takes in one packet. */
const PIECE = 30 * 1024;
/** Pieces on their way at the same time, so that a long line is filled. */
const LANES = 16;

/**
 * A logged-in connection to a partner's server; each request has a time-out. On ssh2 itself and not on a wrapper:
 * status codes must arrive as they were sent (a FAILURE is not "no such file": a document would be sent twice),
 * and fsync is needed.
 */
export class Remote {
  readonly #client: Client;
  readonly #sftp: SFTPWrapper;
  readonly #answerTime: number;
  #broken: ((fault: RemoteFault) => void) | undefined;
  readonly #closed: Promise<never>;

  constructor(client: Client, sftp: SFTPWrapper, answerTime: number) {
    this.#client = client;
    this.#sftp = sftp;
    this.#answerTime = answerTime;
    this.#closed = new Promise((_resolve, reject) => {
      this.#broken = reject;
    });
    this.#closed.catch(() => undefined);
    client.on('close', () => {
      this.#broken?.(new RemoteFault('transient', 'cut', 'the connection was cut'));
    });
  }

  list(folder: string): Promise<readonly FileEntryWithStats[]> {
    return this.#ask(`list ${folder}`, (done: Done<FileEntryWithStats[]>) =>
      this.#sftp.readdir(folder, done),
    );
  }

  /** Undefined when there is no such file. */
  async stat(path: string): Promise<Stats | undefined> {
    try {
      return await this.#ask(`stat ${path}`, (done: Done<Stats>) => this.#sftp.stat(path, done));
    } catch (error) {
      if (error instanceof RemoteFault && error.reason === 'no-such-file') return undefined;
      throw error;
    }
  }

  /** Reads what should be `size` bytes; undefined when it proves to be more or less. */
  async read(path: string, size: number): Promise<Uint8Array | undefined> {
    return this.#withFile(path, 'r', async (handle) => {
      // One byte more than was listed: a file that still grows shows itself.
      const buffer = Buffer.alloc(size + 1);
      let read = 0;
      await inLanes(size + 1, async (start, end) => {
        for (let at = start; at < end; ) {
          const count = await this.#readPiece(path, handle, buffer, at, end - at);
          if (count === 0) break;
          at += count;
          read += count;
        }
      });
      return read === size ? buffer.subarray(0, size) : undefined;
    });
  }

  write(path: string, bytes: Uint8Array): Promise<void> {
    return this.#withFile(path, 'w', async (handle) => {
      const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
      await inLanes(bytes.length, (start, end) =>
        this.#ask(`write ${path}`, (done: Done<void>) =>
          this.#sftp.write(handle, buffer, start, end - start, start, (error) => done(error)),
        ),
      );
      await this.#sync(path, handle);
    });
  }

  rename(from: string, to: string): Promise<void> {
    return this.#ask(`rename ${from}`, (done: Done<void>) =>
      this.#sftp.rename(from, to, (error) => done(error)),
    );
  }

  /** Replaces what is under the new name. False when the server does not know this kind of rename. */
  async replace(from: string, to: string): Promise<boolean> {
    try {
      await this.#ask(`rename ${from}`, (done: Done<void>) =>
        this.#sftp.ext_openssh_rename(from, to, (error) => done(error)),
      );
      return true;
    } catch (error) {
      if (isUnsupported(error)) return false;
      throw error;
    }
  }

  remove(path: string): Promise<void> {
    return this.#ask(`delete ${path}`, (done: Done<void>) => this.#sftp.unlink(path, (error) => done(error)));
  }

  async close(): Promise<void> {
    const gone = this.#closed.catch(() => undefined);
    this.#client.end();
    const timer = setTimeout(() => this.#client.destroy(), 1000);
    await gone;
    clearTimeout(timer);
  }

  async #withFile<T>(path: string, mode: 'r' | 'w', work: (handle: Buffer) => Promise<T>): Promise<T> {
    const handle = await this.#ask(`open ${path}`, (done: Done<Buffer>) => this.#sftp.open(path, mode, done));
    const close = () =>
      this.#ask(`close ${path}`, (done: Done<void>) => this.#sftp.close(handle, (error) => done(error)));
    try {
      const result = await work(handle);
      // Its failure counts: some servers store a file only now.
      await close();
      return result;
    } catch (error) {
      close().catch(() => undefined);
      throw error;
    }
  }

  #readPiece(path: string, handle: Buffer, buffer: Buffer, at: number, length: number): Promise<number> {
    return this.#ask(`read ${path}`, (done: Done<number>) =>
      this.#sftp.read(handle, buffer, at, length, at, (error, count) => done(error, count)),
    );
  }

  async #sync(path: string, handle: Buffer): Promise<void> {
    try {
      await this.#ask(`sync ${path}`, (done: Done<void>) =>
        this.#sftp.ext_openssh_fsync(handle, (error) => done(error, undefined)),
      );
    } catch (error) {
      if (!isUnsupported(error)) throw error;
    }
  }

  async #ask<T>(doing: string, start: (done: Done<T>) => void): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const answer = new Promise<T>((resolve, reject) => {
      timer = setTimeout(() => {
        reject(new RemoteFault('transient', 'time-out', `${doing}: no answer in time`));
        this.#client.destroy();
      }, this.#answerTime);
      start((error, value) => (error ? reject(error) : resolve(value)));
    });
    try {
      return await Promise.race([answer, this.#closed]);
    } catch (error) {
      throw explainFailure(doing, error);
    } finally {
      clearTimeout(timer);
    }
  }
}

/** ssh2 throws this without asking when the server does not announce the extension. */
function isUnsupported(error: unknown): boolean {
  if (!(error instanceof RemoteFault)) return false;
  const cause = error.cause as { code?: unknown; message?: string } | undefined;
  return cause?.code === 8 || /does not support/.test(cause?.message ?? '');
}

async function inLanes(size: number, work: (start: number, end: number) => Promise<void>): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < size) {
      const start = next;
      next = Math.min(size, start + PIECE);
      await work(start, next);
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}
