import test from 'ava';
import { acknowledgeOrder } from '../../../src/domain/order/acknowledge-order.ts';
import { decideOrder, hashContent } from '../../../src/domain/order/decide-order.ts';
import type { LineStatus, OrderDecision } from '../../../src/domain/order/order-decision.ts';
import type { PurchaseOrderLine } from '../../../src/domain/order/purchase-order.ts';
import type { OrderPolicy } from '../../../src/domain/partner/order-policy.ts';
import type { KnownItem } from '../../support/order-facts.ts';
import { facts, order, type Price, price } from './support.ts';

type Row = {
  readonly when: string;
  readonly line?: Partial<PurchaseOrderLine>;
  readonly prices?: Price[];
  readonly item?: Partial<KnownItem>;
  readonly policy?: Partial<OrderPolicy>;
  readonly status: LineStatus;
  /** Price that the line is answered with. */
  readonly answered?: string;
  readonly reasons?: readonly string[];
  readonly exceptions?: readonly string[];
};

const outside = (
  choice: OrderPolicy['price']['outside'],
  tolerance: OrderPolicy['price']['tolerance'] = {},
) => ({
  price: { tolerance, outside: choice },
});

const LINES: readonly Row[] = [
  { when: 'all is as agreed', status: 'IA', answered: '3.25' },
  {
    when: 'the price is the same number written otherwise',
    line: { unitPrice: '3.2500' },
    status: 'IA',
    answered: '3.2500',
  },
  { when: 'no price is given', line: { unitPrice: undefined as never }, status: 'IA', answered: '3.25' },
  {
    when: 'the difference is exactly the percent allowed',
    line: { unitPrice: '3.2825' },
    status: 'IA',
    answered: '3.2825',
  },
  {
    when: 'the difference is just above the percent allowed',
    line: { unitPrice: '3.2826' },
    status: 'IE',
    answered: '3.2826',
    reasons: ['price-outside-tolerance'],
    exceptions: ['price-outside-tolerance'],
  },
  {
    when: 'percent would allow it and amount does not',
    line: { unitPrice: '1005.01' },
    prices: [price({ price: '1000' })],
    status: 'IE',
    reasons: ['price-outside-tolerance'],
    exceptions: ['price-outside-tolerance'],
  },
  {
    when: 'the difference is exactly the amount allowed',
    line: { unitPrice: '995' },
    prices: [price({ price: '1000' })],
    status: 'IA',
    answered: '995',
  },
  {
    when: 'no tolerance is agreed and a cent differs',
    line: { unitPrice: '3.26' },
    policy: outside('hold'),
    status: 'IE',
    reasons: ['price-outside-tolerance'],
    exceptions: ['price-outside-tolerance'],
  },
  {
    when: 'our price counts outside',
    line: { unitPrice: '9' },
    policy: outside('contract'),
    status: 'IP',
    answered: '3.25',
    reasons: ['price-outside-tolerance'],
  },
  {
    when: 'their price counts outside',
    line: { unitPrice: '9' },
    policy: outside('theirs'),
    status: 'IA',
    answered: '9',
    reasons: ['price-outside-tolerance'],
  },
  {
    when: 'outside is rejected',
    line: { unitPrice: '9' },
    policy: outside('reject'),
    status: 'IR',
    reasons: ['price-outside-tolerance'],
  },
  {
    when: 'ours is per hundred and theirs each',
    line: { unitPrice: '0.125' },
    prices: [price({ price: '12.5', basis: 'HP' })],
    status: 'IA',
    answered: '0.125',
  },
  {
    when: 'theirs is per thousand and ours each',
    line: { unitPrice: '3250', priceBasis: 'TP' },
    status: 'IA',
    answered: '3250',
  },
  {
    when: 'the basis cannot be compared',
    line: { priceBasis: 'LB' },
    status: 'IE',
    reasons: ['price-basis-unknown'],
    exceptions: ['price-basis-unknown'],
  },
  {
    when: 'we have no price',
    prices: [],
    status: 'IE',
    reasons: ['price-missing'],
    exceptions: ['price-missing'],
  },
  {
    when: 'the newest of two prices counts',
    line: { unitPrice: '4' },
    prices: [price({ validFrom: '2025-01-01', price: '4' }), price({})],
    status: 'IA',
    answered: '4',
  },
  {
    when: 'the item is unknown',
    line: { ids: [{ qualifier: 'BP', value: 'NOPE' }] },
    status: 'R2',
    reasons: ['item-unknown'],
  },
  {
    when: 'an unknown item is held',
    line: { ids: [] },
    policy: { 'unknown-item': 'hold' },
    status: 'IH',
    reasons: ['item-unknown'],
    exceptions: ['item-unknown'],
  },
  {
    when: 'two ids lead to different items',
    line: {
      ids: [
        { qualifier: 'BP', value: 'PART-1' },
        { qualifier: 'UP', value: '0123' },
      ],
    },
    status: 'IH',
    reasons: ['item-ambiguous'],
    exceptions: ['item-ambiguous'],
  },
  {
    when: 'two ids lead to the same item',
    line: {
      ids: [
        { qualifier: 'BP', value: 'PART-1' },
        { qualifier: 'VP', value: 'A-1' },
      ],
    },
    status: 'IA',
  },
  {
    when: 'the item is no longer sold',
    item: { status: 'discontinued' },
    status: 'IR',
    reasons: ['item-inactive'],
  },
  { when: 'the unit is not one we sell by', line: { unit: 'CA' }, status: 'R3', reasons: ['unit-not-sold'] },
  {
    when: 'another unit has a price',
    line: { unit: 'CA', unitPrice: '30' },
    prices: [price({ unit: 'CA', price: '30' })],
    status: 'IA',
  },
  { when: 'no unit is given', line: { unit: undefined as never }, status: 'IA', reasons: ['unit-assumed'] },
  { when: 'the quantity is zero', line: { quantity: '0' }, status: 'IR', reasons: ['quantity-not-positive'] },
  {
    when: 'no quantity is given',
    line: { quantity: undefined as never },
    status: 'IH',
    reasons: ['quantity-missing'],
    exceptions: ['quantity-missing'],
  },
  {
    when: 'the quantity is negative',
    line: { quantity: '-3' },
    status: 'IR',
    reasons: ['quantity-not-positive'],
  },
  {
    when: 'several things are wrong, all are told',
    line: { quantity: '0', unit: 'CA' },
    item: { status: 'discontinued' },
    status: 'IR',
    reasons: ['item-inactive', 'quantity-not-positive', 'unit-not-sold'],
  },
];

for (const row of LINES) {
  test(`a line is answered ${row.status} when ${row.when}`, (t) => {
    const { policy, prices, item } = row;
    const given = facts({
      ...(policy && { policy }),
      ...(prices && { prices }),
      ...(item && { item }),
    });

    const decision = decideOrder(order({}, row.line), given);

    const [line] = decision.lines;
    t.is(line?.status, row.status);
    if (row.answered !== undefined) t.is(line?.price, row.answered);
    t.deepEqual(
      line?.reasons.map(({ code }) => code),
      [...(row.reasons ?? [])],
    );
    t.deepEqual(
      decision.exceptions.map(({ kind }) => kind),
      [...(row.exceptions ?? [])] as never[],
    );
  });
}

test('a price never depends on the order of the lines', (t) => {
  const given = order();
  const second = { ...given.lines[0]!, number: '2', unitPrice: '9' };
  const there = decideOrder({ ...given, lines: [given.lines[0]!, second] }, facts());
  const back = decideOrder({ ...given, lines: [second, given.lines[0]!] }, facts());
  t.deepEqual(
    there.lines,
    back.lines.toReversed().map((line, i) => ({ ...line, reasons: there.lines[i]!.reasons })),
  );
});

const decided = (decision: OrderDecision) => [
  decision.outcome,
  acknowledgeOrder(order(), decision, { today: '2026-01-06', split: 'BP' }).type,
];

test('the whole order follows from its lines: BAK02', (t) => {
  t.deepEqual(decided(decideOrder(order(), facts())), ['accepted', 'AD']);
  t.deepEqual(decided(decideOrder(order({}, { unitPrice: '9' }), facts({ policy: outside('contract') }))), [
    'accepted-with-changes',
    'AC',
  ]);
  t.deepEqual(decided(decideOrder(order({}, { unitPrice: '9' }), facts())), ['held', 'AH']);
  t.deepEqual(decided(decideOrder(order({}, { ids: [] }), facts())), ['rejected', 'RD']);
});

test('an order that came before with the same content is answered as it was', (t) => {
  const first = decideOrder(order(), facts());
  const again = order({ purpose: 'duplicate', source: { ...order().source, interchange: '000000002' } });

  const decision = decideOrder(
    again,
    facts({ prices: [], earlier: { contentHash: hashContent(order()), decision: first } }),
  );

  t.true(decision.repeated);
  t.deepEqual(decision.lines, first.lines);
  t.deepEqual(decision.exceptions, []);
  t.is(acknowledgeOrder(again, decision, { today: '2026-01-06', split: 'BP' }).purpose, 'duplicate');
});

test('an order that came before with other content is held or rejected, as the partner file says', (t) => {
  const earlier = { contentHash: 'another', decision: decideOrder(order(), facts()) };

  const held = decideOrder(order(), facts({ earlier }));
  const rejected = decideOrder(order(), facts({ earlier, policy: { duplicate: 'reject' } }));

  t.deepEqual(
    [held.outcome, held.lines[0]?.status, held.exceptions[0]?.kind],
    ['held', 'IH', 'duplicate-order'],
  );
  t.deepEqual(
    [rejected.outcome, rejected.lines[0]?.status, rejected.exceptions.length],
    ['rejected', 'IR', 0],
  );
});

for (const purpose of ['cancel', 'change', 'replace', 'confirm', 'information', 'other'] as const) {
  test(`an order with purpose ${purpose} waits for a person`, (t) => {
    const decision = decideOrder(order({ purpose }), facts());
    t.deepEqual([decision.outcome, decision.exceptions[0]?.kind], ['held', 'purpose-needs-person']);
  });
}

test('an order of a type that no rule knows waits for a person', (t) => {
  const decision = decideOrder(order({ type: 'other', typeCode: 'ZZ' }), facts());
  t.deepEqual([decision.outcome, decision.exceptions[0]?.kind], ['held', 'type-needs-person']);
});

test('the answer names every line once, with quantity and unit together (ACK P0203)', (t) => {
  const two = order();
  const both = { ...two, lines: [two.lines[0]!, { ...two.lines[0]!, number: '2', ids: [] }] };

  const answer = acknowledgeOrder(both, decideOrder(both, facts()), { today: '2026-01-06', split: 'BP' });

  t.deepEqual(
    answer.lines.map((line) => [line.number, line.outcomes]),
    [
      ['1', [{ status: 'IA', quantity: '10', unit: 'EA' }]],
      ['2', [{ status: 'R2', quantity: '10', unit: 'EA' }]],
    ],
  );
  t.is(answer.type, 'AC');
});
