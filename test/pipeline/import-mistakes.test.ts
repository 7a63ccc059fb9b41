import test, { type ExecutionContext } from 'ava';
import { type Imported, importMasterData } from '../../src/pipeline/import/import-master-data.ts';
import { IMPORT_KINDS, type ImportKind, KINDS } from '../../src/pipeline/import/kinds.ts';
import type { Database } from '../../src/store/database.ts';
import { testDatabase } from '../support/database.ts';

/** Two items, a customer in a group, a contract with a bundle, a warehouse: what rows may speak of. */
const KNOWN: Partial<Record<ImportKind, string>> = {
  items: 'number,unit,serialised\nHB-1001,EA,false\nPG-4001,EA,true\n',
  customers: 'number,name,price_group\nC-1001,Acme,GOLD\n',
  agreements: 'kind,number,version,holder,currency,valid_from\ncontract,C-77,1,C-1001,USD,2026-01-01\n',
  bundles: 'agreement,version,bundle,item,quantity\nC-77,1,STARTER,HB-1001,10\n',
  warehouses: 'id,name\nW1,Dayton\n',
};

async function openKnown(t: ExecutionContext): Promise<Database> {
  const { db } = await testDatabase(t);
  for (const kind of IMPORT_KINDS) {
    if (KNOWN[kind] !== undefined) await importMasterData({ db }, kind, KNOWN[kind]);
  }
  return db;
}

/** `LINE message` of each. */
function told({ mistakes }: Imported): string[] {
  return mistakes.map(({ line, message }) => `${line} ${message}`);
}

type Wrong = {
  readonly kind: ImportKind;
  readonly header: string;
  /** Row → what is told of it; several mistakes of a row are all told. */
  readonly rows: Readonly<Record<string, string | readonly string[]>>;
};

const TERM = 'agreement,version,position,item,unit,form';
const LIMITED = 'number,unit,minimum,maximum,multiple';

const WRONG: readonly Wrong[] = [
  {
    kind: 'items',
    header: 'number,unit,status',
    rows: {
      ',EA,active': 'number: expected a value: one line of text, up to 200 characters',
      'I-1,ea,active': 'unit: expected a unit code (element 355) such as EA (it is "ea"); did you mean `EA`?',
      'I-1,EACH,activ': [
        'unit: expected a unit code (element 355) such as EA (it is "EACH")',
        'status: expected one of active, phase-out, discontinued, blocked (it is "activ"); did you mean `active`?',
      ],
      '"I-1\tA",EA,': 'number: expected one line of text, up to 200 characters (it is "I-1\\tA")',
      'I-\u00071,EA,': 'number: has a character that is no text ("\\u0007")',
      'I-1,EA': 'the row has 2 cells where the header has 3 columns',
      'I-1,"EA"x,':
        'column 2 goes on after its closing quote; a quote inside of a quoted cell is written twice',
    },
  },
  {
    kind: 'items',
    header: LIMITED,
    rows: {
      'I-1,EA,25,100,10': 'multiple: minimum 25 is no multiple of 10: no line could have just that quantity',
      'I-1,EA,20,95,10': 'multiple: maximum 95 is no multiple of 10: no line could have just that quantity',
      'I-1,EA,20,10,': 'maximum: maximum 10 is less than minimum 20',
      'I-1,EA,0,,': 'minimum: expected a decimal above 0 such as 12 (it is "0")',
      'I-1,EA,"1,5",,':
        'minimum: expected a decimal such as 3.25 (it is "1,5"); a decimal takes a point and no commas',
    },
  },
  {
    kind: 'items',
    header: 'number,unit,status,active,barred,serialised',
    rows: {
      'I-1,EA,blocked,true,,': 'active: active says true and status says blocked: leave active out',
      'I-1,EA,active,false,,': 'active: active says false and status says active: leave active out',
      'I-1,EA,,maybe,,': 'active: expected true or false (it is "maybe")',
      'I-1,EA,,,US-CA;Cuba,': 'barred: expected a country or a state such as US or US-CA (it is "Cuba")',
      'I-1,EA,,,,j': 'serialised: expected true or false (it is "j")',
    },
  },
  {
    kind: 'units',
    header: 'item,unit,factor',
    rows: {
      'HB-1O01,CA,12': 'item: there is no item HB-1O01; did you mean `HB-1001`?',
      'HB-1001,EA,12': 'factor: EA is the unit of HB-1001 itself: its factor is 1',
      'HB-1001,CA,0': 'factor: expected a decimal above 0 such as 12 (it is "0")',
    },
  },
  {
    kind: 'relations',
    header: 'item,kind,other,rank',
    rows: {
      'HB-1001,substitue,PG-4001,1':
        'kind: expected one of substitute, incompatible, requires (it is "substitue"); did you mean `substitute`?',
      'HB-1001,requires,HB-1001,': 'other: HB-1001 stands in no relation to itself',
      'X-1,requires,X-2,': ['item: there is no item X-1', 'other: there is no item X-2'],
    },
  },
  {
    kind: 'cross-references',
    header: 'partner,qualifier,value,item',
    rows: { 'acme,BP,PART-1,W-9': 'item: there is no item W-9' },
  },
  {
    kind: 'costs',
    header: 'item,currency,valid_from,cost',
    rows: {
      'HB-1001,usd,2026-01-01,2':
        'currency: expected an ISO currency such as USD (it is "usd"); did you mean `USD`?',
      'HB-1001,USD,2026-02-30,2': 'valid_from: expected a date such as 2026-01-31 (it is "2026-02-30")',
      'HB-1001,USD,01/31/2026,2': 'valid_from: expected a date such as 2026-01-31 (it is "01/31/2026")',
      'HB-1001,USD,2026-01-01,-2': 'cost: expected a decimal such as 3.25 (it is "-2")',
      'X-1,USD,2026-01-01,2': 'item: there is no item X-1',
    },
  },
  {
    kind: 'customers',
    header: 'number,name,credit_limit,credit_currency,grace_days',
    rows: {
      'C-2,Globex,500,,':
        'credit_currency: credit_limit and credit_currency go together: give both or neither',
      'C-2,Globex,,USD,':
        'credit_currency: credit_limit and credit_currency go together: give both or neither',
      'C-2,Globex,,,ten': 'grace_days: expected a whole number such as 5 (it is "ten")',
    },
  },
  {
    kind: 'ship-tos',
    header: 'customer,code,country,region',
    rows: {
      'C-1002,DC1,US,OH': 'customer: there is no customer C-1002; did you mean `C-1001`?',
      'C-1001,DC1,,OH': 'country: region OH needs its country',
      'C-1001,DC1,USA,': 'country: expected a country of two letters such as US (it is "USA")',
      'C-1001,DC1,US,US-OH':
        'region: expected a state or province without its country, such as OH (it is "US-OH")',
    },
  },
  {
    kind: 'receivables',
    header: 'customer,number,currency,amount,due',
    rows: {
      'C-9,INV-1,USD,5,2026-12-31': 'customer: there is no customer C-9',
      'C-1001,INV-1,USD,"1.830,50",2026-12-31':
        'amount: expected a decimal such as -3.25 (it is "1.830,50"); a decimal takes a point and no commas',
    },
  },
  {
    kind: 'prices',
    header: 'partner,item,unit,currency,price,basis,valid_from,valid_to',
    rows: {
      'acme,HB-1001,EA,USD,3.25,PE,2026-02-01,2026-01-31':
        'valid_to: valid_to is before valid_from (2026-01-31 before 2026-02-01)',
      'acme,HB-1001,EA,USD,3.25,XX,2026-02-01,': 'basis: expected one of PE, HP, TP (it is "XX")',
      'acme,HB-1002,EA,USD,3.25,PE,2026-02-01,': 'item: there is no item HB-1002; did you mean `HB-1001`?',
    },
  },
  {
    kind: 'agreements',
    header: 'kind,number,version,holder,currency,valid_from,valid_to',
    rows: {
      'contract,C-78,1,C-1000,USD,2026-01-01,': 'holder: there is no customer C-1000; did you mean `C-1001`?',
      'group-contract,C-78,1,GOLDD,USD,2026-01-01,':
        'holder: no customer is in the price group GOLDD; did you mean `GOLD`?',
      'contract,C-78,1,,USD,2026-01-01,': 'holder: expected the customer that it binds',
      'group-contract,C-78,1,,USD,2026-01-01,': 'holder: expected the price group that it binds',
      'list,L-1,1,C-1001,USD,2026-01-01,': 'holder: a list binds nobody: leave it empty',
      'list,L-1,0,,USD,2026-01-01,': 'version: expected a whole number from 1 on (it is "0")',
      'list,L-1,1,,USD,2026-01-01,2025-12-31':
        'valid_to: valid_to is before valid_from (2025-12-31 before 2026-01-01)',
    },
  },
  {
    kind: 'bundles',
    header: 'agreement,version,bundle,item,quantity',
    rows: {
      'C-77,2,STARTER,HB-1001,1': 'agreement: there is no version 2 of an agreement C-77',
      'C-7,1,STARTER,X-1,1': [
        'agreement: there is no version 1 of an agreement C-7; did you mean `C-77`?',
        'item: there is no item X-1',
      ],
    },
  },
  {
    kind: 'price-terms',
    header: `${TERM},price,tiers,percent,floor,cap`,
    rows: {
      'C-77,1,1,HB-1001,EA,fixed,,,,,': 'price: a fixed price needs it: expected a decimal such as 3.25',
      'C-77,1,1,HB-1001,EA,fixed,3,1=2,,,': 'tiers: a fixed price has no tiers: leave it empty',
      'C-77,1,1,HB-1001,EA,line-tiers,,,,,':
        'tiers: a line-tiers price needs it: expected tiers such as 1=3.25;100=3.10',
      'C-77,1,1,HB-1001,EA,line-tiers,,1=3;100=2;50=1,,,': 'tiers: tier 50 comes after tier 100: tiers go up',
      'C-77,1,1,HB-1001,EA,cumulative-tiers,,1=3;1.0=2,,,': 'tiers: tier 1.0 is there twice: tiers go up',
      'C-77,1,1,HB-1001,EA,line-tiers,,1=3;100:2,,,':
        'tiers: 2: expected FROM=PRICE such as 100=3.10 (it is "100:2")',
      'C-77,1,1,HB-1001,EA,line-tiers,,"1=3,25",,,':
        'tiers: 1: price: expected a decimal such as 3.25 (it is "3,25"); a decimal takes a point and no commas',
      'C-77,1,1,HB-1001,EA,cost-plus,,,,1,2':
        'percent: a cost-plus price needs it: expected percent such as 12.5',
      'C-77,1,1,HB-1001,EA,cost-plus,,,20,5,4.99': 'floor: floor 5 is above cap 4.99',
      'C-77,1,1,HB-1001,EA,fixd,3,,,,':
        'form: expected one of fixed, line-tiers, cumulative-tiers, cost-plus (it is "fixd"); did you mean `fixed`?',
      'C-78,1,1,HB-1001,EA,fixed,3,,,,':
        'agreement: there is no version 1 of an agreement C-78; did you mean `C-77`?',
      'C-77,1,1,HB-1002,EA,fixed,3,,,,': 'item: there is no item HB-1002; did you mean `HB-1001`?',
    },
  },
  {
    kind: 'price-terms',
    header: `${TERM},price,promotion,bundle,valid_from,valid_to,allowance,charge`,
    rows: {
      'C-77,1,1,HB-1001,EA,fixed,3,SPRING,,2026-03-01,,,':
        'promotion: a promotion needs valid_from and valid_to',
      'C-77,1,1,HB-1001,EA,fixed,3,,START,,,,': 'bundle: version 1 of C-77 has no bundle START',
      'C-77,1,1,HB-1001,EA,fixed,3,,,2026-03-02,2026-03-01,,':
        'valid_to: valid_to is before valid_from (2026-03-01 before 2026-03-02)',
      'C-77,1,1,HB-1001,EA,fixed,3,,,,,2%,':
        'allowance: 1: expected CODE RATE such as C310 2%, D240 0.05/unit or D240 25.00 (it is "2%")',
      'C-77,1,1,HB-1001,EA,fixed,3,,,,,,D240 5;FREIGHT 5':
        'charge: 2: expected a code of element 1300 such as C310 (it is "FREIGHT")',
    },
  },
  {
    kind: 'warehouses',
    header: 'id,name,destinations,zones',
    rows: {
      'W2,Reno,USA,': 'destinations: expected a country or a state such as US or US-CA (it is "USA")',
      'W2,Reno,,EAST=12.50': 'zones: EAST: days: is missing: expected a whole number such as 5',
      'W2,Reno,,EAST': 'zones: expected zones such as EAST=12.50/2;WEST=31/5 (it is "EAST")',
      'W2,Reno,,EAST=1/1;EAST=2/2': 'zones: EAST is there twice',
    },
  },
  {
    kind: 'stock',
    header: 'item,warehouse,on_hand',
    rows: {
      'HB-1001,W2,5': 'warehouse: there is no warehouse W2; did you mean `W1`?',
      'X-1,W1,5': 'item: there is no item X-1',
      'HB-1001,W1,-5': 'on_hand: expected a decimal such as 3.25 (it is "-5")',
    },
  },
  {
    kind: 'stock-receipts',
    header: 'item,warehouse,reference,expected,quantity',
    rows: {
      'X-1,W9,PO-1,2026-12-05,5': [
        'item: there is no item X-1',
        'warehouse: there is no warehouse W9; did you mean `W1`?',
      ],
      'HB-1001,W1,PO-1,soon,5': 'expected: expected a date such as 2026-01-31 (it is "soon")',
    },
  },
  {
    kind: 'serials',
    header: 'item,serial,warehouse,attributes',
    rows: {
      'HB-1001,SN-1,W1,': 'item: HB-1001 has no serial numbers: it is not serialised',
      'PG-4001,SN-1,W9,': 'warehouse: there is no warehouse W9; did you mean `W1`?',
      'PG-4001,SN-1,W1,red':
        'attributes: expected attributes such as revision=C;calibrated=2026-10-01 (it is "red")',
    },
  },
  {
    kind: 'quotes',
    header: 'number,customer,currency,valid_from,valid_until,state',
    rows: {
      'Q-1,C-9,USD,,2026-12-31,': 'customer: there is no customer C-9',
      'Q-1,C-1001,USD,2027-01-01,2026-12-31,':
        'valid_until: valid_until is before valid_from (2026-12-31 before 2027-01-01)',
      'Q-1,C-1001,USD,,2026-12-31,aproved':
        'state: expected one of open, approved, expired, used (it is "aproved"); did you mean `approved`?',
    },
  },
  {
    kind: 'quote-lines',
    header: 'quote,line,item,quantity,unit,price',
    rows: {
      'Q-9,1,HB-1001,5,EA,1': 'quote: there is no quote Q-9',
    },
  },
  {
    kind: 'calendars',
    header: 'owner,days,holidays',
    rows: {
      'W2,mon-fri,': 'owner: there is no warehouse W2 (`us` stands for all of us); did you mean `W1`?',
      'us,weekdays,': 'days: expected days such as mon-fri or "mon, wed-fri" (it is "weekdays")',
      'us,,2026-12-25;2026-02-30': 'holidays: expected a date such as 2026-01-31 (it is "2026-02-30")',
    },
  },
  {
    kind: 'release-schedules',
    header: 'id,partner,po_number,lines,rule,valid_from',
    rows: {
      'S-1,acme,4711,1=100,every monday,2026-12-01': 'po_number: acme has no blanket order 4711',
      'S 1,acme,4711,1=100,every monday,2026-12-01':
        'id: expected a name of up to 20 letters, digits, - and _ (it is "S 1")',
      'S-1,acme,4711,100,every monday,2026-12-01':
        'lines: 1: expected LINE=QUANTITY such as 1=100 (it is "100")',
      'S-1,acme,4711,1=100;1=50,every monday,2026-12-01': 'lines: line 1 is there twice',
      'S-1,acme,4711,1=0,every monday,2026-12-01':
        'lines: 1: quantity: expected a decimal above 0 such as 12 (it is "0")',
      'S-1,acme,4711,1=100,mondays,2026-12-01':
        'rule: expected `every 14 days`, `every monday`, `every 2 weeks on monday, thursday`, `every month on day 15` or `every month on the first working day` (it is "mondays")',
    },
  },
];

for (const { kind, header, rows } of WRONG) {
  test.serial(`${kind} (${header}): each wrong row is told with its line, column and reason`, async (t) => {
    const db = await openKnown(t);
    const stored = await db(KINDS[kind].table.name);
    for (const [row, reasons] of Object.entries(rows)) {
      const imported = await importMasterData({ db }, kind, `${header}\n${row}\n`);
      t.deepEqual(
        told(imported),
        [reasons].flat().map((reason) => `2 ${reason}`),
        row,
      );
      t.like(imported, { rows: 1, inserted: 0, updated: 0, unchanged: 0 });
    }
    t.deepEqual(await db(KINDS[kind].table.name), stored);
  });
}

const JSON_TERM = { agreement: 'C-77', version: 1, position: 1, item: 'HB-1001', unit: 'EA' };
const FIXED = { kind: 'fixed', price: '3' };

/** Objects of price terms: what they have besides → what is told. */
const WRONG_OBJECTS: readonly (readonly [Readonly<Record<string, unknown>>, string | readonly string[]])[] = [
  [{ form: { kind: 'fixed' } }, 'form: price: is missing: expected a decimal such as 3.25'],
  [{ form: { ...FIXED, prise: '4' } }, 'form: prise: is not known here; did you mean `price`?'],
  [{ form: FIXED, price: '3' }, 'price: stands in form already: leave it out'],
  [
    {
      form: {
        kind: 'line-tiers',
        tiers: [
          { from: 1, price: 2 },
          { from: 1, price: 3 },
        ],
      },
    },
    'form: tiers: tier 1 is there twice: tiers go up',
  ],
  [
    { form: { kind: 'line-tiers', tiers: [] } },
    'form: tiers: expected tiers such as 1=3.25;100=3.10 (it is [])',
  ],
  [
    { form: { kind: 'cost-plus', percent: '10', floor: '9.01', cap: '9' } },
    'floor: floor 9.01 is above cap 9',
  ],
  [
    {
      form: FIXED,
      adjustments: [{ indicator: 'allowanse', code: 'C310', rate: { kind: 'percent', percent: '2' } }],
    },
    'adjustments: 1: indicator: expected one of allowance, charge (it is "allowanse"); did you mean `allowance`?',
  ],
  [
    {
      form: FIXED,
      adjustments: [{ indicator: 'charge', code: 'D240', rate: { kind: 'amount', percent: '2' } }],
    },
    [
      'adjustments: 1: rate: percent: is not known here; known are kind, amount',
      'adjustments: 1: rate: amount: is missing: expected a decimal such as 3.25',
    ],
  ],
  [
    { form: FIXED, adjustments: [], charge: 'D240 5' },
    'adjustments: give adjustments, or allowance and charge, not both',
  ],
  [
    { form: FIXED, colour: 'red', minimum_quantity: 1e300 },
    ['colour: is not known', 'minimum_quantity: expected a decimal such as 3.25 (it is "1e+300")'],
  ],
];

test.serial(
  'price terms in JSON: what is wrong inside of an object is told with its way there',
  async (t) => {
    const db = await openKnown(t);
    for (const [object, reasons] of WRONG_OBJECTS) {
      const text = JSON.stringify([{ ...JSON_TERM, ...object }]);
      const imported = await importMasterData({ db }, 'price-terms', text);
      const expected = [reasons].flat().map((reason) => `1 ${reason}`);
      for (const [i, message] of told(imported).entries()) t.true(message.startsWith(expected[i]!), message);
      t.is(imported.mistakes.length, expected.length, text);
      t.true(imported.mistakes.every(({ element }) => element === 1));
    }
    t.deepEqual(await db('price_term'), []);
  },
);

test.serial('a file with semicolons and decimal commas is read, and its decimals are refused', async (t) => {
  const db = await openKnown(t);
  const text =
    'item;currency;valid_from;cost\nHB-1001;USD;2026-01-01;2,10\nPG-4001;USD;2026-01-01;1.234,50\n';
  t.deepEqual(told(await importMasterData({ db }, 'costs', text)), [
    '2 cost: expected a decimal such as 3.25 (it is "2,10"); a decimal takes a point and no commas',
    '3 cost: expected a decimal such as 3.25 (it is "1.234,50"); a decimal takes a point and no commas',
  ]);
});
