import test from 'ava';
import { listAnswers, openDesk, readLines, readOrder } from '../support/desk.ts';
import {
  openPost,
  writeCancel,
  writeChange,
  writeOrder,
  writeQuantity,
  writeRelease,
} from '../support/desk-documents.ts';
import { assertDesk } from '../support/desk-invariants.ts';
import type { Lanes } from '../support/gateway-lane.ts';

const master = {};
const BLANKET = writeOrder('BK-1', ['850 HB-1001 3.25'], { type: 'BK' });
const draw = (release: string, quantity: number) =>
  writeRelease('BK-1', release, [`${quantity} HB-1001 3.25`]);

/** Committed and released of every line, and the ledger as it was booked. */
async function readBlanket({ context }: Lanes, of: { readonly test?: boolean } = {}) {
  const { db } = context;
  const lines = await db('blanket_line as l')
    .join('blanket as b', 'b.id', 'l.blanket_id')
    .where('b.test', of.test === true)
    .orderBy(['po_number', 'number'])
    .select('po_number', 'number', 'state', db.raw('trim_scale(committed)::text as committed'), 'released');
  const ledger = await db('blanket_entry as e')
    .join('blanket as b', 'b.id', 'e.blanket_id')
    .where('b.test', of.test === true)
    .orderBy('e.id')
    .select('kind', db.raw('trim_scale(quantity)::text as quantity'), 'reference');
  return {
    lines: lines.map(
      (one) => `${one.po_number} ${one.number}: ${one.released} of ${one.committed}, ${one.state}`,
    ),
    ledger: ledger.map(({ kind, quantity, reference }) => `${kind} ${quantity} ${reference}`),
  };
}

test('a blanket, two releases in its own file and a third in a later one that goes over', async (t) => {
  const desk = await openDesk(t, { master });
  const post = openPost('alpha');

  await desk.send('alpha', post.file(BLANKET, draw('R1', 500), draw('R2', 350)));
  await desk.send('alpha', post.file(draw('R3', 1)));

  t.deepEqual(await listAnswers(desk), [
    '855 AD BK-1: IA',
    '855 AD BK-1 R1: IA',
    '855 AD BK-1 R2: IA',
    '855 RD BK-1 R3: IR',
  ]);
  t.deepEqual(await readBlanket(desk), {
    lines: ['BK-1 1: 850 of 850, open'],
    ledger: ['commit 850 BK-1', 'release 500 R1', 'release 350 R2'],
  });
  await assertDesk(t, desk);
});

test('releases in later files draw on the blanket, and the limit holds to the last piece', async (t) => {
  const desk = await openDesk(t, { master });
  const post = openPost('alpha');
  await desk.send('alpha', post.file(BLANKET));

  await desk.send('alpha', post.file(draw('R1', 500)));
  await desk.send('alpha', post.file(draw('R2', 351)));
  await desk.send('alpha', post.file(draw('R3', 350)));

  t.deepEqual((await listAnswers(desk)).slice(1), [
    '855 AD BK-1 R1: IA',
    '855 RD BK-1 R2: IR',
    '855 AD BK-1 R3: IA',
  ]);
  t.deepEqual((await readBlanket(desk)).lines, ['BK-1 1: 850 of 850, open']);
  await assertDesk(t, desk);
});

test('a backlog of blanket and releases ends as one by one', async (t) => {
  const desk = await openDesk(t, { master });
  const post = openPost('alpha');
  for (const each of [BLANKET, draw('R1', 500), draw('R2', 351), draw('R3', 350)])
    await desk.receive('alpha', post.file(each));

  await desk.drain('alpha');

  t.deepEqual(await readBlanket(desk), {
    lines: ['BK-1 1: 850 of 850, open'],
    ledger: ['commit 850 BK-1', 'release 500 R1', 'release 350 R3'],
  });
  await assertDesk(t, desk);
});

test('the allowance is of the commitment', async (t) => {
  const desk = await openDesk(t, { master, orders: '{ blanket: { allowance: "10" } }' });
  const post = openPost('alpha');

  await desk.send('alpha', post.file(BLANKET, draw('R1', 850), draw('R2', 86), draw('R3', 85)));

  t.deepEqual((await readBlanket(desk)).lines, ['BK-1 1: 935 of 850, open']);
  await assertDesk(t, desk);
});

test('test releases draw on test blankets, live ones on live blankets', async (t) => {
  const desk = await openDesk(t, { master });
  const post = openPost('alpha');

  await desk.send('alpha', post.test(BLANKET));
  await desk.send('alpha', post.file(draw('R1', 10)));
  await desk.send('alpha', post.test(draw('R1', 20)));
  await desk.send('alpha', post.file(BLANKET, draw('R2', 30)));
  await desk.send('alpha', post.test(draw('R3', 40)));

  t.deepEqual(await listAnswers(desk), [
    '855 AD BK-1: IA',
    '855 AH BK-1 R1: IH',
    '855 AD BK-1 R1: IA',
    '855 AD BK-1: IA',
    '855 AD BK-1 R2: IA',
    '865  BK-1 R1: IA',
    '855 AD BK-1 R3: IA',
  ]);
  t.deepEqual((await readBlanket(desk)).ledger, ['commit 850 BK-1', 'release 30 R2', 'release 10 R1']);
  t.deepEqual((await readBlanket(desk, { test: true })).ledger, [
    'commit 850 BK-1',
    'release 20 R1',
    'release 40 R3',
  ]);
  await assertDesk(t, desk);
});

test('an 860 on a release books the difference, and a cancelled one gives all back', async (t) => {
  const desk = await openDesk(t, { master });
  const post = openPost('alpha');
  const terms = { type: 'RL', release: 'R1' } as const;
  await desk.send('alpha', post.file(BLANKET, draw('R1', 500)));

  await desk.send('alpha', post.file(writeQuantity('BK-1', 'QD', 200, terms)));
  t.deepEqual((await readBlanket(desk)).lines, ['BK-1 1: 200 of 850, open']);
  await desk.send('alpha', post.file(draw('R2', 650)));
  await desk.send('alpha', post.file(writeCancel('BK-1', { ...terms, sequence: 2 })));

  t.deepEqual(await listAnswers(desk), [
    '855 AD BK-1: IA',
    '855 AD BK-1 R1: IA',
    '865 AT BK-1 R1: IA',
    '855 AD BK-1 R2: IA',
    '865 AT BK-1 R1: ID',
  ]);
  t.deepEqual((await readBlanket(desk)).lines, ['BK-1 1: 650 of 850, open']);
  t.like(await readOrder(desk, 'BK-1', 'R1'), { version: 3, state: 'cancelled' });
  await assertDesk(t, desk);
});

test('an 860 that keeps the quantity of a release keeps its booking, and a later cancellation gives it back', async (t) => {
  const desk = await openDesk(t, { master });
  const post = openPost('alpha');
  const terms = { type: 'RL', release: 'R1' } as const;
  await desk.send('alpha', post.file(BLANKET, draw('R1', 500)));

  await desk.send('alpha', post.file(writeChange('BK-1', [], { ...terms, wanted: '20270115' })));
  t.deepEqual((await readBlanket(desk)).lines, ['BK-1 1: 500 of 850, open']);
  await desk.send('alpha', post.file(writeCancel('BK-1', { ...terms, sequence: 2 })));

  t.deepEqual((await readBlanket(desk)).lines, ['BK-1 1: 0 of 850, open']);
  await assertDesk(t, desk);
});

test('blanket, release, change and cancellation of the release in one file', async (t) => {
  const desk = await openDesk(t, { master });
  const post = openPost('alpha');
  const terms = { type: 'RL', release: 'R1' } as const;

  await desk.send(
    'alpha',
    post.file(
      BLANKET,
      draw('R1', 500),
      writeQuantity('BK-1', 'QD', 200, terms),
      writeCancel('BK-1', { ...terms, sequence: 2 }),
    ),
  );

  t.deepEqual((await readBlanket(desk)).lines, ['BK-1 1: 0 of 850, open']);
  t.deepEqual(await desk.exceptions('alpha'), []);
  await assertDesk(t, desk);
});

test('a release that was changed in the file of its blanket is cancelled in a later one', async (t) => {
  const desk = await openDesk(t, { master });
  const post = openPost('alpha');
  const terms = { type: 'RL', release: 'R1' } as const;

  await desk.receive('alpha', post.file(BLANKET, draw('R1', 500), writeQuantity('BK-1', 'QD', 200, terms)));
  await desk.receive('alpha', post.file(writeCancel('BK-1', { ...terms, sequence: 2 })));
  await desk.drain('alpha');

  t.deepEqual((await readBlanket(desk)).lines, ['BK-1 1: 0 of 850, open']);
  t.deepEqual(await desk.exceptions('alpha'), []);
  await assertDesk(t, desk);
});

test('the same, each file by itself', async (t) => {
  const desk = await openDesk(t, { master });
  const post = openPost('alpha');
  const terms = { type: 'RL', release: 'R1' } as const;

  await desk.send('alpha', post.file(BLANKET, draw('R1', 500), writeQuantity('BK-1', 'QD', 200, terms)));
  await desk.send('alpha', post.file(writeCancel('BK-1', { ...terms, sequence: 2 })));

  t.deepEqual((await readBlanket(desk)).lines, ['BK-1 1: 0 of 850, open']);
  t.deepEqual(await desk.exceptions('alpha'), []);
  await assertDesk(t, desk);
});

test('an 860 raises and lowers the commitment, never below what is released', async (t) => {
  const desk = await openDesk(t, { master });
  const post = openPost('alpha');
  const type = 'BK';
  await desk.send('alpha', post.file(BLANKET, draw('R1', 500)));

  await desk.send('alpha', post.file(writeQuantity('BK-1', 'QI', 1000, { type })));
  await desk.send('alpha', post.file(draw('R2', 500)));
  await desk.send('alpha', post.file(writeQuantity('BK-1', 'QD', 900, { type, sequence: 2 })));

  t.deepEqual((await readBlanket(desk)).lines, ['BK-1 1: 1000 of 1000, open']);
  t.deepEqual((await readBlanket(desk)).ledger, [
    'commit 850 BK-1',
    'release 500 R1',
    'commit 150 change 1',
    'release 500 R2',
  ]);
  await assertDesk(t, desk);
});

test('a blanket and the 860 that raises its commitment in one file', async (t) => {
  const desk = await openDesk(t, { master });
  const post = openPost('alpha');

  await desk.send(
    'alpha',
    post.file(BLANKET, writeQuantity('BK-1', 'QI', 1000, { type: 'BK' }), draw('R1', 1000)),
  );

  t.deepEqual((await readBlanket(desk)).lines, ['BK-1 1: 1000 of 1000, open']);
  t.deepEqual(await desk.exceptions('alpha'), []);
  await assertDesk(t, desk);
});

test('a cancelled blanket is closed, its releases stand, and no more is released', async (t) => {
  const desk = await openDesk(t, { master });
  const post = openPost('alpha');
  await desk.send('alpha', post.file(BLANKET, draw('R1', 500)));

  await desk.send('alpha', post.file(writeCancel('BK-1', { type: 'BK' })));
  await desk.send('alpha', post.file(draw('R2', 1)));

  t.deepEqual((await listAnswers(desk)).slice(2), ['865 AT BK-1: ID', '855 RD BK-1 R2: IR']);
  t.deepEqual((await readBlanket(desk)).lines, ['BK-1 1: 500 of 850, closed']);
  t.deepEqual(await readLines(desk, 'BK-1', 'R1'), ['500 HB-1001 3.25 IA']);
  await assertDesk(t, desk);
});

test('a line of a release that stands while another changes keeps its booking, though its item is no longer sold', async (t) => {
  const desk = await openDesk(t, { master });
  const post = openPost('alpha');
  const lines = ['100 HB-1001 3.25', '100 WS-2001 0.13'];
  await desk.send(
    'alpha',
    post.file(writeOrder('BK-1', lines, { type: 'BK' }), writeRelease('BK-1', 'R1', lines)),
  );
  await desk.context.db('item').where({ number: 'HB-1001' }).update({ status: 'discontinued' });

  const change = writeChange('BK-1', ['2*QD*60*60*EA'], { type: 'RL', release: 'R1' });
  await desk.send('alpha', post.file(change));

  t.deepEqual((await readBlanket(desk)).lines, ['BK-1 1: 100 of 100, open', 'BK-1 2: 60 of 100, open']);
  await assertDesk(t, desk);
});

test('a blanket order under a number that has one already, for another ship-to, is refused', async (t) => {
  const desk = await openDesk(t, { master });
  const post = openPost('alpha');
  await desk.send('alpha', post.file(BLANKET));

  const file = await desk.send(
    'alpha',
    post.file(writeOrder('BK-1', ['10 HB-1001 3.25'], { type: 'BK', shipTo: 'DC13' })),
  );

  t.is((await desk.file(file)).state, 'done');
  t.is((await readBlanket(desk)).lines.length, 1);
  await assertDesk(t, desk);
});
