import test, { type ExecutionContext } from 'ava';
import type { Shipment } from '../../src/domain/shipment/shipment.ts';
import { chooseResolution } from '../../src/pipeline/choose-resolution.ts';
import { ruleOrder } from '../../src/pipeline/revise/rule-order.ts';
import { findSetsOf, openDesk, readOrder, stockOf } from '../support/desk.ts';
import {
  openPost,
  writeCancel,
  writeChange,
  writeOrder,
  writeQuantity,
  writeRelease,
} from '../support/desk-documents.ts';
import { assertDesk } from '../support/desk-invariants.ts';
import { findElement } from '../support/gateway-answers.ts';
import type { Lanes } from '../support/gateway-lane.ts';
import {
  drainReports,
  pack,
  readShipments,
  readStock,
  receive,
  shipmentOf,
  tell,
} from '../support/shipments.ts';

const master = {
  customers: 'number,name,credit_limit,credit_currency\nalpha,Alpha,100000,USD',
  warehouses: 'id,name\nDAY,Dayton',
  stock: stockOf({ 'HB-1001': 100, 'HB-1002': 0, 'WS-2001': 1000 }),
};

async function openShipping(t: ExecutionContext, more: Partial<Parameters<typeof openDesk>[1]> = {}) {
  const desk = await openDesk(t, {
    orders: '{ promise: stock }',
    yaml: 'send: { "856": { within: 2h } }\n',
    master,
    ...more,
  });
  return { desk, post: openPost('alpha') };
}

/** Accepted and not shipped, shipped and not invoiced. */
async function readDebt({ context: { db } }: Lanes): Promise<string> {
  const [row] = await db('customer').select(
    db.raw("trim_scale(accepted_not_shipped) || ' ' || trim_scale(shipped_not_invoiced) as debt"),
  );
  return row.debt;
}

async function choose(desk: Lanes, kind: string, choice: string, given: Record<string, string> = {}) {
  const [asked] = (await desk.exceptions('alpha')).filter((one) => one.kind === kind && one.state === 'open');
  return await chooseResolution(desk.context, { id: asked!.id, choice, given, by: 'ann' }, ruleOrder);
}

/** BSN01 of each 856 that left. */
async function listPurposes(desk: Lanes): Promise<readonly (string | undefined)[]> {
  return (await findSetsOf(desk, '856')).map((set) => findElement(set, 'BSN', 1));
}

async function listOpen(desk: Lanes): Promise<readonly string[]> {
  return (await desk.exceptions('alpha'))
    .filter(({ state }) => state === 'open')
    .map(({ kind, message }) => `${kind}: ${message}`);
}

test('a part of an order leaves: stock, reservations and what the customer owes go with it', async (t) => {
  const { desk, post } = await openShipping(t);
  await desk.send('alpha', post.file(writeOrder('PO-1', ['40 HB-1001 3.25', '5 WS-2001 0.13'])));
  t.is(await readDebt(desk), '130.65 0');

  const told = await tell(desk, shipmentOf('SH-1', ['PO-1 1 10']));

  t.like(told, { state: 'done', number: 'SH-1', version: 1, stops: [], repeated: false });
  t.deepEqual(await readStock(desk), ['HB-1001 90 30', 'HB-1002 0 0', 'WS-2001 1000 5']);
  t.is(await readDebt(desk), '98.15 32.5');
  t.is((await readOrder(desk, 'PO-1'))?.state, 'open');
  t.deepEqual(await readShipments(desk), ['SH-1 v1 shipped, notice sent']);
  t.is((await findSetsOf(desk, '856')).length, 1);
  await assertDesk(t, desk);
});

test('an order is closed when all that stands of it has left, over several shipments', async (t) => {
  const { desk, post } = await openShipping(t);
  await desk.send('alpha', post.file(writeOrder('PO-1', ['7 HB-1001 3.25', '5 WS-2001 0.13'])));

  await tell(desk, shipmentOf('SH-1', ['PO-1 1 3', 'PO-1 2 5']));
  t.is((await readOrder(desk, 'PO-1'))?.state, 'open');
  await tell(desk, shipmentOf('SH-2', ['PO-1 1 4']));

  t.is((await readOrder(desk, 'PO-1'))?.state, 'closed');
  t.is(await readDebt(desk), '0 23.4');
  t.deepEqual(await readStock(desk), ['HB-1001 93 0', 'HB-1002 0 0', 'WS-2001 995 0']);
  await assertDesk(t, desk);
});

test('several orders of one partner to one place leave together; an order of another place does not', async (t) => {
  const { desk, post } = await openShipping(t);
  const orders = [
    writeOrder('PO-1', ['4 HB-1001 3.25']),
    writeOrder('PO-2', ['6 HB-1001 3.25']),
    writeOrder('PO-3', ['2 HB-1001 3.25'], { shipTo: 'DC13' }),
  ];
  await desk.send('alpha', post.file(...orders));

  t.is((await tell(desk, shipmentOf('SH-1', ['PO-1 1 4', 'PO-2 1 6']))).state, 'done');
  const apart = await tell(desk, shipmentOf('SH-2', ['PO-2 1 1', 'PO-3 1 2']));

  t.is(apart.state, 'refused');
  t.deepEqual(
    apart.reasons?.map(({ code }) => code),
    ['several-ship-tos'],
  );
  t.deepEqual(await readStock(desk), ['HB-1001 90 2', 'HB-1002 0 0', 'WS-2001 1000 0']);
  await assertDesk(t, desk);
});

test('the same report again changes nothing, and neither does the same content as an original', async (t) => {
  const { desk, post } = await openShipping(t);
  await desk.send('alpha', post.file(writeOrder('PO-1', ['40 HB-1001 3.25'])));
  const content = shipmentOf('SH-1', ['PO-1 1 10']);
  await tell(desk, content);
  const before = await readStock(desk);

  const again = await tell(desk, content);
  const otherKey = await tell(desk, content, 'another key');

  t.like(again, { state: 'done', number: 'SH-1', version: 1, repeated: true });
  t.like(otherKey, { state: 'done', number: 'SH-1', version: 1 });
  t.deepEqual(await readStock(desk), before);
  t.is((await findSetsOf(desk, '856')).length, 1);
});

test('a known number with other content, and a key with other content, are refused', async (t) => {
  const { desk, post } = await openShipping(t);
  await desk.send('alpha', post.file(writeOrder('PO-1', ['40 HB-1001 3.25'])));
  await tell(desk, shipmentOf('SH-1', ['PO-1 1 10']), 'k1');

  const known = await tell(desk, shipmentOf('SH-1', ['PO-1 1 11']));
  const key = await tell(desk, shipmentOf('SH-2', ['PO-1 1 1']), 'k1');

  t.deepEqual([known.reasons?.[0]?.code, key.reasons?.[0]?.code], ['shipment-known', 'key-used']);
  t.deepEqual(await readStock(desk), ['HB-1001 90 30', 'HB-1002 0 0', 'WS-2001 1000 0']);
});

test('a correction books the difference, and the partner hears of it as a replacement', async (t) => {
  const { desk, post } = await openShipping(t);
  await desk.send('alpha', post.file(writeOrder('PO-1', ['40 HB-1001 3.25', '5 WS-2001 0.13'])));
  await tell(desk, shipmentOf('SH-1', ['PO-1 1 10', 'PO-1 2 5']));

  const told = await tell(desk, { ...shipmentOf('SH-1', ['PO-1 1 8']), purpose: 'replace' });

  t.like(told, { state: 'done', version: 2 });
  t.deepEqual(await readStock(desk), ['HB-1001 92 32', 'HB-1002 0 0', 'WS-2001 1000 5']);
  t.is(await readDebt(desk), '104.65 26');
  t.deepEqual(await listPurposes(desk), ['00', '05']);
  await assertDesk(t, desk);
});

test('a shipment that is taken back gives all of it back, and its notice is cancelled', async (t) => {
  const { desk, post } = await openShipping(t);
  await desk.send('alpha', post.file(writeOrder('PO-1', ['10 HB-1001 3.25'])));
  await tell(desk, shipmentOf('SH-1', ['PO-1 1 10']));
  t.is((await readOrder(desk, 'PO-1'))?.state, 'closed');

  const told = await tell(desk, { kind: 'shipment', purpose: 'cancel', number: 'SH-1' });

  t.like(told, { state: 'done', version: 2 });
  t.is((await readOrder(desk, 'PO-1'))?.state, 'open');
  t.deepEqual(await readStock(desk), ['HB-1001 100 10', 'HB-1002 0 0', 'WS-2001 1000 0']);
  t.is(await readDebt(desk), '32.5 0');
  t.deepEqual(await readShipments(desk), ['SH-1 v2 cancelled, notice cancelled']);
  t.deepEqual(await listPurposes(desk), ['00', '01']);
  await assertDesk(t, desk);
});

test('a correction that outruns its shipment waits for it', async (t) => {
  const { desk, post } = await openShipping(t);
  await desk.send('alpha', post.file(writeOrder('PO-1', ['40 HB-1001 3.25'])));

  const early = await tell(desk, { ...shipmentOf('SH-1', ['PO-1 1 8']), purpose: 'replace' });
  t.is(early.state, 'waiting');
  await tell(desk, shipmentOf('SH-1', ['PO-1 1 10']));
  await drainReports(desk);

  t.deepEqual(await readShipments(desk), ['SH-1 v2 shipped, notice sent']);
  t.deepEqual(await readStock(desk), ['HB-1001 92 32', 'HB-1002 0 0', 'WS-2001 1000 0']);
  await assertDesk(t, desk);
});

test('more than is agreed is booked, and its notice waits until a person lets it pass', async (t) => {
  const { desk, post } = await openShipping(t, {
    yaml: 'send: { "856": {} }\nshipping: { over: "10" }\n',
  });
  await desk.send('alpha', post.file(writeOrder('PO-1', ['10 HB-1001 3.25', '10 WS-2001 0.13'])));

  const told = await tell(desk, shipmentOf('SH-1', ['PO-1 1 12', 'PO-1 2 11']));

  const text = 'order PO-1 line 1: 12 EA left, 10 were to be shipped and 10 % over them are agreed';
  t.deepEqual(
    told.stops?.map(({ message }) => message),
    [text],
  );
  t.deepEqual(await readShipments(desk), ['SH-1 v1 shipped, notice stopped']);
  t.is((await findSetsOf(desk, '856')).length, 0);
  t.deepEqual(await listOpen(desk), [`over-shipment: shipment SH-1: ${text}`]);
  t.deepEqual(await readStock(desk), ['HB-1001 88 0', 'HB-1002 0 0', 'WS-2001 989 0']);
  t.is(await readDebt(desk), '0 40.43');
  await assertDesk(t, desk);

  await choose(desk, 'over-shipment', 'override', { reason: 'agreed by phone' });

  t.deepEqual(await readShipments(desk), ['SH-1 v1 shipped, notice sent']);
  t.deepEqual(await listOpen(desk), []);
  t.is((await findSetsOf(desk, '856')).length, 1);
});

test('a correction within the order answers what was asked', async (t) => {
  const { desk, post } = await openShipping(t);
  await desk.send('alpha', post.file(writeOrder('PO-1', ['10 HB-1001 3.25'])));
  await tell(desk, shipmentOf('SH-1', ['PO-1 1 12']));

  await tell(desk, { ...shipmentOf('SH-1', ['PO-1 1 10']), purpose: 'replace' });

  t.deepEqual(await listOpen(desk), []);
  t.deepEqual(await readShipments(desk), ['SH-1 v2 shipped, notice sent']);
  t.deepEqual(await listPurposes(desk), ['00']);
  await assertDesk(t, desk);
});

test('what cannot be so is refused with its places, and looked at again when it can', async (t) => {
  const { desk, post } = await openShipping(t);
  const content: Shipment = {
    kind: 'shipment',
    purpose: 'original',
    number: 'SH-1',
    units: [{ kind: 'carton', sscc: '006141410000000013', contents: [pack('PO-9 1 4')] }],
    loose: [pack('PO-1 7 1'), pack('PO-1 1 0')],
  };
  await desk.send('alpha', post.file(writeOrder('PO-1', ['10 HB-1001 3.25'])));

  const told = await tell(desk, content);

  t.is(told.state, 'refused');
  t.deepEqual(
    told.reasons?.map(({ text }) => text),
    [
      'units[0].contents[0]: there is no order PO-9',
      'loose[0]: order PO-1 has no line 7; it has 1',
      'loose[1]: quantity "0": expected a number above zero',
      'units[0]: SSCC 006141410000000013: the check digit is 3, expected 2',
    ],
  );
  t.is((await listOpen(desk)).length, 1);
  t.deepEqual(await readShipments(desk), []);
  await assertDesk(t, desk);
});

test('a refused report is booked when its order has come', async (t) => {
  const { desk, post } = await openShipping(t);
  const told = await tell(desk, { ...shipmentOf('SH-1', ['PO-1 1 4']), partner: 'alpha' });
  t.is(told.state, 'refused');
  const early = await choose(desk, 'shipment-refused', 'look-again');
  t.is(early.kind, 'refused');
  await desk.send('alpha', post.file(writeOrder('PO-1', ['10 HB-1001 3.25'])));

  const chosen = await choose(desk, 'shipment-refused', 'look-again');

  t.deepEqual(chosen, { kind: 'done', text: 'shipment SH-1 is booked in version 1' });
  t.deepEqual(await listOpen(desk), []);
  t.deepEqual(await readShipments(desk), ['SH-1 v1 shipped, notice sent']);
  await assertDesk(t, desk);
});

test('lines that were refused, held or cancelled do not ship', async (t) => {
  const { desk, post } = await openShipping(t);
  const refused = writeOrder('PO-1', ['10 HB-1001 3.25', '1 NO-ITEM 1.00']);
  const held = writeOrder('PO-2', ['10 HB-1001 99.00']);
  await desk.send(
    'alpha',
    post.file(refused, held, writeOrder('PO-3', ['1 HB-1001 3.25']), writeCancel('PO-3')),
  );

  const told = await tell(desk, shipmentOf('SH-1', ['PO-1 2 1', 'PO-2 1 1', 'PO-3 1 1']));

  t.deepEqual(
    told.reasons?.map(({ code }) => code),
    ['line-not-accepted', 'line-held', 'order-cancelled'],
  );
});

test('what was ordered of a blanket order counts as shipped in its ledger', async (t) => {
  const { desk, post } = await openShipping(t);
  const blanket = writeOrder('BK-1', ['80 HB-1001 3.25'], { type: 'BK' });
  await desk.send('alpha', post.file(blanket, writeRelease('BK-1', 'R1', ['60 HB-1001 3.25'])));

  t.is((await tell(desk, shipmentOf('SH-0', ['BK-1 1 5']))).reasons?.[0]?.code, 'order-is-blanket');
  await tell(desk, shipmentOf('SH-1', ['BK-1/R1 1 20']));
  await tell(desk, { ...shipmentOf('SH-1', ['BK-1/R1 1 15']), purpose: 'replace' });

  const [line] = await desk.context
    .db('blanket_line')
    .select(desk.context.db.raw('trim_scale(shipped)::text as shipped'));
  t.is(line.shipped, '15');
  const entries = await desk.context
    .db('blanket_entry')
    .where({ kind: 'ship' })
    .orderBy('id')
    .pluck('quantity');
  t.deepEqual(entries, ['20', '-5']);
  await assertDesk(t, desk);
});

test('an order that has left in part is changed without giving back or reserving again what left', async (t) => {
  const { desk, post } = await openShipping(t);
  await desk.send('alpha', post.file(writeOrder('PO-1', ['40 HB-1001 3.25'])));
  await tell(desk, shipmentOf('SH-1', ['PO-1 1 10']));

  await desk.send('alpha', post.file(writeQuantity('PO-1', 'QI', 60)));

  t.deepEqual(await readStock(desk), ['HB-1001 90 50', 'HB-1002 0 0', 'WS-2001 1000 0']);
  await assertDesk(t, desk);

  // Cancelled: what left stays, and nothing is left to ship.
  await desk.send('alpha', post.file(writeCancel('PO-1', { sequence: 2 })));

  t.deepEqual(await readStock(desk), ['HB-1001 90 0', 'HB-1002 0 0', 'WS-2001 1000 0']);
  t.like(await readOrder(desk, 'PO-1'), { state: 'closed', amount: '32.5' });
  t.is(await readDebt(desk), '0 32.5');
  await assertDesk(t, desk);
});

test('a backorder goes on waiting for what did not leave, and is filled', async (t) => {
  const { desk, post } = await openShipping(t, {
    master: { ...master, stock: stockOf({ 'HB-1001': 6, 'HB-1002': 0, 'WS-2001': 0 }) },
  });
  await desk.send('alpha', post.file(writeOrder('PO-1', ['10 HB-1001 3.25'])));
  await tell(desk, shipmentOf('SH-1', ['PO-1 1 6']));
  await assertDesk(t, desk);

  await receive(desk, 'HB-1001', '5');

  t.deepEqual((await readStock(desk))[0], 'HB-1001 5 4');
  await assertDesk(t, desk);
  await tell(desk, shipmentOf('SH-2', ['PO-1 1 4']));
  t.is((await readOrder(desk, 'PO-1'))?.state, 'closed');
  await assertDesk(t, desk);
});

test('what leaves another warehouse than it was set aside in frees that one', async (t) => {
  const { desk, post } = await openShipping(t, {
    master: {
      customers: master.customers,
      warehouses: 'id,name\nDAY,Dayton\nRNO,Reno',
      stock: 'item,warehouse,on_hand\nHB-1001,DAY,10\nHB-1001,RNO,3',
    },
  });
  await desk.send('alpha', post.file(writeOrder('PO-1', ['10 HB-1001 3.25'])));

  await tell(desk, { ...shipmentOf('SH-1', ['PO-1 1 4']), warehouse: 'RNO' });

  t.deepEqual(await readStock(desk), ['HB-1001 10 6', 'HB-1001 -1 0']);
  t.deepEqual(await listOpen(desk), [
    'stock-below-reserved: shipment SH-1: -1 of item HB-1001 are left in RNO, and 0 are set aside for orders',
  ]);
  // Where nobody says which warehouse it left, what was set aside tells; more than that is not guessed.
  t.is((await tell(desk, shipmentOf('SH-2', ['PO-1 1 6']))).state, 'done');
  t.deepEqual(await readStock(desk), ['HB-1001 4 0', 'HB-1001 -1 0']);
  t.is((await tell(desk, shipmentOf('SH-3', ['PO-1 1 1']))).reasons?.[0]?.code, 'warehouse-missing');
});

test('test orders ship apart from live ones, and book nothing', async (t) => {
  const { desk, post } = await openShipping(t);
  await desk.send('alpha', post.test(writeOrder('PO-1', ['10 HB-1001 3.25'])));

  t.is((await tell(desk, shipmentOf('SH-1', ['PO-1 1 4']))).reasons?.[0]?.code, 'order-unknown');
  t.is((await tell(desk, { ...shipmentOf('SH-2', ['PO-1 1 10']), test: true })).state, 'done');

  t.deepEqual(await readStock(desk), ['HB-1001 100 0', 'HB-1002 0 0', 'WS-2001 1000 0']);
  t.is(await readDebt(desk), '0 0');
  await assertDesk(t, desk);
});

test('what was refused and is told again is looked at again, and asked about once', async (t) => {
  const { desk, post } = await openShipping(t);
  const content: Shipment = { ...shipmentOf('SH-1', ['PO-1 1 4']), partner: 'alpha' };
  await tell(desk, content);
  await tell(desk, content);
  t.is((await listOpen(desk)).length, 1);
  await desk.send('alpha', post.file(writeOrder('PO-1', ['10 HB-1001 3.25'])));

  const told = await tell(desk, content);

  t.like(told, { state: 'done', version: 1, repeated: false });
  t.deepEqual(await listOpen(desk), []);
});

test('what is left of a line is promised anew beside what has left, and the partner is told so', async (t) => {
  const { desk, post } = await openShipping(t, {
    master: { ...master, stock: stockOf({ 'HB-1001': 6, 'HB-1002': 0, 'WS-2001': 0 }) },
  });
  await desk.send('alpha', post.file(writeOrder('PO-1', ['10 HB-1001 3.25'])));
  await tell(desk, shipmentOf('SH-1', ['PO-1 1 6']));

  await desk.send('alpha', post.file(writeQuantity('PO-1', 'QI', 12)));

  const [answer] = await findSetsOf(desk, '865');
  t.is(findElement(answer!, 'POC', 3), '12');
  t.is(findElement(answer!, 'POC', 4), '6');
  t.is(findElement(answer!, 'ACK', 1), 'BP');
  t.is(findElement(answer!, 'ACK', 2), '6');
  await assertDesk(t, desk);
});

test('where the rest is not to be waited for, a changed line ends with what has left', async (t) => {
  const { desk, post } = await openShipping(t, {
    orders: '{ promise: stock, short: cancel }',
    master: { ...master, stock: stockOf({ 'HB-1001': 6, 'HB-1002': 0, 'WS-2001': 100 }) },
  });
  await desk.send('alpha', post.file(writeOrder('PO-1', ['10 HB-1001 3.25', '5 WS-2001 0.13'])));
  await tell(desk, shipmentOf('SH-1', ['PO-1 1 6']));
  t.is((await readOrder(desk, 'PO-1'))?.state, 'open');

  await desk.send('alpha', post.file(writeChange('PO-1', ['2*QI*8*8*EA'])));

  t.like(await readOrder(desk, 'PO-1'), { state: 'open', amount: '20.54' });
  t.deepEqual(await readStock(desk), ['HB-1001 0 0', 'HB-1002 0 0', 'WS-2001 100 8']);
  await assertDesk(t, desk);
});

test('what has left cannot be refused or cancelled by a person any more', async (t) => {
  const { desk, post } = await openShipping(t);
  await desk.send('alpha', post.file(writeOrder('PO-1', ['10 HB-1001 3.25', '5 WS-2001 9.99'])));
  await tell(desk, shipmentOf('SH-1', ['PO-1 1 6']));
  const [asked] = (await desk.exceptions('alpha')).filter(({ kind }) => kind === 'price-outside-tolerance');

  const line = await chooseResolution(
    desk.context,
    { id: asked!.id, choice: 'reject-line', given: { line: '1' }, by: 'ann' },
    ruleOrder,
  );
  const other = await choose(desk, 'price-outside-tolerance', 'reject-line');

  t.is(line.kind, 'refused');
  t.is(other.kind, 'done');
  t.deepEqual(await readStock(desk), ['HB-1001 94 4', 'HB-1002 0 0', 'WS-2001 1000 0']);
  await assertDesk(t, desk);
});

test('a price that changes after a part has left leaves no sum behind', async (t) => {
  const { desk, post } = await openShipping(t, { orders: '{ promise: stock, price: { outside: theirs } }' });
  await desk.send('alpha', post.file(writeOrder('PO-1', ['10 HB-1001 3.25'])));
  await tell(desk, shipmentOf('SH-1', ['PO-1 1 4']));

  await desk.send('alpha', post.file(writeChange('PO-1', ['1*PC*10*6*EA*3.00*PE*VP*HB-1001'])));
  await assertDesk(t, desk);
  await tell(desk, shipmentOf('SH-2', ['PO-1 1 6']));

  t.like(await readOrder(desk, 'PO-1'), { state: 'closed', amount: '30' });
  t.is(await readDebt(desk), '0 31');
  await assertDesk(t, desk);
});

test('what is corrected after it was invoiced is told finance, and what is owed waits for them', async (t) => {
  const { desk, post } = await openShipping(t);
  await desk.send('alpha', post.file(writeOrder('PO-1', ['10 HB-1001 3.25'])));
  await tell(desk, shipmentOf('SH-1', ['PO-1 1 4']));
  await desk.context.db('shipment').update({ billing: 'billed' });
  await desk.context.db('customer').update({ shipped_not_invoiced: 0 });

  await tell(desk, { ...shipmentOf('SH-1', ['PO-1 1 3']), purpose: 'replace' });

  t.deepEqual(await listOpen(desk), [
    'shipment-changed-after-billing: shipment SH-1: version 1 is invoiced, and it was corrected since',
  ]);
  t.is(await readDebt(desk), '22.75 0');
  await assertDesk(t, desk);
});
