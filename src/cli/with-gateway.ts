import { pino } from 'pino';
import type { Context } from '../context.ts';
import { openGateway } from '../main.ts';
import { readSettings } from '../settings.ts';
import { say } from './exit.ts';

/** Runs a command that needs the store, and closes everything after it. */
export async function withGateway<T>(work: (context: Context) => Promise<T>): Promise<T> {
  const settings = readSettings();
  const log = pino({ level: settings.log === 'info' ? 'warn' : settings.log }, pino.destination(2));
  const gateway = await openGateway(settings, { log, onProgress: say });
  try {
    return await work(gateway.context);
  } finally {
    await gateway.stop();
  }
}
