import { randomUUID } from 'node:crypto';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Coverage } from './coverage.ts';
import type { HostedSftpLimits } from './limits.ts';
import { Refusal, refuse } from './refusal.ts';

/**
 * The bytes of one upload until it is complete: in memory, past a limit in a scratch file of our own naming.
 * Clients pipeline and may write a little out of order; a gap that stays is found when the file is read back.
 */
export class Upload {
  readonly #limits: HostedSftpLimits;
  readonly #scratch: string;
  #memory = Buffer.alloc(0);
  #file: FileHandle | undefined;
  readonly #written = new Coverage(0);
  #refusal: Refusal | undefined;

  constructor(limits: HostedSftpLimits, scratch: string) {
    this.#limits = limits;
    this.#scratch = scratch;
  }

  get size(): number {
    return this.#written.end;
  }

  /** After one refused write the file is not what the client meant: no later CLOSE may make it count. */
  spoil(refusal: Refusal): Refusal {
    this.#refusal ??= refusal;
    return refusal;
  }

  async write(offset: number, data: Uint8Array): Promise<void> {
    if (this.#refusal) throw this.#refusal;
    try {
      this.#checkRange(offset, data.length);
      await this.#store(offset, data);
    } catch (error) {
      this.spoil(error instanceof Refusal ? error : refuse('The bytes could not be kept'));
      throw error;
    }
    this.#written.add(offset, offset + data.length);
  }

  /** All bytes, when there are no gaps. */
  async read(): Promise<Uint8Array> {
    if (this.#refusal) throw this.#refusal;
    if (this.#written.hasGap) throw refuse('The file has a gap: some of its bytes were never sent');
    if (!this.#file) return this.#memory.subarray(0, this.#written.until);
    const bytes = Buffer.alloc(this.#written.until);
    let at = 0;
    while (at < bytes.length) {
      const { bytesRead } = await this.#file.read(bytes, at, bytes.length - at, at);
      if (bytesRead === 0) throw new Error('the scratch file is shorter than what was written');
      at += bytesRead;
    }
    return bytes;
  }

  async discard(): Promise<void> {
    this.#refusal ??= refuse('The upload was given up');
    this.#memory = Buffer.alloc(0);
    const file = this.#file;
    this.#file = undefined;
    await file?.close();
  }

  /** Judged before anything is allocated: a write at 2^40 must cost nothing. */
  #checkRange(offset: number, length: number): void {
    if (!Number.isSafeInteger(offset) || offset < 0 || offset + length > this.#limits.fileBytes) {
      throw refuse(`Quota exceeded: a file may have at most ${this.#limits.fileBytes} bytes`);
    }
    if (offset > this.#written.until + this.#limits.aheadBytes) {
      throw refuse('The write leaves a gap: send the file from its first byte');
    }
  }

  async #store(offset: number, data: Uint8Array): Promise<void> {
    const end = offset + data.length;
    if (!this.#file && end > this.#limits.memoryBytes) await this.#spool();
    if (this.#file) {
      await writeWhole(this.#file, data, offset);
      return;
    }
    if (end > this.#memory.length) {
      const grown = Buffer.alloc(Math.min(this.#limits.memoryBytes, Math.max(end, this.#memory.length * 2)));
      this.#memory.copy(grown);
      this.#memory = grown;
    }
    this.#memory.set(data, offset);
  }

  async #spool(): Promise<void> {
    const path = join(this.#scratch, `${randomUUID()}.upload`);
    this.#file = await open(path, 'wx+', 0o600);
    // Without a name it is gone with the process, however that ends.
    await rm(path);
    await writeWhole(this.#file, this.#memory.subarray(0, this.size), 0);
    this.#memory = Buffer.alloc(0);
  }
}

async function writeWhole(file: FileHandle, data: Uint8Array, offset: number): Promise<void> {
  let at = 0;
  while (at < data.length) {
    const { bytesWritten } = await file.write(data, at, data.length - at, offset + at);
    at += bytesWritten;
  }
}
