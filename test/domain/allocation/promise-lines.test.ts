import test from 'ava';
import fc from 'fast-check';
import type { LineToPromise } from '../../../src/domain/allocation/outlook.ts';
import type { LinePart, ShortPolicy } from '../../../src/domain/allocation/plan-line.ts';
import type { PromisedLine } from '../../../src/domain/allocation/promise-lines.ts';
import type { StockPosition } from '../../../src/domain/allocation/stock.ts';
import { addDays } from '../../../src/lib/dates.ts';
import { item, line, position, promise, stock, TODAY, warehouse } from './support.ts';

const SOON = '2026-12-01';
const LATER = '2026-12-15';

/** `10 now A 2026-11-22`, with `*` where it is late. */
function tell(part: LinePart): string {
  const words = [part.quantity, part.kind, part.warehouse ?? 'anywhere', part.ships ?? 'no day'];
  return words.join(' ') + (part.late ? ' *' : '');
}

const summary = (promised: PromisedLine) => [
  promised.status,
  ...promised.parts.map(tell),
  promised.cancelled,
];

type Case = {
  readonly ordered: string;
  readonly line?: Partial<LineToPromise>;
  readonly at?: Partial<StockPosition>;
  readonly also?: Partial<StockPosition>;
  readonly short?: ShortPolicy;
  readonly expect: readonly string[];
};

const SIX = { onHand: '6', receipts: [{ date: SOON, quantity: '4' }] };

const TABLE: Readonly<Record<string, Case>> = {
  'all in hand': { ordered: '10', expect: ['IA', '10 now A 2026-11-22', '0'] },
  'for a day to come it is reserved now and leaves then': {
    ordered: '10',
    line: { requestedShip: SOON },
    expect: ['IA', '10 now A 2026-12-01', '0'],
  },
  'one more than there is waits, and nobody knows how long': {
    ordered: '11',
    expect: ['BP', '10 now A 2026-11-22', '1 backorder anywhere no day *', '0'],
  },
  'part now and part with the receipt': {
    ordered: '10',
    at: SIX,
    expect: ['BP', '6 now A 2026-11-22', '4 backorder A 2026-12-01 *', '0'],
  },
  'what comes in time is not late': {
    ordered: '10',
    at: SIX,
    line: { requestedShip: SOON },
    expect: ['IA', '6 now A 2026-12-01', '4 backorder A 2026-12-01', '0'],
  },
  'what comes a day too late is': {
    ordered: '10',
    at: SIX,
    line: { requestedShip: '2026-11-30' },
    expect: ['BP', '6 now A 2026-11-30', '4 backorder A 2026-12-01 *', '0'],
  },
  'nothing in hand, all to come': {
    ordered: '4',
    at: { ...SIX, onHand: '0' },
    expect: ['IB', '4 backorder A 2026-12-01 *', '0'],
  },
  'nothing in hand, in two receipts': {
    ordered: '4',
    at: {
      onHand: '0',
      receipts: [
        { date: LATER, quantity: '3' },
        { date: SOON, quantity: '3' },
      ],
    },
    expect: ['IB', '3 backorder A 2026-12-01 *', '1 backorder A 2026-12-15 *', '0'],
  },
  'nothing ever': { ordered: '4', at: { onHand: '0' }, expect: ['IB', '4 backorder anywhere no day *', '0'] },
  'a day that has passed is put off to today': {
    ordered: '4',
    line: { requestedShip: '2026-11-21' },
    expect: ['DR', '4 now A 2026-11-22 *', '0'],
  },
  'two warehouses make up the whole': {
    ordered: '15',
    also: { onHand: '5' },
    expect: ['IA', '10 now A 2026-11-22', '5 now B 2026-11-22', '0'],
  },
  'one warehouse that has all of it comes before one that has some': {
    ordered: '15',
    also: { onHand: '15' },
    expect: ['IA', '15 now B 2026-11-22', '0'],
  },
  'wait: leaves whole when the rest has come': {
    ordered: '10',
    at: SIX,
    short: 'wait',
    expect: ['DR', '10 backorder A 2026-12-01 *', '0'],
  },
  'wait: all in hand does not wait': {
    ordered: '10',
    short: 'wait',
    expect: ['IA', '10 now A 2026-11-22', '0'],
  },
  'wait: what is late anyway and in hand leaves today': {
    ordered: '10',
    line: { requestedShip: '2026-11-20' },
    short: 'wait',
    expect: ['DR', '10 now A 2026-11-22 *', '0'],
  },
  'wait: never whole, so nothing is set aside': {
    ordered: '11',
    short: 'wait',
    expect: ['IB', '11 backorder anywhere no day *', '0'],
  },
  'wait: no single warehouse gets it whole, all leave on the last day': {
    ordered: '12',
    at: { onHand: '6' },
    also: { onHand: '0', receipts: [{ date: SOON, quantity: '6' }] },
    short: 'wait',
    expect: ['DR', '6 now A 2026-12-01 *', '6 backorder B 2026-12-01 *', '0'],
  },
  'cancel: what is not there in time is not sent': {
    ordered: '10',
    at: SIX,
    short: 'cancel',
    expect: ['IQ', '6 now A 2026-11-22', '4'],
  },
  'cancel: what comes in time is': {
    ordered: '10',
    at: SIX,
    line: { requestedShip: SOON },
    short: 'cancel',
    expect: ['IA', '6 now A 2026-12-01', '4 backorder A 2026-12-01', '0'],
  },
  'cancel: nothing in time': { ordered: '4', at: { onHand: '0' }, short: 'cancel', expect: ['R4', '4'] },
  'phase-out: sold while stock lasts, and then no more': {
    ordered: '12',
    line: { item: item({ status: 'phase-out' }) },
    expect: ['IQ', '10 now A 2026-11-22', '2'],
  },
  'phase-out: what is on its way is still sold': {
    ordered: '12',
    at: SIX,
    line: { item: item({ status: 'phase-out' }) },
    expect: ['IC', '6 now A 2026-11-22', '4 backorder A 2026-12-01 *', '2'],
  },
  'phase-out: all gone': {
    ordered: '1',
    at: { onHand: '0' },
    line: { item: item({ status: 'phase-out' }) },
    expect: ['R4', '1'],
  },
  'not whole pieces': { ordered: '2.5', expect: ['IR', '0'] },
  'a tenth of a kilogram is sold': {
    ordered: '2.5',
    line: { item: item({ unit: 'KG' }) },
    expect: ['IA', '2.5 now A 2026-11-22', '0'],
  },
  'half a piece in the books is not promised': {
    ordered: '10',
    at: { onHand: '9.5' },
    short: 'cancel',
    expect: ['IQ', '9 now A 2026-11-22', '1'],
  },
  'nothing ordered': { ordered: '0', expect: ['IR', '0'] },
  'less than nothing ordered': { ordered: '-1', expect: ['IR', '0'] },
};

for (const [title, { ordered, line: over, at, also, short = 'ship-partial', expect }] of Object.entries(
  TABLE,
)) {
  test(`promise: ${title}`, (t) => {
    const positions = [position(at), ...(also === undefined ? [] : [position({ warehouse: 'B', ...also })])];
    const [promised] = promise([line(ordered, over)], stock(positions), { short });
    t.deepEqual(summary(promised!), expect);
  });
}

test('what is not as ordered is said in words', (t) => {
  const tellOf = (ordered: string, given: StockPosition, changes = {}) =>
    promise([line(ordered)], stock([given]), changes)[0]!.reasons.map((one) => `${one.code}: ${one.text}`);
  t.deepEqual(tellOf('10', position()), []);
  t.deepEqual(tellOf('13', position(SIX)), [
    'stock-short: line 1: of 13 EA of item W-1 6 in hand ship 2026-11-22 from A; 4 to come ship 2026-12-01 from A; 3 wait for stock, and no day is known',
  ]);
  t.deepEqual(tellOf('13', position(), { short: 'cancel' }), [
    'stock-short: line 1: of 13 EA of item W-1 10 in hand ship 2026-11-22 from A; 3 will not come',
  ]);
  t.regex(
    tellOf('2.5', position())[0]!,
    /^quantity-not-whole: line 1: 2\.5 EA of item W-1 .* whole EA only$/,
  );
});

test('where no warehouse may ship it, nothing is promised and none of it waits', (t) => {
  const given = stock([position()], { warehouses: [warehouse('A', { destinations: ['US'] })] });
  const [promised] = promise([line('1', { destination: 'CU' })], given);
  t.deepEqual(summary(promised!), ['R4', '1']);
  t.is(promised!.reasons[0]?.code, 'no-warehouse-may-ship');
});

test('a wanted day of arrival is met by leaving as many days before as the way takes', (t) => {
  const near = warehouse('A', { zones: new Map([['Z1', { cost: '5', days: 2 }]]) });
  const given = stock([position()], { warehouses: [near] });
  const ships = (requestedDelivery: string) =>
    summary(promise([line('1', { requestedDelivery, zone: 'Z1' })], given)[0]!);
  t.deepEqual(ships('2026-12-03'), ['IA', '1 now A 2026-12-01', '0']);
  t.deepEqual(ships('2026-11-24'), ['IA', '1 now A 2026-11-22', '0']);
  t.deepEqual(ships('2026-11-23'), ['DR', '1 now A 2026-11-22 *', '0']);
});

test('lines of one item share what there is: what is wanted first is served first', (t) => {
  const lines = [
    line('6', { line: '1', requestedShip: SOON }),
    line('6', { line: '2', requestedShip: TODAY }),
  ];
  const [first, second] = promise(lines, stock([position()]));
  t.deepEqual(summary(second!), ['IA', '6 now A 2026-11-22', '0']);
  t.deepEqual(summary(first!), ['BP', '4 now A 2026-12-01', '2 backorder anywhere no day *', '0']);
});

test('two lines that say the same are two lines', (t) => {
  const same = line('6');
  const both = promise([same, same], stock([position()]), { short: 'cancel' });
  t.deepEqual(both.map(summary), [
    ['IA', '6 now A 2026-11-22', '0'],
    ['IQ', '4 now A 2026-11-22', '2'],
  ]);
});

test('what is promised for later is not given to an order that comes now', (t) => {
  const given = position({ onHand: '10', waiting: [{ ships: SOON, quantity: '8' }] });
  t.deepEqual(summary(promise([line('5')], stock([given]), { short: 'cancel' })[0]!), [
    'IQ',
    '2 now A 2026-11-22',
    '3',
  ]);
});

test('serials: those that meet the line, the demanding line first', (t) => {
  const serialised = item({ serialised: true });
  const serials = [
    { serial: 'S1', attributes: { class: 'A' } },
    { serial: 'S2', attributes: { class: 'A', revision: 'C' } },
    { serial: 'S3', attributes: {} },
  ];
  const given = stock([position({ onHand: '3', serials, receipts: [{ date: SOON, quantity: '5' }] })]);
  const serialsOf = (promised: PromisedLine) => promised.parts.flatMap((part) => part.serials ?? []);
  const [any, exact, more] = promise(
    [
      line('2', { line: '1', item: serialised }),
      line('1', { line: '2', item: serialised, requires: { class: 'A', revision: 'C' } }),
      line('2', { line: '3', item: serialised, requires: { class: 'B' } }),
    ],
    given,
  );
  t.deepEqual(serialsOf(exact!), ['S2']);
  t.deepEqual(serialsOf(any!), ['S3', 'S1']);
  t.is(any!.status, 'IA');
  // What comes on 2026-12-01 may be of class B or not: nobody can say.
  t.deepEqual(summary(more!), ['IB', '2 backorder anywhere no day *', '0']);
});

test('a line that can do with any serial leaves those that another needs', (t) => {
  const serialised = item({ serialised: true });
  const serials = [
    { serial: 'S1', attributes: {} },
    { serial: 'S2', attributes: { class: 'A' } },
  ];
  const [any, exact] = promise(
    [
      line('2', { line: '1', item: serialised }),
      line('1', { line: '2', item: serialised, requires: { class: 'A' } }),
    ],
    stock([position({ onHand: '2', serials })]),
    { short: 'cancel' },
  );
  t.deepEqual([any!.status, any!.parts[0]?.serials], ['IQ', ['S1']]);
  t.deepEqual([exact!.status, exact!.parts[0]?.serials], ['IA', ['S2']]);
});

test('the warehouses are weighed by what they have on the day wanted', (t) => {
  const a = position({ onHand: '0', receipts: [{ date: SOON, quantity: '5' }] });
  const b = position({ warehouse: 'B', onHand: '0', receipts: [{ date: LATER, quantity: '5' }] });
  const meets = (requestedShip: string | undefined) =>
    promise([line('5', { requestedShip })], stock([b, a]))[0]!.route.map((one) =>
      one.kind === 'ranked' ? `${one.warehouse} ${one.criteria.meetsDate}` : '',
    );
  t.deepEqual(meets(undefined), ['A 0', 'B 0']);
  t.deepEqual(meets('2026-11-01'), ['A 0', 'B 0']);
  t.deepEqual(meets(SOON), ['A 1', 'B 0']);
  t.deepEqual(meets(LATER), ['A 1', 'B 1']);
  const [past] = promise([line('5', { requestedShip: '2026-11-21' })], stock([position()]));
  t.like(past!.route[0], { criteria: { wholeLine: 1, meetsDate: 0 } }, 'nothing meets a day that has passed');
});

test('stock of a serialised item that has no serials is not promised', (t) => {
  const serialised = item({ serialised: true });
  const given = stock([position({ onHand: '3', serials: [{ serial: 'S1', attributes: {} }] })]);
  const [promised] = promise([line('3', { item: serialised })], given, { short: 'cancel' });
  t.deepEqual(summary(promised!), ['IQ', '1 now A 2026-11-22', '2']);
});

const count = fc.integer({ min: 0, max: 20 }).map(String);
const day = fc.integer({ min: -2, max: 20 }).map((days) => addDays(TODAY, days));
const anyPosition = (id: string) =>
  fc
    .record({
      onHand: count,
      allocated: fc.integer({ min: 0, max: 3 }).map(String),
      safety: fc.integer({ min: 0, max: 3 }).map(String),
      receipts: fc.array(fc.record({ date: day, quantity: fc.integer({ min: 1, max: 9 }).map(String) }), {
        maxLength: 3,
      }),
    })
    .map((given) => position({ warehouse: id, ...given }));
const anyLines = fc
  .array(
    fc.record({ quantity: fc.integer({ min: 1, max: 15 }).map(String), requestedShip: fc.option(day) }),
    {
      minLength: 1,
      maxLength: 6,
    },
  )
  .map((all) =>
    all.map(({ quantity, requestedShip }, index) =>
      line(quantity, { line: String(index + 1), requestedShip: requestedShip ?? undefined }),
    ),
  );
const anyPolicy = fc.constantFrom<ShortPolicy>('ship-partial', 'wait', 'cancel');

test('nothing is promised twice, or before it can be, or lost', (t) => {
  fc.assert(
    fc.property(anyPosition('A'), anyPosition('B'), anyLines, anyPolicy, (a, b, lines, short) => {
      const promised = promise(lines, stock([a, b]), { short });
      const parts = promised.flatMap((one) => one.parts);
      for (const one of [a, b]) {
        const free = Math.max(0, Number(one.onHand) - Number(one.allocated) - Number(one.safety));
        const here = parts.filter((part) => part.warehouse === one.warehouse);
        const sum = (of: readonly { quantity: string }[]) =>
          of.reduce((all, each) => all + Number(each.quantity), 0);
        if (sum(here.filter((part) => part.kind === 'now')) > free) return false;
        for (const { ships } of here) {
          // Stock that is held back for safety is made up by receipts before anything is promised of them.
          const there =
            Number(one.onHand) -
            Number(one.allocated) -
            Number(one.safety) +
            sum(one.receipts.filter(({ date }) => date >= TODAY && date <= ships!));
          const late = here.filter((part) => part.ships! <= ships!);
          if (sum(late) > Math.max(0, there)) return false;
        }
      }
      return promised.every(({ parts: own, cancelled }, index) => {
        const asked = lines[index]!;
        const inTime = own.every(({ ships }) => ships === undefined || ships >= TODAY);
        const notBefore = own.every(
          ({ ships }) => ships === undefined || ships >= (asked.requestedShip ?? TODAY),
        );
        const all = own.reduce((total, part) => total + Number(part.quantity), Number(cancelled));
        return inTime && notBefore && all === Number(asked.quantity);
      });
    }),
    { numRuns: 500 },
  );
  t.pass();
});

test('the order of the lines changes nothing', (t) => {
  fc.assert(
    fc.property(
      anyPosition('A'),
      anyPosition('B'),
      anyLines.chain((lines) =>
        fc.tuple(fc.constant(lines), fc.shuffledSubarray(lines, { minLength: lines.length })),
      ),
      anyPolicy,
      (a, b, [lines, shuffled], short) => {
        const byLine = (some: readonly LineToPromise[]) =>
          new Map(promise(some, stock([a, b]), { short }).map((one) => [one.line, summary(one).join()]));
        const there = byLine(lines);
        return [...byLine(shuffled)].every(([number, told]) => there.get(number) === told);
      },
    ),
  );
  t.pass();
});
