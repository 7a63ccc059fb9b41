import test from 'ava';
import { toBig } from '../../src/lib/decimal.ts';
import { inTransaction } from '../../src/store/database.ts';
import { saveEffects } from '../../src/store/effects.ts';
import { lockOrderedToDate } from '../../src/store/ordered-to-date.ts';
import { agreement, book, term } from '../domain/pricing/support.ts';
import { testDatabase } from '../support/database.ts';

const TIERS = { kind: 'cumulative-tiers', tiers: [{ from: '0', price: '2.00' }] } as const;
const C1 = agreement({ number: 'C-1' });
const NOTHING = { allocations: [], blankets: [], bookings: [], exposures: [], revisions: [] };

test('eight workers each see all that the others have ordered before them', async (t) => {
  const { db } = await testDatabase(t);
  const items = ['BOLT', 'NUT'];
  await db('item').insert(items.map((number) => ({ number, description: number, unit: 'EA' })));
  const terms = items.map((item) => term(C1, '', { item, form: TIERS }));
  const seen = new Map<string, string[]>(items.map((item) => [`C-1:${item}`, []]));
  const work = async (worker: number) => {
    for (let round = 0; round < 10; round += 1) {
      await inTransaction(db, async (tx) => {
        // Half of the workers name the items in another order, and wait for nobody who waits for them.
        const given = book(worker % 2 === 0 ? terms : terms.toReversed());
        const before = await lockOrderedToDate(tx, 'ACME', given);
        const ordered = items.map((item) => ({ agreement: 'C-1', item, customer: 'ACME', quantity: '10' }));
        await saveEffects(tx, { ...NOTHING, ordered });
        for (const [key, all] of seen) all.push(before.get(key)!);
      });
    }
  };

  await Promise.all(Array.from({ length: 8 }, (_, worker) => work(worker)));

  const each = Array.from({ length: 80 }, (_, i) => String(i * 10));
  for (const all of seen.values())
    t.deepEqual(
      all.toSorted((a, b) => toBig(a).cmp(b)),
      each,
    );
});

test('where no price goes by what is ordered to date, nothing is locked and nothing is asked', async (t) => {
  const { db } = await testDatabase(t);
  const given = book([term(C1, '2.00', { item: 'BOLT' })]);
  t.deepEqual(await lockOrderedToDate(db, 'ACME', given), new Map());
  t.deepEqual(await db('agreement_ordered'), []);
});
