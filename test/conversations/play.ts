import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import type { Outcome } from '../../src/domain/exchange/records.ts';
import { loadConfiguration } from '../../src/pipeline/configuration/configuration.ts';
import { type FileFacts, NOTHING_BEFORE } from '../../src/pipeline/process/facts.ts';
import { interpret } from '../../src/pipeline/process/interpret.ts';
import { makeReadingProfile } from '../../src/pipeline/process/profiles.ts';
import { joinOutcome, settleFile } from '../../src/pipeline/process/settle.ts';
import { type KnownItem, makeSharedFacts } from '../support/order-facts.ts';
import { type Conversation, readStep, type Step } from './conversations.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const configuration = loadConfiguration({ mapsFolder: `${root}maps`, partnersFolder: `${root}partners` });

/** What the store would remember between two files. */
type Memory = {
  readonly facts: Map<string, FileFacts>;
  readonly numbers: Map<string, number>;
  ids: number;
};

/** Plays a conversation through the pure core, with clock, ids and control numbers fixed, and tells it as text. */
export function playConversation(conversation: Conversation): string {
  return `${playFiles(conversation)
    .map(({ step, outcome }) => tell(step, outcome))
    .join('\n')}\n`;
}

/** What follows from each of its files. */
export function playFiles({
  steps,
  world = (shared) => shared,
}: Conversation): { readonly step: Step; readonly outcome: Outcome }[] {
  const memory: Memory = { facts: new Map(), numbers: new Map(), ids: 0 };
  return steps.map((step, i) => ({ step, outcome: playStep(step, i, world, memory) }));
}

function playStep(
  step: Step,
  position: number,
  world: NonNullable<Conversation['world']>,
  memory: Memory,
): Outcome {
  const partner = configuration.partners.get(step.partner);
  if (partner === undefined) throw new Error(`partner ${step.partner} is not sound`);
  const now = `2026-01-05T09:${String(15 + position).padStart(2, '0')}:00.000Z`;
  const interpreted = interpret(readStep(step), makeReadingProfile(configuration, partner));
  const facts = memory.facts.get(step.partner) ?? makeFacts(step.partner, now, world);
  const { learned, demand, inbound, answer } = settleFile(interpreted, facts, {
    configuration,
    partner,
    mode: 'production',
    file: { channel: 'sftp-hosted', id: 'file' },
    now,
    ids: () => `id-${++memory.ids}`,
  });
  const first = new Map<string, number>();
  for (const [stream, count] of demand) {
    const last = memory.numbers.get(stream) ?? 0;
    first.set(stream, last + 1);
    memory.numbers.set(stream, last + count);
  }
  memory.facts.set(step.partner, learned());
  return joinOutcome(inbound, answer(first));
}

function makeFacts(partner: string, now: string, world: NonNullable<Conversation['world']>): FileFacts {
  const { file } = configuration.partners.get(partner)!;
  const shared = makeSharedFacts(partner, readItems(partner), {
    today: now.slice(0, 10),
    policy: file.orders,
    currency: configuration.company!.currency,
  });
  return {
    interchanges: new Map(),
    live: NOTHING_BEFORE,
    tests: NOTHING_BEFORE,
    testBlankets: [],
    shared: world(shared),
  };
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

/** The items of the sample, with what the partner calls them and pays for them. */
function readItems(partner: string): KnownItem[] {
  const prices = readCsv(`${partner}/samples/prices.csv`);
  const references = readCsv(`${partner}/samples/cross-references.csv`);
  return readCsv('items.csv').map((row) => ({
    number: row['number']!,
    unit: row['unit']!,
    status: row['active'] === 'true' ? 'active' : 'discontinued',
    ids: references
      .filter(({ item }) => item === row['number'])
      .map(({ qualifier, value }) => [qualifier!, value!] as const),
    prices: prices
      .filter(({ item }) => item === row['number'])
      .map((price) => ({
        unit: price['unit']!,
        price: price['price']!,
        basis: price['basis']!,
        currency: price['currency']!,
        validFrom: price['valid_from']!,
        validTo: price['valid_to'] || null,
      })),
  }));
}
