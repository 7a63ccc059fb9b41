import test from 'ava';
import fc from 'fast-check';
import { buildNotice } from '../../../src/domain/shipment/build-notice.ts';
import type { ShipLevel } from '../../../src/domain/shipment/ship-notice.ts';
import type { HandlingUnit, PackedItem } from '../../../src/domain/shipment/shipment.ts';
import type { ShippedGoods } from '../../../src/domain/shipment/shipped.ts';
import { readSet } from '../../../src/mapping/run/read-set.ts';
import { writeSet } from '../../../src/mapping/run/write-set.ts';
import { baseMap, readBack } from '../../mapping/support.ts';
import { arbitraryShipment, listContents } from './arbitrary-shipment.ts';
import { decideLine, noticePolicy, order, shipFrom } from './support.ts';

const STRUCTURES = [
  'shipment-order-pack-item',
  'shipment-order-item-pack',
  'shipment-pack-order-item',
  'shipment-order-item',
] as const;

const TODAY = { purpose: 'original', today: '2026-03-02', time: '10:15', shipFrom } as const;

const one: PackedItem = { poNumber: 'PO-1', line: '1', quantity: '3', lot: 'L7', serials: ['A', 'B', 'C'] };
const two: PackedItem = { poNumber: 'PO-1', line: '2', quantity: '40' };
const CARTON_1: HandlingUnit = { kind: 'carton', sscc: '000000000000000011', contents: [one, two] };
const CARTON_2: HandlingUnit = {
  kind: 'carton',
  sscc: '000000000000000028',
  tracking: '1Z999',
  contents: [two],
};
const PALLET: HandlingUnit = { kind: 'pallet', sscc: '000000000000000035', units: [CARTON_1, CARTON_2] };

function ship(units: HandlingUnit[], loose: PackedItem[] = [], more: object = {}): ShippedGoods {
  return {
    id: 's',
    number: 'SH-20417',
    partner: 'acme',
    test: false,
    version: 1,
    state: 'shipped',
    at: '2026-03-02T10:00:00Z',
    shipDate: '2026-03-01',
    content: { kind: 'shipment', purpose: 'original', units, loose, ...more },
    lines: [],
  };
}

function notice(goods: ShippedGoods, said: Readonly<Record<string, unknown>> = {}) {
  const orders = [
    {
      id: 'o',
      order: order('PO-1', ['1', '2']),
      lines: [decideLine(), decideLine()],
      toDate: new Map([[2, '90']]),
    },
  ];
  return buildNotice(goods, { ...TODAY, policy: noticePolicy(said), orders });
}

/** `S(O(P(I1:3,I2:40)))`: the tree in short. */
function sketch({ code, number = '', shipped, marks, children = [] }: ShipLevel): string {
  const name =
    code === 'I' ? `I${number}:${shipped!.quantity}` : `${code}${marks?.[0]?.value.slice(-2) ?? ''}`;
  return children.length === 0 ? name : `${name}(${children.map(sketch).join(',')})`;
}

const TREES = [
  ['shipment-order-pack-item', true, 'S(O(T35(P11(I1:3,I2:40),P28(I2:40))))'],
  ['shipment-order-pack-item', false, 'S(O(P11(I1:3,I2:40),P28(I2:40)))'],
  ['shipment-pack-order-item', true, 'S(T35(P11(O(I1:3,I2:40)),P28(O(I2:40))))'],
  ['shipment-order-item-pack', true, 'S(O(I1:3(P11),I2:80(P11,P28)))'],
  ['shipment-order-item', true, 'S(O(I1:3,I2:80))'],
] as const;

for (const [structure, tare, tree] of TREES)
  test(`${structure} ${tare ? 'with' : 'without'} a tare level is ${tree}`, (t) => {
    t.is(sketch(notice(ship([PALLET]), { structure, tare }).levels[0]!), tree);
  });

test('without a level for packs the marks of those that hold an item stand at it', (t) => {
  const [shipment] = notice(ship([PALLET]), { structure: 'shipment-order-item' }).levels;
  const items = shipment!.children![0]!.children!;
  t.deepEqual(
    items.map(({ marks = [] }) => marks.map(({ qualifier, value }) => `${qualifier} ${value}`)),
    [['GM 000000000000000011'], ['GM 000000000000000011', 'GM 000000000000000028', 'CP 1Z999']],
  );
});

test('a pallet that holds goods itself is a pack where there is no tare level', (t) => {
  const goods = ship([{ kind: 'pallet', sscc: '000000000000000035', contents: [two] }]);
  t.is(sketch(notice(goods, { tare: false }).levels[0]!), 'S(O(P35(I2:40)))');
});

test('what is in no unit hangs right below its order', (t) => {
  t.is(sketch(notice(ship([CARTON_2], [one])).levels[0]!), 'S(O(I1:3,P28(I2:40)))');
});

test('serials stand as REF SE, in a level for each piece, or nowhere', (t) => {
  const item = (said: Readonly<Record<string, unknown>>) =>
    JSON.stringify(notice(ship([], [one]), said).levels);
  t.true(item({}).includes('"references":[{"qualifier":"SE","value":"A"}'));
  t.false(item({ serials: 'none' }).includes('"SE"'));
  const apart = notice(ship([], [one]), { serials: 'item' }).levels[0]!;
  t.is(sketch(apart), 'S(O(I1:1,I1:1,I1:1))');
  t.deepEqual(
    apart.children![0]!.children!.map(({ ids }) => ids!.at(-1)),
    ['A', 'B', 'C'].map((value) => ({ qualifier: 'SN', value })),
  );
});

test('carrier, trailer, weights, dates and places stand at the shipment', (t) => {
  const carrier = {
    scac: 'FXFE',
    name: 'FEDEX FREIGHT',
    mode: 'M',
    trailer: '53123',
    seal: 'SL-1',
    billOfLading: 'BOL-8',
    proNumber: '555',
    tracking: ['555', '556'],
    payment: 'PP',
  };
  const more = {
    carrier,
    weight: { value: '412', unit: 'LB' },
    shipTime: '15:30',
    expectedDelivery: '2026-03-04',
  };
  const [level] = notice(ship([PALLET], [], more)).levels;
  t.like(level, {
    packages: [{ packaging: 'CTN', count: '2', weightQualifier: 'G', weight: '412', weightUnit: 'LB' }],
    carriers: [{ sequence: 'B', idQualifier: '2', id: 'FXFE', mode: 'M', routing: 'FEDEX FREIGHT' }],
    equipment: [{ type: 'TL', number: '53123', seal: 'SL-1' }],
    references: [
      { qualifier: 'BM', value: 'BOL-8' },
      { qualifier: 'CN', value: '555' },
      { qualifier: 'CN', value: '556' },
    ],
    dates: [
      { qualifier: '011', date: '2026-03-01', time: '15:30' },
      { qualifier: '017', date: '2026-03-04' },
    ],
    freightTerms: { payment: 'PP' },
  });
  t.deepEqual(
    level!.parties!.map(({ code }) => code),
    ['SF', 'ST'],
  );
});

test('an item tells what was ordered, and what was shipped of it so far', (t) => {
  const item = notice(ship([], [two])).levels[0]!.children![0]!.children![0]!;
  t.deepEqual(item.shipped, { quantity: '40', unit: 'EA', toDate: '90', ordered: '100', orderedUnit: 'EA' });
});

test('what was sent instead stands under our number, beside the number of the buyer', (t) => {
  const substituted = decideLine({ item: 'ITEM-9', reasons: [{ code: 'item-substituted', text: '' }] });
  const orders = [{ id: 'o', order: order('PO-1', ['1']), lines: [substituted], toDate: new Map() }];
  const { levels } = buildNotice(ship([], [one]), { ...TODAY, policy: noticePolicy(), orders });
  t.deepEqual(levels[0]!.children![0]!.children![0]!.ids, [
    { qualifier: 'BP', value: 'PART-1' },
    { qualifier: 'VP', value: 'ITEM-9' },
    { qualifier: 'LT', value: 'L7' },
  ]);
});

test('in every structure and version a random shipment claims what was packed, is valid, and reads back the same', (t) => {
  fc.assert(
    fc.property(
      arbitraryShipment,
      fc.constantFrom(...STRUCTURES),
      fc.boolean(),
      fc.constantFrom('reference', 'item', 'none'),
      ({ goods, orders }, structure, tare, serials) => {
        const policy = noticePolicy({ structure, tare, serials });
        const built = buildNotice(goods, { ...TODAY, policy, orders });
        t.deepEqual(sumByLine(listItems(built.levels)), sumByLine(listContents(goods)));
        for (const version of ['004010', '005010']) {
          const map = baseMap('856', version);
          const { segments, problems, unwritten } = writeSet(map, built);
          t.deepEqual([problems, unwritten], [[], []]);
          const reading = readBack('856', segments, version);
          t.is(reading.report.status, 'A');
          t.deepEqual(readSet(map, reading), built);
        }
      },
    ),
    { numRuns: 300 },
  );
});

type Counted = Pick<PackedItem, 'poNumber' | 'line' | 'quantity'>;

/** Items with the order that they are for, whether it stands above them or, at the item level alone, anywhere above. */
function listItems(levels: readonly ShipLevel[], poNumber = ''): readonly Counted[] {
  return levels.flatMap(({ level, number, shipped, order: of, children = [] }) => {
    const po = of?.poNumber ?? poNumber;
    const here = level === 'item' ? [{ poNumber: po, line: number!, quantity: shipped!.quantity }] : [];
    return [...here, ...listItems(children, po)];
  });
}

function sumByLine(items: readonly Counted[]): Readonly<Record<string, number>> {
  const sums: Record<string, number> = {};
  for (const { poNumber, line, quantity } of items) {
    const key = `${poNumber} ${line}`;
    sums[key] = (sums[key] ?? 0) + Number(quantity);
  }
  return sums;
}
