import test from 'ava';
import Long from 'big.js';
import fc from 'fast-check';
import { fromBig, isMultiple, isWhole, keepDecimals, toBig, wholeMultiple } from '../../src/lib/decimal.ts';

const KEPT: readonly (readonly [value: string, kept: string])[] = [
  ['3.10', '3.10'],
  ['+3.10', '3.10'],
  ['.50', '0.50'],
  ['-.50', '-0.50'],
  ['5.', '5'],
  ['007.0', '7.0'],
  ['0.000', '0.000'],
  ['100', '100'],
];

for (const [value, kept] of KEPT)
  test(`${value} stays ${kept}`, (t) => {
    t.is(keepDecimals(value), kept);
  });

test('a number is whole whatever zeros stand behind its point', (t) => {
  for (const whole of ['0', '0.00', '7', '7.0', '-120', '1000000000000000000000'])
    t.true(isWhole(toBig(whole)), whole);
  for (const broken of ['0.5', '-7.01', '1000000000000000000000.1']) t.false(isWhole(toBig(broken)), broken);
});

test('what is left over is left out: of pieces, of parts of them, and of more than a double holds', (t) => {
  const rows: [value: string, of: string, whole: string][] = [
    ['40', '12', '36'],
    ['36', '12', '36'],
    ['11', '12', '0'],
    ['0', '12', '0'],
    ['2.5', '1', '2'],
    ['7.5', '2.5', '7.5'],
    ['9007199254740993', '2', '9007199254740992'],
    ['90071992547409930000001', '10', '90071992547409930000000'],
  ];
  for (const [value, of, whole] of rows) {
    t.is(fromBig(wholeMultiple(toBig(value), of)), whole);
    t.is(isMultiple(toBig(value), of), value === whole);
  }
});

test('what is left over is left out of any number, as big.js does it', (t) => {
  const decimal = fc
    .tuple(fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }), fc.nat(4))
    .map(([digits, places]) => new Long(`${digits}e-${places}`).toFixed());
  const each = fc
    .tuple(fc.integer({ min: 1, max: 100_000 }), fc.nat(2))
    .map(([digits, places]) => new Long(`${digits}e-${places}`).toFixed());
  fc.assert(
    fc.property(decimal, each, (value, of) => {
      const over = new Long(value).mod(of);
      t.is(fromBig(wholeMultiple(toBig(value), of)), new Long(value).minus(over).toFixed());
      t.is(isMultiple(toBig(value), of), over.eq(0));
    }),
  );
});

test('what is written is in plain notation, and zero has no sign', (t) => {
  t.is(fromBig(toBig('-0')), '0');
  t.is(fromBig(toBig('999999999999999')), '999999999999999');
  t.is(fromBig(toBig('-1000000000000000')), '-1000000000000000');
  t.is(fromBig(toBig('1e3')), '1000');
});
