import test from 'ava';
import { USUAL_SEVERITY } from '../../../src/domain/exception/desk.ts';
import {
  gravest,
  judgeDelay,
  judgeSeverity,
  type Severity,
  type Weight,
} from '../../../src/domain/exception/severity.ts';

/** From 1000, 10,000 and 100,000 USD; from priority 5 and 9. */
const WEIGHTS: readonly (readonly [Weight, Severity])[] = [
  [{}, 'normal'],
  [{ amount: '0' }, 'low'],
  [{ amount: '-5' }, 'low'],
  [{ amount: '999.99' }, 'low'],
  [{ amount: '1000' }, 'normal'],
  [{ amount: '1000.00', currency: 'USD' }, 'normal'],
  [{ amount: '9999.9999' }, 'normal'],
  [{ amount: '10000' }, 'high'],
  [{ amount: '99999.99' }, 'high'],
  [{ amount: '100000' }, 'urgent'],
  // Nobody knows what it is worth here.
  [{ amount: '100000', currency: 'JPY' }, 'normal'],
  [{ priority: 4, amount: '1' }, 'low'],
  [{ priority: 5, amount: '1' }, 'high'],
  [{ priority: 8 }, 'high'],
  [{ priority: 9, amount: '1' }, 'urgent'],
  [{ priority: 0, amount: '10000' }, 'high'],
  [{ priority: 5, amount: '100000' }, 'urgent'],
];

for (const [weight, severity] of WEIGHTS) {
  test(`${JSON.stringify(weight)} is ${severity}`, (t) => {
    t.is(judgeSeverity(weight, USUAL_SEVERITY), severity);
  });
}

test('what is overdue is high at once and urgent after eight working hours', (t) => {
  const rules = { ...USUAL_SEVERITY, overdue: { high: 1, urgent: 8 } };
  t.deepEqual(
    [0, 0.99, 1, 7.99, 8, 100].map((hours) => judgeDelay(hours, rules)),
    ['low', 'low', 'high', 'high', 'urgent', 'urgent'],
  );
  t.is(judgeDelay(0, USUAL_SEVERITY), 'high');
});

test('the gravest counts, in any order', (t) => {
  t.is(gravest('low', 'urgent', 'normal'), 'urgent');
  t.is(gravest('high', 'normal'), 'high');
  t.is(gravest('low', 'low'), 'low');
});
