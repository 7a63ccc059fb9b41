import { randomUUID } from 'node:crypto';
import test from 'ava';
import { fillWaiting } from '../../src/pipeline/stock/fill-waiting.ts';
import { type Database, inTransaction } from '../../src/store/database.ts';
import {
  loadStock,
  readStock,
  releaseStock,
  reserveStock,
  StockTaken,
  takeStock,
} from '../../src/store/stock.ts';
import { allocate, openStock, place, promise } from '../support/stock.ts';

const TODAY = '2026-11-22';

/** As an order is decided: on what is read and then taken or, where somebody was faster, on what is locked. */
async function promiseAsRead(
  db: Database,
  order: string,
  lines: readonly (readonly [item: string, quantity: string])[],
): Promise<'read' | 'locked'> {
  const items = lines.map(([item]) => item);
  try {
    // Without `inTransaction`, which tries again: a deadlock fails the test.
    await db.transaction(
      async (tx) => await takeStock(tx, allocate(await readStock(tx, items), order, lines)),
    );
    return 'read';
  } catch (error) {
    if (!(error instanceof StockTaken)) throw error;
  }
  await db.transaction(
    async (tx) => await reserveStock(tx, allocate(await loadStock(tx, items), order, lines)),
  );
  return 'locked';
}

test('those who read and then take never take more than is free, no serial twice, and overtake nobody', async (t) => {
  const { db, orders } = await openStock(t, 80);
  const serials = (warehouse: string) =>
    Array.from({ length: 20 }, (_, n) => ({ item: 'W-3', warehouse, serial: `${warehouse}-${n}` }));
  await db('stock').insert(['A', 'B'].flatMap((w) => ['W-1', 'W-2', 'W-3'].map((n) => place(n, w, 20, 2))));
  await db('stock_serial').insert([...serials('A'), ...serials('B')]);

  const how = { read: 0, locked: 0 };
  const work = async (worker: number) => {
    const items = worker % 2 === 0 ? ['W-1', 'W-2', 'W-3'] : ['W-3', 'W-1', 'W-2'];
    for (let round = 0; round < 10; round += 1) {
      const order = orders[worker * 10 + round]!;
      const lines = items.map((item, i) => [item, String(1 + ((worker + round * 5 + i) % 3))] as const);
      how[await promiseAsRead(db, order, lines)] += 1;
      if (round % 3 !== 1) continue;
      await db.transaction(async (tx) => {
        const freed = await releaseStock(tx, order);
        return await fillWaiting(tx, freed, TODAY, randomUUID);
      });
    }
  };
  await Promise.all(Array.from({ length: 8 }, (_, worker) => work(worker)));

  t.true(how.read > 0 && how.locked > 0, JSON.stringify(how));
  const { rows } =
    await db.raw(`select s.item, s.warehouse, s.on_hand - s.safety - s.allocated as free, s.allocated,
      coalesce((select sum(quantity) from allocation a
        where a.item = s.item and a.warehouse = s.warehouse and a.state = 'reserved'), 0) as reserved,
      (select count(*) from stock_serial l join allocation a on a.id = l.allocation_id and a.state = 'reserved'
        where l.item = s.item and l.warehouse = s.warehouse and a.warehouse = s.warehouse) as serials
    from stock s order by 1, 2`);
  for (const { item, warehouse, free, allocated, reserved, serials: held } of rows) {
    t.is(Number(allocated), Number(reserved), `${item} in ${warehouse}`);
    // Far more was wanted than is there, and what waits gets what was given back: nothing is left, and nothing is missing.
    t.is(Number(free), 0, `${item} in ${warehouse}`);
    if (item === 'W-3') t.is(held, Number(reserved), `serials in ${warehouse}`);
  }
});

test('what is taken between reading and taking is not taken again', async (t) => {
  const { db, orders } = await openStock(t, 3);
  await db('stock').insert([place('W-1', 'A', 10)]);
  const [first, second, third] = orders as [string, string, string];
  const read = await readStock(db, ['W-1']);
  const take = (order: string, quantity: string) =>
    inTransaction(db, (tx) => takeStock(tx, allocate(read, order, [['W-1', quantity]])));

  await take(first, '6');
  await t.throwsAsync(take(second, '5'), { instanceOf: StockTaken });
  await take(third, '4');

  t.deepEqual(await db('allocation').orderBy('quantity').select('order_id', 'quantity', 'state'), [
    { order_id: third, quantity: '4', state: 'reserved' },
    { order_id: first, quantity: '6', state: 'reserved' },
  ]);
  t.like(await db('stock').first(), { allocated: '10' });
});

test('who takes waits for him who was first, and then takes of what he left', async (t) => {
  const { db, orders } = await openStock(t, 3);
  await db('stock').insert([place('W-1', 'A', 10)]);
  const read = await readStock(db, ['W-1']);
  const first = await db.transaction();
  await takeStock(first, allocate(read, orders[0]!, [['W-1', '6']]));
  // Both wait for the row; what they read has long been something else.
  const second = inTransaction(db, (tx) => takeStock(tx, allocate(read, orders[1]!, [['W-1', '4']])));
  const third = inTransaction(db, (tx) => takeStock(tx, allocate(read, orders[2]!, [['W-1', '7']])));
  const refused = t.throwsAsync(third, { instanceOf: StockTaken });
  await first.commit();

  await second;
  await refused;
  t.like(await db('stock').first(), { allocated: '10' });
});

test('what has come to wait since stock was read is not overtaken', async (t) => {
  const { db, orders } = await openStock(t, 3);
  await db('stock').insert([place('W-1', 'A', 10), place('W-2', 'A', 10)]);
  const read = await readStock(db, ['W-1', 'W-2']);
  await promise(db, orders[0]!, 'W-1', '12');
  await db('stock').where({ item: 'W-1' }).update({ on_hand: 20 });

  const overtaking = [['W-1', '3']] as const;
  await t.throwsAsync(
    inTransaction(db, (tx) => takeStock(tx, allocate(read, orders[1]!, overtaking))),
    { instanceOf: StockTaken, message: 'something waits for it' },
  );
  await inTransaction(db, (tx) => takeStock(tx, allocate(read, orders[2]!, [['W-2', '3']])));
  t.deepEqual(await db('allocation').where({ order_id: orders[1]! }), []);
});

test('a promise to wait is made under the locks alone', async (t) => {
  const { db, orders } = await openStock(t, 1);
  await db('stock').insert([place('W-1', 'A', 10)]);
  const asked = [['W-1', '11']] as const;

  await t.throwsAsync(
    inTransaction(db, async (tx) => takeStock(tx, allocate(await readStock(tx, ['W-1']), orders[0]!, asked))),
    { instanceOf: StockTaken },
  );
  t.is(await promiseAsRead(db, orders[0]!, asked), 'locked');
  t.deepEqual(await db('allocation').orderBy('state').select('state', 'quantity'), [
    { state: 'reserved', quantity: '10' },
    { state: 'waiting', quantity: '1' },
  ]);
});
