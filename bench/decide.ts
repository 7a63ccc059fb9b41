import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decideOrder } from '../src/domain/order/decide-order.ts';
import { pickFacts } from '../src/domain/order/share-facts.ts';
import { packDecision } from '../src/domain/order/stored-decision.ts';
import { migrateJobs } from '../src/jobs/migrate.ts';
import { type Configuration, loadConfiguration } from '../src/pipeline/configuration/configuration.ts';
import { importMasterData } from '../src/pipeline/import/import-master-data.ts';
import { type Interpreted, interpret } from '../src/pipeline/process/interpret.ts';
import { loadFacts } from '../src/pipeline/process/load-facts.ts';
import { makeReadingProfile } from '../src/pipeline/process/profiles.ts';
import { readSettings } from '../src/settings.ts';
import { type Database, inTransaction, openDatabase } from '../src/store/database.ts';
import { startEmbedded } from '../src/store/embedded.ts';
import { migrateDatabase } from '../src/store/migrate.ts';
import { addPartner, MAPS, preparePartners } from '../test/support/gateway-partners.ts';
import { countStatements } from './count-statements.ts';
import type { Figure } from './figure.ts';
import { makeInterchange, makeSet } from './pipeline-orders.ts';
import { createRandom, type Random } from './random.ts';
import { makeSeed, SEED_SIZE } from './seed.ts';
import { baseCents, customerOf, itemOf, money } from './seed-catalogue.ts';

/** Within all agreements of the seed, and before its receipts. */
const TODAY = '2026-11-20';

const LINES = 100;

type World = { readonly db: Database; readonly configuration: Configuration };

/** What one order took: milliseconds of CPU to decide it, of time to load what it is decided by. */
type Taken = {
  readonly cpu: number;
  readonly load: number;
  readonly statements: number;
  readonly kilobytes: number;
};

/** Orders against the seed data set: what loading the facts takes, and deciding by them. */
export async function measure(quick: boolean): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'causeway-bench-'));
  const server = await startEmbedded({ folder: join(folder, 'data') });
  const db = openDatabase(server.url);
  try {
    await migrateDatabase(db);
    await migrateJobs(server.url);
    for (const [kind, text] of makeSeed()) await importMasterData({ db }, kind, Buffer.from(text));
    // An order that is held asks no warehouse, and would be the cheaper one to decide: credit is looked at, and lets all pass.
    await db('customer')
      .whereNotNull('credit_limit')
      .update({ credit_limit: '1000000000000', grace_days: 10_000 });
    await db.raw('analyze');
    const world = { db, configuration: await prepareCustomers(join(folder, 'partners')) };
    const random = createRandom(7);
    const short = await takeOrder(world, 0, 1, random);
    const cold = await takeOrder(world, 0, LINES, random);
    const warm: Taken[] = [];
    for (let n = 0; n < (quick ? 100 : 400); n += 1) warm.push(await takeOrder(world, n, LINES, random));
    return [
      ...listFigures(cold, warm.slice(warm.length / 4)),
      { name: 'order of 1 line: statements', value: short.statements, unit: '' },
    ];
  } finally {
    await db.destroy();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

function listFigures(cold: Taken, warm: readonly Taken[]): Figure[] {
  const name = `order of ${LINES} lines`;
  const of = (what: keyof Taken, part: number) => {
    const sorted = warm.map((one) => one[what]).sort((a, b) => a - b);
    return round(sorted[Math.floor(part * (sorted.length - 1))]!);
  };
  return [
    { name: `${name}: decided, the first of a process`, value: round(cold.cpu), unit: 'ms of CPU' },
    { name: `${name}: decided, median`, value: of('cpu', 0.5), unit: 'ms of CPU' },
    { name: `${name}: decided, nine of ten within`, value: of('cpu', 0.9), unit: 'ms of CPU' },
    { name: `${name}: facts loaded, median`, value: of('load', 0.5), unit: 'ms' },
    { name: `${name}: facts loaded, nine of ten within`, value: of('load', 0.9), unit: 'ms' },
    { name: `${name}: statements`, value: of('statements', 1), unit: '' },
    { name: `${name}: its decision as JSON`, value: of('kilobytes', 0.5), unit: 'KB' },
  ];
}

const CUSTOMERS = 20;

/** Partners that order under numbers of the seed: with contracts, most with a credit limit, promised from stock. */
async function prepareCustomers(folder: string): Promise<Configuration> {
  await preparePartners(folder);
  for (let n = 0; n < CUSTOMERS; n += 1)
    await addPartner(folder, `buyer${n}`, {
      yaml: `customer: ${customerOf(n)}\norders: { promise: stock, quantity: adjust }`,
    });
  return loadConfiguration(readSettings({ CAUSEWAY_PARTNERS: folder, CAUSEWAY_MAPS: MAPS }));
}

async function takeOrder(world: World, n: number, lines: number, random: Random): Promise<Taken> {
  const { db, configuration } = world;
  const partner = configuration.partners.get(`buyer${n % CUSTOMERS}`)!;
  const bytes = await makeOrder(db, n, lines, random);
  const { interchanges } = interpret(bytes, makeReadingProfile(configuration, partner));
  const order = findOrder(interchanges);
  const { currency, routing: weights } = configuration.company!;
  const about = { files: [], partner, today: TODAY, currency, weights };
  const counted = countStatements(db);
  const before = performance.now();
  const facts = await inTransaction(db, async (tx) => (await loadFacts(tx, interchanges, about))!);
  const load = performance.now() - before;
  const statements = counted.end();
  const start = process.cpuUsage();
  const decision = decideOrder(order, pickFacts(facts.shared, order, undefined));
  const { user, system } = process.cpuUsage(start);
  // A bench that decides nothing must not give a figure.
  if (decision.lines.filter(({ proof }) => proof?.ours !== undefined).length < 0.8 * lines)
    throw new Error(`few lines have a price: ${JSON.stringify(decision.lines.map((line) => line.reasons))}`);
  if (decision.lines.filter(({ promises }) => promises !== undefined).length < Math.floor(0.6 * lines))
    throw new Error(`few lines are promised: ${JSON.stringify(decision.reasons)}`);
  return {
    cpu: (user + system) / 1_000,
    load,
    statements,
    kilobytes: JSON.stringify(packDecision(decision)).length / 1_024,
  };
}

function findOrder(interchanges: Interpreted['interchanges']) {
  const document = interchanges[0]?.sets[0]?.document;
  if (document?.kind !== 'purchase-order') throw new Error('the order was not read');
  return document;
}

/** Up to half of the lines are what the customer has in its contracts; the others anything. */
async function makeOrder(db: Database, n: number, lines: number, random: Random): Promise<Buffer> {
  const terms: { item: string }[] = await db('price_term as t')
    .join('agreement as a', { 'a.number': 't.agreement', 'a.version': 't.version' })
    .where('a.holder', customerOf(n % CUSTOMERS))
    .orderBy(['t.agreement', 't.position'])
    .distinct('t.item', 't.agreement', 't.position')
    .limit(lines / 2);
  const numbers = new Set(terms.map(({ item }) => Number(item.slice(3)) - 100_001));
  // Those that are not sold have no price.
  while (numbers.size < lines) {
    const i = random(SEED_SIZE.items);
    if (i % 97 !== 0) numbers.add(i);
  }
  const body = [
    `BEG*00*NE*PO${n}**20261120`,
    'CUR*BY*USD',
    'DTM*010*20261201',
    'N1*ST*Plant*92*DC2',
    ...[...numbers].map((i, place) => {
      const unit = ['EA', 'EA', 'EA', 'BX', 'CA'][place % 5];
      const price = place % 2 === 0 && unit === 'EA' ? money(baseCents(i)) : '';
      return `PO1*${place + 1}*${10 + 10 * random(20)}*${unit}*${price}*${price && 'PE'}*VP*${itemOf(i)}`;
    }),
    `CTT*${lines}`,
  ];
  return makeInterchange('ZZ:BUYER', n + 1, [makeSet('0001', body)]);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
