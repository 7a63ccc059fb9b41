import test from 'ava';
import { importMasterData } from '../../src/pipeline/import/import-master-data.ts';
import { openDatabase } from '../../src/store/database.ts';
import { testDatabase } from '../support/database.ts';
import { askFacts, listPrices } from '../support/stored-facts.ts';

const ITEMS = Array.from({ length: 12 }, (_, n) => `W-${n}`);
const PARTNERS = ['acme', 'other'];

/** After k commits each price of each partner is k, and so is the multiple of each item. */
const STEPS = ['update price set price = price + 1', 'update item set multiple = multiple + 1'];

test('eight who write and six who load at once: none wait in a circle, and all facts are of one committed state', async (t) => {
  const { db, url } = await testDatabase(t);
  await db('item').insert(ITEMS.map((number) => ({ number, unit: 'EA', multiple: 1 })));
  const price = { unit: 'EA', currency: 'USD', price: 1, price_basis: 'PE', valid_from: '2026-01-01' };
  await db('price').insert(PARTNERS.flatMap((partner) => ITEMS.map((item) => ({ ...price, partner, item }))));
  const processes = [0, 1, 2].map(() => openDatabase(url));
  t.teardown(() => Promise.all(processes.map((each) => each.destroy())));
  let committed = 1;
  let writing = 8;
  const write = async (writer: number) => {
    for (let round = 0; round < 8; round += 1) {
      if (writer < 2) {
        await importMasterData(
          { db },
          'costs',
          `item,currency,valid_from,cost\n${ITEMS[round]},USD,2026-01-01,${writer + 2}\n`,
        );
        continue;
      }
      // Without the one row that all take first, half of them would wait for the other half.
      await db.transaction(async (tx) => {
        for (const step of writer % 2 === 0 ? STEPS : STEPS.toReversed()) await tx.raw(step);
      });
      committed += 1;
    }
    writing -= 1;
  };
  const load = async (reader: number) => {
    const partner = PARTNERS[reader % 2]!;
    const process = processes[reader % 3]!;
    const seen: string[] = [];
    for (let n = 0; writing > 0 || n < 10; n += 1) {
      const asked = ITEMS.filter((_, i) => (i * 7 + n + reader) % 3 === 0 || i === n % ITEMS.length);
      const least = committed;
      const facts = await process.transaction(async (tx) => await askFacts(tx, asked, { partner }));
      const states = asked.flatMap((item) => [
        facts.catalogue.items.get(item)?.multiple,
        ...listPrices(facts, item),
      ]);
      t.is(states.length, 2 * asked.length);
      t.is(new Set(states).size, 1, `of one state: ${states.join()}`);
      t.true(Number(states[0]) >= least, `${states[0]} is not older than ${least}, committed before`);
      seen.push(states[0]!);
    }
    t.deepEqual(
      seen.map(Number),
      seen.map(Number).sort((a, b) => a - b),
      'nothing older comes after something newer',
    );
  };

  await Promise.all([
    ...Array.from({ length: 8 }, (_, writer) => write(writer)),
    ...Array.from({ length: 6 }, (_, reader) => load(reader)),
  ]);

  t.is(committed, 1 + 6 * 8);
  t.deepEqual(listPrices(await askFacts(processes[0]!, ['W-0']), 'W-0'), [String(committed)]);
});
