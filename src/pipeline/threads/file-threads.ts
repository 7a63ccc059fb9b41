import { once } from 'node:events';
import { totalmem } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Logger } from 'pino';
import type { FileContent, FileRecord } from '../../domain/exchange/records.ts';
import type { Settings } from '../../settings.ts';
import {
  type Configuration,
  type PackedConfiguration,
  packConfiguration,
} from '../configuration/configuration.ts';

/** What a thread is told once, when it starts. */
export type ThreadData = {
  readonly settings: Settings;
  readonly databaseUrl: string;
  readonly configuration: PackedConfiguration;
  readonly log: string;
  readonly fileMs: number;
};

/** What a thread is given: a large file, whose bytes it reads itself, or small ones together. */
export type Work =
  | { readonly kind: 'large'; readonly file: FileRecord }
  | { readonly kind: 'small'; readonly files: readonly FileContent[] };

/** What a thread says of its work: done, whatever became of it; or why the lane is to try again later. */
export type Reply = { readonly fault?: string };

export type ThreadOptions = {
  readonly settings: Settings;
  readonly databaseUrl: string;
  readonly configuration: () => Configuration;
  readonly log: Logger;
  /** How long its work may take. */
  readonly fileMs?: number;
  /** The heap of one thread: what half of the machine's memory allows for all, unless given. */
  readonly heapMb?: number;
  /** How long the work under way may go on when the gateway stops: less than the worker waits for its tasks. */
  readonly drainMs?: number;
};

const FILE_MS = 10 * 60_000;

/** More than any file of the greatest size needs. */
const MOST_HEAP_MB = 4_096;

/** How long a thread waits for other work before its memory is given back. */
const IDLE_MS = 30_000;

const DRAIN_MS = 6_000;

/** The thread is gone before its work was done: out of memory, too slow, or a bug. It counts as an attempt. */
export class ThreadLost extends Error {
  override readonly name = 'ThreadLost';
}

/** The gateway stops, and the work was not done in time: no file is at fault. */
export class ThreadStopped extends Error {
  override readonly name = 'ThreadStopped';
}

type Thread = {
  readonly worker: Worker;
  /** What it was started with. */
  readonly configuration: Configuration;
  idle?: NodeJS.Timeout;
};

/**
 * Threads that process files, one piece of work at a time, each with connections and a heap of its own: only the files'
 * records go in and only their end comes out. Made when first needed, and ended after a while without work.
 */
export class FileThreads {
  readonly #options: ThreadOptions;
  readonly #all = new Set<Thread>();
  readonly #idle: Thread[] = [];

  constructor(options: ThreadOptions) {
    this.#options = options;
  }

  /** Whether every thread has work in hand. */
  get isBusy(): boolean {
    return this.#all.size - this.#idle.length >= this.#options.settings.threads;
  }

  /** Resolves when the work is done. Throws `ThreadLost`, `ThreadStopped`, or a fault for the queue to wait for. */
  async run(work: Work, stopping: AbortSignal): Promise<void> {
    const thread = this.#take();
    try {
      const { fault } = await this.#ask(thread, work, stopping);
      this.#keep(thread);
      if (fault !== undefined) throw new Error(fault);
    } catch (error) {
      if (error instanceof ThreadLost || error instanceof ThreadStopped) await this.#end(thread);
      throw error;
    }
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#all].map((thread) => this.#end(thread)));
  }

  async #ask({ worker }: Thread, work: Work, stopping: AbortSignal): Promise<Reply> {
    const { fileMs = FILE_MS, drainMs = DRAIN_MS } = this.#options;
    const limit = new AbortController();
    const give = (error: Error) => limit.abort(error);
    const tooSlow = setTimeout(give, fileMs, new ThreadLost(`it took longer than ${fileMs} ms`));
    let late: NodeJS.Timeout | undefined;
    const drain = () => {
      late = setTimeout(give, drainMs, new ThreadStopped('the gateway stops'));
    };
    if (stopping.aborted) drain();
    stopping.addEventListener('abort', drain);
    const failed = (error: Error) => give(new ThreadLost(error.message, { cause: error }));
    const ended = (code: number) => give(new ThreadLost(`its thread ended with code ${code}`));
    worker.once('error', failed).once('exit', ended);
    try {
      worker.postMessage(work);
      const [reply] = await once(worker, 'message', { signal: limit.signal });
      return reply as Reply;
    } catch {
      throw limit.signal.reason;
    } finally {
      clearTimeout(tooSlow);
      clearTimeout(late);
      worker.off('error', failed).off('exit', ended);
      stopping.removeEventListener('abort', drain);
    }
  }

  #take(): Thread {
    const configuration = this.#options.configuration();
    for (let thread = this.#idle.pop(); thread !== undefined; thread = this.#idle.pop()) {
      clearTimeout(thread.idle);
      if (thread.configuration === configuration) return thread;
      void this.#end(thread);
    }
    return this.#start(configuration);
  }

  #start(configuration: Configuration): Thread {
    const {
      settings,
      databaseUrl,
      log,
      fileMs = FILE_MS,
      heapMb = shareMemory(settings.threads),
    } = this.#options;
    const data: ThreadData = {
      settings,
      databaseUrl,
      configuration: packConfiguration(configuration),
      log: log.level,
      fileMs,
    };
    const worker = new Worker(new URL('file-thread.ts', import.meta.url), {
      workerData: data,
      resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: 16 },
    });
    // Whoever waits for its answer hears of it; between two pieces of work nobody needs to.
    worker.on('error', () => undefined);
    const thread: Thread = { worker, configuration };
    worker.once('exit', () => this.#forget(thread));
    this.#all.add(thread);
    return thread;
  }

  #keep(thread: Thread): void {
    if (!this.#all.has(thread)) return;
    thread.idle = setTimeout(() => void this.#end(thread), IDLE_MS).unref();
    this.#idle.push(thread);
  }

  async #end(thread: Thread): Promise<void> {
    this.#forget(thread);
    await thread.worker.terminate();
  }

  #forget(thread: Thread): void {
    clearTimeout(thread.idle);
    this.#all.delete(thread);
    const place = this.#idle.indexOf(thread);
    if (place >= 0) this.#idle.splice(place, 1);
  }
}

/** A container may have less than its machine. */
function shareMemory(threads: number): number {
  const bytes = Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY);
  return Math.min(MOST_HEAP_MB, Math.floor(bytes / 2 / 1024 ** 2 / threads));
}
