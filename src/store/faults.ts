/** SQLSTATE classes that pass by themselves: connection, resources (53100 is a full disk), operator, system. */
const TRANSIENT_CLASSES: ReadonlySet<string> = new Set(['08', '53', '57', '58']);

const TRANSIENT_STATES: ReadonlySet<string> = new Set([
  '40001', // serialization failure
  '40P01', // deadlock
  '55P03', // lock time-out
  '25P03', // idle in transaction time-out
  '25006', // read only while another server takes over
]);

const TRANSIENT_SYSTEM: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
]);

/** What the driver and the pool say without a code, be it after the statement and a dash. */
const TRANSIENT_MESSAGE =
  /(?:^| - )(?:Connection (terminated|ended)|timeout expired|timeout exceeded|Client (was closed|has encountered)|Knex: Timeout|Unable to acquire|aborted$)/i;

/** Does the same work have a chance to succeed later, with nothing changed but the world? */
export function isTransient(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (TRANSIENT_STATES.has(code) || TRANSIENT_SYSTEM.has(code)) return true;
  if (isSqlState(code)) return TRANSIENT_CLASSES.has(code.slice(0, 2));
  if (TRANSIENT_MESSAGE.test(error.message) || error.name === 'KnexTimeoutError') return true;
  if (error instanceof AggregateError) return error.errors.length > 0 && error.errors.every(isTransient);
  return error.cause !== undefined && isTransient(error.cause);
}

/** Statement time-out and memory: they pass by themselves, or else the work itself is too much. */
const LIMITS: ReadonlySet<string> = new Set(['57014', '53200']);

/** A fault of the world that says nothing of the work that it befell. */
export function isOutage(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return isTransient(error) && !LIMITS.has(code);
}

/** Rolled back for certain, so that doing it again cannot do it twice. */
export function isConflict(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === '40001' || code === '40P01';
}

/** The name of the unique index that refused a second row, if that is what the error says. */
export function violatedIndex(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || error.code !== '23505') return undefined;
  return 'constraint' in error && typeof error.constraint === 'string' ? error.constraint : 'unknown';
}

function isSqlState(code: string): boolean {
  return /^[0-9A-Z]{5}$/.test(code) && !/^E[A-Z]{4}$/.test(code);
}
