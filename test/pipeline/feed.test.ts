import { createHmac } from 'node:crypto';
import test, { type ExecutionContext } from 'ava';
import { type FeedMessage, feedMessage } from '../../src/domain/feed/feed-message.ts';
import { chooseResolution } from '../../src/pipeline/choose-resolution.ts';
import { feedLane } from '../../src/pipeline/feed/feed-lane.ts';
import { acknowledgeMessage, resendMessage } from '../../src/pipeline/feed/settle-message.ts';
import { watchFeed } from '../../src/pipeline/feed/watch-feed.ts';
import { ruleOrder } from '../../src/pipeline/revise/rule-order.ts';
import { listExceptions } from '../../src/store/exceptions.ts';
import { listMessages } from '../../src/store/feed.ts';
import { listWaitingWork } from '../../src/store/lanes.ts';
import { type Call, drainFeed, type Erp, startErp, withErp } from '../support/erp.ts';
import { breakStatements } from '../support/gateway-faults.ts';
import { type Lanes, openLanes } from '../support/gateway-lane.ts';
import { type OrderSpec, writeChange, writeOrders } from '../support/gateway-orders.ts';

const SECRET = 'a secret of the test';
process.env['ERP_SECRET'] = SECRET;

const YAML = "receive: { '850': {}, '860': {} }\norders: { change: { quantity: new } }\n";

type Feed = { readonly erp: Erp; readonly lanes: Lanes; readonly faults: ReturnType<typeof breakStatements> };

/** A gateway that tells an ERP of what it decides. */
async function openFeed(t: ExecutionContext, settings: object = {}): Promise<Feed> {
  const erp = await startErp(t);
  const faults = breakStatements();
  const webhook = { url: erp.url, secret: 'env:ERP_SECRET', timeout: '1s' };
  const lanes = await openLanes(t, {
    partners: { alpha: { yaml: YAML } },
    alter: (context) => withErp(faults.alter(context), { webhook, ...settings }),
  });
  return { erp, lanes, faults };
}

let control = 100;

async function order({ lanes }: Feed, po: string, over: Partial<OrderSpec> & { usage?: 'T' } = {}) {
  const { usage, ...spec } = over;
  control += 1;
  const from = 'ZZ:ALPHA';
  await lanes.send(
    'alpha',
    writeOrders({ from, control, orders: [{ po, ...spec }], ...(usage && { usage }) }),
  );
}

async function change({ lanes }: Feed, po: string, sequence: number, quantity: string, purpose = '04') {
  control += 1;
  await lanes.send('alpha', writeChange({ from: 'ZZ:ALPHA', control, po, sequence, quantity, purpose }));
}

const read = (call: Call) => JSON.parse(call.body) as FeedMessage;
const tell = (call: Call) => {
  const { kind, sequence, order } = read(call);
  return `${order.poNumber} ${kind} ${sequence}`;
};
const states = async ({ lanes }: Feed) =>
  (await listMessages(lanes.context.db, {})).map(
    ({ poNumber, sequence, state }) => `${poNumber} ${sequence} ${state}`,
  );
const kinds = async ({ lanes }: Feed) =>
  (await listExceptions(lanes.context.db, {}))
    .map(({ kind }) => kind)
    .filter((kind) => kind.startsWith('erp'));

test('an accepted order and its change reach the ERP once each, signed, in the words of the schema', async (t) => {
  const feed = await openFeed(t);
  await order(feed, 'PO-1');
  await change(feed, 'PO-1', 1, '20');

  await drainFeed(feed.lanes.context);

  const { calls } = feed.erp;
  t.deepEqual(calls.map(tell), ['PO-1 order 1', 'PO-1 change 2']);
  for (const { signature, body, id } of calls) {
    const [, at, v1] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(signature)!;
    t.is(v1, createHmac('sha256', SECRET).update(`${at}.${body}`).digest('hex'));
    t.is(at, String(Date.parse('2026-11-21T10:00:00Z') / 1000));
    const parsed = feedMessage.safeParse(JSON.parse(body));
    t.true(parsed.success, parsed.error?.message);
    t.is(parsed.data!.id, id);
  }
  const [first, second] = calls.map(read);
  t.like(first, {
    partner: 'alpha',
    customer: 'alpha',
    version: 1,
    state: 'open',
    outcome: 'accepted',
    currency: 'USD',
    amount: '32.5',
    lines: [{ number: '1', status: 'IA', item: 'HB-1001', quantity: '10', unit: 'EA', price: '3.25' }],
    differences: undefined,
  });
  t.like(second, { orderId: first!.orderId, version: 2, amount: '65', lines: [{ quantity: '20' }] });
  t.true(second!.differences!.some(({ path }) => path === 'line 1 quantity'));
  t.deepEqual(await states(feed), ['PO-1 1 sent', 'PO-1 2 sent']);
  await drainFeed(feed.lanes.context);
  t.is(calls.length, 2, 'nothing is sent twice');
});

test('refused, held and test orders stay here; a cancelled one is told where it was told before', async (t) => {
  const feed = await openFeed(t);
  const wrong = { quantity: '1', item: 'NO-SUCH', price: '1.00' };
  await order(feed, 'PO-REJECTED', { lines: [wrong] });
  await order(feed, 'PO-HELD', { lines: [{ quantity: '1', item: 'HB-1001', price: '1.00' }] });
  await order(feed, 'PO-TEST', { usage: 'T' });
  t.deepEqual(await feed.lanes.context.db('purchase_order').orderBy('id').pluck('outcome'), [
    'rejected',
    'held',
    'accepted',
  ]);
  await change(feed, 'PO-HELD', 1, '1', '01');
  await order(feed, 'PO-1');
  await change(feed, 'PO-1', 1, '10', '01');

  await drainFeed(feed.lanes.context);

  t.deepEqual(feed.erp.calls.map(tell), ['PO-1 order 1', 'PO-1 change 2']);
  t.like(read(feed.erp.calls[1]!), { state: 'cancelled', amount: undefined });
});

test('held orders are told where the settings want it, and only the kinds that they list', async (t) => {
  const feed = await openFeed(t, { held: true, send: ['orders'] });
  await order(feed, 'PO-HELD', { lines: [{ quantity: '1', item: 'HB-1001', price: '1.00' }] });
  await order(feed, 'PO-1');
  await change(feed, 'PO-1', 1, '20');

  await drainFeed(feed.lanes.context);

  t.deepEqual(feed.erp.calls.map(tell), ['PO-HELD order 1', 'PO-1 order 1']);
  t.is(read(feed.erp.calls[0]!).outcome, 'held');
});

test('an order that a person lets pass reaches the ERP then, as the first it hears of it', async (t) => {
  const feed = await openFeed(t);
  const { context } = feed.lanes;
  await order(feed, 'PO-1', { lines: [{ quantity: '10', item: 'HB-1001', price: '9.99' }] });
  await drainFeed(context);
  t.deepEqual(feed.erp.calls, []);
  const [asked] = await feed.lanes.exceptions('alpha');

  const by = 'ann';
  const choice = 'accept-their-price';
  const chosen = await chooseResolution(context, { id: asked!.id, choice, given: {}, by }, ruleOrder);
  t.is(chosen.kind, 'done', JSON.stringify(chosen));
  await drainFeed(context);

  t.deepEqual(feed.erp.calls.map(tell), ['PO-1 order 1']);
  t.like(read(feed.erp.calls[0]!), { version: 2, outcome: 'accepted', lines: [{ price: '9.99' }] });
});

test('an order that the ERP fails on is tried later under the same id, in its order, and holds up no other', async (t) => {
  const feed = await openFeed(t);
  const { erp, lanes } = feed;
  await order(feed, 'PO-A');
  await change(feed, 'PO-A', 1, '20');
  await order(feed, 'PO-B');
  await order(feed, 'PO-C');
  const fate = new Map([
    ['PO-A', [500, 'hang', 503]],
    ['PO-B', ['hang']],
  ]);
  erp.react = (call) => {
    const next = fate.get(read(call).order.poNumber)?.shift() as number | 'hang' | undefined;
    return next === 'hang' ? 'hang' : { status: next ?? 200 };
  };

  await drainFeed(lanes.context);
  t.deepEqual(await states(feed), ['PO-A 1 pending', 'PO-A 2 pending', 'PO-B 1 pending', 'PO-C 1 sent']);
  for (let round = 0; round < 3; round += 1) {
    lanes.advance(60 * 60_000);
    await drainFeed(lanes.context);
  }

  t.deepEqual(await states(feed), ['PO-A 1 sent', 'PO-A 2 sent', 'PO-B 1 sent', 'PO-C 1 sent']);
  const ofA = erp.calls.filter((call) => tell(call).startsWith('PO-A'));
  t.deepEqual(ofA.map(tell), [...Array(4).fill('PO-A order 1'), 'PO-A change 2']);
  t.is(new Set(ofA.slice(0, 4).map(({ id }) => id)).size, 1);
  t.is(new Set(ofA.slice(0, 4).map(({ body }) => body)).size, 1);
  t.is(erp.calls.filter((call) => tell(call).startsWith('PO-B')).length, 2);
  t.deepEqual(await kinds(feed), []);
});

test('what the ERP was sent before we died is sent again under the same id', async (t) => {
  const feed = await openFeed(t);
  const { erp, lanes, faults } = feed;
  await order(feed, 'PO-1');
  await change(feed, 'PO-1', 1, '20');
  faults.breakNext('feed-record', 'connection lost');

  await t.throwsAsync(drainFeed(lanes.context), { message: /Connection terminated/ });
  t.deepEqual(await states(feed), ['PO-1 1 pending', 'PO-1 2 pending']);
  t.deepEqual(
    await listWaitingWork(lanes.context.db, lanes.context.clock()).then((work) =>
      work.map(({ kind }) => kind),
    ),
    ['feed'],
  );
  await drainFeed(lanes.context);

  t.deepEqual(erp.calls.map(tell), ['PO-1 order 1', 'PO-1 order 1', 'PO-1 change 2']);
  t.is(erp.calls[0]!.id, erp.calls[1]!.id);
});

test('a decision that is rolled back tells the ERP nothing', async (t) => {
  const feed = await openFeed(t);
  const { lanes, faults } = feed;
  faults.breakNext('feed-insert', 'connection lost');

  await t.throwsAsync(order(feed, 'PO-1'));
  t.deepEqual(await states(feed), []);
  t.deepEqual(await lanes.context.db('purchase_order').select('id'), []);
  lanes.advance(60 * 60_000);
  await lanes.drain('alpha');
  await drainFeed(lanes.context);

  t.deepEqual(feed.erp.calls.map(tell), ['PO-1 order 1']);
});

test('a stop in the middle of a call leaves the message to the next start', async (t) => {
  const feed = await openFeed(t);
  const { erp, lanes } = feed;
  await order(feed, 'PO-1');
  const stopping = new AbortController();
  erp.react = () => {
    stopping.abort();
    return 'hang';
  };

  await feedLane(lanes.context, stopping.signal);

  t.like((await listMessages(lanes.context.db, {}))[0], { state: 'pending', attempts: 0 });
  erp.react = () => ({ status: 204 });
  await drainFeed(lanes.context);
  t.deepEqual(await states(feed), ['PO-1 1 sent']);
});

for (const status of [400, 409, 413, 422]) {
  test(`${status} rejects the message: a person is asked, and what follows on the order waits until it is settled`, async (t) => {
    const feed = await openFeed(t);
    const { erp, lanes } = feed;
    await order(feed, 'PO-1');
    await change(feed, 'PO-1', 1, '20');
    erp.react = () => ({ status, body: 'no customer\n alpha' });

    await drainFeed(lanes.context);
    lanes.advance(24 * 60 * 60_000);
    await drainFeed(lanes.context);
    t.is(erp.calls.length, 1, 'it is not tried again');
    t.deepEqual(await states(feed), ['PO-1 1 rejected', 'PO-1 2 pending']);
    t.deepEqual(await kinds(feed), ['erp-rejected']);
    const [first] = await listMessages(lanes.context.db, {});
    t.is(first!.reason, `the ERP answered ${status}: no customer alpha`);
    t.deepEqual(
      await listWaitingWork(lanes.context.db, lanes.context.clock()),
      [],
      'no lane is woken for what is held back',
    );

    erp.react = () => ({ status: 200 });
    t.like(await resendMessage(lanes.context, first!.id), { kind: 'done' });
    await drainFeed(lanes.context);
    t.deepEqual(erp.calls.map(tell), ['PO-1 order 1', 'PO-1 order 1', 'PO-1 change 2']);
    t.is(erp.calls[1]!.id, first!.id);
  });
}

test('410 gives a message up at once', async (t) => {
  const feed = await openFeed(t);
  feed.erp.react = () => ({ status: 410 });
  await order(feed, 'PO-1');
  await drainFeed(feed.lanes.context);
  t.deepEqual(await states(feed), ['PO-1 1 failed']);
  t.deepEqual(await kinds(feed), ['erp-delivery-failed']);
});

for (const status of [301, 401, 403, 404]) {
  test(`${status} is for a person to mend: told once for all orders, which go out by themselves afterwards`, async (t) => {
    const feed = await openFeed(t);
    const { erp, lanes } = feed;
    erp.react = () => ({ status });
    for (const po of ['PO-1', 'PO-2', 'PO-3']) await order(feed, po);
    await drainFeed(lanes.context);
    t.deepEqual(await states(feed), ['PO-1 1 pending', 'PO-2 1 pending', 'PO-3 1 pending']);
    t.deepEqual(await kinds(feed), ['erp-delivery-failed']);
    erp.react = () => ({ status: 200 });
    lanes.advance(60_000);
    await drainFeed(lanes.context);
    t.deepEqual(await states(feed), ['PO-1 1 sent', 'PO-2 1 sent', 'PO-3 1 sent']);
  });
}

test('an ERP that stays away is told of after eight tries, and given up after two hundred', async (t) => {
  const feed = await openFeed(t);
  const { erp, lanes } = feed;
  erp.react = () => ({ status: 500 });
  await order(feed, 'PO-1');
  const again = async (times: number) => {
    for (let i = 0; i < times; i += 1) {
      await drainFeed(lanes.context);
      lanes.advance(15 * 60_000);
    }
  };
  await again(7);
  t.deepEqual(await kinds(feed), []);
  await again(1);
  t.deepEqual(await kinds(feed), ['erp-delivery-failed']);
  await again(191);
  t.deepEqual(await states(feed), ['PO-1 1 pending']);
  await again(2);
  t.deepEqual(await states(feed), ['PO-1 1 failed']);
  t.is(erp.calls.length, 200);
  t.deepEqual(await kinds(feed), ['erp-delivery-failed', 'erp-delivery-failed']);
});

test('an order that fails while others arrive is told of, once; a new outage is told of again', async (t) => {
  const feed = await openFeed(t);
  const { erp, lanes } = feed;
  const away = new Set(['PO-1']);
  erp.react = (call) => ({ status: away.has(read(call).order.poNumber) ? 500 : 200 });
  const tries = async (times: number) => {
    for (let i = 0; i < times; i += 1) {
      await drainFeed(lanes.context);
      lanes.advance(15 * 60_000);
    }
  };
  await order(feed, 'PO-1');
  await tries(8);
  await order(feed, 'PO-2');
  await tries(2);
  t.deepEqual(await states(feed), ['PO-1 1 pending', 'PO-2 1 sent']);
  t.deepEqual(await kinds(feed), ['erp-delivery-failed']);

  for (const po of ['PO-3', 'PO-4']) {
    away.add(po);
    await order(feed, po);
  }
  await tries(9);
  t.deepEqual(await kinds(feed), ['erp-delivery-failed', 'erp-delivery-failed']);
});

test('the body of the answer may acknowledge or reject at once', async (t) => {
  const feed = await openFeed(t);
  const said = new Map([
    ['PO-1', '{"acknowledged":true}'],
    ['PO-2', '{"acknowledged":false,"reason":"closed period"}'],
    ['PO-3', 'OK'],
    ['PO-4', 'null'],
  ]);
  feed.erp.react = (call) => ({ status: 200, body: said.get(read(call).order.poNumber) ?? '' });
  for (const po of said.keys()) await order(feed, po);
  await drainFeed(feed.lanes.context);
  t.deepEqual(await states(feed), ['PO-1 1 acknowledged', 'PO-2 1 rejected', 'PO-3 1 sent', 'PO-4 1 sent']);
  t.is((await listMessages(feed.lanes.context.db, { states: ['rejected'] }))[0]!.reason, 'closed period');
  t.deepEqual(await kinds(feed), ['erp-rejected']);
});

test('what the ERP does not acknowledge in time is an exception, once; an acknowledgement still settles it', async (t) => {
  const feed = await openFeed(t, { acknowledged: '2h' });
  const { lanes } = feed;
  const { context } = lanes;
  await order(feed, 'PO-1');
  await order(feed, 'PO-2');
  await drainFeed(context);
  const [one, two] = await listMessages(context.db, {});
  t.like(await acknowledgeMessage(context, two!.id, undefined), { kind: 'done' });
  lanes.advance(2 * 60 * 60_000 - 1);
  t.is(await watchFeed(context), 0);
  lanes.advance(1);
  t.is(await watchFeed(context), 1);
  t.is(await watchFeed(context), 0);
  t.deepEqual(await states(feed), ['PO-1 1 overdue', 'PO-2 1 acknowledged']);
  t.deepEqual(await kinds(feed), ['erp-overdue']);

  t.like(await acknowledgeMessage(context, one!.id, undefined), { kind: 'done' });
  t.like(await acknowledgeMessage(context, one!.id, undefined), { kind: 'done' }, 'said twice is said once');
  t.like(await acknowledgeMessage(context, one!.id, 'no'), { kind: 'refused' });
  t.like(await resendMessage(context, one!.id), { kind: 'refused' });
  t.is((await lanes.events('alpha')).filter(({ kind }) => kind === 'erp-acknowledged').length, 2);
  t.deepEqual(await states(feed), ['PO-1 1 acknowledged', 'PO-2 1 acknowledged']);
});

test('where the ERP acknowledges nothing, nothing is overdue', async (t) => {
  const feed = await openFeed(t, { acknowledged: 'never' });
  await order(feed, 'PO-1');
  await drainFeed(feed.lanes.context);
  feed.lanes.advance(1000 * 60 * 60_000);
  t.is(await watchFeed(feed.lanes.context), 0);
  t.deepEqual(await states(feed), ['PO-1 1 sent']);
});

test('a message that the ERP acknowledges while its answer is on the way stays acknowledged', async (t) => {
  const feed = await openFeed(t);
  const { erp, lanes } = feed;
  await order(feed, 'PO-1');
  const [message] = await listMessages(lanes.context.db, {});
  const entered: Promise<unknown>[] = [];
  erp.react = () => {
    entered.push(acknowledgeMessage(lanes.context, message!.id, undefined));
    return 'hang';
  };
  await drainFeed(lanes.context);
  await Promise.all(entered);
  t.deepEqual(await states(feed), ['PO-1 1 acknowledged']);
});
