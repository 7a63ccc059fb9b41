import test from 'ava';
import { choose, listOpen } from '../support/choose.ts';
import { listAnswers, openDesk } from '../support/desk.ts';
import { openPost, writeCancel, writeOrder, writeQuantity } from '../support/desk-documents.ts';
import { assertDesk } from '../support/desk-invariants.ts';
import type { Lanes } from '../support/gateway-lane.ts';

const customers = 'number,name\nalpha,Alpha';
const AUTHORITIES = 'customer,po_number,currency,amount,used,valid_to';
const orders = '{ over-authority: split }';

/** What is used of each by orders. */
async function readUsed({ context }: Lanes): Promise<readonly string[]> {
  const rows = await context.db('purchase_authority').orderBy('po_number').select('po_number', 'used');
  return rows.map(({ po_number, used }) => `${po_number} ${Number(used)}`);
}

async function readReferences(desk: Lanes): Promise<readonly string[]> {
  const answers = await desk.outbound('alpha');
  return answers
    .flatMap(({ sets }) => sets)
    .flatMap(({ segments }) => segments)
    .filter(([tag, qualifier]) => tag === 'REF' && qualifier === 'PO')
    .map(([, , value]) => value ?? '');
}

test('an order is split over the purchase orders of its customer, and what goes back is free again', async (t) => {
  const authorities = `${AUTHORITIES}\nalpha,PO-1,USD,40,,\nalpha,PO-2,USD,100,67.50,2026-12-31\nalpha,PO-0,USD,99,,2020-01-01`;
  const desk = await openDesk(t, { master: { customers, 'purchase-authorities': authorities }, orders });
  const post = openPost('alpha');

  await desk.send('alpha', post.file(writeOrder('PO-1', ['10 HB-1001 3.25', '10 HB-1001 3.25'])));

  t.deepEqual(await listAnswers(desk), ['855 AD PO-1: IA IA']);
  t.deepEqual(await readReferences(desk), ['PO-2']);
  t.deepEqual(await readUsed(desk), ['PO-0 0', 'PO-1 32.5', 'PO-2 32.5']);

  await desk.send('alpha', post.file(writeQuantity('PO-1', 'QD', 2)));
  t.deepEqual(await readUsed(desk), ['PO-0 0', 'PO-1 39', 'PO-2 0']);
  await desk.send('alpha', post.file(writeCancel('PO-1', { sequence: 2 })));
  t.deepEqual(await readUsed(desk), ['PO-0 0', 'PO-1 0', 'PO-2 0']);
  t.deepEqual(await listOpen(desk), []);
  await assertDesk(t, desk);
});

test('what no purchase order pays for waits for a number, and the answers tell both', async (t) => {
  const authorities = `${AUTHORITIES}\nalpha,PO-1,USD,40,,`;
  const desk = await openDesk(t, { master: { customers, 'purchase-authorities': authorities }, orders });
  const post = openPost('alpha');
  await desk.send('alpha', post.file(writeOrder('PO-1', ['10 HB-1001 3.25', '10 HB-1001 3.25'])));
  t.regex(
    (await listOpen(desk))[0] ?? '',
    /^needs-po-number: order PO-1: line 2: its 32.5 USD are more than/,
  );

  await choose(desk, 'needs-po-number', 'set-po-number', { po: 'PO-7' });

  t.deepEqual(await listAnswers(desk), ['855 AC PO-1: IA IH', '865  PO-1: IA IA']);
  t.deepEqual(await readReferences(desk), ['PO-7']);
  t.deepEqual(await readUsed(desk), ['PO-1 32.5']);
  t.deepEqual(await listOpen(desk), []);
  await assertDesk(t, desk);
});

test('orders of one file and of later ones use up one authority together', async (t) => {
  const authorities = `${AUTHORITIES}\nalpha,PO-1,USD,65,,\nalpha,PO-2,USD,65,,\nalpha,PO-3,USD,32.50,,`;
  const desk = await openDesk(t, { master: { customers, 'purchase-authorities': authorities }, orders });
  const post = openPost('alpha');
  const one = (po: string, lines: number) =>
    writeOrder(
      po,
      Array.from({ length: lines }, () => '10 HB-1001 3.25'),
    );

  await desk.send('alpha', post.file(one('PO-1', 3), one('PO-2', 2)));
  await desk.send('alpha', post.file(one('PO-3', 1)));

  t.deepEqual(await listAnswers(desk), ['855 AD PO-1: IA IA IA', '855 AD PO-2: IA IA', '855 AH PO-3: IH']);
  t.deepEqual(await readUsed(desk), ['PO-1 65', 'PO-2 65', 'PO-3 32.5']);
  await assertDesk(t, desk);
});
