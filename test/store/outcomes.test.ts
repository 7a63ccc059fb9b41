import test from 'ava';
import { interchangeKey } from '../../src/domain/exchange/natural-keys.ts';
import { inTransaction, violatedIndex } from '../../src/store/database.ts';
import { recordDeliveryAttempt } from '../../src/store/deliveries.ts';
import { listOrderLines, overdueDocuments, readDocument } from '../../src/store/documents.ts';
import { findInterchanges, findOrders } from '../../src/store/facts.ts';
import { insertFile } from '../../src/store/files.ts';
import { listOutbound, markFetched, readOutbound, removeOutbound } from '../../src/store/hosted.ts';
import { saveOutcome } from '../../src/store/outcomes.ts';
import { testDatabase } from '../support/database.ts';
import {
  AT,
  makeDelivery,
  makeDocument,
  makeEvent,
  makeException,
  makeExchange,
  makeInterchange,
  makeLine,
  makeOrder,
  NOTHING,
} from '../support/exchange.ts';

const TABLES = ['interchange', 'document', 'purchase_order', 'purchase_order_line', 'event', 'delivery'];

test('an outcome is saved whole and reads back as it was', async (t) => {
  const { db } = await testDatabase(t);
  const { inbound, outcome } = makeExchange(3);
  await insertFile(db, inbound);
  await inTransaction(db, (tx) => saveOutcome(tx, outcome));

  const [order] = outcome.orders;
  t.deepEqual(await findOrders(db, 'acme', false, outcome.orders.slice(0, 1)), [order!]);
  t.deepEqual(await findOrders(db, 'acme', true, outcome.orders), []);
  t.deepEqual(await listOrderLines(db, order!.id), outcome.lines.slice(0, 2));
  const document = outcome.documents.find((each) => each.order === order!.id)!;
  t.deepEqual(await readDocument(db, document.id), { ...document, file: inbound.id });
  const asked = outcome.interchanges[0]!;
  const found = await findInterchanges(db, outcome.interchanges);
  t.like(found.get(interchangeKey(asked)), { id: asked.id, sha256: asked.sha256 });
  t.is(found.size, 1);
});

test('a refused row refuses everything', async (t) => {
  const { db } = await testDatabase(t);
  const { inbound, outcome } = makeExchange(2);
  await insertFile(db, inbound);
  const wrong = {
    ...outcome,
    exceptions: [makeException()],
    lines: [...outcome.lines, makeLine(outcome.orders[0]!.id, 1)],
  };
  const error = await t.throwsAsync(inTransaction(db, (tx) => saveOutcome(tx, wrong)));
  t.is(violatedIndex(error), 'purchase_order_line_pkey');
  for (const table of [...TABLES, 'exception'])
    t.is(Number((await db(table).count())[0]?.['count']), 0, table);
  t.is(Number((await db('file').count())[0]?.['count']), 1);
});

test('natural keys are kept once; a refused interchange does not take its number', async (t) => {
  const { db } = await testDatabase(t);
  const { inbound, outcome } = makeExchange(1);
  await insertFile(db, inbound);
  await saveOutcome(db, outcome);
  const asked = outcome.interchanges[0]!;
  const { id: _, ...same } = asked;
  const again = makeInterchange(inbound.id, same);

  const duplicate = await t.throwsAsync(saveOutcome(db, { ...NOTHING, interchanges: [again] }));
  t.is(violatedIndex(duplicate), 'interchange_in');
  await saveOutcome(db, { ...NOTHING, interchanges: [{ ...again, status: 'R', note: '025' }] });

  const order = makeOrder(outcome.documents[1]!.id, { poNumber: outcome.orders[0]!.poNumber });
  const second = await t.throwsAsync(saveOutcome(db, { ...NOTHING, orders: [order] }));
  t.regex(violatedIndex(second) ?? '', /^purchase_order_po_number/);
  await saveOutcome(db, { ...NOTHING, orders: [{ ...order, test: true }] });
  t.pass();
});

test('an acknowledgement settles one set or the whole group, with or without leading zeros', async (t) => {
  const { db } = await testDatabase(t);
  const { inbound, outcome } = makeExchange(3);
  await insertFile(db, inbound);
  await saveOutcome(db, outcome);
  const by = outcome.documents[0]!.id;
  const speaks = { partner: 'acme', functionalId: 'PR', groupControl: '0001', by } as const;

  t.is((await overdueDocuments(db, '2026-11-22T10:00:00Z')).length, 3);
  const saved = await saveOutcome(db, {
    ...NOTHING,
    settlements: [
      { ...speaks, control: '2', state: 'rejected' },
      { ...speaks, control: '9', state: 'accepted' },
      { ...speaks, state: 'accepted' },
    ],
  });
  t.deepEqual(
    saved.settlements.map((each) => each.matched),
    [1, 0, 3],
  );
  const again = await saveOutcome(db, { ...NOTHING, settlements: [{ ...speaks, state: 'rejected' }] });
  t.deepEqual(again.settlements, [{ matched: 3, settled: 0 }]);
  t.deepEqual(await overdueDocuments(db, '2027-01-01T00:00:00Z'), []);
});

test('a repeated interchange offers its stored answer again, and makes no second file', async (t) => {
  const { db } = await testDatabase(t);
  const { inbound, outcome } = makeExchange(1);
  const answer = outcome.files[0]!;
  const sent = makeDelivery(answer.id);
  await insertFile(db, inbound);
  await saveOutcome(db, { ...outcome, deliveries: [...outcome.deliveries, sent] });
  const repeat = () => saveOutcome(db, { ...NOTHING, repeats: [outcome.interchanges[0]!.id] });

  t.deepEqual((await repeat()).reoffered, [], 'what still waits is left alone');

  t.deepEqual((await readOutbound(db, 'acme', answer.name))?.bytes, answer.bytes);
  t.true(await markFetched(db, outcome.deliveries[0]!.id, AT));
  t.false(await markFetched(db, outcome.deliveries[0]!.id, AT));
  t.is((await removeOutbound(db, 'acme', answer.name, AT))?.file, answer.id);
  await recordDeliveryAttempt(db, { delivery: sent.id, at: AT, ms: 5, result: { kind: 'delivered' } });
  t.deepEqual(await listOutbound(db, 'acme'), []);

  const { reoffered } = await repeat();
  t.deepEqual(
    reoffered
      .map(({ channel, state, file }) => ({ channel, state, file }))
      .sort((a, b) => (a.channel < b.channel ? -1 : 1)),
    [
      { channel: 'sftp', state: 'pending', file: answer.id },
      { channel: 'sftp-hosted', state: 'available', file: answer.id },
    ],
  );
  t.is((await listOutbound(db, 'acme')).length, 1);
  t.is(Number((await db('file').count())[0]?.['count']), 2);
});

test('characters that PostgreSQL does not take are replaced, not fatal', async (t) => {
  const { db } = await testDatabase(t);
  const { inbound, outcome } = makeExchange(1);
  await insertFile(db, inbound);
  const document = makeDocument(outcome.interchanges[0]!.id, { canonical: { note: 'a\0b', half: '\ud800' } });
  await saveOutcome(db, {
    ...outcome,
    documents: [...outcome.documents, document],
    events: [makeEvent({ document: document.id, text: 'NUL \0' })],
  });
  t.deepEqual((await readDocument(db, document.id))?.canonical, { note: 'a␀b', half: '�' });
});
