import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { openGateway } from '../../src/main.ts';
import { readSettings } from '../../src/settings.ts';
import { listMessages } from '../../src/store/feed.ts';
import { scratchFolder, testDatabase } from '../support/database.ts';
import { startErp } from '../support/erp.ts';
import { connectTo, prepareFolders, spawnGateway, startTestGateway } from '../support/gateway.ts';
import { writeOrders } from '../support/gateway-orders.ts';
import { importMaster } from '../support/gateway-partners.ts';
import { waitFor } from '../support/wait.ts';

process.env['ERP_SECRET'] = 'a secret of the test';

test('an order that a partner uploads reaches an ERP that fails at first, and is acknowledged', async (t) => {
  const erp = await startErp(t);
  erp.react = () =>
    erp.calls.length === 1 ? { status: 500 } : { status: 200, body: '{"acknowledged":true}' };
  const { started, connect } = await startTestGateway(t);
  const { context } = started;
  const settings = `erp:\n  webhook: { url: "${erp.url}", secret: env:ERP_SECRET }\n`;
  await appendFile(join(context.settings.partnersFolder, 'company.yaml'), settings);
  started.reload();
  const client = await connect('alpha');
  const orders = [{ po: 'PO-1' }, { po: 'PO-2' }];

  await client.put(writeOrders({ from: 'ZZ:ALPHA', control: 1, orders }), '/inbound/po.edi');

  const settled = await waitFor(async () => {
    const messages = await listMessages(context.db, { states: ['acknowledged'] });
    return messages.length === 2 && messages;
  });
  t.deepEqual(settled.map(({ poNumber }) => poNumber).sort(), ['PO-1', 'PO-2']);
  t.is(erp.calls.length, 3);
  t.is(new Set(erp.calls.map(({ id }) => id)).size, 2);
});

test('killed while the ERP has a message and before it answered, the gateway sends it again under the same id', async (t) => {
  const erp = await startErp(t);
  const killing: Promise<void>[] = [];
  const { url: DATABASE_URL, db } = await testDatabase(t);
  const { partners, environment } = await prepareFolders(await scratchFolder(t), { alpha: {} });
  const settings = `erp:\n  webhook: { url: "${erp.url}", secret: env:ERP_SECRET }\n`;
  await appendFile(join(environment.CAUSEWAY_PARTNERS, 'company.yaml'), settings);
  const env = { ...environment, DATABASE_URL };
  const prepared = await openGateway(readSettings({ ...env, CAUSEWAY_LOG: 'silent' }));
  await importMaster(prepared.context, ['alpha']);
  await prepared.stop();
  const first = await spawnGateway(env);
  t.teardown(() => first.kill());
  erp.react = () => {
    killing.push(first.kill());
    return 'hang';
  };
  const client = await connectTo(t, first.port, partners['alpha']!);
  const upload = client.put(
    writeOrders({ from: 'ZZ:ALPHA', control: 1, orders: [{ po: 'PO-1' }] }),
    '/inbound/po.edi',
  );
  await upload.catch(() => undefined);
  await waitFor(() => killing.length > 0);
  await Promise.all(killing);
  t.deepEqual(
    (await listMessages(db, {})).map(({ state }) => state),
    ['pending'],
  );
  erp.react = () => ({ status: 200, body: '{"acknowledged":true}' });

  const second = await spawnGateway(env);
  t.teardown(() => second.kill());

  await waitFor(async () => (await listMessages(db, { states: ['acknowledged'] })).length === 1);
  t.is(erp.calls.length, 2);
  t.is(erp.calls[0]!.id, erp.calls[1]!.id);
  t.is(erp.calls[0]!.body, erp.calls[1]!.body);
});
