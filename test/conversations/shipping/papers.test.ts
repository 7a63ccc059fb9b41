import test from 'ava';
import { listUnits } from '../../../src/domain/shipment/packed.ts';
import { labelShipment } from '../../../src/pipeline/print/label-shipment.ts';
import { printLabelsAsZpl } from '../../../src/pipeline/print/print-labels.ts';
import { printPackingSlip } from '../../../src/pipeline/print/print-packing.ts';
import { loadPrintedOrders } from '../../../src/pipeline/print/printed-order.ts';
import { findShipmentByNumber } from '../../../src/store/shipments.ts';
import { canReadPdf, readPages } from '../../render/page/read-pdf.ts';
import { playDropShip } from './drop-ship.ts';
import { playInstruments } from './instruments.ts';
import { playPickAndPack } from './pick-and-pack.ts';

test('labels and packing slip name the SSCCs of the notice, each dealt once', async (t) => {
  const stage = await playPickAndPack(t);
  const sent = (await stage.outbound('marlow')).flatMap(({ sets }) => sets);
  const told = sent
    .filter(({ set }) => set === '856')
    .flatMap(({ segments }) => segments)
    .flatMap(([tag, qualifier, value]) => (tag === 'MAN' && qualifier === 'GM' ? [value!] : []));
  t.is(told.length, 8);
  t.is(new Set(told).size, 8);

  const printed: string[] = [];
  for (const number of ['00000001', '00000002']) {
    const goods = (await findShipmentByNumber(stage.context.db, number))!;
    const orders = await loadPrintedOrders(stage.context.db, goods.lines);
    const own = listUnits(goods.content).map(({ unit }) => unit.sscc!);
    const labels = [...printLabelsAsZpl(stage.context, labelShipment(stage.context, goods, orders), 203)];
    t.is(labels.length, own.length);
    for (const [i, zpl] of labels.entries()) t.true(zpl.includes(own[i]!), `the label of ${own[i]}`);
    printed.push(...own);
    if (!canReadPdf()) continue;
    const slip = readPages(printPackingSlip(stage.context, goods, orders)).join('\n');
    for (const sscc of own) t.true(slip.replaceAll(/\s/g, '').includes(sscc), `${sscc} on the packing slip`);
  }
  t.deepEqual(printed, told);
});

test('each certificate goes by mail as a PDF, and a serial that left is on no shelf', async (t) => {
  const stage = await playInstruments(t);
  const [first, second] = stage.mails;
  const names = (mail: typeof first) => mail!.mail.attachments.map(({ filename }) => filename);
  t.is(names(first).length, 7);
  t.is(names(second).length, 2);
  for (const { content } of first!.mail.attachments)
    t.is(Buffer.from(content as ArrayBuffer).toString('latin1', 0, 5), '%PDF-');
  const left = await stage.context
    .db('stock_serial as s')
    .leftJoin('allocation as a', 'a.id', 's.allocation_id')
    .whereRaw("a.state is distinct from 'shipped'")
    .orderBy('serial')
    .pluck('serial');
  t.deepEqual(left, ['SN-206']);
});

test('who waits for a parcel is told where to look it up', async (t) => {
  const stage = await playDropShip(t);
  const [first] = stage.mails;
  for (const number of ['1Z999AA10123456784', '1Z999AA10123456793']) {
    const link = `https://www.ups.example/track?num=${number}`;
    t.true(first!.mail.text!.includes(link), first!.mail.text!);
    t.true(first!.mail.html!.includes(link));
  }
});
