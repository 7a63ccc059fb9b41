import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ExecutionContext } from 'ava';
import pg from 'pg';
import { migrateJobs } from '../../src/jobs/migrate.ts';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { migrateDatabase } from '../../src/store/migrate.ts';
import { startTestServer, type TestServer } from './server.ts';

export { startTestServer, type TestServer } from './server.ts';

/** What ends at some time, and then clears away what was made for it: a test, or a program that plays one. */
export type Lasting = Pick<ExecutionContext, 'teardown'>;

export type TestDatabase = { readonly url: string; readonly db: Database };

let own: Promise<TestServer> | undefined;

/** A fresh database with the whole schema, dropped when the test ends. */
export async function testDatabase(t: Lasting): Promise<TestDatabase> {
  const admin = await adminUrl();
  const template = await prepareTemplate(admin);
  const name = `test_${randomBytes(8).toString('hex')}`;
  await runAdmin(admin, `create database ${name} template ${template}`);
  const url = withDatabase(admin, name);
  const db = openDatabase(url, { name });
  t.teardown(async () => {
    await db.destroy();
    await runAdmin(admin, `drop database ${name} with (force)`);
  });
  return { url, db };
}

/** A database of the server in which nothing was made yet. */
export async function emptyDatabase(t: ExecutionContext): Promise<TestDatabase> {
  const admin = await adminUrl();
  const name = `test_${randomBytes(8).toString('hex')}`;
  await runAdmin(admin, `create database ${name}`);
  const url = withDatabase(admin, name);
  const db = openDatabase(url, { name });
  t.teardown(async () => {
    await db.destroy();
    await runAdmin(admin, `drop database ${name} with (force)`);
  });
  return { url, db };
}

/** The server that the test command started for all files, or one of this file's own. */
async function adminUrl(): Promise<string> {
  const given = process.env['CAUSEWAY_TEST_DATABASE'];
  if (given !== undefined && given !== '') return given;
  own ??= startOwnServer();
  return (await own).url;
}

/** It ends with the process of the test file, which gives no time to wait. */
async function startOwnServer(): Promise<TestServer> {
  const server = await startTestServer();
  process.once('exit', () => server.discard());
  return server;
}

let template: Promise<string> | undefined;

function prepareTemplate(admin: string): Promise<string> {
  template ??= makeTemplate(admin);
  return template;
}

/** Made under a lock, because test files run at the same time; renamed when complete, so never half made. */
async function makeTemplate(admin: string): Promise<string> {
  const name = `template_${await hashMigrations()}`;
  const client = new pg.Client({ connectionString: admin });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock(4711)');
    const known = await client.query('select from pg_database where datname = $1', [name]);
    if (known.rowCount !== 0) return name;
    const draft = `draft_${randomBytes(8).toString('hex')}`;
    await client.query(`create database ${draft}`);
    const db = openDatabase(withDatabase(admin, draft));
    await migrateDatabase(db);
    await db.destroy();
    await migrateJobs(withDatabase(admin, draft));
    await client.query(`alter database ${draft} rename to ${name}`);
    return name;
  } finally {
    await client.end();
  }
}

async function hashMigrations(): Promise<string> {
  const folder = fileURLToPath(new URL('../../migrations', import.meta.url));
  const hash = createHash('sha256');
  for (const name of (await readdir(folder)).sort())
    hash.update(name).update(await readFile(join(folder, name)));
  return hash.digest('hex').slice(0, 16);
}

async function runAdmin(admin: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: admin });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

function withDatabase(admin: string, name: string): string {
  const url = new URL(admin);
  url.pathname = `/${name}`;
  return url.href;
}

/** A folder that is removed when the test ends. */
export async function scratchFolder(t: Lasting): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'causeway-'));
  t.teardown(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
