import test from 'ava';
import { listAnsweredOrders } from '../support/gateway-answers.ts';
import { breakStatements } from '../support/gateway-faults.ts';
import { type Lanes, openLanes } from '../support/gateway-lane.ts';
import { write997, writeOrders } from '../support/gateway-orders.ts';

const FROM = 'ZZ:ALPHA';

const order = (control: number, po = `PO-${control}`, quantity = '10') =>
  writeOrders({
    from: FROM,
    control,
    orders: [{ po, lines: [{ quantity, item: 'HB-1001', price: '3.25' }] }],
  });

/** Files that speak of each other: repeats, contradictions, refusals and answers among sound ones. */
const FILES: readonly (readonly [string, Buffer])[] = [
  ['first', order(1)],
  ['second', order(2)],
  ['the first again, the same bytes', order(1)],
  ['the order of the first in a new envelope', order(3, 'PO-1')],
  ['another order under that number', order(4, 'PO-1', '99')],
  ['other bytes under a control number that was used', order(2, 'PO-5')],
  ['no X12 at all', Buffer.from('<html></html>')],
  ['after the page', order(6)],
  ['a 997 for what was never sent', write997({ from: FROM, control: 7, group: '99', sets: [], status: 'A' })],
  ['of somebody else', writeOrders({ from: 'ZZ:NOBODY', control: 8, orders: [{ po: 'PO-8' }] })],
  ['a test', writeOrders({ from: FROM, control: 9, orders: [{ po: 'PO-1' }], usage: 'T' })],
  ['last', order(10)],
];

/** A statement that every transaction of a lane sends once. */
const ONCE = 'control-number-next';

async function describeEnd(lanes: Lanes) {
  const { db } = lanes.context;
  const answers = await lanes.outbound('alpha');
  const files = await db('file').where({ direction: 'in' }).orderBy('seq').select('name', 'state', 'reason');
  const exceptions = await lanes.exceptions('alpha');
  return {
    answers: answers.map(({ name, ta1s, groups, sets }) => ({ name, ta1s, groups, sets })),
    files,
    exceptions: exceptions.map(({ kind, message }) => `${kind}: ${message}`).sort(),
    orders: await db('purchase_order')
      .orderBy('po_number')
      .orderBy('test')
      .select('po_number', 'test', 'outcome'),
  };
}

test('a backlog ends as the same files do when each is processed as it comes', async (t) => {
  const [oneByOne, together] = [await openLanes(t), await openLanes(t)];
  for (const [name, bytes] of FILES) await oneByOne.send('alpha', bytes, name);

  for (const [name, bytes] of FILES) await together.receive('alpha', bytes, name);
  await together.drain('alpha');

  t.deepEqual(await describeEnd(together), await describeEnd(oneByOne));
  t.is(listAnsweredOrders(await together.outbound('alpha')).length, 7);
});

test('files of a backlog share a transaction, and each is answered for itself', async (t) => {
  const faults = breakStatements();
  const lanes = await openLanes(t, { alter: faults.alter });
  for (let n = 1; n <= 60; n += 1) await lanes.receive('alpha', order(n));

  await lanes.drain('alpha');

  t.is(faults.count(ONCE), 2);
  const answers = await lanes.outbound('alpha');
  t.is(answers.length, 120);
  t.deepEqual(
    answers.map(({ control }) => Number(control)),
    Array.from({ length: 120 }, (_, i) => i + 1),
  );
});

test('a large file goes alone, and so does one that was tried before', async (t) => {
  const faults = breakStatements();
  const lanes = await openLanes(t, { alter: faults.alter });
  const orders = Array.from({ length: 2_000 }, (_, i) => ({ po: `PO-${i}` }));
  await lanes.receive('alpha', order(1, 'PO-A'));
  await lanes.receive('alpha', writeOrders({ from: FROM, control: 2, orders }));
  const tried = await lanes.receive('alpha', order(3, 'PO-B'));
  await lanes.receive('alpha', order(4, 'PO-C'));
  await lanes.context.db('file').where({ id: tried }).update({ attempts: 1 });

  await lanes.drain('alpha');

  t.is(faults.count(ONCE), 4);
  t.is(listAnsweredOrders(await lanes.outbound('alpha')).length, 2_003);
});

test('an outage in the midst of a backlog costs none of its files an attempt', async (t) => {
  const faults = breakStatements();
  const lanes = await openLanes(t, { alter: faults.alter });
  for (let n = 1; n <= 5; n += 1) await lanes.receive('alpha', order(n));
  faults.breakNext('outcome-save', 'connection lost');

  await t.throwsAsync(lanes.drain('alpha'), { message: /terminated/ });

  const attempts = await lanes.context.db('file').where({ direction: 'in' }).select('attempts');
  t.deepEqual([...new Set(attempts.map((row) => row.attempts))], [0]);
  await lanes.drain('alpha');
  t.deepEqual(listAnsweredOrders(await lanes.outbound('alpha')), ['PO-1', 'PO-2', 'PO-3', 'PO-4', 'PO-5']);
});
