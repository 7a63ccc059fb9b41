import test from 'ava';
import { shipLane } from '../../src/pipeline/ship/ship-lane.ts';
import { takeReport } from '../../src/pipeline/ship/take-report.ts';
import { inTransaction, openDatabase } from '../../src/store/database.ts';
import { findSetsOf, openDesk, stockOf } from '../support/desk.ts';
import { openPost, writeOrder } from '../support/desk-documents.ts';
import { assertDesk } from '../support/desk-invariants.ts';
import { dieAt } from '../support/gateway-faults.ts';
import type { Lanes } from '../support/gateway-lane.ts';
import { pack, readShipments, readStock, shipmentOf } from '../support/shipments.ts';

const master = {
  customers: 'number,name,credit_limit,credit_currency\nalpha,Alpha,1000000,USD',
  warehouses: 'id,name\nDAY,Dayton',
  stock: stockOf({ 'HB-1001': 100_000 }),
};

/** A shipment, its correction, another that goes over, and one that is taken back. */
function listReports(n: number) {
  const [first, second] = [`SH-${n}-1`, `SH-${n}-2`];
  const units = [{ kind: 'carton' as const, contents: [pack(`PO-${n} 1 4`)] }];
  return [
    { ...shipmentOf(first, []), units },
    { ...shipmentOf(first, [`PO-${n} 1 6`]), purpose: 'replace' as const },
    shipmentOf(second, [`PO-${n} 1 30`]),
    { kind: 'shipment' as const, purpose: 'cancel' as const, number: second },
  ];
}

async function runUntil(lanes: Lanes, n: number, when: 'before' | 'after'): Promise<boolean> {
  const stop = new AbortController();
  const db = openDatabase(lanes.url);
  const death = dieAt(db, n, when, () => stop.abort());
  try {
    await shipLane({ ...lanes.context, db }, stop.signal);
  } catch {
    // It died.
  } finally {
    await db.destroy();
  }
  return death.isDead();
}

for (const when of ['before', 'after'] as const) {
  test(`dead just ${when} any statement of a shipment: every sum is whole, at once and after the restart`, async (t) => {
    const yaml = 'send: { "856": {} }\n';
    const desk = await openDesk(t, { orders: '{ promise: stock }', yaml, master });
    const post = openPost('alpha');
    let n = 0;
    for (let died = true; died; ) {
      n += 1;
      await desk.send('alpha', post.file(writeOrder(`PO-${n}`, ['20 HB-1001 3.25'])));
      await inTransaction(desk.context.db, async (tx) => {
        for (const content of listReports(n))
          await takeReport(desk.context, tx, { origin: 'command', content });
      });
      died = await runUntil(desk, n, when);
      await assertDesk(t, desk);

      await shipLane(desk.context, new AbortController().signal);
      if (n % 10 === 0 || !died) await assertDesk(t, desk);
    }
    t.deepEqual(
      (await readShipments(desk)).toSorted(),
      Array.from({ length: n }, (_, i) => [
        `SH-${i + 1}-1 v2 shipped, notice sent`,
        `SH-${i + 1}-2 v2 cancelled, notice cancelled`,
      ])
        .flat()
        .toSorted(),
    );
    t.deepEqual(await readStock(desk), [`HB-1001 ${100_000 - 6 * n} ${14 * n}`]);
    t.is((await findSetsOf(desk, '856')).length, 2 * n);
    t.true(n > 40, `${n} statements`);
  });
}
