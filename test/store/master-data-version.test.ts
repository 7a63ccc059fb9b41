import test, { type ExecutionContext } from 'ava';
import { importMasterData } from '../../src/pipeline/import/import-master-data.ts';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { testDatabase } from '../support/database.ts';
import { askFacts, listItems, listPrices } from '../support/stored-facts.ts';

const ITEMS = `
  insert into item (number, description, unit) values
    ('W-1', 'Bolt', 'EA'), ('W-2', 'Nut', 'EA'), ('W-3', 'Pin', 'EA'), ('W-4', 'Long bolt', 'EA');
  insert into item_relation (item, kind, other) values ('W-1', 'substitute', 'W-4');
  insert into price (partner, item, unit, currency, price, price_basis, valid_from) values
    ('acme', 'W-1', 'EA', 'USD', 1, 'PE', '2026-01-01'), ('acme', 'W-2', 'EA', 'USD', 2, 'PE', '2026-01-01'),
    ('acme', 'W-3', 'EA', 'USD', 3, 'PE', '2026-01-01')`;

const MORE = `
  insert into customer (number, name, price_group) values ('acme', 'Acme', 'GOLD'), ('other', 'Other', 'IRON');
  insert into item_unit (item, unit, factor) values ('W-1', 'CA', 12);
  insert into item_cross_reference (partner, qualifier, value, item) values ('acme', 'BP', 'BOLT', 'W-1');
  insert into item_cost (item, currency, valid_from, cost) values ('W-1', 'USD', '2026-01-01', 0.5);
  insert into agreement (kind, number, version, holder, currency, valid_from) values
    ('contract', 'C-1', 1, 'acme', 'USD', '2026-01-01'), ('group-contract', 'G-1', 1, 'GOLD', 'USD', '2026-01-01');
  insert into price_bundle (agreement, version, bundle, item, quantity) values ('C-1', 1, 'SET', 'W-1', 2);
  insert into price_term (agreement, version, position, item, unit, form, bundle) values
    ('C-1', 1, 1, 'W-1', 'EA', '{"kind":"fixed","price":"0.90"}', 'SET'),
    ('G-1', 1, 1, 'W-1', 'EA', '{"kind":"fixed","price":"0.95"}', null)`;

/** A pool of its own to the same database, as another process has it. */
function another(t: ExecutionContext, url: string): Database {
  const db = openDatabase(url);
  t.teardown(() => db.destroy());
  return db;
}

test('what was loaded once is kept ready-made until an import elsewhere changes it', async (t) => {
  const { db, url } = await testDatabase(t);
  await db.raw(ITEMS);
  const first = await askFacts(db, ['W-1', 'UNKNOWN']);
  const second = await db.transaction(async (tx) => await askFacts(tx, ['W-1', 'UNKNOWN']));
  t.truthy(first.catalogue.items.get('W-1'));
  t.is(second.catalogue.items.get('W-1'), first.catalogue.items.get('W-1'));
  t.is(second.prices.terms.get('W-1'), first.prices.terms.get('W-1'));

  const prices = 'partner,item,unit,currency,price,valid_from\nacme,W-1,EA,USD,1.50,2026-01-01\n';
  await importMasterData({ db: another(t, url) }, 'prices', prices);
  await importMasterData({ db: another(t, url) }, 'items', 'number,unit\nUNKNOWN,EA\n');

  const third = await askFacts(db, ['W-1', 'UNKNOWN']);
  t.deepEqual(listPrices(third, 'W-1'), ['1.50']);
  t.deepEqual(listItems(third.catalogue), ['UNKNOWN', 'W-1', 'W-4']);
});

/** What is written by hand, as with psql, to each table that is kept. */
const CHANGES = [
  `update item set description = 'Bolt, zinc' where number = 'W-1'`,
  `update item_unit set factor = 10`,
  `delete from item_relation`,
  `insert into item_relation (item, kind, other) values ('W-1', 'requires', 'W-2')`,
  `update item_cost set cost = 0.6`,
  `update item_cross_reference set item = 'W-2'`,
  `update price set price = 1.10 where item = 'W-1'`,
  `update agreement set valid_to = '2026-12-31' where number = 'C-1'`,
  `update price_term set form = '{"kind":"fixed","price":"0.85"}' where agreement = 'C-1'`,
  `update price_bundle set quantity = 3`,
  `update customer set price_group = 'IRON' where number = 'acme'`,
  `insert into item (number, unit) values ('LATER', 'EA')`,
  `truncate price`,
  `with gone as (delete from price_term where agreement = 'C-1' returning 1) select * from gone`,
  `delete from price_term; delete from price_bundle; delete from agreement`,
  `delete from customer where number = 'acme'`,
];

test('each change that is written by hand is seen by the next file', async (t) => {
  const { db, url } = await testDatabase(t);
  await db.raw(`${ITEMS};${MORE}`);
  const products = [
    { qualifier: 'BP', value: 'BOLT' },
    ...['W-1', 'W-2', 'LATER'].map((value) => ({ qualifier: 'VP', value })),
  ];
  const ask = async (from: Database) => await askFacts(from, [], { products });
  let before = await ask(db);
  for (const change of CHANGES) {
    await another(t, url).raw(change);

    const after = await ask(db);

    t.notDeepEqual(after, before, change);
    t.deepEqual(after, await ask(another(t, url)), `${change}: as who has kept nothing sees it`);
    before = after;
  }
});

test('what orders change takes nothing away', async (t) => {
  const { db } = await testDatabase(t);
  await db.raw(`${ITEMS};${MORE}`);
  const before = await askFacts(db, ['W-1']);

  await db.raw(`update customer set accepted_not_shipped = 5, shipped_not_invoiced = 5;
    insert into warehouse (id, name) values ('DAY', 'Dayton');
    insert into stock (item, warehouse, on_hand) values ('W-1', 'DAY', 10);
    insert into agreement_ordered (agreement, item, customer, quantity) values ('C-1', 'W-1', 'acme', 1)`);

  t.is((await askFacts(db, ['W-1'])).catalogue.items.get('W-1'), before.catalogue.items.get('W-1'));
});

test('facts are of one version, whether a change commits before or after they are asked for', async (t) => {
  const { db, url } = await testDatabase(t);
  await db.raw(ITEMS);
  const pricesOf = async (...items: string[]) => {
    const facts = await askFacts(db, items);
    return items.map((item) => listPrices(facts, item).join());
  };
  await askFacts(db, ['W-1']);
  const change = await another(t, url).transaction();
  await change.raw('update price set price = price + 10');

  const meanwhile = await pricesOf('W-1', 'W-2');
  await change.commit();
  const afterwards = await pricesOf('W-1', 'W-2', 'W-3');

  t.deepEqual(meanwhile, ['1', '2'], 'one was kept, and one is loaded beside it');
  t.deepEqual(afterwards, ['11', '12', '13'], 'two were kept, and one is loaded');
});

test('what a transaction wrote and took back is not kept', async (t) => {
  const { db, url } = await testDatabase(t);
  await db.raw(ITEMS);
  const priceOf = async (from: Database) => listPrices(await askFacts(from, ['W-1']), 'W-1').join();
  const tx = await db.transaction();
  await tx.raw('update price set price = 7');
  t.is(await priceOf(tx), '7');
  await tx.raw('update price set price = 8');
  t.is(await priceOf(tx), '8');
  await tx.rollback();
  t.is(await priceOf(db), '1');

  await another(t, url).raw('update price set price = 9');

  t.is(await priceOf(db), '9');
});

test('who has no version any more keeps nothing, and the next change gives one', async (t) => {
  const { db } = await testDatabase(t);
  await db.raw(ITEMS);
  const bolt = async () => (await askFacts(db, ['W-1'])).catalogue.items.get('W-1');
  await db.raw('truncate master_data_version');
  t.not(await bolt(), await bolt());

  await db.raw(`update item set description = 'Bolt, zinc' where number = 'W-1'`);

  t.is(await bolt(), await bolt());
});

test('a new day looks at dates anew', async (t) => {
  const { db } = await testDatabase(t);
  await db.raw(`${ITEMS};
    insert into item_cost (item, currency, valid_from, cost) values
      ('W-1', 'USD', '2026-01-01', 0.5), ('W-1', 'USD', '2026-11-22', 0.6)`);
  const costOn = async (onDate: string) =>
    (await askFacts(db, ['W-1'], { onDate })).prices.costs.get('W-1')?.cost;

  t.is(await costOn('2026-11-21'), '0.5');
  t.is(await costOn('2026-11-22'), '0.6');
  t.is(await costOn('2026-11-21'), '0.5');
});

test("a partner's words, prices and contracts are never another's", async (t) => {
  const { db } = await testDatabase(t);
  await db.raw(`${ITEMS};${MORE};
    insert into item_cross_reference (partner, qualifier, value, item) values ('other', 'BP', 'BOLT', 'W-2');
    insert into price (partner, item, unit, currency, price, price_basis, valid_from)
      values ('other', 'W-1', 'EA', 'USD', 5, 'PE', '2026-01-01')`);
  const products = ['BP', 'VP'].map((qualifier) => ({
    qualifier,
    value: qualifier === 'BP' ? 'BOLT' : 'W-1',
  }));
  const ask = async (partner: string, customer = partner) =>
    await askFacts(db, [], { partner, customer, products });
  for (const round of ['loaded', 'kept']) {
    const ours = await ask('acme');
    const theirs = await ask('other');
    const onBehalf = await ask('acme', 'other');
    t.is(ours.catalogue.itemOf.get('BP:BOLT'), 'W-1', round);
    t.is(theirs.catalogue.itemOf.get('BP:BOLT'), 'W-2', round);
    t.deepEqual(listPrices(ours, 'W-1'), ['0.90', '0.95', '1'], round);
    t.deepEqual(listPrices(theirs, 'W-1'), ['5'], round);
    t.deepEqual(listPrices(onBehalf, 'W-1'), ['1'], round);
  }
});

test('a file is told of what it asks about and the substitutes, whatever else is kept', async (t) => {
  const { db } = await testDatabase(t);
  await db.raw(ITEMS);
  await askFacts(db, ['W-1', 'W-2', 'W-3', 'UNKNOWN']);

  const { catalogue, prices } = await askFacts(db, ['W-1']);

  t.deepEqual([...catalogue.itemOf], [['VP:W-1', 'W-1']]);
  t.deepEqual(listItems(catalogue), ['W-1', 'W-4']);
  t.deepEqual([...prices.terms.keys()].sort(), ['W-1', 'W-4']);
});

test('an item that came as a substitute brings its own once it is asked for itself', async (t) => {
  const { db } = await testDatabase(t);
  await db.raw(`${ITEMS}; insert into item_relation (item, kind, other) values ('W-4', 'substitute', 'W-3')`);
  await askFacts(db, ['W-1']);

  const { catalogue } = await askFacts(db, ['W-4']);

  t.deepEqual(listItems(catalogue), ['W-3', 'W-4']);
});

test('what is kept of one database is not told of another, be its version the same', async (t) => {
  const databases = [await testDatabase(t), await testDatabase(t)];
  const prices: string[] = [];
  for (const [i, { db }] of databases.entries()) {
    await db.raw(`${ITEMS}; update price set price = 5${i};
      update master_data_version set version = '0197a9f0-0000-7000-8000-000000000000'`);
    prices.push(...listPrices(await askFacts(db, ['W-1']), 'W-1'));
  }
  t.deepEqual(prices, ['50', '51']);
});
