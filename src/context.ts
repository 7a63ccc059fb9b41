import { randomBytes } from 'node:crypto';
import type { Knex } from 'knex';
import type { Logger } from 'pino';
import { createIds } from './lib/ids.ts';
import type { Configuration } from './pipeline/configuration/configuration.ts';
import type { Settings } from './settings.ts';

/** What the shell works with, passed by hand; there is no container. */
export type Context = {
  readonly settings: Settings;
  readonly db: Knex;
  /** Partner files, maps and standards as last loaded. */
  readonly configuration: () => Configuration;
  /** Now, as an ISO instant in UTC. */
  readonly clock: () => string;
  /** A new UUID version 7. */
  readonly ids: () => string;
  /** Evenly in [0, 1): for jitter only. */
  readonly random: () => number;
  readonly log: Logger;
};

/** With the clock and the randomness of the machine. */
export function createContext(given: Pick<Context, 'settings' | 'db' | 'configuration' | 'log'>): Context {
  return {
    ...given,
    clock: () => new Date().toISOString(),
    ids: createIds(Date.now, randomBytes),
    random: Math.random,
  };
}
