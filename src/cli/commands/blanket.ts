import { userInfo } from 'node:os';
import { type Command, InvalidArgumentError } from 'commander';
import type { Context } from '../../context.ts';
import { isDecimal } from '../../lib/decimal.ts';
import {
  adjustByHand,
  closeByHand,
  type HandChange,
  type HandWork,
} from '../../pipeline/blanket/change-by-hand.ts';
import { describeBlanket, describeBlankets } from '../../pipeline/blanket/describe-blankets.ts';
import { type BlanketReport, reportBlankets } from '../../pipeline/blanket/report-blankets.ts';
import { readLedger } from '../../store/blankets.ts';
import { EXIT, print, say, WrongCall } from '../exit.ts';
import { withGateway } from '../with-gateway.ts';

export function defineBlanket(program: Command): void {
  const blanket = program
    .command('blanket')
    .description('blanket orders: what is committed, released and left, and how long it lasts')
    .argument('[po]', 'PO number: its lines, and all that was booked')
    .option('--partner <id>', 'only of this partner')
    .option('--json', 'one blanket order a line as JSON')
    .action(show);
  blanket
    .command('close')
    .description('let what is left lapse: nothing more is released')
    .argument('<po>', 'PO number')
    .requiredOption('--reason <text>', 'why; kept in the ledger')
    .action((po: string, _options, command: Command) =>
      change(po, command.optsWithGlobals(), (context, work) => closeByHand(context, work)),
    );
  blanket
    .command('adjust')
    .description('correct what counts as released of a line')
    .argument('<po>', 'PO number')
    .argument('<line>', 'line of the blanket order (PO101)')
    .argument('<quantity>', 'so much more counts as released; less with a minus sign', readQuantity)
    .requiredOption('--reason <text>', 'why; kept in the ledger')
    .action((po: string, line: string, quantity: string, _options, command: Command) =>
      change(po, command.optsWithGlobals(), (context, work) => adjustByHand(context, work, line, quantity)),
    );
}

type Options = { readonly partner?: string; readonly json?: boolean };

async function show(po: string | undefined, options: Options): Promise<void> {
  const { found, ledger } = await withGateway(async (context) => {
    const found = await report(context, po, options.partner);
    const ids = found.map(({ id }) => id);
    return { found, ledger: po === undefined ? [] : await readLedger(context.db, ids) };
  });
  if (found.length === 0) {
    say(po === undefined ? 'there are no blanket orders' : describeUnknown(po, options.partner));
    if (po !== undefined) process.exitCode = EXIT.refused;
  } else if (po === undefined && options.json !== true) print(describeBlankets(found).join('\n'));
  else {
    const texts = found.map((one) => {
      const own = ledger.filter(({ blanket }) => blanket === one.id);
      if (options.json !== true) return describeBlanket(one, own).join('\n');
      return JSON.stringify(po === undefined ? one : { ...one, ledger: own });
    });
    print(texts.join(options.json === true ? '\n' : '\n\n'));
  }
}

function report(
  context: Context,
  poNumber: string | undefined,
  partner: string | undefined,
): Promise<readonly BlanketReport[]> {
  const { partners } = context.configuration();
  const filter = {
    ...(poNumber === undefined ? {} : { poNumber }),
    ...(partner === undefined ? {} : { partner }),
  };
  return reportBlankets(
    context.db,
    filter,
    context.clock().slice(0, 10),
    (id) => partners.get(id)?.file.orders.blanket,
  );
}

async function change(
  po: string,
  options: Options & { readonly reason: string },
  work: (context: Context, how: HandWork) => Promise<HandChange>,
): Promise<void> {
  const { reason } = options;
  if (reason.trim() === '') throw new WrongCall('--reason says why: it is kept in the ledger');
  const done = await withGateway(async (context): Promise<HandChange> => {
    const found = await report(context, po, options.partner);
    if (found.length === 0) return { kind: 'refused', text: describeUnknown(po, options.partner) };
    const partners = found.map(({ partner }) => partner);
    if (partners.length > 1)
      throw new WrongCall(`blanket order ${po} is of ${partners.join(' and ')}: say which with --partner`);
    return await work(context, { partner: partners[0]!, poNumber: po, by: userInfo().username, reason });
  });
  if (done.kind === 'changed' && options.json === true) print(JSON.stringify(done.blanket));
  else say(done.text);
  process.exitCode = done.kind === 'changed' ? EXIT.done : EXIT.refused;
}

function describeUnknown(po: string, partner: string | undefined): string {
  return `there is no blanket order ${po}${partner === undefined ? '' : ` of ${partner}`}`;
}

function readQuantity(text: string): string {
  if (!isDecimal(text)) throw new InvalidArgumentError('expected a quantity such as 50 or -12.5');
  return text;
}
