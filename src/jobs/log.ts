import { Logger } from 'graphile-worker';

/** As pino has it. */
export type Log = {
  debug(detail: object, message: string): void;
  info(detail: object, message: string): void;
  warn(detail: object, message: string): void;
  error(detail: object, message: string): void;
};

/** What the queue says, in our log. A job that went well is no news; the first line says which one failed. */
export function queueLogger(log: Log): Logger {
  return new Logger((scope) => (level, message) => {
    const detail = { part: 'jobs', ...scope };
    const text = message.split('\n', 1)[0] ?? '';
    if (level === 'error') log.error({ ...detail, detail: message }, text);
    else if (level === 'warning') log.warn(detail, text);
    else log.debug(detail, text);
  });
}
