import test from 'ava';
import fc from 'fast-check';
import { gs1CheckDigit, lastSscc, readSscc, writeSscc } from '../../../src/domain/shipment/sscc.ts';

// Check digits as GS1 prints them in its General Specifications and its Tag Data Standard.
const KNOWN = ['106141412345678908', '376104250021234569', '340123450000000000'];

for (const sscc of KNOWN)
  test(`${sscc} is an SSCC`, (t) => {
    t.deepEqual(readSscc(sscc), { kind: 'sscc', sscc });
    t.is(gs1CheckDigit(sscc.slice(0, 17)), sscc.slice(17));
  });

test('the same check digit ends a GTIN-13 and a GTIN-14', (t) => {
  t.is(gs1CheckDigit('629104150021'), '3');
  t.is(gs1CheckDigit('0950600013435'), '2');
});

test('the n-th SSCC has the extension digit, the prefix, serial n and its check digit', (t) => {
  const space = { companyPrefix: '0614141', extensions: '1' };
  t.is(writeSscc(space, 234_567_890), '106141412345678908');
});

test('after the last serial of an extension digit comes the next digit', (t) => {
  const space = { companyPrefix: '0123456789', extensions: '38' };
  t.is(lastSscc(space), 1_999_999);
  t.is(writeSscc(space, 999_999).slice(0, 17), '30123456789999999');
  t.is(writeSscc(space, 1_000_000).slice(0, 17), '80123456789000000');
  t.throws(() => writeSscc(space, 2_000_000), { message: /there is no SSCC 2000000/ });
  t.throws(() => writeSscc(space, 0), { message: /there is no SSCC 0/ });
});

test('it is read with and without its application identifier', (t) => {
  const read = { kind: 'sscc', sscc: '106141412345678908' };
  t.deepEqual(readSscc('(00)106141412345678908'), read);
  t.deepEqual(readSscc('00106141412345678908'), read);
});

const WRONG: readonly (readonly [string, RegExp])[] = [
  ['106141412345678907', /^SSCC 106141412345678907: the check digit is 7, expected 8$/],
  ['10614141234567890', /expected 18 digits \(they are 17\)/],
  ['', /^SSCC "": expected 18 digits$/],
  ['10614141234567890X', /^SSCC "10614141234567890X": expected 18 digits$/],
  ['１06141412345678908', /expected 18 digits/],
];

for (const [text, message] of WRONG)
  test(`${JSON.stringify(text)} is told to be wrong`, (t) => {
    const reading = readSscc(text);
    t.is(reading.kind, 'wrong');
    if (reading.kind === 'wrong') t.regex(reading.message, message);
  });

const spaces = fc.record({
  companyPrefix: fc.stringMatching(/^\d{4,12}$/),
  extensions: fc
    .uniqueArray(fc.integer({ min: 0, max: 9 }), { minLength: 1 })
    .map((digits) => digits.join('')),
});

test('all SSCCs of a space are sound and differ', (t) => {
  const places = fc.uniqueArray(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 20 });
  fc.assert(
    fc.property(spaces, places, (space, shares) => {
      const numbers = new Set(shares.map((share) => 1 + Math.floor(share * (lastSscc(space) - 1))));
      const ssccs = [...numbers].map((n) => writeSscc(space, n));
      t.is(new Set(ssccs).size, numbers.size);
      for (const sscc of ssccs) {
        t.deepEqual(readSscc(sscc), { kind: 'sscc', sscc });
        t.is(sscc.slice(1, 1 + space.companyPrefix.length), space.companyPrefix);
      }
    }),
  );
});

test('any single digit read wrong is found', (t) => {
  fc.assert(
    fc.property(spaces, fc.nat(17), fc.integer({ min: 1, max: 9 }), (space, at, by) => {
      const sscc = writeSscc(space, 1);
      const digit = (Number(sscc[at]) + by) % 10;
      t.is(readSscc(`${sscc.slice(0, at)}${digit}${sscc.slice(at + 1)}`).kind, 'wrong');
    }),
  );
});
