import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test, { type ExecutionContext } from 'ava';
import PostalMime from 'postal-mime';
import { listMails } from '../../src/store/mail-settling.ts';
import { scratchFolder } from '../support/database.ts';
import { openLanes } from '../support/gateway-lane.ts';
import { writeOrders } from '../support/gateway-orders.ts';
import { drainMails, startMailServer, withMail } from '../support/mail-server.ts';
import { runCommand } from '../support/run-command.ts';

/** A mail that was sent, one that was refused, and one that nobody has tried. */
async function openMails(t: ExecutionContext) {
  const server = await startMailServer(t);
  const { context, url, send } = await openLanes(t, {
    partners: { alpha: { yaml: 'mails: { to: [a@alpha.example] }\n' } },
    alter: (plain) => withMail(plain, server.port),
  });
  const order = (control: number) =>
    send('alpha', writeOrders({ from: 'ZZ:ALPHA', control, orders: [{ po: `PO-${control}` }] }));
  await order(1);
  await drainMails(context);
  server.react = () => ({ at: 'rcpt', say: 550, text: 'no such user' });
  await order(2);
  await drainMails(context);
  server.react = () => 'take';
  await order(3);
  const ids = (await listMails(context.db, {})).map(({ id }) => id);
  const mails = (...args: string[]) => runCommand(['mails', ...args], { env: { DATABASE_URL: url } });
  return { server, context, mails, ids: ids as [string, string, string] };
}

test('mails lists what is not sent and why, and shows a mail byte for byte as it was sent', async (t) => {
  const { server, mails, ids } = await openMails(t);
  const [one, two, three] = ids;

  const listed = await mails();
  t.is(listed.code, 0, listed.err);
  t.deepEqual(listed.out.trimEnd().split('\n'), [
    `2026-11-21T10:00 alpha mail order-confirmed on PO-2 to a@alpha.example [${two}] not sent: the server answered 550 no such user`,
    `2026-11-21T10:00 alpha mail order-confirmed on PO-3 to a@alpha.example [${three}] to be sent`,
  ]);
  t.regex(
    (await mails('--po', 'PO-1', '--all')).out,
    /on PO-1 to a@alpha\.example \[.*\] sent 2026-11-21T10:00:00Z\n$/,
  );
  const states = (await mails('--all', '--json')).out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line).state);
  t.deepEqual(states, ['sent', 'failed', 'pending']);
  t.is((await mails('--state', 'doubtful')).out, '');

  const shown = await mails('show', one);
  t.is(shown.out, server.arrived[0]!.raw.toString());
  t.is((await PostalMime.parse(shown.out)).subject, 'Order PO-1');
  const unwritten = await mails('show', three);
  t.is(unwritten.code, 1);
  t.regex(unwritten.err, /not written yet/);
});

test('mails retry sends what was refused, resolves what asked about it, and leaves what arrived alone', async (t) => {
  const { server, mails, ids, context } = await openMails(t);
  const [one, two] = ids;
  const retried = await mails('retry', two);
  t.deepEqual(
    [retried.code, retried.out],
    [0, 'mail order-confirmed on PO-2 to a@alpha.example is sent again\n'],
  );
  t.deepEqual((await mails('--state', 'failed')).out, '');
  await drainMails(context);
  t.deepEqual(server.arrived.map(({ mail }) => mail.subject).sort(), [
    'Order PO-1',
    'Order PO-2',
    'Order PO-3',
  ]);

  const arrived = await mails('retry', one, '--json');
  t.is(arrived.code, 1);
  t.like(JSON.parse(arrived.out), [{ id: one, again: false }]);
  t.is((await mails('retry', '00000000-0000-0000-0000-000000000000')).code, 1);
  t.is((await mails('show', 'nonsense')).code, 2);
});

test('check tells mistakes in templates and in what a partner file says of mails', async (t) => {
  const folder = await scratchFolder(t);
  await cp(fileURLToPath(new URL('../../partners', import.meta.url)), folder, { recursive: true });
  const lay = async (partner: string, name: string, text: string) => {
    await mkdir(join(folder, partner, 'templates', 'mails'), { recursive: true });
    await writeFile(join(folder, partner, 'templates', 'mails', name), text);
  };
  const head = 'identity: { x12: { interchange: "ZZ:UMBRA", group: UMBRA } }\n';
  await mkdir(join(folder, 'umbra'));
  await writeFile(
    join(folder, 'umbra', 'partner.yaml'),
    `id: umbra\nname: Umbra\n${head}mails: { to: [a@b.example], language: fr }\n`,
  );
  await lay('umbra', 'invoice.en.liquid', '');
  await mkdir(join(folder, 'wayne'));
  await writeFile(
    join(folder, 'wayne', 'partner.yaml'),
    `id: wayne\nname: Wayne\n${head.replaceAll('UMBRA', 'WAYNE')}mails: { to: [a@b.example] }\n`,
  );
  await lay('wayne', 'invoice.en.liquid', '--- subject\n{{ invoice.nr }}\n--- preview\n--- text\n--- html\n');

  const run = (...args: string[]) => runCommand(['check', ...args], { env: { CAUSEWAY_PARTNERS: folder } });
  const umbra = await run('umbra');
  t.is(umbra.code, 1);
  t.deepEqual(umbra.out.replaceAll(`${folder}/`, '').trimEnd().split('\n'), [
    'umbra/partner.yaml:4:1 warning: no mails are sent: company.yaml does not say how (`mail`)',
    'umbra/partner.yaml:4:39 there are no mails in this language; there are in de, en',
  ]);
  const wayne = await run('wayne');
  t.regex(wayne.out, /wayne\/templates\/mails\/invoice\.en\.liquid:2:4 `invoice` has no `nr`; known are/);
});
