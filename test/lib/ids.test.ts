import { randomBytes } from 'node:crypto';
import test from 'ava';
import { createIds } from '../../src/lib/ids.ts';

const MOMENT = Date.parse('2026-01-05T09:15:00Z');

/** Everything that an id says, RFC 9562, 5.7. */
function readId(id: string) {
  const [, time, counter, random] =
    /^([0-9a-f]{8}-[0-9a-f]{4})-7([0-9a-f]{3})-([89ab][0-9a-f]{3}-[0-9a-f]{12})$/.exec(id) ?? [];
  if (time === undefined) throw new Error(`${id} is no UUID of version 7`);
  return { at: Number.parseInt(time.replace('-', ''), 16), counter: Number.parseInt(counter!, 16), random };
}

test('an id says its version and variant, the time and, within a millisecond, its place', (t) => {
  let now = MOMENT;
  const nextId = createIds(() => now, randomBytes);
  const [first, second] = [readId(nextId()), readId(nextId())];
  t.like(first, { at: MOMENT, counter: 0 });
  t.like(second, { at: MOMENT, counter: 1 });
  now += 1;
  t.like(readId(nextId()), { at: MOMENT + 1, counter: 0 });
});

test('ids sort by the order of their making, however many there are and whatever the clock does', (t) => {
  const clock = [0, 0, -5_000, 1, -1];
  let made = 0;
  // 5000 are more than a millisecond can count.
  const nextId = createIds(() => MOMENT + clock[Math.floor(made / 5_000)]!, randomBytes);
  const ids = Array.from({ length: 25_000 }, () => {
    const id = nextId();
    made += 1;
    return id;
  });
  t.deepEqual(ids.toSorted(), ids);
  t.is(new Set(ids).size, ids.length);
});

test('each id has random bytes of its own, every bit of them but those of the variant', (t) => {
  let drawn = 0;
  const nextId = createIds(
    () => MOMENT,
    (size) => Uint8Array.from({ length: size }, () => drawn++),
  );
  // As many as are drawn at once, and one more.
  const ids = Array.from({ length: 513 }, () => readId(nextId()).random);
  t.is(ids[0], '8001-020304050607');
  t.is(ids[1], '8809-0a0b0c0d0e0f');
  t.is(ids[31], 'b8f9-fafbfcfdfeff');
  t.is(ids[512], '8001-020304050607');
});
