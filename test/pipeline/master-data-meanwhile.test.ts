import test from 'ava';
import { importMasterData } from '../../src/pipeline/import/import-master-data.ts';
import { openDatabase } from '../../src/store/database.ts';
import { openDesk, readLines, stockOf } from '../support/desk.ts';
import { openPost, writeOrder } from '../support/desk-documents.ts';
import { assertDesk } from '../support/desk-invariants.ts';

const PARTNERS = ['alpha', 'beta', 'gamma'];
const LINES = ['5 WS-2001', '3 HB-1001'];

test('an import by another process counts from the next file on', async (t) => {
  const desk = await openDesk(t, { master: {} });
  const post = openPost('alpha');
  await desk.send('alpha', post.file(writeOrder('PO-1', LINES)));
  const other = openDatabase(desk.url);
  t.teardown(() => other.destroy());

  const prices = 'partner,item,unit,currency,price,valid_from\nalpha,HB-1001,EA,USD,4.75,2026-11-01';
  await importMasterData({ db: other }, 'prices', prices);
  await desk.send('alpha', post.file(writeOrder('PO-2', LINES)));

  const [before, after] = [await readLines(desk, 'PO-1'), await readLines(desk, 'PO-2')];
  t.regex(before[1] ?? '', /^3 HB-1001 (?!4\.75)\S+ IA$/);
  t.is(after[1], '3 HB-1001 4.75 IA');
  t.is(after[0], before[0]);
});

test('lanes decide while prices change and imports come: each order by the prices of one moment', async (t) => {
  const master = { warehouses: 'id,name\nDAY,Dayton', stock: stockOf({ 'HB-1001': 900, 'WS-2001': 900 }) };
  const desk = await openDesk(t, { partners: PARTNERS, orders: '{ promise: stock }', master });
  const other = openDatabase(desk.url);
  t.teardown(() => other.destroy());
  await other.raw('update price set price = 1');
  let lanes = PARTNERS.length;
  const order = async (partner: string) => {
    const post = openPost(partner);
    for (let file = 1; file <= 8; file += 1)
      await desk.send(partner, post.file(writeOrder(`PO-${partner}-${file}`, LINES)));
    lanes -= 1;
  };
  const change = async () => {
    while (lanes > 0) await other.raw('update price set price = price + 1');
  };
  const importing = async () => {
    while (lanes > 0)
      await importMasterData(
        { db: other },
        'costs',
        `item,currency,valid_from,cost\nHB-1001,USD,2026-01-01,${lanes}\n`,
      );
  };

  await Promise.all([...PARTNERS.map(order), change(), change(), importing(), importing()]);

  for (const partner of PARTNERS) {
    const prices: number[] = [];
    for (let file = 1; file <= 8; file += 1) {
      const lines = await readLines(desk, `PO-${partner}-${file}`);
      const [washer, bolt] = lines.map((line) => line.split(' '));
      t.deepEqual([washer?.[3], bolt?.[3]], ['IA', 'IA'], `${partner} ${file}`);
      t.is(washer?.[2], bolt?.[2], `${partner} ${file}: both lines at prices of one moment`);
      prices.push(Number(bolt?.[2]));
    }
    t.deepEqual(
      prices,
      prices.toSorted((a, b) => a - b),
      partner,
    );
  }
  await assertDesk(t, desk);
});
