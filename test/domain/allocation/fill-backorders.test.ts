import test from 'ava';
import fc from 'fast-check';
import type { Allocation } from '../../../src/domain/allocation/allocation.ts';
import {
  fillBackorders,
  type ItemToFill,
  settleFilling,
} from '../../../src/domain/allocation/fill-backorders.ts';
import { position, TODAY, waiting } from './support.ts';

function fill(queue: readonly Allocation[], positions: ItemToFill['positions'], serialised = false) {
  return fillBackorders({ item: { unit: 'EA', serialised }, positions, waiting: queue, today: TODAY });
}

const told = (filling: ReturnType<typeof fill>) =>
  filling.fills.map((one) => `${one.allocation} ${one.quantity} ${one.warehouse} ${one.ships}`);

test('the oldest first, in part where there is not enough', (t) => {
  const young = waiting('5', { id: 'young', at: '2026-11-21T10:00:00.45Z' });
  const old = waiting('8', { id: 'old', at: '2026-11-21T10:00:00.4Z' });
  t.deepEqual(told(fill([young, old], [position()])), ['old 8 A 2026-11-22', 'young 2 A 2026-11-22']);
});

test('priority before age', (t) => {
  const old = waiting('8', { id: 'old', at: '2026-11-01T10:00:00Z' });
  const important = waiting('8', { id: 'important', priority: 1 });
  t.deepEqual(told(fill([old, important], [position()])), ['important 8 A 2026-11-22', 'old 2 A 2026-11-22']);
});

test('safety stock and what is allocated are not given out', (t) => {
  t.deepEqual(told(fill([waiting('8', { id: 'a' })], [position({ allocated: '4', safety: '3' })])), [
    'a 3 A 2026-11-22',
  ]);
  t.deepEqual(fill([waiting('8')], [position({ allocated: '10' })]).fills, []);
});

test('half a piece in the books is not given out, half a kilogram is', (t) => {
  const half = [position({ onHand: '9.5' })];
  const give = (unit: string) =>
    fillBackorders({
      item: { unit, serialised: false },
      positions: half,
      waiting: [waiting('12')],
      today: TODAY,
    });
  t.is(give('EA').fills[0]?.quantity, '9');
  t.is(give('KG').fills[0]?.quantity, '9.5');
});

test('what is wanted whole is not cut, and keeps its place before younger ones', (t) => {
  const whole = waiting('12', { id: 'whole', whole: true, at: '2026-11-01T10:00:00Z' });
  const small = waiting('3', { id: 'small' });
  t.deepEqual(fill([whole, small], [position()]).fills, []);
  t.deepEqual(told(fill([whole, small], [position({ onHand: '12' })])), ['whole 12 A 2026-11-22']);
});

test('what is ordered by the case of 12 is filled in whole cases', (t) => {
  const cases = (quantity: string) => waiting(quantity, { id: 'cases', each: '12' });
  const given = (onHand: string) => told(fill([cases('36')], [position({ onHand })]));
  t.deepEqual(given('11'), []);
  t.deepEqual(given('12'), ['cases 12 A 2026-11-22']);
  t.deepEqual(given('35'), ['cases 24 A 2026-11-22']);
  t.deepEqual(given('50'), ['cases 36 A 2026-11-22']);
});

test('a case is not put together of two warehouses', (t) => {
  const cases = waiting('24', { id: 'cases', each: '12', warehouse: undefined, eligible: ['A', 'B'] });
  const positions = [position({ onHand: '7' }), position({ warehouse: 'B', onHand: '17' })];
  t.deepEqual(told(fill([cases], positions)), ['cases 12 B 2026-11-22']);
});

test('what is too little for a case stays for it, and goes to nobody who came later', (t) => {
  const cases = waiting('24', { id: 'cases', each: '12', at: '2026-11-01T10:00:00Z' });
  const pieces = waiting('5', { id: 'pieces' });
  t.deepEqual(told(fill([cases, pieces], [position({ onHand: '19' })])), ['cases 12 A 2026-11-22']);
  t.deepEqual(told(fill([cases, pieces], [position({ onHand: '29' })])), [
    'cases 24 A 2026-11-22',
    'pieces 5 A 2026-11-22',
  ]);
});

test('what was promised from nowhere in particular is filled from wherever it may be', (t) => {
  const one = waiting('12', { id: 'one', warehouse: undefined, ships: undefined, eligible: ['A', 'B'] });
  const positions = [
    position({ onHand: '3' }),
    position({ warehouse: 'B', onHand: '7' }),
    position({ warehouse: 'C' }),
  ];
  t.deepEqual(told(fill([one], positions)), ['one 7 B 2026-11-22', 'one 3 A 2026-11-22']);
});

test('what comes elsewhere is given to those who were promised it, and then to others', (t) => {
  const old = waiting('8', { id: 'old', eligible: ['A', 'B'], at: '2026-11-01T10:00:00Z' });
  const there = waiting('6', { id: 'there', warehouse: 'B', eligible: ['A', 'B'] });
  const positions = [position({ onHand: '0' }), position({ warehouse: 'B' })];
  t.deepEqual(told(fill([old, there], positions)), ['there 6 B 2026-11-22', 'old 4 B 2026-11-22']);
});

test('it leaves no earlier than it was asked for', (t) => {
  const one = waiting('2', { id: 'one', notBefore: '2026-12-24' });
  t.deepEqual(told(fill([one], [position()])), ['one 2 A 2026-12-24']);
});

test('serials are those that meet what is required, and no more than there are', (t) => {
  const serials = [
    { serial: 'S1', attributes: { class: 'A' } },
    { serial: 'S2', attributes: {} },
  ];
  const demanding = waiting('2', { id: 'demanding', requires: { class: 'A' } });
  const any = waiting('5', { id: 'any', at: '2026-11-21T10:00:00Z' });
  const { fills } = fill([any, demanding], [position({ serials })], true);
  t.deepEqual(
    fills.map((one) => [one.allocation, one.quantity, one.serials]),
    [
      ['demanding', '1', ['S1']],
      ['any', '1', ['S2']],
    ],
  );
});

test('what goes on waiting keeps its day as long as it can, and else gets the first that can be kept', (t) => {
  const receipts = [
    { date: '2026-12-01', quantity: '5' },
    { date: '2026-12-15', quantity: '5' },
  ];
  const first = waiting('5', { id: 'first', at: '2026-11-01T10:00:00Z', ships: '2026-12-15' });
  const second = waiting('5', { id: 'second', ships: '2026-12-01', at: '2026-11-02T10:00:00Z' });
  const third = waiting('5', { id: 'third', ships: '2026-12-01', at: '2026-11-03T10:00:00Z' });
  const fourth = waiting('5', {
    id: 'fourth',
    warehouse: undefined,
    ships: undefined,
    at: '2026-11-04T10:00:00Z',
  });
  const { fills, redated } = fill([fourth, third, second, first], [position({ onHand: '0', receipts })]);
  t.deepEqual(fills, []);
  // The first keeps the 15th and the second the 1st; for the third nothing is left.
  t.deepEqual(redated, [{ allocation: 'third' }]);
});

test('a promise that can be kept is not moved to where it could be earlier', (t) => {
  const one = waiting('5', { id: 'one', eligible: ['A', 'B'], ships: '2026-12-01' });
  const due = (date: string) => [{ date, quantity: '5' }];
  const positions = (own: string) => [
    position({ onHand: '0', receipts: due(own) }),
    position({ warehouse: 'B', onHand: '0', receipts: due('2026-11-25') }),
  ];
  t.deepEqual(fill([one], positions('2026-12-01')).redated, []);
  t.deepEqual(fill([one], positions('2026-12-02')).redated, [
    { allocation: 'one', warehouse: 'B', ships: '2026-11-25' },
  ]);
});

test('what had no day gets one when a receipt is known', (t) => {
  const receipts = [{ date: '2026-12-01', quantity: '5' }];
  const one = waiting('5', { id: 'one', warehouse: undefined, ships: undefined });
  t.deepEqual(fill([one], [position({ onHand: '0', receipts })]).redated, [
    { allocation: 'one', warehouse: 'A', ships: '2026-12-01' },
  ]);
});

test('what is stored: a reserved allocation for each fill, and what is left of what waited', (t) => {
  const one = waiting('12', { id: 'one', order: 'order-1', position: 3, priority: 2 });
  const filling = fill([one], [position()]);
  const settled = settleFilling([one], filling, () => 'new-1');
  t.like(settled.reserved[0], {
    id: 'new-1',
    order: 'order-1',
    position: 3,
    priority: 2,
    state: 'reserved',
    warehouse: 'A',
    quantity: '10',
    ships: TODAY,
  });
  t.like(settled.waiting[0], { id: 'one', quantity: '2', state: 'waiting', ships: undefined });
});

test('never more than is free, never more than is wanted, and no stock left where somebody takes parts of it', (t) => {
  const any = fc.record({
    quantity: fc.integer({ min: 1, max: 12 }).map(String),
    priority: fc.integer({ min: 0, max: 2 }),
    warehouse: fc.constantFrom('A', 'B', undefined),
    whole: fc.boolean(),
    minute: fc.integer({ min: 10, max: 59 }),
  });
  const free = fc.integer({ min: -5, max: 30 }).map(String);
  fc.assert(
    fc.property(fc.array(any, { maxLength: 8 }), free, free, (all, a, b) => {
      const queue = all.map(({ minute, ...one }, index) =>
        waiting(one.quantity, {
          ...one,
          id: `w${index}`,
          at: `2026-11-20T10:${minute}:00Z`,
          eligible: ['A', 'B'],
        }),
      );
      const { fills } = fill(queue, [position({ onHand: a }), position({ warehouse: 'B', onHand: b })]);
      const sum = (of: typeof fills) => of.reduce((total, one) => total + Number(one.quantity), 0);
      const left = new Map(queue.map((one) => [one.id, Number(one.quantity)]));
      for (const one of fills) left.set(one.allocation, left.get(one.allocation)! - Number(one.quantity));
      const given = {
        A: sum(fills.filter((one) => one.warehouse === 'A')),
        B: sum(fills.filter((one) => one.warehouse === 'B')),
      };
      if (given.A > Math.max(0, Number(a)) || given.B > Math.max(0, Number(b))) return false;
      if ([...left.values()].some((each) => each < 0)) return false;
      if (
        queue.some((one) => one.whole && left.get(one.id) !== 0 && left.get(one.id) !== Number(one.quantity))
      )
        return false;
      if (queue.some((one) => one.whole)) return true;
      const unfilled = [...left.values()].some((each) => each > 0);
      return !unfilled || given.A + given.B === Math.max(0, Number(a)) + Math.max(0, Number(b));
    }),
    { numRuns: 500 },
  );
  t.pass();
});
