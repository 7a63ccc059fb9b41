import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import type { Context } from '../../src/context.ts';
import { enqueue } from '../../src/jobs/lanes.ts';
import { migrateJobs } from '../../src/jobs/migrate.ts';
import { startWorker } from '../../src/jobs/worker.ts';
import { chooseResolution } from '../../src/pipeline/choose-resolution.ts';
import { loadTemplates } from '../../src/pipeline/configuration/load-templates.ts';
import { mailLane } from '../../src/pipeline/mail/mail-lane.ts';
import { planMails } from '../../src/pipeline/mail/plan-mails.ts';
import { retryMail } from '../../src/pipeline/mail/settle-mail.ts';
import { ruleOrder } from '../../src/pipeline/revise/rule-order.ts';
import { inTransaction } from '../../src/store/database.ts';
import { listExceptions } from '../../src/store/exceptions.ts';
import { listWaitingWork } from '../../src/store/lanes.ts';
import { findServerTrouble } from '../../src/store/mail-sending.ts';
import { listMails } from '../../src/store/mail-settling.ts';
import { SAMPLES } from '../render/mail/sample-mails.ts';
import { breakStatements } from '../support/gateway-faults.ts';
import { type Lanes, openLanes } from '../support/gateway-lane.ts';
import { writeOrders } from '../support/gateway-orders.ts';
import { drainMails, type MailServer, startMailServer, withMail } from '../support/mail-server.ts';
import { waitFor } from '../support/wait.ts';

type Mails = {
  readonly server: MailServer;
  readonly lanes: Lanes;
  readonly faults: ReturnType<typeof breakStatements>;
};

async function openMails(t: ExecutionContext, to = 'a@alpha.example', settings: object = {}): Promise<Mails> {
  const server = await startMailServer(t);
  const faults = breakStatements();
  const lanes = await openLanes(t, {
    partners: { alpha: { yaml: `mails: { to: [${to}] }\n` } },
    alter: (context) => withMail(faults.alter(context), server.port, settings),
  });
  return { server, lanes, faults };
}

let made = 0;

/** Mails to be sent, each in a thread of its own. */
async function plan({ lanes: { context } }: Mails, count = 1): Promise<void> {
  const { company, partners } = context.configuration();
  const telling = { company, partner: partners.get('alpha')!, ids: context.ids, now: context.clock() };
  const drafts = Array.from({ length: count }, () => {
    made += 1;
    return {
      kind: 'invoice',
      key: `invoice:${made}`,
      orders: [],
      test: false,
      model: SAMPLES.invoice,
    } as const;
  });
  await inTransaction(context.db, async (tx) => enqueue(tx, await planMails(tx, telling, drafts)));
}

const states = async ({ lanes }: Mails) =>
  (await listMails(lanes.context.db, {})).map(({ state, address }) => `${state} ${address}`);
const open = async ({ lanes }: Mails) => await listExceptions(lanes.context.db, {});
const kinds = async (mails: Mails) => (await open(mails)).map(({ kind }) => kind);

async function choose({ lanes: { context } }: Mails, choice: string) {
  const { id } = (await listExceptions(context.db, {}))[0]!;
  return await chooseResolution(context, { id, choice, given: {}, by: 'jane' }, ruleOrder);
}

test('while the server is away all mails wait, a person is told once, and then all go out', async (t) => {
  const mails = await openMails(t);
  await mails.server.stop();
  await plan(mails, 6);
  for (let tries = 0; tries < 12; tries += 1) {
    await drainMails(mails.lanes.context);
    mails.lanes.advance(15 * 60_000);
  }
  t.deepEqual(await states(mails), Array(6).fill('pending a@alpha.example'));
  t.deepEqual(await kinds(mails), ['mail-server-failed']);
  t.is((await findServerTrouble(mails.lanes.context.db))?.failures, 12, 'one try at a time, not one a mail');

  const back = await startMailServer(t, { listen: mails.server.port });
  await drainMails(mails.lanes.context);
  t.is(back.arrived.length, 6);
  t.is(await findServerTrouble(mails.lanes.context.db), undefined);
});

test('while it waits for the server the lane wakes at that moment, not before', async (t) => {
  const mails = await openMails(t);
  const { context } = mails.lanes;
  await plan(mails);
  t.true((await listWaitingWork(context.db, context.clock())).some(({ kind }) => kind === 'mail'));
  await mails.server.stop();
  await drainMails(context);
  t.deepEqual(await listWaitingWork(context.db, context.clock()), []);
  mails.lanes.advance(60_000);
  t.deepEqual(await listWaitingWork(context.db, context.clock()), [
    { kind: 'mail', partner: null, channel: null } as never,
  ]);
});

test('a secret that is missing, and no server at all, are told at the first try', async (t) => {
  const secret = await openMails(t, undefined, {
    smtp: { host: 'localhost', user: 'u', password: 'env:NO_SUCH_VARIABLE_OF_A_TEST' },
  });
  await plan(secret);
  await drainMails(secret.lanes.context);
  t.deepEqual(
    (await open(secret)).map(({ message }) => message),
    ['no mail goes out: the environment variable NO_SUCH_VARIABLE_OF_A_TEST is not set'],
  );

  const none = await openMails(t);
  await plan(none);
  const configuration = none.lanes.context.configuration();
  const { mail: _, ...company } = configuration.company!;
  await drainMails({ ...none.lanes.context, configuration: () => ({ ...configuration, company }) });
  t.deepEqual(await kinds(none), ['mail-server-failed']);
  t.deepEqual(await states(none), ['pending a@alpha.example']);
});

test('an address that is put off is tried later; others do not wait for it', async (t) => {
  const mails = await openMails(t, 'slow@alpha.example, quick@alpha.example');
  mails.server.react = (to) =>
    to.startsWith('slow') ? { at: 'rcpt', say: 451, text: 'greylisted' } : 'take';
  await plan(mails);
  await drainMails(mails.lanes.context);
  t.deepEqual(await states(mails), ['sent quick@alpha.example', 'pending slow@alpha.example']);
  const [, slow] = await listMails(mails.lanes.context.db, {});
  t.like(slow, { attempts: 1 });
  t.regex(slow?.answer ?? '', /451 greylisted/);

  mails.server.react = () => 'take';
  mails.lanes.advance(10_000);
  await drainMails(mails.lanes.context);
  t.deepEqual(
    mails.server.arrived.map(({ to }) => to),
    ['quick@alpha.example', 'slow@alpha.example'],
  );
  t.deepEqual(await kinds(mails), []);
});

test('what is put off for a day is given up, and a person is asked', async (t) => {
  const mails = await openMails(t);
  mails.server.react = () => ({ at: 'data', say: 451 });
  await plan(mails);
  for (let tries = 0; tries < 110; tries += 1) {
    await drainMails(mails.lanes.context);
    mails.lanes.advance(15 * 60_000);
  }
  t.deepEqual(await states(mails), ['failed a@alpha.example']);
  t.deepEqual(await kinds(mails), ['mail-not-sent']);
  t.regex((await open(mails))[0]!.message, /given up after 100 tries: the server answered 451/);
});

test('a refused address is told at once, in the words of the server, and goes out when a person says so', async (t) => {
  const mails = await openMails(t, 'gone@alpha.example, here@alpha.example');
  mails.server.react = (to) =>
    to.startsWith('gone') ? { at: 'rcpt', say: 550, text: 'no such user' } : 'take';
  await plan(mails);
  await drainMails(mails.lanes.context);
  t.deepEqual(await states(mails), ['failed gone@alpha.example', 'sent here@alpha.example']);
  t.regex(
    (await open(mails))[0]!.message,
    /^mail invoice to gone@alpha\.example not sent: the server answered 550 no such user/,
  );

  mails.server.react = () => 'take';
  t.like(await choose(mails, 'send-again'), { kind: 'done' });
  await drainMails(mails.lanes.context);
  t.deepEqual(
    mails.server.arrived.map(({ to }) => to),
    ['here@alpha.example', 'gone@alpha.example'],
  );
  t.is(
    mails.server.arrived[0]!.raw.toString(),
    mails.server.arrived[1]!.raw.toString(),
    'all get the same bytes',
  );
  t.deepEqual(await open(mails), []);
});

test('a reply that is lost leaves the mail in doubt: it is not sent again by itself', async (t) => {
  for (const [choice, times] of [
    ['arrived', 1],
    ['send-again', 2],
  ] as const) {
    const mails = await openMails(t);
    mails.server.react = () => ({ at: 'data', drop: 'kept' });
    await plan(mails);
    await drainMails(mails.lanes.context);
    mails.server.react = () => 'take';
    mails.lanes.advance(24 * 3_600_000);
    await drainMails(mails.lanes.context);
    t.deepEqual(await states(mails), ['doubtful a@alpha.example']);
    t.deepEqual(await kinds(mails), ['mail-in-doubt']);
    const { id } = (await listMails(mails.lanes.context.db, {}))[0]!;
    t.deepEqual(
      (await retryMail(mails.lanes.context, id, 'jane')).map(({ again }) => again),
      [false],
      'only the choice settles it',
    );

    t.like(await choose(mails, choice), { kind: 'done' });
    await drainMails(mails.lanes.context);
    t.deepEqual(await states(mails), ['sent a@alpha.example']);
    t.is(mails.server.arrived.length, times);
    t.is(
      new Set(mails.server.arrived.map(({ mail }) => mail.messageId)).size,
      1,
      'mail programs know it as the same',
    );
  }
});

test('killed before the content, a mail is sent once later; killed behind it, it is in doubt', async (t) => {
  const before = await openMails(t);
  await plan(before);
  before.faults.breakNext('mail-start', 'connection lost');
  await t.throwsAsync(drainMails(before.lanes.context));
  t.is(before.server.arrived.length, 0);
  await drainMails(before.lanes.context);
  t.deepEqual([before.server.arrived.length, await states(before)], [1, ['sent a@alpha.example']]);

  const behind = await openMails(t);
  await plan(behind);
  behind.faults.breakNext('mail-record', 'connection lost');
  await t.throwsAsync(drainMails(behind.lanes.context));
  t.deepEqual([behind.server.arrived.length, await states(behind)], [1, ['sending a@alpha.example']]);
  t.true(
    (await listWaitingWork(behind.lanes.context.db, behind.lanes.context.clock())).some(
      ({ kind }) => kind === 'mail',
    ),
  );
  await drainMails(behind.lanes.context);
  t.is(behind.server.arrived.length, 1, 'never a second time');
  t.deepEqual(await states(behind), ['doubtful a@alpha.example']);
  t.deepEqual(await kinds(behind), ['mail-in-doubt']);
});

test('a template with a mistake stops its mails, with the place; once it is mended they go out', async (t) => {
  const mails = await openMails(t);
  const folder = join(mails.lanes.context.settings.partnersFolder, 'alpha', 'templates');
  await mkdir(join(folder, 'mails'), { recursive: true });
  const file = join(folder, 'mails', 'invoice.en.liquid');
  const lay = async (subject: string): Promise<Context> => {
    await writeFile(file, `--- subject\n${subject}\n--- preview\n--- text\nx\n--- html\nx\n`);
    const configuration = mails.lanes.context.configuration();
    const alpha = { ...configuration.partners.get('alpha')!, templates: loadTemplates(folder) };
    const next = {
      ...configuration,
      templates: new Map(configuration.templates),
      partners: new Map([['alpha', alpha]]),
    };
    return { ...mails.lanes.context, configuration: () => next };
  };
  await plan(mails);
  await drainMails(await lay('{{ invoice.nmber }}'));
  t.deepEqual(await states(mails), ['failed a@alpha.example']);
  t.regex(
    (await open(mails))[0]!.message,
    /invoice\.en\.liquid:2:4 `invoice` has no `nmber`; did you mean `number`\?$/,
  );

  const mended = await lay('Bill {{ invoice.number }}');
  const { id } = (await listMails(mended.db, {}))[0]!;
  t.deepEqual(
    (await retryMail(mended, id, 'jane')).map(({ again }) => again),
    [true],
  );
  t.deepEqual(await open(mails), [], 'what asked a person about it is resolved');
  await drainMails(mended);
  t.is(mails.server.arrived[0]?.mail.subject, 'Bill INV-2026-000042');
});

test('mails on one order go out in their order: while the first waits, none overtakes it', async (t) => {
  const mails = await openMails(t);
  const { context } = mails.lanes;
  await plan(mails, 2);
  const [first] = await context.db('mail').orderBy('id').pluck('id');
  const order = await seedOrder(mails);
  await context.db('mail').update({ order_id: order });
  await context.db('mail_recipient').where({ mail_id: first }).update({ next_attempt_at: '2027-01-01' });
  await drainMails(context);
  t.is(mails.server.arrived.length, 0);
  await context.db('mail_recipient').where({ mail_id: first }).update({ state: 'failed' });
  await drainMails(context);
  t.is(mails.server.arrived.length, 1, 'what was given up holds nothing back');
});

test('two workers send a thousand mails, each once, over few connections', async (t) => {
  const mails = await openMails(t);
  const { context, url } = mails.lanes;
  await migrateJobs(url);
  await plan(mails, 1_000);
  const tasks = {
    mail: (_payload: unknown, { signal }: { signal: AbortSignal }) => mailLane(context, signal),
  };
  const workers = await Promise.all(
    [1, 2].map(() => startWorker({ databaseUrl: url, concurrency: 2, log: context.log }, tasks)),
  );
  t.teardown(() => Promise.all(workers.map((worker) => worker.stop())));
  await waitFor(async () => (await states(mails)).every((state) => state.startsWith('sent')), 150_000);
  t.is(mails.server.arrived.length, 1_000);
  t.is(new Set(mails.server.arrived.map(({ mail }) => mail.messageId)).size, 1_000);
  t.true(mails.server.connections() <= 1_000 / 50 + 8, `${mails.server.connections()} connections`);
  t.deepEqual(await open(mails), []);
});

async function seedOrder({ lanes }: Mails): Promise<string> {
  await lanes.send('alpha', writeOrders({ from: 'ZZ:ALPHA', control: 999, orders: [{ po: 'PO-1' }] }));
  await lanes.context
    .db('mail_recipient')
    .whereIn('mail_id', lanes.context.db('mail').whereNotNull('order_id').select('id'))
    .delete();
  await lanes.context.db('mail').whereNotNull('order_id').delete();
  const [order] = await lanes.context.db('purchase_order').pluck('id');
  return order;
}
