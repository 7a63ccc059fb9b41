import type { Random } from './random.ts';
import { baseCents, customerOf, GROUPS, itemOf, money, ZONES } from './seed-catalogue.ts';
import { type SeedSize, table } from './seed-table.ts';

const COLUMNS = [
  ...[
    'agreement',
    'version',
    'position',
    'item',
    'unit',
    'basis',
    'form',
    'price',
    'tiers',
    'percent',
    'floor',
  ],
  ...[
    'cap',
    'minimum_quantity',
    'zone',
    'promotion',
    'bundle',
    'valid_from',
    'valid_to',
    'allowance',
    'charge',
  ],
] as const;

type Term = Partial<Record<(typeof COLUMNS)[number], string | number>>;

const LISTS = ['LIST-2026', 'LIST-2027'] as const;

/** Contracts of customers, then as many group contracts as there are groups, then lists; the first of every ten terms of a contract makes a bundle with the second. */
export function makePrices(size: SeedSize, random: Random) {
  const { contracts, customers } = size;
  const own = Array.from({ length: contracts }, (_, n) => `CT-${10_001 + n}`);
  const ofGroups = GROUPS.map((group) => `GC-${group}`);
  const itemsOf = new Map([...own, ...ofGroups].map((number) => [number, pickItems(size, random)] as const));
  const terms = [...itemsOf].flatMap(([number, items]) => items.map((item, n) => makeTerm(number, n, item)));
  const bundles = own.flatMap((number) => {
    const [first, second] = itemsOf.get(number)!;
    return [`${number},1,KIT,${itemOf(first!)},50`, `${number},1,KIT,${itemOf(second!)},10`];
  });
  return {
    agreements: table('kind,number,version,holder,currency,date_rule,valid_from,valid_to', [
      ...own.map((number, n) => {
        const rule = n % 3 === 0 ? 'requested-ship-date' : 'order-date';
        return `contract,${number},1,${customerOf(n % customers)},USD,${rule},2026-01-01,2027-12-31`;
      }),
      ...ofGroups.map((number, n) => `group-contract,${number},1,${GROUPS[n]},USD,order-date,2026-01-01,`),
      'list,LIST-2026,1,,USD,order-date,2026-01-01,2026-12-31',
      'list,LIST-2027,1,,USD,order-date,2027-01-01,',
    ]),
    bundles: table('agreement,version,bundle,item,quantity', bundles),
    'price-terms': table(COLUMNS.join(), [...terms, ...makeListTerms(size)].map(writeTerm)),
  };
}

/** Different items: one contract has one price of an item in each of its forms. */
function pickItems({ items, termsPerContract }: SeedSize, random: Random): readonly number[] {
  const start = random(items);
  return Array.from({ length: termsPerContract }, (_, n) => (start + n * 13) % items);
}

/** The ten forms of a price in turn. */
function makeTerm(agreement: string, n: number, item: number): Term {
  const base = baseCents(item);
  const term = { agreement, version: 1, position: n + 1, item: itemOf(item), unit: 'EA', basis: 'PE' };
  const fixed = { ...term, form: 'fixed', price: money(base) };
  const tiers = (step: number) =>
    [1, 100, 1_000]
      .map((from, i) => `${from}=${money(base - Math.floor((base * i * step) / 100))}`)
      .join(';');
  const bundle = agreement.startsWith('CT-') ? { bundle: 'KIT' } : {};
  const forms: readonly Term[] = [
    { ...fixed, ...bundle, price: money(Math.floor(base * 0.9)) },
    fixed,
    { ...term, form: 'line-tiers', tiers: tiers(5) },
    { ...term, form: 'cumulative-tiers', tiers: tiers(7) },
    { ...term, form: 'cost-plus', percent: '18.5', floor: money(Math.floor(base / 2)), cap: money(base * 2) },
    { ...fixed, zone: ZONES[n % ZONES.length]! },
    { ...fixed, promotion: 'AUTUMN', valid_from: '2026-09-01', valid_to: '2026-11-30' },
    { ...fixed, unit: 'CA', price: money(base * 95), minimum_quantity: 2 },
    { ...fixed, basis: 'HP', price: money(base * 98), allowance: 'C310 2% Early order' },
    { ...fixed, charge: 'D240 25.00 Freight;F050 0.05/unit' },
  ];
  return forms[n % forms.length]!;
}

/** Every item has a list price, and another in the west. */
function makeListTerms({ items }: SeedSize): readonly Term[] {
  return LISTS.flatMap((agreement, year) =>
    Array.from({ length: items }, (_, i) => {
      const price = baseCents(i) + 40 + year * 10;
      const term = { agreement, version: 1, item: itemOf(i), unit: 'EA', basis: 'PE', form: 'fixed' };
      return [
        { ...term, position: 2 * i + 1, price: money(price) },
        { ...term, position: 2 * i + 2, price: money(price + 25), zone: 'WEST' },
      ];
    }).flat(),
  );
}

function writeTerm(term: Term): string {
  return COLUMNS.map((column) => term[column] ?? '').join();
}
