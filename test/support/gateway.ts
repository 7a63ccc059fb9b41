import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { ExecutionContext } from 'ava';
import { pino } from 'pino';
import SftpClient from 'ssh2-sftp-client';
import { type Started, startGateway } from '../../src/main.ts';
import { readSettings } from '../../src/settings.ts';
import { scratchFolder, testDatabase } from './database.ts';
import { type Answer, readAnswer } from './gateway-answers.ts';
import {
  addPartner,
  importMaster,
  MAPS,
  type PartnerOptions,
  preparePartners,
  type TestPartner,
} from './gateway-partners.ts';

const COMMAND = fileURLToPath(new URL('../../src/cli/bin.js', import.meta.url));

export type TestGateway = {
  readonly started: Started;
  readonly partners: Readonly<Record<string, TestPartner>>;
  /** Logs in as the partner does, with its key. */
  readonly connect: (partner: string) => Promise<SftpClient>;
};

/** The whole gateway in this process, on a database and a port of its own. */
export async function startTestGateway(
  t: ExecutionContext,
  options: { readonly partners?: Readonly<Record<string, PartnerOptions>> } = {},
): Promise<TestGateway> {
  const { url } = await testDatabase(t);
  const folder = await scratchFolder(t);
  const { partners, environment } = await prepareFolders(folder, options.partners ?? { alpha: {} });
  const log = pino({ level: 'silent' });
  const settings = readSettings({ ...environment, DATABASE_URL: url });
  const started = await startGateway(settings, { serve: true, work: true }, { log });
  t.teardown(() => started.stop());
  await importMaster(started.context, Object.keys(partners));
  const connect = (partner: string) => connectTo(t, started.sftpPort!, partners[partner]!);
  return { started, partners, connect };
}

/** A partners folder, a data folder, and the settings that name them. */
export async function prepareFolders(folder: string, wanted: Readonly<Record<string, PartnerOptions>>) {
  const partnersFolder = join(folder, 'partners');
  await preparePartners(partnersFolder);
  const partners: Record<string, TestPartner> = {};
  for (const [id, each] of Object.entries(wanted)) partners[id] = await addPartner(partnersFolder, id, each);
  const environment = {
    CAUSEWAY_DATA: join(folder, 'data'),
    CAUSEWAY_PARTNERS: partnersFolder,
    CAUSEWAY_MAPS: MAPS,
    CAUSEWAY_SFTP: '127.0.0.1:0',
    CAUSEWAY_HTTP: '127.0.0.1:0',
  };
  return { partners, environment };
}

export async function connectTo(
  t: ExecutionContext,
  port: number,
  { id, privateKey }: TestPartner,
): Promise<SftpClient> {
  // What becomes of a call is for the call to say.
  const quiet = () => undefined;
  const client = new SftpClient(id, { error: quiet, end: quiet, close: quiet });
  await client.connect({ host: '127.0.0.1', port, username: id, privateKey, readyTimeout: 5_000 });
  t.teardown(async () => void (await client.end().catch(() => undefined)));
  return client;
}

/** All that lies in /outbound, oldest first, read by an independent parser. */
export async function fetchAnswers(client: SftpClient): Promise<readonly (Answer & { name: string })[]> {
  const answers: (Answer & { name: string })[] = [];
  for (const { name } of await client.list('/outbound')) {
    const bytes = (await client.get(`/outbound/${name}`)) as Buffer;
    answers.push({ ...readAnswer(bytes), name });
  }
  return answers;
}

/** `causeway up` as a process of its own, made to be killed. */
export type GatewayProcess = {
  readonly port: number;
  /** SIGKILL to the process and all that it started in its group; resolves when it is gone. */
  readonly kill: () => Promise<void>;
};

/** Resolves when it says that it is up. */
export async function spawnGateway(environment: Readonly<Record<string, string>>): Promise<GatewayProcess> {
  const child = spawn(process.execPath, [COMMAND, 'up'], {
    env: { ...process.env, ...environment, CAUSEWAY_LOG: 'info' },
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const lines: string[] = [];
  const port = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`the gateway ended:\n${lines.slice(-20).join('\n')}`)));
    createInterface({ input: child.stderr! }).on('line', (line) => {
      lines.push(line);
      const up = readLine(line);
      if (up?.msg === 'causeway is up' && up.sftp !== undefined) resolve(up.sftp);
    });
  });
  return {
    port,
    kill: async () => {
      killGroup(child);
      await ended;
    },
  };
}

function readLine(line: string): { readonly msg?: string; readonly sftp?: number } | undefined {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function killGroup(child: ChildProcess): void {
  try {
    process.kill(-child.pid!, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}
