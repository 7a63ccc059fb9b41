import test from 'ava';
import { explain } from '../../src/pipeline/explain/explain.ts';
import { openBilling } from '../support/billing.ts';
import { shipmentOf, tell } from '../support/shipments.ts';

test('every figure of an invoice, and every element of its 810 and of the 856, says where it came from', async (t) => {
  const desk = await openBilling(t);
  await desk.order('PO-1', ['40 HB-1001 3.25']);
  await tell(desk, { ...shipmentOf('SH-1', ['PO-1 1 10']), freight: { amount: '5.00' } });
  await desk.bill();

  const invoice = await explain(desk.context, { what: 'INV-2026-00001' });
  t.is(invoice.kind, 'explained');
  const figures = invoice.kind === 'explained' ? invoice.paper!.figures : [];
  const from = (path: string) => figures.find((one) => one.path === path);
  t.like(from('lines[0].quantity'), { value: '10', from: 'shipment SH-1: what was packed of PO-1 line 1' });
  t.like(from('lines[0].unitPrice'), { value: '3.25', from: 'PO-1 line 1, as it was answered' });
  t.like(from('allowanceCharges[0].amount'), { value: '5', from: 'shipment SH-1: its freight' });
  const unknown = figures.filter(({ from: source }) => source === undefined);
  t.deepEqual(
    unknown.map(({ path }) => path),
    ['kind'],
  );

  const rows: readonly { id: string; set: string }[] = await desk.context
    .db('document')
    .whereIn('set', ['856', '810'])
    .select('id', 'set');
  t.is(rows.length, 2);
  for (const { id, set } of rows) {
    const told = await explain(desk.context, { what: id });
    const elements = told.kind === 'explained' ? told.document!.elements : [];
    t.true(elements.length > 20, set);
    // What no rule of the map stands for has a source in words.
    const silent = elements.filter(({ path, from: source }) => path !== undefined && source === undefined);
    t.deepEqual(
      silent.map(({ at, path }) => `${set} ${at} ${path}`),
      [],
    );
  }
});

test('a shipment that no 856 told of says where its papers have what they say', async (t) => {
  const desk = await openBilling(t, '{}');
  await desk.order('PO-1', ['40 HB-1001 3.25']);
  await tell(desk, shipmentOf('SH-1', ['PO-1 1 10']));
  const told = await explain(desk.context, { what: 'SH-1' });
  const figures = told.kind === 'explained' ? told.paper!.figures : [];
  t.deepEqual(
    figures.find(({ path }) => path === 'loose[0].quantity'),
    { path: 'loose[0].quantity', value: '10', from: 'as the warehouse told it, version 1' },
  );
  t.like(await explain(desk.context, { what: 'SH-9' }), { kind: 'refused' });
});
