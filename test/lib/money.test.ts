import test from 'ava';
import { fromBig, toBig } from '../../src/lib/decimal.ts';
import { decimalsOf, divide, type Rounding, roundMoney } from '../../src/lib/money.ts';

const ROUNDED: readonly (readonly [value: string, rounding: Rounding, decimals: number, to: string])[] = [
  ['1.004', 'half-up', 2, '1'],
  ['1.005', 'half-up', 2, '1.01'],
  ['1.015', 'half-up', 2, '1.02'],
  ['1.0049999999999999999999', 'half-up', 2, '1'],
  ['1.005', 'half-even', 2, '1'],
  ['1.015', 'half-even', 2, '1.02'],
  ['1.0050000000000000000001', 'half-even', 2, '1.01'],
  ['-1.005', 'half-up', 2, '-1.01'],
  ['-1.005', 'half-even', 2, '-1'],
  ['0', 'half-up', 2, '0'],
  ['-0.004', 'half-up', 2, '0'],
  ['0.5', 'half-up', 0, '1'],
  ['0.5', 'half-even', 0, '0'],
  ['1.5', 'half-even', 0, '2'],
  ['1.0005', 'half-up', 3, '1.001'],
  ['1.0005', 'half-even', 3, '1'],
];

for (const [value, rounding, decimals, to] of ROUNDED)
  test(`${value} with ${decimals} decimals is ${to} ${rounding}`, (t) => {
    t.is(fromBig(roundMoney(toBig(value), rounding, decimals)), to);
  });

test('money has two decimals where nothing else is said', (t) => {
  t.is(fromBig(roundMoney(toBig('12.345'), 'half-up')), '12.35');
});

for (const [currency, decimals] of [
  ['USD', 2],
  ['EUR', 2],
  ['JPY', 0],
  ['KRW', 0],
  ['KWD', 3],
  ['BHD', 3],
] as const)
  test(`${currency} has ${decimals} decimals`, (t) => {
    t.is(decimalsOf(currency), decimals);
  });

for (const [dividend, divisor, quotient] of [
  ['39', '12', '3.25'],
  ['10', '3', '3.3333333333'],
  ['20', '3', '6.6666666667'],
  ['-20', '3', '-6.6666666667'],
  ['1', '1024', '0.0009765625'],
  // The eleventh digit is a 4, whatever follows it: rounded once, not by way of twenty digits.
  ['0.000000000049999999999999999', '1', '0'],
] as const)
  test(`${dividend} divided by ${divisor} is ${quotient}`, (t) => {
    t.is(fromBig(divide(toBig(dividend), toBig(divisor))), quotient);
  });
