import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { parse } from 'csv-parse/sync';
import { startFolderServer } from '../../src/demo/folder-server.ts';
import { findMessage, listMessages } from '../../src/store/feed.ts';
import { scratchFolder } from '../support/database.ts';
import { drainFeed, startErp, withErp } from '../support/erp.ts';
import { breakStatements } from '../support/gateway-faults.ts';
import { openLanes } from '../support/gateway-lane.ts';
import { writeOrders } from '../support/gateway-orders.ts';
import { makeHostKey } from '../support/sftp-hosted.ts';

process.env['ERP_SECRET'] = 'a secret of the test';
process.env['ERP_PASSWORD'] = 'pw';

/** The ERP's SFTP server, on a folder of the test. */
async function startServer(t: ExecutionContext) {
  const folder = await scratchFolder(t);
  await mkdir(join(folder, 'orders'));
  const hostKey = makeHostKey();
  let isOpen = true;
  const server = await startFolderServer({
    folder,
    hostKey: hostKey.privateKey,
    user: 'us',
    password: 'pw',
    allow: (request) => isOpen || request !== 'rename',
  });
  t.teardown(() => server.stop());
  return {
    sftp: {
      host: '127.0.0.1',
      port: server.port,
      hostKey: hostKey.fingerprint,
      user: 'us',
      password: 'env:ERP_PASSWORD',
      put: '/orders',
    },
    /** Files may be written there and not given their names. */
    close: () => {
      isOpen = false;
    },
    open: () => {
      isOpen = true;
    },
    names: async () => (await readdir(join(folder, 'orders'))).filter((name) => !name.startsWith('.')).sort(),
    read: async (name: string) => await readFile(join(folder, 'orders', name), 'utf8'),
  };
}

const send = (control: number, ...pos: string[]) =>
  writeOrders({ from: 'ZZ:ALPHA', control, orders: pos.map((po) => ({ po })) });

test('a message goes as a JSON file under a name that sorts by time and is the same when it is sent again', async (t) => {
  const server = await startServer(t);
  const faults = breakStatements();
  const files = { sftp: server.sftp };
  const lanes = await openLanes(t, { alter: (context) => withErp(faults.alter(context), { files }) });
  await lanes.send('alpha', send(1, 'PO-1', 'PO/2'));
  faults.breakNext('feed-record', 'connection lost');

  await t.throwsAsync(drainFeed(lanes.context));
  await drainFeed(lanes.context);

  const messages = await listMessages(lanes.context.db, {});
  t.deepEqual(
    messages.map(({ state }) => state),
    ['sent', 'sent'],
  );
  const names = messages.map(({ id }, i) => `${id}-order-${['PO-1', 'PO_2'][i]}.json`);
  t.deepEqual(await server.names(), names);
  t.is(await server.read(names[0]!), (await findMessage(lanes.context.db, messages[0]!.id))!.body);
  t.like(JSON.parse(await server.read(names[1]!)), { id: messages[1]!.id, order: { poNumber: 'PO/2' } });
});

test('as CSV it has a row a line', async (t) => {
  const server = await startServer(t);
  const files = { sftp: server.sftp, format: 'csv' };
  const lanes = await openLanes(t, { alter: (context) => withErp(context, { files }) });
  const lines = [
    { quantity: '10', item: 'HB-1001', price: '3.25' },
    { quantity: '200', item: 'WS-2001', price: '0.13' },
  ];
  await lanes.send(
    'alpha',
    writeOrders({ from: 'ZZ:ALPHA', control: 1, orders: [{ po: 'P,O "1"', lines }] }),
  );

  await drainFeed(lanes.context);

  const [name] = await server.names();
  const rows = parse(await server.read(name!), { columns: true }) as Record<string, string>[];
  t.like(rows[0], { kind: 'order', sequence: '1', po_number: 'P,O "1"', line: '1', item: 'HB-1001' });
  t.like(rows[0], {
    quantity: '10',
    unit: 'EA',
    price: '3.25',
    currency: 'USD',
    status: 'IA',
    ship_to: 'DC12',
  });
  t.like(rows[1], { line: '2', item: 'WS-2001', quantity: '200', price: '0.13' });
  t.is(rows.length, 2);
});

test('where both are wanted the file is put once, and the webhook is called when it lies there', async (t) => {
  const server = await startServer(t);
  const erp = await startErp(t);
  const webhook = { url: erp.url, secret: 'env:ERP_SECRET' };
  const lanes = await openLanes(t, {
    alter: (context) => withErp(context, { webhook, files: { sftp: server.sftp } }),
  });
  server.close();
  await lanes.send('alpha', send(1, 'PO-1'));
  await drainFeed(lanes.context);
  t.deepEqual([erp.calls.length, await server.names()], [0, []]);
  t.like((await lanes.exceptions('alpha'))[0], { kind: 'erp-delivery-failed' });

  server.open();
  erp.react = () => ({ status: 500 });
  lanes.advance(60_000);
  await drainFeed(lanes.context);
  t.is((await server.names()).length, 1);
  server.close();
  erp.react = () => ({ status: 200, body: '{"acknowledged":true}' });
  lanes.advance(60_000);
  await drainFeed(lanes.context);

  t.like((await listMessages(lanes.context.db, {}))[0], { state: 'acknowledged', attempts: 3 });
  t.is(new Set(erp.calls.map(({ id }) => id)).size, 1);
});

test('a secret that is not there is told at once, and what waited goes out when it is', async (t) => {
  const erp = await startErp(t);
  const webhook = { url: erp.url, secret: 'env:ERP_SECRET_LATER' };
  const lanes = await openLanes(t, { alter: (context) => withErp(context, { webhook }) });
  await lanes.send('alpha', send(1, 'PO-1'));
  await drainFeed(lanes.context);
  const [raised] = await lanes.exceptions('alpha');
  t.is(raised!.kind, 'erp-delivery-failed');
  t.regex(raised!.message, /the environment variable ERP_SECRET_LATER is not set/);

  process.env['ERP_SECRET_LATER'] = 'now';
  lanes.advance(60_000);
  await drainFeed(lanes.context);
  t.is(erp.calls.length, 1);
});
