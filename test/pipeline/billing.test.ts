import test from 'ava';
import { issueCredit } from '../../src/pipeline/bill/issue-credit.ts';
import { chooseResolution } from '../../src/pipeline/choose-resolution.ts';
import { bookReturn, openReturn } from '../../src/pipeline/return/handle-return.ts';
import { ruleOrder } from '../../src/pipeline/revise/rule-order.ts';
import { openBilling } from '../support/billing.ts';
import { openPost, writeOrder } from '../support/desk-documents.ts';
import { assertDesk } from '../support/desk-invariants.ts';
import { readStock, shipmentOf, tell } from '../support/shipments.ts';

test('a shipment is billed once, by an 810 that an independent reader reads alike', async (t) => {
  const desk = await openBilling(t);
  await desk.order('PO-1', ['40 HB-1001 3.25', '5 WS-2001 0.13']);
  await tell(desk, shipmentOf('SH-1', ['PO-1 1 10', 'PO-1 2 5']));
  await desk.bill();
  await desk.bill();

  const [invoice, ...more] = await desk.invoices();
  t.deepEqual(more, []);
  t.like(invoice, {
    number: 'INV-2026-00001',
    amount: '33.15',
    currency: 'USD',
    issued: '2026-11-21',
    due: '2026-12-21',
  });
  const sets = (await desk.outbound('alpha')).flatMap(({ sets: inside }) => inside);
  t.deepEqual(
    sets.map(({ set }) => set).filter((set) => set !== '997'),
    ['855', '856', '810'],
  );
  const bill = sets.find(({ set }) => set === '810')!;
  t.deepEqual(
    bill.segments
      .filter(([tag]) => tag === 'IT1' || tag === 'TDS' || tag === 'BIG')
      .map((one) => one.slice(0, 6).join('*')),
    [
      'BIG*20261121*INV-2026-00001*20261120*PO-1*',
      'IT1*1*10*EA*3.25*PE',
      'IT1*2*5*EA*0.13*PE',
      'TDS*3315*3315*3249*66',
    ],
  );
  await assertDesk(t, desk);
});

test('what the customer owes moves from shipped to invoiced', async (t) => {
  const desk = await openBilling(t);
  await desk.order('PO-1', ['40 HB-1001 3.25']);
  await tell(desk, shipmentOf('SH-1', ['PO-1 1 10']));
  const owed = () =>
    desk.context
      .db('customer')
      .where({ number: 'alpha' })
      .first('accepted_not_shipped', 'shipped_not_invoiced');
  t.deepEqual(await owed(), { accepted_not_shipped: '97.5', shipped_not_invoiced: '32.5' });
  await desk.bill();
  t.deepEqual(await owed(), { accepted_not_shipped: '97.5', shipped_not_invoiced: '0.0' });
  t.deepEqual(await desk.context.db('receivable').select('number', 'amount', 'due'), [
    { number: 'INV-2026-00001', amount: '32.5', due: '2026-12-21' },
  ]);
});

test('several shipments of an order bill what each holds, and together what was shipped', async (t) => {
  const desk = await openBilling(t);
  await desk.order('PO-1', ['40 HB-1001 3.25']);
  for (const [number, quantity] of [
    ['SH-1', '7'],
    ['SH-2', '33'],
  ] as const) {
    await tell(desk, shipmentOf(number, [`PO-1 1 ${quantity}`]));
    await desk.bill();
  }
  t.deepEqual(
    (await desk.invoices()).map(({ number, amount }) => `${number} ${amount}`),
    ['INV-2026-00001 22.75', 'INV-2026-00002 107.25'],
  );
});

test('one invoice a month holds what left in it', async (t) => {
  const desk = await openBilling(t, '{ "856": {}, "810": { consolidate: month } }');
  for (const po of ['PO-1', 'PO-2']) {
    await desk.order(po, ['10 HB-1001 3.25']);
    await tell(desk, shipmentOf(`SH-${po}`, [`${po} 1 10`]));
  }
  await desk.bill();
  t.deepEqual(await desk.invoices(), []);
  desk.advance(10 * 86_400_000);
  await desk.bill();
  const [invoice] = await desk.invoices();
  t.is(invoice!.amount, '65');
  t.deepEqual(
    invoice!.content.lines.map(({ references }) => references!.map(({ value }) => value)),
    [
      ['PO-1', '1'],
      ['PO-2', '1'],
    ],
  );
});

test('what goes to another place is on another invoice of that month', async (t) => {
  const desk = await openBilling(t, '{ "856": {}, "810": { consolidate: month } }');
  const post = openPost('alpha');
  for (const [po, shipTo] of [
    ['PO-1', 'DC12'],
    ['PO-2', 'DC13'],
    ['PO-3', 'DC12'],
  ] as const) {
    await desk.send('alpha', post.file(writeOrder(po, ['10 HB-1001 3.25'], { shipTo })));
    await tell(desk, shipmentOf(`SH-${po}`, [`${po} 1 10`]));
  }
  desk.advance(10 * 86_400_000);
  await desk.bill();
  t.deepEqual(
    (await desk.invoices()).map(({ content }) => [
      content.parties!.find(({ role }) => role === 'ship-to')!.id,
      ...content.lines.map(({ references }) => references?.[0]?.value),
    ]),
    [
      ['DC12', 'PO-1', 'PO-3'],
      ['DC13', undefined],
    ],
  );
});

test('an invoice for an order waits until all of it has left', async (t) => {
  const desk = await openBilling(t, '{ "856": {}, "810": { consolidate: order } }');
  await desk.order('PO-1', ['10 HB-1001 3.25']);
  await tell(desk, shipmentOf('SH-1', ['PO-1 1 4']));
  await desk.bill();
  t.deepEqual(await desk.invoices(), []);
  await tell(desk, shipmentOf('SH-2', ['PO-1 1 6']));
  await desk.bill();
  t.deepEqual(
    (await desk.invoices()).map(({ amount, content }) => [amount, content.lines.length]),
    [['32.5', 2]],
  );
});

test('nor does it leave while the notice of a part waits for a person', async (t) => {
  const desk = await openBilling(t, '{ "856": {}, "810": { consolidate: order } }');
  await desk.order('PO-1', ['10 HB-1001 3.25']);
  await tell(desk, shipmentOf('SH-1', ['PO-1 1 4']));
  await tell(desk, shipmentOf('SH-2', ['PO-1 1 7']));
  await desk.bill();
  t.deepEqual(await desk.invoices(), []);
  const [asked] = (await desk.exceptions('alpha')).filter(({ kind }) => kind === 'over-shipment');
  const given = { reason: 'agreed by phone' };
  await chooseResolution(desk.context, { id: asked!.id, choice: 'override', given, by: 'ann' }, ruleOrder);
  await desk.bill();
  t.deepEqual(
    (await desk.invoices()).map(({ amount, content }) => [amount, content.lines.length]),
    [['35.75', 2]],
  );
});

test('a partner without an 810 is not billed from here', async (t) => {
  const desk = await openBilling(t, '{ "856": {} }');
  await desk.order('PO-1', ['10 HB-1001 3.25']);
  await tell(desk, shipmentOf('SH-1', ['PO-1 1 10']));
  await desk.bill();
  t.deepEqual(await desk.invoices(), []);
});

test('what cannot be billed is asked about once, holds up no other, and takes no number', async (t) => {
  const desk = await openBilling(t);
  await desk.order('PO-1', ['10 HB-1001 3.25']);
  await desk.order('PO-2', ['10 HB-1001 3.25']);
  await tell(desk, shipmentOf('SH-1', ['PO-1 1 10']));
  await tell(desk, shipmentOf('SH-2', ['PO-2 1 10']));
  const { db } = desk.context;
  await db.raw(`update purchase_order set content = jsonb_set(d.canonical::jsonb, '{allowanceCharges}',
    '[{"indicator":"allowance","code":"C310","rate":"0.10"}]') from document d where d.id = document_id and po_number = 'PO-1'`);
  await desk.bill();
  await desk.bill();
  t.deepEqual(
    (await desk.invoices()).map(({ number, content }) => `${number} ${content.poNumber}`),
    ['INV-2026-00001 PO-2'],
  );
  const asked = (await desk.exceptions('alpha')).filter(({ kind }) => kind === 'invoice-not-matched');
  t.is(asked.length, 1);
  t.true(asked[0]!.message.includes('shipment SH-1 is not invoiced: PO-1: allowance C310'));

  await db.raw(`update purchase_order set content = null where po_number = 'PO-1'`);
  const chosen = await chooseResolution(
    desk.context,
    { id: asked[0]!.id, choice: 'bill-again', given: {}, by: 'ann' },
    ruleOrder,
  );
  t.deepEqual(chosen, { kind: 'done', text: 'shipment SH-1 is billed again' });
  await desk.bill();
  t.deepEqual(
    (await desk.invoices()).map(({ number }) => number),
    ['INV-2026-00001', 'INV-2026-00002'],
  );
});

test('a price correction is credited by an 810 CR, and never twice', async (t) => {
  const desk = await openBilling(t);
  await desk.order('PO-1', ['10 HB-1001 3.25']);
  await tell(desk, shipmentOf('SH-1', ['PO-1 1 10']));
  await desk.bill();
  const asked = {
    invoice: 'INV-2026-00001',
    reason: 'price-correction',
    lines: [{ position: 1, kind: 'price', price: '1' }],
    by: 'ann',
  } as const;
  const credited = await issueCredit(desk.context, asked);
  t.like(credited, { kind: 'credited', number: 'CM-2026-00001', amount: '22.5', currency: 'USD' });
  const again = await issueCredit(desk.context, asked);
  t.like(again, { kind: 'refused', reasons: [{ code: 'credited-over-billed' }] });
  const memo = (await desk.outbound('alpha'))
    .flatMap(({ sets }) => sets)
    .filter(({ set }) => set === '810')
    .at(-1)!;
  t.deepEqual(
    memo.segments
      .filter(([tag]) => tag === 'BIG' || tag === 'REF' || tag === 'IT1' || tag === 'TDS')
      .map((one) => one.join('*')),
    [
      'BIG*20261121*CM-2026-00001*20261120*PO-1***CR',
      'REF*IV*INV-2026-00001',
      'IT1*1*10*EA*2.25*PE*VP*HB-1001',
      'TDS*2250',
    ],
  );
});

test('a return is authorised, received, put on the shelf and credited', async (t) => {
  const desk = await openBilling(t);
  await desk.order('PO-1', ['10 HB-1001 3.25']);
  await tell(desk, { ...shipmentOf('SH-1', ['PO-1 1 10']), warehouse: 'DAY' });
  await desk.bill();
  const invoice = 'INV-2026-00001';
  const opened = await openReturn(desk.context, {
    invoice,
    reason: 'unused',
    lines: [{ invoicePosition: 1, quantity: '4' }],
  });
  t.like(opened, { kind: 'authorised', number: 'RMA-2026-00001' });
  const over = await openReturn(desk.context, {
    invoice,
    reason: 'unused',
    lines: [{ invoicePosition: 1, quantity: '7' }],
  });
  t.like(over, { kind: 'refused', reasons: [{ code: 'quantity-too-much' }] });

  const received = {
    number: 'RMA-2026-00001',
    lines: [{ position: 1, restocked: '3', scrapped: '1' }],
    by: 'ann',
  };
  t.like(await bookReturn(desk.context, received), {
    kind: 'received',
    credit: { amount: '13', number: 'CM-2026-00001' },
  });
  t.is(
    (await readStock(desk)).find((row) => row.startsWith('HB-1001')),
    'HB-1001 993 0',
  );
  t.like(await bookReturn(desk.context, received), {
    kind: 'refused',
    reasons: [{ code: 'return-not-open' }],
  });
  await assertDesk(t, desk);
});
