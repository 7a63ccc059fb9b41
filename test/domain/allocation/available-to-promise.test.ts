import test from 'ava';
import fc from 'fast-check';
import {
  availableNow,
  availableOn,
  firstDateOf,
  openShelf,
  promiseLater,
  reserveNow,
  serialsFor,
} from '../../../src/domain/allocation/available-to-promise.ts';
import type { StockPosition } from '../../../src/domain/allocation/stock.ts';
import { addDays } from '../../../src/lib/dates.ts';
import { toBig } from '../../../src/lib/decimal.ts';
import { position, TODAY } from './support.ts';

const receipt = (date: string, quantity: string) => ({ date, quantity });

const TABLE: readonly (readonly [string, Partial<StockPosition>, string, string])[] = [
  ['what is on hand', {}, TODAY, '10'],
  ['less what is allocated and the safety stock', { allocated: '3', safety: '2' }, TODAY, '5'],
  ['never below zero', { allocated: '9', safety: '2' }, TODAY, '0'],
  ['nothing on a day that has passed', {}, '2026-11-21', '0'],
  ['no receipt before its day', { receipts: [receipt('2026-12-01', '5')] }, '2026-11-30', '10'],
  ['a receipt on its day', { receipts: [receipt('2026-12-01', '5')] }, '2026-12-01', '15'],
  ['a receipt of today today', { receipts: [receipt(TODAY, '5')] }, TODAY, '15'],
  ['no receipt whose day has passed', { receipts: [receipt('2026-11-21', '5')] }, '2026-12-31', '10'],
  [
    'safety stock is made up first',
    { safety: '12', receipts: [receipt('2026-12-01', '5')] },
    '2026-12-01',
    '3',
  ],
  [
    'what is promised for later is not given away before',
    { waiting: [{ ships: '2026-12-01', quantity: '7' }] },
    TODAY,
    '3',
  ],
  [
    'what is promised from a receipt leaves stock in hand free',
    { receipts: [receipt('2026-12-01', '7')], waiting: [{ ships: '2026-12-01', quantity: '7' }] },
    TODAY,
    '10',
  ],
  [
    'what waits without a day gets what comes first',
    { onHand: '0', receipts: [receipt('2026-12-01', '5')], waiting: [{ quantity: '4' }] },
    '2026-12-01',
    '1',
  ],
  [
    'what was promised for a day that has passed still counts',
    { waiting: [{ ships: '2026-11-01', quantity: '4' }] },
    TODAY,
    '6',
  ],
];

for (const [title, given, date, expected] of TABLE) {
  test(`available to promise: ${title}`, (t) => {
    t.is(availableOn(openShelf(position(given), TODAY), date).toFixed(), expected);
  });
}

test('a receipt of today is to be promised today, and is not in hand', (t) => {
  const one = openShelf(position({ onHand: '2', receipts: [receipt(TODAY, '5')] }), TODAY);
  t.is(availableNow(one).toFixed(), '2');
  t.is(availableOn(one, TODAY).toFixed(), '7');
});

test('the first day on which there is enough, to the last piece', (t) => {
  const receipts = [receipt('2026-12-01', '5'), receipt('2026-12-08', '5')];
  const one = openShelf(position({ receipts }), TODAY);
  const first = (quantity: string) => firstDateOf(one, toBig(quantity));
  t.is(first('10'), TODAY);
  t.is(first('11'), '2026-12-01');
  t.is(first('15'), '2026-12-01');
  t.is(first('16'), '2026-12-08');
  t.is(first('21'), undefined);
});

test('serials that fit: those of which least is known first, and a serial may be named', (t) => {
  const serials = [
    { serial: 'S3', attributes: {} },
    { serial: 'S1', attributes: { class: 'A', revision: 'C' } },
    { serial: 'S2', attributes: { class: 'A' } },
  ];
  const one = position({ serials });
  t.deepEqual(serialsFor(one, {}), ['S3', 'S2', 'S1']);
  t.deepEqual(serialsFor(one, { class: 'A' }), ['S2', 'S1']);
  t.deepEqual(serialsFor(one, { class: 'A', revision: 'C' }), ['S1']);
  t.deepEqual(serialsFor(one, { serial: 'S2' }), ['S2']);
  t.deepEqual(serialsFor(one, { class: 'B' }), []);
});

const day = fc.integer({ min: 0, max: 20 }).map((days) => addDays(TODAY, days));
const quantity = fc.integer({ min: 1, max: 30 }).map(String);
const anyPosition = fc
  .record({
    onHand: quantity,
    safety: fc.integer({ min: 0, max: 5 }).map(String),
    receipts: fc.array(fc.record({ date: day, quantity }), { maxLength: 5 }),
  })
  .map((given) => position(given));

test('whatever is promised in whatever order, what is promised up to a day was there by then', (t) => {
  const asks = fc.array(fc.record({ date: day, now: fc.boolean(), quantity }), { maxLength: 12 });
  fc.assert(
    fc.property(anyPosition, asks, (start, asked) => {
      let one = start;
      const promised: { date: string; quantity: string }[] = [];
      for (const ask of asked) {
        const shelf = openShelf(one, TODAY);
        const free = ask.now ? availableNow(shelf) : availableOn(shelf, ask.date);
        const taken = free.lt(ask.quantity) ? free : toBig(ask.quantity);
        if (taken.eq(0)) continue;
        one = ask.now ? reserveNow(one, taken) : promiseLater(one, taken, ask.date);
        promised.push({ date: ask.now ? TODAY : ask.date, quantity: taken.toFixed() });
      }
      // Counted by hand from what there was at the start, on every day.
      for (let days = 0; days <= 21; days += 1) {
        const date = addDays(TODAY, days);
        const sum = (list: readonly { date: string; quantity: string }[]) =>
          list.filter((each) => each.date <= date).reduce((total, each) => total + Number(each.quantity), 0);
        const there = Number(start.onHand) - Number(start.safety) + sum(start.receipts);
        if (sum(promised) > Math.max(0, there)) return false;
      }
      return true;
    }),
  );
  t.pass();
});
