import test from 'ava';
import { importMasterData } from '../../src/pipeline/import/import-master-data.ts';
import { choose, listOpen } from '../support/choose.ts';
import { listAnswers, openDesk, stockOf } from '../support/desk.ts';
import { openPost, writeOrder } from '../support/desk-documents.ts';
import { assertDesk } from '../support/desk-invariants.ts';

const ORDER = writeOrder('PO-1', ['10 HB-1001 3.25']);

test('an order of a customer that the partner file names and nobody has imported waits until it is', async (t) => {
  const desk = await openDesk(t, { master: {}, customer: 'C-9' });
  const post = openPost('alpha');
  await desk.send('alpha', post.file(ORDER));
  t.deepEqual(await listOpen(desk), [
    'customer-unknown: order PO-1: the partner file says that it buys as customer C-9, and there is no such customer',
  ]);

  await importMasterData(desk.context, 'customers', 'number,name\nC-9,Alpha\n');
  await choose(desk, 'customer-unknown', 'decide-again');

  t.deepEqual(await listAnswers(desk), ['855 AH PO-1: IH', '865  PO-1: IA']);
  t.deepEqual(await listOpen(desk), []);
  await assertDesk(t, desk);
});

test('a line that no warehouse may ship waits until one may', async (t) => {
  const master = {
    warehouses: 'id,name,destinations\nDAY,Dayton,CA',
    stock: stockOf({ 'HB-1001': 100 }),
  };
  const desk = await openDesk(t, { master, orders: '{ promise: stock }' });
  const post = openPost('alpha');
  await desk.send('alpha', post.file(ORDER));
  t.deepEqual(await listOpen(desk), [
    'route-none: order PO-1: line 1: no warehouse may ship item HB-1001 there',
  ]);

  await importMasterData(desk.context, 'warehouses', 'id,name,destinations\nDAY,Dayton,CA;US\n');
  await choose(desk, 'route-none', 'decide-again');

  t.deepEqual(await listOpen(desk), []);
  t.regex((await listAnswers(desk)).at(-1)!, /^865 {2}PO-1: (IA|DR)$/);
  await assertDesk(t, desk);
});
