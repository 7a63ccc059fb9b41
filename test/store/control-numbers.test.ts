import test from 'ava';
import { nextControlNumbers, numberAfter } from '../../src/store/control-numbers.ts';
import { inTransaction } from '../../src/store/database.ts';
import { testDatabase } from '../support/database.ts';

test('eight workers and 500 rollbacks leave no gap and give no number twice', async (t) => {
  const { db } = await testDatabase(t);
  const given = new Map<string, number[]>();
  let rollbacks = 500;
  const work = async (worker: number) => {
    for (let round = 0; round < 100; round += 1) {
      const streams = worker % 2 === 0 ? ['isa:acme', 'st:acme'] : ['st:acme', 'isa:acme'];
      const requests = streams.map((stream, index) => ({ stream, count: 1 + ((round + index) % 3) }));
      const numbers = await inTransaction(db, async (tx) => {
        const first = await nextControlNumbers(tx, requests);
        if (rollbacks > 0 && (round + worker) % 3 !== 0) {
          rollbacks -= 1;
          throw new Error('rolled back on purpose');
        }
        return first;
      }).catch((error: unknown) => {
        if (String(error).includes('on purpose')) return undefined;
        throw error;
      });
      for (const { stream, count } of numbers === undefined ? [] : requests) {
        const list = given.get(stream) ?? [];
        for (let step = 0; step < count; step += 1) list.push(numberAfter(numbers?.get(stream) ?? 0, step));
        given.set(stream, list);
      }
    }
  };
  await Promise.all(Array.from({ length: 8 }, (_, worker) => work(worker)));

  t.is(rollbacks, 0);
  for (const list of given.values()) {
    t.deepEqual(
      list.sort((a, b) => a - b),
      Array.from({ length: list.length }, (_, index) => index + 1),
    );
  }
  t.is(given.size, 2);
});

test('after 999999999 comes 1, also within one request', async (t) => {
  const { db } = await testDatabase(t);
  await db('control_number').insert({ stream: 'isa', last: 999_999_997 });
  const first = (await nextControlNumbers(db, [{ stream: 'isa', count: 4 }])).get('isa') ?? 0;
  t.deepEqual(
    [0, 1, 2, 3].map((step) => numberAfter(first, step)),
    [999_999_998, 999_999_999, 1, 2],
  );
  t.is((await nextControlNumbers(db, [{ stream: 'isa', count: 1 }])).get('isa'), 3);
});
