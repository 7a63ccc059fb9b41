import test from 'ava';
import {
  authoriseReturn,
  type ReturnableLine,
  receiveReturn,
} from '../../../src/domain/return/goods-return.ts';

const PLAIN: ReturnableLine = {
  position: 1,
  item: 'BOLT',
  unit: 'EA',
  quantity: '100',
  taken: '30',
  serials: [],
};
const GAUGES: ReturnableLine = {
  position: 2,
  item: 'GAUGE',
  unit: 'EA',
  quantity: '2',
  taken: '0',
  serials: ['A', 'B'],
};

test('what was billed and did not come back before may come back', (t) => {
  const { lines, reasons } = authoriseReturn(
    [
      { invoicePosition: 1, quantity: '70' },
      { invoicePosition: 2, quantity: '1', serials: ['B'] },
    ],
    [PLAIN, GAUGES],
  );
  t.deepEqual(reasons, []);
  t.like(lines[1], { position: 2, invoicePosition: 2, authorised: '1', received: '0', serials: ['B'] });
});

const REFUSED = [
  ['nothing-to-return', []],
  ['line-unknown', [{ invoicePosition: 9, quantity: '1' }]],
  ['quantity-too-much', [{ invoicePosition: 1, quantity: '70.5' }]],
  ['quantity-too-much', [{ invoicePosition: 1, quantity: '0' }]],
  [
    'line-twice',
    [
      { invoicePosition: 1, quantity: '1' },
      { invoicePosition: 1, quantity: '1' },
    ],
  ],
  ['serials-missing', [{ invoicePosition: 2, quantity: '1' }]],
  ['serials-missing', [{ invoicePosition: 2, quantity: '2', serials: ['A', 'A'] }]],
  ['serial-unknown', [{ invoicePosition: 2, quantity: '1', serials: ['C'] }]],
] as const;

for (const [code, asked] of REFUSED)
  test(`${code}: ${JSON.stringify(asked)} is refused`, (t) => {
    const { reasons } = authoriseReturn(asked, [PLAIN, GAUGES]);
    t.deepEqual(
      reasons.map((one) => one.code),
      [code],
    );
  });

const AUTHORISED = {
  number: 'RMA-1',
  state: 'authorised',
  lines: authoriseReturn([{ invoicePosition: 1, quantity: '10' }], [PLAIN]).lines,
} as const;

test('what came is restocked or scrapped; less than was authorised is right', (t) => {
  const { lines, reasons } = receiveReturn(AUTHORISED, [{ position: 1, restocked: '6', scrapped: '1' }]);
  t.deepEqual(reasons, []);
  t.like(lines[0], { authorised: '10', received: '7', restocked: '6', scrapped: '1' });
});

const NOT_RECEIVED = [
  ['received-over-authorised', AUTHORISED, { position: 1, restocked: '10', scrapped: '0.5' }],
  ['nothing-received', AUTHORISED, { position: 1, restocked: '0', scrapped: '0' }],
  ['quantity-negative', AUTHORISED, { position: 1, restocked: '5', scrapped: '-1' }],
  ['return-not-open', { ...AUTHORISED, state: 'credited' }, { position: 1, restocked: '1', scrapped: '0' }],
] as const;

for (const [code, goods, received] of NOT_RECEIVED)
  test(`${code} is refused`, (t) => {
    t.deepEqual(
      receiveReturn(goods, [received]).reasons.map((one) => one.code),
      [code],
    );
  });

const SERIALS = {
  number: 'RMA-2',
  state: 'authorised',
  lines: authoriseReturn([{ invoicePosition: 2, quantity: '2', serials: ['A', 'B'] }], [GAUGES]).lines,
} as const;

test('of a serialised item the good pieces are told from the others', (t) => {
  const { lines, reasons } = receiveReturn(SERIALS, [
    { position: 1, restocked: '1', scrapped: '0', restockedSerials: ['B'] },
    { position: 1, restocked: '0', scrapped: '1', scrappedSerials: ['A'] },
  ]);
  t.deepEqual(reasons, []);
  t.like(lines[0], { received: '2', restocked: '1', scrapped: '1', serials: ['B'] });
});

const WRONG_SERIALS = [
  ['serials-missing', { position: 1, restocked: '2', scrapped: '0' }],
  ['serials-missing', { position: 1, restocked: '2', scrapped: '0', restockedSerials: ['A', 'A'] }],
  ['serial-unknown', { position: 1, restocked: '1', scrapped: '0', restockedSerials: ['C'] }],
] as const;

for (const [code, received] of WRONG_SERIALS)
  test(`${code}: ${JSON.stringify(received)} is refused`, (t) => {
    t.deepEqual(
      receiveReturn(SERIALS, [received]).reasons.map((one) => one.code),
      [code],
    );
  });
