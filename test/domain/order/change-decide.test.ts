import test from 'ava';
import type { ChangeDecision, ChangeFacts } from '../../../src/domain/order/change-decision.ts';
import { hashChange } from '../../../src/domain/order/change-sequence.ts';
import { describeDifference } from '../../../src/domain/order/compare-orders.ts';
import { decideChange } from '../../../src/domain/order/decide-change.ts';
import type { OrderChange, OrderChangeLine } from '../../../src/domain/order/order-change.ts';
import { change, changeFacts, ORDER, ORDER_FACTS, poc, ruling, standing } from './change-support.ts';
import { facts, price } from './support.ts';

const MORE: OrderChangeLine = poc('QI', '1', { quantity: '1000', quantityLeft: '200', unit: 'EA' });
const CHEAPER: OrderChangeLine = poc('PC', '1', { unitPrice: '0.01' });

/** Outcome, what became of the order, and ACK01 of every line. */
function sum({ outcome, next, lines, reasons }: ChangeDecision) {
  return {
    outcome,
    version: next?.version,
    lines: lines.map(({ line, change: { code }, status }) => `${line.number} ${code} ${status}`),
    reasons: reasons.map(({ code }) => code),
  };
}

test('a change that can be made makes the next version, and the order is decided again', (t) => {
  const decision = decideChange(
    change([
      MORE,
      poc('DI', '2'),
      poc('AI', '3', {
        quantity: '5',
        unit: 'EA',
        unitPrice: '0.85',
        ids: [{ qualifier: 'BP', value: 'PART-3' }],
      }),
    ]),
    changeFacts(),
  );

  t.deepEqual(sum(decision), {
    outcome: 'accepted',
    version: 2,
    lines: ['1 QI IA', '2 DI ID', '3 AI IA'],
    reasons: [],
  });
  t.deepEqual(decision.differences.map(describeDifference), [
    'line 1 quantity 800 → 1000 EA',
    'line 2 taken out: 24 EA of BP PART-2 at 9',
    'line 3 added: 5 EA of BP PART-3 at 0.85',
  ]);
  t.deepEqual(
    decision.next?.decision.lines.map(({ item }) => item),
    ['A-1', 'D-4'],
  );
});

test('what the changed order would refuse is not made, and the line stands as it did', (t) => {
  const given = facts({
    item: { minimum: '100' },
    others: [{ number: 'C-3', ids: [['BP', 'PART-2']], prices: [price({ price: '9' })] }],
    policy: { quantity: 'reject' },
  });
  const asked = change([
    poc('PQ', '1', { quantity: '50', unit: 'EA', unitPrice: '3.25' }),
    poc('PC', '2', { unitPrice: '9.01' }),
    poc('AI', '3', { quantity: '1', unit: 'EA', ids: [{ qualifier: 'BP', value: 'NOBODY-KNOWS' }] }),
  ]);

  const decision = decideChange(asked, changeFacts({ orderFacts: given, current: standing({}, given) }));

  t.deepEqual(sum(decision), {
    outcome: 'accepted-with-changes',
    version: 2,
    lines: ['1 PQ IR', '2 PC IA', '3 AI R2'],
    reasons: [],
  });
  t.deepEqual(
    decision.next?.order.lines.map(({ quantity, unitPrice }) => [quantity, unitPrice]),
    [
      ['800', '3.25'],
      ['24', '9.01'],
    ],
  );
  t.deepEqual(decision.next?.decision.outcome, 'accepted');
});

test('a change of which nothing can be made is rejected, and the order stands', (t) => {
  const decision = decideChange(change([poc('DI', '9')]), changeFacts());
  t.deepEqual(sum(decision), {
    outcome: 'rejected',
    version: undefined,
    lines: ['1 NC IA', '2 NC IA', '9 DI IR'],
    reasons: ['line-unknown'],
  });
});

test('a changed order that is held is the next version, and waits as an order does', (t) => {
  const decision = decideChange(change([CHEAPER]), changeFacts());
  t.deepEqual(sum(decision), { outcome: 'held', version: 2, lines: ['1 PC IE', '2 NC IA'], reasons: [] });
  t.deepEqual(
    decision.exceptions.map(({ kind, line }) => [kind, line]),
    [['price-outside-tolerance', '1']],
  );
});

test('a change in question is not made in part; what a person says makes it whole', (t) => {
  const asked = change([
    poc('QD', '1', { quantity: '600', unit: 'EA' }),
    poc('PC', '2', { unitPrice: '9.01' }),
    poc('AI', '3', { quantity: '5', unit: 'EA' }),
  ]);

  const held = decideChange(asked, changeFacts());
  const made = decideChange(
    asked,
    changeFacts({
      rulings: [ruling({ kind: 'set-quantity', quantity: '600' }, '1'), ruling({ kind: 'reject' }, '3')],
    }),
  );

  t.deepEqual(sum(held), {
    outcome: 'held',
    version: undefined,
    lines: ['1 QD IH', '2 PC IH', '3 AI IH'],
    reasons: ['change-quantity-unclear'],
  });
  t.deepEqual(
    held.exceptions.map(({ kind, line }) => [kind, line]),
    [['change-quantity-unclear', '1']],
  );
  t.deepEqual(sum(made), {
    outcome: 'accepted-with-changes',
    version: 2,
    lines: ['1 QD IA', '2 PC IA', '3 AI IR'],
    reasons: [],
  });
});

test('an untouched line keeps its answer though its item is no longer sold', (t) => {
  const today = facts({
    item: { status: 'discontinued' },
    others: [{ number: 'C-3', ids: [['BP', 'PART-2']], prices: [price({ price: '9' })] }],
  });
  const decision = decideChange(
    change([poc('PC', '2', { unitPrice: '9.01' })]),
    changeFacts({ orderFacts: today }),
  );
  t.deepEqual(sum(decision).lines, ['1 NC IA', '2 PC IA']);
  t.is(decision.next?.decision.lines[0]?.price, '3.25');
});

test('a change of the heading that would cost a line is rejected whole', (t) => {
  const shipTos = [
    { code: 'DC12', destination: 'US-OH' },
    { code: 'DC14', destination: 'US-CA' },
  ];
  const given = {
    ...facts({
      item: { barred: ['US-CA'] },
      others: [{ number: 'C-3', ids: [['BP', 'PART-2']], prices: [price({ price: '9' })] }],
    }),
  };
  const listed = { ...given, customer: { ...given.customer, listsShipTos: true, shipTos } };
  const asked = change([], { parties: [{ role: 'ship-to', code: 'ST', idQualifier: '92', id: 'DC14' }] });

  const decision = decideChange(asked, changeFacts({ orderFacts: listed, current: standing({}, listed) }));

  t.is(decision.outcome, 'rejected');
  t.is(decision.next, undefined);
  t.true(decision.reasons.length > 0);
});

test('a ruling counts on, but for what the buyer has changed since', (t) => {
  const theirs = ruling({ kind: 'accept-their-price' }, '1');
  const orderFacts = { ...ORDER_FACTS, rulings: [theirs] };

  const same = decideChange(change([MORE]), changeFacts({ orderFacts }));
  const other = decideChange(change([CHEAPER]), changeFacts({ orderFacts }));

  t.deepEqual([same.outcome, same.overtaken], ['accepted', []]);
  t.deepEqual([other.outcome, other.overtaken], ['held', [theirs]]);
});

test('NC for every line is accepted and makes no version', (t) => {
  t.deepEqual(sum(decideChange(change([poc('NC', '1'), poc('NC', '2')]), changeFacts())), {
    outcome: 'accepted',
    version: undefined,
    lines: ['1 NC IA', '2 NC IA'],
    reasons: [],
  });
});

type Row = readonly [
  when: string,
  asked: Partial<OrderChange>,
  given: Partial<ChangeFacts>,
  outcome: ChangeDecision['outcome'],
  state: string | undefined,
  reasons: readonly string[],
  exceptions?: readonly string[],
];

const shipped = (one: string, two: string) => ({
  current: standing({
    shipped: new Map([
      ['1', one],
      ['2', two],
    ]),
  }),
});
const before = (sequence: number, state: 'waiting' | 'held' | 'applied' | 'refused') => ({
  sequence,
  contentHash: `other ${sequence}`,
  state,
});
const MADE: Partial<OrderChange> = { lines: [MORE] };
const BY_ARRIVAL = { gaps: 'wait', sequence: 'by-arrival' } as const;

const ROWS: readonly Row[] = [
  [
    'nothing is shipped, and it is cancelled',
    { purpose: 'cancel' },
    {},
    'accepted',
    'cancelled',
    ['cancelled'],
  ],
  [
    'every line is deleted',
    { lines: [poc('DI', '1'), poc('DI', '2')] },
    {},
    'accepted',
    'cancelled',
    ['cancelled'],
  ],
  [
    'a part is shipped, and it is cancelled',
    { purpose: 'cancel' },
    shipped('100', '0'),
    'accepted-with-changes',
    'closed',
    [],
    ['change-after-shipment'],
  ],
  [
    'all is shipped, and it is cancelled',
    { purpose: 'cancel' },
    shipped('800', '24'),
    'rejected',
    undefined,
    ['line-shipped', 'line-shipped'],
    ['change-after-shipment', 'change-after-shipment'],
  ],
  [
    'all is shipped, and a price changes',
    { lines: [poc('PC', '2', { unitPrice: '9.01' })] },
    shipped('800', '24'),
    'accepted',
    'closed',
    [],
  ],
  [
    'the order is cancelled',
    MADE,
    { current: standing({ state: 'cancelled' }) },
    'rejected',
    undefined,
    ['order-cancelled'],
  ],
  [
    'the order is closed',
    MADE,
    { current: standing({ state: 'closed' }) },
    'rejected',
    undefined,
    ['order-closed'],
  ],
  ['the order has not come', MADE, { current: undefined }, 'waiting', undefined, ['waits-for-order']],
  [
    'the order has not come for too long',
    MADE,
    { current: undefined, mayWait: false },
    'rejected',
    undefined,
    ['order-unknown'],
  ],
  [
    'BCH01 is no change',
    { ...MADE, purpose: 'confirm' },
    {},
    'held',
    undefined,
    ['change-code-unknown'],
    ['change-code-unknown'],
  ],
  [
    'BCH01 is a code that nobody knows',
    { ...MADE, purpose: 'other', purposeCode: '53' },
    {},
    'held',
    undefined,
    ['change-code-unknown'],
    ['change-code-unknown'],
  ],
  [
    'a person refuses it',
    MADE,
    { rulings: [ruling({ kind: 'reject' })] },
    'rejected',
    undefined,
    ['refused-by-person'],
  ],
  [
    'it replaces the order and says no line',
    { purpose: 'replace' },
    {},
    'held',
    undefined,
    ['change-conflict'],
    ['change-conflict'],
  ],
  [
    'a person confirms that nothing is left of the order',
    { purpose: 'replace' },
    { rulings: [ruling({ kind: 'override', codes: ['change-conflict'] })] },
    'accepted',
    'cancelled',
    ['cancelled'],
  ],
  // BCH05
  [
    'its number is no number',
    { ...MADE, changeSequence: 'A' },
    {},
    'held',
    undefined,
    ['change-sequence'],
    ['change-sequence'],
  ],
  [
    'its number is written with zeros',
    { ...MADE, changeSequence: '002' },
    { earlierChanges: [before(1, 'applied')] },
    'accepted',
    'open',
    [],
  ],
  [
    'no number counts as the first',
    MADE,
    { earlierChanges: [before(1, 'applied')] },
    'held',
    undefined,
    ['change-sequence'],
    ['change-sequence'],
  ],
  [
    'a number comes again with other content, and a person lets it pass',
    MADE,
    {
      earlierChanges: [before(1, 'applied')],
      rulings: [ruling({ kind: 'override', codes: ['change-sequence'] })],
    },
    'accepted',
    'open',
    [],
  ],
  [
    'a later one was made',
    MADE,
    { earlierChanges: [before(2, 'applied')] },
    'rejected',
    undefined,
    ['change-outdated'],
  ],
  [
    'a later one was refused',
    MADE,
    { earlierChanges: [before(2, 'refused')] },
    'rejected',
    undefined,
    ['change-outdated'],
  ],
  ['a later one waits for it', MADE, { earlierChanges: [before(2, 'waiting')] }, 'accepted', 'open', []],
  [
    'one before it is missing',
    { ...MADE, changeSequence: '2' },
    {},
    'waiting',
    undefined,
    ['waits-for-change'],
  ],
  [
    'one before it is in question',
    { ...MADE, changeSequence: '2' },
    { earlierChanges: [before(1, 'held')] },
    'waiting',
    undefined,
    ['waits-for-change'],
  ],
  [
    'one before it is missing for too long',
    { ...MADE, changeSequence: '2' },
    { mayWait: false },
    'held',
    undefined,
    ['change-gap'],
    ['change-gap'],
  ],
  [
    'one is missing, and a person lets it pass',
    { ...MADE, changeSequence: '2' },
    { rulings: [ruling({ kind: 'override', codes: ['change-gap'] })] },
    'accepted',
    'open',
    [],
  ],
  [
    'the partner leaves numbers out',
    { ...MADE, changeSequence: '5' },
    { policy: { gaps: 'apply' } },
    'accepted',
    'open',
    [],
  ],
  [
    'the partner leaves numbers out, and one before it is in question',
    { ...MADE, changeSequence: '5' },
    { policy: { gaps: 'apply' }, earlierChanges: [before(3, 'held')] },
    'waiting',
    undefined,
    ['waits-for-change'],
  ],
  [
    'the one before it was refused',
    { ...MADE, changeSequence: '2' },
    { earlierChanges: [before(1, 'refused')] },
    'accepted',
    'open',
    [],
  ],
  [
    'changes are counted as they come, and two came before it',
    { ...MADE, changeSequence: undefined },
    { policy: BY_ARRIVAL, earlierChanges: [before(1, 'applied'), before(2, 'refused')] },
    'accepted',
    'open',
    [],
  ],
  [
    'changes are counted as they come, and the one before it is in question',
    { ...MADE, changeSequence: undefined },
    { policy: BY_ARRIVAL, earlierChanges: [before(1, 'held')] },
    'waiting',
    undefined,
    ['waits-for-change'],
  ],
  [
    'changes are counted as they come, it was the first, and a later one came while it waited',
    { ...MADE, changeSequence: undefined },
    { policy: BY_ARRIVAL, earlierChanges: [before(2, 'waiting')], sequence: 1 },
    'accepted',
    'open',
    [],
  ],
  [
    'changes are counted by their numbers, and two have none',
    { ...MADE, changeSequence: undefined },
    { earlierChanges: [before(1, 'applied')] },
    'held',
    undefined,
    ['change-sequence'],
    ['change-sequence'],
  ],
];

for (const [when, asked, given, outcome, state, reasons, exceptions = []] of ROWS) {
  test(`a change is ${outcome} when ${when}`, (t) => {
    const decision = decideChange(change(asked.lines ?? [], asked), changeFacts(given));
    t.deepEqual([decision.outcome, decision.next?.state], [outcome, state]);
    t.deepEqual(
      decision.reasons.map(({ code }) => code),
      [...reasons],
    );
    t.deepEqual(
      decision.exceptions.map(({ kind }) => kind),
      [...exceptions] as never[],
    );
  });
}

test('cancelling what is shipped in part leaves what is shipped', (t) => {
  const decision = decideChange(change([], { purpose: 'cancel' }), changeFacts(shipped('100', '0')));
  t.deepEqual(
    decision.next?.order.lines.map(({ number, quantity }) => [number, quantity]),
    [['1', '100']],
  );
  t.deepEqual(sum(decision).lines, ['1 DI IQ', '2 DI ID']);
});

test('the same change again is answered as before, and does nothing', (t) => {
  const asked = change([MORE]);
  const first = decideChange(asked, changeFacts());
  const current = standing({ ...first.next! });
  const again = change([MORE], { source: { ...ORDER.source, set: '860', control: '0009' } });

  const second = decideChange(
    again,
    changeFacts({
      current,
      earlierChanges: [{ sequence: 1, contentHash: hashChange(asked), state: 'applied', decision: first }],
    }),
  );

  t.deepEqual(
    [second.outcome, second.repeats, second.next, second.exceptions],
    ['repeated', 'accepted', undefined, []],
  );
  t.deepEqual(second.lines, first.lines);
});

test('of changes that are counted as they come, one that says what the last one said is a repeat, one that says what an earlier one said is asked about', (t) => {
  const asked = change([MORE], { changeSequence: undefined });
  const first = { sequence: 1, contentHash: hashChange(asked), state: 'applied' } as const;
  const decide = (changes: Partial<ChangeFacts>) =>
    decideChange(asked, changeFacts({ policy: BY_ARRIVAL, ...changes }));
  const between = { earlierChanges: [first, before(2, 'applied')] };
  const anew = ruling({ kind: 'override', codes: ['change-sequence'] });

  t.is(decide({ earlierChanges: [first] }).outcome, 'repeated');
  t.deepEqual(
    decide(between).exceptions.map(({ kind }) => kind),
    ['change-sequence'],
  );
  t.like(decide({ ...between, rulings: [anew] }), { outcome: 'accepted', sequence: 3 });
});

const blanket = (released: string, state: 'open' | 'closed' = 'open') => ({
  id: 'b1',
  partner: 'acme',
  poNumber: 'PO1',
  firm: true,
  state,
  allowance: '10',
  told: [],
  lines: ORDER.lines.map(({ number, quantity, unitPrice }, i) => ({
    number,
    item: ['A-1', 'C-3'][i]!,
    unit: 'EA',
    price: unitPrice,
    priceBasis: 'PE',
    committed: quantity!,
    released: i === 0 ? released : '0',
    shipped: '0',
    received: '0',
    returned: '0',
  })),
});
const blanketOrder = { ...ORDER, type: 'blanket' as const };
const ofBlanket = (released: string, state?: 'closed') =>
  changeFacts({ current: standing({ order: blanketOrder, blanket: blanket(released, state) }) });

test('a change of a blanket order books what is committed more or less, never below what is released', (t) => {
  const to = (quantity: string) => change([poc('PQ', '1', { quantity, unit: 'EA' })]);
  const booked = ({ outcome, bookings }: ChangeDecision) => [
    outcome,
    ...bookings.map(({ line, kind, quantity }) => `${line} ${kind} ${quantity}`),
  ];

  t.deepEqual(booked(decideChange(to('1000'), ofBlanket('800'))), ['accepted', '1 commit 200']);
  t.deepEqual(booked(decideChange(to('500'), ofBlanket('500'))), ['accepted', '1 commit -300']);
  t.deepEqual(booked(decideChange(to('499'), ofBlanket('500'))), ['rejected']);
  t.deepEqual(booked(decideChange(to('1000'), ofBlanket('0', 'closed'))), ['rejected']);
  t.deepEqual(booked(decideChange(change([], { purpose: 'cancel' }), ofBlanket('500'))), [
    'accepted',
    '1 close 300',
    '2 close 24',
  ]);
});
