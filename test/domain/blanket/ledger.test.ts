import test from 'ava';
import Big from 'big.js';
import fc from 'fast-check';
import { adjustReleased, closeBlanket } from '../../../src/domain/blanket/adjust-blanket.ts';
import { amendBlanket } from '../../../src/domain/blanket/amend-blanket.ts';
import { inTransit, remainingQuantity } from '../../../src/domain/blanket/balance.ts';
import type { Blanket, BlanketBooking, BlanketEntry } from '../../../src/domain/blanket/blanket.ts';
import { checkRelease } from '../../../src/domain/blanket/check-release.ts';
import { giveBackRelease } from '../../../src/domain/blanket/give-back-release.ts';
import { applyEntries, findLedgerFaults } from '../../../src/domain/blanket/ledger.ts';
import { blanket, blanketLine, booking, entry, release, releaseLine, TODAY, WIDGET } from './support.ts';

test('every kind of entry counts to its own sum', (t) => {
  const entries = [
    booking({ kind: 'commit', quantity: '200' }),
    booking({ kind: 'release', quantity: '300' }),
    booking({ kind: 'release', quantity: '-40' }),
    booking({ kind: 'adjust', quantity: '-10.5' }),
    booking({ kind: 'ship', quantity: '120' }),
    booking({ kind: 'receive', quantity: '90' }),
    booking({ kind: 'return', quantity: '5' }),
    booking({ kind: 'release', quantity: '7', line: '2' }),
    booking({ kind: 'release', quantity: '7', blanket: 'another' }),
  ];
  const after = applyEntries(blanket({ lines: [blanketLine(), blanketLine({ number: '2' })] }), entries);
  const [one, two] = after.lines;
  t.like(one, { committed: '1200', released: '249.5', shipped: '120', received: '90', returned: '5' });
  t.like(two, { committed: '1000', released: '7' });
  t.is(remainingQuantity(one!), '950.5');
  t.is(inTransit(one!), '30');
  t.is(after.state, 'open');
});

test('a ledger that does not make its sums is told', (t) => {
  const on = blanket({}, { committed: '100', released: '20' });
  const entries = [booking({ kind: 'commit', quantity: '100' }), booking({ quantity: '20' })];
  t.deepEqual(findLedgerFaults(on, entries), []);
  t.deepEqual(findLedgerFaults(on, entries.slice(0, 1)), [
    'blanket order BK100 line 1: 20 released, and its entries make 0',
  ]);
  t.deepEqual(findLedgerFaults(on, [...entries, booking({ line: '9' })]), [
    'blanket order BK100: an entry is of line 9, which it has not',
  ]);
  t.deepEqual(findLedgerFaults({ ...on, state: 'closed' }, entries), [
    'blanket order BK100 is closed, and has no closing entry',
  ]);
});

test('closing says what lapses, once', (t) => {
  const on = blanket({}, { released: '400' });
  const bookings = closeBlanket(on, 'Ann: season is over');
  t.deepEqual(bookings, [booking({ kind: 'close', quantity: '600', reference: 'Ann: season is over' })]);
  const closed = applyEntries(on, bookings);
  t.is(closed.state, 'closed');
  t.is(closed.lines[0]?.released, '400');
  t.deepEqual(closeBlanket(closed, 'again'), []);
});

const GIVEN_BACK: readonly [string, readonly Partial<BlanketEntry>[], string | undefined][] = [
  ['nothing is shipped', [{ quantity: '100' }], '-100'],
  ['a part is shipped', [{ quantity: '100' }, { kind: 'ship', quantity: '60' }], '-40'],
  ['all is shipped', [{ quantity: '100' }, { kind: 'ship', quantity: '100' }], undefined],
  ['more is shipped', [{ quantity: '100' }, { kind: 'ship', quantity: '101' }], undefined],
  ['all was given back before', [{ quantity: '100' }, { quantity: '-100' }], undefined],
  [
    'what was shipped came back',
    [{ quantity: '100' }, { kind: 'ship', quantity: '60' }, { kind: 'return', quantity: '60' }],
    '-40',
  ],
];

for (const [when, entries, quantity] of GIVEN_BACK) {
  test(`a release gives back what it did not use where ${when}`, (t) => {
    const bookings = giveBackRelease(
      blanket({}, { released: '500' }),
      entries.map(entry),
      'cancelled by 860',
    );
    t.deepEqual(
      bookings,
      quantity === undefined ? [] : [booking({ quantity, reference: 'cancelled by 860' })],
    );
  });
}

const COMMITTED: readonly [string, string, string | undefined, string][] = [
  ['raised', '1500', undefined, '1500'],
  ['lowered to what is released', '400', undefined, '400'],
  ['lowered to one below what is released', '399', 'commitment-below-released', '1000'],
  ['lowered to nothing', '0', 'commitment-below-released', '1000'],
  ['left as it is', '1000.0', undefined, '1000'],
];

for (const [when, quantity, refused, committed] of COMMITTED) {
  test(`a commitment that is ${when}`, (t) => {
    const on = blanket({}, { released: '400' });
    const { number, item, unit, price } = on.lines[0]!;
    const amended = amendBlanket(on, [{ number, item, unit, price, quantity }], '860 2');
    t.deepEqual(
      amended.reasons.map(({ code }) => code),
      refused === undefined ? [] : [refused],
    );
    t.is(amended.blanket.lines[0]?.committed, committed);
    t.deepEqual(applyEntries(on, amended.bookings).lines[0]?.committed, committed);
  });
}

test('a change adds lines, takes out what nothing is released of, and sets prices', (t) => {
  const on = blanket({ lines: [blanketLine({ released: '10' }), blanketLine({ number: '2' })] });
  const line = { number: '1', item: 'W-1', unit: 'EA', price: '3.10', priceBasis: 'PE', quantity: '1000' };
  const {
    blanket: after,
    bookings,
    reasons,
  } = amendBlanket(on, [line, { ...line, number: '3', item: 'W-3', quantity: '50' }], '860 1');
  t.deepEqual(reasons, []);
  t.deepEqual(
    bookings.map((one) => [one.line, one.kind, one.quantity]),
    [
      ['3', 'commit', '50'],
      ['2', 'commit', '-1000'],
    ],
  );
  t.deepEqual(
    after.lines.map((one) => [one.number, one.item, one.price, one.committed, one.released]),
    [
      ['1', 'W-1', '3.10', '1000', '10'],
      ['2', 'W-1', '3.25', '0', '0'],
      ['3', 'W-3', '3.10', '50', '0'],
    ],
  );
});

test('a line keeps its item and unit, and a closed blanket all of itself', (t) => {
  const line = { number: '1', item: 'W-2', unit: 'EA', quantity: '2000' };
  t.is(amendBlanket(blanket(), [line], '860').reasons[0]?.code, 'blanket-line-replaced');
  const closed = amendBlanket(blanket({ state: 'closed' }), [{ ...line, item: 'W-1' }], '860');
  t.is(closed.reasons[0]?.code, 'blanket-closed');
  t.deepEqual(closed.bookings, []);
});

const ADJUSTED: readonly [string, Partial<Blanket>, string, string | undefined][] = [
  ['up to the limit', { allowance: '5' }, '650', undefined],
  ['over the limit', { allowance: '5' }, '651', 'blanket-over-release'],
  ['down to what is shipped', {}, '-100', undefined],
  ['below what is shipped', {}, '-101', 'adjusted-below-shipped'],
  ['by nothing', {}, '0', 'quantity-zero'],
  ['over an estimate', { allowance: undefined }, '5000', undefined],
  ['after the close', { state: 'closed' }, '1', 'blanket-closed'],
];

for (const [when, changes, quantity, refused] of ADJUSTED) {
  test(`what counts as released is adjusted ${when}`, (t) => {
    const adjustment = adjustReleased(
      blanket(changes, { released: '400', shipped: '300' }),
      '1',
      quantity,
      'Ann',
    );
    t.is(adjustment.kind === 'refused' ? adjustment.reason.code : undefined, refused);
    if (adjustment.kind === 'adjusted')
      t.deepEqual(adjustment.booking, booking({ kind: 'adjust', quantity, reference: 'Ann' }));
  });
}

test('no more is given back than still counts as released', (t) => {
  const on = blanket({}, { released: '30' });
  t.deepEqual(giveBackRelease(on, [entry({ quantity: '100' })], 'R7'), [booking({ quantity: '-30' })]);
  const booked = new Map([['1', '100']]);
  t.deepEqual(checkRelease(release([], booked), on, TODAY).bookings, [booking({ quantity: '-30' })]);
});

test('a line that is not there cannot be adjusted', (t) => {
  const adjustment = adjustReleased(blanket(), '4', '10', 'Ann');
  t.is(adjustment.kind === 'refused' ? adjustment.reason.code : '', 'blanket-line-unknown');
});

/** What may happen to a blanket, in any order. */
const STEP = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('release' as const),
      lines: fc.array(fc.tuple(fc.constantFrom('W-1', 'W-2'), fc.integer({ min: -2, max: 60 })), {
        minLength: 1,
        maxLength: 4,
      }),
    }),
  },
  fc.record({ kind: fc.constant('change' as const), which: fc.nat(20), quantity: fc.nat(60) }),
  fc.record({ kind: fc.constant('cancel' as const), which: fc.nat(20) }),
  fc.record({ kind: fc.constant('ship' as const), which: fc.nat(20), quantity: fc.nat(10) }),
  fc.record({ kind: fc.constant('commit' as const), quantity: fc.nat(200) }),
  fc.record({ kind: fc.constant('adjust' as const), quantity: fc.integer({ min: -30, max: 30 }) }),
);
type Step = typeof STEP extends fc.Arbitrary<infer T> ? T : never;

const START = blanket({
  lines: [blanketLine({ committed: '100' }), blanketLine({ number: '2', item: 'W-2', committed: '37' })],
});
const COMMITMENTS = START.lines.map(({ number, committed }) =>
  booking({ line: number, kind: 'commit', quantity: committed }),
);

/** The ledger that steps lead to. */
function play(allowance: string, steps: readonly Step[]) {
  let now: Blanket = { ...START, allowance };
  const ledger: BlanketEntry[] = COMMITMENTS.map(entry);
  const commitments: Blanket[] = [now];
  const releases: string[] = [];
  const book = (bookings: readonly BlanketBooking[], order?: string) => {
    now = applyEntries(now, bookings);
    commitments.push(now);
    ledger.push(...bookings.map((one) => entry({ ...one, order })));
  };
  const entriesOf = (order: string | undefined) => ledger.filter((one) => one.order === order);
  for (const step of steps) {
    const order = 'which' in step ? releases[step.which % Math.max(releases.length, 1)] : undefined;
    if (step.kind === 'release') {
      const id = `R${releases.length}`;
      releases.push(id);
      const lines = step.lines.map(([item, quantity], index) =>
        releaseLine({
          number: String(index + 1),
          item: { ...WIDGET, number: item },
          quantity: String(quantity),
        }),
      );
      book(checkRelease(release(lines), now, TODAY).bookings, id);
    } else if (step.kind === 'commit') {
      const { number, item, unit } = now.lines[0]!;
      const others = now.lines.slice(1).map((line) => ({ ...line, quantity: line.committed }));
      book(
        amendBlanket(now, [{ number, item, unit, quantity: String(step.quantity) }, ...others], '860')
          .bookings,
      );
    } else if (step.kind === 'adjust') {
      const adjustment = adjustReleased(now, '1', String(step.quantity), 'Ann');
      if (adjustment.kind === 'adjusted') book([adjustment.booking]);
    } else if (order === undefined) continue;
    else if (step.kind === 'cancel') book(giveBackRelease(now, entriesOf(order), 'cancelled'), order);
    else if (step.kind === 'ship') {
      const own = giveBackRelease(now, entriesOf(order), '').find(({ line }) => line === '1');
      const quantity = Math.min(step.quantity, -Number(own?.quantity ?? 0));
      if (quantity > 0) book([booking({ kind: 'ship', quantity: String(quantity) })], order);
    } else {
      const booked = new Map<string, string>();
      for (const { line, kind, quantity } of entriesOf(order))
        if (kind === 'release') booked.set(line, new Big(booked.get(line) ?? 0).plus(quantity).toFixed());
      const lines = [releaseLine({ quantity: String(step.quantity) })];
      book(checkRelease(release(lines, booked), now, TODAY).bookings, order);
    }
  }
  return { now, ledger, commitments };
}

const ALLOWANCE = fc.constantFrom('0', '5', '12.5', '100');

test('the releases never go over the limit, whatever happens in whatever order', (t) => {
  let drawn = 0;
  fc.assert(
    fc.property(ALLOWANCE, fc.array(STEP, { maxLength: 40 }), (allowance, steps) => {
      for (const { lines } of play(allowance, steps).commitments)
        for (const { committed, released } of lines) {
          const limit = new Big(committed).times(new Big(100).plus(allowance)).div(100);
          if (new Big(released).gt(limit) || new Big(released).lt(0)) return false;
          if (new Big(released).gt(0)) drawn += 1;
        }
      return true;
    }),
    { numRuns: 300 },
  );
  t.true(drawn > 1000);
});

test('the sums beside the ledger are those of its entries', (t) => {
  fc.assert(
    fc.property(ALLOWANCE, fc.array(STEP, { maxLength: 40 }), (allowance, steps) => {
      const { now, ledger } = play(allowance, steps);
      return findLedgerFaults(now, ledger).length === 0;
    }),
    { numRuns: 300 },
  );
  t.pass();
});

test('a release that is cancelled before it ships restores the balance', (t) => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 5 }), (quantities) => {
      const lines = quantities.map((quantity, index) =>
        releaseLine({ number: String(index + 1), quantity: String(quantity) }),
      );
      const { bookings } = checkRelease(release(lines), START, TODAY);
      const back = giveBackRelease(applyEntries(START, bookings), bookings.map(entry), 'cancelled');
      const after = applyEntries(applyEntries(START, bookings), back);
      return after.lines.every(({ released }, index) => released === START.lines[index]?.released);
    }),
  );
  t.pass();
});
