import test from 'ava';
import { decideOrder } from '../../../src/domain/order/decide-order.ts';
import type { Quote } from '../../../src/domain/quote/quote.ts';
import { facts, line, order, ours, price, ruling } from './support.ts';

/** Ten of A-1 at 3.00, where it else costs 3.25. */
function quote(changes: Partial<Quote> = {}, of: Partial<Quote['lines'][number]> = {}): Quote {
  return {
    number: 'Q-1',
    customer: 'acme',
    currency: 'USD',
    validUntil: '2026-01-31',
    state: 'approved',
    reuse: 'once',
    lines: [{ line: '1', item: 'A-1', quantity: '10', unit: 'EA', price: '3.00', basis: 'PE', ...of }],
    uses: [],
    ...changes,
  };
}

const NAMED = { references: [{ qualifier: 'Q1', value: 'Q-1' }] };
const kept = (one: Quote) => ({ quotes: new Map([[one.number, one]]) });

/** Outcome, answers, and codes of what asks. */
function tell(asked: Parameters<typeof decideOrder>[0], known: Parameters<typeof facts>[0]) {
  const { outcome, lines, exceptions } = decideOrder(asked, facts(known));
  return [outcome, ...lines.map(({ status }) => status), ...exceptions.map(({ kind }) => kind)].join(' ');
}

test('the quote goes before what else was agreed, and the proof says so', (t) => {
  const decision = decideOrder(order(NAMED, { unitPrice: '3.00' }), facts(kept(quote())));

  t.is(decision.outcome, 'accepted');
  t.deepEqual(decision.quotes, ['Q-1']);
  const { proof } = decision.lines[0]!;
  t.is(proof?.ours, '3.00');
  t.like(proof?.candidates[proof.chosen!], { source: 'quote', number: 'Q-1', validTo: '2026-01-31' });
});

test('a price that is not the quoted one is no quoted price', (t) => {
  t.is(
    tell(order(NAMED, { unitPrice: '3.25' }), {
      ...kept(quote()),
      policy: { price: { tolerance: {}, outside: 'hold' } },
    }),
    'held IE price-outside-tolerance',
  );
});

test('quoted per hundred, ordered each', (t) => {
  const hundred = quote({}, { price: '300', basis: 'HP' });
  t.is(tell(order(NAMED, { unitPrice: '3.00' }), kept(hundred)), 'accepted IA');
});

test('in another currency the quote has no price for it', (t) => {
  const decision = decideOrder(order(NAMED), facts(kept(quote({ currency: 'EUR' }))));
  t.is(decision.lines[0]!.proof?.ours, '3.25');
});

for (const [name, quoted, expected] of [
  ['as quoted', {}, 'accepted IA'],
  ['less than quoted', { quantity: '11' }, 'held IH quote-differs'],
  ['more than quoted', { quantity: '9' }, 'held IH quote-differs'],
  ['an item that is not quoted', { item: 'B-2' }, 'held IH quote-differs'],
] as const) {
  test(`${name}: ${expected}`, (t) => {
    const lines = [line('1', { unitPrice: quoted === undefined || 'item' in quoted ? '3.25' : '3.00' })];
    t.is(tell(order({ ...NAMED, lines }), kept(quote({}, quoted))), expected);
  });
}

test('for many orders a quote is a least quantity', (t) => {
  const asked = order(NAMED, { unitPrice: '3.00' });
  t.is(tell(asked, kept(quote({ reuse: 'many' }, { quantity: '9' }))), 'accepted IA');
  t.is(tell(asked, kept(quote({ reuse: 'many' }, { quantity: '11' }))), 'held IH quote-differs');
});

test('two lines of one item count together', (t) => {
  const half = { quantity: '5', unitPrice: '3.00' };
  t.is(tell(order({ ...NAMED, lines: [line('1', half), line('2', half)] }), kept(quote())), 'accepted IA IA');
});

test('a quote that may not be used holds the order, until a person lets it pass', (t) => {
  const asked = order(NAMED, { unitPrice: '3.00' });
  const ended = kept(quote({ validUntil: '2026-01-04' }));
  t.is(tell(asked, ended), 'held IH quote-unusable');
  const passed = { ...ended, rulings: [ruling({ kind: 'override', codes: ['quote-unusable'] })] };
  t.is(tell(asked, passed), 'accepted IA');
  t.is(decideOrder(asked, facts(passed)).lines[0]!.proof?.ours, '3.00');
});

test('a quote that is not there holds the order; where no quotes are kept nothing is asked', (t) => {
  t.is(tell(order(NAMED), { quotes: new Map() }), 'held IH quote-unknown');
  t.is(tell(order(NAMED), kept(quote({ customer: 'beta' }))), 'held IH quote-unknown');
  t.is(tell(order(NAMED), {}), 'accepted IA');
  t.is(tell(order(), kept(quote())), 'accepted IA');
});

test('only the line that names it is priced by it', (t) => {
  const lines = [
    line('1', { unitPrice: '3.00', references: NAMED.references }),
    line('2', { unitPrice: '4.00', ids: ours('B-2'), quantity: '3' }),
  ];
  const others = {
    others: [
      { number: 'B-2', ids: [['VP', 'B-2']] as [string, string][], prices: [price({ price: '4.00' })] },
    ],
  };
  t.is(tell(order({ lines }), { ...kept(quote()), ...others }), 'accepted IA IA');
});
