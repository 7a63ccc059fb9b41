import test from 'ava';
import { findElement, listAnsweredOrders } from '../support/gateway-answers.ts';
import { openLanes } from '../support/gateway-lane.ts';
import { write997, writeOrders } from '../support/gateway-orders.ts';

const FROM = 'ZZ:ALPHA';

test('an order comes back acknowledged: a 997 and an 855 in files of their own', async (t) => {
  const lanes = await openLanes(t);

  const id = await lanes.send('alpha', writeOrders({ from: FROM, control: 42, orders: [{ po: 'PO-1' }] }));

  t.like(await lanes.file(id), { state: 'done', attempts: 1 });
  const answers = await lanes.outbound('alpha');
  t.deepEqual(
    answers.map(({ name, usage, from, to }) => ({ name, usage, from, to })),
    [
      { name: '997_000000001.edi', usage: 'P', from: 'ZZ:CAUSEWAY', to: FROM },
      { name: '855_000000002.edi', usage: 'P', from: 'ZZ:CAUSEWAY', to: FROM },
    ],
  );
  const [functional, order] = answers.map((answer) => answer.sets[0]!);
  t.deepEqual(functional!.segments, [
    ['AK1', 'PO', '42'],
    ['AK2', '850', '0001'],
    ['AK5', 'A'],
    ['AK9', 'A', '1', '1', '1'],
  ]);
  t.is(findElement(order!, 'BAK', 3), 'PO-1');
  t.is(findElement(order!, 'ACK', 1), 'IA');
});

test('one bad set of five: four are answered, the 997 refuses one and says why', async (t) => {
  const lanes = await openLanes(t);
  const orders = ['1', '2', '3', '4', '5'].map((n) => ({ po: `PO-${n}` }));
  const sound = writeOrders({ from: FROM, control: 1, orders }).toString();
  const bad = sound.replace(/(BEG\*00\*SA\*PO-3.*?PO1\*1\*)10\*/, '$11O*');

  const id = await lanes.send('alpha', Buffer.from(bad));

  t.is((await lanes.file(id)).state, 'done');
  const answers = await lanes.outbound('alpha');
  t.deepEqual(listAnsweredOrders(answers), ['PO-1', 'PO-2', 'PO-4', 'PO-5']);
  const { segments } = answers[0]!.sets[0]!;
  t.deepEqual(segments.at(-1), ['AK9', 'P', '5', '5', '4']);
  t.deepEqual(
    segments.filter(([tag]) => tag === 'AK5').map((segment) => segment[1]),
    ['A', 'A', 'R', 'A', 'A'],
  );
  const element = segments.find(([tag]) => tag === 'AK4');
  t.like(element, ['AK4', '2', '330', '6', '1O']);
  t.deepEqual(
    (await lanes.exceptions('alpha')).map(({ kind }) => kind),
    ['set-refused'],
  );
});

test('of two interchanges in a file the second is cut short: the first is answered, the second gets TA1 023', async (t) => {
  const lanes = await openLanes(t);
  const first = writeOrders({ from: FROM, control: 1, orders: [{ po: 'PO-1' }] });
  const second = writeOrders({ from: FROM, control: 2, orders: [{ po: 'PO-2' }] });

  const id = await lanes.send('alpha', Buffer.concat([first, second.subarray(0, second.length - 40)]));

  t.is((await lanes.file(id)).state, 'done');
  const answers = await lanes.outbound('alpha');
  t.deepEqual(listAnsweredOrders(answers), ['PO-1']);
  t.deepEqual(
    answers.flatMap((answer) => answer.ta1s),
    [{ control: '000000002', status: 'R', note: '023' }],
  );
  t.deepEqual(
    (await lanes.exceptions('alpha')).map(({ kind }) => kind),
    ['interchange-refused'],
  );
  // The whole of it may be sent again under the same number, for nothing of it was taken.
  await lanes.send('alpha', second);
  t.deepEqual(listAnsweredOrders(await lanes.outbound('alpha')), ['PO-1', 'PO-2']);
});

test('a second interchange with separators of its own is processed as well', async (t) => {
  const lanes = await openLanes(t);
  const first = writeOrders({ from: FROM, control: 1, orders: [{ po: 'PO-1' }] });
  const text = writeOrders({ from: FROM, control: 2, orders: [{ po: 'PO-2' }] }).toString();
  const second = Buffer.from(text.replaceAll('*', '|').replaceAll('>', ':').replaceAll('~', '\n'));

  await lanes.send('alpha', Buffer.concat([first, second]));

  t.deepEqual(listAnsweredOrders(await lanes.outbound('alpha')), ['PO-1', 'PO-2']);
});

test('a file of a hundred orders is answered by one 997 and one file of 855s', async (t) => {
  const lanes = await openLanes(t);
  const orders = Array.from({ length: 100 }, (_, n) => ({ po: `PO-${n}` }));

  await lanes.send('alpha', writeOrders({ from: FROM, control: 1, orders }));

  const answers = await lanes.outbound('alpha');
  t.is(answers.length, 2);
  t.deepEqual(answers[0]!.sets[0]!.segments.at(-1), ['AK9', 'A', '100', '100', '100']);
  t.deepEqual(
    listAnsweredOrders(answers),
    orders.map(({ po }) => po),
  );
  const lines = await lanes.context.db('purchase_order_line').count();
  t.is(Number(lines[0]!['count']), 100);
});

test('each document is found again in the bytes of its file', async (t) => {
  const newline = 'x12: { separators: "|>~", newline: true }';
  const lanes = await openLanes(t, { partners: { alpha: {}, beta: { yaml: newline } } });
  const { db } = lanes.context;
  for (const [partner, from] of [
    ['alpha', FROM],
    ['beta', 'ZZ:BETA'],
  ] as const) {
    const orders = ['PO-1', 'PO-2', 'PO-3'].map((po) => ({ po }));
    await lanes.send(partner, writeOrders({ from, control: 1, orders }));
  }

  const documents = await db('document')
    .join('interchange', 'interchange.id', 'document.interchange_id')
    .join('file', 'file.id', 'interchange.file_id')
    .select('document.set', 'document.control', 'document.offset', 'document.length', 'file.bytes');

  t.is(documents.length, 14);
  for (const { set, control, offset, length, bytes } of documents) {
    const text = bytes.subarray(offset, offset + length).toString();
    t.regex(text, new RegExp(`^ST[*|]${set}[*|]${control}~`));
    t.regex(text, new RegExp(`SE[*|]\\d+[*|]${control}~$`));
    t.is(text.match(/ST[*|]\d{3}[*|]/g)?.length, 1);
  }
});

test('answers leave in the order of arrival', async (t) => {
  const lanes = await openLanes(t);
  const expected: string[] = [];
  for (let n = 1; n <= 12; n += 1) {
    expected.push(`PO-${n}`);
    await lanes.receive('alpha', writeOrders({ from: FROM, control: n, orders: [{ po: `PO-${n}` }] }));
  }

  await lanes.drain('alpha');

  t.deepEqual(listAnsweredOrders(await lanes.outbound('alpha')), expected);
});

test('ISA15 = T in production is answered as a test and never holds up a live order', async (t) => {
  const lanes = await openLanes(t);
  const orders = [{ po: 'PO-1' }];

  await lanes.send('alpha', writeOrders({ from: FROM, control: 1, orders, usage: 'T' }));
  await lanes.send('alpha', writeOrders({ from: FROM, control: 1, orders, usage: 'P' }));

  const answers = await lanes.outbound('alpha');
  t.deepEqual(
    answers.map(({ usage }) => usage),
    ['T', 'T', 'P', 'P'],
  );
  // Neither the control number nor the order counts as seen before: both 855s are original answers.
  t.deepEqual(
    answers.flatMap(({ sets }) => sets).flatMap((set) => findElement(set, 'BAK', 1) ?? []),
    ['00', '00'],
  );
  const stored = await lanes.context.db('purchase_order').orderBy('at').orderBy('id').select('test');
  t.deepEqual(stored, [{ test: true }, { test: false }]);
});

test('an installation for tests takes ISA15 = T as live', async (t) => {
  const lanes = await openLanes(t, { mode: 'test' });

  await lanes.send('alpha', writeOrders({ from: FROM, control: 1, orders: [{ po: 'PO-1' }], usage: 'T' }));

  t.deepEqual(await lanes.context.db('purchase_order').select('test'), [{ test: false }]);
});

test('everything of a partner that is still testing is a test, whatever its ISA15 says', async (t) => {
  const lanes = await openLanes(t, { partners: { alpha: { yaml: 'status: testing' } } });

  await lanes.send('alpha', writeOrders({ from: FROM, control: 1, orders: [{ po: 'PO-1' }] }));

  t.deepEqual(await lanes.context.db('purchase_order').select('test'), [{ test: true }]);
  t.deepEqual(listAnsweredOrders(await lanes.outbound('alpha')), ['PO-1']);
});

test('a TA1 goes back to whoever asks for one, in the file of the 997', async (t) => {
  const lanes = await openLanes(t);

  await lanes.send(
    'alpha',
    writeOrders({ from: FROM, control: 7, orders: [{ po: 'PO-1' }], wantsTa1: true }),
  );

  const answers = await lanes.outbound('alpha');
  t.deepEqual(answers[0]!.ta1s, [{ control: '000000007', status: 'A', note: '000' }]);
  t.is(answers[0]!.sets[0]!.set, '997');
});

test('no 997 answers a 997', async (t) => {
  const lanes = await openLanes(t);

  await lanes.send('alpha', write997({ from: FROM, control: 1, group: '5', sets: [], status: 'A' }));

  t.deepEqual(await lanes.outbound('alpha'), []);
});
