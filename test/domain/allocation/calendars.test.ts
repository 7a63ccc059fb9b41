import test from 'ava';
import { fillBackorders } from '../../../src/domain/allocation/fill-backorders.ts';
import type { LineToPromise } from '../../../src/domain/allocation/outlook.ts';
import type { ShortPolicy } from '../../../src/domain/allocation/plan-line.ts';
import type { StockPosition } from '../../../src/domain/allocation/stock.ts';
import { OFFICE_DAYS } from '../../../src/domain/calendar/working-days.ts';
import { item, line, position, promise, stock, TODAY, waiting, warehouse } from './support.ts';

/** Today is a Sunday; A ships on weekdays, and not on Thursday 26 November. */
const WEEKDAYS = { ...OFFICE_DAYS, holidays: new Set(['2026-11-26']) };
const A = warehouse('A', { calendar: WEEKDAYS, zones: new Map([['EAST', { cost: '10', days: 2 }]]) });

type Case = {
  readonly line?: Partial<LineToPromise>;
  readonly at?: Partial<StockPosition>;
  readonly short?: ShortPolicy;
  /** ACK01, and the days on which it ships. */
  readonly expect: readonly string[];
  readonly reason?: RegExp;
};

const TABLE: Readonly<Record<string, Case>> = {
  'without a day asked for it leaves on the next working day, which is as asked': {
    expect: ['IA', '2026-11-23'],
    reason: /^warehouse-closed: line 1: of 5 .* ship 2026-11-23 from A, which is closed on 2026-11-22$/,
  },
  'on a day that is worked nothing changes': {
    line: { requestedShip: '2026-11-25' },
    expect: ['IA', '2026-11-25'],
  },
  'to be shipped on a holiday: the next working day, and it says so': {
    line: { requestedShip: '2026-11-26' },
    expect: ['DR', '2026-11-27'],
    reason: /^warehouse-closed: .*5 in hand ship 2026-11-27 from A, which is closed on 2026-11-26$/,
  },
  'to be shipped on a Saturday': { line: { requestedShip: '2026-11-28' }, expect: ['DR', '2026-11-30'] },
  'to arrive two days after a holiday: it leaves on the day before it': {
    line: { requestedDelivery: '2026-11-28' },
    expect: ['IA', '2026-11-25'],
  },
  'to arrive so soon that only Sunday would do': {
    line: { requestedDelivery: '2026-11-24' },
    expect: ['DR', '2026-11-23'],
  },
  'a receipt of a Saturday leaves on Monday': {
    at: { onHand: '0', receipts: [{ date: '2026-11-28', quantity: '5' }] },
    expect: ['IB', '2026-11-30'],
    reason: /^stock-short: .*5 to come ship 2026-11-30 from A, which is closed on 2026-11-28$/,
  },
  'what comes on a Saturday for a Saturday is not later than could be, and not cancelled': {
    at: { onHand: '0', receipts: [{ date: '2026-11-30', quantity: '5' }] },
    line: { requestedShip: '2026-11-28' },
    short: 'cancel',
    expect: ['IB', '2026-11-30'],
  },
};

for (const [name, { line: changes, at, short, expect, reason }] of Object.entries(TABLE)) {
  test(name, (t) => {
    const world = stock([position({ onHand: '20', ...at })], { warehouses: [A] });
    const asked = short === undefined ? {} : { short };
    const [promised] = promise([line('5', { zone: 'EAST', ...changes })], world, asked);
    t.deepEqual([promised!.status, ...promised!.parts.map(({ ships }) => ships)], [...expect]);
    const said = promised!.reasons.map(({ code, text }) => `${code}: ${text}`).join();
    t.regex(said, reason ?? /^/);
    if (expect[0] === 'IA' && reason === undefined) t.is(said, '');
  });
}

test('a warehouse that ships on the day goes before one that is closed on it', (t) => {
  const open = warehouse('B');
  const world = stock([position(), position({ warehouse: 'B' })], { warehouses: [A, open] });

  const [promised] = promise([line('5', { requestedShip: '2026-11-26' })], world);

  t.deepEqual(
    promised!.parts.map(({ warehouse: id, ships, late }) => ({ id, ships, late })),
    [{ id: 'B', ships: '2026-11-26', late: false }],
  );
});

test('what leaves whole from two warehouses leaves on a day on which both ship', (t) => {
  const fridays = warehouse('B', { calendar: { days: new Set([5]), holidays: new Set() } });
  const positions = [position({ onHand: '3' }), position({ warehouse: 'B', onHand: '3' })];
  const world = stock(positions, { warehouses: [A, fridays] });

  const [promised] = promise([line('6')], world, { short: 'wait' });

  t.deepEqual(
    promised!.parts.map(({ ships }) => ships),
    ['2026-11-27', '2026-11-27'],
  );
});

test('two warehouses that never ship on one day each ship on their own', (t) => {
  const sundays = warehouse('B', { calendar: { days: new Set([7]), holidays: new Set() } });
  const positions = [position({ onHand: '3' }), position({ warehouse: 'B', onHand: '3' })];
  const world = stock(positions, { warehouses: [A, sundays] });

  const [promised] = promise([line('6')], world, { short: 'wait' });

  t.deepEqual(
    promised!.parts.map(({ warehouse: id, ships }) => `${id} ${ships}`),
    ['A 2026-11-23', 'B 2026-11-29'],
  );
});

test('a backorder that is filled leaves on a day on which the warehouse ships', (t) => {
  const filling = fillBackorders({
    item: item(),
    positions: [position()],
    waiting: [waiting('4')],
    today: TODAY,
    warehouses: [A],
  });

  t.deepEqual(
    filling.fills.map(({ ships }) => ships),
    ['2026-11-23'],
  );
});

test('a backorder that was promised for what is a holiday now gets the next working day', (t) => {
  const receipts = [{ date: '2026-11-24', quantity: '4' }];
  const filling = fillBackorders({
    item: item(),
    positions: [position({ onHand: '0', receipts })],
    waiting: [waiting('4', { ships: '2026-11-26' })],
    today: TODAY,
    warehouses: [A],
  });

  t.deepEqual(
    filling.redated.map(({ ships }) => ships),
    ['2026-11-27'],
  );
});
