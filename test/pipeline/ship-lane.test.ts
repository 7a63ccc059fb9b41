import test, { type ExecutionContext } from 'ava';
import { chooseResolution } from '../../src/pipeline/choose-resolution.ts';
import { ruleOrder } from '../../src/pipeline/revise/rule-order.ts';
import { watchReports } from '../../src/pipeline/ship/ship-lane.ts';
import { takeReport } from '../../src/pipeline/ship/take-report.ts';
import { inTransaction } from '../../src/store/database.ts';
import { openDesk, stockOf } from '../support/desk.ts';
import { openPost, writeOrder } from '../support/desk-documents.ts';
import { assertDesk } from '../support/desk-invariants.ts';
import { breakStatements } from '../support/gateway-faults.ts';
import { drainReports, readShipments, shipmentOf, tell } from '../support/shipments.ts';

const HOUR = 3_600_000;
const master = {
  customers: 'number,name,credit_limit,credit_currency\nalpha,Alpha,100000,USD',
  warehouses: 'id,name\nDAY,Dayton',
  stock: stockOf({ 'HB-1001': 100 }),
};

async function openShipping(t: ExecutionContext) {
  const faults = breakStatements();
  const desk = await openDesk(t, { orders: '{ promise: stock }', master, alter: faults.alter });
  await desk.send('alpha', openPost('alpha').file(writeOrder('PO-1', ['40 HB-1001 3.25'])));
  const keep = (number: string, quantity: number) =>
    inTransaction(desk.context.db, (tx) => {
      const content = { ...shipmentOf(number, [`PO-1 1 ${quantity}`]), partner: 'alpha' };
      return takeReport(desk.context, tx, { origin: 'command', content });
    });
  return { desk, faults, keep };
}

test('a report that fails backs off, holds up no other, and is tried again', async (t) => {
  const { desk, faults, keep } = await openShipping(t);
  await keep('SH-1', 1);
  await keep('SH-2', 2);
  faults.breakNext('shipment-save', 'a bug');

  await drainReports(desk);
  t.deepEqual(await readShipments(desk), ['SH-2 v1 shipped, notice none']);
  desk.advance(HOUR);
  await drainReports(desk);

  t.deepEqual((await readShipments(desk)).toSorted(), [
    'SH-1 v1 shipped, notice none',
    'SH-2 v1 shipped, notice none',
  ]);
  await assertDesk(t, desk);
});

test('after five tries a person is asked, and may have it tried again', async (t) => {
  const { desk, faults, keep } = await openShipping(t);
  await keep('SH-1', 1);
  faults.breakNext('shipment-save', 'a bug', 5);

  for (let attempt = 0; attempt < 6; attempt += 1) {
    await drainReports(desk);
    desk.advance(HOUR);
  }

  const [asked, ...others] = await desk.exceptions('alpha');
  t.deepEqual(others, []);
  t.is(asked?.kind, 'shipment-refused');
  t.true(asked?.message.includes('gave up after 5 attempts'));
  t.deepEqual(await readShipments(desk), []);
  await assertDesk(t, desk);

  const choosing = { id: asked!.id, choice: 'look-again', given: {}, by: 'ann' };
  t.is((await chooseResolution(desk.context, choosing, ruleOrder)).kind, 'done');
  t.deepEqual(await readShipments(desk), ['SH-1 v1 shipped, notice none']);
  await assertDesk(t, desk);
});

test('an outage of the database uses up none of its tries', async (t) => {
  const { desk, faults, keep } = await openShipping(t);
  await keep('SH-1', 1);
  for (let outage = 0; outage < 7; outage += 1) {
    faults.breakNext('shipment-save', 'connection lost');
    await t.throwsAsync(drainReports(desk));
  }

  await drainReports(desk);

  t.deepEqual(await readShipments(desk), ['SH-1 v1 shipped, notice none']);
});

test('of a correction whose shipment nobody tells a person is told after a day, once', async (t) => {
  const { desk } = await openShipping(t);
  await tell(desk, { kind: 'shipment', purpose: 'cancel', number: 'SH-1', partner: 'alpha' });
  t.is(await watchReports(desk.context), 0);
  desk.advance(25 * HOUR);

  t.is(await watchReports(desk.context), 1);
  t.is(await watchReports(desk.context), 0);

  const [asked] = await desk.exceptions('alpha');
  t.is(asked?.kind, 'shipment-waits');
  // It comes after all, and is taken back at once.
  await tell(desk, shipmentOf('SH-1', ['PO-1 1 4']));
  await drainReports(desk);
  t.deepEqual(await readShipments(desk), ['SH-1 v2 cancelled, notice none']);
  t.deepEqual(
    (await desk.exceptions('alpha')).filter(({ state }) => state === 'open'),
    [],
  );
  await assertDesk(t, desk);
});
