import ssh2 from 'ssh2';
import { isTemporaryName } from '../temporary-name.ts';
import { MailboxRefusal } from './mailbox.ts';
import { deny, missing, refuse } from './refusal.ts';
import type { SessionContext } from './session-context.ts';
import { Upload } from './upload.ts';

const { OPEN_MODE } = ssh2.utils.sftp;

export type OpenUpload = {
  readonly upload: Upload;
  readonly append: boolean;
  /** Opened to be made or emptied: then a file of no bytes is meant. */
  readonly creates: boolean;
  name: string;
};

/** What `ls` and `stat` say of a file in /inbound. */
export type InboundFile = { readonly size: number; readonly at: Date };

/** How many names of its own a session remembers, for the clients that stat, chmod or rename after an upload. */
const REMEMBERED = 1000;

/** /inbound as one session sees it. */
export class Inbound {
  readonly #context: SessionContext;
  readonly #open = new Set<OpenUpload>();
  /** Complete under a temporary name: they count once they are renamed. */
  readonly #held = new Map<string, Upload>();
  readonly #received = new Map<string, InboundFile>();

  constructor(context: SessionContext) {
    this.#context = context;
  }

  get heldCount(): number {
    return this.#held.size;
  }

  get bytes(): number {
    const uploads = [...[...this.#open].map((open) => open.upload), ...this.#held.values()];
    return uploads.reduce((sum, upload) => sum + upload.size, 0);
  }

  async open(name: string, flags: number): Promise<OpenUpload> {
    const append = (flags & OPEN_MODE.APPEND) !== 0;
    const empties = (flags & OPEN_MODE.TRUNC) !== 0;
    const isKnown = await this.#checkKnown(name, flags);
    // lftp opens a file that it finds complete, writes nothing and closes it: no new version is meant.
    const creates = empties || !isKnown;
    if (this.#findOpen(name)) throw refuse('The file is being uploaded already');
    const held = this.#held.get(name);
    this.#held.delete(name);
    const resumed = held !== undefined && !empties;
    if (held && !resumed) await held.discard();
    const upload = resumed ? held : new Upload(this.#context.limits, this.#context.scratch);
    const open = { upload, append, creates, name };
    this.#open.add(open);
    return open;
  }

  async #checkKnown(name: string, flags: number): Promise<boolean> {
    const known = await this.find(name);
    if (known && flags & OPEN_MODE.EXCL) throw refuse('The file exists');
    if (!known && !(flags & OPEN_MODE.CREAT)) throw missing();
    const empties = flags & OPEN_MODE.TRUNC;
    if (known && flags & OPEN_MODE.APPEND && !empties && !this.#held.has(name) && known.size > 0) {
      // Its bytes are committed: what follows would be taken for a document of its own.
      throw refuse('The file was received already and cannot be added to: send it whole');
    }
    return known !== undefined;
  }

  /** Answers only after the commit, except for a temporary name, which is held until it is renamed. */
  async close(open: OpenUpload): Promise<void> {
    this.#open.delete(open);
    if (isTemporaryName(open.name)) {
      try {
        await open.upload.read();
      } catch (error) {
        await open.upload.discard();
        throw error;
      }
      this.#held.set(open.name, open.upload);
      return;
    }
    try {
      if (open.creates || open.upload.size > 0) await this.#commit(open.name, open.upload);
    } finally {
      await open.upload.discard();
    }
  }

  async rename(from: string, to: string): Promise<void> {
    if (this.#findOpen(from) || this.#findOpen(to)) throw refuse('The file is still being uploaded');
    const held = this.#held.get(from);
    const received = this.#received.get(from);
    if (held) {
      // Taken out first: a second RENAME on its heels must not commit it twice.
      this.#held.delete(from);
      await this.#renameHeld(held, from, to);
    } else if (received) {
      // Received: the name is only a label by now.
      this.#received.delete(from);
      this.#remember(to, received);
    } else {
      throw (await this.find(from)) ? deny('A file that was received cannot be renamed') : missing();
    }
  }

  async #renameHeld(held: Upload, from: string, to: string): Promise<void> {
    if (isTemporaryName(to)) {
      await this.#held.get(to)?.discard();
      this.#held.set(to, held);
      return;
    }
    try {
      await this.#commit(to, held);
    } catch (error) {
      // Kept, so that the client may try the rename again.
      this.#held.set(from, held);
      throw error;
    }
    await held.discard();
  }

  /** An upload that was only held was never ours; what was received stays. */
  async remove(name: string): Promise<void> {
    const held = this.#held.get(name);
    if (!held) throw (await this.find(name)) ? deny('Files in /inbound cannot be removed') : missing();
    this.#held.delete(name);
    await held.discard();
  }

  isOwn(name: string): boolean {
    return this.#received.has(name) || this.#held.has(name) || this.#findOpen(name) !== undefined;
  }

  async find(name: string): Promise<InboundFile | undefined> {
    return this.#findOwn(name) ?? (await this.list()).get(name);
  }

  async list(): Promise<ReadonlyMap<string, InboundFile>> {
    const files = new Map<string, InboundFile>();
    for (const entry of await this.#context.mailbox.listInbound(this.#context.partner)) {
      files.set(entry.name, { size: entry.size, at: new Date(entry.at) });
    }
    for (const name of [...this.#received.keys(), ...this.#held.keys(), ...this.#openNames()]) {
      const own = this.#findOwn(name);
      if (own) files.set(name, own);
    }
    return files;
  }

  /** The connection is gone: what was not committed never arrived. */
  async discard(): Promise<readonly string[]> {
    const names = [...this.#openNames(), ...this.#held.keys()];
    const uploads = [...[...this.#open].map((open) => open.upload), ...this.#held.values()];
    this.#open.clear();
    this.#held.clear();
    await Promise.all(uploads.map((upload) => upload.discard()));
    return names;
  }

  async #commit(name: string, upload: Upload): Promise<void> {
    const { partner, remote, mailbox, log } = this.#context;
    if (this.#context.isStopping()) throw refuse('The server is stopping: send the file again');
    const bytes = await upload.read();
    try {
      const { id } = await mailbox.receive({ partner, name, bytes, remote });
      log.info({ partner, name, size: bytes.length, id }, 'file received');
    } catch (error) {
      log.error({ partner, name, err: error }, 'file refused or not stored');
      if (error instanceof MailboxRefusal) throw refuse(error.message);
      throw refuse('The file could not be stored: send it again later');
    }
    this.#remember(name, { size: bytes.length, at: new Date() });
  }

  #remember(name: string, file: InboundFile): void {
    this.#received.delete(name);
    this.#received.set(name, file);
    for (const oldest of this.#received.keys()) {
      if (this.#received.size <= REMEMBERED) break;
      this.#received.delete(oldest);
    }
  }

  #findOwn(name: string): InboundFile | undefined {
    const upload = this.#findOpen(name)?.upload ?? this.#held.get(name);
    return upload ? { size: upload.size, at: new Date() } : this.#received.get(name);
  }

  #findOpen(name: string): OpenUpload | undefined {
    return [...this.#open].find((open) => open.name === name);
  }

  #openNames(): readonly string[] {
    return [...this.#open].map((open) => open.name);
  }
}
