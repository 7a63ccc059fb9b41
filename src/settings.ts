import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** The only reader of the environment: one frozen, validated object. */
export type Settings = {
  /** PostgreSQL to use; the embedded one when undefined. */
  readonly databaseUrl: string | undefined;
  /** Where the embedded database and the host keys live. */
  readonly dataFolder: string;
  readonly partnersFolder: string;
  readonly mapsFolder: string;
  readonly templatesFolder: string;
  readonly http: Address | 'off';
  /** Where others reach what `http` serves; without a slash at its end. */
  readonly url: string;
  readonly sftp: Address | 'off';
  /** `test` takes ISA15 = T as live. */
  readonly mode: 'production' | 'test';
  readonly log: string;
  /** Jobs that one process runs at the same time. */
  readonly concurrency: number;
  /** Threads for large files; none: they are processed in line. */
  readonly threads: number;
  /** Greatest size of a file that is taken in, in bytes. */
  readonly maxFileBytes: number;
};

export type Address = { readonly host: string; readonly port: number };

const repository = fileURLToPath(new URL('..', import.meta.url));

const address = z
  .string()
  .regex(/^(\[[0-9a-fA-F:]+\]|[^:]+):\d{1,5}$/, 'expected HOST:PORT such as 127.0.0.1:2222')
  .transform((text): Address => {
    const colon = text.lastIndexOf(':');
    return { host: text.slice(0, colon).replace(/^\[|\]$/g, ''), port: Number(text.slice(colon + 1)) };
  });

/** Name, schema with default, and one line of help: what `causeway up --help` prints. */
export const VARIABLES = {
  DATABASE_URL: {
    schema: z
      .string()
      .regex(/^postgres(ql)?:\/\//, 'expected a URL such as postgres://user@host/database')
      .optional(),
    help: 'PostgreSQL to use; an embedded one when unset',
  },
  CAUSEWAY_DATA: {
    schema: z.string().default('data'),
    help: 'folder of the embedded database and host keys (./data)',
  },
  CAUSEWAY_PARTNERS: {
    schema: z.string().default(`${repository}partners`),
    help: 'folder of the partner files',
  },
  CAUSEWAY_MAPS: {
    schema: z.string().default(`${repository}maps`),
    help: 'folder of the maps and standards',
  },
  CAUSEWAY_TEMPLATES: {
    schema: z.string().default(`${repository}templates`),
    help: 'folder of the templates of mails, certificates, labels and other documents',
  },
  CAUSEWAY_HTTP: {
    schema: z.union([z.literal('off'), address]).prefault('127.0.0.1:8080'),
    help: 'health, metrics and API, or off (127.0.0.1:8080)',
  },
  CAUSEWAY_URL: {
    schema: z
      .url({ protocol: /^https?$/, error: 'expected a URL such as https://edi.example.com' })
      .default('http://127.0.0.1:8080'),
    help: 'address under which others reach what CAUSEWAY_HTTP serves, as it stands on documents',
  },
  CAUSEWAY_SFTP: {
    schema: z.union([z.literal('off'), address]).prefault('127.0.0.1:2222'),
    help: 'hosted SFTP, or off (127.0.0.1:2222)',
  },
  CAUSEWAY_MODE: {
    schema: z.enum(['production', 'test']).default('production'),
    help: 'test takes ISA15=T as live (production)',
  },
  CAUSEWAY_LOG: {
    schema: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
    help: 'log level: fatal, error, warn, info, debug, trace, silent (info)',
  },
  CAUSEWAY_CONCURRENCY: {
    schema: z.coerce.number().int().min(1).max(64).default(4),
    help: 'jobs that one process runs at the same time (4)',
  },
  CAUSEWAY_THREADS: {
    schema: z.coerce
      .number()
      .int()
      .min(0)
      .max(64)
      .default(Math.max(1, Math.min(availableParallelism() - 1, 3))),
    help: 'threads for large files (one less than there are cores, at most 3)',
  },
  CAUSEWAY_MAX_FILE_MB: {
    schema: z.coerce.number().int().min(1).max(1024).default(100),
    help: 'greatest size of a file taken in, in MB (100)',
  },
} as const;

/** A wrong value stops the start with the name, the value and what would be right. */
export class WrongSetting extends Error {
  override readonly name = 'WrongSetting';
}

export function readSettings(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Settings {
  const wrong: string[] = [];
  const read = <K extends keyof typeof VARIABLES>(name: K): z.output<(typeof VARIABLES)[K]['schema']> => {
    const text = environment[name] === '' ? undefined : environment[name];
    const result = VARIABLES[name].schema.safeParse(text);
    if (result.success) return result.data as z.output<(typeof VARIABLES)[K]['schema']>;
    const wanted = [...new Set(result.error.issues.map(describe))].join('; ');
    wrong.push(`${name} is ${JSON.stringify(text)}: ${wanted}`);
    return undefined as never;
  };
  const settings: Settings = {
    databaseUrl: read('DATABASE_URL'),
    dataFolder: resolve(read('CAUSEWAY_DATA') ?? ''),
    partnersFolder: resolve(read('CAUSEWAY_PARTNERS') ?? ''),
    mapsFolder: resolve(read('CAUSEWAY_MAPS') ?? ''),
    templatesFolder: resolve(read('CAUSEWAY_TEMPLATES') ?? ''),
    http: read('CAUSEWAY_HTTP'),
    url: read('CAUSEWAY_URL').replace(/\/+$/, ''),
    sftp: read('CAUSEWAY_SFTP'),
    mode: read('CAUSEWAY_MODE'),
    log: read('CAUSEWAY_LOG'),
    concurrency: read('CAUSEWAY_CONCURRENCY'),
    threads: read('CAUSEWAY_THREADS'),
    maxFileBytes: read('CAUSEWAY_MAX_FILE_MB') * 1024 * 1024,
  };
  if (wrong.length > 0) throw new WrongSetting(wrong.join('\n'));
  return Object.freeze(settings);
}

function describe(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_union') return 'expected off or HOST:PORT such as 127.0.0.1:2222';
  return issue.message.replace(/^Invalid (input|option): /, '').replaceAll('"|"', '", "');
}

/** A secret that a partner file names is not there. */
export class SecretMissing extends Error {
  override readonly name = 'SecretMissing';
}

/** What `env:NAME` or `file:PATH` (relative to the partner's folder) stands for. */
export function resolveSecret(reference: string, folder: string): string {
  if (reference.startsWith('env:')) {
    const value = process.env[reference.slice(4)];
    if (value === undefined || value === '')
      throw new SecretMissing(`the environment variable ${reference.slice(4)} is not set`);
    return value;
  }
  const path = resolve(folder, reference.slice('file:'.length));
  if (!existsSync(path)) throw new SecretMissing(`there is no file ${path}`);
  return readFileSync(path, 'utf8').trim();
}

/** The value itself, or what it names. */
export function resolveValue(value: string | number, folder: string): string {
  return typeof value === 'string' && /^(env|file):/.test(value)
    ? resolveSecret(value, folder)
    : String(value);
}
