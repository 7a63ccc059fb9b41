import type { Context } from '../../context.ts';
import type { Id } from '../../domain/exchange/records.ts';
import { type CreditedLine, type CreditReason, creditInvoice } from '../../domain/invoice/credit-invoice.ts';
import { chooseSeries, testSeries } from '../../domain/numbering/number-series.ts';
import type { Reason } from '../../domain/reason.ts';
import { type Decimal, fromBig, negate, toBig } from '../../lib/decimal.ts';
import { inTransaction, type Transaction } from '../../store/database.ts';
import { recordEvents } from '../../store/events.ts';
import {
  addReceivable,
  findInvoices,
  type InvoiceRecord,
  lockInvoice,
  type StoredInvoice,
  saveInvoice,
} from '../../store/invoices.ts';
import { takeNumbers } from '../../store/number-series.ts';
import { loadOrders } from '../../store/printed-orders.ts';
import { NotPrinted } from '../print/print-page.ts';
import { makeEvent } from '../process/records.ts';
import { AnswerNotWritten, type Revising } from '../revise/save-revision.ts';
import { sendUnasked } from '../revise/send-unasked.ts';
import { startRevising } from '../revise/start-revising.ts';
import { mailInvoice } from './mail-invoice.ts';

export type CreditAsked = {
  readonly invoice: string;
  readonly reason: CreditReason;
  readonly lines: readonly CreditedLine[];
  readonly restocking?: Decimal | undefined;
  /** The return authorisation. */
  readonly reference?: string | undefined;
  readonly by: string;
};

export type Credited =
  | {
      readonly kind: 'credited';
      readonly number: string;
      readonly amount: Decimal;
      readonly currency: string;
      readonly files: string;
    }
  | { readonly kind: 'refused'; readonly reasons: readonly Reason[] };

/** Thrown to undo what was begun. */
export class CreditRefused extends Error {
  override readonly name = 'CreditRefused';
  readonly reasons: readonly Reason[];

  constructor(reasons: readonly Reason[]) {
    super(reasons.map(({ text }) => text).join('; '));
    this.reasons = reasons;
  }
}

/** Credits an invoice and sends the 810 that says so, in one transaction. */
export async function issueCredit(context: Context, asked: CreditAsked): Promise<Credited> {
  try {
    return await inTransaction(context.db, async (tx) => await creditWithin(context, tx, asked));
  } catch (error) {
    if (error instanceof CreditRefused) return { kind: 'refused', reasons: error.reasons };
    if (error instanceof AnswerNotWritten)
      return { kind: 'refused', reasons: [{ code: 'answer-not-written', text: error.message }] };
    throw error;
  }
}

/** The same within a transaction of the caller's, such as that of a return. */
export async function creditWithin(context: Context, tx: Transaction, asked: CreditAsked): Promise<Credited> {
  const [named] = await findInvoices(tx, { number: asked.invoice });
  if (named === undefined || named.kind !== 'invoice')
    throw new CreditRefused([{ code: 'invoice-unknown', text: `there is no invoice ${asked.invoice}` }]);
  await lockInvoice(tx, named.id);
  const revising = startRevising(context, tx, named.partner);
  const { company, partner, maker } = revising;
  const today = maker.now.slice(0, 10);
  const facts = {
    today,
    invoice: named.content,
    credited: sumCredits(await findInvoices(tx, { credits: named.id })),
    reason: asked.reason,
    lines: asked.lines,
    restocking: asked.restocking,
    reference: asked.reference,
    signed: partner.file.send['810']?.credits === 'signed',
    rounding: partner.file.orders.rounding,
  };
  const { reasons } = creditInvoice({ ...facts, number: '-' });
  if (reasons.length > 0) throw new CreditRefused(reasons);
  const live = chooseSeries(company.numbers, 'credit-memo', today);
  const series = named.test ? testSeries(live) : live;
  const [taken] = await takeNumbers(tx, [{ series, count: 1 }]);
  const number = taken!.numbers[0]!;
  const { memo, lines, amount } = creditInvoice({ ...facts, number });
  const sent = await send(revising, named, memo);
  const record: InvoiceRecord = {
    id: maker.ids(),
    number,
    kind: 'credit-memo',
    partner: named.partner,
    customer: named.customer,
    test: named.test,
    currency: named.currency,
    amount: negate(amount),
    issued: today,
    content: memo,
    proof: [
      { path: 'lines', from: `invoice ${named.number}, credited by ${asked.by}: ${asked.reason}` },
      { path: 'invoiceNumber', from: 'our series of credit memo numbers' },
      { path: 'totals.amount', from: 'lines with their allowances and charges, tax, less restocking' },
    ],
    document: sent?.documents[0],
    credits: named.id,
    at: maker.now,
  };
  const back = lines.map((line, i) => ({
    position: i + 1,
    ...lineOf(named, line.position),
    credits: line.position,
    quantity: line.quantity,
    amount: negate(line.amount),
  }));
  await saveInvoice(tx, record, back);
  const orders = [...new Set(named.lines.flatMap(({ order }) => order ?? []))];
  await mail(revising, { ...record, lines: back }, orders);
  if (!named.test) await addReceivable(tx, record);
  const text = `credit memo ${number} over ${amount} ${named.currency} on invoice ${named.number}: ${asked.reason}`;
  await recordEvents(
    tx,
    orders.map((order) => makeEvent(maker, 'credited', text, { order, document: record.document })),
  );
  return { kind: 'credited', number, amount, currency: named.currency, files: sent?.files ?? '' };
}

async function send(revising: Revising, { lines, test }: StoredInvoice, document: StoredInvoice['content']) {
  if (revising.partner.file.send['810'] === undefined) return undefined;
  const order = lines[0]?.order;
  return await sendUnasked(revising, { set: '810', functionalId: 'IN', document, order, test });
}

async function mail(
  revising: Revising,
  memo: Parameters<typeof mailInvoice>[1],
  orders: readonly Id[],
): Promise<void> {
  const about = (await loadOrders(revising.tx, orders)).map(({ id, order }) => ({ id, content: order }));
  try {
    await mailInvoice(revising, memo, about);
  } catch (error) {
    if (error instanceof NotPrinted) throw new CreditRefused([{ code: 'not-printed', text: error.message }]);
    throw error;
  }
}

/** By place of the line, what earlier memos took back. */
function sumCredits(memos: readonly StoredInvoice[]) {
  const sums = new Map<number, { quantity: Decimal; amount: Decimal }>();
  for (const { credits: position, quantity, amount } of memos.flatMap(({ lines }) => lines)) {
    if (position === undefined) continue;
    const before = sums.get(position) ?? { quantity: '0', amount: '0' };
    sums.set(position, {
      quantity: fromBig(toBig(before.quantity).plus(quantity)),
      amount: fromBig(toBig(before.amount).minus(amount)),
    });
  }
  return sums;
}

function lineOf({ lines }: StoredInvoice, position: number) {
  const { order, orderPosition, item, unit } = lines.find((line) => line.position === position)!;
  return { order, orderPosition, item, unit };
}
