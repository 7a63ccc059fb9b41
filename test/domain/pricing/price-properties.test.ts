import test from 'ava';
import fc from 'fast-check';
import { checkProof, deriveProof } from '../../../src/domain/pricing/derive-proof.ts';
import { explainPrice } from '../../../src/domain/pricing/explain-price.ts';
import { priceLine } from '../../../src/domain/pricing/price-line.ts';
import type { Agreement, PriceBook } from '../../../src/domain/pricing/price-terms.ts';
import { toBig } from '../../../src/lib/decimal.ts';
import { arbitraryBook, arbitraryQuestion, arbitraryRules, PUMP } from './arbitrary-book.ts';
import { asked, book, CONTRACT, LIST, RULES, term } from './support.ts';

const RUNS = { numRuns: 2000 };
const proofs = fc
  .tuple(arbitraryQuestion, arbitraryBook, arbitraryRules)
  .map(([question, prices, rules]) => priceLine(question, prices, rules));

test('the books of these tests lead to every rule and to most reasons', (t) => {
  const seen = new Set<string>();
  for (const proof of fc.sample(proofs, 3000)) {
    seen.add(proof.rule);
    for (const { refused, source } of proof.candidates) seen.add(refused?.code ?? `counts: ${source}`);
  }
  for (const expected of [
    ...['equal', 'within-tolerance', 'outside-tolerance', 'order-has-no-price', 'no-price-of-ours'],
    ...['basis-unknown', 'not-begun', 'ended', 'superseded', 'other-currency', 'other-zone'],
    ...['unit-not-convertible', 'below-minimum', 'bundle-unknown', 'bundle-incomplete', 'no-tier-reached'],
    ...['no-cost', 'replaced', 'contradictory', 'counts: contract', 'counts: list', 'counts: blanket'],
  ])
    t.true(seen.has(expected), expected);
});

test('a stored proof is all of it, and derives again from itself alone', (t) => {
  t.notThrows(() =>
    fc.assert(
      fc.property(proofs, (proof) => {
        const stored = JSON.stringify(proof);
        const loaded = JSON.parse(stored);
        return (
          isPlain(proof) && JSON.stringify(deriveProof(loaded)) === stored && checkProof(loaded).length === 0
        );
      }),
      RUNS,
    ),
  );
});

/** Nothing that JSON would change: no Map, no Big, no number that is none. */
function isPlain(value: unknown): boolean {
  if (value === undefined || typeof value === 'string') return true;
  if (typeof value === 'number') return Number.isInteger(value);
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return (
    [Object.prototype, Array.prototype, null].includes(prototype as null) &&
    Object.values(value).every(isPlain)
  );
}

test('every price and amount is a plain decimal', (t) => {
  t.notThrows(() =>
    fc.assert(
      fc.property(proofs, (proof) => {
        const { ours, difference, allowed, extension, candidates } = proof;
        const formulas = candidates.flatMap(({ formula }) => [
          formula?.price,
          formula?.agreed,
          formula?.tierQuantity,
        ]);
        return [ours, difference, allowed, extension?.goods, extension?.amount, ...formulas].every(
          (value) => value === undefined || /^-?\d+(\.\d+)?$/.test(value),
        );
      }),
      RUNS,
    ),
  );
});

test('the order of terms, agreements and tiers in the book says nothing', (t) => {
  t.notThrows(() =>
    fc.assert(
      fc.property(
        arbitraryQuestion,
        arbitraryBook,
        arbitraryRules,
        fc.infiniteStream(fc.nat()),
        (question, prices, rules, random) => {
          const mixed = priceLine(question, shuffleBook(prices, random), rules);
          const proof = priceLine(question, prices, rules);
          const untiered = (one: typeof proof) =>
            JSON.stringify({
              ...one,
              candidates: one.candidates.map((candidate) => ({ ...candidate, form: candidate.form.kind })),
            });
          return untiered(mixed) === untiered(proof);
        },
      ),
      RUNS,
    ),
  );
});

function shuffleBook(prices: PriceBook, random: Iterator<number>): PriceBook {
  const mix = <T>(all: Iterable<T>): T[] =>
    [...all]
      .map((one) => [random.next().value as number, one] as const)
      .sort(([a], [b]) => a - b)
      .map(([, one]) => one);
  const shuffleBundles = (agreement: Agreement): Agreement => {
    const bundles = mix(agreement.bundles).map(([name, parts]) => [name, new Map(mix(parts))] as const);
    return { ...agreement, bundles: new Map(bundles) };
  };
  const terms = [...prices.terms].map(([number, rows]) => {
    const mixed = rows.map((row) =>
      'tiers' in row.form ? { ...row, form: { ...row.form, tiers: mix(row.form.tiers) } } : row,
    );
    return [number, mix(mixed.map((row) => ({ ...row, agreement: shuffleBundles(row.agreement) })))] as const;
  });
  const agreements = [...prices.agreements].map(([number, versions]) => [number, mix(versions)] as const);
  return { ...prices, terms: new Map(mix(terms)), agreements: new Map(mix(agreements)) };
}

test('two lines of one item have the same prices in either order', (t) => {
  const lines = fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 2, maxLength: 5 });
  t.notThrows(() =>
    fc.assert(
      fc.property(lines, arbitraryBook, (quantities, prices) => {
        const priced = (order: readonly number[]) => {
          const sum = order.reduce((total, one) => total + one, 0);
          const basket = new Map([['PUMP', String(sum)]]);
          return order.map((one) => {
            const { ours } = priceLine(asked({ quantity: String(one), item: PUMP, basket }), prices, RULES);
            return `${one} at ${ours}`;
          });
        };
        t.deepEqual(priced([...quantities].reverse()).reverse(), priced(quantities));
      }),
      { numRuns: 500 },
    ),
  );
});

const UNITS = { EA: 1n, CA: 12n, DZ: 12n, BX: 0n } as const;
const BASES = { PE: 1n, EA: 1n, HP: 100n, HU: 100n, TP: 1000n } as const;

test('a price is what was agreed times the units, to half of the tenth decimal', (t) => {
  t.notThrows(() =>
    fc.assert(
      fc.property(proofs, ({ question, candidates }) =>
        candidates.every(({ formula, unit, basis }) => {
          if (formula === undefined) return true;
          const line = unit === question.unit ? 1n : UNITS[question.unit as keyof typeof UNITS];
          const row = unit === question.unit ? 1n : UNITS[unit as keyof typeof UNITS];
          const by = row * BASES[basis as keyof typeof BASES];
          const exact = scaled(formula.agreed) * line * BASES[formula.basis as keyof typeof BASES];
          const error = scaled(formula.price) * by - exact;
          return 2n * (error < 0n ? -error : error) * 10n ** 10n <= by * 10n ** SCALE;
        }),
      ),
      RUNS,
    ),
  );
});

const SCALE = 20n;

function scaled(value: string): bigint {
  const [whole = '0', part = ''] = value.replace('-', '').split('.');
  const digits = BigInt(whole + part.padEnd(Number(SCALE), '0'));
  return value.startsWith('-') ? -digits : digits;
}

test('what counts is the first that nothing refuses, and nothing counts behind a contradiction', (t) => {
  t.notThrows(() =>
    fc.assert(
      fc.property(proofs, ({ candidates, chosen, ours }) => {
        const codes = candidates.map(({ refused }) => refused?.code);
        const first = codes.indexOf(undefined);
        const contradiction = codes.indexOf('contradictory');
        const none = first < 0 || (contradiction >= 0 && contradiction < first);
        return none ? chosen === undefined && ours === undefined : chosen === first;
      }),
      RUNS,
    ),
  );
});

test('every proof can be told in words, of which none is missing', (t) => {
  t.notThrows(() =>
    fc.assert(
      fc.property(proofs, (proof) =>
        explainPrice(proof).every((line) => line.endsWith('.') && !/undefined|NaN|\[object/.test(line)),
      ),
      RUNS,
    ),
  );
});

const count = fc.integer({ min: 1, max: 5000 });
const tier = fc.record({ from: count, price: fc.integer({ min: 1, max: 1000 }) });

test('where tiers fall, who orders more never pays more for one', (t) => {
  const falling = fc
    .uniqueArray(tier, { selector: ({ from }) => from, minLength: 1, maxLength: 6 })
    .map((tiers) => {
      const froms = tiers.map(({ from }) => from).sort((a, b) => a - b);
      const prices = tiers.map(({ price }) => price).sort((a, b) => b - a);
      return froms.map((from, place) => ({ from: String(from), price: String(prices[place]) }));
    });
  const kind = fc.constantFrom('line-tiers' as const, 'cumulative-tiers' as const);
  t.notThrows(() =>
    fc.assert(
      fc.property(falling, kind, count, count, (tiers, form, one, more) => {
        const prices = book([term(CONTRACT, '', { form: { kind: form, tiers } })]);
        const few = priceLine(asked({ quantity: String(one) }), prices, RULES).ours;
        const many = priceLine(asked({ quantity: String(one + more) }), prices, RULES).ours;
        return few === undefined || (many !== undefined && toBig(many).lte(few));
      }),
      { numRuns: 500 },
    ),
  );
});

test('a dearer cost never makes a cheaper price, and floor and cap hold', (t) => {
  t.notThrows(() =>
    fc.assert(
      fc.property(
        count,
        count,
        fc.integer({ min: 0, max: 200 }),
        count,
        count,
        (cost, more, percent, a, b) => {
          const [floor, cap] = [Math.min(a, b), Math.max(a, b)];
          const form = {
            kind: 'cost-plus',
            percent: String(percent),
            floor: String(floor),
            cap: String(cap),
          } as const;
          const at = (one: number) => {
            const costs = new Map([
              ['PUMP', { cost: String(one), currency: 'USD', validFrom: '2024-01-01' }],
            ]);
            return Number(priceLine(asked(), book([term(CONTRACT, '', { form })], { costs }), RULES).ours);
          };
          return floor <= at(cost) && at(cost) <= at(cost + more) && at(cost + more) <= cap;
        },
      ),
      { numRuns: 500 },
    ),
  );
});

test('a wider tolerance never refuses what a narrower one let pass', (t) => {
  const limit = fc.option(fc.integer({ min: 0, max: 100 }), { nil: undefined });
  const passes = (theirs: number, percent: number | undefined, amount: number | undefined): boolean => {
    const tolerance = { percent: percent?.toString(), amount: amount?.toString() };
    const proof = priceLine(asked({ theirs: String(theirs) }), book([term(LIST, '100')]), {
      ...RULES,
      tolerance,
    });
    return proof.rule !== 'outside-tolerance';
  };
  t.notThrows(() =>
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 250 }),
        limit,
        limit,
        fc.nat(20),
        (theirs, percent, amount, more) => {
          const wider = [percent, amount].map((one) => (one === undefined ? undefined : one + more));
          return !passes(theirs, percent, amount) || passes(theirs, wider[0], wider[1]);
        },
      ),
      { numRuns: 500 },
    ),
  );
});

test('a list never changes what a contract with a price says', (t) => {
  t.notThrows(() =>
    fc.assert(
      fc.property(arbitraryQuestion, arbitraryBook, arbitraryRules, (question, prices, rules) => {
        const rows = prices.terms.get('PUMP') ?? [];
        const bound = rows.filter(({ agreement }) => agreement.kind !== 'list');
        const alone = priceLine(
          question,
          book(bound, { ...prices, agreements: prices.agreements, terms: new Map([['PUMP', bound]]) }),
          rules,
        );
        if (alone.chosen === undefined) return true;
        const { ours, rule, basis } = priceLine(question, prices, rules);
        return ours === alone.ours && rule === alone.rule && basis === alone.basis;
      }),
      RUNS,
    ),
  );
});
