import { EventEmitter } from 'node:events';
import type { WorkerEvents } from 'graphile-worker';

/**
 * The queue's workers ask for the ids of their tasks once and keep the answer, be it an error: a connection cut at
 * that moment would leave them without a job for ever. After so many failed takes in a row they are to be replaced.
 */
export function watchTakes(most: number, giveUp: () => void): WorkerEvents {
  const events: WorkerEvents = new EventEmitter();
  let failed = 0;
  const begin = () => {
    failed = 0;
  };
  events.on('worker:getJob:empty', begin);
  events.on('job:start', begin);
  events.on('worker:getJob:error', () => {
    failed += 1;
    if (failed === most) giveUp();
  });
  return events;
}
