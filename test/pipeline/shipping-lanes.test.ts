import test from 'ava';
import type { Context } from '../../src/context.ts';
import { billLane } from '../../src/pipeline/bill/bill-lane.ts';
import { issueCredit } from '../../src/pipeline/bill/issue-credit.ts';
import { listWaitingWork } from '../../src/store/lanes.ts';
import { trace } from '../../src/store/trace.ts';
import { type BillingDesk, openBilling, signed } from '../support/billing.ts';
import { openDesk, stockOf } from '../support/desk.ts';
import { openPost, writeOrder } from '../support/desk-documents.ts';
import { shipmentOf, tell } from '../support/shipments.ts';

const SEND = '{ "856": {}, "810": {}, certificates: { kinds: [conformance], via: sftp } }';
const DAY = 86_400_000;

async function listWaiting({ context }: Pick<BillingDesk, 'context'>): Promise<readonly string[]> {
  const work = await listWaitingWork(context.db, context.clock());
  return [...new Set(work.map(({ kind }) => kind))].toSorted();
}

test('what is to be billed and certified is known without any job, until it is done', async (t) => {
  const desk = await openBilling(t, SEND, { alter: signed });
  await desk.order('PO-1', ['10 HB-1001 3.25']);
  t.deepEqual(await listWaiting(desk), []);
  await tell(desk, shipmentOf('SH-1', ['PO-1 1 10']));
  t.deepEqual(await listWaiting(desk), ['bill', 'certify']);
  await desk.certify();
  t.deepEqual(await listWaiting(desk), ['bill']);
  await desk.bill();
  t.deepEqual(await listWaiting(desk), []);
});

test('the invoice of a month wakes its lane when the month is over, and not before', async (t) => {
  const desk = await openBilling(t, '{ "856": {}, "810": { consolidate: month } }');
  await desk.order('PO-1', ['10 HB-1001 3.25']);
  await tell(desk, shipmentOf('SH-1', ['PO-1 1 10']));
  t.deepEqual(await listWaiting(desk), []);
  desk.advance(10 * DAY);
  t.deepEqual(await listWaiting(desk), ['bill']);
});

test('the number of an invoice, a credit memo or a certificate leads to the timeline of the order', async (t) => {
  const desk = await openBilling(t, SEND, { alter: signed });
  await desk.order('PO-1', ['10 HB-1001 3.25']);
  await desk.order('PO-2', ['10 HB-1001 3.25']);
  for (const n of [1, 2]) {
    await tell(desk, shipmentOf(`SH-${n}`, [`PO-${n} 1 10`]));
    await desk.bill();
  }
  const lines = [{ position: 1, kind: 'price', price: '1' }] as const;
  await issueCredit(desk.context, {
    invoice: 'INV-2026-00001',
    reason: 'price-correction',
    lines,
    by: 'ann',
  });
  for (const number of ['INV-2026-00001', 'CM-2026-00001', 'C-2026-00001']) {
    const { entries } = await trace(desk.context.db, number);
    const kinds = entries.flatMap((entry) => {
      if (entry.kind === 'order') return [`order ${entry.order.poNumber}`];
      if (entry.kind === 'shipment') return [`shipment ${entry.shipment.number}`];
      return entry.kind === 'document' && entry.document.set !== '997' ? [entry.document.set] : [];
    });
    t.deepEqual(kinds.toSorted(), ['810', '810', '850', '855', '856', 'order PO-1', 'shipment SH-1'], number);
  }
});

test('a partner whose file is broken keeps no other from its invoices', async (t) => {
  const desk = await openDesk(t, {
    orders: '{ promise: stock }',
    yaml: 'send: { "856": {}, "810": {} }\n',
    partners: ['alpha', 'beta'],
    master: { warehouses: 'id,name\nDAY,Dayton', stock: stockOf({ 'HB-1001': 100 }) },
  });
  for (const [i, partner] of ['alpha', 'beta'].entries()) {
    await desk.send(partner, openPost(partner).file(writeOrder(`PO-${i}`, ['10 HB-1001 3.25'])));
    await tell(desk, shipmentOf(`SH-${i}`, [`PO-${i} 1 10`]));
  }
  const { configuration, db } = desk.context;
  const partners = new Map(configuration().partners);
  partners.delete('alpha');
  const broken: Context = { ...desk.context, configuration: () => ({ ...configuration(), partners }) };
  const bill = (context: Context) => billLane(context, new AbortController().signal);

  const error = await t.throwsAsync(bill(broken));
  t.regex(error!.message, /partner alpha has no sound partner file/);
  t.deepEqual(await db('invoice').pluck('partner'), ['beta']);
  await bill(desk.context);
  t.deepEqual(await db('invoice').orderBy('number').pluck('partner'), ['beta', 'alpha']);
});
