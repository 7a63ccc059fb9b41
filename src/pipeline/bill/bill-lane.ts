import type { Context } from '../../context.ts';
import { nameRequired } from '../../domain/certificate/require-certificates.ts';
import type { ExceptionKind } from '../../domain/exception/exception-kinds.ts';
import { billShipments } from '../../domain/invoice/bill-shipments.ts';
import type { Bill } from '../../domain/invoice/billing.ts';
import { chooseSeries, testSeries } from '../../domain/numbering/number-series.ts';
import { fromBig, toBig } from '../../lib/decimal.ts';
import {
  type DuePartner,
  type DueShipment,
  listDuePartners,
  lockDueShipments,
  setBilling,
} from '../../store/billing.ts';
import { addExposure } from '../../store/credit.ts';
import { type Database, inTransaction, isOutage, type Transaction } from '../../store/database.ts';
import { recordEvents } from '../../store/events.ts';
import { raiseExceptions } from '../../store/exceptions.ts';
import { addReceivable, type InvoiceRecord, saveInvoice } from '../../store/invoices.ts';
import { takeNumbers } from '../../store/number-series.ts';
import { loadCertificatesOf } from '../certify/load-certificates.ts';
import { NotPrinted } from '../print/print-page.ts';
import { makeEvent, makeException } from '../process/records.ts';
import { AnswerNotWritten, type Revising } from '../revise/save-revision.ts';
import { sendUnasked } from '../revise/send-unasked.ts';
import { startRevising } from '../revise/start-revising.ts';
import { groupAlike, type LoadedBilling, loadBilling } from './load-billing.ts';
import { mailInvoice } from './mail-invoice.ts';

/** Shipments that one invoice holds at most. */
const MOST = 500;

/** Bills what is due, one invoice a transaction. What cannot be billed is asked about, and stops nothing else. */
export async function billLane(context: Context, signal: AbortSignal): Promise<void> {
  const failed: unknown[] = [];
  for (const due of await listDuePartners(context.db, context.clock())) {
    try {
      let billed = true;
      while (billed && !signal.aborted) billed = await billNext(context, due);
    } catch (error) {
      // Another partner's shipments are billed all the same; the job tries this one's again.
      context.log.error({ partner: due.partner, error: String(error) }, 'shipments not billed');
      if (isOutage(error)) throw error;
      failed.push(error);
    }
  }
  if (failed.length > 0) throw failed[0];
}

/** Thrown to undo what was begun: a person is asked instead. */
class Stopped extends Error {
  override readonly name = 'Stopped';
  readonly shipments: readonly DueShipment[];
  readonly kind: ExceptionKind;

  constructor(kind: ExceptionKind, message: string, shipments: readonly DueShipment[]) {
    super(message);
    this.kind = kind;
    this.shipments = shipments;
  }
}

/** False where nothing was left to bill. */
async function billNext(context: Context, due: DuePartner): Promise<boolean> {
  try {
    return await inTransaction(context.db, async (tx) => await billOne(context, tx, due));
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    await inTransaction(context.db, async (tx) => await askAbout(context, tx, due, error));
    return true;
  }
}

async function billOne(context: Context, tx: Transaction, due: DuePartner): Promise<boolean> {
  const found = await lockDueShipments(tx, due, context.clock(), MOST);
  if (found.length === 0) return false;
  const revising = startRevising(context, tx, due.partner);
  const consolidate = revising.partner.file.send['810']?.consolidate ?? 'none';
  const today = revising.maker.now.slice(0, 10);
  for (const shipments of await groupShipments(tx, found, consolidate)) {
    const { company, partner } = revising;
    const facts = await loadBilling(tx, company, partner, shipments, today);
    if (consolidate === 'order' && !facts.complete) continue;
    await invoice(tx, revising, shipments, facts);
    return true;
  }
  return false;
}

/** What goes on one invoice: each shipment, all of an order, or all that are due as far as one invoice can hold them. */
async function groupShipments(
  tx: Transaction,
  found: readonly DueShipment[],
  consolidate: string,
): Promise<readonly (readonly DueShipment[])[]> {
  switch (consolidate) {
    case 'none':
      return found.map((one) => [one]);
    case 'order':
      return [...Map.groupBy(found, ({ lines }) => lines[0]?.order).values()];
    default:
      return await groupAlike(tx, found);
  }
}

async function invoice(
  tx: Transaction,
  revising: Revising,
  shipments: readonly DueShipment[],
  facts: LoadedBilling,
): Promise<void> {
  const { company, partner, maker } = revising;
  const certificates = partner.file.send.certificates;
  if (certificates?.gate === '810') {
    for (const one of shipments) {
      const [first] = (await loadCertificatesOf(tx, one, certificates)).missing;
      if (first !== undefined)
        throw new Stopped('invoice-without-certificate', `there is no ${nameRequired(first)}`, shipments);
    }
  }
  // The number is taken once it is certain to be used: series have no gaps.
  const { reasons } = billShipments({ ...facts, number: '-' });
  if (reasons.length > 0)
    throw new Stopped('invoice-not-matched', reasons.map(({ text }) => text).join('; '), shipments);
  const { test } = shipments[0]!;
  const live = chooseSeries(company.numbers, 'invoice', facts.today);
  const series = test ? testSeries(live) : live;
  const [taken] = await takeNumbers(tx, [{ series, count: 1 }]);
  const number = taken!.numbers[0]!;
  const bill = billShipments({ ...facts, number });
  const document = await send(revising, bill, shipments, test);
  const record: InvoiceRecord = {
    id: maker.ids(),
    number,
    kind: 'invoice',
    partner: partner.id,
    customer: partner.file.customer ?? partner.id,
    test,
    currency: bill.currency,
    amount: bill.amount,
    issued: facts.today,
    due: bill.due,
    content: bill.invoice,
    proof: bill.figures,
    document,
    at: maker.now,
  };
  await saveInvoice(tx, record, bill.lines);
  await mail(revising, { ...record, lines: bill.lines }, facts, shipments);
  if (!test) await owe(tx, record, shipments);
  await setBilling(
    tx,
    shipments.map(({ id }) => id),
    'billed',
  );
  const names = shipments.map((one) => one.number).join(', ');
  const text = `invoice ${number} over ${bill.amount} ${bill.currency} for shipment ${names}`;
  await recordEvents(
    tx,
    facts.orders.map(({ id }) => makeEvent(maker, 'invoiced', text, { order: id, document })),
  );
}

/** The 810, where the partner takes one. */
async function send(
  revising: Revising,
  { invoice: document }: Bill,
  shipments: readonly DueShipment[],
  test: boolean,
): Promise<string | undefined> {
  if (revising.partner.file.send['810'] === undefined) return undefined;
  const order = shipments[0]?.lines[0]?.order;
  try {
    const sent = await sendUnasked(revising, { set: '810', functionalId: 'IN', document, order, test });
    return sent.documents[0];
  } catch (error) {
    if (error instanceof AnswerNotWritten) throw new Stopped('answer-not-written', error.message, shipments);
    throw error;
  }
}

async function mail(
  revising: Revising,
  record: InvoiceRecord & Pick<Bill, 'lines'>,
  { orders }: LoadedBilling,
  shipments: readonly DueShipment[],
): Promise<void> {
  const about = orders.map(({ id, order }) => ({ id, content: order }));
  try {
    await mailInvoice(revising, record, about);
  } catch (error) {
    if (error instanceof NotPrinted) throw new Stopped('invoice-not-matched', error.message, shipments);
    throw error;
  }
}

/** From shipped and not invoiced to what is owed. */
async function owe(tx: Database, record: InvoiceRecord, shipments: readonly DueShipment[]): Promise<void> {
  await addReceivable(tx, record);
  const value = shipments.reduce((sum, one) => sum.plus(one.value), toBig('0'));
  if (record.customer !== undefined)
    await addExposure(tx, record.customer, { shippedNotInvoiced: fromBig(value.times('-1')) });
}

async function askAbout(
  context: Context,
  tx: Database,
  { partner }: DuePartner,
  { kind, message, shipments }: Stopped,
): Promise<void> {
  const { desk } = context.configuration();
  const maker = { ids: context.ids, now: context.clock(), partner, desk };
  const [first] = shipments;
  const names = shipments.map(({ number }) => number).join(', ');
  const about = { order: first?.lines[0]?.order, shipment: first?.id };
  const text = `shipment ${names} is not invoiced: ${message}`;
  const exception = makeException(maker, kind, text, about);
  await raiseExceptions(tx, [exception]);
  const stopped = shipments.map(({ id }) => id);
  await setBilling(tx, stopped, 'stopped', exception.id);
  await recordEvents(tx, [makeEvent(maker, 'invoice-stopped', text, about)]);
}
