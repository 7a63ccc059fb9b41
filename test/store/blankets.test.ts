import test from 'ava';
import Big from 'big.js';
import fc from 'fast-check';
import { adjustReleased, closeBlanket } from '../../src/domain/blanket/adjust-blanket.ts';
import { amendBlanket } from '../../src/domain/blanket/amend-blanket.ts';
import type { Blanket, BlanketBooking } from '../../src/domain/blanket/blanket.ts';
import { checkRelease } from '../../src/domain/blanket/check-release.ts';
import { giveBackRelease } from '../../src/domain/blanket/give-back-release.ts';
import { applyEntries, findLedgerFaults } from '../../src/domain/blanket/ledger.ts';
import {
  bookEntries,
  listBlankets,
  loadBlankets,
  readLedger,
  readOrderEntries,
  recordCumulative,
  rememberAlerts,
  saveAmendment,
} from '../../src/store/blankets.ts';
import { type Database, inTransaction, openDatabase } from '../../src/store/database.ts';
import { blanketLine, release, releaseLine, TODAY, WIDGET } from '../domain/blanket/support.ts';
import { dated, openBlankets } from '../support/blankets.ts';
import { testDatabase } from '../support/database.ts';

async function assertSound(db: Database): Promise<readonly Blanket[]> {
  const all = await listBlankets(db);
  const faults = await Promise.all(
    all.map(async (one) => findLedgerFaults(one, await readLedger(db, [one.id]))),
  );
  if (faults.flat().length > 0) throw new Error(faults.flat().join('\n'));
  return all;
}

test('a blanket is stored with its lines, its commitment in the ledger, and reads back as it was', async (t) => {
  const { db } = await testDatabase(t);
  const lines = [
    blanketLine(),
    blanketLine({ number: '10', item: 'W-2', price: undefined }),
    blanketLine({ number: '2' }),
  ];
  const { opened } = await openBlankets(db, [
    { lines, contractNumber: 'C-1', allowance: '2.5' },
    { allowance: undefined, firm: false, validFrom: undefined, validTo: undefined },
  ]);
  const [first, second] = await listBlankets(db);
  t.deepEqual(
    first!.lines.map(({ number }) => number),
    ['1', '2', '10'],
  );
  t.like(first, { contractNumber: 'C-1', allowance: '2.5', validTo: '2026-12-31', state: 'open', told: [] });
  t.like(second, { id: opened[1]!.id, firm: false, allowance: undefined, validTo: undefined });
  t.like(first!.lines[2], { item: 'W-2', committed: '1000', released: '0', price: undefined });
  await assertSound(db);
});

test('blankets are found by PO number and by contract, of the partner and of live orders alone', async (t) => {
  const { db } = await testDatabase(t);
  await openBlankets(db, [
    { contractNumber: 'C-1' },
    { contractNumber: 'C-1' },
    { contractNumber: 'C-2' },
    { partner: 'globex', poNumber: 'BK0' },
  ]);
  const find = async (numbers: string[], contracts: string[] = [], test = false) => {
    const found = await inTransaction(db, (tx) => loadBlankets(tx, 'acme', { numbers, contracts, test }));
    return found.map(({ poNumber }) => poNumber).sort();
  };
  t.deepEqual(await find(['BK0', 'BK2', 'none']), ['BK0', 'BK2']);
  t.deepEqual(await find([], ['C-1']), ['BK0', 'BK1']);
  t.deepEqual(await find(['BK2'], ['C-1']), ['BK0', 'BK1', 'BK2']);
  t.deepEqual(await find([]), []);
  t.deepEqual(await find(['BK0'], [], true), []);
});

test('what is booked is in the ledger and in the sums, whatever becomes of the blanket', async (t) => {
  const { db } = await testDatabase(t);
  const { opened, orders } = await openBlankets(db, [{}], 2);
  const id = opened[0]!.id;
  const change = (make: (now: Blanket) => readonly BlanketBooking[], order?: string) =>
    inTransaction(db, async (tx) => {
      const [now] = await loadBlankets(tx, 'acme', { numbers: ['BK0'] });
      const bookings = make(now!);
      await bookEntries(tx, dated(bookings.map((one) => ({ ...one, order }))));
      return applyEntries(now!, bookings);
    });
  const book = (kind: BlanketBooking['kind'], quantity: string) => [
    { blanket: id, line: '1', kind, quantity, reference: 'R7' },
  ];

  await change(
    (now) => checkRelease(release([releaseLine({ quantity: '300' })]), now, TODAY).bookings,
    orders[1],
  );
  await change(
    () => [...book('ship', '120.5'), ...book('receive', '100'), ...book('return', '3')],
    orders[1],
  );
  const entries = await readOrderEntries(db, orders[1]!);
  t.deepEqual(
    entries.map(({ kind, quantity }) => [kind, quantity]),
    [
      ['release', '300'],
      ['ship', '120.5'],
      ['receive', '100'],
      ['return', '3'],
    ],
  );
  await change((now) => giveBackRelease(now, entries, 'R7 closed short'), orders[1]);
  await change((now) => {
    const adjustment = adjustReleased(now, '1', '29.5', 'Ann: by telephone');
    return adjustment.kind === 'adjusted' ? [adjustment.booking] : [];
  });
  const closed = await change((now) => closeBlanket(now, 'Ann: over'));

  const [now] = await assertSound(db);
  t.like(now, { state: 'closed' });
  t.like(now!.lines[0], {
    committed: '1000',
    released: '150',
    shipped: '120.5',
    received: '100',
    returned: '3',
  });
  t.is(closed.state, 'closed');
  const last = (await readLedger(db, [id])).at(-1);
  t.like(last, { kind: 'close', reference: 'Ann: over' });
  t.true(new Big(last!.quantity).eq(850));
  t.deepEqual(await readLedger(db, [id], '2026-11-22'), []);
});

test('an entry of a line that is not there refuses all of them', async (t) => {
  const { db } = await testDatabase(t);
  const { opened } = await openBlankets(db, [{}]);
  const entry = {
    blanket: opened[0]!.id,
    line: '1',
    kind: 'release',
    quantity: '5',
    reference: 'R1',
  } as const;
  await t.throwsAsync(bookEntries(db, dated([entry, { ...entry, line: '9' }])));
  const [now] = await assertSound(db);
  t.is(now!.lines[0]!.released, '0');
});

test('an amendment keeps new lines, prices and validity; alerts and cumulative quantities are remembered', async (t) => {
  const { db } = await testDatabase(t);
  const { opened } = await openBlankets(db, [{}]);
  const line = { number: '1', item: 'W-1', unit: 'EA', price: '3.10', priceBasis: 'PE', quantity: '1200' };
  await inTransaction(db, async (tx) => {
    const [now] = await loadBlankets(tx, 'acme', { numbers: ['BK0'] });
    const amended = amendBlanket(
      now!,
      [line, { ...line, number: '2', item: 'W-2', quantity: '50' }],
      '860 1',
    );
    await saveAmendment(tx, { ...amended.blanket, validTo: '2027-06-30' });
    await bookEntries(tx, dated(amended.bookings));
  });
  const id = opened[0]!.id;
  await rememberAlerts(db, id, ['a', 'b']);
  await rememberAlerts(db, id, ['b', 'c']);
  await recordCumulative(db, [{ blanket: id, line: '1', quantity: '90', on: '2026-06-01' }]);
  await recordCumulative(db, [{ blanket: id, line: '1', quantity: '70', on: '2026-05-01' }]);
  const [now] = await assertSound(db);
  t.like(now, { validTo: '2027-06-30', told: ['a', 'b', 'c'] });
  t.deepEqual(
    now!.lines.map(({ number, committed, price, cumulative }) => ({ number, committed, price, cumulative })),
    [
      { number: '1', committed: '1200', price: '3.10', cumulative: { quantity: '90', on: '2026-06-01' } },
      { number: '2', committed: '50', price: '3.10', cumulative: undefined },
    ],
  );
});

test('who waits for a lock sees the balance, the close and the price that the other left', async (t) => {
  const { db } = await testDatabase(t);
  await openBlankets(db, [{}]);
  const { promise: held, resolve: letGo } = Promise.withResolvers<void>();
  const { promise: isLocked, resolve: locked } = Promise.withResolvers<void>();
  const first = inTransaction(db, async (tx) => {
    const [now] = await loadBlankets(tx, 'acme', { numbers: ['BK0'] });
    locked();
    await held;
    const lines = [releaseLine({ quantity: '999' })];
    await bookEntries(tx, dated(checkRelease(release(lines), now, TODAY).bookings));
    await saveAmendment(tx, { ...now!, lines: [{ ...now!.lines[0]!, price: '3.00' }] });
    await bookEntries(tx, dated(closeBlanket(now!, 'over')));
  });
  await isLocked;
  const second = inTransaction(db, (tx) => loadBlankets(tx, 'acme', { numbers: ['BK0'] }));
  await waitForLock(db, second);
  letGo();
  await first;
  const [seen] = await second;
  t.is(seen!.state, 'closed');
  t.like(seen!.lines[0], { released: '999', price: '3.00' });
});

/** Until somebody waits for a lock, or the one who should goes on without. */
async function waitForLock(db: Database, other: Promise<unknown>): Promise<void> {
  let passed = false;
  void other.then(() => {
    passed = true;
  });
  while (!passed) {
    const result = await db.raw(
      `select count(*) as waiting from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`,
    );
    if (Number(result.rows[0].waiting) > 0) return;
  }
}

const WORKERS = 8;
/** `CAUSEWAY_TEST_RELEASES=2000` for a quick look. */
const RELEASES = Number(process.env['CAUSEWAY_TEST_RELEASES'] ?? 10_000);

test('eight workers release at random, and never more than committed and allowed', async (t) => {
  const { db, url } = await testDatabase(t);
  const committed = String(RELEASES * 5);
  const [one, two] = [blanketLine({ committed }), blanketLine({ number: '2', item: 'W-2', committed })];
  await openBlankets(db, [
    { allowance: '5', lines: [one, two] },
    { allowance: '0', lines: [one] },
    { allowance: '12.5', lines: [two] },
  ]);
  const counts = { accepted: 0, refused: 0 };
  const quantities = fc.sample(fc.integer({ min: 1, max: 20 }), { numRuns: RELEASES, seed: 7 });
  const work = async (worker: number) => {
    const own = openDatabase(url, { poolSize: 1 });
    try {
      for (let n = worker; n < RELEASES; n += WORKERS) {
        const quantity = String(quantities[n]);
        // Two blankets in one transaction, named in either order, as releases in one file may be.
        const numbers = n % 2 === 0 ? [`BK${n % 3}`, `BK${(n + 1) % 3}`] : [`BK${(n + 1) % 3}`, `BK${n % 3}`];
        await inTransaction(own, async (tx) => {
          for (const now of await loadBlankets(tx, 'acme', { numbers })) {
            const lines = ['W-1', 'W-2', 'W-1'].map((number, index) =>
              releaseLine({ number: `${index}`, item: { ...WIDGET, number }, quantity }),
            );
            const check = checkRelease({ ...release(lines), releaseNumber: `R${n}` }, now, TODAY);
            await bookEntries(tx, dated(check.bookings));
            for (const { draws } of check.lines) counts[draws === undefined ? 'refused' : 'accepted'] += 1;
          }
        });
      }
    } finally {
      await own.destroy();
    }
  };
  await Promise.all(Array.from({ length: WORKERS }, (_, worker) => work(worker)));

  for (const { allowance, lines } of await assertSound(db))
    for (const line of lines) {
      const limit = new Big(line.committed).times(new Big(100).plus(allowance!)).div(100);
      t.true(new Big(line.released).lte(limit), `${line.released} of ${limit}`);
      // So much was asked for that what is left is less than the largest release.
      t.true(new Big(line.released).gt(limit.minus(20)), `${line.released} of ${limit}`);
    }
  t.true(counts.accepted > RELEASES && counts.refused > RELEASES, JSON.stringify(counts));
});
