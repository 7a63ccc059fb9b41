import type { Command } from 'commander';
import { fromBig, toBig } from '../../lib/decimal.ts';
import { announcePromises } from '../../pipeline/revise/announce-promises.ts';
import type { ChangedPromise } from '../../pipeline/stock/fill-waiting.ts';
import { type Announce, type ReceivedStock, receiveStock } from '../../pipeline/stock/receive-stock.ts';
import { reportStock, type StockReport, type WarehouseReport } from '../../pipeline/stock/report-stock.ts';
import type { StockReceipt, WaitingLine } from '../../store/backorders.ts';
import { EXIT, print, say } from '../exit.ts';
import { withGateway } from '../with-gateway.ts';

export function defineStock(program: Command): void {
  const stock = program
    .command('stock')
    .description('what there is of an item, what is to come and who waits for it')
    .argument('<item>', 'our item number')
    .option('--json', 'as JSON')
    .action(showStock);
  stock
    .command('receive')
    .description('book what came into a warehouse, and fill the backorders that wait for it')
    .argument('<item>', 'our item number')
    .argument('<quantity>', 'in the unit that the item is counted in')
    .requiredOption('--warehouse <id>', 'where it came in')
    .option('--reference <text>', 'the scheduled receipt that it is; else the ones expected first')
    .option('--serials <list>', 'of a serialised item: A1,A2,…', splitList)
    .option('--json', 'as JSON')
    .action(receive);
}

function splitList(text: string): string[] {
  return text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
}

async function showStock(item: string, options: { json?: boolean }): Promise<void> {
  const report = await withGateway(({ db, clock }) => reportStock(db, item, clock().slice(0, 10)));
  if (report === undefined) {
    say(`there is no item ${item}`);
    process.exitCode = EXIT.refused;
  } else print(options.json === true ? JSON.stringify(report) : describeStock(report));
}

function describeStock({ item, description, unit, status, warehouses, waiting }: StockReport): string {
  const about = [item, description, `counted in ${unit}`, status === 'active' ? undefined : status];
  const rows = [
    ['warehouse', 'on hand', 'allocated', 'safety', 'available'],
    ...warehouses.map((one) => [
      `${one.warehouse} ${one.name}`,
      one.onHand,
      one.allocated,
      one.safety,
      one.available,
    ]),
  ];
  const [head, ...places] = alignColumns(rows);
  return [
    about.filter((each) => each !== undefined).join(', '),
    ...(warehouses.length === 0 ? ['no warehouse has it'] : [head]),
    ...places.flatMap((place, index) => [place, ...describeWarehouse(warehouses[index]!, unit)]),
    ...(waiting.length === 0 ? ['nobody waits for it'] : ['waiting, the first to be filled first:']),
    ...alignColumns(waiting.map((one) => describeWaiting(one, unit))).map((row) => `  ${row}`),
  ].join('\n');
}

function describeWarehouse({ receipts, serials }: WarehouseReport, unit: string): readonly string[] {
  const told = receipts.map(
    ({ date, quantity, reference, overdue }) =>
      `  ${date}  ${quantity} ${unit} to come, ${reference}${overdue ? '; overdue: nothing is promised of it' : ''}`,
  );
  return serials.length === 0 ? told : [...told, `  free serials: ${serials.join(', ')}`];
}

function describeWaiting(one: WaitingLine, unit: string): readonly string[] {
  return [
    one.partner,
    `${one.poNumber} line ${one.line ?? one.position}`,
    `${one.quantity} ${unit}`,
    one.ships === undefined ? 'no day is known' : `promised ${one.ships} from ${one.warehouse}`,
    `since ${one.at.slice(0, 16)}`,
    `priority ${one.priority}`,
  ];
}

/** The first column to the left, numbers to the right. */
function alignColumns(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const pad = (cell: string, column: number) =>
    column > 0 && rows.every((row, index) => /^[\d.-]+$/.test(row[column]!) || index === 0)
      ? cell.padStart(widths[column]!)
      : cell.padEnd(widths[column]!);
  return rows.map((row) => row.map(pad).join('  ').trimEnd());
}

type ReceiveOptions = { warehouse: string; reference?: string; serials?: string[] };

async function receive(
  item: string,
  quantity: string,
  { warehouse, reference, serials = [] }: ReceiveOptions,
  command: Command,
): Promise<void> {
  const receipt: StockReceipt = { item, warehouse, quantity, reference, serials };
  const received = await withGateway(async (context) => {
    const announce: Announce = (tx, changes) => announcePromises(context, tx, changes);
    return await receiveStock({ ...context, announce }, receipt);
  });
  // commander gives `--json` to the command above, which knows it too.
  if (command.optsWithGlobals()['json'] === true) print(JSON.stringify(received));
  else describeReceipt(receipt, received).forEach(print);
  if (received.kind === 'refused') {
    for (const { text } of received.reasons) say(text);
    process.exitCode = EXIT.refused;
  }
}

function describeReceipt(receipt: StockReceipt, received: ReceivedStock): readonly string[] {
  if (received.kind === 'refused') return [];
  const { unit, receipts, changes } = received;
  const unexpected = receipts.reduce((rest, one) => rest.minus(one.quantity), toBig(receipt.quantity));
  const told = receipts.map((one) => `${one.quantity} of ${one.reference}`);
  if (unexpected.gt(0)) told.push(`${fromBig(unexpected)} not expected`);
  return [
    `${receipt.quantity} ${unit} of ${receipt.item} booked into ${receipt.warehouse}: ${told.join(', ')}`,
    ...changes.map((one) => `  ${describeChange(one, unit)}`),
    ...(changes.length === 0 ? ['  nobody waited for it'] : []),
  ];
}

function describeChange(change: ChangedPromise, unit: string): string {
  const { kind, partner, poNumber, line, position, quantity, ships, warehouse, serials = [] } = change;
  const what = `${partner} ${poNumber} line ${line ?? position}: ${quantity} ${unit}`;
  if (kind === 'filled') {
    const which = serials.length === 0 ? '' : ` (${serials.join(', ')})`;
    return `${what} filled${which}, ships ${ships} from ${warehouse}`;
  }
  return `${what} still ${quantity === '1' ? 'waits' : 'wait'}, ${ships === undefined ? 'and no day is known any more' : `now for ${ships} from ${warehouse}`}`;
}
