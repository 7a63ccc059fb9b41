import test from 'ava';
import { findLedgerFaults } from '../../../src/domain/blanket/ledger.ts';
import { checkBlanketOrder, openBlanket, readValidity } from '../../../src/domain/blanket/open-blanket.ts';
import type { LineDecision, LineStatus } from '../../../src/domain/order/order-decision.ts';
import type { PurchaseOrder, PurchaseOrderLine } from '../../../src/domain/order/purchase-order.ts';
import { type BlanketPolicy, orderPolicy } from '../../../src/domain/partner/order-policy.ts';
import { TODAY } from './support.ts';

const POLICY: BlanketPolicy = { ...orderPolicy.parse({}).blanket, allowance: '5' };

const line = (number: string, changes: Partial<PurchaseOrderLine> = {}): PurchaseOrderLine => ({
  number,
  quantity: '100',
  unit: 'EA',
  unitPrice: '3.25',
  ids: [],
  ...changes,
});

const order = (changes: Partial<PurchaseOrder> = {}): PurchaseOrder => ({
  kind: 'purchase-order',
  source: {
    format: 'x12',
    version: '004010',
    set: '850',
    sender: 'A',
    receiver: 'B',
    interchange: '1',
    group: '1',
    control: '1',
  },
  purpose: 'original',
  type: 'blanket',
  poNumber: 'BK100',
  lines: [line('1')],
  ...changes,
});

const decided = (status: LineStatus, changes: Partial<LineDecision> = {}): LineDecision => ({
  status,
  item: 'W-1',
  unit: 'EA',
  price: '3.25',
  priceBasis: 'PE',
  reasons: [],
  ...changes,
});

const open = (purchase: PurchaseOrder, lines: readonly LineDecision[], policy: Partial<BlanketPolicy> = {}) =>
  openBlanket(purchase, lines, { id: 'b1', partner: 'acme', policy: { ...POLICY, ...policy } });

test('an accepted BK commits to each line that stands, as it was answered', (t) => {
  const purchase = order({
    contractNumber: 'C-7',
    dates: [
      { qualifier: '007', date: '2026-01-01' },
      { qualifier: '036', date: '2026-12-31' },
    ],
    lines: [line('1'), line('2', { quantity: '50.0' }), line('3'), line('4'), line('5')],
  });
  const { blanket, bookings } = open(purchase, [
    decided('IA'),
    decided('IP', { price: '3.10' }),
    decided('IR'),
    decided('IE'),
    decided('IQ', { quantity: '24' }),
  ]);
  t.like(blanket, {
    poNumber: 'BK100',
    contractNumber: 'C-7',
    firm: true,
    state: 'open',
    allowance: '5',
    validFrom: '2026-01-01',
    validTo: '2026-12-31',
  });
  t.deepEqual(
    blanket.lines.map(({ number, committed, price, released }) => [number, committed, price, released]),
    [
      ['1', '100', '3.25', '0'],
      ['2', '50', '3.10', '0'],
      ['5', '24', '3.25', '0'],
    ],
  );
  t.deepEqual(bookings[2], { blanket: 'b1', line: '5', kind: 'commit', quantity: '24', reference: 'BK100' });
  t.deepEqual(findLedgerFaults(blanket, bookings), []);
});

test('what is estimated has the limit of what is firm, unless the partner file says that it warns', (t) => {
  const estimate = order({ type: 'blanket-estimate' });
  t.like(open(estimate, [decided('IA')]).blanket, { firm: false, allowance: '5' });
  t.like(open(estimate, [decided('IA')], { estimated: 'warn' }).blanket, {
    firm: false,
    allowance: undefined,
  });
  t.like(open(order(), [decided('IA')], { estimated: 'warn' }).blanket, { firm: true, allowance: '5' });
});

const VALIDITY: readonly [string, PurchaseOrder['dates'], string | undefined, string | undefined][] = [
  ['no date is given', [], undefined, undefined],
  [
    'effective and expiry are given',
    [
      { qualifier: '007', date: '2026-01-01' },
      { qualifier: '036', date: '2026-12-31' },
    ],
    '2026-01-01',
    '2026-12-31',
  ],
  [
    'the contract has dates',
    [
      { qualifier: '092', date: '2026-02-01' },
      { qualifier: '093', date: '2026-11-30' },
    ],
    '2026-02-01',
    '2026-11-30',
  ],
  [
    'the dates of the order go before those of the contract',
    [
      { qualifier: '093', date: '2027-11-30' },
      { qualifier: '036', date: '2026-12-31' },
    ],
    undefined,
    '2026-12-31',
  ],
  [
    'start and end are given',
    [
      { qualifier: '196', date: '2026-03-01' },
      { qualifier: '197', date: '2026-03-31' },
    ],
    '2026-03-01',
    '2026-03-31',
  ],
  ['it is cancelled after a day', [{ qualifier: '001', date: '2026-06-30' }], undefined, '2026-06-30'],
  [
    'a period is given',
    [{ qualifier: '007', periodFormat: 'RD8', period: '20260101-20261231' }],
    '2026-01-01',
    '2026-12-31',
  ],
  [
    'dates of delivery are given',
    [
      { qualifier: '063', date: '2026-06-30' },
      { qualifier: '064', date: '2026-06-01' },
      { qualifier: '010', date: '2026-06-10' },
    ],
    undefined,
    undefined,
  ],
];

for (const [when, dates, from, to] of VALIDITY) {
  test(`the validity of a blanket where ${when}`, (t) => {
    t.deepEqual(readValidity({ dates }), { from, to });
  });
}

test('crossed dates, a last day that is past, and line numbers that come twice stand against a blanket', (t) => {
  const codes = (purchase: PurchaseOrder) => checkBlanketOrder(purchase, TODAY).map(({ code }) => code);
  const until = (to: string, from = '2026-01-01') => [
    { qualifier: '007', date: from },
    { qualifier: '036', date: to },
  ];
  t.deepEqual(codes(order({ dates: until(TODAY) })), []);
  t.deepEqual(codes(order({ dates: until('2026-06-14') })), ['blanket-expired']);
  t.deepEqual(codes(order({ dates: until('2026-08-01', '2026-09-01') })), ['blanket-dates-crossed']);
  t.deepEqual(codes(order({ lines: [line('1'), line('2'), line('1')] })), ['blanket-line-twice']);
});
