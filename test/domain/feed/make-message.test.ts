import test from 'ava';
import { feedMessage } from '../../../src/domain/feed/feed-message.ts';
import { type DecidedVersion, type FeedMaker, makeMessages } from '../../../src/domain/feed/make-message.ts';
import { writeCsv } from '../../../src/domain/feed/write-csv.ts';
import type { LineDecision, OrderDecision } from '../../../src/domain/order/order-decision.ts';
import type { PurchaseOrder } from '../../../src/domain/order/purchase-order.ts';

const ORDER: PurchaseOrder = {
  kind: 'purchase-order',
  source: {
    format: 'x12',
    version: '004010',
    set: '850',
    sender: 'ZZ:ACME',
    receiver: 'ZZ:US',
    interchange: '000000001',
    group: '1',
    control: '0001',
  },
  purpose: 'original',
  type: 'standalone',
  poNumber: 'PO-1',
  currency: 'EUR',
  parties: [{ role: 'ship-to', code: 'ST', id: 'DC12' }],
  lines: [
    { number: '7', quantity: '10', unit: 'CA', priceBasis: 'PE', ids: [{ qualifier: 'BP', value: 'X' }] },
  ],
};

const LINE: LineDecision = { status: 'IA', item: 'W-1', unit: 'CA', price: '3.25', reasons: [] };

const DECISION: OrderDecision = {
  outcome: 'accepted',
  repeated: false,
  reasons: [],
  lines: [LINE],
  exceptions: [],
  amount: '32.5',
};

function version(
  over: Partial<Omit<DecidedVersion, 'decision'>> & { readonly decision?: Partial<OrderDecision> } = {},
): DecidedVersion {
  const { decision, ...rest } = over;
  return {
    order: 'o1',
    version: 1,
    state: 'open',
    content: ORDER,
    ...rest,
    decision: { ...DECISION, ...decision },
  };
}

function maker(erp: Partial<FeedMaker['erp']> = {}): FeedMaker {
  let id = 0;
  return {
    ids: () => {
      id += 1;
      return `m${id}`;
    },
    now: '2026-01-05T09:00:00Z',
    partner: 'acme',
    customer: 'C-100',
    currency: 'USD',
    erp: { send: ['orders', 'releases', 'changes'], held: false, ...erp },
  };
}

const make = (versions: readonly DecidedVersion[], told: Record<string, number> = {}, erp = {}) =>
  makeMessages(versions, new Map(Object.entries(told)), maker(erp)).map(({ payload }) => payload);

const SAYS = { ...ORDER, type: 'release' as const, releaseNumber: '3' };

test('the message says the decision in our words, and the order as the buyer wrote it', (t) => {
  const [message] = make([version()]);
  t.deepEqual(JSON.parse(JSON.stringify(message)), {
    id: 'm1',
    kind: 'order',
    sequence: 1,
    at: '2026-01-05T09:00:00Z',
    partner: 'acme',
    customer: 'C-100',
    orderId: 'o1',
    version: 1,
    state: 'open',
    outcome: 'accepted',
    currency: 'EUR',
    amount: '32.5',
    lines: [
      {
        number: '7',
        status: 'IA',
        item: 'W-1',
        quantity: '10',
        unit: 'CA',
        price: '3.25',
        priceBasis: 'PE',
        reasons: [],
      },
    ],
    order: ORDER,
  });
  t.true(feedMessage.safeParse(message).success);
  const { currency: _, ...without } = ORDER;
  t.is(
    make([version({ content: without })])[0]!.currency,
    'USD',
    'that of the company where the order names none',
  );
});

test('what is told of an order depends on what was told before', (t) => {
  const sums = (versions: readonly DecidedVersion[], told: Record<string, number> = {}, erp = {}) =>
    make(versions, told, erp).map(({ orderId, kind, sequence }) => `${orderId} ${kind} ${sequence}`);
  const held = version({ decision: { outcome: 'held' } });
  const rejected = version({ decision: { outcome: 'rejected' } });
  const cancelled = version({ state: 'cancelled' });
  const changed = version({ decision: { outcome: 'accepted-with-changes' } });
  const release = version({ order: 'o2', content: SAYS });
  const cases: readonly [string, string[], string[]][] = [
    ['accepted', sums([version()]), ['o1 order 1']],
    ['accepted with changes', sums([changed]), ['o1 order 1']],
    ['a release', sums([release]), ['o2 release 1']],
    ['a release changed', sums([release], { o2: 4 }), ['o2 change 5']],
    ['held', sums([held]), []],
    ['held, and wanted', sums([held], {}, { held: true }), ['o1 order 1']],
    ['held, then accepted', sums([held, version()]), ['o1 order 1']],
    ['rejected', sums([rejected]), []],
    ['rejected, but told before', sums([rejected], { o1: 1 }), ['o1 change 2']],
    ['cancelled before it was told', sums([cancelled]), []],
    ['cancelled', sums([version(), cancelled]), ['o1 order 1', 'o1 change 2']],
    ['two orders', sums([version(), release, version()]), ['o1 order 1', 'o2 release 1', 'o1 change 2']],
    ['no changes wanted', sums([version(), version()], {}, { send: ['orders'] }), ['o1 order 1']],
    [
      'no orders wanted',
      sums([version(), release, release], {}, { send: ['releases', 'changes'] }),
      ['o2 release 1', 'o2 change 2'],
    ],
  ];
  for (const [name, actual, expected] of cases) t.deepEqual(actual, expected, name);
});

test('a cancelled order has no amount, and a change says what differs', (t) => {
  const differences = [{ path: 'line 7 quantity', from: '10', to: '0' }];
  const [first, second] = make([version({ differences }), version({ state: 'cancelled', differences })]);
  t.false('differences' in first!);
  t.deepEqual(second!.differences, differences);
  t.false('amount' in second!);
});

test('promises are told in the unit of the line, and how we came to them is not', (t) => {
  const promises = [
    {
      kind: 'now',
      quantity: '4',
      stockQuantity: '48',
      ships: '2026-01-06',
      warehouse: 'A',
      serials: ['S1', 'S2'],
    },
    { kind: 'backorder', quantity: '6', stockQuantity: '72' },
  ] as const;
  const line: LineDecision = { ...LINE, quantity: '12', promises, requires: { colour: 'red' } };
  const [message] = make([version({ decision: { lines: [line] } })]);
  t.true(feedMessage.safeParse(message).success);
  t.deepEqual(JSON.parse(JSON.stringify(message!.lines)), [
    {
      number: '7',
      status: 'IA',
      item: 'W-1',
      quantity: '12',
      unit: 'CA',
      price: '3.25',
      priceBasis: 'PE',
      promises: [
        { kind: 'now', quantity: '4', ships: '2026-01-06', warehouse: 'A', serials: ['S1', 'S2'] },
        { kind: 'backorder', quantity: '6' },
      ],
      reasons: [],
    },
  ]);
  t.is(
    writeCsv(message!).split('\r\n').slice(1).join('\n'),
    [
      'm1,order,1,2026-01-05T09:00:00Z,acme,C-100,o1,1,open,accepted,PO-1,,,,DC12,7,IA,W-1,12,CA,3.25,PE,EUR,4,2026-01-06,A,S1 S2',
      'm1,order,1,2026-01-05T09:00:00Z,acme,C-100,o1,1,open,accepted,PO-1,,,,DC12,7,IA,W-1,12,CA,3.25,PE,EUR,6,,,',
      '',
    ].join('\n'),
  );
});

test('cells with commas, quotes and line ends are quoted', (t) => {
  const [message] = make([version({ content: { ...ORDER, poNumber: 'a,"b"\nc' } })]);
  t.true(writeCsv(message!).includes(',"a,""b""\nc",'));
});
