import test from 'ava';
import { removeOutbound } from '../../src/store/hosted.ts';
import { findElement } from '../support/gateway-answers.ts';
import { openLanes } from '../support/gateway-lane.ts';
import { writeOrders } from '../support/gateway-orders.ts';

const FROM = 'ZZ:ALPHA';
const FIRST = { from: FROM, control: 1, orders: [{ po: 'PO-1' }] };

test('the same interchange again: the stored answer is offered again under the same name, never a second one', async (t) => {
  const lanes = await openLanes(t);
  const { db, clock } = lanes.context;
  await lanes.send('alpha', writeOrders(FIRST));
  const before = await lanes.outbound('alpha');
  for (const { name } of before) await removeOutbound(db, 'alpha', name, clock());
  t.deepEqual(await lanes.outbound('alpha'), []);

  const id = await lanes.send('alpha', writeOrders(FIRST), 'again.edi');

  t.is((await lanes.file(id)).state, 'done');
  t.deepEqual(await lanes.outbound('alpha'), before);
  const [stored] = await db('file').where({ direction: 'out' }).count();
  t.is(Number(stored!['count']), 2);
  t.is((await db('purchase_order')).length, 1);
  t.deepEqual(await lanes.exceptions('alpha'), []);
});

test('the same interchange twice in one file is answered once', async (t) => {
  const lanes = await openLanes(t);
  const bytes = writeOrders(FIRST);

  await lanes.send('alpha', Buffer.concat([bytes, bytes]));

  const answers = await lanes.outbound('alpha');
  t.deepEqual(
    answers.map(({ name }) => name),
    ['997_000000001.edi', '855_000000002.edi'],
  );
});

test('other bytes under a control number that was used: TA1 025, quarantine, an exception', async (t) => {
  const lanes = await openLanes(t);
  await lanes.send('alpha', writeOrders(FIRST));

  const id = await lanes.send('alpha', writeOrders({ ...FIRST, orders: [{ po: 'PO-2' }] }));

  t.is((await lanes.file(id)).state, 'quarantined');
  const ta1s = (await lanes.outbound('alpha')).flatMap((answer) => answer.ta1s);
  t.deepEqual(ta1s, [{ control: '000000001', status: 'R', note: '025' }]);
  t.deepEqual(
    (await lanes.exceptions('alpha')).map(({ kind }) => kind),
    ['interchange-refused'],
  );
  t.deepEqual(await lanes.context.db('purchase_order').select('po_number'), [{ po_number: 'PO-1' }]);
});

test('the same order in a new envelope is answered as before and makes no second order', async (t) => {
  const lanes = await openLanes(t);
  await lanes.send('alpha', writeOrders(FIRST));

  await lanes.send('alpha', writeOrders({ ...FIRST, control: 2 }));

  const sets = (await lanes.outbound('alpha')).flatMap((answer) => answer.sets);
  const answers = sets.filter((set) => set.set === '855');
  // BAK01 07: a duplicate answer.
  t.deepEqual(
    answers.map((set) => findElement(set, 'BAK', 1)),
    ['00', '07'],
  );
  t.deepEqual(
    answers.map((set) => findElement(set, 'ACK', 1)),
    ['IA', 'IA'],
  );
  t.is((await lanes.context.db('purchase_order')).length, 1);
  t.deepEqual(await lanes.exceptions('alpha'), []);
});

test('another order under a number that was used waits for a person', async (t) => {
  const lanes = await openLanes(t);
  await lanes.send('alpha', writeOrders(FIRST));
  const lines = [{ quantity: '99', item: 'HB-1001', price: '3.25' }];

  await lanes.send('alpha', writeOrders({ from: FROM, control: 2, orders: [{ po: 'PO-1', lines }] }));

  const answers = (await lanes.outbound('alpha')).flatMap((answer) => answer.sets);
  t.is(findElement(answers.at(-1)!, 'ACK', 1), 'IH');
  t.deepEqual(
    (await lanes.exceptions('alpha')).map(({ kind }) => kind),
    ['duplicate-order'],
  );
  const [line] = await lanes.context.db('purchase_order_line').select('quantity');
  t.deepEqual(line, { quantity: '10' });
});

test('the same number for another ship-to is another order', async (t) => {
  const lanes = await openLanes(t);

  await lanes.send('alpha', writeOrders(FIRST));
  await lanes.send(
    'alpha',
    writeOrders({ from: FROM, control: 2, orders: [{ po: 'PO-1', shipTo: 'DC99' }] }),
  );

  t.is((await lanes.context.db('purchase_order')).length, 2);
  t.deepEqual(await lanes.exceptions('alpha'), []);
});
