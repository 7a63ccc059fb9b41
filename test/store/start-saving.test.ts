import test from 'ava';
import { inTransaction, violatedIndex } from '../../src/store/database.ts';
import { insertFile } from '../../src/store/files.ts';
import { type Saving, startSaving } from '../../src/store/start-saving.ts';
import { testDatabase } from '../support/database.ts';
import { makeEvent, makeExchange, NOTHING } from '../support/exchange.ts';
import { watchStatements } from '../support/gateway-faults.ts';

const { inbound, outcome } = makeExchange(60);
const [exchange, ...rest] = [outcome, ...[1, 2].map(() => ({ ...NOTHING, events: manyEvents() }))];

function manyEvents() {
  return Array.from({ length: 300 }, () => makeEvent());
}

async function addAll(saving: Saving): Promise<void> {
  for (const rows of [exchange, ...rest]) await saving.add(rows);
}

test('rows leave while more are made, and all are stored in the end', async (t) => {
  const { db } = await testDatabase(t);
  let saves = 0;
  watchStatements(db, { before: (statement) => (saves += Number(statement === 'outcome-save')) });
  await insertFile(db, inbound);

  await inTransaction(db, async (tx) => {
    const saving = startSaving(tx);
    await addAll(saving);
    t.true(saves > 0, 'before the last are given');
    await saving.end([{ file: inbound.id, state: 'done' }]);
  });

  t.is(saves, 3);
  const events = await db('event').count();
  t.is(Number(events[0]?.['count']), outcome.events.length + 600);
  t.is(Number((await db('purchase_order').count())[0]?.['count']), 60);
  t.like(await db('file').where({ id: inbound.id }).first('state'), { state: 'done' });
});

test('what was refused first is heard of, and nothing is stored', async (t) => {
  const { db } = await testDatabase(t);
  await insertFile(db, inbound);
  const error = await t.throwsAsync(
    inTransaction(db, async (tx) => {
      const saving = startSaving(tx);
      await saving.add({ ...exchange, lines: [...exchange.lines, exchange.lines[0]!] });
      await addAll(saving);
      await saving.end([]);
    }),
  );

  t.is(violatedIndex(error), 'purchase_order_line_pkey');
  t.is(Number((await db('event').count())[0]?.['count']), 0);
});

test('a few rows are one statement', async (t) => {
  const { db } = await testDatabase(t);
  let saves = 0;
  watchStatements(db, { before: (statement) => (saves += Number(statement === 'outcome-save')) });

  const saving = startSaving(db);
  for (let n = 0; n < 5; n += 1) await saving.add({ ...NOTHING, events: [makeEvent()] });
  await saving.flow();
  await saving.end([]);

  t.is(saves, 1);
  t.is(Number((await db('event').count())[0]?.['count']), 5);
});
