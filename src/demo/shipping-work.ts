import type { Shipment } from '../domain/shipment/shipment.ts';
import { issueCredit } from '../pipeline/bill/issue-credit.ts';
import { labelShipment } from '../pipeline/print/label-shipment.ts';
import { printLabels } from '../pipeline/print/print-labels.ts';
import { printPackingSlip } from '../pipeline/print/print-packing.ts';
import { loadPrintedOrders } from '../pipeline/print/printed-order.ts';
import { describeShipment } from '../pipeline/ship/describe-shipment.ts';
import { tellShipment } from '../pipeline/ship/take-report.ts';
import { findInvoices } from '../store/invoices.ts';
import { readShipmentHistory } from '../store/list-shipments.ts';
import { findShipmentByNumber } from '../store/shipments.ts';
import type { DeskWork } from './scene.ts';

/** The warehouse tells what left. */
export const shipGoods =
  (content: Shipment): DeskWork =>
  async (context) => {
    const told = await tellShipment(context, { origin: 'command', content });
    const reasons = [
      ...(told.reasons ?? []).map(({ text }) => text),
      ...(told.stops ?? []).map(({ message }) => message),
    ];
    return [`$ causeway ship ${content.number}.json`, `shipment ${told.number}: ${told.state}`, ...reasons];
  };

/** How it is packed, and the papers that go with it. */
export const showShipment =
  (number: string): DeskWork =>
  async (context) => {
    const goods = await findShipmentByNumber(context.db, number);
    const history = await readShipmentHistory(context.db, number);
    if (goods === undefined || history === undefined) return [];
    const orders = await loadPrintedOrders(context.db, goods.lines);
    const job = labelShipment(context, goods, orders);
    const labels = Buffer.concat([...printLabels(context, job)]);
    const slip = printPackingSlip(context, goods, orders);
    return [
      `$ causeway shipment ${number}`,
      ...describeShipment(history),
      `$ causeway print labels ${number} --out labels.pdf`,
      `${job.labels.length} labels, ${Math.ceil(labels.length / 1024)} KB`,
      `$ causeway print packing-slip ${number} --out packing-slip.pdf`,
      `${Math.ceil(slip.length / 1024)} KB`,
    ];
  };

/** Where each figure of an invoice came from. */
export const showInvoice =
  (poNumber: string): DeskWork =>
  async ({ db }) => {
    const [invoice] = (await findInvoices(db, { partner: 'acme' })).filter(
      ({ content, kind }) => content.poNumber === poNumber && kind === 'invoice',
    );
    if (invoice === undefined) return ['no invoice was found'];
    return [
      `$ causeway invoices ${invoice.number}`,
      ...invoice.proof
        .filter(({ path }) => /quantity|unitPrice|total/.test(path))
        .map(({ path, from }) => `${path}: ${from}`),
    ];
  };

/** A part of a line was short: it is credited. */
export const creditLine =
  (poNumber: string, position: number, quantity: string): DeskWork =>
  async (context) => {
    const [invoice] = (await findInvoices(context.db, { partner: 'acme' })).filter(
      ({ content, kind }) => content.poNumber === poNumber && kind === 'invoice',
    );
    if (invoice === undefined) return ['no invoice was found'];
    const lines = [{ position, kind: 'quantity', quantity }] as const;
    const credited = await issueCredit(context, {
      invoice: invoice.number,
      reason: 'short-shipment',
      lines,
      by: 'finance',
    });
    const command = `$ causeway invoices credit ${invoice.number} --line ${position}=${quantity} --reason short-shipment`;
    if (credited.kind === 'refused') return [command, ...credited.reasons.map(({ text }) => text)];
    return [command, `credit memo ${credited.number} over ${credited.amount} ${credited.currency}`];
  };
