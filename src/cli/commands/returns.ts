import { writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import type { Command } from 'commander';
import { isDecimal } from '../../lib/decimal.ts';
import { printReturn } from '../../pipeline/print/print-return.ts';
import { bookReturn, openReturn } from '../../pipeline/return/handle-return.ts';
import { findReturns, type StoredReturn } from '../../store/returns.ts';
import { print, say, WrongCall } from '../exit.ts';
import { withGateway } from '../with-gateway.ts';
import { refuse } from './invoices.ts';

export function defineReturns(program: Command): void {
  const returns = program
    .command('returns')
    .description('goods that come back, the newest first')
    .argument('[number]', 'number of a return')
    .option('--partner <id>', 'of this partner')
    .option('--pdf <file>', 'the authorisation as a PDF, for the parcel')
    .option('--json', 'as JSON')
    .action(showReturns);
  returns
    .command('authorise')
    .description('let goods of an invoice come back, under a number that the customer writes on the parcel')
    .argument('<invoice>', 'number of the invoice')
    .requiredOption(
      '--line <part...>',
      'LINE=QUANTITY of the invoice; of a serialised item LINE=QUANTITY:A1,A2',
    )
    .requiredOption('--reason <text>', 'why')
    .option('--json', 'as JSON')
    .action(authorise);
  returns
    .command('receive')
    .description('book what came, put the good on the shelf and credit it')
    .argument('<number>', 'of the return')
    .option('--restocked <part...>', 'LINE=QUANTITY of the return that is good; with serials 1=1:A1', [])
    .option('--scrapped <part...>', 'LINE=QUANTITY of the return that is not; with serials 1=1:A2', [])
    .option('--warehouse <id>', 'where it is put; else where it left from')
    .option('--restocking <amount>', 'kept back of the credit')
    .option('--json', 'as JSON')
    .action(receive);
}

async function showReturns(
  number: string | undefined,
  { partner, pdf, json }: { partner?: string; pdf?: string; json?: boolean },
): Promise<void> {
  if (pdf !== undefined && number === undefined)
    throw new WrongCall('--pdf: expected the number of a return');
  const asked = {
    ...(number === undefined ? {} : { number }),
    ...(partner === undefined ? {} : { partner }),
  };
  const found = await withGateway(async (context) => {
    const all = await findReturns(context.db, asked);
    const [first] = all;
    if (pdf !== undefined && first !== undefined) writeFileSync(pdf, await printReturn(context, first));
    return all;
  });
  if (number !== undefined && found.length === 0)
    return refuse([{ code: 'return-unknown', text: `there is no return ${number}` }]);
  if (pdf !== undefined) say(`${pdf}: return ${number}`);
  else if (json === true) for (const one of found) print(JSON.stringify(one));
  else if (found.length === 0) say('nothing comes back');
  else print(found.map(describeReturn).join('\n'));
}

function describeReturn({ number, partner, invoiceNumber, state, reason, at, lines }: StoredReturn): string {
  const rows = lines.map((line) => {
    const came = `${line.received} of ${line.authorised} came`;
    return `  ${line.position}  ${line.item}: ${came}, ${line.restocked} restocked, ${line.scrapped} scrapped`;
  });
  return [
    `${number}  ${at.slice(0, 10)}  ${partner}  of invoice ${invoiceNumber}  ${state}  ${reason}`,
    ...rows,
  ].join('\n');
}

async function authorise(
  invoice: string,
  { line, reason }: { line: string[]; reason: string },
  command: Command,
): Promise<void> {
  const lines = line.map((text) => {
    const { position, quantity, serials } = readPart('--line', text);
    return { invoicePosition: position, quantity, serials };
  });
  const opened = await withGateway((context) => openReturn(context, { invoice, reason, lines }));
  if (opened.kind === 'refused') refuse(opened.reasons);
  else if (command.optsWithGlobals()['json'] === true) print(JSON.stringify(opened));
  else print(`return ${opened.number} authorised: the customer writes the number on the parcel`);
}

type ReceiveOptions = { restocked: string[]; scrapped: string[]; warehouse?: string; restocking?: string };

async function receive(number: string, options: ReceiveOptions, command: Command): Promise<void> {
  const { restocked, scrapped, warehouse, restocking } = options;
  if (restocking !== undefined && !isDecimal(restocking))
    throw new WrongCall(`--restocking ${restocking}: expected an amount such as 12.50`);
  const good = restocked.map((text) => readPart('--restocked', text));
  const bad = scrapped.map((text) => readPart('--scrapped', text));
  const lines = [
    ...good.map(({ position, quantity, serials }) => ({
      position,
      restocked: quantity,
      scrapped: '0',
      restockedSerials: serials,
    })),
    ...bad.map(({ position, quantity, serials }) => ({
      position,
      restocked: '0',
      scrapped: quantity,
      scrappedSerials: serials,
    })),
  ];
  const by = userInfo().username;
  const booked = await withGateway((context) =>
    bookReturn(context, { number, lines, warehouse, restocking, by }),
  );
  if (booked.kind === 'refused') return refuse(booked.reasons);
  if (command.optsWithGlobals()['json'] === true) return print(JSON.stringify(booked));
  const { number: memo, amount, currency } = booked.credit;
  print(`return ${number} booked; credit memo ${memo} over ${amount} ${currency}`);
}

function readPart(option: string, text: string) {
  const [, position, quantity, serials] = /^(\d+)=([^:]+)(?::(.+))?$/.exec(text) ?? [];
  if (position === undefined || quantity === undefined || !isDecimal(quantity))
    throw new WrongCall(`${option} ${text}: expected LINE=QUANTITY such as 1=4`);
  return { position: Number(position), quantity, serials: serials?.split(',').map((one) => one.trim()) };
}
