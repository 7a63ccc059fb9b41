import test from 'ava';
import { chooseSeries, type NumberSeries, ssccSeries } from '../../src/domain/numbering/number-series.ts';
import { numbersFile } from '../../src/domain/numbering/numbers-file.ts';
import { readSscc } from '../../src/domain/shipment/sscc.ts';
import { inTransaction } from '../../src/store/database.ts';
import { NumbersExhausted, takeNumbers } from '../../src/store/number-series.ts';
import { testDatabase } from '../support/database.ts';

const NUMBERS = numbersFile.parse({ invoice: 'INV-{year}-{00000}', certificate: '{000000}' });
const DAY = '2026-11-22';
const INVOICES = chooseSeries(NUMBERS, 'invoice', DAY);
const CERTIFICATES = chooseSeries(NUMBERS, 'certificate', DAY);
const SSCCS = ssccSeries({ companyPrefix: '0614141', extensions: '0' });

test('eight workers and 500 rollbacks give no number twice and leave none out', async (t) => {
  const { db } = await testDatabase(t);
  const given = new Map<NumberSeries, string[]>([
    [INVOICES, []],
    [CERTIFICATES, []],
    [SSCCS, []],
  ]);
  let rollbacks = 500;
  const work = async (worker: number) => {
    for (let round = 0; round < 100; round += 1) {
      const series = worker % 2 === 0 ? [INVOICES, CERTIFICATES, SSCCS] : [SSCCS, CERTIFICATES, INVOICES];
      const requests = series.map((one, i) => ({ series: one, count: (round + i) % 4 }));
      const taken = await inTransaction(db, async (tx) => {
        const numbers = await takeNumbers(tx, requests);
        if (rollbacks > 0 && (round + worker) % 3 !== 0) {
          rollbacks -= 1;
          throw new Error('rolled back on purpose');
        }
        return numbers;
      }).catch((error: unknown) => {
        if (String(error).includes('on purpose')) return [];
        throw error;
      });
      for (const [i, { numbers }] of taken.entries()) given.get(requests[i]!.series)!.push(...numbers);
    }
  };
  await Promise.all(Array.from({ length: 8 }, (_, worker) => work(worker)));

  t.is(rollbacks, 0);
  for (const [series, numbers] of given) {
    t.true(numbers.length > 100);
    t.deepEqual(
      numbers.sort(),
      Array.from({ length: numbers.length }, (_, i) => series.write(i + 1)),
    );
  }
  t.true(given.get(SSCCS)!.every((sscc) => readSscc(sscc).kind === 'sscc'));
});

test('a new year has a counter of its own, and the old one is kept', async (t) => {
  const { db } = await testDatabase(t);
  const take = async (day: string) => (await takeOf(db, chooseSeries(NUMBERS, 'invoice', day), 1))[0];
  t.is(await take('2026-12-31'), 'INV-2026-00001');
  t.is(await take('2027-01-01'), 'INV-2027-00001');
  t.is(await take('2026-12-31'), 'INV-2026-00002');
});

test('a series goes on from what another system gave, also when that is said later', async (t) => {
  const { db } = await testDatabase(t);
  const from = (first: number) =>
    chooseSeries(numbersFile.parse({ certificate: { pattern: 'C{0000}', first } }), 'certificate', DAY);
  t.deepEqual(await takeOf(db, from(501), 2), ['C0501', 'C0502']);
  t.deepEqual(await takeOf(db, from(501), 1), ['C0503']);
  t.deepEqual(await takeOf(db, from(900), 1), ['C0900']);
  t.deepEqual(await takeOf(db, from(1), 1), ['C0901']);
});

test('the last SSCC is given, the one after it refused, and none is ever given again', async (t) => {
  const { db } = await testDatabase(t);
  const space = { companyPrefix: '0614141', extensions: '0' };
  const end = 10 ** 9 - 1;
  await db('number_series').insert({ series: 'sscc 0614141', last: end - 3 });
  t.is((await takeOf(db, ssccSeries(space), 2)).length, 2);
  const error = await t.throwsAsync(takeOf(db, ssccSeries(space), 2), { instanceOf: NumbersExhausted });
  t.is(error.message, 'the series "sscc 0614141" ends with 006141419999999994, and 1 more are needed');
  const [last = ''] = await takeOf(db, ssccSeries(space), 1);
  t.is(last, '006141419999999994');
  await t.throwsAsync(takeOf(db, ssccSeries(space), 1), { instanceOf: NumbersExhausted });

  const [next = ''] = await takeOf(db, ssccSeries({ ...space, extensions: '07' }), 1);
  t.is(next.slice(0, 17), '70614141000000000');
});

test('nothing asked for is nothing taken, and asking twice for one series is a bug', async (t) => {
  const { db } = await testDatabase(t);
  t.deepEqual(await takeOf(db, INVOICES, 0), []);
  t.deepEqual(await db('number_series').select(), []);
  const twice = [
    { series: INVOICES, count: 1 },
    { series: INVOICES, count: 1 },
  ];
  await t.throwsAsync(
    inTransaction(db, (tx) => takeNumbers(tx, twice)),
    { name: 'Bug' },
  );
});

async function takeOf(db: Parameters<typeof inTransaction>[0], series: NumberSeries, count: number) {
  const [taken] = await inTransaction(db, (tx) => takeNumbers(tx, [{ series, count }]));
  return taken?.numbers ?? [];
}
