import test from 'ava';
import fc from 'fast-check';
import type { CertificateKind } from '../../../src/domain/certificate/certificate.ts';
import { listPackedItems } from '../../../src/domain/shipment/packed.ts';
import { planShipment } from '../../../src/domain/shipment/plan-shipment.ts';
import type { Shipment } from '../../../src/domain/shipment/shipment.ts';
import type { EarlierShipment, ShipmentFacts } from '../../../src/domain/shipment/shipment-facts.ts';
import { fromBig, toBig } from '../../../src/lib/decimal.ts';
import { arbitraryShipment } from './arbitrary-shipment.ts';
import { makeFacts, makeItem, makeOrder, tellLoose } from './shipment-facts.ts';

function plan(shipment: Shipment, facts: ShipmentFacts) {
  const found = planShipment(shipment, facts);
  if (found.outcome !== 'shipped') throw new Error(JSON.stringify(found));
  return found;
}

/** Codes of why it cannot be. */
function refuse(shipment: Shipment, facts: ShipmentFacts): readonly string[] {
  const found = planShipment(shipment, facts);
  return found.outcome === 'refused' ? found.reasons.map(({ code }) => code) : [found.outcome];
}

test('what is packed in several units adds up to one line in the order of the orders and their lines', (t) => {
  const orders = [makeOrder('PO-1', ['1 HB-1 100 EA', '2 WS-1 50 EA']), makeOrder('PO-2', ['1 HB-1 10 EA'])];
  const shipment = tellLoose(['PO-2 1 3', 'PO-1 2 5', 'PO-1 1 4', 'PO-1 2 6']);

  const { lines } = plan(shipment, makeFacts(orders));

  t.deepEqual(
    lines.map((line) => `${line.position} ${line.poNumber} ${line.line} ${line.quantity} ${line.item}`),
    ['1 PO-2 1 3 HB-1', '2 PO-1 1 4 HB-1', '3 PO-1 2 11 WS-1'],
  );
});

test('a quantity in another unit is counted in that of the line and in that of the item', (t) => {
  const facts = makeFacts([makeOrder('PO-1', ['1 HB-1 10 CA'])]);

  const [inCases] = plan(tellLoose(['PO-1 1 2']), facts).lines;
  const [inPieces] = plan(tellLoose(['PO-1 1 30 EA']), facts).lines;

  t.like(inCases, { quantity: '2', unit: 'CA', stockQuantity: '24' });
  t.like(inPieces, { quantity: '2.5', unit: 'CA', stockQuantity: '30' });
  t.deepEqual(refuse(tellLoose(['PO-1 1 2 BX']), facts), ['unit-unknown']);
});

test('a line is meant by its number, with or without its zeros, and is written as the order has it', (t) => {
  const facts = makeFacts([makeOrder('PO-1', ['001 HB-1 10 EA', '002 WS-1 10 EA'])]);

  const { content, lines } = plan(tellLoose(['PO-1 2 1']), facts);

  t.is(lines[0]?.line, '002');
  t.is(content.loose?.[0]?.line, '002');
  const twice = makeFacts([makeOrder('PO-1', ['1 HB-1 10 EA', '1 WS-1 10 EA'])]);
  t.deepEqual(refuse(tellLoose(['PO-1 1 1']), twice), ['line-ambiguous']);
});

test('an order is named by its partner, its ship-to and whether it is a test, where its number alone will not do', (t) => {
  const orders = [
    makeOrder('PO-1', ['1 HB-1 10 EA'], { id: 'a' }),
    makeOrder('PO-1', ['1 HB-1 10 EA'], { id: 'b', shipTo: 'DC13' }),
    makeOrder('PO-1', ['1 HB-1 10 EA'], { id: 'c', partner: 'zenith' }),
    makeOrder('PO-1', ['1 HB-1 10 EA'], { id: 'd', test: true, partner: 'zenith' }),
  ];
  const facts = makeFacts(orders);
  const which = (more: Partial<Shipment>) => plan(tellLoose(['PO-1 1 1'], more), facts).lines[0]?.order;

  t.deepEqual(refuse(tellLoose(['PO-1 1 1']), facts), ['order-ambiguous']);
  t.deepEqual(refuse(tellLoose(['PO-1 1 1'], { partner: 'acme' }), facts), ['order-ambiguous']);
  t.is(which({ partner: 'acme', shipTo: 'DC13' }), 'b');
  t.is(which({ partner: 'zenith' }), 'c');
  t.is(which({ test: true }), 'd');
  t.deepEqual(refuse(tellLoose(['PO-1 1 1'], { partner: 'nobody' }), facts), ['order-unknown']);
});

test('another item than was answered is refused, and so is what was ordered where another was answered (IS)', (t) => {
  const lines = [{ status: 'IS', item: 'HB-2' } as const];
  const facts = makeFacts([makeOrder('PO-1', ['1 HB-1 10 EA'], { lines })]);
  const packed = (item: string) => ({
    ...tellLoose([]),
    loose: [{ poNumber: 'PO-1', line: '1', quantity: '4', item }],
  });

  t.is(plan(packed('HB-2'), facts).lines[0]?.item, 'HB-2');
  t.deepEqual(refuse(packed('HB-1'), facts), ['item-differs']);
});

for (const { over, before, left, stops } of [
  { over: '0', before: '0', left: '100', stops: 0 },
  { over: '0', before: '0', left: '100.0', stops: 0 },
  { over: '0', before: '0', left: '101', stops: 1 },
  { over: '10', before: '0', left: '110', stops: 0 },
  { over: '10', before: '0', left: '111', stops: 1 },
  { over: '2.5', before: '60', left: '42.5', stops: 0 },
  { over: '2.5', before: '60', left: '42.51', stops: 1 },
  { over: '0', before: '100', left: '1', stops: 1 },
]) {
  test(`of 100 with ${over} % over, ${left} after ${before}: ${stops} stops`, (t) => {
    const shipped = new Map([[1, { quantity: before, stockQuantity: before }]]);
    const items = new Map([['OIL', makeItem('OIL', { unit: 'LB', conversions: new Map() })]]);
    const facts = makeFacts([makeOrder('PO-1', ['1 OIL 100 LB'], { shipped })], {
      items,
      policies: new Map([['acme', { over, gate: [] }]]),
    });

    t.is(plan(tellLoose([`PO-1 1 ${left}`]), facts).stops.length, stops);
  });
}

test('what was answered counts, where it is another quantity than was ordered', (t) => {
  const lines = [{ status: 'IQ', quantity: '8' } as const];
  const facts = makeFacts([makeOrder('PO-1', ['1 HB-1 10 EA'], { lines })]);

  t.is(plan(tellLoose(['PO-1 1 8']), facts).stops.length, 0);
  t.is(plan(tellLoose(['PO-1 1 9']), facts).stops.length, 1);
});

test('a person lets pass exactly what was asked, and nothing that is asked anew', (t) => {
  const orders = [makeOrder('PO-1', ['1 HB-1 10 EA'])];
  const [asked] = plan(tellLoose(['PO-1 1 12']), makeFacts(orders)).stops;
  const rulings = [{ kind: asked!.kind, message: asked!.message, by: 'ann' }];
  const facts = makeFacts(orders, { rulings });

  t.deepEqual(plan(tellLoose(['PO-1 1 12']), facts).stops, []);
  t.is(plan(tellLoose(['PO-1 1 13']), facts).stops.length, 1);
});

test('each serial is calibrated, each lot tested and each line declared before the notice leaves', (t) => {
  const items = new Map([['PG-1', makeItem('PG-1', { serialised: true })]]);
  const orders = [makeOrder('PO-1', ['1 PG-1 10 EA'])];
  const held = (more: object) => ({ item: 'PG-1', serials: [], ...more });
  const certificates = [
    held({ kind: 'calibration', serials: ['A1'] }),
    held({ kind: 'material-test', lot: 'L1' }),
    held({ kind: 'calibration', lot: 'L2', order: 'id of PO-1', line: '1' }),
  ] as unknown as ShipmentFacts['certificates'];
  const missing = (kind: CertificateKind, piece: object) => {
    const policies = new Map([['acme', { over: '0', gate: [kind] }]]);
    const facts = makeFacts(orders, { items, policies, certificates });
    const loose = [{ poNumber: 'PO-1', line: '1', quantity: '2', ...piece }];
    return plan({ ...tellLoose([]), loose }, facts)
      .stops.filter((stop) => stop.kind === 'certificate-missing')
      .map(({ message }) => message.replace('order PO-1 line 1: there is no ', ''));
  };

  t.deepEqual(missing('calibration', { serials: ['A1', 'A2'] }), ['calibration certificate of serial A2']);
  // What has no serial has nothing to calibrate.
  t.deepEqual(missing('calibration', { lot: 'L1' }), []);
  t.deepEqual(missing('material-test', { lot: 'L1' }), []);
  t.deepEqual(missing('material-test', { lot: 'L2' }), ['material-test certificate of lot L2']);
  t.deepEqual(missing('material-test', {}), ['material-test certificate of it']);
  t.deepEqual(missing('conformance', { serials: ['A1', 'A2'] }), ['conformance certificate of it']);
});

test('nothing, dates that are none, and a warehouse that is none are refused', (t) => {
  const facts = makeFacts([makeOrder('PO-1', ['1 HB-1 10 EA'])]);
  const more = { shipDate: '2026-02-30', expectedDelivery: 'soon', warehouse: 'ABC', number: 'X'.repeat(31) };

  t.deepEqual(refuse(tellLoose([]), facts), ['shipment-empty']);
  t.deepEqual(refuse(tellLoose(['PO-1 1 0.5'], more), facts), [
    'number-too-long',
    'date-wrong',
    'date-wrong',
    'warehouse-unknown',
    'quantity-not-whole',
  ]);
});

function earlier(told: Shipment, facts: ShipmentFacts, more: Partial<EarlierShipment> = {}): EarlierShipment {
  const { content, lines, partner, test: isTest } = plan(told, facts);
  const kept = { id: 'sh', number: 'SH-1', partner, test: isTest, version: 1, state: 'shipped' } as const;
  const when = { at: '2026-03-02T10:00:00Z', shipDate: '2026-03-02' };
  return { ...kept, ...when, content, lines, told, billed: false, ...more };
}

test('a correction follows its shipment, once, and none follows a cancellation', (t) => {
  const facts = makeFacts([makeOrder('PO-1', ['1 HB-1 10 EA'])]);
  const told = tellLoose(['PO-1 1 4']);
  const replace = tellLoose(['PO-1 1 5'], { purpose: 'replace' });
  const cancel: Shipment = { kind: 'shipment', purpose: 'cancel', number: 'SH-1' };
  const known = { ...facts, earlier: earlier(told, facts) };
  const gone = { ...facts, earlier: earlier(told, facts, { state: 'cancelled' }) };
  const outcome = (shipment: Shipment, given: ShipmentFacts) => refuse(shipment, given)[0];

  t.is(outcome(replace, facts), 'waiting');
  t.is(outcome(cancel, facts), 'waiting');
  t.is(outcome(replace, { ...facts, mayWait: false }), 'shipment-unknown');
  t.is(outcome({ ...replace, number: undefined } as Shipment, facts), 'number-missing');
  t.is(outcome(told, known), 'repeated');
  t.is(outcome({ ...told, purpose: 'replace' }, known), 'repeated');
  t.is(outcome({ ...replace, purpose: 'original' }, known), 'shipment-known');
  t.is(outcome(replace, known), 'shipped');
  t.is(outcome(cancel, known), 'cancelled');
  t.is(outcome(cancel, gone), 'repeated');
  t.is(outcome(replace, gone), 'shipment-cancelled');
  t.is(outcome(told, gone), 'shipment-known');
});

test('over any tree of units, what is packed is what the lines say and what leaves the warehouses', (t) => {
  fc.assert(
    fc.property(
      arbitraryShipment,
      fc.constantFrom(undefined, 'DAY', 'RNO'),
      ({ goods, orders }, warehouse) => {
        const shippable = orders.map(({ order }) =>
          makeOrder(
            order.poNumber,
            order.lines.map(({ number }) => `${number} ITEM-${number} 1000 EA`),
          ),
        );
        const items = shippable.flatMap(({ decision }) => decision.lines.map(({ item }) => item!));
        const facts = makeFacts(shippable, { kept: new Map(items.map((item) => [item, ['DAY']])) });
        const bare = JSON.parse(
          JSON.stringify(goods.content, (key, value) => (key === 'sscc' ? undefined : value)),
        );

        const { lines, draws } = plan({ ...bare, ...(warehouse === undefined ? {} : { warehouse }) }, facts);

        const add = (of: readonly { readonly quantity: string }[]) =>
          fromBig(of.reduce((sum, { quantity }) => sum.plus(quantity), toBig('0')));
        const packed = listPackedItems(goods.content).map(({ item }) => item);
        for (const line of lines) {
          const own = packed.filter((one) => one.poNumber === line.poNumber && one.line === line.line);
          t.is(line.quantity, add(own));
          const drawn = draws.filter(
            (one) => one.order === line.order && one.position === line.orderPosition,
          );
          t.is(add(drawn), line.stockQuantity);
          t.deepEqual([...line.serials].sort(), own.flatMap(({ serials = [] }) => serials).sort());
          t.deepEqual(drawn.flatMap(({ serials }) => serials).sort(), [...line.serials].sort());
        }
        t.is(add(lines), add(packed));
        t.true(draws.every((draw) => draw.warehouse === (warehouse ?? 'DAY')));
      },
    ),
    { numRuns: 300 },
  );
});
