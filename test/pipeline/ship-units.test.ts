import test, { type ExecutionContext } from 'ava';
import type { Context } from '../../src/context.ts';
import type { Shipment } from '../../src/domain/shipment/shipment.ts';
import { chooseResolution } from '../../src/pipeline/choose-resolution.ts';
import { describeTrace } from '../../src/pipeline/describe-trace.ts';
import { ruleOrder } from '../../src/pipeline/revise/rule-order.ts';
import { trace } from '../../src/store/trace.ts';
import { findSetsOf, openDesk, readOrder } from '../support/desk.ts';
import { openPost, writeChange, writeOrder } from '../support/desk-documents.ts';
import { assertDesk } from '../support/desk-invariants.ts';
import type { Lanes } from '../support/gateway-lane.ts';
import { pack, readShipments, readStock, shipmentOf, tell } from '../support/shipments.ts';

/** A gauge of which each piece has its serial, and bolts. */
const master = {
  items: 'number,description,unit,serialised\nPG-4001,Pressure gauge,EA,true',
  prices: 'partner,item,unit,currency,price,basis,valid_from\nalpha,PG-4001,EA,USD,100.00,PE,2024-01-01',
  customers: 'number,name,credit_limit,credit_currency\nalpha,Alpha,100000,USD',
  warehouses: 'id,name\nDAY,Dayton',
  stock: 'item,warehouse,on_hand\nHB-1001,DAY,100\nPG-4001,DAY,5',
  serials: `item,serial,warehouse\n${['A1', 'A2', 'A3', 'A4', 'A5'].map((serial) => `PG-4001,${serial},DAY`).join('\n')}`,
};

function withPrefix(context: Context): Context {
  const before = context.configuration();
  const company = { ...before.company!, gs1: { companyPrefix: '0614141', extensions: '0' } };
  return { ...context, configuration: () => ({ ...before, company }) };
}

async function openShipping(t: ExecutionContext, yaml = 'send: { "856": {} }\n') {
  const desk = await openDesk(t, { orders: '{ promise: stock }', yaml, master, alter: withPrefix });
  return { desk, post: openPost('alpha') };
}

async function listOpen(desk: Lanes) {
  return (await desk.exceptions('alpha')).filter(({ state }) => state === 'open');
}

async function choose(desk: Lanes, kind: string, choice: string, given: Record<string, string> = {}) {
  const asked = (await listOpen(desk)).find((one) => one.kind === kind);
  return await chooseResolution(desk.context, { id: asked!.id, choice, given, by: 'ann' }, ruleOrder);
}

/** What becomes of each serial: free, reserved, shipped. */
async function readSerials({ context: { db } }: Lanes): Promise<readonly string[]> {
  const rows = await db('stock_serial as s')
    .leftJoin('allocation as a', 'a.id', 's.allocation_id')
    .orderBy('serial')
    .select('serial', 'a.state');
  return rows.map(({ serial, state }) => `${serial} ${state ?? 'free'}`);
}

test('the serials that left are gone, and others than were set aside free those', async (t) => {
  const { desk, post } = await openShipping(t);
  await desk.send('alpha', post.file(writeOrder('PO-1', ['2 PG-4001 100.00'])));
  t.deepEqual(await readSerials(desk), ['A1 reserved', 'A2 reserved', 'A3 free', 'A4 free', 'A5 free']);

  await tell(desk, shipmentOf('SH-1', [pack('PO-1 1 2', { serials: ['A2', 'A5'] })]));

  t.deepEqual(await readSerials(desk), ['A1 free', 'A2 shipped', 'A3 free', 'A4 free', 'A5 shipped']);
  t.deepEqual(await readStock(desk), ['HB-1001 100 0', 'PG-4001 3 0']);
  await assertDesk(t, desk);

  await tell(desk, { kind: 'shipment', purpose: 'cancel', number: 'SH-1' });

  t.deepEqual(await readSerials(desk), ['A1 free', 'A2 reserved', 'A3 free', 'A4 free', 'A5 reserved']);
  t.deepEqual(await readStock(desk), ['HB-1001 100 0', 'PG-4001 5 2']);
  await assertDesk(t, desk);
});

test('serials that are not ours, named twice, gone already, or set aside for others are refused', async (t) => {
  const { desk, post } = await openShipping(t);
  const orders = [writeOrder('PO-1', ['2 PG-4001 100.00']), writeOrder('PO-2', ['1 PG-4001 100.00'])];
  await desk.send('alpha', post.file(...orders));
  await tell(desk, shipmentOf('SH-1', [pack('PO-1 1 1', { serials: ['A1'] })]));

  const told = await tell(
    desk,
    shipmentOf('SH-2', [
      pack('PO-1 1 1', { serials: ['A1'] }),
      pack('PO-1 1 3', { serials: ['A3', 'A2', 'A2'] }),
    ]),
  );
  const many = await tell(desk, shipmentOf('SH-3', [pack('PO-1 1 1', { serials: ['A2', 'Z9'] })]));

  t.deepEqual(
    told.reasons?.map(({ text }) => text),
    [
      'loose[0]: serial A1 of item PG-4001 left with shipment SH-1',
      'loose[1]: serial A3 of item PG-4001 is set aside for order PO-2 line 1',
      'loose[1]: serial A2 of item PG-4001 is named twice',
    ],
  );
  t.deepEqual(
    many.reasons?.map(({ code }) => code),
    ['serials-too-many', 'serial-unknown'],
  );
  await assertDesk(t, desk);
});

test('serials that are not told stop the notice until they are', async (t) => {
  const { desk, post } = await openShipping(t);
  await desk.send('alpha', post.file(writeOrder('PO-1', ['2 PG-4001 100.00'])));

  await tell(desk, shipmentOf('SH-1', [pack('PO-1 1 2', { serials: ['A1'] })]));

  // The other one that was set aside counts as gone until somebody says which it was.
  t.deepEqual(await readSerials(desk), ['A1 shipped', 'A2 shipped', 'A3 free', 'A4 free', 'A5 free']);
  const [asked] = await listOpen(desk);
  t.is(asked?.kind, 'shipment-serial-missing');
  t.is(asked?.message, 'shipment SH-1: order PO-1 line 1: 1 of 2 serials of item PG-4001 are not told');
  await assertDesk(t, desk);

  const wrong = await choose(desk, 'shipment-serial-missing', 'give-serials', { serials: 'Z9' });
  t.is(wrong.kind, 'refused');
  const given = await choose(desk, 'shipment-serial-missing', 'give-serials', { serials: 'A4' });
  t.deepEqual(given, { kind: 'done', text: 'shipment SH-1 is booked in version 2' });

  t.deepEqual(await readSerials(desk), ['A1 shipped', 'A2 free', 'A3 free', 'A4 shipped', 'A5 free']);
  t.deepEqual(await listOpen(desk), []);
  t.deepEqual(await readShipments(desk), ['SH-1 v2 shipped, notice sent']);
  await assertDesk(t, desk);
});

test('without its certificate a serial stops the notice; `decide-again` lets it go when it is there', async (t) => {
  const gate = 'send: { "856": {}, certificates: { kinds: [calibration], gate: "856" } }\n';
  const { desk, post } = await openShipping(t, gate);
  await desk.send('alpha', post.file(writeOrder('PO-1', ['2 PG-4001 100.00'])));

  await tell(desk, shipmentOf('SH-1', [pack('PO-1 1 2', { serials: ['A1', 'A2'] })]));

  const missing = 'shipment SH-1: order PO-1 line 1: there is no calibration certificate of serial';
  t.deepEqual(
    (await listOpen(desk)).map(({ message }) => message),
    [`${missing} A1, A2`],
  );
  await bringCertificate(desk, 'A1');
  await choose(desk, 'certificate-missing', 'decide-again');
  t.deepEqual(
    (await listOpen(desk)).map(({ message }) => message),
    [`${missing} A2`],
  );
  t.deepEqual(await findSetsOf(desk, '856'), []);

  await bringCertificate(desk, 'A2');
  await choose(desk, 'certificate-missing', 'decide-again');

  t.deepEqual(await listOpen(desk), []);
  t.is((await findSetsOf(desk, '856')).length, 1);
  await assertDesk(t, desk);
});

async function bringCertificate({ context: { db, ids } }: Lanes, serial: string): Promise<void> {
  const id = ids();
  await db('certificate').insert({
    id,
    number: `C-${serial}`,
    kind: 'calibration',
    content: '{}',
    content_hash: serial,
    code: serial,
    item: 'PG-4001',
    at: '2026-11-21T10:00:00Z',
    origin: 'brought',
  });
  await db('certificate_serial').insert({ certificate_id: id, item: 'PG-4001', serial });
}

/** Two cartons on a pallet, and one beside it. */
const PACKED: Shipment = {
  kind: 'shipment',
  purpose: 'original',
  number: 'SH-1',
  carrier: { scac: 'UPSN', tracking: ['1Z0001'] },
  units: [
    {
      kind: 'pallet',
      units: [
        { kind: 'carton', id: 'C1', contents: [pack('PO-1 1 4')] },
        { kind: 'carton', id: 'C2', tracking: '1Z0002', contents: [pack('PO-1 1 4')] },
      ],
    },
    { kind: 'carton', id: 'C3', sscc: '(00)106141410000000019', contents: [pack('PO-1 1 2')] },
  ],
};

async function listSsccs({ context: { db } }: Lanes): Promise<readonly string[]> {
  const rows = await db('handling_unit')
    .whereNotNull('place')
    .orderBy('place')
    .select('sscc', 'place', 'kind');
  return rows.map(({ sscc, place, kind }) => `${place} ${kind} ${sscc}`);
}

test('every unit has an SSCC, and keeps it through corrections', async (t) => {
  const { desk, post } = await openShipping(t);
  await desk.send('alpha', post.file(writeOrder('PO-1', ['10 HB-1001 3.25', '2 HB-1001 3.25'])));

  await tell(desk, PACKED);

  const dealt = [
    '1 pallet 006141410000000012',
    '1.1 carton 006141410000000029',
    '1.2 carton 006141410000000036',
    '2 carton 106141410000000019',
  ];
  t.deepEqual(await listSsccs(desk), dealt);
  const [first] = PACKED.units!;
  const again: Shipment = {
    ...PACKED,
    purpose: 'replace',
    units: [
      { ...first!, units: [first!.units![1]!, { kind: 'carton', id: 'C4', contents: [pack('PO-1 2 2')] }] },
    ],
  };
  await tell(desk, again);

  t.deepEqual(await listSsccs(desk), [
    '1 pallet 006141410000000012',
    '1.1 carton 006141410000000036',
    '1.2 carton 006141410000000043',
  ]);
  await assertDesk(t, desk);

  // The carton that was taken out may go with another shipment; one that is in it may not.
  const carton = (sscc: string) => ({ kind: 'carton' as const, sscc, contents: [pack('PO-1 1 1')] });
  const other = { ...shipmentOf('SH-2', []), units: [carton('106141410000000019')] };
  t.is((await tell(desk, other)).state, 'done');
  const taken = await tell(desk, { ...shipmentOf('SH-3', []), units: [carton('006141410000000012')] });
  t.deepEqual(
    taken.reasons?.map(({ text }) => text),
    ['units[0]: SSCC 006141410000000012 is that of a unit of shipment SH-1'],
  );
});

test('a shipment without a number is given the next that is free', async (t) => {
  const { desk, post } = await openShipping(t);
  await desk.send('alpha', post.file(writeOrder('PO-1', ['10 HB-1001 3.25'])));
  await tell(desk, shipmentOf('00000002', ['PO-1 1 1']));

  const first = await tell(desk, shipmentOf(undefined, ['PO-1 1 2']));
  const second = await tell(desk, shipmentOf(undefined, ['PO-1 1 3']));

  t.deepEqual([first.number, second.number], ['00000001', '00000003']);
});

test('a shipment is found by its number, an SSCC, a serial, a tracking number and its order', async (t) => {
  const { desk, post } = await openShipping(t);
  await desk.send('alpha', post.file(writeOrder('PO-1', ['10 HB-1001 3.25', '1 PG-4001 100.00'])));
  const serial = pack('PO-1 2 1', { serials: ['A1'] });
  await tell(desk, { ...PACKED, loose: [serial] });

  const stories = [
    'SH-1',
    '006141410000000029',
    '00006141410000000029',
    'A1',
    '1Z0001',
    '1Z0002',
    'PO-1',
  ].map(async (what) => describeTrace((await trace(desk.context.db, what)).entries));

  for (const story of await Promise.all(stories)) {
    t.true(
      story.some((line) => line.includes('shipment SH-1 in version 1: shipped, notice sent')),
      String(story),
    );
    t.true(story.some((line) => line.includes('order PO-1')));
    t.true(story.some((line) => line.includes('856')));
  }
});

test('what left keeps its line when a line before it is taken out of the order', async (t) => {
  const { desk, post } = await openShipping(t);
  await desk.send('alpha', post.file(writeOrder('PO-1', ['10 HB-1001 3.25', '2 PG-4001 100.00'])));
  await tell(desk, shipmentOf('SH-1', [pack('PO-1 2 1', { serials: ['A1'] })]));

  await desk.send('alpha', post.file(writeChange('PO-1', ['1*DI*0*0*EA*3.25*PE*VP*HB-1001'])));

  await assertDesk(t, desk);
  await tell(desk, shipmentOf('SH-2', [pack('PO-1 2 1', { serials: ['A2'] })]));
  t.is((await readOrder(desk, 'PO-1'))?.state, 'closed');
  await assertDesk(t, desk);
});
