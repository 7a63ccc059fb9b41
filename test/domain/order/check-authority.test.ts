import test from 'ava';
import type { Authority } from '../../../src/domain/credit/authorised-value.ts';
import { acknowledgeOrder } from '../../../src/domain/order/acknowledge-order.ts';
import { decideOrder } from '../../../src/domain/order/decide-order.ts';
import { type Changes, facts, line, order, ruling } from './support.ts';

/** Three lines of 10 at 3.25: 32.50 each. */
const THREE = order({ poNumber: 'PO1', lines: [line('1'), line('2'), line('3')] });
const stating = (amount: string) => ({ ...THREE, totalAmounts: [{ qualifier: 'TT', amount }] });
const authority = (poNumber: string, left: string, currency = 'USD'): Authority => ({
  poNumber,
  left,
  currency,
});
const SPLIT = { 'over-authority': 'split' } as const;

function tell(asked = THREE, given: Changes = {}) {
  const decision = decideOrder(asked, facts(given));
  return {
    outcome: decision.outcome,
    lines: decision.lines.map(({ status, paidBy }) =>
      paidBy === undefined ? status : `${status} ${paidBy}`,
    ),
    asked: decision.exceptions.map(({ kind, line: number }) => `${kind} ${number ?? ''}`.trim()),
    used: (decision.authorised ?? []).map(({ poNumber, amount }) => `${poNumber} ${amount}`),
  };
}

const ROWS: readonly {
  readonly when: string;
  readonly asked?: typeof THREE;
  readonly given?: Changes;
  readonly expect: ReturnType<typeof tell>;
}[] = [
  {
    when: 'comes to what it states, to the cent',
    asked: stating('97.50'),
    given: { policy: SPLIT },
    expect: { outcome: 'accepted', lines: ['IA', 'IA', 'IA'], asked: [], used: [] },
  },
  {
    when: 'is a cent over what it states, and is held',
    asked: stating('97.49'),
    expect: { outcome: 'held', lines: ['IH', 'IH', 'IH'], asked: ['po-value-exceeded'], used: [] },
  },
  {
    when: 'is over, and rejected where the partner file says so',
    asked: stating('97.49'),
    given: { policy: { 'over-authority': 'reject' } },
    expect: { outcome: 'rejected', lines: ['IR', 'IR', 'IR'], asked: [], used: [] },
  },
  {
    when: 'is a cent over: the line that does not fit waits for another number',
    asked: stating('97.49'),
    given: { policy: SPLIT },
    expect: { outcome: 'held', lines: ['IA', 'IA', 'IH'], asked: ['needs-po-number 3'], used: [] },
  },
  {
    when: 'is over what is left of a listed one, and the others of the customer pay for the rest in their order',
    given: {
      policy: SPLIT,
      authorities: [authority('PO3', '32.50'), authority('PO1', '40'), authority('PO2', '32.50')],
    },
    expect: {
      outcome: 'accepted',
      lines: ['IA', 'IA PO3', 'IA PO2'],
      asked: [],
      used: ['PO1 32.5', 'PO3 32.5', 'PO2 32.5'],
    },
  },
  {
    when: 'is over, and what the others have left is too little or in another currency',
    given: {
      policy: SPLIT,
      authorities: [authority('PO1', '65'), authority('PO2', '32.49'), authority('PO4', '99', 'EUR')],
    },
    expect: {
      outcome: 'held',
      lines: ['IA', 'IA', 'IH'],
      asked: ['needs-po-number 3'],
      used: ['PO1 65'],
    },
  },
  {
    when: 'states more than is left of it: the lesser counts',
    asked: stating('1000'),
    given: { policy: SPLIT, authorities: [authority('PO1', '32.50')] },
    expect: {
      outcome: 'held',
      lines: ['IA', 'IH', 'IH'],
      asked: ['needs-po-number 2', 'needs-po-number 3'],
      used: ['PO1 32.5'],
    },
  },
  {
    when: 'is over, and a person has put the line under a number that is not listed',
    asked: stating('65'),
    given: { policy: SPLIT, rulings: [ruling({ kind: 'set-po-number', poNumber: 'PO9' }, '3')] },
    expect: { outcome: 'accepted', lines: ['IA', 'IA', 'IA PO9'], asked: [], used: [] },
  },
  {
    when: 'is over, and a person has put the line under one that has too little left',
    given: {
      policy: SPLIT,
      authorities: [authority('PO1', '65'), authority('PO2', '10')],
      rulings: [ruling({ kind: 'set-po-number', poNumber: 'PO2' }, '3')],
    },
    expect: {
      outcome: 'held',
      lines: ['IA', 'IA', 'IH'],
      asked: ['needs-po-number 3'],
      used: ['PO1 65'],
    },
  },
  {
    when: 'is one of a customer whose other orders have authorities, and says nothing itself',
    given: { policy: SPLIT, authorities: [authority('PO2', '1')] },
    expect: { outcome: 'accepted', lines: ['IA', 'IA', 'IA'], asked: [], used: [] },
  },
];

for (const { when, asked, given, expect } of ROWS) {
  test(`an order that ${when}`, (t) => {
    t.deepEqual(tell(asked, given), expect);
  });
}

test('the line of a split order says which purchase order pays for it', (t) => {
  const authorities = [authority('PO1', '65'), authority('PO2', '32.50')];
  const decision = decideOrder(THREE, facts({ policy: SPLIT, authorities }));
  const { lines } = acknowledgeOrder(THREE, decision, { today: '2026-01-06', split: 'BP' });
  t.deepEqual(
    lines.map(({ references }) => references),
    [undefined, undefined, [{ qualifier: 'PO', value: 'PO2' }]],
  );
});
