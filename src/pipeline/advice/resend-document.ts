import type { Context } from '../../context.ts';
import { nameDocument, type SentDocument } from '../../domain/application-advice/match-result.ts';
import { REJECTIONS } from '../../domain/exception/exchange-kinds.ts';
import type { Id } from '../../domain/exchange/records.ts';
import { findSentDocument, resolveRejections } from '../../store/advices.ts';
import { inTransaction, type Transaction } from '../../store/database.ts';
import { recordEvents } from '../../store/events.ts';
import { type Resolution, resolveException, type StoredException } from '../../store/exceptions.ts';
import { findInvoices, lockInvoice, setInvoiceDocument } from '../../store/invoices.ts';
import { lockShipmentNumber } from '../../store/shipment-facts.ts';
import { findShipment, loadEarlierShipment } from '../../store/shipments.ts';
import { makeEvent } from '../process/records.ts';
import { AnswerNotWritten, type Revising, type Sent } from '../revise/save-revision.ts';
import { sendUnasked } from '../revise/send-unasked.ts';
import { NotDecided, startRevising } from '../revise/start-revising.ts';
import { listNoticeOrders } from '../ship/announce-shipment.ts';
import { loadShipmentFacts } from '../ship/plan-report.ts';
import { sendNotice } from '../ship/send-notice.ts';
import { startShipping } from '../ship/shipping.ts';

/**
 * What a partner rejected is written anew and sent again, under control numbers of its own and once: as a person chose,
 * or nothing happens.
 */
export async function resendDocument(
  context: Context,
  exception: StoredException,
  resolution: Resolution,
): Promise<{ readonly text: string; readonly refused?: boolean }> {
  try {
    return { text: await inTransaction(context.db, (tx) => resend(context, tx, exception, resolution)) };
  } catch (error) {
    if (error instanceof NotDecided || error instanceof AnswerNotWritten)
      return { refused: true, text: error.message };
    throw error;
  }
}

async function resend(
  context: Context,
  tx: Transaction,
  { id, kind, partner, document }: StoredException,
  resolution: Resolution,
): Promise<string> {
  const sent = document === undefined ? undefined : await findSentDocument(tx, document);
  if (sent?.shipmentNumber === undefined && sent?.invoiceNumber === undefined)
    throw new NotDecided('only a ship notice or an invoice can be sent again from here');
  const revising = startRevising(context, tx, partner);
  const again =
    sent.invoiceNumber === undefined
      ? await resendNotice(revising, tx, sent, kind)
      : await resendInvoice(revising, tx, sent, sent.invoiceNumber);
  if (!(await resolveException(tx, id, resolution))) throw new NotDecided(`${id} was resolved a moment ago`);
  await resolveRejections(tx, { document, shipment: sent.shipment }, REJECTIONS, resolution);
  const text = `${nameDocument(sent)} is sent again, as ${again.files}`;
  const told = `${text}: ${kind} resolved by ${resolution.by}`;
  const about = { document, order: sent.order, shipment: sent.shipment };
  await recordEvents(tx, [makeEvent(revising.maker, 'document-resent', told, about)]);
  return text;
}

/** As the shipment is now. One that its 997 refused is still the first that the partner has of it. */
async function resendNotice(
  revising: Revising,
  tx: Transaction,
  { id, shipment: shipmentId, shipmentNumber: number = '', purpose: before }: SentDocument,
  kind: string,
): Promise<Sent> {
  const shipping = startShipping(revising.context, tx);
  await lockShipmentNumber(tx, number);
  const goods = shipmentId === undefined ? undefined : await findShipment(tx, shipmentId);
  if (goods === undefined) throw new NotDecided(`there is no shipment ${number}`);
  await requireLatest(tx, id);
  if (goods.notice !== 'sent' && goods.notice !== 'cancelled')
    throw new NotDecided(
      `the notice of shipment ${number} is ${goods.notice}: it is sent once nothing stops it`,
    );
  const earlier = await loadEarlierShipment(tx, number);
  const { facts } = await loadShipmentFacts(shipping, goods.content, earlier, false);
  const corrected = kind === 'document-rejected' && before === 'original' ? 'original' : 'replace';
  const purpose = goods.state === 'cancelled' ? 'cancel' : corrected;
  return await sendNotice(revising, { goods, orders: listNoticeOrders(goods, facts.orders), purpose });
}

/** The same invoice under the same number: what was never taken cannot be taken twice. */
async function resendInvoice(
  revising: Revising,
  tx: Transaction,
  { id, order }: SentDocument,
  number: string,
): Promise<Sent> {
  const [invoice] = await findInvoices(tx, { number });
  if (invoice === undefined) throw new NotDecided(`there is no invoice ${number}`);
  await lockInvoice(tx, invoice.id);
  await requireLatest(tx, id);
  const { content, test } = invoice;
  const sent = await sendUnasked(revising, {
    set: '810',
    functionalId: 'IN',
    document: content,
    order,
    test,
  });
  await setInvoiceDocument(tx, invoice.id, sent.documents[0]!);
  return sent;
}

/** Looked at again under the lock: two people, or a correction meanwhile, do not send it twice. */
async function requireLatest(tx: Transaction, document: Id): Promise<void> {
  const replacedBy = (await findSentDocument(tx, document))?.replacedBy;
  if (replacedBy !== undefined) throw new NotDecided(`our ${replacedBy} was sent in its place already`);
}
