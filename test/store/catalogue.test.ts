import test from 'ava';
import { importMasterData } from '../../src/pipeline/import/import-master-data.ts';
import { loadFileFacts } from '../../src/store/file-facts.ts';
import { testDatabase } from '../support/database.ts';

const ITEMS = 'number,description,unit,active\nW-1,HEX BOLT,EA,true\nW-2,,CA,false\n';
const PRICES = `partner,item,unit,currency,price,valid_from,valid_to
acme,W-1,EA,USD,3.2500,2026-01-01,
acme,W-1,EA,USD,3.10,2025-01-01,2025-12-31
acme,W-1,EA,EUR,9,2026-01-01,
other,W-1,EA,USD,1,2026-01-01,
`;
const REFERENCES = `partner,qualifier,value,item
acme,BP,PART-1001,W-1
acme,VP,W-2,W-1
other,BP,PART-2,W-2
`;

test("a partner's word for an item comes before our own number, and its prices are those of nobody else", async (t) => {
  const { db } = await testDatabase(t);
  await importMasterData({ db }, 'items', ITEMS);
  await importMasterData({ db }, 'prices', PRICES);
  await importMasterData({ db }, 'cross-references', REFERENCES);
  const products = [
    { qualifier: 'BP', value: 'PART-1001' },
    { qualifier: 'BP', value: 'PART-2' },
    { qualifier: 'VP', value: 'W-2' },
    { qualifier: 'SK', value: 'W-2' },
    { qualifier: 'UP', value: 'W-1' },
  ];
  const { catalogue, prices } = await db.transaction((tx) =>
    loadFileFacts(tx, {
      files: [],
      partner: 'acme',
      interchanges: [],
      orders: [],
      products,
      onDate: '2026-11-21',
      currency: 'USD',
      customer: 'acme',
      shipTos: [],
    }),
  );
  t.deepEqual(Object.fromEntries(catalogue.itemOf), {
    'BP:PART-1001': 'W-1',
    'VP:W-2': 'W-1',
    'SK:W-2': 'W-2',
  });
  t.like(catalogue.items.get('W-1'), { description: 'HEX BOLT', unit: 'EA', status: 'active' });
  t.like(catalogue.items.get('W-2'), { unit: 'CA', status: 'discontinued', description: undefined });
  const terms = prices.terms.get('W-1') ?? [];
  const ofToday = terms.filter(
    ({ agreement }) => agreement.validFrom <= '2026-11-21' && agreement.currency === 'USD',
  );
  t.true(ofToday.some(({ form }) => form.kind === 'fixed' && form.price === '3.2500'));
  t.false(terms.some(({ form }) => form.kind === 'fixed' && form.price === '1'));
});
