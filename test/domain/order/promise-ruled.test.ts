import test from 'ava';
import { acknowledgeOrder } from '../../../src/domain/order/acknowledge-order.ts';
import { decideOrder } from '../../../src/domain/order/decide-order.ts';
import { position, stock } from '../allocation/support.ts';
import { type Changes, facts, line, order, ruling } from './support.ts';

const PROMISED = ruling({ kind: 'promise-date', date: '2026-03-02' }, '1');
const inStock = (onHand: string): Changes => ({
  stock: stock([position({ onHand })], { positions: new Map([['A-1', [position({ onHand })]]]) }),
  policy: { promise: 'stock' },
});

/** ACK01, quantity and day of each part. */
function answer(given: Changes, asked = order()) {
  const decision = decideOrder(asked, facts({ ...given, rulings: [PROMISED] }));
  const { lines } = acknowledgeOrder(asked, decision, { today: '2026-01-06', split: 'BP' });
  return lines[0]!.outcomes.map(({ status, quantity, dateQualifier, date }) =>
    [status, quantity, dateQualifier, date].filter((part) => part !== undefined).join(' '),
  );
}

test('the day that a person promises is answered where stock is not kept here', (t) => {
  t.deepEqual(answer({}), ['DR 10 068 2026-03-02']);
});

test('it counts before the day that stock would allow, whether all is in hand or none', (t) => {
  t.deepEqual(answer(inStock('10')), ['DR 10 068 2026-03-02']);
  t.deepEqual(answer(inStock('0')), ['DR 10 068 2026-03-02']);
});

test('what stock would allow is kept as a note', (t) => {
  const decision = decideOrder(order(), facts({ ...inStock('0'), rulings: [PROMISED] }));
  t.deepEqual(
    decision.lines[0]?.reasons.map(({ code }) => code),
    ['stock-short', 'date-promised'],
  );
});

test('a day that cannot be kept waits no more once another is promised', (t) => {
  const expired = order({ lines: [line('1', { dates: [{ qualifier: '001', date: '2026-01-01' }] })] });
  t.is(decideOrder(expired, facts()).outcome, 'held');
  t.deepEqual(answer({}, expired), ['DR 10 068 2026-03-02']);
});
