import { createHash, randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { Problem } from './problem.ts';

const MEMORY = 1024 * 1024;
const CHUNK = 256 * 1024;

export type BodyLimits = {
  readonly mostBytes: number;
  /** Folder for bodies that are too large for memory. */
  readonly scratch: string;
};

/**
 * The body of a request, whole before anything is done with it: a slow sender holds up nobody, its hash tells a
 * repeated request from another, and it can be read again. Past a limit it lies in a file, never in memory; the
 * sender is read no faster than that file is written.
 */
export class Body {
  readonly #chunks: Buffer[] = [];
  readonly #hash = createHash('sha256');
  #file: FileHandle | undefined;
  #size = 0;
  #sha256 = '';

  static async receive(request: Readable, limits: BodyLimits): Promise<Body> {
    const body = new Body();
    try {
      for await (const chunk of request) await body.#add(chunk as Buffer, limits);
    } catch (error) {
      await body.discard();
      throw error;
    }
    body.#sha256 = body.#hash.digest('hex');
    return body;
  }

  get size(): number {
    return this.#size;
  }

  get sha256(): string {
    return this.#sha256;
  }

  async #add(chunk: Buffer, { mostBytes, scratch }: BodyLimits): Promise<void> {
    this.#size += chunk.length;
    if (this.#size > mostBytes) throw tooLarge(mostBytes);
    this.#hash.update(chunk);
    if (this.#file === undefined && this.#size > MEMORY) {
      this.#file = await openScratch(scratch);
      for (const kept of this.#chunks.splice(0)) await this.#file.writeFile(kept);
    }
    if (this.#file === undefined) this.#chunks.push(chunk);
    else await this.#file.writeFile(chunk);
  }

  /** From the first byte on, as often as it is called. */
  async *read(): AsyncGenerator<Uint8Array> {
    if (this.#file === undefined) {
      yield* this.#chunks;
      return;
    }
    for (let at = 0; at < this.#size; ) {
      const { buffer, bytesRead } = await this.#file.read(Buffer.allocUnsafe(CHUNK), 0, CHUNK, at);
      if (bytesRead === 0) throw new Error('the scratch file is shorter than what was written');
      at += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
  }

  /** For bodies that are small by their nature. */
  async json(mostBytes = MEMORY): Promise<unknown> {
    if (this.#size > mostBytes) throw tooLarge(mostBytes);
    const text = Buffer.concat(await Array.fromAsync(this.read())).toString('utf8');
    try {
      return JSON.parse(text);
    } catch (error) {
      throw new Problem(400, `the body is no JSON: ${(error as Error).message}`);
    }
  }

  async discard(): Promise<void> {
    this.#chunks.length = 0;
    const file = this.#file;
    this.#file = undefined;
    await file?.close();
  }
}

async function openScratch(folder: string): Promise<FileHandle> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${randomUUID()}.body`);
  const file = await open(path, 'wx+', 0o600);
  // Without a name it is gone with the process, however that ends.
  await rm(path);
  return file;
}

export function tooLarge(mostBytes: number): Problem {
  return new Problem(413, `a body may have at most ${mostBytes} bytes`, {}, { Connection: 'close' });
}
