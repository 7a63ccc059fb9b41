import type { HandlingUnit } from '../../../src/domain/shipment/shipment.ts';
import type { Lasting } from '../../support/database.ts';
import { pack } from '../../support/shipments.ts';
import { openStage, type Stage } from './stage.ts';

const WORLD = {
  items: 'number,description,unit\nLMP-10,Reading lamp,EA\nRUG-20,Wool rug,EA\nMUG-30,Stoneware mug,EA',
  customers: 'number,name,credit_limit,credit_currency\nC-3004,Hearth and Co,50000,USD',
  'cross-references': `partner,qualifier,value,item
hearth,SK,H-LAMP,LMP-10
hearth,SK,H-RUG,RUG-20
hearth,SK,H-MUG,MUG-30`,
  prices: `partner,item,unit,currency,price,basis,valid_from
hearth,LMP-10,EA,USD,24.50,PE,2026-01-01
hearth,RUG-20,EA,USD,89.99,PE,2026-01-01
hearth,MUG-30,EA,USD,3.75,PE,2026-01-01`,
  warehouses: 'id,name\nCVG,Cincinnati',
  stock: 'item,warehouse,on_hand\nLMP-10,CVG,40\nRUG-20,CVG,12\nMUG-30,CVG,500',
};

const TO_TEXAS = [
  'BEG*00*DS*HC-70018**20261120',
  'REF*CO*WEB-55012',
  'DTM*010*20261123',
  'N1*ST*MARY JONES',
  'N3*44 ELM ST*APT 6',
  'N4*AUSTIN*TX*78701*US',
  'PO1*1*2*EA*24.5*PE*SK*H-LAMP',
  'PO1*2*6*EA*3.75*PE*SK*H-MUG',
  'CTT*2',
];

const TO_OREGON = [
  'BEG*00*DS*HC-70019**20261120',
  'REF*CO*WEB-55031',
  'DTM*010*20261123',
  'N1*ST*TOM ABARA',
  'N3*9 DOCK RD',
  'N4*PORTLAND*OR*97209*US',
  'PO1*1*2*EA*89.99*PE*SK*H-RUG',
  'CTT*1',
];

const PARCEL = {
  warehouse: 'CVG',
  shipDate: '2026-11-21',
  carrier: { scac: 'UPSN', name: 'UPS GROUND', mode: 'U', payment: 'PP' },
};

function parcel(tracking: string, weight: string, goods: readonly string[]): HandlingUnit {
  const contents = goods.map((text) => pack(text));
  return { kind: 'carton', tracking, weight: { value: weight, unit: 'LB' }, contents };
}

/**
 * A shop has us ship to two people, and wants one invoice an order. One parcel held less than was told: a correction says
 * so after the notice, and the rest follows. Another shipment never left: it is taken back, and one in its place goes out.
 */
export async function playDropShip(t: Lasting): Promise<Stage> {
  const stage = await openStage(t, 'hearth', WORLD);
  await stage.order(TO_TEXAS);
  await stage.order(TO_OREGON);

  const lamps = parcel('1Z999AA10123456784', '7.4', ['HC-70018 1 2']);
  const mugs = (told: string) => parcel('1Z999AA10123456793', '4.1', [`HC-70018 2 ${told}`]);
  const first = {
    ...PARCEL,
    number: 'CVG-5001',
    expectedDelivery: '2026-11-25',
    freight: { amount: '14.20' },
  };
  await stage.ship({ ...first, weight: { value: '11.5', unit: 'LB' }, units: [lamps, mugs('4')] });
  const rug = { ...PARCEL, number: 'CVG-5002', freight: { amount: '22.75' } };
  await stage.ship({ ...rug, units: [parcel('1Z999AA10123456800', '18', ['HC-70019 1 1'])] });

  await stage.ship({
    ...first,
    purpose: 'replace',
    weight: { value: '10.8', unit: 'LB' },
    units: [lamps, mugs('3')],
  });
  await stage.ship({ purpose: 'cancel', number: 'CVG-5002' });

  stage.wait(1);
  const second = { ...PARCEL, shipDate: '2026-11-22', number: 'CVG-5003', freight: { amount: '6.40' } };
  await stage.ship({ ...second, units: [parcel('1Z999AA10123456819', '2.2', ['HC-70018 2 3'])] });
  const rugs = { ...PARCEL, shipDate: '2026-11-22', number: 'CVG-5004', freight: { amount: '31.50' } };
  await stage.ship({ ...rugs, units: [parcel('1Z999AA10123456828', '36', ['HC-70019 1 2'])] });
  await stage.accept();
  return stage;
}
