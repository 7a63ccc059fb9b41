import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { type Started, startGateway } from '../src/main.ts';
import { importMasterData } from '../src/pipeline/import/import-master-data.ts';
import type { ImportKind } from '../src/pipeline/import/kinds.ts';
import { receiveFile } from '../src/pipeline/receive/receive.ts';
import { readSettings } from '../src/settings.ts';
import { addPartner, MAPS, preparePartners } from '../test/support/gateway-partners.ts';
import type { Figure } from './figure.ts';
import { emptyTables, insertBare, recordInserts } from './pipeline-bare.ts';
import { makeFile, makeMasterData, makeRules } from './pipeline-orders.ts';
import { createRandom } from './random.ts';

/** Uploads under way at the same time, as by so many SFTP sessions. */
const SENDERS = 8;

/** Jobs at the same time: the default of CAUSEWAY_CONCURRENCY. */
const WORKERS = 4;

const PARTNERS = ['north', 'south', 'east', 'west', 'inland', 'coast'] as const;

/** Files, and orders in each: with fewer the engine would still translate our code, in each thread, while it is measured. */
const WARM_UP = [
  [120, 2],
  [240, 100],
] as const;

/** Partners with a contract, a credit limit and promises from stock. */
const RULED = PARTNERS.map((partner) => `${partner}-ruled`);

type Load = {
  readonly name: string;
  readonly partners: readonly string[];
  readonly files: number;
  readonly ordersPerFile: number;
};

/**
 * Orders a second from `receiveFile` to their answers stored, with a durable embedded PostgreSQL; and the bare
 * insertion of the very rows and bytes that this made, by as many connections in transactions of the same size.
 */
export async function measure(quick: boolean): Promise<Figure[]> {
  const scale = quick ? 0.2 : 1;
  const loads: readonly Load[] = [
    { name: 'single orders, six partners', partners: PARTNERS, files: 3_000 * scale, ordersPerFile: 1 },
    { name: 'single orders, one partner', partners: ['north'], files: 1_500 * scale, ordersPerFile: 1 },
    { name: 'files of 100, six partners', partners: PARTNERS, files: 90 * scale, ordersPerFile: 100 },
    { name: 'files of 100, one partner', partners: ['north'], files: 45 * scale, ordersPerFile: 100 },
  ];
  const ruled = loads.map((load) => ({
    ...load,
    name: `${load.name}, all rules`,
    partners: load.partners.map((partner) => `${partner}-ruled`),
  }));
  const all = [
    ...loads.map((load) => ({ ...load, ruled: false })),
    ...ruled.map((load) => ({ ...load, ruled: true })),
  ];
  const speeds = await takeAll(all, {}, answer);
  // What threads insert is not seen from here.
  const bare = await takeAll(all, { CAUSEWAY_THREADS: '0' }, insertAgain);
  return all.flatMap(({ name }, i): Figure[] => [
    {
      name: `${name}: received, decided, answered, durable`,
      value: Math.round(speeds[i]!),
      unit: 'orders/s',
    },
    { name: `${name}: bare insertion of the same`, value: Math.round(bare[i]!), unit: 'orders/s' },
    {
      name: `${name}: part of the bare insertion`,
      value: Math.round((100 * speeds[i]!) / bare[i]!) / 100,
      unit: '',
    },
  ]);
}

/** Orders a second of each load, in a gateway of their own. */
async function takeAll(
  loads: readonly (Load & { readonly ruled: boolean })[],
  environment: Readonly<Record<string, string>>,
  take: (gateway: Started, load: Load) => Promise<number>,
): Promise<readonly number[]> {
  const folder = await mkdtemp(join(tmpdir(), 'causeway-bench-'));
  const gateway = await openBench(folder, environment);
  const speeds: number[] = [];
  try {
    await fill(gateway, makeMasterData([...PARTNERS, ...RULED], PARTNERS));
    for (const ruled of [false, true]) {
      if (ruled) await fill(gateway, makeRules(RULED));
      await warmUp(gateway, ruled ? RULED : PARTNERS);
      for (const load of loads.filter((one) => one.ruled === ruled)) {
        await emptyTables(gateway.context.db);
        speeds.push((load.files * load.ordersPerFile) / (await take(gateway, load)));
      }
    }
    return speeds;
  } finally {
    await gateway.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** What every process pays once: maps compiled, code made fast, plans cached, pages in memory. */
async function warmUp(gateway: Started, partners: readonly string[]): Promise<void> {
  for (const [files, ordersPerFile] of WARM_UP) {
    await emptyTables(gateway.context.db);
    await answer(gateway, { name: 'warm-up', partners, files, ordersPerFile });
  }
}

async function fill(
  { context }: Started,
  files: Readonly<Partial<Record<ImportKind, string>>>,
): Promise<void> {
  for (const [kind, text] of Object.entries(files)) {
    const { mistakes } = await importMasterData(context, kind as ImportKind, Buffer.from(text));
    if (mistakes.length > 0) throw new Error(`${kind}: ${JSON.stringify(mistakes[0])}`);
  }
  await context.db.raw('analyze');
}

async function openBench(folder: string, environment: Readonly<Record<string, string>>): Promise<Started> {
  const partners = join(folder, 'partners');
  await preparePartners(partners);
  for (const id of PARTNERS) await addPartner(partners, id);
  for (const id of RULED) await addPartner(partners, id, { yaml: 'orders: { promise: stock }' });
  const settings = readSettings({
    CAUSEWAY_DATA: join(folder, 'data'),
    CAUSEWAY_PARTNERS: partners,
    CAUSEWAY_MAPS: MAPS,
    CAUSEWAY_SFTP: 'off',
    CAUSEWAY_HTTP: 'off',
    CAUSEWAY_CONCURRENCY: String(WORKERS),
    // A bench against a server of one's own, to see what its disk gives.
    DATABASE_URL: process.env['CAUSEWAY_BENCH_DATABASE'],
    ...environment,
  });
  const log = pino({ level: 'error' }, pino.destination(2));
  return await startGateway(settings, { serve: false, work: true }, { log, onProgress: () => undefined });
}

/** Seconds for the bare insertion of what a run of the load inserts. */
async function insertAgain(gateway: Started, load: Load): Promise<number> {
  const recording = recordInserts(gateway.context.db);
  await answer(gateway, load);
  recording.end();
  return await insertBare(gateway, recording.inserts, SENDERS + WORKERS);
}

let control = 0;

/** Seconds from the first upload to the last answer. */
async function answer(gateway: Started, load: Load): Promise<number> {
  const { context } = gateway;
  const random = createRandom(load.files + load.ordersPerFile);
  const uploads = Array.from({ length: load.files }, (_, n) => {
    control += 1;
    const partner = load.partners[n % load.partners.length]!;
    const bytes = makeFile(`ZZ:${partner.toUpperCase()}`, control, load.ordersPerFile, random);
    return { partner, channel: 'bench', name: `${control}.edi`, bytes };
  });
  const start = performance.now();
  const send = async () => {
    for (let upload = uploads.pop(); upload !== undefined; upload = uploads.pop())
      await receiveFile(context, upload);
  };
  uploads.reverse();
  await Promise.all(Array.from({ length: SENDERS }, send));
  await waitUntilAnswered(gateway, load);
  return (performance.now() - start) / 1_000;
}

/** A bench that answers wrongly must not give a figure. */
async function waitUntilAnswered(gateway: Started, load: Load): Promise<void> {
  const { db } = gateway.context;
  for (;;) {
    const waiting = await db('file').where({ state: 'received' }).first('reason');
    if (waiting === undefined) break;
    if (waiting.reason !== null) throw new Error(`${load.name}: ${waiting.reason}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const [answered] = await db('document').where({ direction: 'out', set: '855' }).count();
  const expected = load.files * load.ordersPerFile;
  if (Number(answered!['count']) !== expected) {
    throw new Error(`${load.name}: ${answered!['count']} of ${expected} orders were answered`);
  }
  const [exception] = await db('exception').whereNot({ kind: 'price-outside-tolerance' });
  if (exception !== undefined) throw new Error(JSON.stringify(exception));
}
