import { monitorEventLoopDelay } from 'node:perf_hooks';
import { pino } from 'pino';
import { startGateway } from '../src/main.ts';
import { readSettings } from '../src/settings.ts';

/** Delays of the event loop in milliseconds, memory in MB. */
export type Strain = { readonly p99: number; readonly most: number; readonly peak: number };

/**
 * The gateway in a process of its own, so that its memory and the delays of its event loop are those of its work
 * alone. Told `start`, it begins to measure; told `stop`, it ends and says what it measured.
 */
const log = pino({ level: 'error' }, pino.destination(2));
const gateway = await startGateway(
  readSettings(),
  { serve: true, work: true },
  { log, onProgress: () => undefined },
);
const delays = monitorEventLoopDelay({ resolution: 2 });
process.on('message', async (message) => {
  if (message === 'start') delays.enable();
  if (message !== 'stop') return;
  delays.disable();
  const peak = process.resourceUsage().maxRSS / 1000;
  await gateway.stop();
  process.send?.({ p99: delays.percentile(99) / 1e6, most: delays.max / 1e6, peak } satisfies Strain);
  process.disconnect?.();
});
process.send?.({ port: gateway.sftpPort });
