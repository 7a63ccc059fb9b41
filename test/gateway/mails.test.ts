import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { openGateway } from '../../src/main.ts';
import { readSettings } from '../../src/settings.ts';
import { listExceptions } from '../../src/store/exceptions.ts';
import { listMails } from '../../src/store/mail-settling.ts';
import { scratchFolder, testDatabase } from '../support/database.ts';
import { connectTo, prepareFolders, spawnGateway, startTestGateway } from '../support/gateway.ts';
import { writeOrders } from '../support/gateway-orders.ts';
import { importMaster } from '../support/gateway-partners.ts';
import { startMailServer } from '../support/mail-server.ts';
import { waitFor } from '../support/wait.ts';

const ALPHA = { alpha: { yaml: 'mails: { to: [a@alpha.example] }\n' } };

const settings = (port: number) => `mail:
  from: orders@causeway.example
  smtp: { host: 127.0.0.1, port: ${port}, security: none }
`;

test('an order that a partner uploads is confirmed by mail', async (t) => {
  const server = await startMailServer(t);
  const { started, connect } = await startTestGateway(t, { partners: ALPHA });
  await appendFile(join(started.context.settings.partnersFolder, 'company.yaml'), settings(server.port));
  started.reload();
  const client = await connect('alpha');
  await client.put(
    writeOrders({ from: 'ZZ:ALPHA', control: 1, orders: [{ po: 'PO-1' }] }),
    '/inbound/po.edi',
  );
  await waitFor(() => server.arrived.length === 1);
  t.is(server.arrived[0]?.mail.subject, 'Order PO-1');
});

test('killed while the mail server has a mail and before it answered, the gateway asks a person and sends it no more', async (t) => {
  const server = await startMailServer(t);
  const { url: DATABASE_URL, db } = await testDatabase(t);
  const { partners, environment } = await prepareFolders(await scratchFolder(t), ALPHA);
  await appendFile(join(environment.CAUSEWAY_PARTNERS, 'company.yaml'), settings(server.port));
  const env = { ...environment, DATABASE_URL };
  const prepared = await openGateway(readSettings({ ...env, CAUSEWAY_LOG: 'silent' }));
  await importMaster(prepared.context, ['alpha']);
  await prepared.stop();
  const first = await spawnGateway(env);
  t.teardown(() => first.kill());
  server.onContent = () => first.kill();
  const client = await connectTo(t, first.port, partners['alpha']!);
  const bytes = writeOrders({ from: 'ZZ:ALPHA', control: 1, orders: [{ po: 'PO-1' }] });
  await client.put(bytes, '/inbound/po.edi').catch(() => undefined);
  await waitFor(() => server.arrived.length === 1);
  await first.kill();
  t.deepEqual(
    (await listMails(db, {})).map(({ state }) => state),
    ['sending'],
  );
  server.onContent = async () => undefined;

  const second = await spawnGateway(env);
  t.teardown(() => second.kill());

  await waitFor(async () => (await listExceptions(db, { kind: 'mail-in-doubt' })).length === 1);
  t.deepEqual(
    (await listMails(db, {})).map(({ state }) => state),
    ['doubtful'],
  );
  t.is(server.arrived.length, 1);
});
