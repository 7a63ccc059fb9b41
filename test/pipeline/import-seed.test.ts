import test from 'ava';
import { makeSeed } from '../../bench/seed.ts';
import { importMasterData } from '../../src/pipeline/import/import-master-data.ts';
import { testDatabase } from '../support/database.ts';

const SMALL = { items: 400, customers: 20, contracts: 10, termsPerContract: 20 };

test('the seed data set is the same every time, goes in whole, and only once', async (t) => {
  const seed = makeSeed(SMALL);
  t.deepEqual(makeSeed(SMALL), seed);
  const { db } = await testDatabase(t);
  for (const expected of ['inserted', 'unchanged'] as const) {
    for (const [kind, text] of seed) {
      const imported = await importMasterData({ db }, kind, text);
      t.deepEqual(imported.mistakes, [], kind);
      t.is(imported[expected], imported.rows, kind);
    }
  }
});

test('its contracts hold every form of price, with zones, promotions, bundles, allowances and charges', async (t) => {
  const { db } = await testDatabase(t);
  for (const [kind, text] of makeSeed(SMALL)) await importMasterData({ db }, kind, text);
  const terms = await db('price_term').where('agreement', 'like', 'CT-%');
  const all = (column: string) => [...new Set(terms.map((term) => term[column]))].sort();
  t.deepEqual([...new Set(terms.map(({ form }) => form.kind))].sort(), [
    'cost-plus',
    'cumulative-tiers',
    'fixed',
    'line-tiers',
  ]);
  t.deepEqual(all('price_basis'), ['HP', 'PE']);
  t.deepEqual(all('unit'), ['CA', 'EA']);
  for (const column of ['zone', 'promotion', 'bundle', 'minimum_quantity', 'valid_from', 'valid_to'])
    t.true(
      terms.some((term) => term[column] !== null),
      column,
    );
  const indicators = terms.flatMap(({ adjustments }) =>
    adjustments.map((one: { indicator: string }) => one.indicator),
  );
  t.deepEqual([...new Set(indicators)].sort(), ['allowance', 'charge']);
});
