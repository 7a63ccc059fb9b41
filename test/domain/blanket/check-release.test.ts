import test from 'ava';
import type { Blanket, BlanketLine } from '../../../src/domain/blanket/blanket.ts';
import { checkRelease } from '../../../src/domain/blanket/check-release.ts';
import type { ReleaseLine } from '../../../src/domain/blanket/release.ts';
import { blanket, blanketLine, booking, release, releaseLine, TODAY, WIDGET } from './support.ts';

type Row = {
  readonly when: string;
  readonly blanket?: Partial<Blanket>;
  readonly on?: Partial<BlanketLine>;
  readonly lines: readonly Partial<ReleaseLine>[];
  readonly today?: string;
  /** Codes against the release as a whole. */
  readonly whole?: readonly string[];
  /** Codes of each line, none where it stands. */
  readonly reasons: readonly (readonly string[])[];
  readonly stands?: readonly boolean[];
  readonly notes?: readonly string[];
  /** By line of the blanket. */
  readonly booked: Readonly<Record<string, string>>;
};

const ROWS: readonly Row[] = [
  { when: 'all is as agreed', lines: [{}], reasons: [[]], notes: ['blanket-balance'], booked: { 1: '100' } },
  {
    when: 'exactly the commitment is wanted',
    lines: [{ quantity: '1000' }],
    reasons: [[]],
    booked: { 1: '1000' },
  },
  {
    when: 'one more than the commitment is wanted',
    lines: [{ quantity: '1001' }],
    reasons: [['blanket-over-release']],
    booked: {},
  },
  {
    when: 'the smallest fraction more is wanted',
    lines: [{ quantity: '1000.0001' }],
    reasons: [['blanket-over-release']],
    booked: {},
  },
  {
    when: 'the last unit is wanted',
    on: { released: '999' },
    lines: [{ quantity: '1' }],
    reasons: [[]],
    booked: { 1: '1' },
  },
  {
    when: 'nothing is left',
    on: { released: '1000' },
    lines: [{ quantity: '1' }],
    reasons: [['blanket-over-release']],
    booked: {},
  },
  {
    when: 'exactly the allowance of the commitment is reached, not that of what remains',
    blanket: { allowance: '5' },
    on: { released: '900' },
    lines: [{ quantity: '150' }],
    reasons: [[]],
    booked: { 1: '150' },
  },
  {
    when: 'one more than the allowance is wanted',
    blanket: { allowance: '5' },
    on: { released: '900' },
    lines: [{ quantity: '151' }],
    reasons: [['blanket-over-release']],
    booked: {},
  },
  {
    when: 'the allowance is a fraction of a percent',
    blanket: { allowance: '2.5' },
    on: { committed: '30' },
    lines: [{ quantity: '30.75' }, { quantity: '0.01' }],
    reasons: [[], ['blanket-over-release']],
    booked: { 1: '30.75' },
  },
  {
    when: 'nothing was committed',
    blanket: { allowance: '10' },
    on: { committed: '0' },
    lines: [{ quantity: '1' }],
    reasons: [['blanket-over-release']],
    booked: {},
  },
  {
    when: 'lines on the same line of the blanket go over it together',
    lines: [
      { number: '1', quantity: '600' },
      { number: '2', quantity: '401' },
      { number: '3', quantity: '400' },
    ],
    reasons: [[], ['blanket-over-release'], []],
    booked: { 1: '1000' },
  },
  {
    when: 'a line that is refused for its price leaves the balance to the next',
    lines: [
      { number: '1', quantity: '600', price: '3.30' },
      { number: '2', quantity: '1000' },
    ],
    reasons: [['blanket-price'], []],
    booked: { 1: '1000' },
  },
  {
    when: 'a line that does not stand for another reason draws on nothing',
    lines: [{ quantity: '600', refused: true }, { quantity: '1000' }],
    reasons: [[], []],
    stands: [false, true],
    booked: { 1: '1000' },
  },
  {
    when: 'the quantity is zero',
    lines: [{ quantity: '0' }],
    reasons: [['quantity-not-positive']],
    booked: {},
  },
  {
    when: 'the quantity is negative',
    lines: [{ quantity: '-5' }],
    reasons: [['quantity-not-positive']],
    booked: {},
  },
  {
    when: 'no quantity is given',
    lines: [{ quantity: undefined }],
    reasons: [['quantity-missing']],
    booked: {},
  },
  {
    when: 'the item is in no line',
    lines: [{ item: { ...WIDGET, number: 'X-9' } }, {}],
    reasons: [['blanket-line-unknown'], []],
    booked: { 1: '100' },
  },
  {
    when: 'the item is not known',
    lines: [{ item: undefined }],
    reasons: [['blanket-line-unknown']],
    booked: {},
  },
  {
    when: 'the line numbers of release and blanket differ',
    lines: [{ number: '17' }],
    reasons: [[]],
    booked: { 1: '100' },
  },
  {
    when: 'several lines are of the item, and PO101 says which',
    blanket: { lines: [blanketLine(), blanketLine({ number: '2' })] },
    lines: [{ number: '2' }],
    reasons: [[]],
    booked: { 2: '100' },
  },
  {
    when: 'several lines are of the item, and PO101 names none of them',
    blanket: { lines: [blanketLine(), blanketLine({ number: '2' })] },
    lines: [{ number: '3' }],
    reasons: [['blanket-line-unknown']],
    booked: {},
  },
  {
    when: 'the blanket is closed',
    blanket: { state: 'closed' },
    lines: [{}],
    whole: ['blanket-closed'],
    reasons: [[]],
    stands: [false],
    booked: {},
  },
  { when: 'it is the first day', today: '2026-01-01', lines: [{}], reasons: [[]], booked: { 1: '100' } },
  {
    when: 'it is the day before',
    today: '2025-12-31',
    lines: [{}],
    whole: ['blanket-not-yet-valid'],
    reasons: [[]],
    stands: [false],
    booked: {},
  },
  { when: 'it is the last day', today: '2026-12-31', lines: [{}], reasons: [[]], booked: { 1: '100' } },
  {
    when: 'it is the day after',
    today: '2027-01-01',
    lines: [{}],
    whole: ['blanket-expired'],
    reasons: [[]],
    stands: [false],
    booked: {},
  },
  {
    when: 'no dates were agreed',
    blanket: { validFrom: undefined, validTo: undefined },
    today: '2040-01-01',
    lines: [{}],
    reasons: [[]],
    booked: { 1: '100' },
  },
  {
    when: 'everything is wrong, and nothing hides the rest',
    blanket: { state: 'closed' },
    today: '2027-01-01',
    lines: [{ quantity: '1001', price: '3.24' }],
    whole: ['blanket-closed', 'blanket-expired'],
    reasons: [['blanket-price', 'blanket-over-release']],
    booked: {},
  },
  {
    when: 'the price is the same number written otherwise',
    lines: [{ price: '3.2500' }],
    reasons: [[]],
    booked: { 1: '100' },
  },
  {
    when: 'the price differs by the smallest part',
    lines: [{ price: '3.2501' }],
    reasons: [['blanket-price']],
    booked: {},
  },
  { when: 'no price is given', lines: [{ price: undefined }], reasons: [[]], booked: { 1: '100' } },
  {
    when: 'the blanket has no price',
    on: { price: undefined },
    lines: [{}],
    reasons: [[]],
    booked: { 1: '100' },
  },
  {
    when: 'the same price is per hundred',
    lines: [{ price: '325', priceBasis: 'HP' }],
    reasons: [[]],
    booked: { 1: '100' },
  },
  {
    when: 'another price is per hundred',
    lines: [{ price: '3.25', priceBasis: 'HP' }],
    reasons: [['blanket-price']],
    booked: {},
  },
  {
    when: 'a basis cannot be compared',
    lines: [{ priceBasis: 'XX' }],
    reasons: [['blanket-price']],
    booked: {},
  },
  {
    when: 'cases are released of what is committed in pieces',
    lines: [{ quantity: '5', unit: 'CA', price: '39', priceBasis: 'PE' }],
    reasons: [[]],
    booked: { 1: '60' },
  },
  {
    when: 'the unit cannot be converted',
    lines: [{ unit: 'KG', price: undefined }],
    reasons: [['unit-unknown']],
    booked: {},
  },
  {
    when: 'pieces are no whole part of the cases that are committed',
    on: { unit: 'CA', price: undefined },
    lines: [{ quantity: '10' }],
    reasons: [['unit-unknown']],
    booked: {},
  },
  {
    when: 'an estimate is gone over',
    blanket: { firm: false, allowance: undefined },
    lines: [{ quantity: '1001' }],
    reasons: [[]],
    notes: ['blanket-over-estimate'],
    booked: { 1: '1001' },
  },
  {
    when: 'a person has overridden what stands against it',
    blanket: { state: 'closed' },
    lines: [{ quantity: '1001', waives: () => true }],
    whole: ['blanket-closed'],
    reasons: [['blanket-over-release']],
    stands: [true],
    booked: { 1: '1001' },
  },
  {
    when: 'a person has overridden one of two reasons',
    lines: [{ quantity: '1001', price: '3.30', waives: (code) => code === 'blanket-price' }],
    reasons: [['blanket-price', 'blanket-over-release']],
    booked: {},
  },
];

for (const row of ROWS) {
  test(`a release where ${row.when}`, (t) => {
    const on = blanket(row.blanket, row.on);
    const check = checkRelease(release(row.lines.map(releaseLine)), on, row.today ?? TODAY);
    t.deepEqual(check.reasons.map(({ code }) => code) as string[], row.whole ?? []);
    t.deepEqual(
      check.lines.map(({ reasons }) => reasons.map(({ code }) => code)) as string[][],
      row.reasons as string[][],
    );
    const stands = row.stands ?? row.reasons.map((reasons) => reasons.length === 0);
    t.deepEqual(
      check.lines.map((line) => line.stands),
      stands as boolean[],
    );
    t.deepEqual(Object.fromEntries(check.bookings.map(({ line, quantity }) => [line, quantity])), row.booked);
    if (row.notes !== undefined)
      t.deepEqual(
        check.lines.flatMap(({ notes }) => notes.map(({ code }) => code)) as string[],
        row.notes as string[],
      );
  });
}

test('a release without a blanket is refused as a whole', (t) => {
  const check = checkRelease(release([releaseLine()]), undefined, TODAY);
  t.deepEqual(check.reasons, [
    { code: 'blanket-unknown', text: 'release R7: there is no blanket order BK100' },
  ]);
  t.deepEqual(check.lines, [{ stands: false, reasons: [], notes: [] }]);
});

test('the balance is told before and after, so that it can be read on the phone', (t) => {
  const on = blanket({ allowance: '5' }, { released: '900' });
  const check = checkRelease(
    release([releaseLine({ quantity: '60' }), releaseLine({ number: '2', quantity: '91' })]),
    on,
    TODAY,
  );
  t.deepEqual(
    check.lines[0]?.notes[0]?.text,
    '60 EA of line 1 of blanket order BK100: 100 left before, 40 left now',
  );
  t.deepEqual(
    check.lines[1]?.reasons[0]?.text,
    '91 EA are 1 more than line 1 of blanket order BK100 has left: 1000 EA committed, 1050 with the 5 % allowed over it, 960 released before, 90 left',
  );
});

test('a release that is decided again keeps what it has booked, and books the difference alone', (t) => {
  const booked = new Map([['1', '300']]);
  const on = blanket({}, { released: '1000' });
  const again = (quantity: string, changes: Partial<Blanket> = {}) =>
    checkRelease(release([releaseLine({ quantity })], booked), { ...on, ...changes }, TODAY);

  t.deepEqual(again('300').bookings, []);
  t.deepEqual(again('300', { state: 'closed' }).reasons, []);
  t.deepEqual(again('200', { state: 'closed' }).bookings, [booking({ quantity: '-100' })]);
  t.false(again('301').lines[0]?.stands);
  t.deepEqual(again('301').bookings, [booking({ quantity: '-300' })]);
  t.deepEqual(checkRelease(release([], booked), on, TODAY).bookings, [booking({ quantity: '-300' })]);
});
