import test from 'ava';
import { importMasterData } from '../../src/pipeline/import/import-master-data.ts';
import type { ImportKind } from '../../src/pipeline/import/kinds.ts';
import { fillLane } from '../../src/pipeline/revise/fill-lane.ts';
import { makeTasks } from '../../src/pipeline/tasks.ts';
import { listAnswers, openDesk } from '../support/desk.ts';
import { line, openPost, writeOrder } from '../support/desk-documents.ts';
import { assertDesk } from '../support/desk-invariants.ts';
import type { Lanes } from '../support/gateway-lane.ts';

const orders = '{ promise: stock }';
const master = {
  items: 'number,description,unit,serialised\nHB-1001,Bolt,EA,false\nPG-1,Gauge,EA,true',
  warehouses: 'id,name\nDAY,Dayton',
  stock: 'item,warehouse,on_hand\nHB-1001,DAY,4',
  prices: 'partner,item,unit,currency,price,valid_from\nalpha,PG-1,EA,USD,90,2026-01-01',
};

async function readJobs({ context }: Lanes): Promise<readonly string[]> {
  const { rows } = await context.db.raw(
    `select task_identifier as task from graphile_worker.jobs where key = 'fill'`,
  );
  return rows.map(({ task }: { task: string }) => task);
}

/** What the worker does with the job: it takes it, and runs the task of that name. */
async function workOff(desk: Lanes): Promise<void> {
  const { context } = desk;
  const tasks = makeTasks(context);
  for (const task of await readJobs(desk)) {
    await context.db.raw(`delete from graphile_worker._private_jobs where key = 'fill'`);
    await tasks[task]!({}, { signal: new AbortController().signal, attempt: 1 });
  }
}

async function load({ context }: Lanes, kind: ImportKind, text: string, dryRun = false) {
  return await importMasterData(context, kind, `${text}\n`, { dryRun });
}

/** Ten bolts were ordered and four are there. */
async function openWaiting(t: Parameters<typeof openDesk>[0]) {
  const desk = await openDesk(t, { orders, master });
  await desk.context.db.raw(`delete from graphile_worker._private_jobs where key = 'fill'`);
  await desk.send('alpha', openPost('alpha').file(writeOrder('PO-1', ['10 HB-1001 3.25'])));
  t.deepEqual(await listAnswers(desk), ['855 AC PO-1: BP']);
  return desk;
}

test('given a backorder, stock that is imported fills it and the partner is told', async (t) => {
  const desk = await openWaiting(t);

  await load(desk, 'stock', 'item,warehouse,on_hand\nHB-1001,DAY,20');
  t.deepEqual(await readJobs(desk), ['fill']);
  await workOff(desk);

  t.deepEqual((await listAnswers(desk)).slice(1), ['865  PO-1: IA IA']);
  t.like(await desk.context.db('stock').first(), { on_hand: '20', allocated: '10' });
  t.deepEqual(await desk.context.db('allocation').where({ state: 'waiting' }), []);
  await assertDesk(t, desk);
});

test('given a backorder without a day, a receipt that is announced gives it one, and one that is put off another', async (t) => {
  const desk = await openWaiting(t);
  const announce = (day: string) =>
    load(desk, 'stock-receipts', `item,warehouse,reference,expected,quantity\nHB-1001,DAY,PO-9,${day},50`);
  const readDay = async () =>
    (await desk.context.db('allocation').where({ state: 'waiting' }).first('ships')).ships;

  await announce('2026-12-20');
  await workOff(desk);
  t.is(await readDay(), '2026-12-20');
  await announce('2026-12-27');
  await workOff(desk);

  t.is(await readDay(), '2026-12-27');
  t.is((await listAnswers(desk)).length, 3);
  await assertDesk(t, desk);
});

test('given a line that waits for a serial, the serial that is imported is reserved for it', async (t) => {
  const desk = await openDesk(t, {
    orders,
    master: { ...master, stock: 'item,warehouse,on_hand\nPG-1,DAY,1' },
  });
  await desk.send(
    'alpha',
    openPost('alpha').file(writeOrder('PO-1', [{ ...line('1 PG-1 90'), serial: 'S-7' }])),
  );

  await load(desk, 'serials', 'item,serial,warehouse\nPG-1,S-7,DAY');
  await workOff(desk);

  const [serial] = await desk.context.db('stock_serial').whereNotNull('allocation_id').select('serial');
  t.deepEqual(serial, { serial: 'S-7' });
  await assertDesk(t, desk);
});

test('an import that changes nothing, a dry run, and other master data wake nobody', async (t) => {
  const desk = await openWaiting(t);

  await load(desk, 'stock', 'item,warehouse,on_hand\nHB-1001,DAY,4');
  await load(desk, 'stock', 'item,warehouse,on_hand\nHB-1001,DAY,20', true);
  await load(desk, 'warehouses', 'id,name\nCLE,Cleveland');

  t.deepEqual(await readJobs(desk), []);
  t.is((await listAnswers(desk)).length, 1);
});

test('an item that cannot be filled is tried again, and stops no other', async (t) => {
  const twoItems = { ...master, stock: 'item,warehouse,on_hand\nHB-1001,DAY,4\nPG-1,DAY,0' };
  const desk = await openDesk(t, { orders, partners: ['alpha', 'beta'], master: twoItems });
  await desk.send('beta', openPost('beta').file(writeOrder('PO-1', ['10 HB-1001 3.25'])));
  await desk.send('alpha', openPost('alpha').file(writeOrder('PO-2', ['1 PG-1 90'])));
  await load(desk, 'stock', 'item,warehouse,on_hand\nHB-1001,DAY,20\nPG-1,DAY,1');
  await load(desk, 'serials', 'item,serial,warehouse\nPG-1,S-7,DAY');
  const known = desk.context.configuration();
  const partners = new Map([...known.partners].filter(([id]) => id !== 'beta'));
  const without = { ...desk.context, configuration: () => ({ ...known, partners }) };

  t.is((await desk.context.db('allocation').where({ state: 'waiting' })).length, 2);
  await t.throwsAsync(fillLane(without, new AbortController().signal), {
    message: /beta has no sound partner file/,
  });

  t.deepEqual(
    (await desk.context.db('allocation').where({ state: 'waiting' })).map(({ item }) => item),
    ['HB-1001'],
  );
  await fillLane(desk.context, new AbortController().signal);
  t.deepEqual(await desk.context.db('allocation').where({ state: 'waiting' }), []);
});
