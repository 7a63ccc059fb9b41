import test from 'ava';
import { receiveFile } from '../../src/pipeline/receive/receive.ts';
import { fetchAnswers, startTestGateway } from '../support/gateway.ts';
import { listAnsweredOrders } from '../support/gateway-answers.ts';
import { writeOrders } from '../support/gateway-orders.ts';
import { waitFor } from '../support/wait.ts';

const order = (from: string, control: number, po = `PO-${control}`) =>
  writeOrders({ from, control, orders: [{ po }] });

test('an order put over SFTP is answered over SFTP, in the order of arrival', async (t) => {
  const gateway = await startTestGateway(t);
  const client = await gateway.connect('alpha');

  for (const n of [1, 2, 3, 4, 5]) await client.put(order('ZZ:ALPHA', n), `/inbound/${n}.edi`);

  const answers = await waitFor(async () => {
    const found = await fetchAnswers(client);
    return found.length === 10 && found;
  });
  t.deepEqual(listAnsweredOrders(answers), ['PO-1', 'PO-2', 'PO-3', 'PO-4', 'PO-5']);
  t.deepEqual(
    answers.map(({ control }) => Number(control)),
    [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
  );
});

test('a fetched answer that is asked for again lies in /outbound again', async (t) => {
  const gateway = await startTestGateway(t);
  const client = await gateway.connect('alpha');
  const bytes = order('ZZ:ALPHA', 1);
  await client.put(bytes, '/inbound/1.edi');
  const first = await waitFor(async () => {
    const found = await fetchAnswers(client);
    return found.length === 2 && found;
  });
  for (const { name } of first) await client.delete(`/outbound/${name}`);
  t.deepEqual(await client.list('/outbound'), []);

  await client.put(bytes, '/inbound/again.edi');

  const again = await waitFor(async () => {
    const found = await fetchAnswers(client);
    return found.length === 2 && found;
  });
  t.deepEqual(again, first);
});

test('a lane that is stuck slows no other', async (t) => {
  const gateway = await startTestGateway(t, { partners: { alpha: {}, beta: {}, gamma: {} } });
  const { db } = gateway.started.context;
  const [alpha, beta] = [await gateway.connect('alpha'), await gateway.connect('beta')];
  // Somebody holds the control numbers of alpha: its first file cannot go on, and those behind it wait.
  const stream = 'ISA ZZ:CAUSEWAY ZZ:ALPHA';
  await db('control_number').insert({ stream, last: 1 });
  const held = await db.transaction();
  await held('control_number').where({ stream }).forUpdate();
  for (const n of [1, 2, 3]) await alpha.put(order('ZZ:ALPHA', n), `/inbound/${n}.edi`);

  for (const n of [1, 2, 3]) await beta.put(order('ZZ:BETA', n), `/inbound/${n}.edi`);
  const answers = await waitFor(async () => {
    const found = await fetchAnswers(beta);
    return found.length === 6 && found;
  });

  t.deepEqual(listAnsweredOrders(answers), ['PO-1', 'PO-2', 'PO-3']);
  t.deepEqual(await fetchAnswers(alpha), []);
  await held.rollback();
  const late = await waitFor(async () => {
    const found = await fetchAnswers(alpha);
    return found.length === 6 && found;
  });
  t.deepEqual(listAnsweredOrders(late), ['PO-1', 'PO-2', 'PO-3']);
});

test('no file is left behind by a lane that just ends, however its arrivals fall', async (t) => {
  const { started } = await startTestGateway(t);
  const { db } = started.context;
  const waiting = () => db('file').where({ state: 'received' });
  let control = 0;
  const receive = async (delay: number) => {
    for (let turn = 0; turn < delay; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    control += 1;
    const upload = { partner: 'alpha', channel: 'test', name: `${control}.edi` };
    await receiveFile(started.context, { ...upload, bytes: order('ZZ:ALPHA', control) });
  };

  for (let round = 0; round < 60; round += 1) {
    // Three that arrive while the lane works, looks for the last time, or has just ended.
    await Promise.all([receive(0), receive(round * 2), receive(round * 5)]);
    // Long before the sweep would find them.
    await waitFor(async () => (await waiting()).length === 0, 10_000);
  }

  const [answered] = await db('document').where({ set: '855' }).count();
  t.is(Number(answered!['count']), 180);
});
