import { writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import type { Command } from 'commander';
import type { CreditedLine, CreditReason } from '../../domain/invoice/credit-invoice.ts';
import type { Reason } from '../../domain/reason.ts';
import { isDecimal } from '../../lib/decimal.ts';
import { issueCredit } from '../../pipeline/bill/issue-credit.ts';
import { printInvoice } from '../../pipeline/print/print-invoice.ts';
import { findInvoices, type StoredInvoice } from '../../store/invoices.ts';
import { EXIT, print, say, WrongCall } from '../exit.ts';
import { withGateway } from '../with-gateway.ts';

export function defineInvoices(program: Command): void {
  const invoices = program
    .command('invoices')
    .description('what was billed and credited, the newest first; with a number, one invoice line by line')
    .argument('[number]', 'number of an invoice or credit memo')
    .option('--partner <id>', 'of this partner')
    .option('--pdf <file>', 'the invoice as a PDF')
    .option('--json', 'as JSON')
    .action(showInvoices);
  invoices
    .command('credit')
    .description('give back a part of an invoice: a credit memo leaves as an 810')
    .argument('<number>', 'of the invoice')
    .requiredOption('--line <part...>', 'LINE=QUANTITY given back, or LINE@PRICE that it should have cost')
    .option('--reason <reason>', 'return, price-correction, short-shipment, damaged', 'price-correction')
    .option('--restocking <amount>', 'kept back')
    .option('--reference <text>', 'what the customer knows it by')
    .option('--json', 'as JSON')
    .action(credit);
}

type ShowOptions = { partner?: string; pdf?: string; json?: boolean };

async function showInvoices(number: string | undefined, options: ShowOptions): Promise<void> {
  const { partner, pdf, json } = options;
  if (pdf !== undefined && number === undefined)
    throw new WrongCall('--pdf: expected the number of an invoice');
  await withGateway(async (context) => {
    const found = await findInvoices(context.db, { number, partner });
    const [first] = found;
    if (number !== undefined && first === undefined)
      return refuse([{ code: 'invoice-unknown', text: `there is no invoice ${number}` }]);
    if (pdf !== undefined && first !== undefined) {
      writeFileSync(pdf, printInvoice(context, first));
      say(`${pdf}: ${first.kind} ${first.number}`);
    } else if (json === true) for (const one of found) print(JSON.stringify(one));
    else if (number !== undefined && first !== undefined) print(describeInvoice(first));
    else if (found.length === 0) say('nothing was billed yet');
    else print(found.map(describeRow).join('\n'));
  });
}

function describeRow({
  number,
  kind,
  partner,
  issued,
  due,
  amount,
  currency,
  content,
  test,
}: StoredInvoice): string {
  const what = kind === 'invoice' ? `due ${due}` : `on ${findReference(content, 'IV')}`;
  return `${number.padEnd(20)}  ${issued}  ${partner.padEnd(12)} ${amount.padStart(12)} ${currency}  ${what}${test ? '  test' : ''}`;
}

function describeInvoice({
  content,
  kind,
  lines,
  amount,
  currency,
  due,
  issued,
  proof,
}: StoredInvoice): string {
  const rows = content.lines.map((line, i) => {
    const part = `${line.quantity} ${line.unit ?? ''} at ${line.unitPrice} ${line.priceBasis ?? 'PE'}`;
    return `  ${(line.number ?? String(i + 1)).padStart(4)}  ${part}  ${lines[i]?.amount ?? ''}`;
  });
  const added = [
    ...(content.allowanceCharges ?? []),
    ...(content.taxes ?? []).map((tax) => ({
      ...tax,
      code: `tax ${tax.type} ${tax.percent} %`,
      indicator: 'charge' as const,
      description: undefined,
    })),
  ];
  return [
    `${kind} ${content.invoiceNumber} of ${issued}${due === undefined ? '' : `, due ${due}`}`,
    `order ${content.poNumber ?? 'of each line'}`,
    ...rows,
    ...added.map(
      ({ indicator, code, description, amount: part }) =>
        `        ${description ?? code} ${indicator === 'allowance' ? '−' : '+'}${part}`,
    ),
    `  total ${amount} ${currency}`,
    ...proof.map(({ path, from }) => `  ${path}: ${from}`),
  ].join('\n');
}

function findReference(content: StoredInvoice['content'], wanted: string): string {
  return content.references?.find(({ qualifier }) => qualifier === wanted)?.value ?? '?';
}

const REASONS: readonly CreditReason[] = ['return', 'price-correction', 'short-shipment', 'damaged'];

type CreditOptions = { line: string[]; reason: string; restocking?: string; reference?: string };

async function credit(number: string, options: CreditOptions, command: Command): Promise<void> {
  const { line, reason, restocking, reference } = options;
  if (!isReason(reason)) throw new WrongCall(`--reason ${reason}: expected ${REASONS.join(', ')}`);
  if (restocking !== undefined && !isDecimal(restocking))
    throw new WrongCall(`--restocking ${restocking}: expected an amount such as 12.50`);
  const by = userInfo().username;
  const lines = line.map(readPart);
  const credited = await withGateway((context) =>
    issueCredit(context, { invoice: number, reason, lines, restocking, reference, by }),
  );
  if (credited.kind === 'refused') return refuse(credited.reasons);
  if (command.optsWithGlobals()['json'] === true) return print(JSON.stringify(credited));
  const { number: memo, amount, currency, files } = credited;
  print(`credit memo ${memo} over ${amount} ${currency}${files === '' ? '' : `; ${files} is on its way`}`);
}

function isReason(text: string): text is CreditReason {
  return REASONS.some((one) => one === text);
}

function readPart(text: string): CreditedLine {
  const [, position, sign, value] = /^(\d+)([=@])(.+)$/.exec(text) ?? [];
  if (position === undefined || value === undefined || !isDecimal(value))
    throw new WrongCall(`--line ${text}: expected LINE=QUANTITY such as 1=40, or LINE@PRICE such as 1@2.75`);
  const at = Number(position);
  return sign === '='
    ? { position: at, kind: 'quantity', quantity: value }
    : { position: at, kind: 'price', price: value };
}

export function refuse(reasons: readonly Reason[]): void {
  for (const { text } of reasons) say(text);
  process.exitCode = EXIT.refused;
}
