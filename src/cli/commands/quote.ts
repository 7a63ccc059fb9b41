import { userInfo } from 'node:os';
import type { Command } from 'commander';
import type { Quote } from '../../domain/quote/quote.ts';
import { orderByQuote } from '../../pipeline/on-behalf/order-quote.ts';
import { listQuotes } from '../../store/quotes.ts';
import { EXIT, print, say, WrongCall } from '../exit.ts';
import { readDay } from '../read-day.ts';
import { withGateway } from '../with-gateway.ts';

export function defineQuote(program: Command): void {
  const quote = program
    .command('quote')
    .description('quotes, and which orders have used them')
    .option('--customer <number>', 'only of this customer')
    .option('--json', 'one quote a line as JSON')
    .action(list);
  quote
    .command('order')
    .description("turn an approved quote into an order, in the customer's name")
    .argument('<number>', 'number of the quote')
    .requiredOption('--po <number>', 'the number that the customer gave')
    .option('--partner <id>', 'where several partners buy under the customer number')
    .option('--ship-to <code>', 'code of the place that it goes to')
    .option('--delivery <day>', 'day on which it is to arrive, such as 2026-12-07', readDay)
    .action(order);
}

async function list({ customer, json }: { customer?: string; json?: boolean }): Promise<void> {
  const quotes = await withGateway(({ db }) => listQuotes(db, customer));
  for (const quote of quotes) print(json === true ? JSON.stringify(quote) : describe(quote));
  if (quotes.length === 0) say('no such quote: `causeway import quotes FILE` brings them in');
}

function describe({ number, customer, state, validUntil, lines, uses, reuse }: Quote): string {
  const used = uses.map(({ poNumber }) => poNumber).join(', ');
  const then =
    used === '' ? `may be used ${reuse === 'once' ? 'once' : 'again and again'}` : `used by ${used}`;
  const count = lines.length === 1 ? '1 line' : `${lines.length} lines`;
  return `${number} for ${customer}: ${count}, ${state}, until ${validUntil}; ${then}`;
}

type OrderOptions = { po: string; partner?: string; shipTo?: string; delivery?: string };

async function order(number: string, options: OrderOptions): Promise<void> {
  const { po, partner, shipTo, delivery } = options;
  if (po.trim() === '') throw new WrongCall('--po is the number that the customer gave for the order');
  const work = { poNumber: po.trim(), partner, shipTo, requestedDelivery: delivery, by: userInfo().username };
  const { kind, text } = await withGateway((context) => orderByQuote(context, number, work));
  if (kind === 'done') print(text);
  else say(text);
  process.exitCode = kind === 'done' ? EXIT.done : EXIT.refused;
}
