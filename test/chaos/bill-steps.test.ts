import test from 'ava';
import type { Context } from '../../src/context.ts';
import { billLane } from '../../src/pipeline/bill/bill-lane.ts';
import { certifyLane } from '../../src/pipeline/certify/certify-lane.ts';
import { openDatabase } from '../../src/store/database.ts';
import { type BillingDesk, openBilling, signed } from '../support/billing.ts';
import { findSetsOf } from '../support/desk.ts';
import { assertDesk } from '../support/desk-invariants.ts';
import { dieAt } from '../support/gateway-faults.ts';
import { withMail } from '../support/mail-server.ts';
import { shipmentOf, tell } from '../support/shipments.ts';

type Lane = typeof billLane;

const SEND = '{ "856": {}, "810": {}, certificates: { kinds: [conformance], via: both } }';
const MAILS = 'mails: { to: [ap@alpha.example], send: [invoice, certificate] }';

// No mail is sent here: they are only planned.
const alter = (context: Context) => withMail(signed(context), 9);

/** Two shipments of an order of their own: one that is billed alone, and one that nothing can be billed of. */
async function shipTwo(desk: BillingDesk, n: number): Promise<void> {
  const [first, second] = [`PO-${n}-1`, `PO-${n}-2`];
  await desk.order(first, ['10 HB-1001 3.25']);
  await desk.order(second, ['10 WS-2001 0.13']);
  await tell(desk, shipmentOf(`SH-${n}-1`, [`${first} 1 10`]));
  await tell(desk, shipmentOf(`SH-${n}-2`, [`${second} 1 10`]));
  await desk.context.db.raw(
    `update purchase_order set content = jsonb_set(d.canonical::jsonb, '{allowanceCharges}',
      '[{"indicator":"allowance","code":"C310","rate":"0.10"}]') from document d where d.id = document_id and po_number = ?`,
    [second],
  );
}

async function runUntil(
  desk: BillingDesk,
  lane: Lane,
  n: number,
  when: 'before' | 'after',
): Promise<boolean> {
  const stop = new AbortController();
  const db = openDatabase(desk.url);
  const death = dieAt(db, n, when, () => stop.abort());
  try {
    await lane({ ...desk.context, db }, stop.signal);
  } catch {
    // It died.
  } finally {
    await db.destroy();
  }
  return death.isDead();
}

function numbers(prefix: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, i) => `${prefix}${String(i + 1).padStart(5, '0')}`);
}

for (const when of ['before', 'after'] as const) {
  test(`dead just ${when} any statement of billing: nothing is billed twice or left, and no number is lost`, async (t) => {
    const desk = await openBilling(t, SEND, { yaml: MAILS, alter });
    let n = 0;
    for (let died = true; died; ) {
      n += 1;
      await shipTwo(desk, n);
      died = await runUntil(desk, billLane, n, when);
      await assertDesk(t, desk);
      await desk.bill();
    }
    await assertDesk(t, desk);
    const { db } = desk.context;
    t.deepEqual(
      (await desk.invoices()).map(({ number }) => number),
      numbers('INV-2026-', n),
    );
    t.is((await findSetsOf(desk, '810')).length, n);
    t.is((await db('mail').where({ kind: 'invoice' })).length, n);
    const { rows } = await db.raw(
      `select billing, count(*)::int as count from shipment group by 1 order by 1`,
    );
    t.deepEqual(rows, [
      { billing: 'billed', count: n },
      { billing: 'stopped', count: n },
    ]);
    const asked = (await desk.exceptions('alpha')).filter(({ kind }) => kind === 'invoice-not-matched');
    t.is(asked.length, n);
    t.true(n > 20, `${n} statements`);
  });

  test(`dead just ${when} any statement of certifying: each certificate is printed and sent once`, async (t) => {
    const desk = await openBilling(t, SEND, { yaml: MAILS, alter });
    let n = 0;
    for (let died = true; died; ) {
      n += 1;
      await desk.order(`PO-${n}`, ['10 HB-1001 3.25']);
      await tell(desk, shipmentOf(`SH-${n}`, [`PO-${n} 1 10`]));
      died = await runUntil(desk, certifyLane, n, when);
      await desk.certify();
    }
    await assertDesk(t, desk);
    const { db } = desk.context;
    const certificates = await db('certificate').orderBy('number').select('number', 'pdf', 'file_hash');
    t.is(certificates.length, n);
    t.true(certificates.every(({ pdf, file_hash: hash }) => pdf !== null && hash !== null));
    t.is((await db('mail').where({ kind: 'certificate' })).length, n);
    const files = await db('file').whereLike('name', 'certificate-%').pluck('name');
    t.deepEqual(
      files.toSorted(),
      certificates.map(({ number }) => `certificate-${number}.pdf`),
    );
    t.deepEqual(await db('shipment').whereNot({ certificates: 'sent' }), []);
    t.true(n > 10, `${n} statements`);
  });
}
