import type { Context } from '../context.ts';
import { pollJob, watchJob } from '../jobs/lanes.ts';
import type { Repeated } from '../jobs/sweep.ts';
import type { Task } from '../jobs/worker.ts';
import { tellBlanketAlerts } from './blanket/tell-alerts.ts';
import type { Configuration } from './configuration/configuration.ts';
import { deliverLane, type Lane } from './deliver/deliver.ts';
import { escalateExceptions } from './deliver/escalate.ts';
import { findRemote, isActive, pollEveryMs } from './deliver/remote.ts';
import { watchAcknowledgements } from './deliver/watch.ts';
import { feedLane } from './feed/feed-lane.ts';
import { watchFeed } from './feed/watch-feed.ts';
import { processLane } from './process/process.ts';
import type { LargeFileRunner } from './process/process-large-file.ts';
import { makePoller } from './receive/poll.ts';
import { watchWaitingChanges } from './revise/watch-changes.ts';

const WATCH_MS = 60_000;

/** Every task that a worker runs, by name. */
export function makeTasks(context: Context, runLarge: LargeFileRunner): Record<string, Task> {
  const poll = makePoller(context);
  return {
    process: (payload, { signal }) =>
      processLane(context, (payload as Pick<Lane, 'partner'>).partner, signal, runLarge),
    deliver: (payload, { signal }) => deliverLane(context, payload as Lane, signal),
    feed: (_payload, { signal }) => feedLane(context, signal),
    poll: (payload) => poll((payload as Pick<Lane, 'partner'>).partner),
    watch: async () => {
      await watchAcknowledgements(context);
      await watchFeed(context);
      await escalateExceptions(context);
      await tellBlanketAlerts(context);
      await watchWaitingChanges(context);
    },
  };
}

/** What runs again and again: the watch, and a poll for each partner whose server we fetch from. */
export function listRepeated(configuration: Configuration): Repeated[] {
  const polls = [...configuration.partners.values()].flatMap((partner) => {
    const remote = findRemote(partner);
    if (!isActive(partner) || remote?.fetch === undefined) return [];
    return [{ job: pollJob(partner.id, 'sftp'), everyMs: pollEveryMs(remote) }];
  });
  return [{ job: watchJob(), everyMs: WATCH_MS }, ...polls];
}
