import test from 'ava';
import { processLane } from '../../src/pipeline/process/process.ts';
import { receiveFile } from '../../src/pipeline/receive/receive.ts';
import { openDatabase } from '../../src/store/database.ts';
import { listAnsweredOrders } from '../support/gateway-answers.ts';
import { dieAt } from '../support/gateway-faults.ts';
import { type Lanes, openLanes } from '../support/gateway-lane.ts';
import { writeOrders } from '../support/gateway-orders.ts';

/** Receives and processes until the nth statement kills it; says whether the sender heard, and whether it died. */
async function runUntil(lanes: Lanes, bytes: Uint8Array, n: number, when: 'before' | 'after') {
  const stop = new AbortController();
  const db = openDatabase(lanes.url);
  const death = dieAt(db, n, when, () => stop.abort());
  const context = { ...lanes.context, db };
  let heard = false;
  try {
    await receiveFile(context, { partner: 'alpha', channel: 'sftp-hosted', name: 'po.edi', bytes });
    heard = true;
    await processLane(context, 'alpha', stop.signal);
  } catch {
    // It died.
  } finally {
    await db.destroy();
  }
  return { heard, died: death.isDead() };
}

for (const when of ['before', 'after'] as const) {
  test(`dead just ${when} any step of the database: after a restart nothing is lost and nothing double`, async (t) => {
    const lanes = await openLanes(t);
    const sent: string[] = [];
    for (let n = 1; ; n += 1) {
      const bytes = writeOrders({ from: 'ZZ:ALPHA', control: n, orders: [{ po: `PO-${n}` }] });
      const { heard, died } = await runUntil(lanes, bytes, n, when);
      sent.push(`PO-${n}`);

      // The restart. A sender that heard nothing sends again.
      if (!heard) await lanes.receive('alpha', bytes);
      await lanes.drain('alpha');

      t.deepEqual(listAnsweredOrders(await lanes.outbound('alpha')), sent, `${when} statement ${n}`);
      if (!died) break;
    }
    t.true(sent.length > 8, 'receiving and processing take some steps');
    const controls = (await lanes.outbound('alpha')).map(({ control }) => Number(control));
    t.deepEqual(
      controls,
      Array.from({ length: sent.length * 2 }, (_, i) => i + 1),
    );
    t.deepEqual(await lanes.exceptions('alpha'), []);
  });
}
