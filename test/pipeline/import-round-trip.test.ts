import test from 'ava';
import { makeTemplate } from '../../src/pipeline/import/describe-kind.ts';
import { importMasterData } from '../../src/pipeline/import/import-master-data.ts';
import { IMPORT_KINDS, type ImportKind, KINDS } from '../../src/pipeline/import/kinds.ts';
import type { Database } from '../../src/store/database.ts';
import { blanketLine } from '../domain/blanket/support.ts';
import { openBlankets } from '../support/blankets.ts';
import { testDatabase } from '../support/database.ts';

type Rows = readonly Readonly<Record<string, unknown>>[];

/** A row in CSV, the same in JSON, and what then stands in the table. */
type Case = {
  readonly csv: string;
  readonly json: unknown;
  readonly stored: Readonly<Record<string, unknown>>;
};

/** Every column of every kind; tables that a kind speaks of are filled by the kinds before it. */
const CASES: Readonly<Record<ImportKind, Case>> = {
  items: {
    csv: `number,description,unit,status,hazard,serialised,minimum,maximum,multiple,customers,barred
PG-4001,"Gauge 4"" dial",EA,phase-out,3,true,2,100,2,C-1;C-2,US-CA;CU`,
    json: {
      number: 'PG-4001',
      description: 'Gauge 4" dial',
      unit: 'EA',
      status: 'phase-out',
      hazard: '3',
      serialised: true,
      minimum: 2,
      maximum: '100',
      multiple: '2',
      customers: ['C-1', 'C-2'],
      barred: ['US-CA', 'CU'],
    },
    stored: {
      number: 'PG-4001',
      description: 'Gauge 4" dial',
      unit: 'EA',
      status: 'phase-out',
      hazard: '3',
      serialised: true,
      minimum: '2',
      maximum: '100',
      multiple: '2',
      customers: ['C-1', 'C-2'],
      barred: ['US-CA', 'CU'],
    },
  },
  units: {
    csv: 'item,unit,factor\nPG-4001,CA,12',
    json: { item: 'PG-4001', unit: 'CA', factor: 12 },
    stored: { item: 'PG-4001', unit: 'CA', factor: '12' },
  },
  relations: {
    csv: 'item,kind,other,rank\nPG-4001,substitute,HB-1001,2',
    json: { item: 'PG-4001', kind: 'substitute', other: 'HB-1001', rank: 2 },
    stored: { item: 'PG-4001', kind: 'substitute', other: 'HB-1001', rank: 2 },
  },
  'cross-references': {
    csv: 'partner,qualifier,value,item\nacme,BP,PART-1001,PG-4001',
    json: { partner: 'acme', qualifier: 'BP', value: 'PART-1001', item: 'PG-4001' },
    stored: { partner: 'acme', qualifier: 'BP', value: 'PART-1001', item: 'PG-4001' },
  },
  costs: {
    csv: 'item,currency,valid_from,cost\nPG-4001,USD,2026-01-01,41.1250',
    json: { item: 'PG-4001', currency: 'USD', valid_from: '2026-01-01', cost: '41.1250' },
    stored: { item: 'PG-4001', currency: 'USD', valid_from: '2026-01-01', cost: '41.1250' },
  },
  customers: {
    csv: `number,name,price_group,priority,credit_limit,credit_currency,grace_days,payment_terms
C-1,Acme,GOLD,5,250000.00,USD,10,NET30`,
    json: {
      number: 'C-1',
      name: 'Acme',
      price_group: 'GOLD',
      priority: 5,
      credit_limit: '250000.00',
      credit_currency: 'USD',
      grace_days: 10,
      payment_terms: 'NET30',
    },
    stored: {
      number: 'C-1',
      name: 'Acme',
      price_group: 'GOLD',
      priority: 5,
      credit_limit: '250000.00',
      credit_currency: 'USD',
      grace_days: 10,
      payment_terms: 'NET30',
      accepted_not_shipped: '0',
      shipped_not_invoiced: '0',
    },
  },
  'ship-tos': {
    csv: 'customer,code,name,zone,country,region,postal_code\nC-1,DC12,Acme DC 12,EAST,US,OH,45402',
    json: {
      customer: 'C-1',
      code: 'DC12',
      name: 'Acme DC 12',
      zone: 'EAST',
      country: 'US',
      region: 'OH',
      postal_code: 45402,
    },
    stored: {
      customer: 'C-1',
      code: 'DC12',
      name: 'Acme DC 12',
      zone: 'EAST',
      country: 'US',
      region: 'OH',
      postal_code: '45402',
    },
  },
  'purchase-authorities': {
    csv: 'customer,po_number,currency,amount,used,valid_to\nC-1,PO-77,USD,5000.00,1200,2026-12-31',
    json: {
      customer: 'C-1',
      po_number: 'PO-77',
      currency: 'USD',
      amount: '5000.00',
      used: 1200,
      valid_to: '2026-12-31',
    },
    stored: {
      customer: 'C-1',
      po_number: 'PO-77',
      currency: 'USD',
      amount: '5000.00',
      used_elsewhere: '1200',
      used: '0',
      valid_to: '2026-12-31',
    },
  },
  receivables: {
    csv: 'customer,number,currency,amount,due\nC-1,INV-1,USD,-12.50,2026-12-31',
    json: { customer: 'C-1', number: 'INV-1', currency: 'USD', amount: -12.5, due: '2026-12-31' },
    stored: { customer: 'C-1', number: 'INV-1', currency: 'USD', amount: '-12.50', due: '2026-12-31' },
  },
  prices: {
    csv: `partner,item,unit,currency,price,basis,valid_from,valid_to
acme,PG-4001,CA,USD,3.2500,HP,2026-01-01,2026-12-31`,
    json: {
      partner: 'acme',
      item: 'PG-4001',
      unit: 'CA',
      currency: 'USD',
      price: '3.2500',
      basis: 'HP',
      valid_from: '2026-01-01',
      valid_to: '2026-12-31',
    },
    stored: {
      partner: 'acme',
      item: 'PG-4001',
      unit: 'CA',
      currency: 'USD',
      price: '3.2500',
      price_basis: 'HP',
      valid_from: '2026-01-01',
      valid_to: '2026-12-31',
    },
  },
  agreements: {
    csv: `kind,number,version,holder,currency,date_rule,valid_from,valid_to
group-contract,G-1,2,GOLD,USD,requested-ship-date,2026-01-01,2026-12-31`,
    json: {
      kind: 'group-contract',
      number: 'G-1',
      version: 2,
      holder: 'GOLD',
      currency: 'USD',
      date_rule: 'requested-ship-date',
      valid_from: '2026-01-01',
      valid_to: '2026-12-31',
    },
    stored: {
      kind: 'group-contract',
      number: 'G-1',
      version: 2,
      holder: 'GOLD',
      currency: 'USD',
      date_rule: 'requested-ship-date',
      valid_from: '2026-01-01',
      valid_to: '2026-12-31',
    },
  },
  bundles: {
    csv: 'agreement,version,bundle,item,quantity\nC-77,1,STARTER,PG-4001,10',
    json: { agreement: 'C-77', version: 1, bundle: 'STARTER', item: 'PG-4001', quantity: 10 },
    stored: { agreement: 'C-77', version: 1, bundle: 'STARTER', item: 'PG-4001', quantity: '10' },
  },
  'price-terms': {
    csv: `agreement,version,position,item,unit,basis,form,tiers,minimum_quantity,zone,promotion,bundle,valid_from,valid_to,allowance,charge
C-77,1,1,PG-4001,CA,HP,line-tiers,1=3.25; 100=3.10 ;1000=2.95,5,EAST,SPRING,STARTER,2026-03-01,2026-05-31,C310 2% Early order;F800 0.05/unit,D240 25.00`,
    json: {
      agreement: 'C-77',
      version: 1,
      position: 1,
      item: 'PG-4001',
      unit: 'CA',
      basis: 'HP',
      form: {
        kind: 'line-tiers',
        tiers: [
          { from: 1, price: 3.25 },
          { from: '100', price: '3.10' },
          { from: '1000', price: '2.95' },
        ],
      },
      minimum_quantity: 5,
      zone: 'EAST',
      promotion: 'SPRING',
      bundle: 'STARTER',
      valid_from: '2026-03-01',
      valid_to: '2026-05-31',
      adjustments: [
        {
          indicator: 'allowance',
          code: 'C310',
          description: 'Early order',
          rate: { kind: 'percent', percent: 2 },
        },
        { indicator: 'allowance', code: 'F800', rate: { kind: 'per-unit', amount: '0.05' } },
        { indicator: 'charge', code: 'D240', rate: { kind: 'amount', amount: '25.00' } },
      ],
    },
    stored: {
      agreement: 'C-77',
      version: 1,
      position: 1,
      item: 'PG-4001',
      unit: 'CA',
      price_basis: 'HP',
      form: {
        kind: 'line-tiers',
        tiers: [
          { from: '1', price: '3.25' },
          { from: '100', price: '3.10' },
          { from: '1000', price: '2.95' },
        ],
      },
      minimum_quantity: '5',
      zone: 'EAST',
      promotion: 'SPRING',
      bundle: 'STARTER',
      valid_from: '2026-03-01',
      valid_to: '2026-05-31',
      adjustments: [
        {
          indicator: 'allowance',
          code: 'C310',
          description: 'Early order',
          rate: { kind: 'percent', percent: '2' },
        },
        { indicator: 'allowance', code: 'F800', rate: { kind: 'per-unit', amount: '0.05' } },
        { indicator: 'charge', code: 'D240', rate: { kind: 'amount', amount: '25.00' } },
      ],
    },
  },
  warehouses: {
    csv: 'id,name,hazards,destinations,zones,load\nW1,Dayton,3;8,US;CA-ON,EAST=12.50/2;WEST=31/5,7',
    json: {
      id: 'W1',
      name: 'Dayton',
      hazards: ['3', '8'],
      destinations: ['US', 'CA-ON'],
      zones: { WEST: { cost: '31', days: 5 }, EAST: { cost: '12.50', days: 2 } },
      load: 7,
    },
    stored: {
      id: 'W1',
      name: 'Dayton',
      hazards: ['3', '8'],
      destinations: ['US', 'CA-ON'],
      zones: { EAST: { cost: '12.50', days: 2 }, WEST: { cost: '31', days: 5 } },
      load: 7,
    },
  },
  stock: {
    csv: 'item,warehouse,on_hand,safety\nPG-4001,W1,1200,100',
    json: { item: 'PG-4001', warehouse: 'W1', on_hand: 1200, safety: 100 },
    stored: { item: 'PG-4001', warehouse: 'W1', on_hand: '1200', allocated: '0', safety: '100' },
  },
  'stock-receipts': {
    csv: 'item,warehouse,reference,expected,quantity\nPG-4001,W1,PO-5512,2026-12-05,500',
    json: { item: 'PG-4001', warehouse: 'W1', reference: 'PO-5512', expected: '2026-12-05', quantity: 500 },
    stored: {
      item: 'PG-4001',
      warehouse: 'W1',
      reference: 'PO-5512',
      expected: '2026-12-05',
      quantity: '500',
    },
  },
  serials: {
    csv: 'item,serial,warehouse,attributes\nPG-4001,SN-1,W1,revision=C;calibrated=2026-10-01',
    json: {
      item: 'PG-4001',
      serial: 'SN-1',
      warehouse: 'W1',
      attributes: { revision: 'C', calibrated: '2026-10-01' },
    },
    stored: {
      item: 'PG-4001',
      serial: 'SN-1',
      warehouse: 'W1',
      attributes: { calibrated: '2026-10-01', revision: 'C' },
    },
  },
  quotes: {
    csv: `number,customer,currency,valid_from,valid_until,state,reuse
Q-1,C-1,USD,2026-11-01,2026-12-31,approved,many`,
    json: {
      number: 'Q-1',
      customer: 'C-1',
      currency: 'USD',
      valid_from: '2026-11-01',
      valid_until: '2026-12-31',
      state: 'approved',
      reuse: 'many',
    },
    stored: {
      number: 'Q-1',
      customer: 'C-1',
      currency: 'USD',
      valid_from: '2026-11-01',
      valid_until: '2026-12-31',
      state: 'approved',
      reuse: 'many',
    },
  },
  'quote-lines': {
    csv: 'quote,line,item,quantity,unit,price,price_basis\nQ-7,1,HB-1001,500,EA,305.50,HP',
    json: {
      quote: 'Q-7',
      line: '1',
      item: 'HB-1001',
      quantity: 500,
      unit: 'EA',
      price: '305.50',
      price_basis: 'HP',
    },
    stored: {
      quote: 'Q-7',
      line: '1',
      item: 'HB-1001',
      quantity: '500',
      unit: 'EA',
      price: '305.50',
      price_basis: 'HP',
    },
  },
  calendars: {
    csv: 'owner,days,holidays\nW1,"mon-thu, sat",2027-01-01;2026-12-25',
    json: { owner: 'W1', days: 'mon-thu, sat', holidays: ['2026-12-25', '2027-01-01'] },
    stored: { owner: 'W1', days: [1, 2, 3, 4, 6] },
  },
  'release-schedules': {
    csv: `id,partner,po_number,lines,rule,when_closed,valid_from,valid_to,delivery_days,ship_to,state
S-1,acme,4711,1=100;2=50.5,"every 2 weeks on monday, thursday",last,2026-12-01,2027-11-30,5,DC12,paused`,
    json: {
      id: 'S-1',
      partner: 'acme',
      po_number: '4711',
      lines: [
        { line: '1', quantity: 100 },
        { line: '2', quantity: '50.5' },
      ],
      rule: 'every 2 weeks on monday, thursday',
      when_closed: 'last',
      valid_from: '2026-12-01',
      valid_to: '2027-11-30',
      delivery_days: 5,
      ship_to: 'DC12',
      state: 'paused',
    },
    stored: {
      id: 'S-1',
      partner: 'acme',
      po_number: '4711',
      lines: [
        { line: '1', quantity: '100' },
        { line: '2', quantity: '50.5' },
      ],
      rule: 'every 2 weeks on monday, thursday',
      when_closed: 'last',
      valid_from: '2026-12-01',
      valid_to: '2027-11-30',
      delivery_days: 5,
      ship_to: 'DC12',
      state: 'paused',
    },
  },
};

/** What a schedule draws on. */
async function openBlanket(db: Database): Promise<void> {
  const lines = ['1', '2'].map((number) => blanketLine({ number }));
  await openBlankets(db, [{ partner: 'acme', poNumber: '4711', lines }]);
}

/** What stands before a kind is imported, so that it refers to something. */
async function prepare(db: Database, kind: ImportKind): Promise<void> {
  if (kind !== 'items') {
    await importMasterData({ db }, 'items', 'number,unit,serialised\nPG-4001,EA,true\nHB-1001,EA,false');
  }
  if (kind !== 'customers')
    await importMasterData({ db }, 'customers', 'number,name,price_group\nC-1,Acme,GOLD');
  if (kind === 'bundles' || kind === 'price-terms') {
    const agreements = 'kind,number,version,holder,currency,valid_from\ncontract,C-77,1,C-1,USD,2026-01-01';
    await importMasterData({ db }, 'agreements', agreements);
  }
  if (kind === 'price-terms') {
    const bundles = 'agreement,version,bundle,item,quantity\nC-77,1,STARTER,HB-1001,10';
    await importMasterData({ db }, 'bundles', bundles);
  }
  if (kind === 'quote-lines') {
    const quotes = 'number,customer,currency,valid_until\nQ-7,C-1,USD,2026-12-31';
    await importMasterData({ db }, 'quotes', quotes);
  }
  if (kind === 'release-schedules') await openBlanket(db);
  if (kind !== 'warehouses') await importMasterData({ db }, 'warehouses', 'id,name\nW1,Dayton');
}

async function readStored(db: Database, kind: ImportKind): Promise<Rows> {
  return await db(KINDS[kind].table.name);
}

for (const kind of IMPORT_KINDS) {
  const { csv, json, stored } = CASES[kind];

  test.serial(`${kind}: every column is stored, once, and JSON says the same as CSV`, async (t) => {
    const { db } = await testDatabase(t);
    await prepare(db, kind);
    const before = await readStored(db, kind);

    const first = await importMasterData({ db }, kind, csv);
    t.deepEqual(first, { rows: 1, inserted: 1, updated: 0, unchanged: 0, mistakes: [] });
    const after = await readStored(db, kind);
    t.is(after.length, before.length + 1);
    t.like(after.at(-1), stored);

    for (const again of [csv, JSON.stringify([json])]) {
      const imported = await importMasterData({ db }, kind, again);
      t.deepEqual(imported, { rows: 1, inserted: 0, updated: 0, unchanged: 1, mistakes: [] }, again);
    }
    t.deepEqual(await readStored(db, kind), after);
  });
}

test.serial(
  'the template of each kind is a file that goes in after those of the kinds before it',
  async (t) => {
    const { db } = await testDatabase(t);
    await openBlanket(db);
    for (const kind of IMPORT_KINDS) {
      const { inserted, mistakes } = await importMasterData({ db }, kind, makeTemplate(KINDS[kind].columns));
      t.deepEqual([inserted, mistakes], [1, []], kind);
      if (kind === 'items')
        await importMasterData({ db }, kind, 'number,unit,serialised\nHB-1002,EA,false\nPG-4001,EA,true');
    }
  },
);
