import assert from 'node:assert/strict';
import test from 'ava';
import fc from 'fast-check';
import type { OrderChange, OrderChangeLine } from '../../../src/domain/order/order-change.ts';
import type { PurchaseOrder } from '../../../src/domain/order/purchase-order.ts';
import { type Arrival, Arrivals } from '../../support/order-arrivals.ts';
import { change, ORDER, ORDER_FACTS, poc } from './change-support.ts';

/** First changes: made, made in part, refused, and in question. */
const FIRST: Readonly<Record<string, readonly OrderChangeLine[]>> = {
  more: [
    poc('QI', '1', { quantity: '1000', quantityLeft: '200', unit: 'EA' }),
    poc('PC', '2', { unitPrice: '9.01' }),
  ],
  'more and a line that is not there': [
    poc('QI', '1', { quantity: '1000', quantityLeft: '200', unit: 'EA' }),
    poc('DI', '7'),
  ],
  'only a line that is not there': [poc('DI', '7')],
  'a quantity that is not clear': [poc('QD', '1', { quantity: '600', unit: 'EA' })],
  'a price that a person has to see': [poc('PC', '2', { unitPrice: '1' })],
};

const second = (quantity: number): OrderChange =>
  change(
    [
      poc('PQ', '1', {
        quantity: String(quantity),
        quantityLeft: String(quantity),
        unit: 'EA',
        unitPrice: '3.25',
      }),
      poc('AI', undefined, {
        quantity: '5',
        unit: 'EA',
        unitPrice: '0.85',
        ids: [{ qualifier: 'BP', value: 'PART-3' }],
      }),
    ],
    { type: 'blanket', changeSequence: '2' },
  );

const release = (quantity: number): Arrival => ({
  name: 'release',
  document: {
    ...ORDER,
    type: 'release',
    releaseNumber: 'R1',
    orderDate: '2026-01-08',
    lines: [{ ...ORDER.lines[0]!, quantity: String(quantity) }],
  },
});

const CANCEL: Readonly<Record<string, OrderChange>> = {
  'the blanket order': change([], {
    purpose: 'cancel',
    type: 'blanket',
    changeSequence: '3',
    changeDate: '2026-01-09',
  }),
  'the release': change([], {
    purpose: 'cancel',
    type: 'release',
    releaseNumber: 'R1',
    changeDate: '2026-01-09',
  }),
};

const documents = fc
  .record({
    first: fc.constantFrom(...Object.keys(FIRST)),
    cancelled: fc.constantFrom(...Object.keys(CANCEL)),
    // Between what is released and what is committed, at the edges as well: each fits, whatever has come before it.
    committed: fc.integer({ min: 500, max: 2000 }),
    released: fc.integer({ min: 1, max: 500 }),
  })
  .map(({ first, cancelled, committed, released }): Arrival[] => [
    { name: 'order', document: { ...ORDER, type: 'blanket' } },
    { name: 'change 1', document: change(FIRST[first]!, { type: 'blanket' }) },
    { name: 'change 2', document: second(committed) },
    release(released),
    { name: 'cancel', document: CANCEL[cancelled]! },
  ]);

function play(arrivals: readonly Arrival[]) {
  const desk = new Arrivals(ORDER_FACTS);
  for (const arrival of arrivals) desk.take(arrival);
  return desk.end();
}

test('order, two changes, release and cancellation end alike in every one of 1,000 random arrival orders', (t) => {
  const seen = new Set<string>();
  let cancelled = 0;
  const property = fc.property(
    documents.chain((sent) =>
      fc.tuple(fc.constant(sent), fc.shuffledSubarray(sent, { minLength: sent.length })),
    ),
    ([sent, arrived]) => {
      const expected = play(sent);
      const names = expected.answers.map(({ name }) => name);
      seen.add(arrived.map(({ name }) => name).join());
      cancelled += expected.orders.filter(({ versions }) => versions.at(-1)?.state === 'cancelled').length;

      const ended = play(arrived);

      assert.equal(new Set(names).size, names.length, 'a document is answered twice');
      assert.deepEqual(ended, expected);
    },
  );
  fc.assert(property, { numRuns: 1000, seed: 860 });
  t.is(seen.size, 120);
  t.true(cancelled > 500);
});

test('when nothing is in question, every document is answered once, and nothing waits', (t) => {
  const sent: Arrival[] = [
    { name: 'order', document: { ...ORDER, type: 'blanket' } },
    { name: 'change 1', document: change(FIRST['more']!, { type: 'blanket' }) },
    { name: 'change 2', document: second(1500) },
    release(300),
    { name: 'cancel', document: CANCEL['the blanket order']! },
  ];

  const ended = play(sent.toReversed());

  t.deepEqual(
    ended.answers.map(({ name }) => name),
    ['cancel', 'change 1', 'change 2', 'order', 'release'],
  );
  t.deepEqual(
    ended.orders.map(({ key, versions, waiting }) => [key, versions.length, versions.at(-1)?.state, waiting]),
    [
      ['PO1 ', 4, 'cancelled', []],
      ['PO1 R1', 1, 'open', []],
    ],
  );
  t.deepEqual(
    ended.blanket?.lines.map(({ number, committed, released }) => [number, committed, released]),
    [
      ['1', '1500', '300'],
      ['2', '24', '0'],
      ['3', '5', '0'],
    ],
  );
});

test('a document that comes twice changes nothing, and is answered again as before', (t) => {
  const sent: Arrival[] = [
    { name: 'order', document: { ...ORDER, type: 'blanket' } },
    { name: 'change 1', document: change(FIRST['more']!, { type: 'blanket' }) },
    { name: 'change 2', document: second(1500) },
  ];
  const once = play(sent);
  const again = [
    { ...sent[2]!, name: 'again 2' },
    { ...sent[1]!, name: 'again 1' },
  ];

  const twice = play([...sent, ...again]);

  t.deepEqual(twice.orders, once.orders);
  const answer = (name: string) => twice.answers.find((one) => one.name === name)?.answer;
  t.deepEqual([answer('again 1'), answer('again 2')], [answer('change 1'), answer('change 2')]);
});

test('a release that was ordered after its blanket order was cancelled is refused', (t) => {
  const late = release(300);
  const sent: Arrival[] = [
    { name: 'order', document: { ...ORDER, type: 'blanket' } },
    { name: 'cancel', document: { ...CANCEL['the blanket order']!, changeSequence: '1' } },
    { ...late, document: { ...(late.document as PurchaseOrder), orderDate: '2026-01-10' } },
  ];

  const ended = play(sent);

  t.deepEqual(
    ended.orders.map(({ versions }) => versions.at(-1)?.decision.reasons.map(({ code }) => code)),
    [['cancelled'], ['blanket-closed']],
  );
  t.is(ended.blanket?.lines[0]?.released, '0');
});
