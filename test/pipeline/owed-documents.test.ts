import test from 'ava';
import { watchOwedDocuments } from '../../src/pipeline/deliver/watch-owed.ts';
import { openBilling } from '../support/billing.ts';
import { shipmentOf, tell } from '../support/shipments.ts';

const MINUTE = 60_000;

test('a notice that something stops is told of before it is late, and once', async (t) => {
  const send =
    '{ "856": { within: 60m }, "810": { within: 4h }, certificates: { kinds: [material-test], gate: "856" } }';
  const desk = await openBilling(t, send);
  await desk.order('PO-1', ['40 HB-1001 3.25']);
  await tell(desk, shipmentOf('SH-1', ['PO-1 1 10']));
  const told = async () =>
    (await desk.exceptions('alpha'))
      .filter(({ kind }) => kind === 'document-owed')
      .map(({ message }) => message);

  desk.advance(47 * MINUTE);
  t.is(await watchOwedDocuments(desk.context), 0);
  desk.advance(2 * MINUTE);
  t.is(await watchOwedDocuments(desk.context), 1);
  desk.advance(5 * MINUTE);
  t.is(await watchOwedDocuments(desk.context), 0);
  t.deepEqual(await told(), [
    'the 856 of shipment SH-1 is owed by 2026-11-21 11:00 UTC, and has not been sent',
  ]);

  desk.advance(240 * MINUTE);
  t.is(await watchOwedDocuments(desk.context), 1);
  t.is((await told()).length, 2);
  t.true(
    (await told()).includes(
      'the 810 of shipment SH-1 was owed by 2026-11-21 14:00 UTC, and has not been sent',
    ),
  );
});

test('what was sent in time is not owed', async (t) => {
  const desk = await openBilling(t, '{ "856": { within: 60m }, "810": { within: 4h } }');
  await desk.order('PO-1', ['40 HB-1001 3.25']);
  await tell(desk, shipmentOf('SH-1', ['PO-1 1 10']));
  await desk.bill();
  desk.advance(600 * MINUTE);
  t.is(await watchOwedDocuments(desk.context), 0);
});
