import test from 'ava';
import { listAnswers, openDesk, readLines, readOrder, stockOf } from '../support/desk.ts';
import {
  type DeskDocument,
  line,
  openPost,
  writeCancel,
  writeChange,
  writeOrder,
  writeQuantity,
} from '../support/desk-documents.ts';
import { assertDesk } from '../support/desk-invariants.ts';
import type { Lanes } from '../support/gateway-lane.ts';

const orders = '{ promise: stock }';
const warehouses = 'id,name\nDAY,Dayton';
const master = (onHand: number, more: Readonly<Record<string, string>> = {}) => ({
  warehouses,
  stock: stockOf({ 'HB-1001': onHand, 'HB-1002': 1000, 'WS-2001': 1000 }),
  ...more,
});

async function readAllocations({ context }: Lanes): Promise<readonly string[]> {
  const { db } = context;
  const rows = await db('allocation as a')
    .join('purchase_order as o', 'o.id', 'a.order_id')
    .whereNot('a.state', 'released')
    .orderBy(['po_number', 'position', 'a.state'])
    .select('po_number', 'item', 'a.state', db.raw('trim_scale(quantity)::text as quantity'));
  return rows.map((one) => `${one.po_number}: ${one.state} ${one.quantity} ${one.item}`);
}

async function readAllocated({ context }: Lanes, item: string): Promise<string> {
  const row = await context.db('stock').where({ item }).first('allocated');
  return String(row.allocated);
}

test('what is there is reserved, the rest waits: in time for the day that it is wanted by, or for nobody knows what', async (t) => {
  const receipts = 'item,warehouse,reference,expected,quantity\nHB-1001,DAY,PO-9,2026-12-05,100';
  const desk = await openDesk(t, { orders, master: master(12, { 'stock-receipts': receipts }) });
  const post = openPost('alpha');

  await desk.send(
    'alpha',
    post.file(writeOrder('PO-1', ['10 HB-1001 3.25']), writeOrder('PO-2', ['10 HB-1001 3.25'])),
  );
  await desk.send('alpha', post.file(writeOrder('PO-3', ['98 HB-1001 3.25'])));

  t.deepEqual(await readAllocations(desk), [
    'PO-1: reserved 10 HB-1001',
    'PO-2: reserved 2 HB-1001',
    'PO-2: waiting 8 HB-1001',
    'PO-3: waiting 92 HB-1001',
    'PO-3: waiting 6 HB-1001',
  ]);
  t.deepEqual(await listAnswers(desk), ['855 AD PO-1: IA', '855 AD PO-2: IA', '855 AC PO-3: BP']);
  await assertDesk(t, desk);
});

test('a changed order gives back and reserves anew', async (t) => {
  const desk = await openDesk(t, { orders, master: master(12) });
  const post = openPost('alpha');
  await desk.send('alpha', post.file(writeOrder('PO-1', ['10 HB-1001 3.25', '5 WS-2001 0.13'])));

  await desk.send('alpha', post.file(writeQuantity('PO-1', 'QI', 12)));
  t.is(await readAllocated(desk, 'HB-1001'), '12');
  await desk.send('alpha', post.file(writeQuantity('PO-1', 'QD', 4, { sequence: 2 })));
  t.is(await readAllocated(desk, 'HB-1001'), '4');
  await desk.send('alpha', post.file(writeChange('PO-1', ['2*DI'], { sequence: 3 })));
  t.is(await readAllocated(desk, 'WS-2001'), '0');

  t.deepEqual(await readAllocations(desk), ['PO-1: reserved 4 HB-1001']);
  await assertDesk(t, desk);
  await desk.send('alpha', post.file(writeCancel('PO-1', { sequence: 4 })));
  t.deepEqual(await readAllocations(desk), []);
  t.like(await readOrder(desk, 'PO-1'), { version: 5, state: 'cancelled' });
  await assertDesk(t, desk);
});

test('what a change gives back in a file, the next order of the file may have', async (t) => {
  const desk = await openDesk(t, { orders, master: master(10) });
  const post = openPost('alpha');

  const file = await desk.send(
    'alpha',
    post.file(
      writeOrder('PO-1', ['10 HB-1001 3.25']),
      writeQuantity('PO-1', 'QD', 4),
      writeOrder('PO-2', ['6 HB-1001 3.25']),
    ),
  );

  t.is((await desk.file(file)).state, 'done');
  t.deepEqual(await readAllocations(desk), ['PO-1: reserved 4 HB-1001', 'PO-2: reserved 6 HB-1001']);
  await assertDesk(t, desk);
});

test('who waits for an order that comes and goes in one file gets what it leaves, and hears of it', async (t) => {
  const desk = await openDesk(t, { orders, master: master(10) });
  const post = openPost('alpha');

  await desk.send(
    'alpha',
    post.file(
      writeOrder('PO-1', ['10 HB-1001 3.25']),
      writeOrder('PO-2', ['10 HB-1001 3.25']),
      writeCancel('PO-1'),
    ),
  );

  t.deepEqual(await readAllocations(desk), ['PO-2: reserved 10 HB-1001']);
  t.deepEqual((await listAnswers(desk)).slice(-1), ['865  PO-2: IA']);
  await assertDesk(t, desk);
});

test('the same where the first order stood before', async (t) => {
  const desk = await openDesk(t, { orders, master: master(10) });
  const post = openPost('alpha');
  await desk.send('alpha', post.file(writeOrder('PO-1', ['10 HB-1001 3.25'])));

  const file = await desk.send(
    'alpha',
    post.file(writeCancel('PO-1'), writeOrder('PO-2', ['10 HB-1001 3.25'])),
  );

  t.is((await desk.file(file)).state, 'done');
  t.deepEqual(await readAllocations(desk), ['PO-2: reserved 10 HB-1001']);
  await assertDesk(t, desk);
});

test('a change takes what another one of the file has given back', async (t) => {
  const desk = await openDesk(t, { orders, master: master(10) });
  const post = openPost('alpha');
  await desk.send(
    'alpha',
    post.file(writeOrder('PO-1', ['4 HB-1001 3.25']), writeOrder('PO-2', ['6 HB-1001 3.25'])),
  );

  await desk.send('alpha', post.file(writeCancel('PO-1'), writeQuantity('PO-2', 'QI', 10)));

  t.deepEqual(await readAllocations(desk), ['PO-2: reserved 10 HB-1001']);
  await assertDesk(t, desk);
});

test('a changed order may move its own backorder, and asks no more than it did', async (t) => {
  const desk = await openDesk(t, { orders, master: master(5) });
  const post = openPost('alpha');
  await desk.send('alpha', post.file(writeOrder('PO-1', ['10 HB-1001 3.25'])));

  await desk.send('alpha', post.file(writeQuantity('PO-1', 'QI', 20)));
  t.deepEqual(await readAllocations(desk), ['PO-1: reserved 5 HB-1001', 'PO-1: waiting 15 HB-1001']);
  await desk.send('alpha', post.file(writeQuantity('PO-1', 'QD', 5, { sequence: 2 })));

  t.deepEqual(await readAllocations(desk), ['PO-1: reserved 5 HB-1001']);
  await assertDesk(t, desk);
});

for (const lanes of [2, 4]) {
  test(`${lanes} partners order the last pieces at the same time: nobody gets what another has`, async (t) => {
    const partners = ['alpha', 'beta', 'gamma', 'delta'].slice(0, lanes);
    const desk = await openDesk(t, { orders, partners, master: master(10) });
    const posts = new Map(partners.map((partner) => [partner, openPost(partner)]));
    for (const [partner, post] of posts) {
      for (const n of [1, 2, 3]) {
        const po = `${partner}-${n}`;
        await desk.receive(partner, post.file(writeOrder(po, ['3 HB-1001 3.25', '1 WS-2001 0.13'])));
      }
    }

    await Promise.all(partners.map((partner) => desk.drain(partner)));

    const left = await desk.context.db('file').where({ direction: 'in' }).whereNot({ state: 'done' });
    t.deepEqual(left, []);
    t.is(await readAllocated(desk, 'HB-1001'), '10');
    await assertDesk(t, desk);

    for (const [partner, post] of posts)
      for (const n of [1, 2])
        await desk.receive(partner, post.file(writeQuantity(`${partner}-${n}`, 'QD', n)));
    await Promise.all(partners.map((partner) => desk.drain(partner)));
    await assertDesk(t, desk);
  });
}

test('four partners order, change and cancel at the same time: what is freed goes to whoever waits, to the last piece', async (t) => {
  const partners = ['alpha', 'beta', 'gamma', 'delta'];
  const customers = partners.map((partner) => `${partner},${partner},1000000,USD`);
  const desk = await openDesk(t, {
    orders,
    partners,
    master: {
      customers: ['number,name,credit_limit,credit_currency', ...customers].join('\n'),
      warehouses,
      stock: stockOf({ 'HB-1001': 30, 'HB-1002': 20, 'WS-2001': 25 }),
    },
  });
  const lines = ['4 HB-1001 3.25', '3 HB-1002 4.10', '2 WS-2001 0.13'];
  for (const [i, partner] of partners.entries()) {
    const post = openPost(partner);
    const send = (document: DeskDocument) => desk.receive(partner, post.file(document));
    for (let n = 1; n <= 12; n += 1) {
      await send(writeOrder(`${partner}-${n}`, i % 2 === 0 ? lines : lines.toReversed()));
      if (n > 2) await send(writeQuantity(`${partner}-${n - 2}`, 'QI', 6));
      if (n > 4) await send(writeCancel(`${partner}-${n - 4}`, { sequence: 2 }));
    }
  }

  await Promise.all(partners.map((partner) => desk.drain(partner)));

  const left = await desk.context.db('file').where({ direction: 'in' }).whereNot({ state: 'done' });
  t.deepEqual(left, []);
  // More is ordered than there is of each, so nothing may lie idle.
  t.is(await readAllocated(desk, 'HB-1001'), '30');
  t.is(await readAllocated(desk, 'HB-1002'), '20');
  t.is(await readAllocated(desk, 'WS-2001'), '25');
  await assertDesk(t, desk);
});

const SERIALS = {
  items: 'number,description,unit,serialised\nPG-1,Gauge,EA,true',
  warehouses,
  stock: stockOf({ 'PG-1': 3, 'HB-1001': 100 }),
  serials: 'item,serial,warehouse\nPG-1,SN-1,DAY\nPG-1,SN-2,DAY\nPG-1,SN-3,DAY',
  prices: 'partner,item,unit,currency,price,valid_from\nalpha,PG-1,EA,USD,90,2026-01-01',
};

async function readSerials({ context }: Lanes): Promise<readonly string[]> {
  const rows = await context
    .db('stock_serial as s')
    .join('allocation as a', 'a.id', 's.allocation_id')
    .join('purchase_order as o', 'o.id', 'a.order_id')
    .orderBy('serial')
    .select('serial', 'po_number');
  return rows.map(({ serial, po_number }) => `${serial} ${po_number}`);
}

test('serials are reserved, given back and taken by the next', async (t) => {
  const desk = await openDesk(t, { orders, master: SERIALS });
  const post = openPost('alpha');
  await desk.send('alpha', post.file(writeOrder('PO-1', ['2 PG-1 90']), writeOrder('PO-2', ['2 PG-1 90'])));
  t.deepEqual(await readSerials(desk), ['SN-1 PO-1', 'SN-2 PO-1', 'SN-3 PO-2']);

  await desk.send('alpha', post.file(writeQuantity('PO-1', 'QD', 1)));
  await assertDesk(t, desk);
  await desk.send('alpha', post.file(writeCancel('PO-2')));
  await desk.send('alpha', post.file(writeOrder('PO-3', ['2 PG-1 90'])));

  t.deepEqual((await readSerials(desk)).map((one) => one.slice(5)).toSorted(), ['PO-1', 'PO-3', 'PO-3']);
  await assertDesk(t, desk);
});

test('the very serial that was asked for stays with its order when another date is asked', async (t) => {
  const desk = await openDesk(t, { orders, master: SERIALS });
  const post = openPost('alpha');
  const wanted = { ...line('1 PG-1 90'), serial: 'SN-2' };
  await desk.send('alpha', post.file(writeOrder('PO-1', [wanted])));
  t.deepEqual(await readSerials(desk), ['SN-2 PO-1']);

  await desk.send('alpha', post.file(writeChange('PO-1', [], { wanted: '20270110' })));

  t.deepEqual(await readSerials(desk), ['SN-2 PO-1']);
  t.deepEqual(await readLines(desk, 'PO-1'), ['1 PG-1 90 IA']);
  await assertDesk(t, desk);
});

test('a serial that a change gives back goes to the next order of the file', async (t) => {
  const desk = await openDesk(t, { orders, master: SERIALS });
  const post = openPost('alpha');
  const wanted = { ...line('1 PG-1 90'), serial: 'SN-2' };

  const file = await desk.send(
    'alpha',
    post.file(writeOrder('PO-1', [wanted]), writeCancel('PO-1'), writeOrder('PO-2', [wanted])),
  );

  t.is((await desk.file(file)).state, 'done');
  t.deepEqual(await readSerials(desk), ['SN-2 PO-2']);
  await assertDesk(t, desk);
});

test('a blanket order and a test order reserve nothing', async (t) => {
  const desk = await openDesk(t, { orders, master: master(10) });
  const post = openPost('alpha');

  await desk.send('alpha', post.file(writeOrder('BK-1', ['10 HB-1001 3.25'], { type: 'BK' })));
  await desk.send(
    'alpha',
    post.test(writeOrder('PO-1', ['10 HB-1001 3.25']), writeQuantity('PO-1', 'QD', 5)),
  );

  t.deepEqual(await readAllocations(desk), []);
  await assertDesk(t, desk);
});

test('a line that stands while the rest of its order changes keeps what it has, though its item is no longer sold', async (t) => {
  const desk = await openDesk(t, { orders, master: master(10) });
  const post = openPost('alpha');
  await desk.send('alpha', post.file(writeOrder('PO-1', ['10 HB-1001 3.25', '5 WS-2001 0.13'])));
  await desk.context.db('item').where({ number: 'HB-1001' }).update({ status: 'discontinued' });

  await desk.send('alpha', post.file(writeChange('PO-1', ['2*QI*8*8*EA'])));

  t.deepEqual(await readAllocations(desk), ['PO-1: reserved 10 HB-1001', 'PO-1: reserved 8 WS-2001']);
  t.is((await readOrder(desk, 'PO-1'))?.amount, '33.54');
  await assertDesk(t, desk);
});

test('what a cancellation frees goes to the order that waits for it', async (t) => {
  const desk = await openDesk(t, { orders, master: master(10) });
  const post = openPost('alpha');
  await desk.send(
    'alpha',
    post.file(writeOrder('PO-1', ['10 HB-1001 3.25']), writeOrder('PO-2', ['6 HB-1001 3.25'])),
  );
  t.deepEqual(await readAllocations(desk), ['PO-1: reserved 10 HB-1001', 'PO-2: waiting 6 HB-1001']);

  await desk.send('alpha', post.file(writeCancel('PO-1')));

  t.deepEqual(await readAllocations(desk), ['PO-2: reserved 6 HB-1001']);
  await assertDesk(t, desk);
});
