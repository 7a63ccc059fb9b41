import test from 'ava';
import fc from 'fast-check';
import { decideOrder } from '../../../src/domain/order/decide-order.ts';
import type { OrderDecision } from '../../../src/domain/order/order-decision.ts';
import {
  packDecision,
  type StoredDecision,
  unpackDecision,
} from '../../../src/domain/order/stored-decision.ts';
import { checkProof } from '../../../src/domain/pricing/derive-proof.ts';
import { arbitraryFacts, arbitraryOrder } from './arbitrary-world.ts';

/** As it comes back from the database. */
function store<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

const worlds = fc.tuple(arbitraryOrder, arbitraryFacts);

test('whatever was decided, what is kept of it says the same', (t) => {
  let proofs = 0;
  const law = fc.property(worlds, ([order, facts]) => {
    const decision = decideOrder(order, facts);
    const read = unpackDecision(store(packDecision(decision)));
    t.deepEqual(store(read), store(decision));
    for (const { proof } of read.lines) {
      if (proof === undefined) continue;
      proofs += 1;
      t.deepEqual(checkProof(proof), []);
    }
  });
  fc.assert(law, { numRuns: 500 });
  t.true(proofs > 500, `${proofs} proofs`);
});

/** A line with a price of ours that the order's differs from. */
function sampleLine() {
  for (const [order, facts] of fc.sample(worlds, { numRuns: 500, seed: 1 }))
    for (const line of decideOrder(order, facts).lines)
      if (line.proof?.difference !== undefined && line.proof.difference !== '0')
        return { ...line, proof: line.proof };
  throw new Error('no line of the sample has another price than ours');
}

/** Lines of nothing but what the test is about. */
function decide(...lines: readonly object[]): OrderDecision {
  const common = { outcome: 'accepted', repeated: false, reasons: [], exceptions: [] } as const;
  return { ...common, lines: lines as OrderDecision['lines'] };
}

const CHANGES: readonly (readonly [what: string, before: object, after: object, kept: object])[] = [
  ['the same again', { item: 'A', reasons: [] }, { item: 'A', reasons: [] }, {}],
  ['another value', { item: 'A', unit: 'EA' }, { item: 'B', unit: 'EA' }, { item: 'B' }],
  ['nothing any more', { item: 'A', price: '2' }, { item: 'A' }, { price: null }],
  ['absent and undefined alike', { item: 'A' }, { item: 'A', price: undefined }, {}],
  [
    'a part of a part',
    { requires: { rev: '1', lot: 'X' } },
    { requires: { rev: '2', lot: 'X' } },
    { requires: { rev: '2' } },
  ],
  ['a shorter list', { serials: ['1', '2'] }, { serials: ['1'] }, { serials: ['1'] }],
  [
    'a longer list',
    { promises: [{ kind: 'now' }] },
    { promises: [{ kind: 'now' }, { kind: 'now' }] },
    { promises: [{}, { kind: 'now' }] },
  ],
  ['an empty list', { promises: [{ kind: 'now' }] }, { promises: [] }, { promises: [] }],
  ['an empty list of before', { promises: [] }, { promises: [] }, {}],
  [
    'one of a list',
    { promises: [{ q: '1' }, { q: '2' }] },
    { promises: [{ q: '1' }, { q: '3' }] },
    { promises: [{}, { q: '3' }] },
  ],
];

for (const [what, before, after, kept] of CHANGES)
  test(`of a line is kept what is other than before: ${what}`, (t) => {
    const decision = decide(before, after);
    const packed = packDecision(decision);
    t.deepEqual(packed.lines, [before, kept] as StoredDecision['lines']);
    t.deepEqual(store(unpackDecision(store(packed))), store(decision));
  });

test('what was kept whole, and a proof that says less than proofs do now, are given as they are', (t) => {
  const older = { item: 'A', proof: { ours: '2', difference: '0', rule: 'equal' } };
  const whole = decide(older);
  t.is(unpackDecision(whole), whole);

  const newer = sampleLine();
  const mixed = decide(older, newer, older, older, newer);
  t.deepEqual(store(unpackDecision(store(packDecision(mixed)))), store(mixed));
});

test('a price that is not what follows from its proof is found out after it was kept', (t) => {
  const line = sampleLine();
  const touched = { ...line, proof: { ...line.proof, ours: '0.07' } };
  const [read] = unpackDecision(store(packDecision(decide(line, touched)))).lines.slice(1);
  t.deepEqual(checkProof(read!.proof!), [`ours is 0.07, and follows from the rest as ${line.proof.ours}`]);
});
