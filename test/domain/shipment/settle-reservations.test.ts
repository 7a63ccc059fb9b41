import test from 'ava';
import { priceLine } from '../../../src/domain/pricing/price-line.ts';
import { drawStock } from '../../../src/domain/shipment/draw-stock.ts';
import { settleReservations } from '../../../src/domain/shipment/settle-reservations.ts';
import type { HeldStock } from '../../../src/domain/shipment/shipment-facts.ts';
import { valueOfLine, valueOfShipped } from '../../../src/domain/shipment/value-shipped.ts';
import { fromBig, toBig } from '../../../src/lib/decimal.ts';
import { makeOrder } from './shipment-facts.ts';

function held(
  id: string,
  state: HeldStock['state'],
  quantity: string,
  more: Partial<HeldStock> = {},
): HeldStock {
  return { id, position: 1, item: 'HB-1', warehouse: 'DAY', quantity, state, serials: [], ...more };
}

/** An order of 10, promised so. */
function promised(stock: readonly HeldStock[], before = '0') {
  const promises = [{ kind: 'now', quantity: '10', stockQuantity: '10' }] as const;
  const shipped = new Map([[1, { quantity: before, stockQuantity: before }]]);
  return makeOrder('PO-1', ['1 HB-1 10 EA'], { held: stock, shipped, lines: [{ promises }] });
}

function draw(quantity: string, warehouse = 'DAY', serials: readonly string[] = []) {
  return { order: 'id of PO-1', position: 1, item: 'HB-1', warehouse, quantity, serials };
}

for (const { name, stock, draws, before, cut, restored } of [
  { name: 'a part', stock: [held('a', 'reserved', '10')], draws: [draw('4')], cut: ['a 6'] },
  { name: 'all of it', stock: [held('a', 'reserved', '10')], draws: [draw('10')], cut: ['a 0'] },
  { name: 'more than all', stock: [held('a', 'reserved', '10')], draws: [draw('12')], cut: ['a 0'] },
  {
    name: 'what lies where the goods left goes first',
    stock: [held('a', 'reserved', '5', { warehouse: 'RNO' }), held('b', 'reserved', '5')],
    draws: [draw('6')],
    cut: ['b 0', 'a 4'],
  },
  {
    name: 'a backorder is cut when more left than was set aside',
    stock: [held('a', 'waiting', '4', { warehouse: undefined }), held('b', 'reserved', '6')],
    draws: [draw('8')],
    cut: ['b 0', 'a 2'],
  },
  {
    name: 'earlier shipments count',
    stock: [held('a', 'reserved', '3')],
    before: '7',
    draws: [draw('2')],
    cut: ['a 1'],
  },
  {
    name: 'a correction to less sets the rest aside again',
    stock: [held('a', 'reserved', '3'), held('s', 'shipped', '7')],
    draws: [draw('5')],
    restored: ['s 2'],
  },
  {
    name: 'a cancellation sets all aside again, up to what was promised',
    stock: [held('s', 'shipped', '12')],
    draws: [],
    restored: ['s 10'],
  },
  {
    name: 'nothing is set aside again of what another shipment has',
    stock: [held('s', 'shipped', '6')],
    before: '8',
    draws: [],
    restored: ['s 2'],
  },
]) {
  test(`an order goes on holding what has not left: ${name}`, (t) => {
    const change = settleReservations(promised(stock, before), draws);

    t.deepEqual(
      change.cut.map(({ id, quantity }) => `${id} ${quantity}`),
      cut ?? [],
    );
    t.deepEqual(
      change.restored.map(({ from, quantity }) => `${from} ${quantity}`),
      restored ?? [],
    );
  });
}

test('the serials that left leave their reservation; those of pieces without one count as gone', (t) => {
  const stock = [
    held('a', 'reserved', '10', { serials: ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J'] }),
  ];

  const told = settleReservations(promised(stock), [draw('2', 'DAY', ['C', 'Z'])]);
  const untold = settleReservations(promised(stock), [draw('3', 'DAY', ['C'])]);

  t.deepEqual(told.cut[0]?.serials, ['A', 'B', 'D', 'E', 'F', 'G', 'H', 'I']);
  t.deepEqual(told.gone.get(1), []);
  t.deepEqual(untold.cut[0]?.serials, ['A', 'B', 'D', 'E', 'F', 'G', 'H']);
  t.deepEqual(untold.gone.get(1), ['I', 'J']);
});

const [LINE] = [
  {
    position: 1,
    order: 'id of PO-1',
    poNumber: 'PO-1',
    releaseNumber: '',
    line: '1',
    orderPosition: 1,
    item: 'HB-1',
    quantity: '10',
    unit: 'EA',
    stockQuantity: '10',
    lots: [],
    serials: [],
  },
];

for (const { name, stock = [], named, kept, found } of [
  { name: 'nobody keeps the item', kept: [], found: ['undefined 10'] },
  { name: 'it is named', named: 'RNO', kept: ['DAY'], found: ['RNO 10'] },
  { name: 'only one keeps it', kept: ['DAY'], found: ['DAY 10'] },
  {
    name: 'it was set aside there',
    stock: [held('a', 'reserved', '6'), held('b', 'reserved', '4', { warehouse: 'RNO' })],
    kept: ['DAY', 'RNO'],
    found: ['DAY 6', 'RNO 4'],
  },
  {
    name: 'a correction takes it from where it was',
    stock: [held('a', 'reserved', '10'), held('s', 'shipped', '8', { warehouse: 'RNO' })],
    kept: ['DAY', 'RNO'],
    found: ['RNO 8', 'DAY 2'],
  },
  {
    name: 'several keep it, and nothing tells',
    stock: [held('a', 'reserved', '9')],
    kept: ['DAY', 'RNO'],
    found: 'unclear',
  },
]) {
  test(`which warehouse goods left: ${name}`, (t) => {
    const facts = { kept: new Map([['HB-1', kept]]), serials: [] };

    const drawing = drawStock([LINE!], [promised(stock)], named, facts);

    const told =
      drawing.kind === 'unclear'
        ? 'unclear'
        : drawing.draws.map(({ warehouse, quantity }) => `${warehouse} ${quantity}`);
    t.deepEqual(told, found);
  });
}

/** 7 for 100.00 a hundred, with 3.33 off: 7.00 less 3.33. */
function priced() {
  const item = {
    number: 'HB-1',
    unit: 'EA',
    conversions: new Map(),
    status: 'active',
    serialised: false,
    barred: [],
    substitutes: [],
    incompatible: [],
    requires: [],
  } as const;
  const asked = {
    item,
    quantity: '7',
    unit: 'EA',
    currency: 'USD',
    orderDate: '2026-03-01',
    basket: new Map(),
  };
  const blanket = { number: 'BK', price: '0.4771', basis: 'PE', unit: 'EA' };
  const book = { agreements: new Map(), terms: new Map(), costs: new Map(), ordered: new Map() };
  const proof = priceLine({ ...asked, blanket }, book as never, { tolerance: {}, rounding: 'half-up' });
  const lines = [{ price: '0.4771', priceBasis: 'PE', proof }] as const;
  const order = makeOrder('PO-1', ['1 HB-1 7 EA'], { lines });
  return { ...order, decision: { ...order.decision, amount: proof.extension!.amount } };
}

test('the parts of a line come to exactly what the line comes to, however it is split', (t) => {
  const order = priced();
  const amount = toBig(order.decision.amount!);
  t.is(fromBig(amount), '3.34');
  for (const parts of [['7'], ['1', '6'], ['1', '1', '1', '1', '1', '1', '1'], ['2.5', '4.5']]) {
    let before = toBig('0');
    let sum = toBig('0');
    for (const part of parts) {
      const after = before.plus(part);
      const value = (quantity: string) => toBig(valueOfLine(order, 1, quantity, 'USD'));
      sum = sum.plus(value(fromBig(after))).minus(value(fromBig(before)));
      before = after;
    }
    t.true(sum.eq(amount), parts.join(' + '));
  }
});

test('more than was ordered takes no more off what is accepted than was accepted', (t) => {
  const order = priced();

  t.is(valueOfShipped(order, new Map([[1, '9']]), 'USD'), '3.34');
  t.is(valueOfShipped(order, new Map([[1, '7']]), 'USD'), '3.34');
  t.is(valueOfShipped(order, new Map([[1, '3']]), 'USD'), '1.43');
  t.is(valueOfLine(order, 1, '14', 'USD'), '6.68');
});
