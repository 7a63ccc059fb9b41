import test from 'ava';
import { choose, listOpen } from '../support/choose.ts';
import { listAnswers, openDesk, readLines, readOrder } from '../support/desk.ts';
import { openPost, writeOrder, writeQuantity } from '../support/desk-documents.ts';
import { assertDesk } from '../support/desk-invariants.ts';

const master = { customers: 'number,name,credit_limit,credit_currency\nalpha,Alpha,100000,USD' };
const FIRST = writeOrder('PO-1', ['10 HB-1001 3.25']);
const SECOND = writeOrder('PO-1', ['15 HB-1001 3.25', '100 WS-2001 0.13']);

test('an order under a known number with other content becomes the next version of the first, as a person chose', async (t) => {
  const desk = await openDesk(t, { master });
  const post = openPost('alpha');
  await desk.send('alpha', post.file(FIRST));
  await desk.send('alpha', post.file(SECOND));
  t.is((await listOpen(desk)).length, 1);

  const told = await choose(desk, 'duplicate-order', 'take-as-version');

  t.regex(told, /^order PO-1 is in version 2 now, accepted; 865.* is on its way$/);
  t.like(await readOrder(desk, 'PO-1'), { version: 2, outcome: 'accepted', amount: '61.75' });
  t.deepEqual(await readLines(desk, 'PO-1'), ['15 HB-1001 3.25 IA', '100 WS-2001 0.13 IA']);
  t.deepEqual(await listAnswers(desk), ['855 AD PO-1: IA', '855 AH PO-1: IH IH', '865  PO-1: IA IA']);
  t.deepEqual(await listOpen(desk), []);
  await assertDesk(t, desk);

  await desk.send('alpha', post.file(writeQuantity('PO-1', 'QI', 20)));
  t.deepEqual(await readLines(desk, 'PO-1'), ['20 HB-1001 3.25 IA', '100 WS-2001 0.13 IA']);
  t.deepEqual(await listOpen(desk), []);
  await assertDesk(t, desk);
});

test('it becomes an order of its own under the number that the partner gave, and under no number that is taken', async (t) => {
  const desk = await openDesk(t, { master });
  const post = openPost('alpha');
  await desk.send('alpha', post.file(FIRST, SECOND));

  t.is(
    await choose(desk, 'duplicate-order', 'set-po-number', { po: 'PO-1' }),
    'refused: there is an order PO-1 already: give it another number',
  );
  t.is((await listOpen(desk)).length, 1);
  await choose(desk, 'duplicate-order', 'set-po-number', { po: 'PO-1B' });

  t.deepEqual(await readLines(desk, 'PO-1'), ['10 HB-1001 3.25 IA']);
  t.like(await readOrder(desk, 'PO-1B'), { version: 1, outcome: 'accepted', amount: '61.75' });
  t.is((await listAnswers(desk)).at(-1), '855 AD PO-1B: IA IA');
  t.deepEqual(await listOpen(desk), []);
  await assertDesk(t, desk);

  await desk.send('alpha', post.file({ ...writeQuantity('PO-1B', 'QI', 20) }));
  t.deepEqual((await readLines(desk, 'PO-1B'))[0], '20 HB-1001 3.25 IA');
  await assertDesk(t, desk);
});

test('it is refused, and the first stands', async (t) => {
  const desk = await openDesk(t, { master });
  const post = openPost('alpha');
  await desk.send('alpha', post.file(FIRST, SECOND));

  await choose(desk, 'duplicate-order', 'reject-order', { reason: 'sent by mistake' });

  t.is((await listAnswers(desk)).at(-1), '855 RD PO-1: IR IR');
  t.like(await readOrder(desk, 'PO-1'), { version: 1, outcome: 'accepted' });
  t.deepEqual(await listOpen(desk), []);
  await assertDesk(t, desk);
});

test('a second order that says what the first says by now cannot take its place, and the question stays', async (t) => {
  const desk = await openDesk(t, { master });
  const post = openPost('alpha');
  await desk.send('alpha', post.file(FIRST, writeOrder('PO-1', ['15 HB-1001 3.25'])));
  await desk.send('alpha', post.file(writeQuantity('PO-1', 'QI', 15)));

  const told = await choose(desk, 'duplicate-order', 'take-as-version');

  t.is(told, 'refused: it cannot take the place of the first: nothing differs');
  t.is((await listOpen(desk)).length, 1);
});

test('an order without a number gets the one that the partner gave, and is answered under it', async (t) => {
  const desk = await openDesk(t, { master });
  const post = openPost('alpha');
  await desk.send('alpha', post.file(FIRST));
  const bare = { set: '850' as const, body: FIRST.body.map((one) => one.replace('*PO-1*', '* *')) };
  await desk.send('alpha', post.file(bare));
  t.regex((await listOpen(desk))[0] ?? '', /^po-number-missing/);

  t.is(
    await choose(desk, 'po-number-missing', 'set-po-number', { po: 'PO-1' }),
    'refused: there is an order PO-1 already',
  );
  await choose(desk, 'po-number-missing', 'set-po-number', { po: 'PO-9' });

  t.like(await readOrder(desk, 'PO-9'), { version: 2, outcome: 'accepted' });
  t.is((await listAnswers(desk)).at(-1), '865  PO-9: IA');
  await assertDesk(t, desk);
});
