import { cp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test from 'ava';
import { migrateJobs } from '../../src/jobs/migrate.ts';
import { isTransient, openDatabase, requireDurability, UnsafeDatabase } from '../../src/store/database.ts';
import { migrateDatabase, WrongMigration } from '../../src/store/migrate.ts';
import { emptyDatabase, scratchFolder } from '../support/database.ts';
import { waitFor } from '../support/wait.ts';

const MIGRATIONS = fileURLToPath(new URL('../../migrations', import.meta.url));

test('migrations are applied once, also when several processes start together', async (t) => {
  const { url, db } = await emptyDatabase(t);
  const applied = await Promise.all([migrateDatabase(db), migrateDatabase(db), migrateJobs(url)]);
  t.true(applied[0].length + applied[1].length >= 2);
  t.true(applied[0].length === 0 || applied[1].length === 0);
  t.deepEqual(await migrateDatabase(db), []);
  await t.notThrowsAsync(migrateJobs(url));
});

test('an edited, a missing and a late migration are named', async (t) => {
  const { db } = await emptyDatabase(t);
  const folder = join(await scratchFolder(t), 'migrations');
  await cp(MIGRATIONS, folder, { recursive: true });
  await migrateDatabase(db, folder);

  await writeFile(join(folder, '0001-exchange.sql'), 'select 1');
  const edited = await t.throwsAsync(migrateDatabase(db, folder), { instanceOf: WrongMigration });
  t.regex(edited.message, /0001-exchange\.sql was edited/);

  await cp(MIGRATIONS, folder, { recursive: true });
  await writeFile(join(folder, '0001-early.sql'), 'select 1');
  const late = await t.throwsAsync(migrateDatabase(db, folder), { instanceOf: WrongMigration });
  t.regex(late.message, /0001-early\.sql comes before/);
});

test('a migration that fails leaves nothing behind', async (t) => {
  const { db } = await emptyDatabase(t);
  const folder = await scratchFolder(t);
  await writeFile(join(folder, '0001-half.sql'), 'create table half (a int); select wrong;');
  const error = await t.throwsAsync(migrateDatabase(db, folder), { instanceOf: WrongMigration });
  t.regex(error.message, /0001-half\.sql could not be applied: .*wrong/);
  await writeFile(join(folder, '0001-half.sql'), 'create table half (a int);');
  t.deepEqual(await migrateDatabase(db, folder), ['0001-half.sql']);
});

test('a server that may lose what it confirmed is refused', async (t) => {
  const { db } = await emptyDatabase(t);
  await t.notThrowsAsync(requireDurability(db));
  await db.raw(`alter database "${(db.client.config.connection as { application_name: string }).application_name}"
    set synchronous_commit = off`);
  await db.raw('select pg_terminate_backend(pg_backend_pid())').catch(() => undefined);
  const error = await waitFor(() =>
    requireDurability(db).then(
      () => undefined,
      (reason: unknown) => (reason instanceof UnsafeDatabase ? reason : undefined),
    ),
  );
  t.regex(error.message, /synchronous_commit = off/);
  await t.notThrowsAsync(requireDurability(db, 'anything'));
});

test('faults that pass are told from those that stay', async (t) => {
  const { db } = await emptyDatabase(t);
  t.false(isTransient(await t.throwsAsync(db.raw('select wrong'))));
  t.false(isTransient(new Error('a bug')));
  t.true(isTransient(await t.throwsAsync(db.raw('select pg_terminate_backend(pg_backend_pid())'))));
  t.true(isTransient(Object.assign(new Error('no space left'), { code: '53100' })));
  t.true(
    isTransient(new Error('receive failed', { cause: Object.assign(new Error(), { code: 'ECONNRESET' }) })),
  );

  const nobody = openDatabase('postgres://nobody@127.0.0.1:1/none', { connectMs: 500 });
  t.teardown(() => nobody.destroy());
  t.true(isTransient(await t.throwsAsync(nobody.raw('select 1'))));
});

test('the pool recovers when all its connections are cut', async (t) => {
  const { db } = await emptyDatabase(t);
  await Promise.all(Array.from({ length: 8 }, () => db.raw('select pg_sleep(0.01)')));
  await db
    .raw('select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()')
    .catch(() => undefined);
  const results = await Promise.allSettled(Array.from({ length: 20 }, () => db.raw('select 1')));
  t.true(results.every((each) => each.status === 'fulfilled' || isTransient(each.reason)));
  const all = () => Promise.all(Array.from({ length: 20 }, () => db.raw('select 1')));
  t.is((await waitFor(() => all().catch(() => undefined), 5_000)).length, 20);
});
