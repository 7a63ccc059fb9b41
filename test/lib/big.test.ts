import test from 'ava';
import Long from 'big.js';
import fc from 'fast-check';
import { Big, type RoundingMode } from '../../src/lib/big.ts';

/** Digits of all lengths, many of them where a double stops being exact; and those that end in zeros. */
const whole = fc.oneof(
  fc.bigInt(-20n, 20n),
  fc.bigInt(-1_000_000n, 1_000_000n),
  fc.bigInt(2n ** 53n - 40n, 2n ** 53n + 40n),
  fc.bigInt(-(2n ** 53n) - 40n, -(2n ** 53n) + 40n),
  fc.bigInt(-(10n ** 17n), 10n ** 17n),
  fc.bigInt(-(10n ** 30n), 10n ** 30n),
  fc.tuple(fc.bigInt(-999n, 999n), fc.nat(16)).map(([digits, zeros]) => digits * 10n ** BigInt(zeros)),
);

const places = fc.oneof(
  { weight: 4, arbitrary: fc.nat(4) },
  { weight: 1, arbitrary: fc.nat(24) },
  fc.constantFrom(14, 15, 16),
);

/** As senders write it: `-0`, `0.50`, `.5`, `5.`, `007`. */
const decimal = fc
  .tuple(whole, places, fc.boolean(), fc.constantFrom('', '0', '00', 'bare'))
  .map(([digits, scale, negative, lead]) => {
    const text = String(digits)
      .replace('-', '')
      .padStart(scale + 1, '0');
    const sign = negative !== digits < 0n ? '-' : '';
    const [before, after] = [text.slice(0, text.length - scale), text.slice(text.length - scale)];
    if (lead === 'bare')
      return before === '0' && after !== '' ? `${sign}.${after}` : `${sign}${before}.${after}`;
    return `${sign}${lead}${before}${after === '' ? '' : `.${after}`}`;
  });

const decimals = fc.oneof(fc.nat(4), fc.nat(20), fc.constantFrom(14, 15, 16));

/** All that can be told of a number, the sign of a zero as well. */
function tell(make: () => Big | Long): unknown {
  try {
    const value = make();
    const told = [value.toFixed(), value.toString(), JSON.stringify(value)];
    return [...told, Object.is(value.toNumber(), -0), value.toNumber()];
  } catch {
    return 'thrown';
  }
}

const MODES = {
  down: Long.roundDown,
  'half-up': Long.roundHalfUp,
  'half-even': Long.roundHalfEven,
  up: Long.roundUp,
} as const satisfies Record<RoundingMode, number>;
const OPERATIONS = ['plus', 'minus', 'times', 'div', 'mod'] as const;
const COMPARISONS = ['cmp', 'eq', 'gt', 'gte', 'lt', 'lte'] as const;

const RUNS = { numRuns: 3_000 };

test('a text is read as the same number, and one that is none is refused', (t) => {
  for (const text of [
    '',
    '-',
    '+',
    '.',
    '-.',
    '1.2.3',
    '1,5',
    'e5',
    ' 1',
    '1 ',
    '--1',
    '٣',
    'NaN',
    'Infinity',
  ])
    t.throws(() => Big.from(text), undefined, text);
  for (const text of ['1e3', '1E-7', '-1.5e+2'])
    t.deepEqual(
      tell(() => Big.from(text)),
      tell(() => new Long(text)),
    );
  t.is(Big.from('+3.10').toFixed(), '3.1');
  fc.assert(
    fc.property(decimal, (text) => {
      t.deepEqual(
        tell(() => Big.from(text)),
        tell(() => new Long(text)),
      );
      t.deepEqual(
        tell(() => Big.from(`+${text}`)),
        tell(() => new Long(text)),
      );
    }),
    RUNS,
  );
});

test('a number in the code is the same number', (t) => {
  for (const value of [0, -0, 1, -1, 100, 0.01, -2.5, 1e21, 2 ** 53, -(2 ** 53) - 2])
    t.deepEqual(
      tell(() => Big.from(value)),
      tell(() => new Long(value)),
    );
  for (const none of [Number.NaN, Number.POSITIVE_INFINITY]) t.throws(() => Big.from(none));
});

for (const operation of OPERATIONS)
  test(`${operation} gives what big.js gives, and its result can be reckoned with`, (t) => {
    fc.assert(
      fc.property(decimal, decimal, decimal, (a, b, c) => {
        t.deepEqual(
          tell(() => Big.from(a)[operation](b)),
          tell(() => new Long(a)[operation](b)),
        );
        t.deepEqual(
          tell(() => Big.from(a)[operation](Big.from(b)).plus(c)),
          tell(() => new Long(a)[operation](b).plus(c)),
        );
      }),
      RUNS,
    );
  });

test('what ends is divided to its last decimal', (t) => {
  fc.assert(
    fc.property(decimal, decimal, (a, b) => {
      const product = new Long(a).times(b).toFixed();
      t.deepEqual(
        tell(() => Big.from(product).div(b)),
        tell(() => new Long(product).div(b)),
      );
    }),
    RUNS,
  );
});

test('a division to so many decimals is rounded once', (t) => {
  fc.assert(
    fc.property(decimal, decimal, decimals, (a, b, to) => {
      const Quotient = Long();
      Quotient.DP = to;
      const exact = () => new Long(new Quotient(a).div(b));
      t.deepEqual(
        tell(() => Big.from(a).divideTo(b, to)),
        tell(exact),
      );
    }),
    RUNS,
  );
});

test('rounding, by every mode, and what is written with so many decimals', (t) => {
  fc.assert(
    fc.property(
      decimal,
      decimals,
      fc.constantFrom<RoundingMode>('down', 'half-up', 'half-even', 'up'),
      (a, to, mode) => {
        t.deepEqual(
          tell(() => Big.from(a).round(to, mode)),
          tell(() => new Long(a).round(to, MODES[mode])),
        );
        t.is(Big.from(a).toFixed(to), new Long(a).toFixed(to));
        t.deepEqual(
          tell(() => Big.from(a).round(-to, mode)),
          tell(() => new Long(a).round(-to, MODES[mode])),
        );
      },
    ),
    RUNS,
  );
});

test('what is exactly halfway is rounded by its mode', (t) => {
  fc.assert(
    fc.property(
      fc.bigInt(-(10n ** 16n), 10n ** 16n),
      fc.nat(14),
      fc.constantFrom<RoundingMode>('half-up', 'half-even'),
      (digits, to, mode) => {
        const half = new Long(`${digits}5e-${to + 1}`).toFixed();
        t.deepEqual(
          tell(() => Big.from(half).round(to, mode)),
          tell(() => new Long(half).round(to, MODES[mode])),
        );
      },
    ),
    RUNS,
  );
});

test('signs are turned and left out', (t) => {
  fc.assert(
    fc.property(decimal, (a) => {
      t.deepEqual(
        tell(() => Big.from(a).neg()),
        tell(() => new Long(a).neg()),
      );
      t.deepEqual(
        tell(() => Big.from(a).abs()),
        tell(() => new Long(a).abs()),
      );
      t.is(Big.from(a).isWhole(), new Long(a).mod(1).eq(0));
    }),
    RUNS,
  );
});

test('numbers are compared by what they are worth', (t) => {
  fc.assert(
    fc.property(decimal, decimal, (a, b) => {
      for (const compare of COMPARISONS)
        t.is<unknown, unknown>(Big.from(a)[compare](b), new Long(a)[compare](b));
      t.true(Big.from(a).eq(new Long(a).toFixed(30)));
    }),
    RUNS,
  );
});

test('a number never changes', (t) => {
  fc.assert(
    fc.property(decimal, decimal, (a, b) => {
      const [one, other] = [Big.from(a), Big.from(b)];
      for (const operation of OPERATIONS) tell(() => one[operation](other));
      for (const compare of COMPARISONS) one[compare](other);
      one.round(1);
      one.abs();
      one.neg();
      t.deepEqual([tell(() => one), tell(() => other)], [tell(() => new Long(a)), tell(() => new Long(b))]);
    }),
    { numRuns: 500 },
  );
});
