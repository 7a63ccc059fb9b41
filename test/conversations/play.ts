import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { interchangeKey, orderKey } from '../../src/domain/exchange/natural-keys.ts';
import type { Outcome } from '../../src/domain/exchange/records.ts';
import type { OrderDecision } from '../../src/domain/order/order-decision.ts';
import type { Catalogue, EarlierOrder, Item } from '../../src/domain/order/order-facts.ts';
import { loadConfiguration } from '../../src/pipeline/configuration/configuration.ts';
import type { FileFacts } from '../../src/pipeline/process/facts.ts';
import { interpret } from '../../src/pipeline/process/interpret.ts';
import { makeReadingProfile } from '../../src/pipeline/process/profiles.ts';
import { settleFile } from '../../src/pipeline/process/settle.ts';
import { type Conversation, readStep, type Step } from './conversations.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const configuration = loadConfiguration({ mapsFolder: `${root}maps`, partnersFolder: `${root}partners` });

/** What the store would remember between two files. */
type Memory = {
  readonly interchanges: Map<string, { id: string; sha256: string }>;
  readonly live: Map<string, EarlierOrder>;
  readonly test: Map<string, EarlierOrder>;
  readonly numbers: Map<string, number>;
  ids: number;
};

/** Plays a conversation through the pure core, with clock, ids and control numbers fixed, and tells it as text. */
export function playConversation(conversation: Conversation): string {
  const memory: Memory = {
    interchanges: new Map(),
    live: new Map(),
    test: new Map(),
    numbers: new Map(),
    ids: 0,
  };
  return `${conversation.steps.map((step, i) => playStep(step, i, memory)).join('\n')}\n`;
}

function playStep(step: Step, position: number, memory: Memory): string {
  const partner = configuration.partners.get(step.partner);
  if (partner === undefined) throw new Error(`partner ${step.partner} is not sound`);
  const now = `2026-01-05T09:${String(15 + position).padStart(2, '0')}:00.000Z`;
  const interpreted = interpret(readStep(step), makeReadingProfile(configuration, partner));
  const { demand, conclude } = settleFile(interpreted, makeFacts(step.partner, now, memory), {
    configuration,
    partner,
    mode: 'production',
    file: { id: 'file' },
    now,
    ids: () => `id-${++memory.ids}`,
  });
  const first = new Map<string, number>();
  for (const [stream, count] of demand) {
    const last = memory.numbers.get(stream) ?? 0;
    first.set(stream, last + 1);
    memory.numbers.set(stream, last + count);
  }
  const outcome = conclude(first);
  remember(outcome, memory);
  return tell(step, outcome);
}

function makeFacts(partner: string, now: string, memory: Memory): FileFacts {
  const { file } = configuration.partners.get(partner)!;
  return {
    interchanges: memory.interchanges,
    orders: memory.live,
    testOrders: memory.test,
    order: { today: now.slice(0, 10), policy: file.orders, currency: configuration.company!.currency },
    catalogue: (currency) => readCatalogue(partner, currency),
  };
}

function remember(outcome: Outcome, memory: Memory): void {
  for (const interchange of outcome.interchanges) {
    if (interchange.direction === 'out' || interchange.status === 'R') continue;
    memory.interchanges.set(interchangeKey(interchange), { id: interchange.id, sha256: interchange.sha256 });
  }
  for (const order of outcome.orders) {
    const key = orderKey(order);
    const known = { contentHash: order.contentHash, decision: order.decision as OrderDecision };
    (order.test ? memory.test : memory.live).set(key, known);
  }
}

function tell(step: Step, outcome: Outcome): string {
  const lines = [
    `→ ${step.partner}: ${step.sample}${step.change === undefined ? '' : ', changed on the way'}`,
  ];
  for (const event of outcome.events) lines.push(`  ${event.kind}: ${event.text}`);
  for (const exception of outcome.exceptions) {
    lines.push(`  ! ${exception.kind} for ${exception.team}, due ${exception.dueAt}: ${exception.message}`);
  }
  for (const { by: _by, partner: _partner, ...settlement } of outcome.settlements) {
    lines.push(`  settles ${JSON.stringify(settlement)}`);
  }
  for (const repeat of outcome.repeats) lines.push(`  offers the answers to ${repeat} again`);
  for (const file of outcome.files) {
    lines.push(
      `← ${file.name} (${outcome.deliveries.find((delivery) => delivery.file === file.id)?.state ?? 'stays'})`,
    );
    const text = Buffer.from(file.bytes).toString('utf8');
    for (const segment of text.split(/(?<=~)\n?|\n/)) if (segment !== '') lines.push(`    ${segment}`);
  }
  return `${lines.join('\n')}\n`;
}

type CsvRow = Record<string, string>;

function readCsv(path: string): CsvRow[] {
  return parse(readFileSync(`${root}partners/${path}`, 'utf8'), { columns: true }) as CsvRow[];
}

function readCatalogue(partner: string, currency: string): Catalogue {
  const prices = readCsv(`${partner}/samples/prices.csv`).filter((row) => row['currency'] === currency);
  const items = readCsv('items.csv').map(
    (row): Item => ({
      number: row['number']!,
      unit: row['unit']!,
      active: row['active'] === 'true',
      prices: prices
        .filter((price) => price['item'] === row['number'])
        .map((price) => ({
          unit: price['unit']!,
          price: price['price']!,
          basis: price['basis']!,
          validFrom: price['valid_from']!,
        })),
    }),
  );
  const references = readCsv(`${partner}/samples/cross-references.csv`);
  return {
    items: new Map(items.map((item) => [item.number, item])),
    itemOf: new Map(references.map((row) => [`${row['qualifier']}:${row['value']}`, row['item']!])),
  };
}
