import test from 'ava';
import type { PurchaseOrder } from '../../../src/domain/order/purchase-order.ts';
import type { Shipment } from '../../../src/domain/shipment/shipment.ts';
import type { ShippedGoods } from '../../../src/domain/shipment/shipped.ts';
import { composeLabel } from '../../../src/render/label/compose-label.ts';
import { describeLabels } from '../../../src/render/label/describe-labels.ts';
import { labelModel } from '../../../src/render/label/label-model.ts';
import { layoutOf, TEMPLATES } from './label-samples.ts';

const ORDER: Pick<PurchaseOrder, 'parties' | 'references' | 'lines'> = {
  references: [
    { qualifier: 'DP', value: '038' },
    { qualifier: 'IA', value: '778812' },
  ],
  parties: [
    {
      role: 'ship-to',
      code: 'ST',
      name: 'ACME DC 12',
      idQualifier: '92',
      id: 'DC12',
      address: { lines: ['1 A ST'], city: 'DAYTON', region: 'OH', postalCode: '45402-1234', country: 'US' },
    },
    { role: 'mark-for', code: 'Z7', name: 'ACME STORE 42', idQualifier: '92', id: '0042' },
  ],
  lines: [
    {
      number: '1',
      quantity: '24',
      unit: 'EA',
      ids: [
        { qualifier: 'BP', value: 'PART-1' },
        { qualifier: 'UP', value: '012345678905' },
      ],
      description: 'HEX BOLT',
    },
  ],
};

const SHIP_FROM = {
  role: 'ship-from' as const,
  code: 'SF',
  name: 'Causeway',
  address: { city: 'COLUMBUS', region: 'OH', postalCode: '43004', country: 'US' },
};

const carton = (sscc: string, quantity: string, serials: string[]) => ({
  kind: 'carton' as const,
  sscc,
  contents: [{ poNumber: 'PO1', line: '1', quantity, lot: 'L1', serials }],
});

const CONTENT: Shipment = {
  kind: 'shipment',
  purpose: 'original',
  carrier: { scac: 'ABCD', proNumber: '99', tracking: ['T1', 'T2'] },
  units: [
    {
      kind: 'pallet',
      sscc: '106141412345678908',
      weight: { value: '250', unit: 'LB' },
      units: [
        carton('376104250021234569', '8.50', ['S1']),
        { ...carton('340123450000000000', '4.5', ['S2']), tracking: 'T9' },
      ],
    },
    { kind: 'carton', contents: [{ poNumber: 'PO1', line: '1', quantity: '11' }] },
  ],
};

const GOODS: ShippedGoods = {
  id: 'g',
  number: '00000042',
  partner: 'acme',
  test: false,
  version: 1,
  state: 'shipped',
  at: '2026-11-22T10:00:00Z',
  shipDate: '2026-11-22',
  content: CONTENT,
  lines: [
    {
      position: 1,
      order: 'o1',
      poNumber: 'PO1',
      releaseNumber: '',
      line: '1',
      orderPosition: 1,
      item: 'HB-1',
      quantity: '24',
      unit: 'EA',
      stockQuantity: '24',
      lots: ['L1'],
      serials: ['S1', 'S2'],
    },
  ],
};

const FACTS = { shipFrom: SHIP_FROM, orders: [{ id: 'o1', order: ORDER }] };

test('each unit with an SSCC has a label, numbered among its kind', (t) => {
  const labels = describeLabels(GOODS, FACTS);
  t.deepEqual(
    labels.map(({ sscc, kind, number, count }) => [sscc, kind, number, count]),
    [
      ['106141412345678908', 'pallet', '1', '1'],
      ['376104250021234569', 'carton', '1', '3'],
      ['340123450000000000', 'carton', '2', '3'],
    ],
  );
  for (const label of labels) t.deepEqual(labelModel.strict().parse(label), label);
});

test('a pallet tells what all of its cartons hold, a carton what is in itself', (t) => {
  const [pallet, first, second] = describeLabels(GOODS, FACTS);
  const content = {
    item: 'HB-1',
    customerItem: 'PART-1',
    gtin: '012345678905',
    description: 'HEX BOLT',
    lot: 'L1',
    unit: 'EA',
    poNumber: 'PO1',
    line: '1',
  };
  t.deepEqual(pallet!.contents, [{ ...content, quantity: '13', serials: ['S1', 'S2'] }]);
  t.deepEqual(first!.contents, [{ ...content, quantity: '8.50', serials: ['S1'] }]);
  t.deepEqual([pallet!.cartons, first!.cartons], ['2', undefined]);
  t.deepEqual([pallet!.weight, first!.weight], [{ value: '250', unit: 'LB' }, undefined]);
  t.deepEqual([first!.carrier.tracking, second!.carrier.tracking], [undefined, 'T9']);
});

test('one tracking number of the shipment is that of every unit', (t) => {
  const carrier = { ...CONTENT.carrier, tracking: ['T1'] };
  const labels = describeLabels({ ...GOODS, content: { ...CONTENT, carrier } }, FACTS);
  t.deepEqual(
    labels.map(({ carrier: { tracking } }) => tracking),
    ['T1', 'T1', 'T9'],
  );
});

test('addresses, references and the postal code are those of the order', (t) => {
  const [label] = describeLabels(GOODS, FACTS);
  t.deepEqual(label!.shipTo, {
    name: 'ACME DC 12',
    lines: ['1 A ST'],
    city: 'DAYTON OH 45402-1234',
    code: 'DC12',
  });
  t.deepEqual(label!.markFor, { name: 'ACME STORE 42', lines: [], city: '', code: '0042' });
  t.deepEqual(label!.postal, { domestic: '45402' });
  t.deepEqual([label!.department, label!.vendor, label!.poNumbers], ['038', '778812', ['PO1']]);
});

test('over a border the countries stand on it', (t) => {
  const shipFrom = { ...SHIP_FROM, address: { city: 'TORONTO', region: 'ON', country: 'CA' } };
  const [label] = describeLabels(GOODS, { ...FACTS, shipFrom });
  t.deepEqual([label!.shipFrom.country, label!.shipTo.country], ['CA', 'US']);
  t.deepEqual(label!.postal, { abroad: '840454021234' });
});

test('every template prints what is described', (t) => {
  for (const name of TEMPLATES)
    for (const label of describeLabels(GOODS, FACTS)) t.notThrows(() => composeLabel(layoutOf(name), label));
});
