import test from 'ava';
import { priceLine } from '../../../src/domain/pricing/price-line.ts';
import type { PriceProof, PriceRule } from '../../../src/domain/pricing/price-proof.ts';
import { checkRows } from './check-rows.ts';
import { asked, book, CONTRACT, item, RULES, term } from './support.ts';

checkRows('units and bases', [
  { when: 'a case of a row per piece', terms: [term(CONTRACT, '3.25')], asked: { unit: 'CA' }, ours: '39' },
  { when: 'a piece of a row per case', terms: [term(CONTRACT, '39', { unit: 'CA' })], ours: '3.25' },
  {
    when: 'a division that does not end',
    terms: [term(CONTRACT, '10', { unit: 'CA' })],
    ours: '0.8333333333',
  },
  {
    when: 'no conversion needed',
    terms: [term(CONTRACT, '7', { unit: 'BX' })],
    asked: { unit: 'BX' },
    ours: '7',
  },
  {
    when: 'no conversion known',
    terms: [term(CONTRACT, '7', { unit: 'BX' })],
    ours: undefined,
    refused: ['unit-not-convertible'],
  },
  {
    when: 'a row in the unit of the line goes before one that is converted',
    terms: [term(CONTRACT, '3.25'), term(CONTRACT, '36', { unit: 'CA', position: 2 })],
    asked: { unit: 'CA' },
    ours: '36',
  },
  {
    when: 'a price is told in plain notation, with the decimals that it was agreed with',
    terms: [term(CONTRACT, '+.5000')],
    ours: '0.5000',
  },
  {
    when: 'a price of three dollars ten stays 3.10',
    terms: [term(CONTRACT, '3.10')],
    ours: '3.10',
  },
  {
    when: 'a price that is converted has the decimals that come of it',
    terms: [term(CONTRACT, '3.10')],
    asked: { unit: 'CA' },
    ours: '37.2',
  },
  {
    when: 'prices keep their decimals',
    terms: [term(CONTRACT, '0.123456')],
    asked: { unit: 'CA' },
    ours: '1.481472',
  },
  ...(
    [
      ['PE', 'EA', '325'],
      ['HP', 'PE', '3.25'],
      ['HU', 'PE', '3.25'],
      ['TP', 'PE', '0.325'],
      ['PE', 'HP', '32500'],
      ['PE', 'TP', '325000'],
      ['TP', 'HU', '32.5'],
    ] as const
  ).map(([basis, theirBasis, ours]) => ({
    when: `agreed 325 ${basis}, ordered ${theirBasis}`,
    terms: [term(CONTRACT, '325', { basis })],
    asked: { theirBasis },
    ours,
    basis: theirBasis,
  })),
  {
    when: 'the order names no basis',
    terms: [term(CONTRACT, '325', { basis: 'HP' })],
    ours: '325',
    basis: 'HP',
  },
  {
    when: 'a basis of the order that nobody knows',
    terms: [term(CONTRACT, '325')],
    asked: { theirs: '325', theirBasis: 'ZZ' },
    ours: undefined,
    basis: 'ZZ',
    rule: 'basis-unknown',
  },
  {
    when: 'a basis of ours that nobody knows',
    terms: [term(CONTRACT, '325', { basis: 'ZZ' })],
    asked: { theirs: '325' },
    ours: undefined,
    rule: 'basis-unknown',
    refused: ['basis-unknown'],
  },
  {
    when: 'a case per hundred, of a row in pieces per thousand',
    terms: [term(CONTRACT, '50', { basis: 'TP' })],
    asked: { unit: 'CA', theirBasis: 'HP' },
    ours: '60',
    basis: 'HP',
  },
]);

type Comparison = readonly [
  theirs: string | undefined,
  ours: string,
  tolerance: PriceProof['tolerance'],
  rule: PriceRule,
  difference?: string,
  allowed?: string,
];

const COMPARED: readonly Comparison[] = [
  ['100', '100', {}, 'equal', '0', '0'],
  ['100.0000', '100', {}, 'equal', '0', '0'],
  ['100.01', '100', {}, 'outside-tolerance', '0.01', '0'],
  ['101', '100', { percent: '1' }, 'within-tolerance', '1', '1'],
  ['99', '100', { percent: '1' }, 'within-tolerance', '1', '1'],
  ['101.0001', '100', { percent: '1' }, 'outside-tolerance', '1.0001', '1'],
  ['98.9999', '100', { percent: '1' }, 'outside-tolerance', '1.0001', '1'],
  ['100.5', '100', { amount: '0.5' }, 'within-tolerance', '0.5', '0.5'],
  ['100.5001', '100', { amount: '0.5' }, 'outside-tolerance', '0.5001', '0.5'],
  ['100.5', '100', { percent: '1', amount: '0.5' }, 'within-tolerance', '0.5', '0.5'],
  ['100.51', '100', { percent: '1', amount: '0.5' }, 'outside-tolerance', '0.51', '0.5'],
  ['100.2', '100', { percent: '0.1', amount: '0.5' }, 'outside-tolerance', '0.2', '0.1'],
  ['0', '100', { percent: '100' }, 'within-tolerance', '100', '100'],
  ['0.01', '0', { percent: '50' }, 'outside-tolerance', '0.01', '0'],
  ['0', '0', {}, 'equal', '0', '0'],
  ['-101', '-100', { percent: '1' }, 'within-tolerance', '1', '1'],
  ['100', '100', { amount: '0' }, 'equal', '0', '0'],
  [undefined, '100', { percent: '1' }, 'order-has-no-price'],
];

for (const [theirs, ours, tolerance, rule, difference, allowed] of COMPARED)
  test(`${theirs} ordered, ${ours} agreed, ${JSON.stringify(tolerance)} allowed: ${rule}`, (t) => {
    const proof = priceLine(asked({ theirs }), book([term(CONTRACT, ours)]), { ...RULES, tolerance });
    t.is(proof.rule, rule);
    t.is(proof.difference, difference);
    t.is(proof.allowed, allowed);
  });

test('the order is compared in its own basis', (t) => {
  const line = asked({ theirs: '326', theirBasis: 'HP' });
  const proof = priceLine(line, book([term(CONTRACT, '3.25')]), { ...RULES, tolerance: { amount: '1' } });
  t.is(proof.rule, 'within-tolerance');
  t.is(proof.ours, '325');
  t.is(proof.difference, '1');
});

test('a line in a unit that nobody can convert has no stock quantity', (t) => {
  const proof = priceLine(asked({ unit: 'BX', item: item() }), book([term(CONTRACT, '2')]), RULES);
  t.is(proof.question.stockQuantity, undefined);
  t.is(proof.candidates[0]?.refused?.code, 'unit-not-convertible');
});
