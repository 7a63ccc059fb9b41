import type { Context } from '../../context.ts';
import { orderQuote, type QuoteOrder } from '../../domain/quote/order-quote.ts';
import { checkQuote, type Quote } from '../../domain/quote/quote.ts';
import { type Database, inTransaction } from '../../store/database.ts';
import { recordEvents } from '../../store/events.ts';
import { findOrderNumber, findQuote } from '../../store/quotes.ts';
import type { Partner } from '../configuration/configuration.ts';
import { isActive } from '../deliver/remote.ts';
import { makeEvent } from '../process/records.ts';
import { receiveFile } from '../receive/receive.ts';
import { OrderNotWritten, writeOrderFile } from './order-file.ts';

export type QuoteOrdered = { readonly kind: 'done' | 'refused'; readonly text: string };

/** Who orders it, and under which number; beside what `QuoteOrder` says. */
export type QuoteWork = Omit<QuoteOrder, 'date'> & {
  readonly by: string;
  /** Where several partners buy under the customer's number. */
  readonly partner?: string | undefined;
};

/**
 * An approved quote becomes an order in the customer's name, received as a file of its own: it is decided as any order
 * that names the quote. What would only be asked about later is refused here.
 */
export async function orderByQuote(context: Context, number: string, work: QuoteWork): Promise<QuoteOrdered> {
  return await inTransaction(context.db, async (tx) => {
    const quote = await findQuote(tx, number);
    if (quote === undefined) return refuse(`there is no quote ${number}`);
    const date = context.clock().slice(0, 10);
    const problem = checkQuote(number, quote, { customer: quote.customer, date });
    if (problem !== undefined) return refuse(problem.text);
    if (quote.lines.length === 0) return refuse(`quote ${number} has no lines`);
    const partner = choosePartner(context, quote, work.partner);
    if ('wrong' in partner) return refuse(partner.wrong);
    if (await findOrderNumber(tx, partner.id, work.poNumber))
      return refuse(`${partner.id} has an order ${work.poNumber} already`);
    return await sendOrder(context, tx, { quote, partner, work, date });
  });
}

type Sending = {
  readonly quote: Quote;
  readonly partner: Partner;
  readonly work: QuoteWork;
  readonly date: string;
};

async function sendOrder(
  context: Context,
  tx: Database,
  { quote, partner, work, date }: Sending,
): Promise<QuoteOrdered> {
  const { poNumber, by } = work;
  const now = context.clock();
  try {
    const order = orderQuote(quote, { ...work, date });
    const bytes = await writeOrderFile(tx, order, { configuration: context.configuration(), partner, now });
    const name = `${poNumber.replaceAll(/[^\w.-]/g, '_')}.edi`;
    const upload = { partner: partner.id, channel: 'quote', name, bytes };
    const { id } = await receiveFile({ ...context, db: tx }, upload);
    const text = `quote ${quote.number} ordered under ${poNumber}, by ${by}`;
    const maker = { ids: context.ids, now, partner: partner.id };
    await recordEvents(tx, [makeEvent(maker, 'quote-ordered', text, { file: id })]);
    return { kind: 'done', text: `order ${poNumber} of quote ${quote.number} is on its way` };
  } catch (error) {
    if (!(error instanceof OrderNotWritten)) throw error;
    return refuse(`quote ${quote.number}: ${error.message}`);
  }
}

function choosePartner(
  context: Context,
  { customer }: Quote,
  wanted: string | undefined,
): Partner | { readonly wrong: string } {
  const buying = [...context.configuration().partners.values()].filter(
    (one) => isActive(one) && (one.file.customer ?? one.id) === customer,
  );
  const fitting = wanted === undefined ? buying : buying.filter(({ id }) => id === wanted);
  const [partner] = fitting;
  if (partner !== undefined && fitting.length === 1) return partner;
  if (partner !== undefined)
    return { wrong: `customer ${customer} buys as ${fitting.map(({ id }) => id).join(' and ')}: say which` };
  const name = wanted === undefined ? 'no active partner' : `${wanted} is no active partner that`;
  return { wrong: `${name} buys as customer ${customer}` };
}

function refuse(text: string): QuoteOrdered {
  return { kind: 'refused', text };
}
