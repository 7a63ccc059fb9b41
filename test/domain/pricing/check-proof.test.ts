import test from 'ava';
import { checkProof } from '../../../src/domain/pricing/derive-proof.ts';
import { priceLine } from '../../../src/domain/pricing/price-line.ts';
import type { PriceProof } from '../../../src/domain/pricing/price-proof.ts';
import { asked, book, CONTRACT, LIST, RULES, term } from './support.ts';

const tiers = [
  { from: '1', price: '3' },
  { from: '10', price: '2' },
];
const contract = term(CONTRACT, '', { form: { kind: 'line-tiers', tiers } });
const over = term(CONTRACT, '1', { position: 2, promotion: 'MAY', validTo: '2024-05-31' });
const PROOF = priceLine(asked({ theirs: '2.10' }), book([contract, over, term(LIST, '5')]), {
  ...RULES,
  tolerance: { percent: '5' },
});
const [MAY, ROW, LISTED] = PROOF.candidates;

test('nothing is found in a proof that nobody touched', (t) => {
  t.deepEqual(checkProof(PROOF), []);
  t.deepEqual(checkProof(JSON.parse(JSON.stringify(PROOF))), []);
});

const TAMPERED: readonly (readonly [what: string, change: Partial<PriceProof>, found: string])[] = [
  ['our price', { ours: '2.05' }, 'ours is 2.05, and follows from the rest as 2'],
  [
    'the code that follows',
    { rule: 'outside-tolerance' },
    'rule is outside-tolerance, and follows from the rest as within-tolerance',
  ],
  ['what is allowed', { allowed: '9' }, 'allowed is 9, and follows from the rest as 0.1'],
  ['the difference', { difference: undefined }, 'difference is absent, and follows from the rest as 0.1'],
  [
    'the tolerance',
    { tolerance: {} },
    'rule is within-tolerance, and follows from the rest as outside-tolerance',
  ],
  ["the order's price", { theirs: '2' }, 'rule is within-tolerance, and follows from the rest as equal'],
  ['the candidate that counts', { chosen: 2 }, 'chosen is 2, and follows from the rest as 1'],
  [
    'the quantity asked',
    { question: { ...PROOF.question, quantity: '9' } },
    'ours is 2, and follows from the rest as 3',
  ],
  [
    'the amount',
    { extension: { ...PROOF.extension!, amount: '19.99' } },
    'extension.amount is 19.99, and follows from the rest as 20',
  ],
  [
    'a refusal that is struck out',
    { candidates: [{ ...MAY!, refused: undefined }, ROW!, LISTED!] },
    'candidates.0.refused.code is absent, and follows from the rest as ended',
  ],
  [
    'the price of a row',
    { candidates: [MAY!, ROW!, { ...LISTED!, form: { kind: 'fixed', price: '1' } }] },
    'candidates.2.formula.price is 5, and follows from the rest as 1',
  ],
  [
    'the order of the candidates',
    { candidates: [LISTED!, ROW!, MAY!] },
    'candidates.0.source is list, and follows from the rest as contract',
  ],
  ['a candidate left out', { candidates: [MAY!, LISTED!] }, 'ours is 2, and follows from the rest as 5'],
];

for (const [what, change, found] of TAMPERED)
  test(`found in a proof that somebody touched: ${what}`, (t) => {
    t.true(checkProof({ ...PROOF, ...change }).includes(found));
  });
