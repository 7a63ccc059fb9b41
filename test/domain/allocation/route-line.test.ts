import test from 'ava';
import { type LineToRoute, routeLine } from '../../../src/domain/allocation/route-line.ts';
import type { RouteWeights, Warehouse } from '../../../src/domain/allocation/stock.ts';
import { toBig } from '../../../src/lib/decimal.ts';
import { item, warehouse } from './support.ts';

const NONE: RouteWeights = { wholeLine: 0, wholeOrder: 0, meetsDate: 0, cost: 0, load: 0 };

type Held = Readonly<Record<string, readonly [now: string, inTime: string]>>;

function route(
  warehouses: readonly Warehouse[],
  weights: Partial<RouteWeights>,
  held: Held,
  over: Partial<LineToRoute> = {},
) {
  const outlook = ({ id }: Warehouse) => {
    const [now, inTime] = held[id] ?? ['0', '0'];
    return { now: toBig(now), inTime: toBig(inTime) };
  };
  return routeLine(
    { item: item(), quantity: toBig('10'), outlook, wholeOrder: new Set(), ...over },
    { warehouses, weights: { ...NONE, ...weights } },
  );
}

const order = (decision: ReturnType<typeof route>) => decision.map((one) => one.warehouse).join();
const zone = (cost: string, days = 1) => new Map([['Z1', { cost, days }]]);

test('each criterion alone puts the better warehouse first', (t) => {
  const A = warehouse('A', { zones: zone('9.00'), load: 5 });
  const B = warehouse('B', { zones: zone('5.00'), load: 1 });
  const full: Held = { A: ['9', '9'], B: ['10', '10'] };
  t.is(order(route([A, B], { wholeLine: 1 }, full)), 'B,A');
  t.is(order(route([A, B], { meetsDate: 1 }, { A: ['10', '9'], B: ['0', '10'] })), 'B,A');
  t.is(order(route([A, B], { wholeOrder: 1 }, {}, { wholeOrder: new Set(['B']) })), 'B,A');
  t.is(order(route([A, B], { cost: 1 }, {}, { zone: 'Z1' })), 'B,A');
  t.is(order(route([A, B], { load: 1 }, {})), 'B,A');
});

test('the weights decide between criteria that pull apart', (t) => {
  const A = warehouse('A', { zones: zone('9.00') });
  const B = warehouse('B', { zones: zone('5.00') });
  const held: Held = { A: ['10', '10'], B: ['9', '9'] };
  t.is(order(route([A, B], { wholeLine: 3, cost: 2 }, held, { zone: 'Z1' })), 'A,B');
  t.is(order(route([A, B], { wholeLine: 2, cost: 3 }, held, { zone: 'Z1' })), 'B,A');
});

test('the decision shows every score, and cost between the cheapest and the dearest', (t) => {
  const [cheap, middle, dear, unknown] = [
    warehouse('A', { zones: zone('5.00') }),
    warehouse('B', { zones: zone('6.00') }),
    warehouse('C', { zones: zone('9.00') }),
    warehouse('D'),
  ];
  const decision = route(
    [dear, unknown, middle, cheap],
    { cost: 4, wholeLine: 1 },
    { C: ['10', '10'] },
    { zone: 'Z1' },
  );
  t.deepEqual(
    decision.map((one) =>
      one.kind === 'ranked' ? [one.warehouse, one.score, one.criteria.cost, one.available] : [],
    ),
    [
      ['A', 4, 1, '0'],
      ['B', 3, 0.75, '0'],
      ['C', 1, 0, '10'],
      ['D', 0, 0, '0'],
    ],
  );
});

test('equal scores go to the one that has more, then by id, however the warehouses are listed', (t) => {
  const list = [warehouse('C'), warehouse('B'), warehouse('A')];
  t.is(order(route(list, {}, { B: ['3', '3'] })), 'B,A,C');
  t.is(order(route(list.toReversed(), {}, { B: ['3', '3'] })), 'B,A,C');
});

test('a warehouse that may not ship it is out, with every reason', (t) => {
  const A = warehouse('A', { destinations: ['CA', 'US-NY'] });
  const B = warehouse('B', { hazards: ['3'], destinations: ['US'] });
  const C = warehouse('C', { hazards: ['3', '8'] });
  const decision = route([A, B, C], {}, {}, { item: item({ hazard: '3' }), destination: 'US-OH' });
  t.is(order(decision), 'B,C,A');
  t.deepEqual(decision[2], {
    kind: 'out',
    warehouse: 'A',
    reasons: [
      { code: 'warehouse-not-certified', text: 'A is not certified for hazard class 3' },
      { code: 'warehouse-not-for-destination', text: 'A ships to CA, US-NY only, and this goes to US-OH' },
    ],
  });
});

test('a destination: region in its country, a country is not in one region, unknown goes nowhere special', (t) => {
  const country = warehouse('A', { destinations: ['US'] });
  const region = warehouse('B', { destinations: ['US-OH'] });
  const anywhere = warehouse('C');
  const out = (destination: string | undefined) =>
    route([country, region, anywhere], {}, {}, { destination })
      .filter((one) => one.kind === 'out')
      .map((one) => one.warehouse)
      .join();
  t.is(out('US-OH'), '');
  t.is(out('US-NY'), 'B');
  t.is(out('US'), 'B');
  t.is(out('CU'), 'A,B');
  t.is(out(undefined), 'A,B');
});
