import test from 'ava';
import { acknowledgeLine, acknowledgeOrder } from '../../../src/domain/order/acknowledge-order.ts';
import type {
  LineDecision,
  LinePromise,
  LineStatus,
  OrderDecision,
  OrderOutcome,
} from '../../../src/domain/order/order-decision.ts';
import type { PurchaseOrder } from '../../../src/domain/order/purchase-order.ts';
import { line, order } from './support.ts';

const decided = (status: LineStatus, changes: Partial<LineDecision> = {}): LineDecision => ({
  status,
  item: 'A-1',
  unit: 'EA',
  price: '3.25',
  priceBasis: 'PE',
  reasons: [],
  ...changes,
});

const part = (
  quantity: string,
  ships: string | undefined,
  kind: LinePromise['kind'] = 'now',
): LinePromise => ({
  kind,
  quantity,
  stockQuantity: quantity,
  ...(ships === undefined ? {} : { ships }),
  warehouse: 'A',
});

type Acked = readonly [
  status: LineStatus,
  changes: Partial<LineDecision>,
  split: 'BP' | 'IA-IB',
  ack: object[],
];
const ack = (status: string, quantity: string, date?: string) => ({
  status,
  quantity,
  unit: 'EA',
  ...(date === undefined ? {} : { dateQualifier: '068', date }),
});
const B3 = { ids: [{ qualifier: 'VP', value: 'B-3' }] };
const substituted = { item: 'B-3', reasons: [{ code: 'item-substituted', text: 'B-3 is sent' }] };
const two = [part('4', '2026-01-06'), part('6', '2026-01-20', 'backorder')];

/** Ten are ordered. */
const LINES: Readonly<Record<string, Acked>> = {
  accepted: ['IA', {}, 'BP', [ack('IA', '10')]],
  'accepted, and when it ships': [
    'IA',
    { promises: [part('10', '2026-01-06')] },
    'BP',
    [ack('IA', '10', '2026-01-06')],
  ],
  'accepted, and shipped on two days in time': [
    'IA',
    { promises: [part('4', '2026-01-06'), part('6', '2026-01-07')] },
    'BP',
    [ack('IA', '4', '2026-01-06'), ack('IA', '6', '2026-01-07')],
  ],
  'backordered to a day': [
    'IB',
    { promises: [part('10', '2026-01-20', 'backorder')] },
    'BP',
    [ack('IB', '10', '2026-01-20')],
  ],
  'its schedule pending': ['SP', { promises: [part('10', undefined, 'backorder')] }, 'BP', [ack('SP', '10')]],
  'put off': ['DR', { promises: [part('10', '2026-02-01')] }, 'BP', [ack('DR', '10', '2026-02-01')]],
  'partly now': ['BP', { promises: two }, 'BP', [ack('BP', '4', '2026-01-06')]],
  'partly now, the parts apart': [
    'BP',
    { promises: two },
    'IA-IB',
    [ack('IA', '4', '2026-01-06'), ack('IB', '6', '2026-01-20')],
  ],
  'partly now, then on two days': [
    'BP',
    { promises: [two[0]!, part('1', '2026-01-20', 'backorder'), part('5', undefined, 'backorder')] },
    'IA-IB',
    [ack('IA', '4', '2026-01-06'), ack('IB', '1', '2026-01-20'), ack('IB', '5')],
  ],
  'with another quantity': ['IQ', { quantity: '12' }, 'BP', [ack('IQ', '12')]],
  'with another price': ['IP', { price: '3' }, 'BP', [ack('IP', '10')]],
  'with another item': ['IS', substituted, 'BP', [{ ...ack('IS', '10'), ...B3 }]],
  'with several changes': ['IC', { ...substituted, quantity: '4' }, 'BP', [{ ...ack('IC', '4'), ...B3 }]],
  'with several changes, partly now': [
    'IC',
    { promises: two, price: '3' },
    'BP',
    [ack('IC', '4', '2026-01-06'), ack('IB', '6', '2026-01-20')],
  ],
  'price pending': ['IE', {}, 'BP', [ack('IE', '10')]],
  'description incomplete': ['IF', { item: undefined }, 'BP', [ack('IF', '10')]],
  'on hold': ['IH', {}, 'BP', [ack('IH', '10')]],
  rejected: ['IR', {}, 'BP', [ack('IR', '10')]],
  'rejected though it was to be substituted': ['IR', substituted, 'BP', [ack('IR', '10')]],
  'not in the contract': ['R1', {}, 'BP', [ack('R1', '10')]],
  'unknown item': ['R2', { item: undefined }, 'BP', [ack('R2', '10')]],
  'unknown unit': ['R3', {}, 'BP', [ack('R3', '10')]],
  'not to be had': ['R4', {}, 'BP', [ack('R4', '10')]],
};

for (const [what, [status, changes, split, outcomes]] of Object.entries(LINES)) {
  test(`ACK01 ${status}: ${what}`, (t) => {
    const answered = acknowledgeLine(line('1'), decided(status, changes), split);
    t.deepEqual(answered.outcomes, outcomes as never);
    t.deepEqual([answered.number, answered.quantity, answered.unit], ['1', '10', 'EA']);
    t.deepEqual(answered.ids, line('1').ids);
    t.is(answered.unitPrice, changes.price ?? '3.25');
  });
}

test('ACK02 comes with ACK03 or not at all (P0203)', (t) => {
  const unknown = decided('R2', { item: undefined, unit: undefined });
  const [noUnit] = acknowledgeLine(line('1', { unit: null }), unknown, 'BP').outcomes;
  const [noQuantity] = acknowledgeLine(line('1', { quantity: null }), decided('IH'), 'BP').outcomes;
  t.deepEqual([noUnit, noQuantity], [{ status: 'R2' }, { status: 'IH' }]);
});

test('no basis is said of a price that is not there', (t) => {
  const answered = acknowledgeLine(line('1', { unitPrice: null }), decided('IE', { price: undefined }), 'BP');
  t.false('unitPrice' in answered || 'priceBasis' in answered);
});

const answer = (
  outcome: OrderOutcome,
  statuses: readonly LineStatus[],
  changes: Partial<OrderDecision> = {},
  ordered: Partial<PurchaseOrder> = {},
) => {
  const lines = statuses.map((_status, i) => line(String(i + 1)));
  const decision: OrderDecision = {
    outcome,
    repeated: false,
    reasons: [],
    exceptions: [],
    lines: statuses.map((status) => decided(status)),
    ...changes,
  };
  return acknowledgeOrder(order({ lines, ...ordered }), decision, { today: '2026-01-06', split: 'BP' });
};

const TYPES: readonly (readonly [OrderOutcome, readonly LineStatus[], type: string])[] = [
  ['accepted', ['IA'], 'AD'],
  ['accepted', ['IA', 'IA'], 'AD'],
  ['accepted', [], 'AK'],
  ['accepted-with-changes', ['IA', 'IP'], 'AC'],
  ['accepted-with-changes', ['IA', 'R2'], 'AC'],
  ['held', ['IH'], 'AH'],
  ['held', ['IE', 'IF', 'IH'], 'AH'],
  ['held', [], 'AH'],
  // What stands firm, or is refused for good, is told in the detail.
  ['held', ['IA', 'IE'], 'AC'],
  ['held', ['R2', 'IH'], 'AC'],
  ['rejected', ['IR'], 'RD'],
  ['rejected', ['R1', 'R4'], 'RD'],
  ['rejected', [], 'RJ'],
];

for (const [outcome, statuses, type] of TYPES)
  test(`BAK02 of an order ${outcome} with ${statuses.join(' ') || 'no line'} is ${type}`, (t) => {
    t.is(answer(outcome, statuses).type, type);
  });

test('the answer names the order, its release and where it goes', (t) => {
  const shipTo = { role: 'ship-to', code: 'ST', id: 'DC12', name: 'ACME', address: { country: 'US' } };
  const given = answer(
    'accepted',
    ['IA'],
    {},
    {
      type: 'release',
      releaseNumber: '7',
      parties: [{ role: 'buyer', code: 'BY', id: 'X' }, shipTo],
    },
  );
  t.like(given, {
    purpose: 'original',
    poNumber: 'PO1',
    releaseNumber: '7',
    orderDate: '2026-01-05',
    acknowledgedOn: '2026-01-06',
    currency: 'USD',
  });
  t.deepEqual(given.parties, [{ role: 'ship-to', code: 'ST', id: 'DC12', name: 'ACME' }]);
});

test('every line is answered once, in the order of the order', (t) => {
  const { lines } = answer('held', ['IA', 'IE', 'R2']);
  t.deepEqual(
    lines.map(({ number, outcomes }) => [number, outcomes.map(({ status }) => status)]),
    [
      ['1', ['IA']],
      ['2', ['IE']],
      ['3', ['R2']],
    ],
  );
});
