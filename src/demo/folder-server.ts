import { once } from 'node:events';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { posix } from 'node:path';
import ssh2, { type Attributes, type Connection, type SFTPWrapper } from 'ssh2';

const { OPEN_MODE, STATUS_CODE } = ssh2.utils.sftp;

export type FolderServer = {
  readonly port: number;
  readonly stop: () => Promise<void>;
};

export type FolderServerOptions = {
  /** What the client sees as `/`. */
  readonly folder: string;
  readonly port?: number;
  readonly hostKey: string;
  readonly user: string;
  readonly password: string;
  /** Return false to have a request refused with PERMISSION_DENIED. */
  readonly allow?: (request: string, path: string) => boolean;
  readonly onRequest?: (request: string, path: string) => void;
};

/** A partner's SFTP server in small, on a real folder. Like many of them it knows no extensions. */
export async function startFolderServer(options: FolderServerOptions): Promise<FolderServer> {
  const clients = new Set<Connection>();
  const server = new ssh2.Server({ hostKeys: [options.hostKey] }, (client) => {
    clients.add(client);
    client.on('error', () => undefined);
    client.on('close', () => clients.delete(client));
    client.on('authentication', (context) => {
      const right =
        context.method === 'password' &&
        context.username === options.user &&
        context.password === options.password;
      if (right) context.accept();
      else context.reject(['password']);
    });
    client.on('session', (accept) => {
      accept().on('sftp', (acceptSftp) => new FolderSession(acceptSftp(), options));
    });
  });
  const listener = createServer({ noDelay: true }, (socket) => server.injectSocket(socket));
  listener.listen(options.port ?? 0, '127.0.0.1');
  await once(listener, 'listening');
  const address = listener.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    stop: async () => {
      for (const client of clients) client.end();
      await new Promise<void>((resolve) => listener.close(() => resolve()));
    },
  };
}

type Handle = { readonly path: string; readonly file?: FileHandle; names?: string[] | undefined };

class FolderSession {
  readonly #sftp: SFTPWrapper;
  readonly #options: FolderServerOptions;
  readonly #handles = new Map<number, Handle>();
  #last = 0;

  constructor(sftp: SFTPWrapper, options: FolderServerOptions) {
    this.#sftp = sftp;
    this.#options = options;
    sftp.on('error', () => undefined);
    sftp.on('close', () => {
      for (const handle of this.#handles.values()) handle.file?.close().catch(() => undefined);
    });
    sftp.on('REALPATH', (id, path) => {
      const filename = posix.resolve('/', path);
      sftp.name(id, [{ filename, longname: filename, attrs: {} as Attributes }]);
    });
    sftp.on('OPEN', (id, path, flags) => this.#answer(id, 'open', path, () => this.#open(id, path, flags)));
    sftp.on('OPENDIR', (id, path) => this.#answer(id, 'list', path, () => this.#openFolder(id, path)));
    sftp.on('READDIR', (id, key) => this.#answer(id, 'readdir', '', () => this.#readFolder(id, key)));
    sftp.on('READ', (id, key, offset, length) =>
      this.#answer(id, 'read', this.#find(key).path, () => this.#read(id, key, offset, length)),
    );
    sftp.on('WRITE', (id, key, offset, data) =>
      this.#answer(id, 'write', this.#find(key).path, async () => {
        await this.#find(key).file?.write(data, 0, data.length, offset);
        sftp.status(id, STATUS_CODE.OK);
      }),
    );
    sftp.on('CLOSE', (id, key) => this.#answer(id, 'close', '', () => this.#close(id, key)));
    for (const request of ['STAT', 'LSTAT'] as const) {
      const serve = (id: number, path: string) =>
        this.#answer(id, 'stat', path, async () => sftp.attrs(id, await this.#describe(path)));
      if (request === 'STAT') sftp.on('STAT', serve);
      else sftp.on('LSTAT', serve);
    }
    sftp.on('REMOVE', (id, path) =>
      this.#answer(id, 'remove', path, async () => {
        await rm(this.#local(path));
        sftp.status(id, STATUS_CODE.OK);
      }),
    );
    sftp.on('RENAME', (id, from, to) => this.#answer(id, 'rename', from, () => this.#rename(id, from, to)));
  }

  async #answer(id: number, request: string, path: string, work: () => Promise<void>): Promise<void> {
    try {
      this.#options.onRequest?.(request, path);
      if (this.#options.allow?.(request, path) === false) {
        this.#sftp.status(id, STATUS_CODE.PERMISSION_DENIED, 'Permission denied');
      } else {
        await work();
      }
    } catch (error) {
      const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
      this.#sftp.status(id, missing ? STATUS_CODE.NO_SUCH_FILE : STATUS_CODE.FAILURE);
    }
  }

  #local(path: string): string {
    return this.#options.folder + posix.resolve('/', path);
  }

  #find(key: Buffer): Handle {
    const handle = this.#handles.get(key.readUInt32BE());
    if (!handle) throw new Error('unknown handle');
    return handle;
  }

  #add(id: number, handle: Handle): void {
    this.#last += 1;
    this.#handles.set(this.#last, handle);
    const key = Buffer.alloc(4);
    key.writeUInt32BE(this.#last);
    this.#sftp.handle(id, key);
  }

  async #open(id: number, path: string, flags: number): Promise<void> {
    const mode = flags & OPEN_MODE.WRITE ? (flags & OPEN_MODE.TRUNC ? 'w+' : 'r+') : 'r';
    this.#add(id, { path, file: await open(this.#local(path), mode) });
  }

  async #openFolder(id: number, path: string): Promise<void> {
    this.#add(id, { path, names: await readdir(this.#local(path)) });
  }

  async #readFolder(id: number, key: Buffer): Promise<void> {
    const handle = this.#find(key);
    if (!handle.names) return this.#sftp.status(id, STATUS_CODE.EOF);
    const entries = await Promise.all(
      handle.names.map(async (filename) => {
        const attrs = await this.#describe(posix.join(handle.path, filename));
        return { filename, longname: filename, attrs };
      }),
    );
    handle.names = undefined;
    this.#sftp.name(id, entries);
  }

  async #read(id: number, key: Buffer, offset: number, length: number): Promise<void> {
    const buffer = Buffer.alloc(Math.min(length, 32 * 1024));
    const result = await this.#find(key).file?.read(buffer, 0, buffer.length, offset);
    if (!result?.bytesRead) this.#sftp.status(id, STATUS_CODE.EOF);
    else this.#sftp.data(id, buffer.subarray(0, result.bytesRead));
  }

  async #close(id: number, key: Buffer): Promise<void> {
    const handle = this.#find(key);
    this.#handles.delete(key.readUInt32BE());
    await handle.file?.close();
    this.#sftp.status(id, STATUS_CODE.OK);
  }

  async #rename(id: number, from: string, to: string): Promise<void> {
    // The protocol's own rename does not replace.
    const exists = await stat(this.#local(to)).then(
      () => true,
      () => false,
    );
    if (exists) throw new Error('exists');
    await mkdir(posix.dirname(this.#local(to)), { recursive: true });
    await rename(this.#local(from), this.#local(to));
    this.#sftp.status(id, STATUS_CODE.OK);
  }

  async #describe(path: string): Promise<Attributes> {
    const { mode, uid, gid, size, atimeMs, mtimeMs } = await stat(this.#local(path));
    return { mode, uid, gid, size, atime: Math.floor(atimeMs / 1000), mtime: Math.floor(mtimeMs / 1000) };
  }
}
