import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import test, { type ExecutionContext } from 'ava';
import { openDatabase, requireDurability } from '../../src/store/database.ts';
import { type EmbeddedDatabase, startEmbedded } from '../../src/store/embedded.ts';
import { scratchFolder } from '../support/database.ts';
import { waitFor } from '../support/wait.ts';

const HOLDER = fileURLToPath(new URL('../support/embedded-holder.ts', import.meta.url));

type Holder = { readonly child: ChildProcess; readonly url: string };

async function startHolder(t: ExecutionContext, folder: string): Promise<Holder> {
  const child = spawn(process.execPath, [HOLDER, folder], { stdio: ['pipe', 'pipe', 'inherit'] });
  t.teardown(() => child.kill('SIGKILL'));
  const [url] = await once(createInterface({ input: child.stdout }), 'line');
  return { child, url };
}

async function joinServer(t: ExecutionContext, folder: string): Promise<EmbeddedDatabase> {
  const server = await startEmbedded({ folder });
  t.teardown(() => server.stop());
  return server;
}

async function ask(url: string, sql: string): Promise<readonly Record<string, unknown>[]> {
  const db = openDatabase(url);
  try {
    return (await db.raw(sql)).rows;
  } finally {
    await db.destroy();
  }
}

async function readPid(folder: string): Promise<number | undefined> {
  const text = await readFile(join(folder, 'postgres', 'postmaster.pid'), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : Number(text.split('\n')[0]);
}

test('the first start makes a durable server, a secret password, and says what it does', async (t) => {
  const folder = join(await scratchFolder(t), 'data');
  const progress: string[] = [];
  const server = await startEmbedded({ folder, onProgress: (message) => progress.push(message) });
  t.teardown(() => server.stop());
  const db = openDatabase(server.url);
  await requireDurability(db);
  const [row] = (await db.raw('show server_encoding')).rows;
  t.deepEqual(row, { server_encoding: 'UTF8' });
  await db.destroy();
  t.is((await stat(join(folder, 'postgres.password'))).mode & 0o777, 0o600);
  t.true(progress.includes('making the database') && progress.includes('starting the database'));
});

test('what a killed process leaves running is taken over, with all that was committed', async (t) => {
  const folder = await scratchFolder(t);
  const holder = await startHolder(t, folder);
  await ask(holder.url, 'create table kept as select 42 as n');
  const pid = await readPid(folder);
  holder.child.kill('SIGKILL');
  await once(holder.child, 'exit');

  const server = await joinServer(t, folder);
  t.deepEqual(await ask(server.url, 'select n from kept'), [{ n: 42 }]);
  t.is(await readPid(folder), pid);
  await server.stop();
  t.is(await readPid(folder), undefined);
});

test('two processes share one server; it ends with the last', async (t) => {
  const folder = await scratchFolder(t);
  const [holder, server] = await Promise.all([startHolder(t, folder), joinServer(t, folder)]);
  t.is(holder.url, server.url);
  await server.stop();
  t.deepEqual(await ask(holder.url, 'select 1 as one'), [{ one: 1 }]);
  holder.child.stdin?.write('stop\n');
  await once(holder.child, 'exit');
  t.is(await readPid(folder), undefined);
});

test('a pid file that a dead server left, even one whose number is in use again, does not block', async (t) => {
  const folder = await scratchFolder(t);
  const first = await startEmbedded({ folder });
  const pidFile = join(folder, 'postgres', 'postmaster.pid');
  const text = await readFile(pidFile, 'utf8');
  await first.stop();
  await writeFile(pidFile, text.replace(/^\d+/, String(process.pid)));
  const second = await joinServer(t, folder);
  t.deepEqual(await ask(second.url, 'select 1 as one'), [{ one: 1 }]);
});

test('a server that dies while it is used is started again in the same place', async (t) => {
  const folder = await scratchFolder(t);
  const server = await joinServer(t, folder);
  await ask(server.url, 'create table kept as select 1 as n');
  for (let round = 0; round < 3; round += 1) {
    const pid = (await readPid(folder)) as number;
    process.kill(pid, 'SIGQUIT');
    await waitFor(async () => (await readPid(folder)) !== pid);
    const rows = await waitFor(() => ask(server.url, 'select n from kept').catch(() => undefined), 15_000);
    t.deepEqual(rows, [{ n: 1 }]);
  }
});
