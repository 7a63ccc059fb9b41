import type { Log } from '../../src/jobs/log.ts';

const nothing = () => undefined;

export const QUIET: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing };
