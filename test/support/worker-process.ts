import { startWorker } from '../../src/jobs/worker.ts';
import { QUIET } from './quiet.ts';

/** A worker process that takes a job and never ends it: made to be killed. */
// Not left behind when the test goes first.
process.stdin.on('close', () => process.exit()).resume();

const databaseUrl = process.argv[2] ?? '';
await startWorker(
  { databaseUrl, concurrency: 2, log: QUIET, pollMs: 50 },
  {
    process: async () => {
      process.stdout.write('taken\n');
      await new Promise(() => undefined);
    },
  },
);
