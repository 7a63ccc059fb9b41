import test from 'ava';
import { watchAcknowledgements } from '../../src/pipeline/deliver/watch.ts';
import { type Lanes, openLanes } from '../support/gateway-lane.ts';
import { type AcknowledgementSpec, write997, writeOrders } from '../support/gateway-orders.ts';

const FROM = 'ZZ:ALPHA';
const DAY = 86_400_000;

/** Two orders that were answered by group 1 of 855s. */
async function answerTwoOrders(lanes: Lanes): Promise<void> {
  const orders = [{ po: 'PO-1' }, { po: 'PO-2' }];
  await lanes.send('alpha', writeOrders({ from: FROM, control: 1, orders }));
}

async function acknowledge(lanes: Lanes, spec: Partial<AcknowledgementSpec>, control = 2): Promise<void> {
  await lanes.send('alpha', write997({ from: FROM, control, group: '1', sets: [], status: 'A', ...spec }));
}

async function readStates(lanes: Lanes): Promise<string[]> {
  const sent = await lanes.context
    .db('document')
    .where({ direction: 'out', set: '855' })
    .orderBy('control')
    .select('acknowledgement');
  return sent.map((row) => row.acknowledgement);
}

test('an 855 waits for its 997; one that accepts the group settles all of it', async (t) => {
  const lanes = await openLanes(t);
  await answerTwoOrders(lanes);
  t.deepEqual(await readStates(lanes), ['waiting', 'waiting']);

  await acknowledge(lanes, {});

  t.deepEqual(await readStates(lanes), ['accepted', 'accepted']);
  t.deepEqual(await lanes.exceptions('alpha'), []);
  const told = (await lanes.events('alpha')).filter(({ kind }) => kind === 'acknowledged');
  t.deepEqual(
    told.map(({ text }) => text),
    ['our 855 0001 of group 1 accepted by the partner', 'our 855 0002 of group 1 accepted by the partner'],
  );
});

test('a rejected 855 is settled and becomes an exception, its neighbour does not', async (t) => {
  const lanes = await openLanes(t);
  await answerTwoOrders(lanes);

  await acknowledge(lanes, {
    sets: [
      { control: '0001', status: 'R' },
      { control: '0002', status: 'A' },
    ],
    status: 'P',
  });

  t.deepEqual(await readStates(lanes), ['rejected', 'accepted']);
  const exceptions = await lanes.exceptions('alpha');
  t.deepEqual(
    exceptions.map(({ kind, message }) => ({ kind, message })),
    [{ kind: 'document-rejected', message: 'our 855 0001 of group 1 rejected by the partner' }],
  );
  t.truthy(exceptions[0]!.order);
});

test('a 999 settles what we sent like a 997, listed under receive or not', async (t) => {
  const lanes = await openLanes(t);
  await answerTwoOrders(lanes);
  const sets = [
    { control: '0001', status: 'R' },
    { control: '0002', status: 'E' },
  ];
  const as997 = write997({ from: FROM, control: 2, group: '1', sets, status: 'P' }).toString('latin1');
  const as999 = as997
    .replaceAll('ST*997', 'ST*999')
    .replaceAll('AK5*', 'IK5*')
    .replace('*X*004010', '*X*005010');

  await lanes.send('alpha', Buffer.from(as999, 'latin1'));

  t.deepEqual(await readStates(lanes), ['rejected', 'accepted-with-errors']);
  t.deepEqual(
    (await lanes.exceptions('alpha')).map(({ kind }) => kind),
    ['document-rejected'],
  );
});

test('a TA1 that refuses an interchange of ours is an exception, one that accepts it an event', async (t) => {
  const lanes = await openLanes(t);
  await answerTwoOrders(lanes);
  const text = write997({ from: FROM, control: 2, group: '1', sets: [], status: 'A' }).toString('latin1');
  const ta1 = (control: string, said: string) => `TA1*${control}*260105*0915*${said}~`;
  const said = ta1('000000001', 'A*000') + ta1('000000002', 'R*006');

  await lanes.send('alpha', Buffer.from(text.replace('GS*', `${said}GS*`), 'latin1'));

  const told = (await lanes.events('alpha')).filter(({ kind }) => kind === 'interchange-acknowledged');
  t.deepEqual(
    told.map((event) => event.text),
    [
      'the partner accepts our interchange 000000001',
      'the partner refuses our interchange 000000002, TA1 006',
    ],
  );
  t.deepEqual(
    (await lanes.exceptions('alpha')).map(({ kind, message }) => [kind, message]),
    [['document-rejected', 'the partner refuses our interchange 000000002, TA1 006']],
  );
});

test('a 997 for a group that we never sent is noted and changes nothing', async (t) => {
  const lanes = await openLanes(t);
  await answerTwoOrders(lanes);

  await acknowledge(lanes, { group: '777' });

  t.deepEqual(await readStates(lanes), ['waiting', 'waiting']);
  const noted = (await lanes.events('alpha')).filter(({ kind }) => kind === 'acknowledgement-unmatched');
  t.deepEqual(
    noted.map(({ text }) => text),
    ['an acknowledgement speaks of group PR 777, which we did not send'],
  );
});

test('a second 997 that contradicts the first is noted and changes nothing', async (t) => {
  const lanes = await openLanes(t);
  await answerTwoOrders(lanes);
  await acknowledge(lanes, {});

  await acknowledge(lanes, { status: 'R' }, 3);

  t.deepEqual(await readStates(lanes), ['accepted', 'accepted']);
  t.true((await lanes.events('alpha')).some(({ kind }) => kind === 'acknowledgement-repeated'));
});

test('what nobody acknowledges in time becomes an exception once; a late 997 still settles it', async (t) => {
  const lanes = await openLanes(t);
  await answerTwoOrders(lanes);
  t.is(await watchAcknowledgements(lanes.context), 0);

  lanes.advance(DAY + 1);
  t.is(await watchAcknowledgements(lanes.context), 2);
  t.is(await watchAcknowledgements(lanes.context), 0);

  t.deepEqual(await readStates(lanes), ['overdue', 'overdue']);
  t.deepEqual(
    (await lanes.exceptions('alpha')).map(({ kind }) => kind),
    ['acknowledgement-overdue', 'acknowledgement-overdue'],
  );
  await acknowledge(lanes, {});
  t.deepEqual(await readStates(lanes), ['accepted', 'accepted']);
});

test('one partner cannot settle what another was sent', async (t) => {
  const lanes = await openLanes(t, { partners: { alpha: {}, beta: {} } });
  await answerTwoOrders(lanes);

  await lanes.send('beta', write997({ from: 'ZZ:BETA', control: 1, group: '1', sets: [], status: 'R' }));

  t.deepEqual(await readStates(lanes), ['waiting', 'waiting']);
});
