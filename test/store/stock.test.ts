import { randomUUID } from 'node:crypto';
import test from 'ava';
import { fillWaiting } from '../../src/pipeline/stock/fill-waiting.ts';
import { receiveStock } from '../../src/pipeline/stock/receive-stock.ts';
import type { StockReceipt } from '../../src/store/backorders.ts';
import { type Database, inTransaction } from '../../src/store/database.ts';
import { loadStock, releaseStock, reserveStock } from '../../src/store/stock.ts';
import { openStock, place, promise, promiseIn } from '../support/stock.ts';

const TODAY = '2026-11-22';

function receive(db: Database, item: string, quantity: string, over: Partial<StockReceipt> = {}) {
  return receiveStock(
    { db, clock: () => `${TODAY}T12:00:00Z`, ids: randomUUID },
    { item, warehouse: 'A', quantity, serials: [], ...over },
  );
}

/** What the books say is allocated, against the allocations themselves. */
const BALANCE = `
  select s.item, s.warehouse, s.on_hand - s.safety - s.allocated as free, s.allocated,
    coalesce((select sum(quantity) from allocation a
      where a.item = s.item and a.warehouse = s.warehouse and a.state = 'reserved'), 0) as reserved
  from stock s order by s.item, s.warehouse`;

async function balance(db: Database) {
  type Row = { item: string; warehouse: string; free: string; allocated: string; reserved: string };
  return (await db.raw(BALANCE)).rows as Row[];
}

test('stock loads as it was stored, with receipts, free serials and what waits', async (t) => {
  const { db, orders } = await openStock(t, 1);
  await db('stock').insert([place('W-3', 'A', 3, 1), place('W-3', 'B', 0)]);
  await db('stock_receipt').insert({
    item: 'W-3',
    warehouse: 'A',
    reference: 'PO-7',
    expected: '2026-12-01',
    quantity: 5,
  });
  await db('stock_serial').insert({ item: 'W-3', warehouse: 'A', serial: 'S1', attributes: '{"class":"A"}' });
  await promise(db, orders[0]!, 'W-3', '9');

  const stock = await inTransaction(db, (tx) => loadStock(tx, ['W-3']));
  t.deepEqual(stock.positions.get('W-3'), [
    {
      warehouse: 'A',
      onHand: '3',
      allocated: '1',
      safety: '1',
      receipts: [{ date: '2026-12-01', quantity: '5' }],
      waiting: [
        { ships: '2026-12-01', quantity: '5' },
        { ships: undefined, quantity: '3' },
      ],
      serials: [],
    },
    {
      warehouse: 'B',
      onHand: '0',
      allocated: '0',
      safety: '0',
      receipts: [],
      waiting: [{ ships: undefined, quantity: '3' }],
      serials: [],
    },
  ]);
  t.deepEqual(stock.warehouses, [
    {
      id: 'A',
      name: 'North',
      hazards: [],
      destinations: undefined,
      load: 0,
      zones: new Map([['Z1', { cost: '5.00', days: 2 }]]),
    },
    { id: 'B', name: 'South', hazards: [], destinations: ['US'], load: 0, zones: new Map() },
  ]);
});

test('eight workers never take more than is free, and no serial twice', async (t) => {
  const { db, orders } = await openStock(t, 40);
  const serials = (warehouse: string) =>
    Array.from({ length: 20 }, (_, n) => ({ item: 'W-3', warehouse, serial: `${warehouse}-${n}` }));
  await db('stock').insert(['A', 'B'].flatMap((w) => ['W-1', 'W-2', 'W-3'].map((n) => place(n, w, 20, 2))));
  await db('stock_serial').insert([...serials('A'), ...serials('B')]);

  // A fixed sequence: the same quantities in every run, the order in which the workers get their turn is free.
  let seed = 20_261_122;
  const random = (most: number) => {
    seed = (seed * 48_271) % 2_147_483_647;
    return 1 + (seed % most);
  };
  const items = ['W-1', 'W-2', 'W-3'];
  const work = async (worker: number) => {
    for (let round = 0; round < 5; round += 1) {
      const order = orders[worker * 5 + round]!;
      // Without `inTransaction`, which tries again: a deadlock fails the test.
      await db.transaction(async (tx) => {
        await loadStock(tx, worker % 2 === 0 ? items : items.toReversed());
        for (let line = 0; line < 3; line += 1)
          await promiseIn(tx, order, `W-${random(3)}`, String(random(6)));
      });
      if (round === worker % 5) await receive(db, 'W-1', '3');
      if (round % 2 === 0) continue;
      await db.transaction(async (tx) => {
        const freed = await releaseStock(tx, order);
        return await fillWaiting(tx, freed, TODAY, randomUUID);
      });
    }
  };
  await Promise.all(Array.from({ length: 8 }, (_, worker) => work(worker)));

  t.is((await db('allocation').where({ state: 'released' })).length > 0, true);
  for (const row of await balance(db)) {
    t.true(Number(row.free) >= 0, `${row.item} in ${row.warehouse}`);
    t.is(Number(row.allocated), Number(row.reserved), `${row.item} in ${row.warehouse}`);
  }
  const [held] = (
    await db.raw(`select count(*) as serials, (select sum(quantity) from allocation
      where item = 'W-3' and state = 'reserved') as reserved from stock_serial s
      join allocation a on a.id = s.allocation_id and a.state = 'reserved' and a.warehouse = s.warehouse`)
  ).rows as { serials: number; reserved: string }[];
  t.is(held!.serials, Number(held!.reserved));
  t.true(held!.serials > 0);
  // All of it was wanted, so all of it went, but the safety stock.
  const taken = await balance(db);
  t.is(
    taken.reduce((sum, row) => sum + Number(row.free), 0),
    0,
    JSON.stringify(taken),
  );
});

test('reserving what another took meanwhile is refused whole', async (t) => {
  const { db, orders } = await openStock(t, 1);
  await db('stock').insert([place('W-1', 'A', 5)]);
  const one = {
    id: randomUUID(),
    order: orders[0]!,
    position: 1,
    item: 'W-1',
    warehouse: 'A',
    quantity: '6',
    state: 'reserved',
    priority: 0,
    at: '2026-11-22T10:00:00Z',
    eligible: ['A'],
    whole: false,
    requires: {},
  } as const;
  await t.throwsAsync(
    inTransaction(db, (tx) => reserveStock(tx, [one])),
    { message: /not free/ },
  );
  const unknown = { ...one, quantity: '1', serials: ['S1'] };
  await t.throwsAsync(
    inTransaction(db, (tx) => reserveStock(tx, [unknown])),
    { message: /serial .* not free/ },
  );
  t.deepEqual(await db('allocation'), []);
  t.is((await balance(db))[0]?.allocated, '0');
});

test('a receipt fills what waits, by priority and age, and takes off what was expected', async (t) => {
  const { db, orders } = await openStock(t, 3);
  await db('stock').insert([place('W-1', 'A', 2)]);
  await db('stock_receipt').insert([
    { item: 'W-1', warehouse: 'A', reference: 'PO-7', expected: '2026-12-01', quantity: 6 },
    { item: 'W-1', warehouse: 'A', reference: 'PO-8', expected: '2026-12-15', quantity: 6 },
  ]);
  const [late, early, first] = orders as [string, string, string];
  const young = await promise(db, late, 'W-1', '7', { at: '2026-11-22T10:00:00Z' });
  t.deepEqual(
    young.parts.map((part) => `${part.quantity} ${part.ships}`),
    ['2 2026-11-22', '5 2026-12-01'],
  );
  await promise(db, early, 'W-1', '2', { at: '2026-11-22T09:00:00Z' });
  const last = await promise(db, first, 'W-1', '2', { at: '2026-11-22T11:00:00Z', priority: 5 });
  t.is(last.parts[0]?.ships, '2026-12-15');

  const received = await receive(db, 'W-1', '8');
  t.is(received.kind, 'booked');
  if (received.kind !== 'booked') return;
  t.deepEqual(received.receipts, [
    { reference: 'PO-7', quantity: '6' },
    { reference: 'PO-8', quantity: '2' },
  ]);
  const told = received.changes.map(
    (one) => `${one.kind} ${orders.indexOf(one.order)} ${one.quantity} ${one.ships}`,
  );
  t.deepEqual(told, [
    // Its part of the 1st and its part of the 15th, then the younger one, as far as it goes.
    'filled 2 2 2026-11-22',
    'filled 1 1 2026-11-22',
    'filled 1 1 2026-11-22',
    'filled 0 4 2026-11-22',
    'redated 0 1 2026-12-15',
  ]);
  t.deepEqual(await db('stock_receipt').select('reference', 'quantity'), [
    { reference: 'PO-8', quantity: '4' },
  ]);
  const [row] = await balance(db);
  t.deepEqual([row?.free, row?.allocated, row?.reserved], ['0', '10', '10']);
});

test('cancelling gives back what was reserved, and that fills what waits', async (t) => {
  const { db, orders } = await openStock(t, 2);
  await db('stock').insert([place('W-3', 'A', 2)]);
  await db('stock_serial').insert([
    { item: 'W-3', warehouse: 'A', serial: 'S1' },
    { item: 'W-3', warehouse: 'A', serial: 'S2' },
  ]);
  await promise(db, orders[0]!, 'W-3', '2');
  await promise(db, orders[1]!, 'W-3', '1');

  t.deepEqual(await inTransaction(db, (tx) => releaseStock(tx, orders[0]!, [2])), [], 'there is no line 2');
  const changes = await inTransaction(db, async (tx) => {
    const items = await releaseStock(tx, orders[0]!);
    return await fillWaiting(tx, items, TODAY, randomUUID);
  });
  t.is(changes.length, 1);
  t.like(changes[0], { kind: 'filled', order: orders[1]!, partner: 'acme', line: '1', serials: ['S1'] });
  t.deepEqual(await inTransaction(db, (tx) => releaseStock(tx, orders[0]!)), []);
  const [row] = await balance(db);
  t.deepEqual([row?.free, row?.allocated, row?.reserved], ['1', '1', '1']);
});

test('what no warehouse ever had is filled by the first receipt, from where it may be sent', async (t) => {
  const { db, orders } = await openStock(t, 1);
  const promised = await promise(db, orders[0]!, 'W-2', '4');
  t.deepEqual(
    promised.parts.map((part) => [part.kind, part.warehouse, part.ships]),
    [['backorder', undefined, undefined]],
  );
  // There is a row to lock in each warehouse that may fill it.
  t.deepEqual(
    (await balance(db)).map((row) => `${row.item} ${row.warehouse} ${row.free}`),
    ['W-2 A 0', 'W-2 B 0'],
  );
  const received = await receive(db, 'W-2', '3', { warehouse: 'B' });
  t.like(received, { kind: 'booked', receipts: [] });
  t.like(received.kind === 'booked' && received.changes[0], {
    kind: 'filled',
    quantity: '3',
    warehouse: 'B',
  });
  t.deepEqual(await db('allocation').where({ state: 'waiting' }).select('quantity'), [{ quantity: '1' }]);
});

test('what waits for special serials keeps nobody from the others, and gets its own when they come', async (t) => {
  const { db, orders } = await openStock(t, 2);
  await db('stock').insert([place('W-3', 'A', 1), place('W-3', 'B', 0)]);
  await db('stock_serial').insert({ item: 'W-3', warehouse: 'A', serial: 'S1' });
  const special = await promise(db, orders[0]!, 'W-3', '1', { requires: { serial: 'S9' } });
  t.is(special.status, 'IB');
  const any = await promise(db, orders[1]!, 'W-3', '1');
  t.deepEqual(any.parts[0]?.serials, ['S1']);

  const other = await receive(db, 'W-3', '1', { serials: ['S2'] });
  t.deepEqual(other.kind === 'booked' && other.changes, []);
  const right = await receive(db, 'W-3', '1', { warehouse: 'B', serials: ['S9'] });
  t.like(right.kind === 'booked' && right.changes[0], { order: orders[0]!, warehouse: 'B', serials: ['S9'] });
});

test('a receipt that does not fit is refused with every reason, and changes nothing', async (t) => {
  const { db } = await openStock(t, 1);
  await db('stock').insert([place('W-3', 'A', 1)]);
  await db('stock_serial').insert({ item: 'W-3', warehouse: 'A', serial: 'S1' });
  const reasons = async (...args: [string, string, Partial<StockReceipt>?]) => {
    const received = await receive(db, ...args);
    return received.kind === 'refused' ? received.reasons.map((one) => one.code) : [];
  };
  t.deepEqual(await reasons('W-9', '1'), ['item-unknown']);
  t.deepEqual(await reasons('W-1', '0'), ['quantity-not-positive']);
  t.deepEqual(await reasons('W-1', 'two'), ['quantity-not-positive']);
  t.deepEqual(await reasons('W-1', '1.5', { warehouse: 'C' }), ['warehouse-unknown', 'quantity-not-whole']);
  t.deepEqual(await reasons('W-1', '1', { reference: 'PO-9', serials: ['S1'] }), [
    'receipt-unknown',
    'serials-not-kept',
  ]);
  t.deepEqual(await reasons('W-3', '3', { serials: ['S1', 'S2', 'S2'] }), ['serial-twice', 'serial-known']);
  t.deepEqual(await reasons('W-3', '2', { serials: ['S2'] }), ['serials-missing']);
  t.deepEqual(
    (await balance(db)).map((row) => `${row.item} ${row.warehouse} ${row.free}`),
    ['W-3 A 1'],
  );
});
