import type { Context } from '../context.ts';
import { pollJob, watchJob } from '../jobs/lanes.ts';
import type { Repeated } from '../jobs/sweep.ts';
import type { Task } from '../jobs/worker.ts';
import { billLane } from './bill/bill-lane.ts';
import { tellBlanketAlerts } from './blanket/tell-alerts.ts';
import { certifyLane } from './certify/certify-lane.ts';
import type { Configuration } from './configuration/configuration.ts';
import { deliverLane, type Lane } from './deliver/deliver.ts';
import { escalateExceptions } from './deliver/escalate.ts';
import { findRemote, isActive, pollEveryMs } from './deliver/remote.ts';
import { watchAcknowledgements } from './deliver/watch.ts';
import { watchOwedDocuments } from './deliver/watch-owed.ts';
import { ERP } from './erp-inbox/erp-mailbox.ts';
import { importLane } from './erp-inbox/import-lane.ts';
import { feedLane } from './feed/feed-lane.ts';
import { watchFeed } from './feed/watch-feed.ts';
import { mailLane } from './mail/mail-lane.ts';
import { processLane } from './process/process.ts';
import type { Runner } from './process/run-in-threads.ts';
import { makePoller } from './receive/poll.ts';
import { makeDueReleases } from './recurrence/make-releases.ts';
import { fillLane } from './revise/fill-lane.ts';
import { watchWaitingChanges } from './revise/watch-changes.ts';
import { shipLane, watchReports } from './ship/ship-lane.ts';

const WATCH_MS = 60_000;

/** Every task that a worker runs, by name. */
export function makeTasks(context: Context, runner?: Runner): Record<string, Task> {
  const poll = makePoller(context);
  return {
    process: (payload, { signal }) => {
      const { partner } = payload as Pick<Lane, 'partner'>;
      return partner === ERP ? importLane(context, signal) : processLane(context, partner, signal, runner);
    },
    deliver: (payload, { signal }) => deliverLane(context, payload as Lane, signal),
    feed: (_payload, { signal }) => feedLane(context, signal),
    ship: (_payload, { signal }) => shipLane(context, signal),
    mail: (_payload, { signal }) => mailLane(context, signal),
    certify: (_payload, { signal }) => certifyLane(context, signal),
    bill: (_payload, { signal }) => billLane(context, signal),
    fill: (_payload, { signal }) => fillLane(context, signal),
    poll: (payload) => poll((payload as Pick<Lane, 'partner'>).partner),
    watch: async () => {
      await watchAcknowledgements(context);
      await watchOwedDocuments(context);
      await watchFeed(context);
      await escalateExceptions(context);
      await tellBlanketAlerts(context);
      await makeDueReleases(context);
      await watchWaitingChanges(context);
      await watchReports(context);
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
