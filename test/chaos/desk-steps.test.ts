import test from 'ava';
import { fromBig, toBig } from '../../src/lib/decimal.ts';
import { processLane } from '../../src/pipeline/process/process.ts';
import { openDatabase } from '../../src/store/database.ts';
import { listAnswers, openDesk, stockOf } from '../support/desk.ts';
import {
  type DeskDocument,
  openPost,
  writeCancel,
  writeOrder,
  writeQuantity,
  writeRelease,
} from '../support/desk-documents.ts';
import { assertDesk } from '../support/desk-invariants.ts';
import { dieAt } from '../support/gateway-faults.ts';
import type { Lanes } from '../support/gateway-lane.ts';

const orders = '{ promise: stock }';
const master = {
  customers: 'number,name,credit_limit,credit_currency\nalpha,Alpha,100000,USD',
  warehouses: 'id,name\nDAY,Dayton',
  stock: stockOf({ 'HB-1001': 100_000, 'HB-1002': 0, 'WS-2001': 100_000 }),
};

/** Everything that an order may draw on, and give back; 12 HB-1001 and 3 HB-1002 are left, for 51.30 USD. */
function makeDocuments(n: number): readonly DeskDocument[] {
  const [blanket, first, second] = [`BK-${n}`, `PO-${n}-1`, `PO-${n}-2`];
  const release = { type: 'RL', release: 'R1' } as const;
  return [
    writeOrder(blanket, ['80 HB-1001 3.25'], { type: 'BK' }),
    writeRelease(blanket, 'R1', ['60 HB-1001 3.25']),
    writeOrder(first, ['40 HB-1001 3.25', '5 WS-2001 0.13']),
    writeQuantity(blanket, 'QD', 20, release),
    writeQuantity(first, 'QI', 90),
    writeCancel(blanket, { ...release, sequence: 2 }),
    writeCancel(first, { sequence: 2 }),
    writeOrder(second, ['12 HB-1001 3.25', '3 HB-1002 4.10']),
  ];
}

async function runUntil(lanes: Lanes, n: number, when: 'before' | 'after'): Promise<boolean> {
  const stop = new AbortController();
  const db = openDatabase(lanes.url);
  const death = dieAt(db, n, when, () => stop.abort());
  try {
    await processLane({ ...lanes.context, db }, 'alpha', stop.signal);
  } catch {
    // It died.
  } finally {
    await db.destroy();
  }
  return death.isDead();
}

/** Sums over all that was done. */
async function readSums({ context: { db } }: Lanes) {
  const stock = await db('stock')
    .orderBy('item')
    .select(db.raw("item || ' ' || trim_scale(allocated) as held"));
  const [customer] = await db('customer').select(db.raw('trim_scale(accepted_not_shipped)::text as owed'));
  const [blankets] = await db('blanket_line').select(
    db.raw('trim_scale(sum(committed))::text as committed, trim_scale(sum(released))::text as released'),
  );
  const [waiting] = await db('allocation')
    .where({ state: 'waiting' })
    .select(db.raw('trim_scale(sum(quantity))::text as quantity'));
  const [versions] = await db('order_version').select(db.raw('count(*)::int as count'));
  return {
    stock: stock.map(({ held }) => held),
    owed: customer.owed,
    ...blankets,
    waiting: waiting.quantity,
    versions: versions.count,
  };
}

for (const when of ['before', 'after'] as const) {
  test(`dead just ${when} any statement: every sum and ledger is whole, at once and after the restart`, async (t) => {
    const desk = await openDesk(t, { orders, master });
    const post = openPost('alpha');
    let n = 0;
    for (let died = true; died; ) {
      n += 1;
      await desk.receive('alpha', post.file(...makeDocuments(n)));
      died = await runUntil(desk, n, when);
      await assertDesk(t, desk);

      await desk.drain('alpha');

      t.is((await listAnswers(desk)).length, n * 8, `${when} statement ${n}`);
      await assertDesk(t, desk);
    }
    t.deepEqual(await readSums(desk), {
      stock: [`HB-1001 ${n * 12}`, 'HB-1002 0', 'WS-2001 0'],
      owed: fromBig(toBig('51.3').times(n)),
      committed: String(n * 80),
      released: '0',
      waiting: String(n * 3),
      versions: n * 4,
    });
    t.deepEqual(await desk.exceptions('alpha'), []);
    t.true(n > 15, `${n} statements`);
  });
}
