import test from 'ava';
import { listAnswers, openDesk, readOrder } from '../support/desk.ts';
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

const HEADER = 'number,name,credit_limit,credit_currency,grace_days';
const customer = (limit: string, number = 'alpha') => ({
  customers: `${HEADER}\n${number},Alpha,${limit},USD,10`,
});

async function readExposure({ context }: Lanes): Promise<string> {
  const row = await context
    .db('customer')
    .first(context.db.raw('trim_scale(accepted_not_shipped)::text as sum'));
  return row.sum;
}

const holds = async (desk: Lanes, partner = 'alpha') =>
  (await desk.exceptions(partner)).map(({ kind }) => kind);

/** 32.50 and 26.00 USD. */
const FIRST = writeOrder('PO-1', ['10 HB-1001 3.25']);
const SECOND = writeOrder('PO-2', ['8 HB-1001 3.25']);

test('of two orders in one file the second goes over the limit and is held', async (t) => {
  const desk = await openDesk(t, { master: customer('58.49') });

  await desk.send('alpha', openPost('alpha').file(FIRST, SECOND));

  t.deepEqual(await listAnswers(desk), ['855 AD PO-1: IA', '855 AH PO-2: IH']);
  t.deepEqual(await holds(desk), ['credit-hold']);
  t.is(await readExposure(desk), '32.5');
  await assertDesk(t, desk);
});

test('the limit itself may be reached', async (t) => {
  const desk = await openDesk(t, { master: customer('58.50') });

  await desk.send('alpha', openPost('alpha').file(FIRST, SECOND));

  t.deepEqual(await listAnswers(desk), ['855 AD PO-1: IA', '855 AD PO-2: IA']);
  t.is(await readExposure(desk), '58.5');
  await assertDesk(t, desk);
});

test('open invoices count, and an order in a later file sees what earlier ones have used', async (t) => {
  const receivables = 'customer,number,currency,amount,due\nalpha,INV-1,USD,0.01,2026-12-31';
  const desk = await openDesk(t, { master: { ...customer('58.50'), receivables } });
  const post = openPost('alpha');

  await desk.send('alpha', post.file(FIRST));
  await desk.send('alpha', post.file(SECOND));

  t.deepEqual(await listAnswers(desk), ['855 AD PO-1: IA', '855 AH PO-2: IH']);
  await assertDesk(t, desk);
});

test('the last day of grace is in time, the day after is not', async (t) => {
  for (const [due, answer] of [
    ['2026-11-11', '855 AD PO-1: IA'],
    ['2026-11-10', '855 AH PO-1: IH'],
  ] as const) {
    const receivables = `customer,number,currency,amount,due\nalpha,INV-1,USD,1,${due}`;
    const desk = await openDesk(t, { master: { ...customer('1000'), receivables } });
    await desk.send('alpha', openPost('alpha').file(FIRST));
    t.deepEqual(await listAnswers(desk), [answer]);
    await assertDesk(t, desk);
  }
});

test('a change raises and lowers the exposure, and a cancellation takes it back', async (t) => {
  const desk = await openDesk(t, { master: customer('100') });
  const post = openPost('alpha');
  await desk.send('alpha', post.file(FIRST, SECOND));

  await desk.send('alpha', post.file(writeQuantity('PO-1', 'QI', 20)));
  t.is(await readExposure(desk), '91');
  await desk.send('alpha', post.file(writeQuantity('PO-1', 'QD', 5, { sequence: 2 })));
  t.is(await readExposure(desk), '42.25');
  await desk.send('alpha', post.file(writeCancel('PO-1', { sequence: 3 })));
  t.is(await readExposure(desk), '26');

  await assertDesk(t, desk);
});

test('a change counts its own order once: up to the limit it is made, beyond it a person is asked', async (t) => {
  const desk = await openDesk(t, { master: customer('65') });
  const post = openPost('alpha');
  await desk.send('alpha', post.file(FIRST));

  await desk.send('alpha', post.file(writeQuantity('PO-1', 'QI', 20)));
  t.deepEqual((await listAnswers(desk)).slice(1), ['865 AT PO-1: IA']);
  await desk.send('alpha', post.file(writeQuantity('PO-1', 'QI', 21, { sequence: 2 })));

  t.deepEqual(await holds(desk), ['credit-hold']);
  t.is((await readOrder(desk, 'PO-1'))?.outcome, 'held');
  await assertDesk(t, desk);
});

test('what an order in the same file gives back, the next may use', async (t) => {
  const desk = await openDesk(t, { master: customer('40') });
  const post = openPost('alpha');

  await desk.send('alpha', post.file(FIRST, writeCancel('PO-1'), SECOND));

  t.deepEqual((await listAnswers(desk)).toSorted(), [
    '855 AD PO-1: IA',
    '855 AD PO-2: IA',
    '865 AT PO-1: ID',
  ]);
  t.is(await readExposure(desk), '26');
  await assertDesk(t, desk);
});

test('a held order that its buyer cuts below the limit goes ahead', async (t) => {
  const desk = await openDesk(t, { master: customer('30') });
  const post = openPost('alpha');
  await desk.send('alpha', post.file(FIRST));
  t.is(await readExposure(desk), '0');

  await desk.send('alpha', post.file(writeQuantity('PO-1', 'QD', 9)));

  t.is((await readOrder(desk, 'PO-1'))?.outcome, 'accepted');
  t.is(await readExposure(desk), '29.25');
  await assertDesk(t, desk);
});

test('a release counts, its blanket does not', async (t) => {
  const desk = await openDesk(t, { master: customer('40') });
  const post = openPost('alpha');

  await desk.send(
    'alpha',
    post.file(
      writeOrder('BK-1', ['1000 HB-1001 3.25'], { type: 'BK' }),
      writeRelease('BK-1', 'R1', ['10 HB-1001 3.25']),
      writeRelease('BK-1', 'R2', ['10 HB-1001 3.25']),
    ),
  );

  t.deepEqual(await listAnswers(desk), ['855 AD BK-1: IA', '855 AD BK-1 R1: IA', '855 AH BK-1 R2: IH']);
  t.is(await readExposure(desk), '32.5');
  await assertDesk(t, desk);
});

test('test orders owe nothing', async (t) => {
  const desk = await openDesk(t, { master: customer('40') });
  const post = openPost('alpha');

  await desk.send('alpha', post.test(FIRST, writeQuantity('PO-1', 'QI', 11)));
  await desk.send('alpha', post.file(FIRST));

  t.is(await readExposure(desk), '32.5');
  await assertDesk(t, desk);
});

test('orders that fail to be taken together use no more of the limit than one by one', async (t) => {
  const desk = await openDesk(t, { master: customer('58.49') });
  const post = openPost('alpha');
  for (const each of [FIRST, SECOND, writeOrder('PO-3', ['7 HB-1001 3.25'])])
    await desk.receive('alpha', post.file(each));

  await desk.drain('alpha');

  t.deepEqual(await listAnswers(desk), ['855 AD PO-1: IA', '855 AH PO-2: IH', '855 AD PO-3: IA']);
  t.is(await readExposure(desk), '55.25');
  await assertDesk(t, desk);
});

test('two partners that order under one customer number never use the limit twice', async (t) => {
  const partners = ['alpha', 'beta'];
  const desk = await openDesk(t, { partners, customer: 'C-1', master: customer('100', 'C-1') });
  for (const partner of partners) {
    const post = openPost(partner);
    for (const n of [1, 2, 3])
      await desk.receive(partner, post.file(writeOrder(`${partner}-${n}`, ['10 HB-1001 3.25'])));
  }

  await Promise.all(partners.map((partner) => desk.drain(partner)));

  t.is(await readExposure(desk), '97.5');
  t.is([...(await holds(desk)), ...(await holds(desk, 'beta'))].length, 3);
  await assertDesk(t, desk);
});

test('a line of no price that we know leaves the order out of the sum until it has one', async (t) => {
  const desk = await openDesk(t, { master: { ...customer('1000'), items: 'number,unit\nNP-1,EA' } });
  const post = openPost('alpha');

  await desk.send('alpha', post.file(writeOrder('PO-1', ['10 HB-1001 3.25', '5 NP-1 9.00'])));
  await desk.send('alpha', post.file(writeChange('PO-1', ['2*DI'])));

  t.is(await readExposure(desk), '32.5');
  await assertDesk(t, desk);
});
