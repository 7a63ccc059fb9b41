import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { loadConfiguration } from '../../src/pipeline/configuration/configuration.ts';
import { processLane } from '../../src/pipeline/process/process.ts';
import { LARGE } from '../../src/pipeline/process/process-large-file.ts';
import { runInThreads } from '../../src/pipeline/process/run-in-threads.ts';
import { receiveFile } from '../../src/pipeline/receive/receive.ts';
import { FileThreads, type ThreadOptions } from '../../src/pipeline/threads/file-threads.ts';
import { startTestGateway } from '../support/gateway.ts';
import { listAnsweredOrders } from '../support/gateway-answers.ts';
import { type Lanes, openLanes } from '../support/gateway-lane.ts';
import { writeOrders } from '../support/gateway-orders.ts';
import { waitFor } from '../support/wait.ts';

const LINE = { quantity: '10', item: 'HB-1001', price: '3.25' };

/** An order of so many lines, of which some are different. */
function writeLong(
  from: string,
  control: number,
  count: number,
  others: Readonly<Record<number, typeof LINE>> = {},
): Buffer {
  const lines = Array.from({ length: count }, (_, i) => others[i + 1] ?? LINE);
  return writeOrders({ from, control, orders: [{ po: `PO-${control}`, lines }] });
}

/** Well above what counts as large, and quick. */
const SOME = 10_000;

/** A lane whose large files go to threads of its own making. */
function openThreads(t: ExecutionContext, lanes: Lanes, options: Partial<ThreadOptions> = {}) {
  const { context, url } = lanes;
  const settings = { ...context.settings, threads: 1 };
  const threads = new FileThreads({ ...context, settings, databaseUrl: url, ...options });
  t.teardown(() => threads.stop());
  const drain = (partner: string, signal = new AbortController().signal) =>
    processLane(context, partner, signal, runInThreads(threads));
  return { threads, drain };
}

// One after the other: each of them keeps the machine busy.
test.serial('an error in line 99,999 of 100,000 is told at its place', async (t) => {
  const { started } = await startTestGateway(t);
  const { context, httpPort } = started;
  const bytes = writeLong('ZZ:ALPHA', 1, 100_000, { 99999: { ...LINE, quantity: 'TEN' } });
  const { id } = await receiveFile(context, { partner: 'alpha', channel: 'test', name: 'po.edi', bytes });

  let healthy = 0;
  await waitFor(async () => {
    const { status } = await fetch(`http://127.0.0.1:${httpPort}/healthz`);
    if (status === 200) healthy += 1;
    return (await context.db('file').where({ id, state: 'done' })).length > 0;
  }, 120_000);

  const answers = await context.db('file').where({ direction: 'out' }).select('name', 'bytes');
  t.is(answers.length, 1);
  // ST BEG DTM N1 N3 N4 come before the first line: it is the seventh segment.
  const place = 6 + 99_999;
  const text = (answers[0].bytes as Buffer).toString();
  t.true(text.includes(`~AK3*PO1*${place}*PO1*8~AK4*2*330*6*TEN~AK5*R*5~AK9*R*1*1*0~`), text);
  t.true(healthy > 0);
});

test.serial('each of 100,000 lines is answered once, and not by the main thread', async (t) => {
  const { started } = await startTestGateway(t);
  const { context } = started;
  const count = 100_000;
  const bytes = writeLong('ZZ:ALPHA', 1, count, { 77: { ...LINE, price: '9.99' } });

  await receiveFile(context, { partner: 'alpha', channel: 'test', name: 'po.edi', bytes });
  const before = { main: process.threadCpuUsage().user, all: process.cpuUsage().user };
  const answer = await waitFor(async () => {
    const [file] = await context.db('file').whereLike('name', '855%').select('bytes');
    return file === undefined ? undefined : String(file.bytes);
  }, 120_000);
  const main = process.threadCpuUsage().user - before.main;
  const all = process.cpuUsage().user - before.all;
  t.true(main < all / 4, `${main} of ${all} µs of work were done in the main thread`);
  const segments = answer.split('~').map((segment) => segment.split('*'));
  const numbers = segments.filter(([id]) => id === 'PO1').map((segment) => Number(segment[1]));
  t.deepEqual(
    numbers,
    Array.from({ length: count }, (_, i) => i + 1),
  );
  const outcomes = segments.filter(([id]) => id === 'ACK').map((segment) => segment[1]);
  t.is(outcomes.length, count);
  t.is(outcomes[76], 'IE');
  t.is(outcomes.filter((code) => code === 'IA').length, count - 1);
  const [stored] = await context.db('purchase_order_line').count();
  t.is(Number(stored!['count']), count);
});

test.serial('a file of many interchanges ends as each of them would alone', async (t) => {
  const lanes = await openLanes(t);
  const sound = [1, 2, 3].map((control) => writeLong('ZZ:ALPHA', control, SOME));
  const foreign = writeOrders({ from: 'ZZ:NOBODY', control: 4, orders: [{ po: 'PO-4' }] });
  const [first, second, third] = sound as [Buffer, Buffer, Buffer];

  const id = await lanes.send(
    'alpha',
    Buffer.concat([first, foreign, second, Buffer.from('\nrubbish\n'), third, first]),
  );

  t.like(await lanes.file(id), { state: 'done', attempts: 1 });
  const outbound = await lanes.outbound('alpha');
  t.deepEqual(listAnsweredOrders(outbound), ['PO-1', 'PO-2', 'PO-3']);
  t.deepEqual(
    outbound.map(({ control }) => Number(control)),
    outbound.map((_, i) => i + 1),
  );
  t.deepEqual(
    (await lanes.exceptions('alpha')).map(({ kind }) => kind),
    ['interchange-refused'],
  );
  const events = (await lanes.events('alpha')).map(({ kind }) => kind);
  t.is(events.filter((kind) => kind === 'interchange-repeated').length, 1);
  t.is(events.filter((kind) => kind === 'warning').length, 1);
});

test.serial(
  'a large file without an interchange, or with none that we may take, goes into quarantine',
  async (t) => {
    const lanes = await openLanes(t);
    const page = Buffer.from(`<html>${'<p>Service unavailable</p>'.repeat(LARGE / 10)}</html>`);

    const nothing = await lanes.send('alpha', page);
    const foreign = await lanes.send('alpha', writeLong('ZZ:NOBODY', 1, SOME));

    t.like(await lanes.file(nothing), { state: 'quarantined', attempts: 1 });
    t.regex((await lanes.file(nothing)).reason!, /no ISA/);
    t.like(await lanes.file(foreign), { state: 'quarantined', attempts: 1 });
    t.regex((await lanes.file(foreign)).reason!, /ZZ:NOBODY is not the partner/);
  },
);

test.serial('a thread that runs out of memory costs the file an attempt, and nothing else', async (t) => {
  const lanes = await openLanes(t);
  const { drain } = openThreads(t, lanes, { heapMb: 80 });
  const id = await lanes.receive('alpha', writeLong('ZZ:ALPHA', 1, 100_000));

  await drain('alpha');

  const file = await lanes.file(id);
  t.like(file, { state: 'received', attempts: 1 });
  t.regex(file.reason!, /memory/);
  t.deepEqual(await lanes.outbound('alpha'), []);
});

test.serial('a file whose thread ends each time is set aside after five, and others go on', async (t) => {
  const lanes = await openLanes(t, { partners: { alpha: {}, beta: {} } });
  // No thread is ready in a thousandth of a second.
  const dying = openThreads(t, lanes, { fileMs: 1 });
  const sound = openThreads(t, lanes);
  const bad = await lanes.receive('alpha', writeLong('ZZ:ALPHA', 1, SOME));
  await lanes.receive('alpha', writeLong('ZZ:ALPHA', 2, 1));
  await lanes.receive('beta', writeLong('ZZ:BETA', 1, SOME));

  for (let attempt = 1; attempt <= 5; attempt += 1) {
    t.like(await lanes.file(bad), { state: 'received', attempts: attempt - 1 });
    await dying.drain('alpha');
    lanes.advance(60 * 60_000);
  }
  await sound.drain('beta');

  const file = await lanes.file(bad);
  t.like(file, { state: 'quarantined', attempts: 5 });
  t.regex(file.reason!, /gave up after 5 attempts.*took longer than 1 ms/s);
  t.deepEqual(listAnsweredOrders(await lanes.outbound('alpha')), ['PO-2']);
  t.deepEqual(listAnsweredOrders(await lanes.outbound('beta')), ['PO-1']);
});

/** Three small files that are worth a thread together. */
async function receiveBacklog(lanes: Lanes): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let n = 1; n <= 3; n += 1) ids.push(await lanes.receive('alpha', writeLong('ZZ:ALPHA', n, 2_000)));
  const files = await Promise.all(ids.map((id) => lanes.file(id)));
  if (files.some(({ size }) => size >= LARGE)) throw new Error('they are large by themselves');
  return ids;
}

const BACKLOG = ['PO-1', 'PO-2', 'PO-3'];

test.serial('a backlog goes to a thread that is idle, and is done here while all are busy', async (t) => {
  const lanes = await openLanes(t);
  const { threads, drain } = openThreads(t, lanes);
  const ask = async () =>
    (await lanes.context.db('pg_stat_activity').where({ application_name: 'causeway thread' })).length;
  t.is(await ask(), 0);
  await receiveBacklog(lanes);
  await drain('alpha');

  t.true((await ask()) > 0);
  t.deepEqual(listAnsweredOrders(await lanes.outbound('alpha')), BACKLOG);
  const controls = (await lanes.outbound('alpha')).map(({ control }) => Number(control));
  t.deepEqual(controls, [1, 2, 3, 4, 5, 6]);

  const other = await openLanes(t);
  await receiveBacklog(other);
  const busy = runInThreads({ isBusy: true } as FileThreads);
  await processLane(other.context, 'alpha', new AbortController().signal, busy);
  t.deepEqual(listAnsweredOrders(await other.outbound('alpha')), BACKLOG);
  t.false(threads.isBusy);
});

test.serial(
  'a thread that ends with a backlog in hand costs each file an attempt, and each goes alone',
  async (t) => {
    const lanes = await openLanes(t);
    const ids = await receiveBacklog(lanes);

    await openThreads(t, lanes, { fileMs: 1 }).drain('alpha');

    for (const id of ids) t.like(await lanes.file(id), { state: 'received', attempts: 1 });
    t.regex((await lanes.file(ids[0]!)).reason!, /took longer than 1 ms/);
    lanes.advance(60 * 60_000);
    await openThreads(t, lanes).drain('alpha');
    for (const id of ids) t.like(await lanes.file(id), { state: 'done', attempts: 2 });
    t.deepEqual(listAnsweredOrders(await lanes.outbound('alpha')), BACKLOG);
  },
);

test.serial('a gateway that stops gives a backlog its attempts back', async (t) => {
  const lanes = await openLanes(t);
  const stopping = openThreads(t, lanes, { drainMs: 0 });
  const ids = await receiveBacklog(lanes);
  const stop = new AbortController();

  const drained = stopping.drain('alpha', stop.signal);
  await waitFor(() => stopping.threads.isBusy);
  stop.abort();
  await drained;

  for (const id of ids) t.like(await lanes.file(id), { state: 'received', attempts: 0 });
});

test.serial('a gateway that stops ends the thread, and the file keeps its attempts', async (t) => {
  const lanes = await openLanes(t);
  const stopping = openThreads(t, lanes, { drainMs: 0 });
  const id = await lanes.receive('alpha', writeLong('ZZ:ALPHA', 1, 3 * SOME));
  const stop = new AbortController();

  const drained = stopping.drain('alpha', stop.signal);
  await waitFor(() => stopping.threads.isBusy);
  stop.abort();
  await drained;

  t.like(await lanes.file(id), { state: 'received', attempts: 0 });
  t.false(stopping.threads.isBusy);
  await openThreads(t, lanes).drain('alpha');
  t.deepEqual(listAnsweredOrders(await lanes.outbound('alpha')), ['PO-1']);
});

test.serial(
  'while every thread has a file in hand the lane lets go of its job, and looks again',
  async (t) => {
    const lanes = await openLanes(t, { partners: { alpha: {}, beta: {} } });
    const { threads, drain } = openThreads(t, lanes);
    await lanes.receive('alpha', writeLong('ZZ:ALPHA', 1, 3 * SOME));
    const waiting = await lanes.receive('beta', writeLong('ZZ:BETA', 1, SOME));
    await lanes.context.db.raw('delete from graphile_worker._private_jobs');

    const alpha = drain('alpha');
    await waitFor(() => threads.isBusy);
    await drain('beta');

    t.like(await lanes.file(waiting), { state: 'received', attempts: 0 });
    const jobs = await lanes.context.db('graphile_worker.jobs').select('key');
    t.deepEqual(jobs, [{ key: 'process:beta' }]);
    await alpha;
    await drain('beta');
    t.like(await lanes.file(waiting), { state: 'done', attempts: 1 });
  },
);

test.serial('a thread is not used again when partner files were loaded anew', async (t) => {
  const lanes = await openLanes(t);
  const { settings } = lanes.context;
  let configuration = lanes.context.configuration();
  const { drain } = openThreads(t, lanes, { configuration: () => configuration });
  await lanes.receive('alpha', writeLong('ZZ:ALPHA', 1, SOME));
  await drain('alpha');
  const file = join(settings.partnersFolder, 'alpha', 'partner.yaml');
  const text = lanes.context.configuration().partners.get('alpha')!.files.get('partner.yaml')!;
  await writeFile(file, `${text}receive:\n  "850": { acknowledge: none }\n`);
  await lanes.receive('alpha', writeLong('ZZ:ALPHA', 2, SOME));

  configuration = loadConfiguration(settings);
  await drain('alpha');

  const sets = (await lanes.outbound('alpha')).flatMap((answer) => answer.sets.map(({ set }) => set));
  t.deepEqual(sets, ['997', '855', '855']);
});
