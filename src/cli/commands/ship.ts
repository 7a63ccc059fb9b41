import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { formatMistake } from '../../lib/mistake.ts';
import { describeShipment, describeSummary } from '../../pipeline/ship/describe-shipment.ts';
import { readShipments } from '../../pipeline/ship/read-shipments.ts';
import { type Answered, judgeShipment, tellShipment } from '../../pipeline/ship/take-report.ts';
import { listShipments, readShipmentHistory } from '../../store/list-shipments.ts';
import { EXIT, print, say, WrongCall } from '../exit.ts';
import { requireFile } from '../open.ts';
import { withGateway } from '../with-gateway.ts';

export function defineShip(program: Command): void {
  program
    .command('ship')
    .description('tell what left a warehouse, correct what was told, or take it back')
    .argument(
      '<file>',
      'a shipment, or a list of them, as JSON (`causeway schema shipment`); - for standard input',
    )
    .option('--key <text>', 'names this report: under the same key it counts once')
    .option('--dry-run', 'say what would follow, and change nothing')
    .option('--json', 'as JSON')
    .action(ship);
}

export function defineShipments(program: Command): void {
  program
    .command('shipments')
    .description('what left, the last first')
    .option('--partner <id>', 'only for one partner')
    .option('--order <po>', 'only of one order')
    .option('--notice <state>', 'only those whose ship notice is none, waiting, stopped, sent or cancelled')
    .option('--json', 'one JSON object a line')
    .action(list);
}

export function defineShipment(program: Command): void {
  program
    .command('shipment')
    .description(
      'a shipment: how it is packed, what of which order is in it, and whether its notice was sent',
    )
    .argument('<number>', 'number of the shipment')
    .option('--json', 'as JSON')
    .action(show);
}

type ShipOptions = { readonly key?: string; readonly dryRun?: boolean; readonly json?: boolean };

async function ship(file: string, { key, dryRun, json }: ShipOptions): Promise<void> {
  const path = requireFile(file);
  const { shipments, mistakes } = readShipments(file, readFileSync(path === '-' ? 0 : path, 'utf8'));
  for (const one of mistakes) say(formatMistake(one));
  if (key !== undefined && shipments.length + mistakes.length > 1)
    throw new WrongCall('--key names one report: expected a file of one shipment');
  const told = await withGateway(async (context) => {
    const all: Answered[] = [];
    for (const content of shipments) {
      const report = {
        origin: 'command',
        content,
        key: key === undefined ? undefined : `key ${key}`,
      } as const;
      all.push(await (dryRun === true ? judgeShipment : tellShipment)(context, report));
    }
    return all;
  });
  for (const one of told) {
    if (json === true) print(JSON.stringify(one));
    else describeAnswer(one, dryRun === true).forEach(print);
    if (one.state === 'refused') for (const { text } of one.reasons ?? []) say(text);
  }
  const refused = mistakes.length > 0 || told.some(({ state }) => state === 'refused');
  process.exitCode = refused ? EXIT.refused : EXIT.done;
}

function describeAnswer(told: Answered, dryRun: boolean): readonly string[] {
  const { id, state, number, version, repeated, stops = [], reasons = [] } = told;
  const name = number === undefined ? `report ${id}` : `shipment ${number}`;
  const again = repeated ? ' before, and came again' : '';
  switch (state) {
    case 'refused':
      return [`${name} refused${again}`];
    case 'waiting':
      return [`${name} waits: ${reasons.map(({ text }) => text).join('; ')}`];
    case 'received':
      return [`${name} is kept, and will be looked at`];
    case 'done':
      return [
        `${name} ${dryRun ? 'would be ' : ''}booked in version ${version}${again}`,
        ...stops.map(({ message }) => `  its notice waits: ${message}`),
      ];
  }
}

type ListOptions = {
  readonly partner?: string;
  readonly order?: string;
  readonly notice?: string;
  readonly json?: boolean;
};

async function list({ partner, order: poNumber, notice, json }: ListOptions): Promise<void> {
  const found = await withGateway(({ db }) => listShipments(db, { partner, poNumber, notice }));
  for (const one of found) print(json === true ? JSON.stringify(one) : describeSummary(one));
  if (found.length === 0) say('nothing has left');
}

async function show(number: string, { json }: { readonly json?: boolean }): Promise<void> {
  const found = await withGateway(({ db }) => readShipmentHistory(db, number));
  if (found === undefined) {
    say(`there is no shipment ${number}`);
    process.exitCode = EXIT.refused;
  } else if (json === true) print(JSON.stringify(found));
  else for (const line of describeShipment(found)) print(line);
}
