import test from 'ava';
import { draftOrderMails, type OrderVersionTold } from '../../../src/domain/mail/draft-order-mails.ts';
import { MAIL_MODELS } from '../../../src/domain/mail/mail-model.ts';
import type { LineDecision, OrderDecision } from '../../../src/domain/order/order-decision.ts';
import type { PurchaseOrder } from '../../../src/domain/order/purchase-order.ts';

const ABOUT = { company: { name: 'Us' }, partner: { name: 'Them' } };

const source = {
  format: 'x12',
  version: '004010',
  set: '850',
  sender: '',
  receiver: '',
  interchange: '',
  group: '',
  control: '',
} as const;

function order(over: Partial<PurchaseOrder> = {}): PurchaseOrder {
  return {
    kind: 'purchase-order',
    source,
    purpose: 'original',
    type: 'standalone',
    poNumber: 'PO-1',
    lines: [
      {
        number: '1',
        quantity: '10',
        unit: 'EA',
        unitPrice: '3.25',
        ids: [
          { qualifier: 'VP', value: 'HB-1001' },
          { qualifier: 'BP', value: 'THEIRS-1' },
        ],
        schedule: [{ quantity: '10', date: '2026-12-01' }],
      },
    ],
    ...over,
  };
}

function decision(outcome: OrderDecision['outcome'], line: Partial<LineDecision> = {}): OrderDecision {
  const whole: LineDecision = {
    status: 'IA',
    item: 'HB-1001',
    price: '3.25',
    unit: 'EA',
    reasons: [],
    ...line,
  };
  return { outcome, repeated: false, reasons: [], lines: [whole], exceptions: [], amount: '32.5' };
}

function version(over: Partial<OrderVersionTold>): OrderVersionTold {
  return {
    order: 'o',
    version: 1,
    test: false,
    state: 'open',
    content: order(),
    decision: decision('accepted'),
    ...over,
  };
}

function draft(over: Partial<OrderVersionTold>) {
  const drafts = draftOrderMails(version(over), ABOUT, 'USD');
  for (const { kind, model } of drafts) MAIL_MODELS[kind].parse(model);
  return drafts;
}

const kinds = (over: Partial<OrderVersionTold>) => draft(over).map(({ kind }) => kind);

const accepted = { content: order(), decision: decision('accepted') };
const held = { content: order(), decision: decision('held', { status: 'IH' }) };

test('a new order is received; once it is decided, confirmed or refused', (t) => {
  t.deepEqual(kinds({}), ['order-received', 'order-confirmed']);
  t.deepEqual(kinds({ decision: decision('accepted-with-changes', { status: 'IP' }) }), [
    'order-received',
    'order-confirmed',
  ]);
  t.deepEqual(kinds({ decision: held.decision }), ['order-received'], 'a person decides first');
  t.deepEqual(kinds({ decision: decision('rejected', { status: 'R2' }) }), [
    'order-received',
    'order-rejected',
  ]);
});

test('what was held is confirmed when it is decided, what was confirmed has changed', (t) => {
  t.deepEqual(kinds({ version: 2, before: held }), ['order-confirmed']);
  const more = { content: order({ lines: [{ ...order().lines[0]!, quantity: '20' }] }) };
  t.deepEqual(kinds({ version: 2, before: accepted, ...more }), ['order-changed']);
  t.deepEqual(kinds({ version: 2, before: accepted, decision: decision('rejected') }), ['order-rejected']);
  const gone = { version: 2, state: 'cancelled', decision: decision('rejected') } as const;
  t.deepEqual(kinds({ ...gone, before: accepted }), ['order-changed']);
  t.deepEqual(kinds({ ...gone, before: held }), ['order-changed']);
  t.deepEqual(kinds({ ...gone, before: { content: order(), decision: decision('rejected') } }), []);
  t.deepEqual(kinds({ version: 2, before: accepted }), [], 'nothing that the customer sees is different');
  t.deepEqual(kinds({ version: 2, before: accepted, state: 'closed', ...more }), []);
});

test('a backorder is told when it comes about, and not again while it lasts', (t) => {
  const waits = (quantity: string) =>
    decision('accepted', {
      status: 'BP',
      promises: [
        { kind: 'now', quantity, stockQuantity: quantity, ships: '2026-11-22' },
        { kind: 'backorder', quantity: '2', stockQuantity: '2' },
      ],
    });
  t.deepEqual(kinds({ decision: waits('8') }), ['order-received', 'order-confirmed', 'backordered']);
  const before = { content: order(), decision: waits('8') };
  t.deepEqual(kinds({ version: 2, before, decision: waits('6') }), ['order-changed']);
});

test('the model says what the customer may know: dates by the day, its own numbers, nothing of our reasons', (t) => {
  const reasons = [{ code: 'price', text: 'our floor is 2.00' }] as never;
  const [, mail] = draft({
    content: order({
      releaseNumber: '7',
      parties: [
        {
          role: 'ship-to',
          code: 'ST',
          name: 'DC 12',
          address: { lines: ['1 Main St'], city: 'Dayton', region: 'OH', postalCode: '45402', country: 'US' },
        },
      ],
    }),
    decision: decision('accepted', {
      status: 'BP',
      reasons,
      promises: [
        { kind: 'backorder', quantity: '2', stockQuantity: '2' },
        { kind: 'now', quantity: '5', stockQuantity: '5', ships: '2026-11-22', warehouse: 'SECRET' },
        { kind: 'now', quantity: '3', stockQuantity: '3', ships: '2026-11-22', warehouse: 'OTHER' },
      ],
    }),
  });
  t.deepEqual(mail?.model, {
    ...ABOUT,
    order: {
      poNumber: 'PO-1',
      releaseNumber: '7',
      currency: 'USD',
      amount: '32.5',
      shipTo: { name: 'DC 12', lines: ['1 Main St', 'Dayton OH 45402', 'US'] },
      lines: [
        {
          number: '1',
          item: 'HB-1001',
          theirItem: 'THEIRS-1',
          quantity: '10',
          unit: 'EA',
          price: '3.25',
          status: 'partly-backordered',
          deliveries: [{ quantity: '8', date: '2026-11-22' }, { quantity: '2' }],
        },
      ],
    },
  });
});

test('a change shows each line with what it was, lines that are new and those that are gone', (t) => {
  const [line] = order().lines;
  const two = order({ lines: [line!, { ...line!, number: '2' }] });
  const both = (one: OrderDecision): OrderDecision => ({ ...one, lines: [one.lines[0]!, one.lines[0]!] });
  const [mail] = draft({
    version: 2,
    before: { content: two, decision: both(decision('accepted')) },
    content: order({
      lines: [
        { ...line!, quantity: '4' },
        { ...line!, number: '3' },
      ],
    }),
    decision: both(decision('accepted')),
  });
  t.is(mail?.kind, 'order-changed');
  const model = mail?.kind === 'order-changed' ? mail.model.order : undefined;
  t.deepEqual(
    model?.lines.map(({ number, change, was }) => [number, change, was?.quantity]),
    [
      ['1', 'changed', '10'],
      ['3', 'added', undefined],
    ],
  );
  t.deepEqual(
    model?.removed.map(({ number }) => number),
    ['2'],
  );
});

test('each mail has a key of its own: the same version makes no second one', (t) => {
  const first = draft({ order: 'x' }).map(({ key }) => key);
  t.deepEqual(first, ['order-received:x:1', 'order-confirmed:x:1']);
  t.deepEqual(
    draft({ order: 'x' }).map(({ key }) => key),
    first,
  );
  t.deepEqual(
    draft({ order: 'x', version: 2, before: held }).map(({ key }) => key),
    ['order-confirmed:x:2'],
  );
});
