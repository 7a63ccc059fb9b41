import test from 'ava';
import { type Database, run } from '../../src/store/query.ts';
import { placeRows } from '../../src/store/rows.ts';
import { testDatabase } from '../support/database.ts';

const NOTES = placeRows({ notes: 'place int, text text, list text[], orderDate date' });
const KEPT = placeRows({ kept: 'place int, content json, more jsonb, bytes bytea, sure boolean' });
const BOTH = placeRows({ notes: 'place int, text text', kept: 'content json' });

const NOTHING = { text: null, list: null, orderDate: null };

async function readNotes(db: Database, notes: readonly object[]): Promise<readonly unknown[]> {
  return await run(db, { name: 'notes', text: `select * from ${NOTES.from.notes}` }, NOTES.values({ notes }));
}

async function readKept(db: Database, kept: readonly object[]): Promise<readonly unknown[]> {
  return await run(db, { name: 'kept', text: `select * from ${KEPT.from.kept}` }, KEPT.values({ kept }));
}

test('texts arrive as they are, whatever characters they hold', async (t) => {
  const { db } = await testDatabase(t);
  const texts = ['', 'null', 'a "b" \\ c', '{x,y}', '\\n', 'line\nline\tend', 'Größe ½″ 🙂', '\\"\n\\'];
  const notes = texts.map((text, place) => ({ place, text, list: [text, 'W 1'], orderDate: '2026-01-05' }));

  t.deepEqual(await readNotes(db, notes), notes);
  for (const one of notes) t.deepEqual(await readNotes(db, [one]), [one]);
});

test('what PostgreSQL does not take in a text is replaced', async (t) => {
  const { db } = await testDatabase(t);
  const notes = await readNotes(db, [{ place: 1, text: 'NUL \0', list: ['half \ud800'] }]);

  t.deepEqual(notes, [{ ...NOTHING, place: 1, text: 'NUL ␀', list: ['half �'] }]);
});

test('JSON and bytes arrive as they are', async (t) => {
  const { db } = await testDatabase(t);
  const content = { z: 'line\nline "quoted" \\ {a,b}', a: [1, null, [{}]] };
  const bytes = Buffer.from([0, 10, 34, 92, 255]);
  const kept = [
    { place: 1, content, more: ['x', 'y'], bytes, sure: true },
    { place: 2, content: 'text', more: 0, bytes: Buffer.alloc(0), sure: false },
  ];

  t.deepEqual(await readKept(db, kept), kept);
});

test('what a row does not have is null there, also where no row has it', async (t) => {
  const { db } = await testDatabase(t);
  const notes = await readNotes(db, [
    { place: 1 },
    { place: 2, text: undefined, list: null, more: 'unasked' },
  ]);
  t.deepEqual(notes, [
    { ...NOTHING, place: 1 },
    { ...NOTHING, place: 2 },
  ]);

  const absent = { content: null, more: null, bytes: null, sure: null };
  t.deepEqual(await readKept(db, [{ place: 1, content: null }]), [{ ...absent, place: 1 }]);
  t.deepEqual(await readKept(db, [{ place: 1 }, { place: 2, content: [] }]), [
    { ...absent, place: 1 },
    { ...absent, place: 2, content: [] },
  ]);
});

test('each table has as many rows as were given, and none where none were', async (t) => {
  const { db } = await testDatabase(t);
  const text = `select (select count(*) from ${BOTH.from.notes}) as notes, (select count(*) from ${BOTH.from.kept}) as kept`;
  const count = async (rows: Parameters<typeof BOTH.values>[0]) =>
    await run(db, { name: 'counts', text }, BOTH.values(rows));

  t.deepEqual(await count({}), [{ notes: 0, kept: 0 }]);
  t.deepEqual(await count({ kept: [{ content: 1 }, { content: 2 }] }), [{ notes: 0, kept: 2 }]);
  t.deepEqual(await count({ notes: [{ place: 1 }], kept: [] }), [{ notes: 1, kept: 0 }]);
});
