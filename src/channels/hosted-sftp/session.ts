import ssh2, { type Attributes, type FileEntry } from 'ssh2';
import { Download } from './download.ts';
import { Inbound, type OpenUpload } from './inbound.ts';
import { describePlace, listFolder, listRoot, type View } from './listing.ts';
import { deny, missing, refuse } from './refusal.ts';
import type { SessionContext } from './session-context.ts';
import { findStored, readStored, type StoredFolder } from './stored-files.ts';
import { describeFile, describeFolder, type Folder, findPlace, type Place } from './virtual-tree.ts';

const { OPEN_MODE } = ssh2.utils.sftp;

type Handle = { turn: Promise<unknown> } & (
  | { readonly kind: 'upload'; readonly open: OpenUpload }
  | { readonly kind: 'download'; readonly folder: Folder; readonly name: string; readonly download: Download }
  | { readonly kind: 'listing'; readonly pages: FileEntry[][] }
);

/** Entries an answer to READDIR, so that no packet grows past what clients take. */
const PAGE = 64;

/** What one SFTP session may do, apart from the wire. Refuses by throwing. */
export class Session {
  readonly #context: SessionContext;
  readonly #inbound: Inbound;
  readonly #view: View;
  readonly #handles = new Map<number, Handle>();
  #lastHandle = 0;
  /** Reserved by an OPEN that still waits: without it, pipelined OPENs would pass the limit together. */
  #opening = 0;

  constructor(context: SessionContext) {
    this.#context = context;
    this.#inbound = new Inbound(context);
    const { mailbox, partner, inboxes } = context;
    this.#view = { mailbox, partner, inboxes, inbound: this.#inbound };
  }

  #findPlace(path: string): Place {
    return findPlace(path, this.#context.inboxes);
  }

  async openFile(path: string, flags: number): Promise<number> {
    const place = this.#findPlace(path);
    return this.#reserve(async () => {
      if (flags & (OPEN_MODE.WRITE | OPEN_MODE.APPEND)) {
        const open = await this.#inbound.open(checkWritable(place), flags);
        return { kind: 'upload', open, turn: Promise.resolve() };
      }
      if (place.kind !== 'file') throw place.kind === 'nowhere' ? missing() : refuse('Is a folder');
      if (place.folder === 'inbound') throw deny('Files in /inbound cannot be read back');
      const download = new Download(await this.#readFile(place.folder, place.name));
      return { kind: 'download', folder: place.folder, name: place.name, download, turn: Promise.resolve() };
    });
  }

  async openFolder(path: string): Promise<number> {
    const place = this.#findPlace(path);
    if (place.kind === 'nowhere') throw missing();
    if (place.kind === 'file')
      throw (await describePlace(this.#view, place)) ? refuse('Not a folder') : missing();
    return this.#reserve(async () => {
      const entries = place.kind === 'root' ? listRoot() : await listFolder(this.#view, place);
      const pages: FileEntry[][] = [];
      for (let at = 0; at < entries.length; at += PAGE) pages.push(entries.slice(at, at + PAGE));
      return { kind: 'listing', pages, turn: Promise.resolve() };
    });
  }

  /** Undefined at the end. */
  readFolder(id: number): FileEntry[] | undefined {
    const handle = this.#find(id);
    if (handle.kind !== 'listing') throw refuse('Not a folder');
    return handle.pages.shift();
  }

  /** Undefined at the end. */
  read(id: number, offset: number, length: number): Uint8Array | undefined {
    const handle = this.#find(id);
    if (handle.kind !== 'download') throw deny('The file is not open for reading');
    return handle.download.read(offset, length);
  }

  async write(id: number, offset: number, data: Uint8Array): Promise<void> {
    const handle = this.#find(id);
    if (handle.kind !== 'upload') throw deny('The file is not open for writing');
    const { upload, append } = handle.open;
    await inTurn(handle, async () => {
      if (this.#countBytes() + data.length > this.#context.limits.sessionBytes) {
        throw upload.spoil(refuse('Quota exceeded: too many bytes in files that are still open'));
      }
      await upload.write(append ? upload.size : offset, data);
    });
  }

  async close(id: number): Promise<void> {
    const handle = this.#find(id);
    this.#handles.delete(id);
    if (handle.kind === 'upload') await inTurn(handle, () => this.#inbound.close(handle.open));
    if (handle.kind !== 'download' || handle.folder !== 'outbound' || !handle.download.isComplete) return;
    const { partner, mailbox, log } = this.#context;
    try {
      await mailbox.fetched(partner, handle.name);
    } catch (error) {
      // The client has its bytes; that we could not note it is our trouble, not theirs.
      log.error({ partner, name: handle.name, err: error }, 'a fetched file could not be noted');
    }
  }

  async stat(path: string): Promise<Attributes> {
    const attributes = await describePlace(this.#view, this.#findPlace(path));
    if (!attributes) throw missing();
    return attributes;
  }

  async statHandle(id: number): Promise<Attributes> {
    const handle = this.#find(id);
    if (handle.kind === 'listing') return describeFolder(new Date());
    if (handle.kind === 'download') {
      const { folder, name, download } = handle;
      return (
        (await describePlace(this.#view, { kind: 'file', folder, name })) ??
        describeFile(folder, download.bytes.length, new Date())
      );
    }
    return inTurn(handle, async () => describeFile('inbound', handle.open.upload.size, new Date()));
  }

  /** `put -p` and WinSCP set times and permissions of what they sent: nothing to keep, and no harm. */
  async setStat(path: string, attributes: Partial<Attributes>): Promise<void> {
    const place = this.#findPlace(path);
    const own = place.kind === 'file' && place.folder === 'inbound' && this.#inbound.isOwn(place.name);
    if (!own || attributes.size !== undefined) throw deny('Attributes cannot be changed');
  }

  async setHandleStat(id: number, attributes: Partial<Attributes>): Promise<void> {
    const handle = this.#find(id);
    if (handle.kind !== 'upload') throw deny('Attributes cannot be changed');
    await inTurn(handle, async () => {
      if (attributes.size !== undefined && attributes.size !== handle.open.upload.size) {
        throw deny('The size cannot be set');
      }
    });
  }

  async rename(from: string, to: string): Promise<void> {
    const source = this.#findPlace(from);
    const target = this.#findPlace(to);
    if (source.kind !== 'file' || target.kind !== 'file') throw deny('Only files can be renamed');
    if (source.folder !== 'inbound' || target.folder !== 'inbound')
      throw deny('Rename works within /inbound only');
    await this.#inbound.rename(source.name, target.name);
  }

  async remove(path: string): Promise<void> {
    const place = this.#findPlace(path);
    if (place.kind !== 'file') throw place.kind === 'nowhere' ? missing() : deny('Folders cannot be removed');
    if (place.folder === 'inbound') return this.#inbound.remove(place.name);
    if (place.folder === 'archive') throw deny('The archive is for reading');
    if (!(await findStored(this.#context, place.folder, place.name))) throw missing();
    await this.#context.mailbox.removeOutbound(this.#context.partner, place.name);
  }

  /** fsync: a file counts at CLOSE, so there is nothing to do but to know the handle. */
  checkHandle(id: number): void {
    this.#find(id);
  }

  /** The connection is gone. */
  async end(): Promise<void> {
    const turns = [...this.#handles.values()].map((handle) => handle.turn);
    this.#handles.clear();
    await Promise.all(turns);
    const names = await this.#inbound.discard();
    if (names.length === 0) return;
    this.#context.log.warn(
      { partner: this.#context.partner, names },
      'uploads that were not completed are discarded',
    );
  }

  async #reserve(open: () => Promise<Handle>): Promise<number> {
    const taken = this.#handles.size + this.#opening + this.#inbound.heldCount;
    if (taken >= this.#context.limits.handles) throw refuse('Too many open files');
    this.#opening += 1;
    try {
      const handle = await open();
      this.#lastHandle = (this.#lastHandle + 1) >>> 0;
      this.#handles.set(this.#lastHandle, handle);
      return this.#lastHandle;
    } finally {
      this.#opening -= 1;
    }
  }

  #find(id: number): Handle {
    const handle = this.#handles.get(id);
    if (!handle) throw refuse('Unknown handle');
    return handle;
  }

  async #readFile(folder: StoredFolder, name: string): Promise<Uint8Array> {
    const entry = await findStored(this.#context, folder, name);
    if (!entry) throw missing();
    if (this.#countBytes() + entry.size > this.#context.limits.sessionBytes)
      throw refuse('Too many large files are open');
    return readStored(this.#context, folder, name);
  }

  #countBytes(): number {
    let bytes = this.#inbound.bytes;
    for (const handle of this.#handles.values()) {
      if (handle.kind === 'download') bytes += handle.download.bytes.length;
    }
    return bytes;
  }
}

function checkWritable(place: Place): string {
  if (place.kind === 'nowhere') throw missing('No such folder: put files into /inbound');
  if (place.kind !== 'file' || place.folder !== 'inbound') throw deny('Put files into /inbound');
  return place.name;
}

/** Requests on one handle are served in the order they came, whatever waits on the disk. */
function inTurn<T>(handle: { turn: Promise<unknown> }, work: () => Promise<T>): Promise<T> {
  const result = handle.turn.then(work);
  handle.turn = result.catch(() => undefined);
  return result;
}
