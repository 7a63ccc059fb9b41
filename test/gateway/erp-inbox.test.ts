import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import SftpClient from 'ssh2-sftp-client';
import { kindOf, nameResult } from '../../src/pipeline/erp-inbox/erp-mailbox.ts';
import { importLane } from '../../src/pipeline/erp-inbox/import-lane.ts';
import { receiveFile } from '../../src/pipeline/receive/receive.ts';
import { listExceptions } from '../../src/store/exceptions.ts';
import { startTestGateway } from '../support/gateway.ts';
import { openLanes } from '../support/gateway-lane.ts';
import { waitFor } from '../support/wait.ts';

process.env['ERP_PASSWORD'] = 'a password of the test';

/** The gateway, and the ERP logged in to it. */
async function openErp(t: ExecutionContext) {
  const { started } = await startTestGateway(t);
  const { context } = started;
  const login = 'erp:\n  login: { user: our-erp, password: env:ERP_PASSWORD }\n';
  await appendFile(join(context.settings.partnersFolder, 'company.yaml'), login);
  started.reload();
  const quiet = () => undefined;
  const client = new SftpClient('erp', { error: quiet, end: quiet, close: quiet });
  const password = process.env['ERP_PASSWORD']!;
  await client.connect({ host: '127.0.0.1', port: started.sftpPort!, username: 'our-erp', password });
  t.teardown(async () => void (await client.end().catch(() => undefined)));
  /** The result of a file, once it is there. */
  const result = (name: string) =>
    waitFor(async () => {
      const names = (await client.list('/outbound')).map((one) => one.name);
      if (!names.includes(nameResult(name))) return undefined;
      return JSON.parse(String(await client.get(`/outbound/${nameResult(name)}`)));
    });
  return { context, client, result };
}

const ITEMS = 'number,description,unit\nA-1,Bolt,EA\nA-2,Nut,each\n';

test('what the ERP puts into a folder of a kind is imported, and the result lies in /outbound', async (t) => {
  const { context, client, result } = await openErp(t);

  const folders = (await client.list('/inbound')).map(({ name }) => name);
  t.true(folders.includes('items') && folders.includes('release-schedules'));
  await client.put(Buffer.from(ITEMS), '/inbound/items/tonight.csv');

  const told = await result('items/tonight.csv');
  t.like(told, { file: 'items/tonight.csv', kind: 'items', rows: 2, inserted: 1, refused: 1 });
  t.is(told.mistakes[0].line, 3);
  t.is((await context.db('item').where({ number: 'A-1' })).length, 1);
  const archived = (await client.list('/archive')).map(({ name }) => name.replace(/^(in|out)_[^_]+_/, '$1 '));
  t.deepEqual(archived.toSorted(), ['in items-tonight.csv', 'out items-tonight.csv.result.json']);
  t.deepEqual(
    (await client.list('/inbound/items')).map(({ name }) => name),
    ['tonight.csv'],
  );
  t.deepEqual(
    (await listExceptions(context.db, { partner: '@erp' })).map(({ kind }) => kind),
    ['erp-file-refused'],
  );
});

test('a name tells the kind as well; a temporary name counts once it is renamed', async (t) => {
  const { client, result } = await openErp(t);

  await client.put(Buffer.from('item,unit,factor\nHB-1001,CA,12\n'), '/inbound/units/x.csv.tmp');
  await client.rename('/inbound/units/x.csv.tmp', '/inbound/units/x.csv');
  await client.put(Buffer.from('number,unit\nB-1,EA\n'), '/inbound/items-2026.csv');

  t.like(await result('units/x.csv'), { kind: 'units', inserted: 1, mistakes: [] });
  t.like(await result('items-2026.csv'), { kind: 'items', inserted: 1 });
});

test('what holds nobody knows what is refused and told, and the next file goes on', async (t) => {
  const { context, client, result } = await openErp(t);

  await client.put(Buffer.from(ITEMS), '/inbound/tonight.csv');
  await client.put(Buffer.from('nonsense\n'), '/inbound/items/a.csv');
  await client.put(Buffer.from('number,unit\nB-1,EA\n'), '/inbound/items/b.csv');

  const unknown = await result('tonight.csv');
  t.is(unknown.refused, 'whole');
  t.regex(unknown.mistakes[0].message, /it is not known what tonight\.csv holds/);
  t.is((await result('items/a.csv')).refused, 'whole');
  t.like(await result('items/b.csv'), { inserted: 1 });
  const states = await context
    .db('file')
    .where({ partner: '@erp', direction: 'in' })
    .orderBy('seq')
    .select('state');
  t.deepEqual(
    states.map(({ state }) => state),
    ['quarantined', 'quarantined', 'done'],
  );
});

test('the ERP sees no partner, and may put nothing elsewhere', async (t) => {
  const { client } = await openErp(t);

  await t.throwsAsync(client.put(Buffer.from('x'), '/inbound/nothing/x.csv'), { message: /No such folder/ });
  await t.throwsAsync(client.put(Buffer.from('x'), '/inbound/items/deep/x.csv'), {
    message: /No such folder/,
  });
  await t.throwsAsync(client.put(Buffer.from('x'), '/outbound/x.csv'));
  t.deepEqual(await client.list('/archive'), []);
});

test('the newest result under a name stands for it, and rows, result and end of a file are one', async (t) => {
  const { context } = await openLanes(t);
  const bytes = Buffer.from('number,unit\nB-1,EA\n');
  const put = () =>
    receiveFile(context, { partner: '@erp', channel: 'sftp-hosted', name: 'items.csv', bytes });
  const drain = (ids = context.ids) => importLane({ ...context, ids }, new AbortController().signal);
  let left = 1;
  const failing = () => {
    left -= 1;
    if (left === 0) throw new Error('no ids today');
    return context.ids();
  };

  const { id } = await put();
  await drain(failing);
  t.is((await context.db('item').where({ number: 'B-1' })).length, 0);
  t.is((await context.db('file').where({ id }).first()).state, 'received');

  await context.db('file').where({ id }).update({ next_attempt_at: null });
  await drain();
  await put();
  await drain();
  const results = await context
    .db('delivery as d')
    .join('file as f', 'f.id', 'd.file_id')
    .where('d.partner', '@erp')
    .whereNull('d.removed_at')
    .select('bytes');
  t.deepEqual(
    results.map(({ bytes: result }) => JSON.parse(result).unchanged),
    [1],
  );
});

for (const [name, kind] of [
  ['items.csv', 'items'],
  ['stock-receipts.csv', 'stock-receipts'],
  ['stock-receipts_2026-12-01.csv', 'stock-receipts'],
  ['stock 2026.json', 'stock'],
  ['stocks.csv', undefined],
  ['contracts/x.csv', 'agreements'],
  ['stock/items.csv', 'stock'],
  ['2026-items.csv', undefined],
] as const) {
  test(`${name} holds ${kind ?? 'nobody knows what'}`, (t) => {
    t.is(kindOf(name), kind);
  });
}

test('a partner with the user of the ERP is not started, and told why', async (t) => {
  const { started } = await startTestGateway(t);
  const { settings, configuration } = started.context;
  await appendFile(join(settings.partnersFolder, 'company.yaml'), 'erp:\n  login: { user: alpha }\n');

  started.reload();

  t.false(configuration().partners.has('alpha'));
  t.regex(configuration().mistakes.get('alpha')![0]!.message, /SFTP user "alpha" is also that of the ERP/);
});
