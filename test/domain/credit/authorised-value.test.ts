import test from 'ava';
import fc from 'fast-check';
import {
  checkAuthorisedValue,
  readAuthorisedValue,
  splitByAuthority,
} from '../../../src/domain/credit/authorised-value.ts';

const total = (qualifier: string, amount: string) => ({ qualifier, amount });

test('the total that an order states is read from AMT*TT alone', (t) => {
  const read = (...totalAmounts: ReturnType<typeof total>[]) =>
    readAuthorisedValue({ poNumber: 'PO1', totalAmounts });
  t.deepEqual(readAuthorisedValue({ poNumber: 'PO1' }), {});
  t.deepEqual(read(total('1', '5')), {});
  t.deepEqual(read(total('1', '5'), total('TT', '1000.00')), { amount: '1000.00' });
  t.deepEqual(read(total('TT', '1000.00'), total('TT', '1000')), { amount: '1000.00' });
  t.deepEqual(read(total('TT', '1000'), total('TT', '900')).reason, {
    code: 'authorised-value-unclear',
    text: 'order PO1 states different totals (AMT*TT): 1000, 900',
  });
});

test('the authorised value may be used to the last cent', (t) => {
  const check = (...amounts: string[]) => checkAuthorisedValue('PO1', amounts, '1000.00', 'USD');
  t.is(check(), undefined);
  t.is(check('999.99', '0.01'), undefined);
  t.is(check('1200', '-200'), undefined);
  t.deepEqual(check('999.99', '0.02'), {
    code: 'authorised-value-exceeded',
    text: 'order PO1 authorises 1000.00 USD and its lines come to 1000.01 USD: 0.01 USD more',
  });
  t.is(checkAuthorisedValue('PO1', ['0'], '0', 'USD'), undefined);
  t.truthy(checkAuthorisedValue('PO1', ['0.01'], '0', 'USD'));
});

const line = (number: string, amount: string) => ({ line: number, amount });
const authority = (poNumber: string, left: string, currency = 'USD') => ({ poNumber, left, currency });

test('lines go whole to the first purchase order that has enough left', (t) => {
  const split = splitByAuthority(
    [line('1', '600'), line('2', '500'), line('3', '400'), line('4', '0.01')],
    [authority('PO-A', '1000'), authority('PO-B', '500')],
    'USD',
  );
  t.deepEqual(split.shares, [
    { poNumber: 'PO-A', lines: ['1', '3'], used: '1000', left: '0' },
    { poNumber: 'PO-B', lines: ['2'], used: '500', left: '0' },
  ]);
  t.deepEqual(split.unauthorised, [line('4', '0.01')]);
  t.deepEqual(split.reasons, [
    {
      code: 'authority-missing',
      text: 'line 4: 0.01 USD are more than any purchase order has left (PO-A: 0; PO-B: 0)',
    },
  ]);
});

test('a line that is too large for each is not cut, even where all together would do', (t) => {
  const split = splitByAuthority(
    [line('1', '600')],
    [authority('PO-A', '500'), authority('PO-B', '500')],
    'USD',
  );
  t.deepEqual(split.unauthorised, [line('1', '600')]);
});

test('other currencies are left alone; what costs nothing uses nothing up and gives nothing back', (t) => {
  const split = splitByAuthority(
    [line('1', '-50'), line('2', '0'), line('3', '100'), line('4', '1')],
    [authority('PO-E', '900', 'EUR'), authority('PO-A', '100')],
    'USD',
  );
  t.deepEqual(split.shares, [
    { poNumber: 'PO-E', lines: [], used: '0', left: '900' },
    { poNumber: 'PO-A', lines: ['1', '2', '3'], used: '100', left: '0' },
  ]);
  t.regex(split.reasons[0]?.text ?? '', /PO-E: in EUR, not compared; PO-A: 0/);
  t.regex(splitByAuthority([line('1', '1')], [], 'USD').reasons[0]?.text ?? '', /none is known/);
});

test('every line is in one place, and no authority is overdrawn', (t) => {
  const amount = fc.integer({ min: -100, max: 1_000 }).map(String);
  fc.assert(
    fc.property(fc.array(amount, { maxLength: 12 }), fc.array(amount, { maxLength: 4 }), (amounts, lefts) => {
      const lines = amounts.map((each, index) => line(String(index + 1), each));
      const split = splitByAuthority(
        lines,
        lefts.map((left, index) => authority(`PO-${index}`, left)),
        'USD',
      );
      const placed = [
        ...split.shares.flatMap((one) => one.lines),
        ...split.unauthorised.map((one) => one.line),
      ];
      const once = placed.length === lines.length && new Set(placed).size === lines.length;
      return once && split.shares.every((one) => Number(one.used) === 0 || Number(one.left) >= 0);
    }),
  );
  t.pass();
});
