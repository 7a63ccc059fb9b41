import test, { type ExecutionContext } from 'ava';
import { listMessages } from '../../src/store/feed.ts';
import { openApi } from '../support/api.ts';
import { drainFeed, startErp, withErp } from '../support/erp.ts';
import { writeOrders } from '../support/gateway-orders.ts';

process.env['ERP_SECRET'] = 'a secret of the test';

/** An order that the ERP was told of and has not acknowledged. */
async function openFeed(t: ExecutionContext) {
  const erp = await startErp(t);
  const webhook = { url: erp.url, secret: 'env:ERP_SECRET' };
  const api = await openApi(t, { alter: (plain) => withErp(plain, { webhook }) });
  await api.send('alpha', writeOrders({ from: 'ZZ:ALPHA', control: 1, orders: [{ po: 'PO-1' }] }));
  await drainFeed(api.context);
  const [message] = await listMessages(api.context.db, {});
  const headers = { 'Content-Type': 'application/json' };
  const say = (body: string, id = message!.id) => api.post(`/api/v1/feed/${id}/ack`, body, { headers });
  const state = async () => (await listMessages(api.context.db, {}))[0]?.state;
  return { ...api, say, state };
}

test('the ERP acknowledges a message, also twice, and cannot reject it after that', async (t) => {
  const { say, state } = await openFeed(t);

  t.is((await say('{"acknowledged":true}')).status, 200);
  t.is(await state(), 'acknowledged');
  t.is((await say('{"acknowledged":true}')).status, 200);
  t.is((await say('{"acknowledged":false,"reason":"closed period"}')).status, 409);
  t.is(await state(), 'acknowledged');
});

test('the ERP rejects a message and says why', async (t) => {
  const { say, state, exceptions } = await openFeed(t);

  t.is((await say('{"acknowledged":false,"reason":"no customer"}')).status, 200);

  t.is(await state(), 'rejected');
  const asked = (await exceptions('alpha')).filter(({ kind }) => kind === 'erp-rejected');
  t.is(asked.length, 1);
  t.regex(asked[0]!.message, /no customer/);
});

test('what is no message, or says nothing, is refused', async (t) => {
  const { say, state } = await openFeed(t);

  t.is((await say('{"acknowledged":true}', 'nobody')).status, 404);
  t.is((await say('{"acknowledged":true}', '00000000-0000-7000-8000-000000000000')).status, 404);
  t.is((await say('{')).status, 400);
  const wrong = await say('{"acknowledged":false}');
  t.is(wrong.status, 422);
  t.is(wrong.body.mistakes[0].at, 'reason');
  t.is(await state(), 'sent');
});

test('metrics count what the ERP has not acknowledged, by state', async (t) => {
  const { say, ask } = await openFeed(t);
  const count = async () => (await ask('GET', '/metrics')).body.match(/^causeway_feed_messages.*$/gm);

  t.deepEqual(await count(), ['causeway_feed_messages{state="sent"} 1']);
  await say('{"acknowledged":true}');
  t.is(await count(), null);
});
