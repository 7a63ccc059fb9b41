import test, { type ExecutionContext } from 'ava';
import { findMessage, listMessages } from '../../src/store/feed.ts';
import { drainFeed, startErp, withErp } from '../support/erp.ts';
import { openLanes } from '../support/gateway-lane.ts';
import { writeOrders } from '../support/gateway-orders.ts';
import { runCommand } from '../support/run-command.ts';

process.env['ERP_SECRET'] = 'a secret of the test';

/** Two orders that were sent to the ERP, and one that was not. */
async function openFeed(t: ExecutionContext) {
  const erp = await startErp(t);
  const webhook = { url: erp.url, secret: 'env:ERP_SECRET' };
  const { context, url, send } = await openLanes(t, { alter: (plain) => withErp(plain, { webhook }) });
  const order = (control: number, po: string) =>
    send('alpha', writeOrders({ from: 'ZZ:ALPHA', control, orders: [{ po }] }));
  await order(1, 'PO-1');
  await order(2, 'PO-2');
  await drainFeed(context);
  await order(3, 'PO-3');
  const messages = await listMessages(context.db, {});
  const feed = (...args: string[]) => runCommand(['feed', ...args], { env: { DATABASE_URL: url } });
  return { erp, context, ids: messages.map(({ id }) => id), feed };
}

test('feed lists what is not acknowledged, shows a message as it is sent, and notes what the ERP says', async (t) => {
  const { feed, ids, context } = await openFeed(t);
  const [one, two, three] = ids as [string, string, string];

  const listed = await feed();
  t.is(listed.code, 0, listed.err);
  const until = '2026-11-22T10:00:00Z';
  t.deepEqual(listed.out.trimEnd().split('\n'), [
    `2026-11-21T10:00 alpha order PO-1 (message 1) [${one}] sent, to be acknowledged by ${until}`,
    `2026-11-21T10:00 alpha order PO-2 (message 1) [${two}] sent, to be acknowledged by ${until}`,
    `2026-11-21T10:00 alpha order PO-3 (message 1) [${three}] to be sent`,
  ]);
  t.is((await feed('show', one)).out, `${(await findMessage(context.db, one))!.body}\n`);

  t.is((await feed('ack', one)).out, 'order PO-1 (message 1) acknowledged by the ERP\n');
  const rejected = await feed('ack', two, '--reject', 'closed period', '--json');
  t.deepEqual(JSON.parse(rejected.out), {
    kind: 'done',
    text: 'order PO-2 (message 1) rejected by the ERP: closed period',
  });
  const left = (await feed('--json')).out.trimEnd().split('\n');
  t.deepEqual(
    left.map((line) => JSON.parse(line).state),
    ['rejected', 'pending'],
  );
  t.regex((await feed('--state', 'rejected')).out, /rejected: closed period\n$/);
  t.regex((await feed('--po', 'PO-1', '--all')).out, /^\S+ alpha order PO-1 .* acknowledged 2\S+\n$/);
  t.is((await feed('--po', 'PO-9')).out, '');
});

test('feed retry sends a message again under its id; what was acknowledged is left alone', async (t) => {
  const { feed, ids, erp, context } = await openFeed(t);
  const [one, two] = ids as [string, string];
  await feed('ack', two, '--reject', 'no such item');

  t.is((await feed('retry', two)).out, 'order PO-2 (message 1) is sent to the ERP again\n');
  await drainFeed(context);
  t.deepEqual(
    erp.calls.map(({ id }) => id).filter((id) => id === two),
    [two, two],
  );

  await feed('ack', one);
  const refused = await feed('retry', one);
  t.deepEqual([refused.code, refused.out], [1, '']);
  t.regex(refused.err, /order PO-1 \(message 1\) was acknowledged: the ERP has it/);
  t.is((await feed('ack', one, '--reject', 'late')).code, 1);
  const unknown = '00000000-0000-7000-8000-000000000000';
  for (const args of [['show'], ['ack'], ['retry']]) {
    const missing = await feed(...args, unknown);
    t.is(missing.code, 1);
    t.regex(missing.err, new RegExp(`there is no message ${unknown}`));
  }
  t.is((await feed('ack', 'PO-1')).code, 2);
  t.is((await feed('--state', 'lost')).code, 2);
});
