import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Database } from './query.ts';

const FOLDER = fileURLToPath(new URL('../../migrations', import.meta.url));

/** Any number, the same for every process: only one migrates at a time. */
const LOCK = 7_263_514_902;

type Migration = { readonly name: string; readonly text: string; readonly hash: string };

export class WrongMigration extends Error {
  override readonly name = 'WrongMigration';
}

/** Brings the schema up to date; returns the names of what was applied now. */
export async function migrateDatabase(db: Database, folder = FOLDER): Promise<readonly string[]> {
  const migrations = await readMigrations(folder);
  return await db.transaction(async (lock) => {
    // Waits as long as another process needs; released with this transaction, whatever happens.
    await lock.raw('set local lock_timeout = 0');
    await lock.raw('set local statement_timeout = 0');
    await lock.raw('set local idle_in_transaction_session_timeout = 0');
    await lock.raw('select pg_advisory_xact_lock(?)', [LOCK]);
    await db.raw(`create table if not exists migration (
      name text primary key, hash text not null, applied_at timestamptz not null default now())`);
    const known = await readApplied(db);
    checkHistory(migrations, known);
    const pending = migrations.filter((migration) => !known.has(migration.name));
    for (const migration of pending) await applyMigration(db, migration);
    return pending.map((migration) => migration.name);
  });
}

async function readMigrations(folder: string): Promise<readonly Migration[]> {
  const names = (await readdir(folder)).filter((name) => /^\d{4}-[\w-]+\.sql$/.test(name)).sort();
  if (names.length === 0) throw new WrongMigration(`no migrations in ${folder}`);
  return await Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(folder, name), 'utf8');
      return { name, text, hash: createHash('sha256').update(text).digest('hex') };
    }),
  );
}

async function readApplied(db: Database): Promise<ReadonlyMap<string, string>> {
  const rows: { name: string; hash: string }[] = await db('migration').select('name', 'hash');
  return new Map(rows.map((row) => [row.name, row.hash]));
}

function checkHistory(migrations: readonly Migration[], known: ReadonlyMap<string, string>): void {
  const byName = new Map(migrations.map((migration) => [migration.name, migration]));
  const last = [...known.keys()].sort().at(-1) ?? '';
  for (const [name, hash] of known) {
    const migration = byName.get(name);
    if (migration === undefined) {
      throw new WrongMigration(`the database has ${name}, which this version does not know: it is older`);
    }
    if (migration.hash !== hash) {
      throw new WrongMigration(
        `${name} was edited after it was applied: restore it, and put the change in a new one`,
      );
    }
  }
  const late = migrations.find((migration) => migration.name < last && !known.has(migration.name));
  if (late !== undefined)
    throw new WrongMigration(`${late.name} comes before ${last}, which is applied already`);
}

async function applyMigration(db: Database, migration: Migration): Promise<void> {
  try {
    await db.transaction(async (tx) => {
      await tx.raw('set local statement_timeout = 0');
      await tx.raw(migration.text.replaceAll('?', '\\?'));
      await tx('migration').insert({ name: migration.name, hash: migration.hash });
    });
  } catch (error) {
    throw new WrongMigration(`${migration.name} could not be applied: ${String(error)}`, { cause: error });
  }
}
