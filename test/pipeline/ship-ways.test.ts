import test, { type ExecutionContext } from 'ava';
import { importShipments } from '../../src/pipeline/ship/import-shipments.ts';
import { openApi } from '../support/api.ts';
import { openDesk, stockOf } from '../support/desk.ts';
import { openPost, writeOrder } from '../support/desk-documents.ts';
import { assertDesk } from '../support/desk-invariants.ts';
import type { Lanes } from '../support/gateway-lane.ts';
import { writeInterchange, writeSet } from '../support/gateway-orders.ts';
import { drainReports, readShipments, readStock } from '../support/shipments.ts';

const master = {
  customers: 'number,name,credit_limit,credit_currency\nalpha,Alpha,100000,USD',
  warehouses: 'id,name\nDAY,Dayton',
  stock: stockOf({ 'HB-1001': 100, 'WS-2001': 1000 }),
};
const orders = '{ promise: stock }';

async function openOrders(t: ExecutionContext): Promise<Lanes> {
  const desk = await openDesk(t, { orders, master });
  const lines = ['40 HB-1001 3.25', '50 WS-2001 0.13'];
  await desk.send('alpha', openPost('alpha').file(writeOrder('PO-1', lines), writeOrder('PO-2', lines)));
  return desk;
}

/** Those that were dealt are another matter. */
function withoutSsccs(units: unknown): unknown {
  return JSON.parse(JSON.stringify(units, (key, value) => (key === 'sscc' ? undefined : value)));
}

const CSV = `shipment,warehouse,carrier,po,line,quantity,pallet,carton,tracking,weight,weight_unit
SH-1,DAY,UPSN,PO-1,1,10,P1,C1,1Z1,12.5,LB
SH-1,,,PO-1,1,6,P1,C2,1Z2,8,LB
SH-1,,,PO-1,2,50,P1,,,,
SH-1,,,PO-2,1,2,,,,,
SH-2,DAY,,PO-2,2,50,,C9,,,
`;

test('a CSV file of packed items becomes shipments: units, carrier, and what is in them', async (t) => {
  const desk = await openOrders(t);

  const imported = await importShipments(desk.context, CSV);

  t.like(imported, { rows: 5, booked: 2, corrected: 0, unchanged: 0, mistakes: [] });
  const [row] = await desk.context.db('shipment').where({ number: 'SH-1' }).select('content');
  t.like(row.content, { warehouse: 'DAY', carrier: { scac: 'UPSN' } });
  t.deepEqual(withoutSsccs(row.content.units), [
    {
      kind: 'pallet',
      id: 'P1',
      contents: [{ poNumber: 'PO-1', line: '2', quantity: '50' }],
      units: [
        {
          kind: 'carton',
          id: 'C1',
          tracking: '1Z1',
          weight: { value: '12.5', unit: 'LB' },
          contents: [{ poNumber: 'PO-1', line: '1', quantity: '10' }],
        },
        {
          kind: 'carton',
          id: 'C2',
          tracking: '1Z2',
          weight: { value: '8', unit: 'LB' },
          contents: [{ poNumber: 'PO-1', line: '1', quantity: '6' }],
        },
      ],
    },
  ]);
  t.deepEqual(row.content.loose, [{ poNumber: 'PO-2', line: '1', quantity: '2' }]);
  t.deepEqual(await readStock(desk), ['HB-1001 82 62', 'WS-2001 900 0']);

  const again = await importShipments(desk.context, CSV);
  t.like(again, { booked: 0, unchanged: 2, mistakes: [] });
  t.deepEqual(await readStock(desk), ['HB-1001 82 62', 'WS-2001 900 0']);
  await assertDesk(t, desk);
});

test('each row that is wrong is told with its line, and of its shipment nothing is booked', async (t) => {
  const desk = await openOrders(t);
  const csv = `shipment,po,line,quantity,carton,carrier
SH-1,PO-1,1,ten,C1,
SH-1,PO-1,2,5,C1,
SH-2,PO-1,1,5,C2,UPSN
SH-2,PO-1,9,5,C2,FDEG
SH-3,PO-1,9,5,C3,
SH-4,,1,5,,
SH-5,PO-2,1,3,,
`;

  const { booked, mistakes } = await importShipments(desk.context, csv);

  t.is(booked, 1);
  t.deepEqual(
    mistakes.map(({ line, message }) => `${line} ${message}`),
    [
      '2 quantity: expected a decimal such as 3.25 (it is "ten")',
      '5 carrier: line 4 says UPSN of the same shipment, and this one FDEG',
      '6 shipment SH-3: order PO-1 has no line 9; it has 1, 2',
      '7 po: expected a value, such as 4711',
    ],
  );
  t.deepEqual(await readShipments(desk), ['SH-5 v1 shipped, notice none']);
});

test('a dry run says what would follow, and changes nothing', async (t) => {
  const desk = await openOrders(t);

  const judged = await importShipments(desk.context, CSV, { dryRun: true });

  t.like(judged, { booked: 2, mistakes: [] });
  t.deepEqual(await readShipments(desk), []);
  t.deepEqual(await desk.context.db('shipment_report'), []);
  t.deepEqual(await readStock(desk), ['HB-1001 100 80', 'WS-2001 1000 100']);
});

/** W06, LX loops and W03 of a 945. */
function writeAdvice(control: number, body: readonly string[], usage: 'P' | 'T' = 'P'): Buffer {
  return writeInterchange({ from: 'ZZ:DEPOT', control, usage, orders: [] }, 'SW', [writeSet('945', 1, body)]);
}

async function openDepot(t: ExecutionContext): Promise<Lanes> {
  const desk = await openDesk(t, {
    orders,
    partners: ['alpha', 'depot'],
    yaml: 'warehouse: DAY\n',
    master,
    sets: ['945'],
  });
  const lines = ['40 HB-1001 3.25', '50 WS-2001 0.13'];
  await desk.send('alpha', openPost('alpha').file(writeOrder('PO-1', lines)));
  return desk;
}

const ADVICE = [
  'W06*N*DEP-1*20261121*SH-945**PO-1',
  'N1*ST*DC 12*92*DC12',
  'N9*BM*BL-7',
  'W27*M*UPSN**CC',
  'LX*1',
  'MAN*GM*006141410000000012',
  'W12*CC*12*12*0*EA**VN*HB-1001*L22',
  'N9*LI*1',
  'LX*2',
  'W12*PR*50*48*2*EA**VN*WS-2001',
  'W03*60*40.5*LB',
];

test('a 945 of a warehouse is a report of a shipment, with its document', async (t) => {
  const desk = await openDepot(t);

  await desk.send('depot', writeAdvice(1, ADVICE));
  await drainReports(desk);

  t.deepEqual(await readShipments(desk), ['SH-945 v1 shipped, notice none']);
  const [row] = await desk.context.db('shipment').select('content', 'warehouse', 'partner');
  t.is(row.partner, 'alpha');
  t.is(row.warehouse, 'DAY');
  t.deepEqual(row.content.units, [
    {
      kind: 'carton',
      sscc: '006141410000000012',
      contents: [{ poNumber: 'PO-1', line: '1', item: 'HB-1001', quantity: '12', unit: 'EA', lot: 'L22' }],
    },
  ]);
  t.deepEqual(row.content.loose, [
    { poNumber: 'PO-1', line: '2', item: 'WS-2001', quantity: '48', unit: 'EA' },
  ]);
  t.deepEqual(await readStock(desk), ['HB-1001 88 28', 'WS-2001 952 2']);
  t.deepEqual(await desk.exceptions('depot'), []);
  await assertDesk(t, desk);
});

test('a 945 that cannot be bound is asked about, with the place and the document', async (t) => {
  const desk = await openDepot(t);
  const wrong = [
    'W06*N*DEP-1*20261121*SH-945',
    'N1*ST*DC 12*92*DC12',
    'LX*1',
    'MAN*GM*006141410000000012',
    'W12*CC*5*5**EA**VN*HB-1001',
    'W03*5',
  ];

  await desk.send('depot', writeAdvice(1, wrong));
  await desk.send(
    'depot',
    writeAdvice(
      2,
      ADVICE.map((segment) => segment.replace('*PO-1', '*PO-9')),
    ),
  );
  await drainReports(desk);

  const asked = (await desk.exceptions('depot')).map(({ kind, message }) => `${kind}: ${message}`);
  t.deepEqual(asked, [
    'shipment-refused: set 945: LX 1 W12[1]: expected the PO number in W06-06 or N9*PO; LX 1 W12[1]: expected the line of the order in N9*LI',
    'shipment-refused: shipment SH-945 refused: units[0].contents[0]: there is no order PO-9; loose[0]: there is no order PO-9',
  ]);
  t.deepEqual(await readShipments(desk), []);
});

test('programs tell shipments by the API: kept, judged at once, and under one key once', async (t) => {
  const { post, context, send } = await openApi(t, { scopes: ['shipments'] });
  await send('alpha', openPost('alpha').file(writeOrder('PO-1', ['40 HB-1001 3.25'])));
  const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': 'k-1' };
  const body = JSON.stringify({ loose: [{ poNumber: 'PO-1', line: '1', quantity: 10 }] });

  const first = await post('/api/v1/shipments', body, { headers });
  const again = await post('/api/v1/shipments', body, { headers });
  const other = await post('/api/v1/shipments', body, { headers: { ...headers, 'Idempotency-Key': 'k-2' } });

  t.deepEqual([first.status, again.status, other.status], [201, 201, 201]);
  t.like(first.body, { state: 'done', shipment: '00000001', version: 1, stops: [] });
  t.deepEqual(again.body, first.body);
  t.is(other.body.shipment, '00000002');
  t.deepEqual(await readShipments({ context }), [
    '00000001 v1 shipped, notice none',
    '00000002 v1 shipped, notice none',
  ]);
});

test('what is wrong with a shipment is told by the API with its place', async (t) => {
  const { post } = await openApi(t, { scopes: ['shipments'] });
  const headers = { 'Content-Type': 'application/json' };

  const odd = await post('/api/v1/shipments', '{ "loose": [{ "poNumber": "1", "quantitty": 4 }] }', {
    headers,
  });
  const unknown = await post(
    '/api/v1/shipments',
    '{ "loose": [{ "poNumber": "1", "line": "1", "quantity": "4" }] }',
    { headers },
  );

  t.is(odd.status, 422);
  t.true(odd.body.mistakes.some(({ message }: { message: string }) => message.includes('quantity')));
  t.is(odd.body.mistakes[0].line, 1);
  t.is(unknown.status, 422);
  t.deepEqual(unknown.body.reasons, [{ code: 'order-unknown', text: 'loose[0]: there is no order 1' }]);
});
