import test from 'ava';
import { loadCatalogue } from '../../src/store/catalogue.ts';
import { importCrossReferences, importItems, importPrices } from '../../src/store/master-data.ts';
import { testDatabase } from '../support/database.ts';

const ITEMS = [
  { number: 'W-1', description: 'HEX BOLT', unit: 'EA', active: true },
  { number: 'W-2', unit: 'CA', active: false },
];
const PRICE = { partner: 'acme', item: 'W-1', unit: 'EA', currency: 'USD', priceBasis: 'PE' };
const PRICES = [
  { ...PRICE, price: '3.2500', validFrom: '2026-01-01' },
  { ...PRICE, price: '3.10', validFrom: '2025-01-01', validTo: '2025-12-31' },
  { ...PRICE, price: '9', currency: 'EUR', validFrom: '2026-01-01' },
  { ...PRICE, price: '1', partner: 'other', validFrom: '2026-01-01' },
];

test('an import done again changes nothing, and says what it did', async (t) => {
  const { db } = await testDatabase(t);
  const counts = { inserted: 0, updated: 0, unchanged: 0, unknownItems: [] };
  t.deepEqual(await importItems(db, ITEMS), { ...counts, inserted: 2 });
  t.deepEqual(await importItems(db, ITEMS), { ...counts, unchanged: 2 });
  t.deepEqual(await importItems(db, [{ ...ITEMS[0]!, active: false }, ITEMS[1]!]), {
    ...counts,
    updated: 1,
    unchanged: 1,
  });
  t.deepEqual(await importPrices(db, PRICES), { ...counts, inserted: 4 });
  t.deepEqual(await importPrices(db, [...PRICES, { ...PRICES[0]!, item: 'W-9' }]), {
    ...counts,
    unchanged: 4,
    unknownItems: ['W-9'],
  });
});

test("a partner's word for an item comes before our own number; prices are those of the day", async (t) => {
  const { db } = await testDatabase(t);
  await importItems(db, ITEMS);
  await importPrices(db, PRICES);
  await importCrossReferences(db, [
    { partner: 'acme', qualifier: 'BP', value: 'PART-1001', item: 'W-1' },
    { partner: 'acme', qualifier: 'VP', value: 'W-2', item: 'W-1' },
    { partner: 'other', qualifier: 'BP', value: 'PART-2', item: 'W-2' },
  ]);
  const ids = [
    { qualifier: 'BP', value: 'PART-1001' },
    { qualifier: 'BP', value: 'PART-2' },
    { qualifier: 'VP', value: 'W-2' },
    { qualifier: 'SK', value: 'W-2' },
    { qualifier: 'UP', value: 'W-1' },
  ];
  const catalogue = await loadCatalogue(db, 'acme', ids, '2026-11-21', 'USD');
  t.deepEqual(Object.fromEntries(catalogue.itemOf), {
    'BP:PART-1001': 'W-1',
    'VP:W-2': 'W-1',
    'SK:W-2': 'W-2',
  });
  t.deepEqual(catalogue.items.get('W-1'), {
    ...ITEMS[0]!,
    prices: [{ unit: 'EA', price: '3.2500', basis: 'PE', validFrom: '2026-01-01' }],
  });
  t.deepEqual(catalogue.items.get('W-2'), { ...ITEMS[1]!, prices: [] });
  const before = await loadCatalogue(db, 'acme', ids, '2025-12-31', 'USD');
  t.is(before.items.get('W-1')?.prices[0]?.price, '3.10');
});

test('thousands of rows are imported in batches', async (t) => {
  const { db } = await testDatabase(t);
  const items = Array.from({ length: 5_000 }, (_, n) => ({ number: `I-${n}`, unit: 'EA', active: true }));
  t.is((await importItems(db, items)).inserted, 5_000);
  const prices = items.map(({ number }) => ({ ...PRICES[0]!, item: number }));
  t.is((await importPrices(db, prices)).inserted, 5_000);
});
