import test from 'ava';
import { dueAlerts, forecastDepletion } from '../../../src/domain/blanket/alerts.ts';
import type { Blanket, BlanketEntry, BlanketLine } from '../../../src/domain/blanket/blanket.ts';
import { orderPolicy } from '../../../src/domain/partner/order-policy.ts';
import { blanket, blanketLine, entry, TODAY } from './support.ts';

const { alerts: POLICY } = orderPolicy.parse({}).blanket;

const crossed = (on: Blanket, today = TODAY) => dueAlerts(on, POLICY, today).map((alert) => alert.crossed);

const CONSUMED: readonly [string, Partial<BlanketLine>, readonly string[]][] = [
  ['below 80 %', { released: '799.99' }, []],
  ['exactly 80 %', { released: '800' }, ['line 1: 80 % of 1000']],
  ['between', { released: '999' }, ['line 1: 80 % of 1000']],
  ['exactly 100 %', { released: '1000' }, ['line 1: 80 % of 1000', 'line 1: 100 % of 1000']],
  ['over it', { released: '1050' }, ['line 1: 80 % of 1000', 'line 1: 100 % of 1000']],
  ['of nothing', { committed: '0' }, []],
];

for (const [when, line, expected] of CONSUMED) {
  test(`a line that is drawn on to ${when}`, (t) => {
    t.deepEqual(crossed(blanket({}, line)), expected.length === 0 ? [] : [expected as string[]]);
  });
}

const EXPIRY: readonly [string, string, number][] = [
  ['31 days before', '2026-11-30', 0],
  ['30 days before', '2026-12-01', 1],
  ['8 days before', '2026-12-23', 1],
  ['7 days before', '2026-12-24', 2],
  ['on the last day', '2026-12-31', 2],
  ['after the last day', '2027-01-01', 0],
];

for (const [when, today, count] of EXPIRY) {
  test(`the end of a blanket ${when}`, (t) => {
    const expected = ['30 days before 2026-12-31', '7 days before 2026-12-31'].slice(0, count);
    t.deepEqual(crossed(blanket(), today), count === 0 ? [] : [expected]);
  });
}

test('a crossing is told once, however often quantity is given back and drawn again', (t) => {
  const at = (released: string, told: readonly string[], changes: Partial<BlanketLine> = {}) =>
    crossed(blanket({ told }, { released, ...changes }));
  const [first] = at('850', []);
  t.deepEqual(at('900', first!), []);
  t.deepEqual(at('700', first!), []);
  t.deepEqual(at('850', first!), []);
  t.deepEqual(at('1000', first!), [['line 1: 80 % of 1000', 'line 1: 100 % of 1000']]);
  t.deepEqual(at('850', first!, { committed: '1000.0' }), []);
  t.deepEqual(at('1600', first!, { committed: '2000' }), [['line 1: 80 % of 2000']]);
});

test('an alert says it in words, and a closed blanket has none', (t) => {
  const on = blanket({ validTo: '2026-06-16' }, { released: '850' });
  t.deepEqual(
    dueAlerts(on, POLICY, TODAY).map(({ text }) => text),
    [
      'line 1 of blanket order BK100 has reached 80 % of its commitment: 850 of 1000 EA released, 150 left',
      'blanket order BK100 ends in 1 day, on 2026-06-16',
    ],
  );
  t.deepEqual(dueAlerts({ ...on, state: 'closed' }, POLICY, TODAY), []);
});

const release = (at: string, quantity: string, changes: Partial<BlanketEntry> = {}) =>
  entry({ at: `${at}T23:59:59Z`, quantity, ...changes });

const FORECASTS: readonly [string, string, readonly BlanketEntry[], string | undefined][] = [
  ['nothing was released', '0', [], undefined],
  ['280 of 28 days leave 720', '280', [release('2026-06-01', '280')], '2026-08-26'],
  ['a begun day counts whole', '281', [release('2026-06-01', '280')], '2026-08-26'],
  ['the first of the 28 days counts', '280', [release('2026-05-19', '280')], '2026-08-26'],
  ['the day before it does not', '280', [release('2026-05-18', '280')], undefined],
  ['all was given back', '0', [release('2026-06-01', '280'), release('2026-06-02', '-280')], undefined],
  ['another line was released', '0', [release('2026-06-01', '280', { line: '2' })], undefined],
  ['shipments count for nothing', '0', [release('2026-06-01', '280', { kind: 'ship' })], undefined],
  ['nothing is left', '1000', [release('2026-06-01', '280')], TODAY],
  ['it takes longer than a century', '0', [release('2026-06-01', '0.01')], undefined],
];

for (const [when, released, entries, expected] of FORECASTS) {
  test(`the depletion of a line where ${when}`, (t) => {
    t.is(forecastDepletion(blanketLine({ released }), entries, TODAY), expected);
  });
}
