import test from 'ava';
import { listExceptions, resolveException } from '../../src/store/exceptions.ts';
import { insertFile } from '../../src/store/files.ts';
import { saveOutcome } from '../../src/store/outcomes.ts';
import { readPartnerVersion, savePartnerVersion } from '../../src/store/partner-versions.ts';
import { trace } from '../../src/store/trace.ts';
import { testDatabase } from '../support/database.ts';
import {
  AT,
  makeDocument,
  makeEvent,
  makeException,
  makeExchange,
  makeFile,
  makeInterchange,
  NOTHING,
} from '../support/exchange.ts';

test('an order is followed through files, answers and the acknowledgement of the answer', async (t) => {
  const { db } = await testDatabase(t);
  const { inbound, outcome } = makeExchange(5);
  const order = outcome.orders[2]!;
  const reply = outcome.documents.find((each) => each.order === order.id && each.direction === 'out')!;
  const raised = makeException({ order: order.id });
  await insertFile(db, inbound);
  await saveOutcome(db, { ...outcome, exceptions: [raised] });
  const later = makeFile({ name: '997.edi', at: '2026-11-21T11:00:00Z' });
  const envelope = makeInterchange(later.id);
  const functional = makeDocument(envelope.id, { set: '997', functionalId: 'FA' });
  await insertFile(db, later);
  await saveOutcome(db, {
    ...NOTHING,
    interchanges: [envelope],
    documents: [functional],
    events: [makeEvent({ document: functional.id, at: later.at, kind: 'acknowledged' })],
  });
  await saveOutcome(db, {
    ...NOTHING,
    settlements: [
      {
        partner: 'acme',
        functionalId: 'PR',
        groupControl: '1',
        control: '3',
        state: 'accepted',
        by: functional.id,
      },
    ],
  });

  for (const what of [order.poNumber, order.id, reply.id]) {
    const { entries, truncated } = await trace(db, what);
    const kinds = entries.map((entry) => entry.kind);
    t.false(truncated);
    t.deepEqual(
      entries.flatMap((entry) => (entry.kind === 'order' ? [entry.order] : [])),
      [order],
    );
    t.deepEqual(entries.flatMap((entry) => (entry.kind === 'document' ? [entry.document.set] : [])).sort(), [
      '850',
      '855',
      '997',
      '997',
    ]);
    t.is(kinds.filter((kind) => kind === 'file').length, 3);
    t.is(kinds.filter((kind) => kind === 'event').length, 3);
    t.is(kinds.filter((kind) => kind === 'delivery').length, 1);
    t.is(kinds.filter((kind) => kind === 'exception').length, 1);
    t.true(entries.every((entry, n) => n === 0 || Date.parse(entries[n - 1]!.at) <= Date.parse(entry.at)));
  }
});

test('a file, its name and a control number lead to all that they hold', async (t) => {
  const { db } = await testDatabase(t);
  const { inbound, outcome } = makeExchange(2);
  await insertFile(db, { ...inbound, name: 'monday.edi' });
  await saveOutcome(db, outcome);
  const control = outcome.interchanges[0]!.control;
  for (const what of ['monday.edi', inbound.id, control, control.replace(/^0+/, '')]) {
    const { entries } = await trace(db, what);
    t.is(entries.filter((entry) => entry.kind === 'order').length, 2, what);
    t.is(entries.filter((entry) => entry.kind === 'file').length, 2, what);
  }
  t.deepEqual(await trace(db, 'no such thing'), { entries: [], truncated: false });
  t.deepEqual((await trace(db, { what: control, partner: 'other' })).entries, []);
});

test('exceptions are listed by urgency and resolved once', async (t) => {
  const { db } = await testDatabase(t);
  const [late, soon] = [makeException(), makeException({ dueAt: '2026-11-21T12:00:00Z', team: 'sales' })];
  await saveOutcome(db, { ...NOTHING, exceptions: [late, soon] });
  t.deepEqual(
    (await listExceptions(db)).map(({ id, state }) => ({ id, state })),
    [soon, late].map(({ id }) => ({ id, state: 'open' })),
  );
  t.deepEqual(await listExceptions(db, { team: 'orders' }), [
    { ...late, firstDueAt: late.dueAt, escalated: 0, state: 'open' },
  ]);
  const how = { at: AT, by: 'ann', resolution: 'accept' };
  t.true(await resolveException(db, soon.id, how));
  t.false(await resolveException(db, soon.id, how));
  t.like(await listExceptions(db, { state: 'resolved' }), [
    { id: soon.id, resolvedBy: 'ann', resolvedAt: AT },
  ]);
});

test('a partner version is kept once', async (t) => {
  const { db } = await testDatabase(t);
  const version = { hash: 'h1', partner: 'acme', files: { 'partner.yaml': 'id: acme' }, firstSeen: AT };
  await savePartnerVersion(db, version);
  await savePartnerVersion(db, { ...version, firstSeen: '2027-01-01T00:00:00Z' });
  t.deepEqual(await readPartnerVersion(db, 'h1'), version);
});
