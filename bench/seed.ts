import type { ImportKind } from '../src/pipeline/import/kinds.ts';
import { createRandom, type Random } from './random.ts';
import { isSerialised, itemOf, makeCatalogue, makeCustomers, ZONES } from './seed-catalogue.ts';
import { makePrices } from './seed-prices.ts';
import { type SeedSize, table } from './seed-table.ts';

const WAREHOUSES = ['W1', 'W2', 'W3'] as const;

/** What a distributor of some size has. */
export const SEED_SIZE: SeedSize = { items: 10_000, customers: 200, contracts: 500, termsPerContract: 20 };

/** The files of a seed data set, in the order in which they go in; the same every time. */
export function makeSeed(size: SeedSize = SEED_SIZE): readonly (readonly [ImportKind, string])[] {
  const random = createRandom(20_261_122);
  const files: Partial<Record<ImportKind, string>> = {
    ...makeCatalogue(size, random),
    ...makeCustomers(size, random),
    ...makePrices(size, random),
    ...makeStock(size, random),
  };
  return Object.entries(files) as [ImportKind, string][];
}

function makeStock({ items }: SeedSize, random: Random) {
  const numbers = Array.from({ length: items }, (_, i) => i);
  const places = numbers.flatMap((i) =>
    WAREHOUSES.filter((_, w) => (i + w) % 3 !== 0).map((w) => ({ i, w })),
  );
  return {
    warehouses: JSON.stringify(
      WAREHOUSES.map((id, w) => ({
        id,
        name: `Warehouse ${w + 1}`,
        hazards: w === 2 ? [] : ['3', '8'],
        destinations: ['US', 'CA', 'MX'],
        zones: Object.fromEntries(
          ZONES.map((zone, z) => [
            zone,
            { cost: `${10 + 4 * Math.abs(w - z)}.50`, days: 1 + Math.abs(w - z) },
          ]),
        ),
        load: w,
      })),
    ),
    stock: table(
      'item,warehouse,on_hand,safety',
      places.map(({ i, w }) => `${itemOf(i)},${w},${random(5_000)},${random(50)}`),
    ),
    'stock-receipts': table(
      'item,warehouse,reference,expected,quantity',
      places
        .filter((_, n) => n % 2 === 0)
        .map(({ i, w }) => `${itemOf(i)},${w},PO-${i},2026-12-${10 + (i % 20)},${1 + random(2_000)}`),
    ),
    serials: table(
      'item,serial,warehouse,attributes',
      numbers
        .filter(isSerialised)
        .flatMap((i) =>
          Array.from(
            { length: 10 },
            (_, n) =>
              `${itemOf(i)},SN-${i}-${n},${WAREHOUSES[n % 3]},revision=${'ABC'[n % 3]};lot=L${i % 50}`,
          ),
        ),
    ),
  };
}
