import { bringCertificate, takeCertificate } from '../../../src/pipeline/certify/take-certificate.ts';
import { chooseResolution } from '../../../src/pipeline/choose-resolution.ts';
import { bookReturn, openReturn } from '../../../src/pipeline/return/handle-return.ts';
import { ruleOrder } from '../../../src/pipeline/revise/rule-order.ts';
import { findInvoices } from '../../../src/store/invoices.ts';
import type { Lasting } from '../../support/database.ts';
import { pack } from '../../support/shipments.ts';
import { openStage, type Stage } from './stage.ts';

const WORLD = {
  items: `number,description,unit,serialised
PG-4001,Pressure gauge 0-16 bar,EA,true
BR-90,Mounting bracket,EA,false`,
  customers: 'number,name,credit_limit,credit_currency\nC-3003,Northgate Process Supply,250000,USD',
  'cross-references': `partner,qualifier,value,item
northgate,BP,NG-77-401,PG-4001
northgate,BP,NG-77-090,BR-90`,
  prices: `partner,item,unit,currency,price,basis,valid_from
northgate,PG-4001,EA,USD,412.50,PE,2026-01-01
northgate,BR-90,EA,USD,18.40,PE,2026-01-01`,
  warehouses: 'id,name\nCVG,Cincinnati',
  stock: 'item,warehouse,on_hand\nPG-4001,CVG,6\nBR-90,CVG,80',
  serials: ['item,serial,warehouse', ...[1, 2, 3, 4, 5, 6].map((n) => `PG-4001,SN-20${n},CVG`)].join('\n'),
};

const PLACE = [
  'N1*BT*NORTHGATE PROCESS SUPPLY*92*AP',
  'N3*PO BOX 900',
  'N4*TULSA*OK*74101*US',
  'N1*ST*NORTHGATE TULSA*92*TUL',
  'N3*2200 REFINERY RD',
  'N4*TULSA*OK*74107*US',
];

const FIRST = [
  'BEG*00*SA*NG-3001**20261120',
  'DTM*002*20261130',
  ...PLACE,
  'PO1*1*3*EA*412.5*PE*BP*NG-77-401',
  'PID*F****PRESSURE GAUGE 0-16 BAR',
  'PO1*2*1*EA*412.5*PE*BP*NG-77-401',
  'PID*F****PRESSURE GAUGE 0-16 BAR',
  'REF*SE*SN-205',
  'PO1*3*4*EA*18.4*PE*BP*NG-77-090',
  'CTT*3',
];

const SECOND = [
  'BEG*00*SA*NG-3002**20261123',
  'DTM*002*20261130',
  ...PLACE,
  'PO1*1*1*EA*412.5*PE*BP*NG-77-401',
  'CTT*1',
];

/** ISO/IEC 17025, of one gauge. */
const calibrationOf = (serial: string) => ({
  kind: 'calibration',
  date: '2026-11-21',
  issuer: { name: 'Causeway Supply' },
  customer: { name: 'Northgate Process Supply' },
  subject: { item: 'PG-4001', description: 'Pressure gauge 0-16 bar', serials: [serial] },
  authorisedBy: { name: 'L. Moreau', title: 'Head of laboratory' },
  laboratory: { name: 'Causeway Laboratory', accreditation: 'A-1207' },
  method: 'CP-31, comparison with a dead-weight tester',
  condition: 'new',
  calibrated: '2026-11-21',
  environment: [{ quantity: 'temperature', value: '20.3', unit: '°C' }],
  results: [
    { quantity: 'pressure', unit: 'bar', reference: '8.000', reading: '8.01', uncertainty: '0.02' },
    { quantity: 'pressure', unit: 'bar', reference: '16.000', reading: '16.02', uncertainty: '0.02' },
  ],
  coverage: 'k = 2',
  traceability: 'to the SI through NIST',
  decisionRule: 'simple acceptance',
  conformity: 'class 0.6 of EN 837-1: passed',
  scope: 'The results relate only to this item.',
});

async function calibrate({ context, say }: Stage, serial: string): Promise<void> {
  const text = JSON.stringify(calibrationOf(serial));
  const taken = await takeCertificate(context, { file: `${serial}.json`, text });
  if (taken.kind === 'refused') throw new Error(taken.messages.join('; '));
  say(`${serial} is calibrated: certificate ${taken.number}`);
}

/** The laboratory of the maker gave a PDF with this one. */
async function bring({ context, say }: Stage, serial: string): Promise<void> {
  const pdf = Buffer.from(`%PDF-1.7\n${serial}\n%%EOF\n`);
  const subject = { item: 'PG-4001', serials: [serial] };
  const known = { kind: 'calibration', date: '2026-10-02', issuer: 'Metrology Inc', subject } as const;
  const brought = await bringCertificate(context, { ...known, pdf, number: `MI-${serial}` });
  if (brought.kind === 'refused') throw new Error(brought.messages.join('; '));
  say(`a laboratory gave the certificate ${brought.number} of ${serial}`);
}

async function decideAgain(stage: Stage): Promise<void> {
  const open = await stage.exceptions(stage.partner);
  const { id } = open.find(({ kind, state }) => kind === 'certificate-missing' && state === 'open')!;
  const choosing = { id, choice: 'decide-again', given: {}, by: 'ann' };
  const chosen = await chooseResolution(stage.context, choosing, ruleOrder);
  stage.say(`ann has it decided again: ${chosen.kind === 'done' ? chosen.text : chosen.messages.join('; ')}`);
  await stage.work();
}

/** The very pieces that are set aside for a line. */
async function listReserved({ context: { db }, say }: Stage, po: string, line: number): Promise<string[]> {
  const serials = await db('stock_serial as s')
    .join('allocation as a', 'a.id', 's.allocation_id')
    .join('purchase_order as o', 'o.id', 'a.order_id')
    .where({ 'o.po_number': po, 'a.position': line })
    .orderBy('serial')
    .pluck('serial');
  say(`set aside for ${po} line ${line}: ${serials.join(', ')}`);
  return serials;
}

/** It does not work, and is paid back. */
async function giveBack({ context, say }: Stage, serial: string): Promise<void> {
  const [invoice] = await findInvoices(context.db, { partner: 'northgate' });
  const lines = [{ invoicePosition: 1, quantity: '1', serials: [serial] }];
  const opened = await openReturn(context, { invoice: invoice!.number, reason: 'leaks', lines });
  if (opened.kind === 'refused') throw new Error(opened.reasons.map(({ text }) => text).join('; '));
  say(`return ${opened.number} of ${serial} is authorised, and comes`);
  const scrapped = [{ position: 1, restocked: '0', scrapped: '1', scrappedSerials: [serial] }];
  const booked = await bookReturn(context, { number: opened.number, lines: scrapped, by: 'ann' });
  if (booked.kind === 'refused') throw new Error(booked.reasons.map(({ text }) => text).join('; '));
}

/**
 * A distributor gets no ship notice before each gauge has its certificate of calibration. What leaves in November is billed
 * on the first of December; one gauge comes back.
 */
export async function playInstruments(t: Lasting): Promise<Stage> {
  const stage = await openStage(t, 'northgate', WORLD);
  await stage.order(FIRST);
  const reserved = await listReserved(stage, 'NG-3001', 1);
  await calibrate(stage, 'SN-201');
  await bring(stage, 'SN-202');
  await calibrate(stage, 'SN-205');
  await stage.ship({
    number: 'CVG-6001',
    warehouse: 'CVG',
    shipDate: '2026-11-21',
    expectedDelivery: '2026-11-27',
    carrier: { scac: 'FDEG', name: 'FEDEX GROUND', mode: 'U', tracking: ['784512369874'] },
    weight: { value: '19.2', unit: 'LB' },
    loose: [
      pack('NG-3001 1 3', { serials: reserved }),
      pack('NG-3001 2 1', { serials: await listReserved(stage, 'NG-3001', 2) }),
      pack('NG-3001 3 4', { lot: 'L-118' }),
    ],
  });
  await decideAgain(stage);
  await calibrate(stage, 'SN-203');
  await stage.work();

  stage.wait(4);
  await stage.order(SECOND);
  await calibrate(stage, 'SN-204');
  const held = await listReserved(stage, 'NG-3002', 1);
  await stage.ship({
    number: 'CVG-6002',
    warehouse: 'CVG',
    shipDate: '2026-11-25',
    loose: [pack('NG-3002 1 1', { serials: held })],
  });
  await stage.accept();

  stage.wait(6);
  stage.say('the first of December');
  await stage.work();
  await giveBack(stage, 'SN-202');
  await stage.work();
  await stage.accept();
  return stage;
}
