import test from 'ava';
import { listAnsweredOrders } from '../support/gateway-answers.ts';
import { openLanes } from '../support/gateway-lane.ts';
import { writeOrders } from '../support/gateway-orders.ts';

const orders = [{ po: 'PO-1' }];

/** Whole interchanges that are not taken, and the TA105 that says why. */
const REFUSED = [
  { what: 'a sender nobody knows', envelope: { from: 'ZZ:NOBODY' }, note: '006' },
  { what: 'a sender under another qualifier', envelope: { from: '01:ALPHA' }, note: '005' },
  { what: 'the name of another partner', envelope: { from: 'ZZ:BETA' }, note: '006' },
  { what: 'a receiver that is not us', envelope: { from: 'ZZ:ALPHA', to: 'ZZ:SOMEBODY' }, note: '009' },
  {
    what: 'a receiver under another qualifier',
    envelope: { from: 'ZZ:ALPHA', to: '01:CAUSEWAY' },
    note: '007',
  },
] as const;

for (const { what, envelope, note } of REFUSED) {
  test(`${what}: TA1 ${note} to whoever brought it, in quarantine, an exception, no order`, async (t) => {
    const lanes = await openLanes(t, { partners: { alpha: {}, beta: {} } });

    const id = await lanes.send('alpha', writeOrders({ ...envelope, control: 1, orders }));

    t.like(await lanes.file(id), { state: 'quarantined' });
    const answers = await lanes.outbound('alpha');
    t.deepEqual(
      answers.map(({ name, ta1s }) => ({ name, ta1s })),
      [{ name: 'TA1_000000001.edi', ta1s: [{ control: '000000001', status: 'R', note }] }],
    );
    t.deepEqual(
      (await lanes.exceptions('alpha')).map(({ kind }) => kind),
      ['interchange-refused'],
    );
    t.deepEqual(await lanes.context.db('purchase_order'), []);
    t.deepEqual(await lanes.outbound('beta'), []);
  });
}

test('a refused interchange leaves its control number free for the real sender', async (t) => {
  const lanes = await openLanes(t, { partners: { alpha: {}, beta: {} } });
  await lanes.send('alpha', writeOrders({ from: 'ZZ:BETA', control: 1, orders }));

  await lanes.send('beta', writeOrders({ from: 'ZZ:BETA', control: 1, orders }));

  t.deepEqual(listAnsweredOrders(await lanes.outbound('beta')), ['PO-1']);
});

const UNREADABLE = [
  { what: 'an empty file', bytes: '', reason: /empty/ },
  {
    what: 'an HTML page named .edi',
    bytes: '<!DOCTYPE html><html><body>502 Bad Gateway</body></html>',
    reason: /HTML|interchange|ISA/i,
  },
  { what: 'junk', bytes: '\u0000\u0001\u00ffISA? no', reason: /./ },
] as const;

for (const { what, bytes, reason } of UNREADABLE) {
  test(`${what} goes into quarantine with its bytes and a reason, and nothing goes back`, async (t) => {
    const lanes = await openLanes(t);

    const id = await lanes.send('alpha', Buffer.from(bytes, 'latin1'), 'po.edi');
    await lanes.send('alpha', writeOrders({ from: 'ZZ:ALPHA', control: 1, orders }));

    const file = await lanes.file(id);
    t.is(file.state, 'quarantined');
    t.regex(file.reason ?? '', reason);
    t.deepEqual(Buffer.from(file.bytes), Buffer.from(bytes, 'latin1'));
    t.deepEqual(
      (await lanes.exceptions('alpha')).map(({ kind }) => kind),
      ['file-quarantined'],
    );
    // The next file of the lane is not hindered.
    t.deepEqual(listAnsweredOrders(await lanes.outbound('alpha')), ['PO-1']);
  });
}

test('cut at any place: nothing is taken, and TA1 023 goes back where the ISA can be read', async (t) => {
  const lanes = await openLanes(t);
  const whole = writeOrders({ from: 'ZZ:ALPHA', control: 1, orders });
  // The last terminator alone may be missing: the IEA before it proves that nothing else is.
  const cuts = [10, 50, 95, 105, 106, 150, 200, whole.length - 20];

  for (const cut of cuts) {
    const id = await lanes.send('alpha', whole.subarray(0, cut));
    t.is((await lanes.file(id)).state, 'quarantined', `cut after ${cut} bytes`);
  }

  const answers = await lanes.outbound('alpha');
  // Three were cut before the end of their ISA13, so there is no number under which to answer.
  t.is(answers.length, cuts.length - 3);
  t.deepEqual([...new Set(answers.flatMap(({ ta1s }) => ta1s.map(({ note }) => note)))], ['023']);
  t.deepEqual(await lanes.context.db('purchase_order'), []);
  await lanes.send('alpha', whole);
  t.deepEqual(listAnsweredOrders(await lanes.outbound('alpha')), ['PO-1']);
});

test('a partner whose file names no channel: its answers are stored, and a person is asked to bring them', async (t) => {
  const lanes = await openLanes(t, { partners: { alpha: { channel: 'none' } } });

  const id = await lanes.send('alpha', writeOrders({ from: 'ZZ:ALPHA', control: 1, orders }));

  t.is((await lanes.file(id)).state, 'done');
  const stored = await lanes.context
    .db('file')
    .where({ direction: 'out' })
    .orderBy('id')
    .select('name', 'state');
  t.deepEqual(stored, [
    { name: '997_000000001.edi', state: 'ready' },
    { name: '855_000000002.edi', state: 'ready' },
  ]);
  t.deepEqual(
    (await lanes.exceptions('alpha')).map(({ kind }) => kind),
    ['delivery-failed', 'delivery-failed'],
  );
  t.deepEqual(await lanes.context.db('delivery'), []);
});

test('a file for a partner without a sound partner file waits in quarantine', async (t) => {
  const lanes = await openLanes(t);

  const id = await lanes.send('gone', writeOrders({ from: 'ZZ:GONE', control: 1, orders }));

  t.like(await lanes.file(id), { state: 'quarantined' });
  t.regex((await lanes.file(id)).reason ?? '', /causeway check gone/);
});
