import test from 'ava';
import { announcePromises } from '../../src/pipeline/revise/announce-promises.ts';
import { receiveStock } from '../../src/pipeline/stock/receive-stock.ts';
import { openDesk } from '../support/desk.ts';
import { type DeskDocument, openPost, writeOrder } from '../support/desk-documents.ts';
import { assertDesk } from '../support/desk-invariants.ts';
import type { AnswerSet } from '../support/gateway-answers.ts';
import type { Lanes } from '../support/gateway-lane.ts';

const orders = '{ promise: stock }';
const master = {
  items: 'number,description,unit\nHB-1001,Bolt,EA',
  units: 'item,unit,factor\nHB-1001,CA,12',
  warehouses: 'id,name\nDAY,Dayton',
  stock: 'item,warehouse,on_hand\nHB-1001,DAY,40',
};

/** An order of one line with these segments behind its PO1. */
function writeParts(po: string, po1: string, ...segments: readonly string[]): DeskDocument {
  const { set, body } = writeOrder(po, ['1 HB-1001 3.25']);
  return { set, body: body.flatMap((one) => (one.startsWith('PO1*') ? [po1, ...segments] : [one])) };
}

async function receive({ context }: Lanes, quantity: string): Promise<void> {
  await receiveStock(
    { ...context, announce: (tx, changes) => announcePromises(context, tx, changes) },
    { item: 'HB-1001', warehouse: 'DAY', quantity, serials: [] },
  );
}

function pickAcks({ segments }: AnswerSet): readonly string[] {
  return segments.filter(([tag]) => tag === 'ACK').map((segment) => segment.join('*'));
}

async function listAcks(desk: Lanes): Promise<readonly string[]> {
  const sets = (await desk.outbound('alpha')).flatMap((one) => one.sets);
  return sets.filter(({ set }) => set !== '997').map((set) => pickAcks(set).join(' '));
}

test('given a line that is wanted on two days, what fills the second is told as the second', async (t) => {
  const desk = await openDesk(t, { orders, master });
  const order = writeParts(
    'PO-1',
    'PO1*1*100*EA*3.25*PE*VP*HB-1001',
    'SCH*40*EA***010*20261215',
    'SCH*60*EA***010*20270110',
  );
  await desk.send('alpha', openPost('alpha').file(order));
  t.deepEqual(await listAcks(desk), ['ACK*IA*40*EA*068*20261215 ACK*SP*60*EA']);

  await receive(desk, '35');
  await receive(desk, '30');

  t.deepEqual((await listAcks(desk)).slice(1), [
    'ACK*IA*40*EA*068*20261215 ACK*IA*35*EA*068*20270110 ACK*SP*25*EA',
    'ACK*IA*40*EA*068*20261215 ACK*IA*60*EA*068*20270110',
  ]);
  await assertDesk(t, desk);
});

test('given a line of five cases of twelve, a receipt of pieces fills the whole cases that it makes', async (t) => {
  const desk = await openDesk(t, { orders, master });
  await desk.send('alpha', openPost('alpha').file(writeParts('PO-1', 'PO1*1*5*CA*39*PE*VP*HB-1001')));
  t.deepEqual(await listAcks(desk), ['ACK*BP*3*CA*068*20261218']);

  const { db } = desk.context;
  const readReserved = async () => String((await db('stock').first('allocated')).allocated);
  await receive(desk, '7');
  t.is(await readReserved(), '36');
  await receive(desk, '2');

  t.is(await readReserved(), '48');
  await assertDesk(t, desk);
});

test('given an SDQ, each place is looked up and its part leaves for it', async (t) => {
  const places = [
    'customer,code,name,zone,country,region',
    'alpha,DC12,Dayton,EAST,US,OH',
    'alpha,DC1,Albany,EAST,US,NY',
    'alpha,DC2,Fresno,WEST,US,CA',
  ].join('\n');
  const desk = await openDesk(t, {
    orders,
    master: { ...master, customers: 'number,name\nalpha,Alpha', 'ship-tos': places },
  });
  const post = openPost('alpha');

  await desk.send(
    'alpha',
    post.file(writeParts('PO-1', 'PO1*1*30*EA*3.25*PE*VP*HB-1001', 'SDQ*EA*92*DC1*10*DC2*20')),
  );
  await desk.send(
    'alpha',
    post.file(writeParts('PO-2', 'PO1*1*3*EA*3.25*PE*VP*HB-1001', 'SDQ*EA*92*DC1*1*DC7*2')),
  );

  const rows = await desk.context.db('purchase_order').orderBy('po_number').select('decision');
  const [first] = rows.map(({ decision }) => decision.lines[0]);
  t.deepEqual(
    first.promises.map(({ part, shipTo, quantity }: Record<string, unknown>) => [part, shipTo, quantity]),
    [
      [1, 'DC1', '10'],
      [2, 'DC2', '20'],
    ],
  );
  t.deepEqual(
    (await desk.exceptions('alpha')).map(({ kind, message }) => [kind, /DC\d+/.exec(message)?.[0]]),
    [['ship-to-unknown', 'DC7']],
  );
  await assertDesk(t, desk);
});
