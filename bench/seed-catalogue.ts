import type { Random } from './random.ts';
import { type SeedSize, table } from './seed-table.ts';

export function itemOf(i: number): string {
  return `IT-${String(100_001 + i)}`;
}

export function customerOf(i: number): string {
  return `CU-${String(1_001 + i)}`;
}

export const GROUPS = ['PLATINUM', 'GOLD', 'SILVER', 'BRONZE', 'MRO', 'OEM', 'EXPORT', 'PUBLIC'] as const;
export const ZONES = ['EAST', 'SOUTH', 'MIDWEST', 'WEST'] as const;
const REGIONS = { EAST: 'NY', SOUTH: 'TX', MIDWEST: 'OH', WEST: 'CA' } as const;
const NAMES = [
  'Hex bolt',
  'Flat washer',
  'Pressure gauge',
  'Ball valve',
  'Gate valve',
  'Pump seal',
  'Coupling',
];

/** Every twentieth item is serialised, every thirtieth is hazardous. */
export function isSerialised(i: number): boolean {
  return i % 20 === 7;
}

export function makeCatalogue({ items, customers }: SeedSize, random: Random) {
  const numbers = Array.from({ length: items }, (_, i) => i);
  return {
    items: table(
      'number,description,unit,status,hazard,serialised,minimum,maximum,multiple,customers,barred',
      numbers.map((i) => {
        const status = i % 97 === 0 ? 'discontinued' : i % 41 === 0 ? 'phase-out' : 'active';
        const barred = i % 61 === 0 ? 'US-CA;CU' : '';
        const limits = i % 4 === 0 ? '10,100000,10' : ',,';
        const only = i % 211 === 0 ? `${customerOf(i % customers)};${customerOf((i + 1) % customers)}` : '';
        const name = `"${NAMES[i % NAMES.length]} ${i}, ${1 + random(40)} mm"`;
        const hazard = i % 30 === 11 ? '3' : '';
        return `${itemOf(i)},${name},EA,${status},${hazard},${isSerialised(i)},${limits},${only},${barred}`;
      }),
    ),
    units: table(
      'item,unit,factor',
      numbers.flatMap((i) => [
        `${itemOf(i)},BX,${[10, 12, 20, 25][i % 4]}`,
        `${itemOf(i)},CA,${[100, 144, 200, 250][i % 4]}`,
      ]),
    ),
    relations: table(
      'item,kind,other,rank',
      numbers
        .filter((i) => i % 10 === 3 && i + 2 < items)
        .flatMap((i) => [
          `${itemOf(i)},substitute,${itemOf(i + 1)},1`,
          `${itemOf(i)},substitute,${itemOf(i + 2)},2`,
          ...(i % 100 === 3 ? [`${itemOf(i)},incompatible,${itemOf(i - 1)},`] : []),
          ...(i % 100 === 13 ? [`${itemOf(i)},requires,${itemOf(i - 1)},`] : []),
        ]),
    ),
    costs: table(
      'item,currency,valid_from,cost',
      numbers.flatMap((i) => [
        `${itemOf(i)},USD,2025-01-01,${costOf(i, 0)}`,
        `${itemOf(i)},USD,2026-01-01,${costOf(i, 1)}`,
      ]),
    ),
  };
}

/** Cost and the prices that follow from it, in cents so that they are the same on every machine. */
function costOf(i: number, year: number): string {
  return money(50 + ((i * 37) % 40_000) + year * 3);
}

export function money(cents: number): string {
  return `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
}

export function baseCents(i: number): number {
  return 80 + ((i * 37) % 40_000) * 2;
}

export function makeCustomers({ customers }: SeedSize, random: Random) {
  const numbers = Array.from({ length: customers }, (_, i) => i);
  const shipTos = numbers.flatMap((i) => ZONES.map((zone, n) => ({ i, zone, code: `DC${n + 1}` })));
  return {
    customers: table(
      'number,name,price_group,priority,credit_limit,credit_currency,grace_days,payment_terms',
      numbers.map((i) => {
        const credit = i % 10 === 9 ? ',' : `${50_000 + 10_000 * random(100)}.00,USD`;
        const group = GROUPS[i % GROUPS.length];
        return `${customerOf(i)},Customer ${i},${group},${random(10)},${credit},${random(15)},NET${30 + 15 * random(3)}`;
      }),
    ),
    'ship-tos': table(
      'customer,code,name,zone,country,region,postal_code',
      shipTos.map(
        ({ i, zone, code }) =>
          `${customerOf(i)},${code},Customer ${i} ${code},${zone},US,${REGIONS[zone]},${10_000 + i}`,
      ),
    ),
    receivables: table(
      'customer,number,currency,amount,due',
      numbers.flatMap((i) =>
        Array.from(
          { length: 10 },
          (_, n) =>
            `${customerOf(i)},INV-${i}-${n},USD,${money(10_000 + random(500_000))},2026-${10 + (n % 3)}-15`,
        ),
      ),
    ),
  };
}
