import type { Random } from './random.ts';

/** What the benched partners order from: a catalogue of a distributor's size. */
export const ITEMS = 3_000;

/** How many ship-tos there are in all. */
const STORES = 500;

/** Items, what each partner calls them, and what those pay that have prices of their own: as CSV for the import. */
export function makeMasterData(
  partners: readonly string[],
  priced = partners,
): Record<'items' | 'cross-references' | 'prices', string> {
  const numbers = Array.from({ length: ITEMS }, (_, i) => i);
  const rows = (header: string, of: readonly string[], make: (partner: string, i: number) => string) =>
    [header, ...of.flatMap((partner) => numbers.map((i) => make(partner, i)))].join('\n');
  return {
    items: [
      'number,description,unit',
      ...numbers.map((i) => `${itemOf(i)},Pressure transmitter ${i},EA`),
    ].join('\n'),
    'cross-references': rows(
      'partner,qualifier,value,item',
      partners,
      (partner, i) => `${partner},BP,${partOf(i)},${itemOf(i)}`,
    ),
    prices: rows(
      'partner,item,unit,currency,price,basis,valid_from',
      priced,
      (partner, i) => `${partner},${itemOf(i)},EA,USD,${priceOf(i)},PE,2024-01-01`,
    ),
  };
}

const WAREHOUSES = ['W1', 'W2'] as const;
const ZONES = ['EAST', 'WEST'] as const;

/**
 * What makes the rules speak for partners of `makeMasterData`: a contract with tiers by line and to date, a list, ship-tos
 * with zones, a credit limit, and more in stock than all of them order.
 */
export function makeRules(partners: readonly string[]) {
  const numbers = Array.from({ length: ITEMS }, (_, i) => i);
  const term = (agreement: string, i: number, form: string) =>
    `${agreement},1,${i + 1},${itemOf(i)},EA,PE,${form}`;
  const forms: readonly ((price: string) => string)[] = [
    (price) => `fixed,${price},`,
    (price) => `line-tiers,,1=${price};1000=${price}`,
    (price) => `cumulative-tiers,,1=${price};100000=${price}`,
  ];
  const terms = partners.flatMap((partner) =>
    numbers.map((i) => term(`CT-${partner}`, i, forms[i % forms.length]!(priceOf(i)))),
  );
  const listed = numbers.map((i) => term('LIST', i, `fixed,${500 + i},`));
  return {
    customers: [
      'number,name,credit_limit,credit_currency',
      ...partners.map((partner) => `${partner},${partner},1000000000000,USD`),
    ].join('\n'),
    'ship-tos': [
      'customer,code,zone,country',
      ...partners.flatMap((partner) =>
        Array.from({ length: STORES }, (_, n) => `${partner},${10_000 + n},${ZONES[n % ZONES.length]},US`),
      ),
    ].join('\n'),
    agreements: [
      'kind,number,version,holder,currency,date_rule,valid_from',
      ...partners.map((partner) => `contract,CT-${partner},1,${partner},USD,order-date,2024-01-01`),
      'list,LIST,1,,USD,order-date,2024-01-01',
    ].join('\n'),
    'price-terms': ['agreement,version,position,item,unit,basis,form,price,tiers', ...terms, ...listed].join(
      '\n',
    ),
    warehouses: JSON.stringify(
      WAREHOUSES.map((id, w) => ({
        id,
        name: id,
        zones: Object.fromEntries(ZONES.map((zone, z) => [zone, { cost: String(10 + w + z), days: 2 }])),
      })),
    ),
    stock: [
      'item,warehouse,on_hand,safety',
      ...numbers.flatMap((i) => WAREHOUSES.map((warehouse) => `${itemOf(i)},${warehouse},10000000,100`)),
    ].join('\n'),
  } as const;
}

/** One interchange of 850s of three to seven lines, most at the right price. */
export function makeFile(identity: string, control: number, orders: number, random: Random): Buffer {
  const sets = Array.from({ length: orders }, (_, n) =>
    makeOrder(`${control}-${n + 1}`, n + 1, 3 + random(5), random),
  );
  return makeInterchange(identity, control, sets);
}

/** One interchange of one 850 of so many lines. */
export function makeLongOrder(identity: string, control: number, lines: number, random: Random): Buffer {
  return makeInterchange(identity, control, [makeOrder(`${control}-1`, 1, lines, random)]);
}

export function makeInterchange(identity: string, control: number, sets: readonly string[][]): Buffer {
  const id = identity.slice(3);
  const number = String(control).padStart(9, '0');
  const segments = [
    `ISA*00*${' '.repeat(10)}*00*${' '.repeat(10)}*ZZ*${id.padEnd(15)}*ZZ*${'CAUSEWAY'.padEnd(15)}*260105*0915*U*00401*${number}*0*P*>`,
    `GS*PO*${id}*CAUSEWAY*20260105*0915*${control}*X*004010`,
    ...sets.flat(),
    `GE*${sets.length}*${control}`,
    `IEA*1*${number}`,
  ];
  return Buffer.from(`${segments.join('~')}~`);
}

function makeOrder(name: string, place: number, lines: number, random: Random): string[] {
  const control = String(place).padStart(4, '0');
  const store = 10_000 + random(STORES);
  const body = [
    `BEG*00*NE*PO${name}**20260105`,
    'CUR*BY*USD',
    `REF*DP*${100 + random(900)}`,
    'DTM*002*20360118',
    `N1*ST*Industrial Supply, Plant ${store}*92*${store}`,
    `N3*${1 + random(9_999)} Commerce Way`,
    'N4*Springfield*IL*62701*US',
  ];
  for (let line = 1; line <= lines; line += 1) {
    const item = random(ITEMS);
    const price = random(20) === 0 ? '999.99' : priceOf(item);
    body.push(`PO1*${line}*${1 + random(500)}*EA*${price}*PE*BP*${partOf(item)}*VP*${itemOf(item)}`);
    body.push(`PID*F****Pressure transmitter ${item}, stainless`);
  }
  body.push(`CTT*${lines}`);
  return makeSet(control, body);
}

export function makeSet(control: string, body: readonly string[]): string[] {
  return [`ST*850*${control}`, ...body, `SE*${body.length + 2}*${control}`];
}

function itemOf(i: number): string {
  return `PT-${100_000 + i}`;
}

function partOf(i: number): string {
  return `B${200_000 + i}`;
}

function priceOf(i: number): string {
  return `${1 + (i % 400)}.${String(i % 100).padStart(2, '0')}`;
}
