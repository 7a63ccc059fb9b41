import type { Context } from '../context.ts';
import { watchJob } from '../jobs/lanes.ts';
import type { Repeated } from '../jobs/sweep.ts';
import type { Task } from '../jobs/worker.ts';
import type { Configuration } from './configuration.ts';
import { processLane } from './process.ts';
import { watchAcknowledgements } from './watch.ts';

const WATCH_MS = 60_000;

/** Every task that a worker runs, by name. */
export function makeTasks(context: Context): Record<string, Task> {
  return {
    process: (payload, { signal }) => processLane(context, (payload as { partner: string }).partner, signal),
    watch: async () => void (await watchAcknowledgements(context)),
  };
}

/** What runs again and again. */
export function listRepeated(_configuration: Configuration): Repeated[] {
  return [{ job: watchJob(), everyMs: WATCH_MS }];
}
