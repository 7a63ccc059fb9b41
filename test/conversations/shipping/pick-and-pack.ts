import type { HandlingUnit, Shipment } from '../../../src/domain/shipment/shipment.ts';
import type { Lasting } from '../../support/database.ts';
import { pack, receive } from '../../support/shipments.ts';
import { openStage, type Stage } from './stage.ts';

const ITEMS = [
  ['TW-100', 'Bath towel white', '614141000012', '3.25'],
  ['TW-200', 'Hand towel white', '614141000029', '1.9'],
  ['RB-300', 'Bath robe medium', '614141000036', '11.4'],
] as const;

function worldOf(partner: string, customer: string, name: string) {
  return {
    items: ['number,description,unit', ...ITEMS.map(([item, text]) => `${item},${text},EA`)].join('\n'),
    customers: `number,name,credit_limit,credit_currency\n${customer},${name},100000,USD`,
    'cross-references': [
      'partner,qualifier,value,item',
      ...ITEMS.map(([item, , upc]) => `${partner},UP,${upc},${item}`),
    ].join('\n'),
    prices: [
      'partner,item,unit,currency,price,basis,valid_from',
      ...ITEMS.map(([item, , , price]) => `${partner},${item},EA,USD,${price},PE,2026-01-01`),
    ].join('\n'),
    warehouses: 'id,name\nCVG,Cincinnati',
    stock: 'item,warehouse,on_hand\nTW-100,CVG,400\nTW-200,CVG,900\nRB-300,CVG,20',
    'stock-receipts': 'item,warehouse,reference,expected,quantity\nRB-300,CVG,PO-5512,2026-11-24,60',
  };
}

const DC = [
  'N1*BY*MARLOW STORES*92*0001',
  'N1*ST*MARLOW DC 07*92*0007',
  'N3*900 FREIGHT WAY',
  'N4*RENO*NV*89506*US',
];

const ORDER = [
  'BEG*00*SA*4500017**20261120',
  'REF*DP*038',
  'REF*IA*77120',
  'SAC*A*C310***0*3*1.5*****02***NEW STORE',
  'ITD*08*3*1**15**45',
  'DTM*002*20261123',
  ...DC,
  'PO1*1*96*EA*3.25*PE*UP*614141000012',
  'PID*F****BATH TOWEL WHITE',
  'PO1*2*240*EA*1.9*PE*UP*614141000029',
  'PO1*3*36*EA*11.4*PE*UP*614141000036',
  'CTT*3*372',
];

const carton = (id: string, weight: string, goods: readonly string[]): HandlingUnit => ({
  kind: 'carton',
  id,
  weight: { value: weight, unit: 'LB' },
  contents: goods.map((text) => pack(text)),
});

const pallet = (id: string, units: HandlingUnit[]): HandlingUnit => ({ kind: 'pallet', id, units });

const TRUCK = { name: 'RIDGE FREIGHT', scac: 'RDGF', mode: 'M', payment: 'CC' };

/** 20 of 36 robes are there: the rest is backordered, and leaves with the second truck. */
const TRUCKS: readonly Partial<Shipment>[] = [
  {
    warehouse: 'CVG',
    shipDate: '2026-11-21',
    expectedDelivery: '2026-11-25',
    carrier: { ...TRUCK, billOfLading: 'BL-90017', proNumber: 'P-3310', trailer: 'T8812', seal: 'S-55' },
    weight: { value: '312.5', unit: 'LB' },
    units: [
      pallet('P1', [
        carton('C1', '41', ['4500017 1 48', '4500017 2 60']),
        carton('C2', '41', ['4500017 1 48', '4500017 2 60']),
      ]),
      pallet('P2', [
        carton('C3', '28', ['4500017 2 60']),
        carton('C4', '37.5', ['4500017 2 20', '4500017 3 20']),
      ]),
    ],
  },
  {
    warehouse: 'CVG',
    shipDate: '2026-11-24',
    carrier: { ...TRUCK, billOfLading: 'BL-90044' },
    weight: { value: '58', unit: 'LB' },
    units: [pallet('P3', [carton('C5', '46', ['4500017 3 16', '4500017 2 40'])])],
  },
];

/** A retailer's order for a distribution centre leaves on two trucks, with pallets over cartons. */
export async function playPickAndPack(t: Lasting): Promise<Stage> {
  const stage = await openStage(t, 'marlow', worldOf('marlow', 'C-3001', 'Marlow Stores'));
  await stage.order(ORDER);
  await stage.ship(TRUCKS[0]!);
  await stage.accept();
  stage.wait(3);
  stage.say('40 robes come in');
  await receive(stage, 'RB-300', '40', 'CVG');
  await stage.work();
  await stage.ship(TRUCKS[1]!);
  await stage.accept();
  return stage;
}

const HOME = ['N1*ST*LINDEN CROSSDOCK 3*92*X3', 'N3*77 HARBOR BLVD', 'N4*NEWARK*NJ*07105*US'];

const lindenOrder = (po: string, department: string, lines: readonly string[]) => [
  `BEG*00*SA*${po}**20261120`,
  `REF*DP*${department}`,
  'DTM*002*20261201',
  ...HOME,
  ...lines,
  `CTT*${lines.length}`,
];

/** Two orders of a retailer leave together, and share a pallet and a carton: each pack names the orders that it holds. */
export async function playMixedPacks(t: Lasting): Promise<Stage> {
  const stage = await openStage(t, 'linden', worldOf('linden', 'C-3002', 'Linden Home'));
  const towels = ['PO1*1*24*EA*3.25*PE*UP*614141000012', 'PO1*2*60*EA*1.9*PE*UP*614141000029'];
  await stage.order(lindenOrder('L-811', '110', towels));
  await stage.order(lindenOrder('L-812', '120', ['PO1*1*12*EA*11.4*PE*UP*614141000036']));
  await stage.ship({
    warehouse: 'CVG',
    shipDate: '2026-11-21',
    carrier: { ...TRUCK, billOfLading: 'BL-90031' },
    units: [
      pallet('P1', [
        carton('C1', '30', ['L-811 1 24', 'L-812 1 8']),
        carton('C2', '22', ['L-811 2 60', 'L-812 1 2']),
      ]),
      carton('C3', '4', ['L-812 1 2']),
    ],
  });
  await stage.accept();
  return stage;
}
