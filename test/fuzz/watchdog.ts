import { mkdirSync, writeFileSync, writeSync } from 'node:fs';
import { isMainThread, Worker, workerData } from 'node:worker_threads';

/** Longest input, and what stands before it in the memory that both threads see: how many were shown, and its length. */
const [ROOM, HEAD] = [1 << 20, 8];

/** How long one input may be under way before the run is ended for it; far above what any takes on a busy machine. */
const PATIENCE = 120_000;

/** A thread that sees when an execution never ends: it writes down the input and ends the process. */
export function startWatchdog(folder: string): (bytes: Buffer) => void {
  const memory = new SharedArrayBuffer(HEAD + ROOM);
  const [head, room] = [new Int32Array(memory, 0, 2), new Uint8Array(memory, HEAD)];
  new Worker(new URL(import.meta.url), { workerData: { memory, folder } }).unref();
  return (bytes) => {
    room.set(bytes.subarray(0, ROOM));
    head[1] = Math.min(bytes.length, ROOM);
    Atomics.add(head, 0, 1);
  };
}

if (!isMainThread) {
  const { memory, folder } = workerData as { memory: SharedArrayBuffer; folder: string };
  const [head, room] = [new Int32Array(memory, 0, 2), new Uint8Array(memory, HEAD)];
  let seen = -1;
  setInterval(() => {
    if (Atomics.load(head, 0) !== seen) {
      seen = Atomics.load(head, 0);
      return;
    }
    mkdirSync(folder, { recursive: true });
    writeFileSync(`${folder}/endless.edi`, room.slice(0, head[1]));
    // The thread that hangs would have to hand on what a stream writes, and to end by itself.
    writeSync(2, `an execution does not end: ${folder}/endless.edi\n`);
    process.kill(process.pid, 'SIGKILL');
  }, PATIENCE);
}
