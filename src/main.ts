import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Logger, pino } from 'pino';
import { loadHostKeys } from './channels/hosted-sftp/host-keys.ts';
import { startHostedSftp } from './channels/hosted-sftp/server.ts';
import { type Context, createContext } from './context.ts';
import { billJob, certifyJob, deliverJob, feedJob, mailJob, processJob, shipJob } from './jobs/lanes.ts';
import { migrateJobs } from './jobs/migrate.ts';
import { startWorker } from './jobs/worker.ts';
import { formatMistake } from './lib/mistake.ts';
import { type Configuration, loadConfiguration } from './pipeline/configuration/configuration.ts';
import { runInThreads } from './pipeline/process/run-in-threads.ts';
import { makeAccounts, makeMailbox } from './pipeline/receive/mailbox.ts';
import { listRepeated, makeTasks } from './pipeline/tasks.ts';
import { FileThreads } from './pipeline/threads/file-threads.ts';
import type { Settings } from './settings.ts';
import { openDatabase, requireDurability } from './store/database.ts';
import { startEmbedded } from './store/embedded.ts';
import { listWaitingWork } from './store/lanes.ts';
import { migrateDatabase } from './store/migrate.ts';
import { startHttp } from './web/server.ts';

/** Something that was started and must be stopped. */
export type Running = { readonly stop: () => Promise<void> };

export type Gateway = Running & {
  readonly context: Context;
  readonly databaseUrl: string;
  /** Takes partner files and maps as they are on disk now; servers that are polled are known from the start on. */
  readonly reload: () => void;
};

/** What a process runs: `up` is both. */
export type Parts = { readonly serve: boolean; readonly work: boolean };

export type Started = Gateway & {
  /** Port of health and metrics, when they are served here. */
  readonly httpPort: number | undefined;
  /** Port of the hosted SFTP server, when it runs here. */
  readonly sftpPort: number | undefined;
  readonly hostKeys: readonly string[];
};

/** Database, migrations and configuration: what every command with a store needs. */
export async function openGateway(
  settings: Settings,
  options: { readonly log?: Logger; readonly onProgress?: (text: string) => void } = {},
): Promise<Gateway> {
  const log = options.log ?? pino({ level: settings.log }, pino.destination(2));
  const stops: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const end of stops.splice(0).reverse()) await end();
  };
  try {
    let databaseUrl = settings.databaseUrl;
    if (databaseUrl === undefined) {
      await mkdir(settings.dataFolder, { recursive: true });
      const onProgress = options.onProgress ?? ((text: string) => log.info(text));
      const embedded = await startEmbedded({ folder: settings.dataFolder, onProgress });
      stops.push(() => embedded.stop());
      databaseUrl = embedded.url;
    }
    const db = openDatabase(databaseUrl, { poolSize: settings.concurrency + 8 });
    stops.push(() => db.destroy());
    await requireDurability(db);
    await migrateDatabase(db);
    await migrateJobs(databaseUrl);
    let configuration = loadConfiguration(settings);
    reportMistakes(configuration, log);
    const reload = () => {
      configuration = loadConfiguration(settings);
      reportMistakes(configuration, log);
      log.info({ partners: [...configuration.partners.keys()] }, 'partner files and maps are loaded anew');
    };
    const context = createContext({ settings, db, configuration: () => configuration, log });
    return { context, databaseUrl, reload, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Starts the parts asked for; `stop` drains them in reverse. */
export async function startGateway(
  settings: Settings,
  parts: Parts,
  options: Parameters<typeof openGateway>[1] = {},
): Promise<Started> {
  const gateway = await openGateway(settings, options);
  const { context } = gateway;
  const running: Running[] = [];
  const stop = async () => {
    // Together, so that draining takes as long as the slowest part and not as all of them.
    await Promise.all(running.splice(0).map((part) => part.stop()));
    await gateway.stop();
  };
  try {
    if (parts.work) {
      const { databaseUrl } = gateway;
      const threads = new FileThreads({ ...context, databaseUrl });
      const runner = settings.threads === 0 ? undefined : runInThreads(threads);
      const worker = await startWorker(
        {
          databaseUrl,
          concurrency: settings.concurrency,
          log: context.log,
          repeated: listRepeated(context.configuration()),
          findWaiting: () => findWaiting(context),
        },
        makeTasks(context, runner),
      );
      running.push({ stop: () => worker.stop().finally(() => threads.stop()) });
    }
    const sftp = parts.serve ? await startSftp(context) : undefined;
    if (sftp !== undefined) running.push(sftp);
    const http = await startHttp(context);
    if (http !== undefined) running.push(http);
    return {
      ...gateway,
      stop,
      httpPort: http?.port,
      sftpPort: sftp?.port,
      hostKeys: sftp?.fingerprints ?? [],
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startSftp(context: Context) {
  const { settings, log } = context;
  if (settings.sftp === 'off') return undefined;
  const hostKeys = await loadHostKeys(settings.dataFolder);
  return await startHostedSftp({
    ...settings.sftp,
    hostKeys,
    accounts: makeAccounts(context),
    mailbox: makeMailbox(context),
    scratch: join(settings.dataFolder, 'uploads'),
    log,
    limits: { fileBytes: settings.maxFileBytes },
  });
}

async function findWaiting(context: Context) {
  const waiting = await listWaitingWork(context.db, context.clock());
  return waiting.map((work) => {
    if (work.kind === 'feed') return feedJob();
    if (work.kind === 'mail') return mailJob();
    if (work.kind === 'ship') return shipJob();
    if (work.kind === 'certify') return certifyJob();
    if (work.kind === 'bill') return billJob();
    return work.kind === 'process' ? processJob(work.partner) : deliverJob(work.partner, work.channel);
  });
}

function reportMistakes(configuration: Configuration, log: Logger): void {
  for (const [partner, mistakes] of configuration.mistakes) {
    for (const mistake of mistakes) {
      if (mistake.warning === true) log.warn({ partner }, formatMistake(mistake));
      else log.error({ partner }, formatMistake(mistake));
    }
  }
}
