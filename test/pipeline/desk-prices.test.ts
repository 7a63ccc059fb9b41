import test from 'ava';
import { openDesk, readLines } from '../support/desk.ts';
import { openPost, writeCancel, writeOrder, writeQuantity } from '../support/desk-documents.ts';
import { assertDesk } from '../support/desk-invariants.ts';
import type { Lanes } from '../support/gateway-lane.ts';

const ITEMS = 'number,description,unit\nBOLT,Bolt,EA\nNUT,Nut,EA\nPIN,Pin,EA';
const TERMS = 'agreement,version,position,item,unit,form,price,tiers,zone';

/** A contract with line tiers, cumulative tiers, and a price that depends on the zone. */
const master = {
  items: ITEMS,
  customers: 'number,name,price_group\nalpha,Alpha,GOLD',
  'ship-tos': [
    'customer,code,name,zone,country,region',
    'alpha,DC12,Dayton,EAST,US,OH',
    'alpha,DC90,Los Angeles,WEST,US,CA',
  ].join('\n'),
  agreements: [
    'kind,number,version,holder,currency,valid_from,valid_to',
    'contract,C-1,1,alpha,USD,2026-01-01,2026-12-31',
  ].join('\n'),
  'price-terms': [
    TERMS,
    'C-1,1,1,BOLT,EA,line-tiers,,1=3.25;100=3.10;500=2.95,',
    'C-1,1,2,NUT,EA,cumulative-tiers,,0=2.00;100=1.80;200=1.50,',
    'C-1,1,3,PIN,EA,fixed,5.00,,',
    'C-1,1,4,PIN,EA,fixed,5.60,,WEST',
  ].join('\n'),
};

async function readOrdered({ context }: Lanes): Promise<readonly string[]> {
  const rows = await context
    .db('agreement_ordered')
    .whereNot('quantity', 0)
    .select('agreement', 'item', context.db.raw('trim_scale(quantity)::text as quantity'));
  return rows.map(({ agreement, item, quantity }) => `${agreement} ${item} ${quantity}`);
}

test('line tiers of an imported contract, at their edges', async (t) => {
  const desk = await openDesk(t, { master });

  await desk.send(
    'alpha',
    openPost('alpha').file(writeOrder('PO-1', ['99 BOLT', '100 BOLT', '499 BOLT', '500 BOLT'])),
  );

  t.deepEqual(await readLines(desk, 'PO-1'), [
    '99 BOLT 3.25 IA',
    '100 BOLT 3.10 IA',
    '499 BOLT 3.10 IA',
    '500 BOLT 2.95 IA',
  ]);
  await assertDesk(t, desk);
});

test('the price of another tier is held, and told with both prices', async (t) => {
  const desk = await openDesk(t, { master });

  await desk.send('alpha', openPost('alpha').file(writeOrder('PO-1', ['99 BOLT 3.10'])));

  const [exception] = await desk.exceptions('alpha');
  t.is(exception?.kind, 'price-outside-tolerance');
  t.regex(exception?.message ?? '', /ordered at 3.10, our price is 3.25/);
  await assertDesk(t, desk);
});

test('cumulative tiers count what earlier files ordered', async (t) => {
  const desk = await openDesk(t, { master });
  const post = openPost('alpha');

  for (const [po, quantity] of [
    ['PO-1', 60],
    ['PO-2', 60],
    ['PO-3', 60],
    ['PO-4', 60],
  ] as const)
    await desk.send('alpha', post.file(writeOrder(po, [`${quantity} NUT`])));

  const lines = await Promise.all(['PO-1', 'PO-2', 'PO-3', 'PO-4'].map((po) => readLines(desk, po)));
  const prices = lines.flat().map((one) => one.split(' ')[2]);
  t.deepEqual(await readOrdered(desk), ['C-1 NUT 240']);
  // To date, the line included: 60, 120, 180, 240.
  t.deepEqual(prices, ['2.00', '1.80', '1.80', '1.50']);
  await assertDesk(t, desk);
});

test('cumulative tiers count alike in one file, in a backlog and file by file', async (t) => {
  const orders = ['PO-1', 'PO-2', 'PO-3', 'PO-4'].map((po) => writeOrder(po, ['60 NUT']));
  const ends: unknown[] = [];
  for (const way of ['one file', 'backlog', 'file by file']) {
    const desk = await openDesk(t, { master });
    const post = openPost('alpha');
    if (way === 'one file') await desk.send('alpha', post.file(...orders));
    else
      for (const order of orders) {
        await desk.receive('alpha', post.file(order));
        if (way === 'file by file') await desk.drain('alpha');
      }
    await desk.drain('alpha');
    const lines = await Promise.all(['PO-1', 'PO-2', 'PO-3', 'PO-4'].map((po) => readLines(desk, po)));
    ends.push({ lines, ordered: await readOrdered(desk) });
    await assertDesk(t, desk);
  }
  t.deepEqual(ends[1], ends[0]);
  t.deepEqual(ends[2], ends[0]);
});

test('four lanes of one customer order at once: every tier is reached by one order, whichever comes first', async (t) => {
  const partners = ['alpha', 'beta', 'gamma', 'delta'];
  const desk = await openDesk(t, { master, partners, customer: 'alpha' });
  for (const partner of partners) {
    const post = openPost(partner);
    for (const n of [1, 2]) await desk.receive(partner, post.file(writeOrder(`${partner}-${n}`, ['30 NUT'])));
  }

  await Promise.all(partners.map((partner) => desk.drain(partner)));

  const orders = partners.flatMap((partner) => [`${partner}-1`, `${partner}-2`]);
  const lines = await Promise.all(orders.map((po) => readLines(desk, po)));
  // To date, the line included: 30, 60, 90; 120, 150, 180; 210, 240.
  const prices = lines.flat().map((one) => one.split(' ')[2]);
  t.deepEqual(prices.toSorted(), ['1.50', '1.50', '1.80', '1.80', '1.80', '2.00', '2.00', '2.00']);
  await assertDesk(t, desk);
});

test('a change and a cancellation count for cumulative tiers, in one file and file by file', async (t) => {
  const documents = [
    writeOrder('PO-1', ['60 NUT']),
    writeQuantity('PO-1', 'QI', 90),
    writeOrder('PO-2', ['50 NUT']),
    writeCancel('PO-1', { sequence: 2 }),
    writeOrder('PO-3', ['40 NUT']),
  ];
  const ends: unknown[] = [];
  for (const together of [true, false]) {
    const desk = await openDesk(t, { master });
    const post = openPost('alpha');
    if (together) await desk.send('alpha', post.file(...documents));
    else for (const document of documents) await desk.send('alpha', post.file(document));
    t.deepEqual(await readOrdered(desk), ['C-1 NUT 90']);
    ends.push(await Promise.all(['PO-1', 'PO-2', 'PO-3'].map((po) => readLines(desk, po))));
    await assertDesk(t, desk);
  }
  t.deepEqual(ends[1], ends[0]);
});

test('test orders and refused ones count for no tier', async (t) => {
  const desk = await openDesk(t, { master });
  const post = openPost('alpha');

  await desk.send('alpha', post.test(writeOrder('PO-1', ['500 NUT'])));
  await desk.send('alpha', post.file(writeOrder('PO-1', ['10 NUT'])));

  t.deepEqual(await readOrdered(desk), ['C-1 NUT 10']);
  t.deepEqual(await readLines(desk, 'PO-1'), ['10 NUT 2.00 IA']);
  await assertDesk(t, desk);
});

test('the zone of the ship-to decides between two prices of a contract', async (t) => {
  const desk = await openDesk(t, { master });

  await desk.send(
    'alpha',
    openPost('alpha').file(
      writeOrder('PO-1', ['1 PIN'], { shipTo: 'DC12' }),
      writeOrder('PO-2', ['1 PIN'], { shipTo: 'DC90' }),
    ),
  );

  t.deepEqual(await readLines(desk, 'PO-1'), ['1 PIN 5.00 IA']);
  t.deepEqual(await readLines(desk, 'PO-2'), ['1 PIN 5.60 IA']);
  await assertDesk(t, desk);
});

test('two partners under one contract, at the same time: each piece is counted once', async (t) => {
  const partners = ['alpha', 'beta'];
  const own = {
    ...master,
    customers: 'number,name\nC-9,Both',
    'ship-tos': 'customer,code,zone\nC-9,DC12,EAST',
    agreements: 'kind,number,version,holder,currency,valid_from\ncontract,C-1,1,C-9,USD,2026-01-01',
  };
  const desk = await openDesk(t, { partners, customer: 'C-9', master: own });
  for (const partner of partners) {
    const post = openPost(partner);
    for (const n of [1, 2, 3])
      await desk.receive(partner, post.file(writeOrder(`${partner}-${n}`, ['20 NUT'])));
  }

  await Promise.all(partners.map((partner) => desk.drain(partner)));

  t.deepEqual(await readOrdered(desk), ['C-1 NUT 120']);
  await assertDesk(t, desk);
});
