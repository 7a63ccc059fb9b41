import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import type { Context } from '../../context.ts';
import { labelShipment } from '../../pipeline/print/label-shipment.ts';
import { printLabels, printLabelsAsZpl } from '../../pipeline/print/print-labels.ts';
import { printPackingSlip, printPickingList } from '../../pipeline/print/print-packing.ts';
import { NotPrinted } from '../../pipeline/print/print-page.ts';
import { loadPrintedOrders } from '../../pipeline/print/printed-order.ts';
import { loadToPick } from '../../store/printed-orders.ts';
import { findShipmentByNumber } from '../../store/shipments.ts';
import { EXIT, say, WrongCall } from '../exit.ts';
import { withGateway } from '../with-gateway.ts';

export function definePrint(program: Command): void {
  const print = program.command('print').description('papers of a shipment or an order');
  print
    .command('labels')
    .description('a GS1 label for each pallet and carton of a shipment')
    .argument('<shipment>', 'its number')
    .requiredOption('--out <file>', 'where they are written')
    .option('--format <format>', 'pdf, zpl (203 dpi), zpl-300', 'pdf')
    .option('--layout <name>', 'of templates/labels; else pallet for pallets and gs1-logistics for all else')
    .action(labels);
  print
    .command('packing-slip')
    .description('what is in a shipment, unit by unit')
    .argument('<shipment>', 'its number')
    .requiredOption('--out <file>', 'where it is written')
    .action(packingSlip);
  print
    .command('picking-list')
    .description('what is set aside for an order in a warehouse')
    .argument('<po>', 'PO number')
    .requiredOption('--out <file>', 'where it is written')
    .option('--release <number>', 'of a blanket order')
    .option('--warehouse <id>', 'needed where several have a part')
    .action(pickingList);
}

/** A PDF, or the dots an inch of the printer. */
const FORMATS = { pdf: 'pdf', zpl: 203, 'zpl-300': 300 } as const;

type LabelOptions = { out: string; format: string; layout?: string };

async function labels(shipment: string, { out, format, layout }: LabelOptions): Promise<void> {
  const wanted = Object.hasOwn(FORMATS, format) ? FORMATS[format as keyof typeof FORMATS] : undefined;
  if (wanted === undefined)
    throw new WrongCall(`--format ${format}: expected ${Object.keys(FORMATS).join(', ')}`);
  await write(out, async (context) => {
    const { goods, orders } = await load(context, shipment);
    const job = labelShipment(context, goods, orders, layout);
    if (wanted === 'pdf') return Buffer.concat([...printLabels(context, job)]);
    return Buffer.from([...printLabelsAsZpl(context, job, wanted)].join(''));
  });
}

async function packingSlip(shipment: string, { out }: { out: string }): Promise<void> {
  await write(out, async (context) => {
    const { goods, orders } = await load(context, shipment);
    return printPackingSlip(context, goods, orders);
  });
}

async function load({ db }: Context, number: string) {
  const goods = await findShipmentByNumber(db, number);
  if (goods === undefined) throw new NotPrinted(`there is no shipment ${number}`);
  return { goods, orders: await loadPrintedOrders(db, goods.lines) };
}

type PickOptions = { out: string; release?: string; warehouse?: string };

async function pickingList(poNumber: string, { out, ...asked }: PickOptions): Promise<void> {
  await write(out, async (context) => {
    const toPick = await loadToPick(context.db, { poNumber, ...asked });
    const [warehouse, ...others] = [...new Set(toPick.map((one) => one.warehouse))];
    if (warehouse === undefined) throw new NotPrinted(`nothing is set aside for order ${poNumber}`);
    if (others.length > 0)
      throw new NotPrinted(`${[warehouse, ...others].join(', ')} have a part each: say --warehouse`);
    return printPickingList(context, toPick, await loadPrintedOrders(context.db, toPick), warehouse);
  });
}

async function write(out: string, make: (context: Context) => Promise<Uint8Array>): Promise<void> {
  try {
    writeFileSync(out, await withGateway(make));
    say(out);
  } catch (error) {
    if (!(error instanceof NotPrinted)) throw error;
    say(error.message);
    process.exitCode = EXIT.refused;
  }
}
