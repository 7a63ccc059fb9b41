import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { pino } from 'pino';
import type { Context } from '../../src/context.ts';
import type { FileContent } from '../../src/domain/exchange/records.ts';
import { createIds } from '../../src/lib/ids.ts';
import { loadConfiguration, loadStandardsAndMaps } from '../../src/pipeline/configuration/configuration.ts';
import { processLane } from '../../src/pipeline/process/process.ts';
import { receiveFile } from '../../src/pipeline/receive/receive.ts';
import { readSettings } from '../../src/settings.ts';
import { listExceptions, type StoredException } from '../../src/store/exceptions.ts';
import { readFile } from '../../src/store/files.ts';
import { listOutbound } from '../../src/store/hosted.ts';
import { type Lasting, scratchFolder, testDatabase } from './database.ts';
import { type Answer, readAnswer } from './gateway-answers.ts';
import {
  addPartner,
  importMaster,
  MAPS,
  type PartnerOptions,
  preparePartners,
  type TestPartner,
} from './gateway-partners.ts';

/**
 * The pipeline without its surroundings: files are handed in, lanes are drained when the test says so, and the clock
 * stands still until it is moved. Database, maps, decision and answers are the real ones.
 */
export type Lanes = {
  readonly context: Context;
  readonly url: string;
  readonly partners: Readonly<Record<string, TestPartner>>;
  readonly receive: (partner: string, bytes: Uint8Array, name?: string) => Promise<string>;
  /** Drains the lane of a partner until nothing is left or the head waits. */
  readonly drain: (partner: string) => Promise<void>;
  /** Hands a file in and drains the lane. */
  readonly send: (partner: string, bytes: Uint8Array, name?: string) => Promise<string>;
  readonly advance: (ms: number) => void;
  readonly file: (id: string) => Promise<FileContent>;
  /** The files that lie in /outbound, in the order in which they were made, read by an independent parser. */
  readonly outbound: (partner: string) => Promise<readonly OutboundAnswer[]>;
  readonly exceptions: (partner: string) => Promise<readonly StoredException[]>;
  /** Kind and text of the partner's events, oldest first. */
  readonly events: (partner: string) => Promise<readonly { readonly kind: string; readonly text: string }[]>;
};

export type OutboundAnswer = Answer & { readonly name: string; readonly bytes: Uint8Array };

export type LaneOptions = {
  readonly partners?: Readonly<Record<string, PartnerOptions>>;
  /** A partners folder to work with as it is, instead of partners made for the test; nothing is imported. */
  readonly folder?: string;
  readonly mode?: 'production' | 'test';
  /** The context that the pipeline gets instead: with a database that fails, for instance. */
  readonly alter?: (context: Context) => Context;
};

/** Once for all tests of a file: loading them blocks for longer than a connection may take. */
const STANDARDS_AND_MAPS = loadStandardsAndMaps(MAPS);

export async function openLanes(t: Lasting, options: LaneOptions = {}): Promise<Lanes> {
  const { db, url } = await testDatabase(t);
  const { folder, partners } =
    options.folder === undefined
      ? await makePartners(t, options.partners ?? { alpha: {} })
      : { folder: options.folder, partners: {} };
  const settings = readSettings({
    CAUSEWAY_PARTNERS: folder,
    CAUSEWAY_MAPS: MAPS,
    CAUSEWAY_MODE: options.mode ?? 'production',
  });
  const configuration = loadConfiguration(settings, STANDARDS_AND_MAPS);
  let now = Date.parse('2026-11-21T10:00:00.000Z');
  const plain: Context = {
    settings,
    db,
    configuration: () => configuration,
    clock: () => new Date(now).toISOString(),
    ids: createIds(Date.now, randomBytes),
    random: () => 0.5,
    log: pino({ level: 'silent' }),
  };
  const context = options.alter?.(plain) ?? plain;
  if (options.folder === undefined) await importMaster(plain, Object.keys(partners));
  const receive = async (partner: string, bytes: Uint8Array, name = 'po.edi') =>
    (await receiveFile(context, { partner, channel: 'sftp-hosted', name, bytes })).id;
  const drain = (partner: string) => processLane(context, partner, new AbortController().signal);
  return {
    context,
    url,
    partners,
    receive,
    drain,
    send: async (partner, bytes, name) => {
      const id = await receive(partner, bytes, name);
      await drain(partner);
      return id;
    },
    advance: (ms) => {
      now += ms;
    },
    file: async (id) => (await readFile(db, id))!,
    outbound: (partner) => readOutbound(plain, partner),
    exceptions: (partner) => listExceptions(db, { partner, state: 'all' }),
    events: (partner) => db('event').where({ partner }).orderBy('id').select('kind', 'text'),
  };
}

async function makePartners(t: Lasting, wanted: Readonly<Record<string, PartnerOptions>>) {
  const folder = join(await scratchFolder(t), 'partners');
  await preparePartners(folder);
  const partners: Record<string, TestPartner> = {};
  for (const [id, each] of Object.entries(wanted)) partners[id] = await addPartner(folder, id, each);
  return { folder, partners };
}

async function readOutbound(context: Context, partner: string): Promise<readonly OutboundAnswer[]> {
  const answers: OutboundAnswer[] = [];
  for (const { id, name } of await listOutbound(context.db, partner)) {
    const { bytes } = (await readFile(context.db, id))!;
    answers.push({ ...readAnswer(bytes), name, bytes });
  }
  return answers;
}
