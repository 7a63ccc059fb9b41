import { parentPort, workerData } from 'node:worker_threads';
import { pino } from 'pino';
import { createContext } from '../../context.ts';
import { assert } from '../../lib/assert.ts';
import { openDatabase } from '../../store/database.ts';
import { unpackConfiguration } from '../configuration/configuration.ts';
import { processFiles } from '../process/process-files.ts';
import { processLargeFile } from '../process/process-large-file.ts';
import type { Reply, ThreadData, Work } from './file-threads.ts';

/** The other side of `FileThreads`: one piece of work after the other, with a connection of its own. */
assert(parentPort !== null, 'this module is the body of a thread');
const port = parentPort;
const { settings, databaseUrl, configuration: packed, log, fileMs } = workerData as ThreadData;
const configuration = unpackConfiguration(packed);
const context = createContext({
  settings,
  // As long as the file may take: deciding a large one between two statements takes its time.
  db: openDatabase(databaseUrl, { name: 'causeway thread', poolSize: 2, statementMs: fileMs }),
  configuration: () => configuration,
  log: pino({ level: log }, pino.destination(2)),
});

port.on('message', async (work: Work) => port.postMessage(await answer(work)));

/** When the gateway stops, the thread is ended from outside. */
const never = new AbortController().signal;

async function answer(work: Work): Promise<Reply> {
  try {
    if (work.kind === 'large') await processLargeFile(context, work.file, never);
    else await processFiles(context, work.files, never);
    return {};
  } catch (error) {
    return { fault: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
