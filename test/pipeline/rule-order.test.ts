import test, { type ExecutionContext } from 'ava';
import { chooseResolution } from '../../src/pipeline/choose-resolution.ts';
import { importMasterData } from '../../src/pipeline/import/import-master-data.ts';
import type { ImportKind } from '../../src/pipeline/import/kinds.ts';
import { announcePromises } from '../../src/pipeline/revise/announce-promises.ts';
import { ruleOrder } from '../../src/pipeline/revise/rule-order.ts';
import { watchWaitingChanges } from '../../src/pipeline/revise/watch-changes.ts';
import { receiveStock } from '../../src/pipeline/stock/receive-stock.ts';
import { type LaneOptions, type Lanes, openLanes } from '../support/gateway-lane.ts';
import { writeOrders } from '../support/gateway-orders.ts';

const ALPHA = { from: 'ZZ:ALPHA' } as const;

async function open(
  t: ExecutionContext,
  master: Partial<Record<ImportKind, string>> = {},
  options: LaneOptions = {},
): Promise<Lanes> {
  const lanes = await openLanes(t, options);
  for (const [kind, csv] of Object.entries(master)) {
    const imported = await importMasterData(lanes.context, kind as ImportKind, csv, { dryRun: false });
    t.deepEqual(imported.mistakes, [], kind);
  }
  return lanes;
}

const waiting = async (lanes: Lanes) =>
  (await lanes.exceptions('alpha')).filter(({ state }) => state === 'open');

async function choose(lanes: Lanes, kind: string, choice: string, given = {}) {
  const exception = (await waiting(lanes)).find((one) => one.kind === kind);
  return await chooseResolution(lanes.context, { id: exception!.id, choice, given, by: 'ann' }, ruleOrder);
}

/** Segments of the answers to a set, in the order in which they were made. */
async function answers(lanes: Lanes, set: string): Promise<readonly (readonly string[])[]> {
  return (await lanes.outbound('alpha'))
    .filter(({ name }) => name.startsWith(set))
    .map(({ bytes }) => Buffer.from(bytes).toString().split('~'));
}

const pick = (segments: readonly string[], ids: RegExp) => segments.filter((segment) => ids.test(segment));

test('given a price outside tolerance, their price accepted: the order is version 2, told by an 865', async (t) => {
  const lanes = await open(t);
  const lines = [{ quantity: '10', item: 'HB-1001', price: '9.99' }];
  await lanes.send('alpha', writeOrders({ ...ALPHA, control: 1, orders: [{ po: 'PO-1', lines }] }));

  const chosen = await choose(lanes, 'price-outside-tolerance', 'accept-their-price');

  t.is(chosen.kind, 'done', JSON.stringify(chosen));
  t.deepEqual(await waiting(lanes), []);
  const [told] = await answers(lanes, '865');
  t.deepEqual(pick(told!, /^(BCA|POC|ACK)/), [
    'BCA*04**PO-1***20260105****20261121***SA',
    'POC*1*CA*10*10*EA*9.99*PE*VP*HB-1001',
    'ACK*IA*10*EA',
  ]);
  const { db } = lanes.context;
  t.like(await db('purchase_order').first(), { version: 2, outcome: 'accepted' });
  const [before] = await db('order_version').select('version', 'decision', 'changed_by');
  t.like(before, { version: 1, changed_by: null });
  t.is(before.decision.outcome, 'held');
  t.like(await db('purchase_order_line').first(), { outcome: 'IA', price: '9.99' });
  const kinds = (await lanes.events('alpha')).map(({ kind }) => kind);
  t.true(kinds.includes('exception-resolved'));
});

test('given two held lines, one rejected: the other goes on waiting', async (t) => {
  const lanes = await open(t);
  const lines = ['1', '2'].map(() => ({ quantity: '10', item: 'HB-1001', price: '9.99' }));
  await lanes.send('alpha', writeOrders({ ...ALPHA, control: 1, orders: [{ po: 'PO-1', lines }] }));
  t.is((await waiting(lanes)).length, 2);

  await choose(lanes, 'price-outside-tolerance', 'reject-line');

  const [left, ...others] = await waiting(lanes);
  t.deepEqual(others, []);
  t.is(left!.kind, 'price-outside-tolerance');
  const [told] = await answers(lanes, '865');
  t.deepEqual(pick(told!, /^ACK/).toSorted(), ['ACK*IE*10*EA', 'ACK*IR*10*EA']);
});

test('given a partner that wants an 855 instead, it gets one', async (t) => {
  const yaml = 'orders: { answer-again: "855" }\n';
  const lanes = await open(t, {}, { partners: { alpha: { yaml } } });
  const lines = [{ quantity: '10', item: 'HB-1001', price: '9.99' }];
  await lanes.send('alpha', writeOrders({ ...ALPHA, control: 1, orders: [{ po: 'PO-1', lines }] }));

  await choose(lanes, 'price-outside-tolerance', 'answer-our-price');

  const [, again] = await answers(lanes, '855');
  t.deepEqual(pick(again!, /^(BAK|PO1|ACK)/), [
    'BAK*00*AC*PO-1*20260105*****20261121',
    'PO1*1*10*EA*3.25*PE*VP*HB-1001',
    'ACK*IP*10*EA',
  ]);
});

const CUSTOMER = 'number,name,credit_limit,credit_currency\nalpha,Alpha,100,USD\n';

test('given a credit hold released by a person, the order stands and counts', async (t) => {
  const lanes = await open(t, { customers: CUSTOMER });
  const lines = [{ quantity: '100', item: 'HB-1001', price: '3.25' }];
  await lanes.send('alpha', writeOrders({ ...ALPHA, control: 1, orders: [{ po: 'PO-1', lines }] }));
  const { db } = lanes.context;
  t.like(await db('purchase_order').first(), { outcome: 'held' });
  t.like(await db('customer').first(), { accepted_not_shipped: '0' });

  const chosen = await choose(lanes, 'credit-hold', 'release-hold', { reason: 'paid by wire' });

  t.is(chosen.kind, 'done', JSON.stringify(chosen));
  t.like(await db('purchase_order').first(), { outcome: 'accepted', amount: '325', version: 2 });
  t.like(await db('customer').first(), { accepted_not_shipped: '325' });
  const [ruling] = await db('ruling').select('by', 'reason', 'choice');
  t.deepEqual(ruling, { by: 'ann', reason: 'paid by wire', choice: { kind: 'release-hold' } });
});

test('given a choice that leads nowhere, nothing changes', async (t) => {
  const lanes = await open(t);
  const orders = [{ po: 'PO-1' }];
  await lanes.send('alpha', writeOrders({ ...ALPHA, control: 1, orders }));
  await lanes.send(
    'alpha',
    writeOrders({
      ...ALPHA,
      control: 2,
      orders: [{ po: 'PO-1', lines: [{ quantity: '7', item: 'HB-1001', price: '3.25' }] }],
    }),
  );

  const chosen = await choose(lanes, 'duplicate-order', 'process-as-new');

  t.is(chosen.kind, 'refused');
  t.is((await waiting(lanes)).length, 1);
  t.is((await lanes.context.db('ruling')).length, 0);
});

const WAREHOUSES = 'id,name\nDAY,Dayton\n';
const STOCK = 'item,warehouse,on_hand\nHB-1001,DAY,4\n';

test('given a backorder, a receipt fills it and the partner is told', async (t) => {
  const yaml = 'orders: { promise: stock }\n';
  const lanes = await open(t, { warehouses: WAREHOUSES, stock: STOCK }, { partners: { alpha: { yaml } } });
  await lanes.send('alpha', writeOrders({ ...ALPHA, control: 1, orders: [{ po: 'PO-1' }] }));
  const [first] = await answers(lanes, '855');
  t.deepEqual(pick(first!, /^ACK/), ['ACK*BP*4*EA*068*20261121']);

  const { context } = lanes;
  const received = await receiveStock(
    { ...context, announce: (tx, changes) => announcePromises(context, tx, changes) },
    { item: 'HB-1001', warehouse: 'DAY', quantity: '20', serials: [] },
  );

  t.is(received.kind, 'booked');
  const [told] = await answers(lanes, '865');
  t.deepEqual(pick(told!, /^ACK/), ['ACK*IA*10*EA*068*20261121']);
  t.like(await context.db('stock').first(), { on_hand: '24', allocated: '10' });
  t.like(await context.db('purchase_order').first(), { version: 2, outcome: 'accepted' });
  const texts = (await lanes.events('alpha')).map(({ text }) => text);
  t.true(
    texts.some((text) => /line 1: 6 of item HB-1001 filled/.test(text)),
    texts.join('\n'),
  );
});

/** 860 of PO-1 whose QD fits no reading: 6 is neither what is left nor by how much it sinks. */
function writeUnclearChange(): Buffer {
  const order = writeOrders({ ...ALPHA, control: 2, orders: [{ po: 'PO-1' }] }).toString();
  const body = [
    'ST*860*0001',
    'BCH*04*SA*PO-1***20260105*****20260107',
    'POC*1*QD*6*5*EA',
    'CTT*1',
    'SE*5*0001',
  ];
  return Buffer.from(order.replace('GS*PO', 'GS*PC').replace(/ST\*850.*SE\*\d+\*0001/, body.join('~')));
}

test('given a change that is not clear, what a person says of it makes it', async (t) => {
  const yaml = 'receive: { "850": {}, "860": {}, "997": {} }\n';
  const lanes = await open(t, {}, { partners: { alpha: { yaml } } });
  await lanes.send('alpha', writeOrders({ ...ALPHA, control: 1, orders: [{ po: 'PO-1' }] }));
  await lanes.send('alpha', writeUnclearChange());
  t.deepEqual(
    (await waiting(lanes)).map(({ kind }) => kind),
    ['change-quantity-unclear'],
  );
  const { db } = lanes.context;
  t.like(await db('order_change').first(), { state: 'held' });
  t.like(await db('purchase_order').first(), { version: 1 });

  const chosen = await choose(lanes, 'change-quantity-unclear', 'set-quantity', { quantity: '6' });

  t.is(chosen.kind, 'done', JSON.stringify(chosen));
  t.deepEqual(await waiting(lanes), []);
  t.like(await db('order_change').first(), { state: 'applied' });
  t.like(await db('purchase_order').first(), { version: 2 });
  t.like(await db('purchase_order_line').first(), { quantity: '6', outcome: 'IA' });
  const told = await answers(lanes, '865');
  t.deepEqual(pick(told.at(-1)!, /^(BCA|POC|ACK)/), [
    'BCA*04*AT*PO-1***20260105****20261121*20260107**SA',
    'POC*1*QD*6*6*EA*3.25*PE*VP*HB-1001',
    'ACK*IA*6*EA',
  ]);
  const [ruling] = await db('ruling').select('order_id', 'by');
  t.deepEqual(ruling, { order_id: null, by: 'ann' });
});

test('given a change that is not clear, a person may refuse it, and the order stays', async (t) => {
  const yaml = 'receive: { "850": {}, "860": {}, "997": {} }\n';
  const lanes = await open(t, {}, { partners: { alpha: { yaml } } });
  await lanes.send('alpha', writeOrders({ ...ALPHA, control: 1, orders: [{ po: 'PO-1' }] }));
  await lanes.send('alpha', writeUnclearChange());

  const chosen = await choose(lanes, 'change-quantity-unclear', 'reject-change', { reason: 'too late' });

  t.is(chosen.kind, 'done', JSON.stringify(chosen));
  const { db } = lanes.context;
  t.like(await db('order_change').first(), { state: 'refused' });
  t.like(await db('purchase_order').first(), { version: 1, outcome: 'accepted' });
  const told = await answers(lanes, '865');
  t.deepEqual(pick(told.at(-1)!, /^(BCA|ACK)/), [
    'BCA*04*RD*PO-1***20260105****20261121*20260107**SA',
    'ACK*IR*10*EA',
  ]);
});

test('given a change that needs less, what it gives back fills what waits', async (t) => {
  const yaml = 'receive: { "850": {}, "860": {}, "997": {} }\norders: { promise: stock }\n';
  const stock = 'item,warehouse,on_hand\nHB-1001,DAY,15\n';
  const lanes = await open(t, { warehouses: WAREHOUSES, stock }, { partners: { alpha: { yaml } } });
  const orders = [{ po: 'PO-1' }, { po: 'PO-2' }];
  await lanes.send('alpha', writeOrders({ ...ALPHA, control: 1, orders }));
  const { db } = lanes.context;
  t.like(await db('stock').first(), { allocated: '15' });

  // The new quantity is 4, and 4 are left: either reading says the same.
  const change = writeUnclearChange().toString().replace('QD*6*5*EA', 'QD*4*4*EA');
  await lanes.send('alpha', Buffer.from(change));

  t.deepEqual(await waiting(lanes), []);
  t.like(await db('stock').first(), { allocated: '14' });
  // The day that PO-1 was wanted on has passed when the lane runs.
  const lines = await db('purchase_order_line').select('quantity', 'outcome').orderBy('quantity');
  t.deepEqual(lines, [
    { quantity: '4', outcome: 'DR' },
    { quantity: '10', outcome: 'IA' },
  ]);
  const told = (await answers(lanes, '865')).map((segments) => pick(segments, /^ACK/));
  t.deepEqual(told.toSorted(), [['ACK*DR*4*EA*068*20261121'], ['ACK*IA*10*EA*068*20261121']]);
});

test('given a change without its order, a person is asked once and may refuse it', async (t) => {
  const yaml = 'receive: { "850": {}, "860": {}, "997": {} }\n';
  const lanes = await open(t, {}, { partners: { alpha: { yaml } } });
  await lanes.send('alpha', writeUnclearChange());
  const { context } = lanes;
  t.is(await watchWaitingChanges(context), 0);
  t.deepEqual(await waiting(lanes), []);

  lanes.advance(3 * 24 * 60 * 60_000 + 1);
  t.is(await watchWaitingChanges(context), 1);
  t.is(await watchWaitingChanges(context), 0);
  const chosen = await choose(lanes, 'change-waits-too-long', 'reject-change');

  t.is(chosen.kind, 'done', JSON.stringify(chosen));
  t.like(await context.db('order_change').first(), { state: 'refused' });
  const told = await answers(lanes, '865');
  t.regex(pick(told.at(-1)!, /^BCA/).join(), /^BCA\*04\*R[DJ]\*PO-1/);
});
