import test from 'ava';
import fc from 'fast-check';
import { availableNow, openShelf } from '../../../src/domain/allocation/available-to-promise.ts';
import { acknowledgeOrder } from '../../../src/domain/order/acknowledge-order.ts';
import { decideOrder } from '../../../src/domain/order/decide-order.ts';
import { HELD, isRejected } from '../../../src/domain/order/line-draft.ts';
import type { LinePromise, OrderDecision } from '../../../src/domain/order/order-decision.ts';
import type { OrderFacts } from '../../../src/domain/order/order-facts.ts';
import type { PurchaseOrder } from '../../../src/domain/order/purchase-order.ts';
import { toBig } from '../../../src/lib/decimal.ts';
import { arbitraryFacts, arbitraryOrder } from './arbitrary-world.ts';

const RUNS = { numRuns: 1500 };
const worlds = fc.tuple(arbitraryOrder, arbitraryFacts);

function holds(
  t: import('ava').ExecutionContext,
  law: (order: PurchaseOrder, facts: OrderFacts) => void,
): void {
  t.notThrows(() =>
    fc.assert(
      fc.property(worlds, ([order, facts]) => law(order, facts)),
      RUNS,
    ),
  );
}

function agree(is: boolean, what: string): void {
  if (!is) throw new Error(what);
}

test('the worlds of these tests lead to every answer', (t) => {
  const seen = new Set<string>();
  for (const [order, facts] of fc.sample(worlds, 4000))
    for (const { status } of decideOrder(order, facts).lines) seen.add(status);
  const all = 'IA IB IC IE IF IH IP IQ IR IS DR BP SP R2 R3'.split(' ');
  t.deepEqual(
    all.filter((status) => !seen.has(status)),
    [],
  );
});

test('whatever is ordered, and whatever is known, there is a decision on every line and an answer', (t) => {
  holds(t, (order, facts) => {
    const decision = decideOrder(order, facts);
    agree(decision.lines.length === order.lines.length, 'a line is missing');
    for (const split of ['BP', 'IA-IB'] as const) {
      const { lines } = acknowledgeOrder(order, decision, { today: facts.today, split });
      agree(
        lines.every(({ outcomes }) => outcomes.length > 0),
        'a line has no answer',
      );
    }
  });
});

test('the same order and facts lead to the same decision, and change neither', (t) => {
  holds(t, (order, facts) => {
    const before = JSON.stringify([order, facts.stock?.positions.get('I-1')]);
    const first = JSON.stringify(decideOrder(order, facts));
    agree(JSON.stringify(decideOrder(order, facts)) === first, 'decided otherwise');
    agree(JSON.stringify([order, facts.stock?.positions.get('I-1')]) === before, 'changed');
  });
});

/** By line number, all that the buyer would see; and what is asked of whom. */
function outline(order: PurchaseOrder, { outcome, lines, exceptions, amount }: OrderDecision): string {
  const byNumber = order.lines.map(({ number }, i) => {
    const { status, item, quantity, unit, price, priceBasis, promises } = lines[i]!;
    return [number, status, item, quantity, unit, price, priceBasis, promises] as const;
  });
  const raised = exceptions.map(({ kind, line }) => `${line} ${kind}`).sort();
  return JSON.stringify([outcome, amount, byNumber.toSorted(([a], [b]) => (a < b ? -1 : 1)), raised]);
}

test('a decision does not depend on the order of the lines', (t) => {
  // A release takes what is left of its blanket in the order of its lines: that is agreed on.
  holds(t, (order, facts) => {
    if (order.type === 'release') return;
    const back = { ...order, lines: order.lines.toReversed() };
    const [there, again] = [decideOrder(order, facts), decideOrder(back, facts)];
    agree(outline(order, there) === outline(back, again), 'decided otherwise');
  });
});

test('no answer is of more than was ordered, unless the answer says which quantity', (t) => {
  holds(t, (order, facts) => {
    const decision = decideOrder(order, facts);
    for (const split of ['BP', 'IA-IB'] as const) {
      const { lines } = acknowledgeOrder(order, decision, { today: facts.today, split });
      for (const [i, { outcomes, quantity: ordered }] of lines.entries()) {
        const most = decision.lines[i]!.quantity ?? ordered ?? '0';
        if (toBig(most).lte(0)) continue;
        const answered = sum(outcomes.map(({ quantity = '0' }) => quantity));
        agree(answered.lte(toBig(most)), `line ${i + 1}: ${answered} of ${most}`);
      }
    }
  });
});

test('what is promised is what is answered, and no more than there is', (t) => {
  holds(t, (order, facts) => {
    const { lines } = decideOrder(order, facts);
    const promised: (LinePromise & { readonly item: string })[] = [];
    for (const [i, { status, item, promises = [], quantity = order.lines[i]!.quantity }] of lines.entries()) {
      if (promises.length === 0) continue;
      agree(!HELD.has(status) && !isRejected({ status }), `${status} is promised`);
      agree(sum(promises.map((one) => one.quantity)).eq(toBig(quantity!)), 'promised is not answered');
      promised.push(...promises.map((one) => ({ ...one, item: item! })));
    }
    for (const [item, positions] of facts.stock?.positions ?? [])
      for (const position of positions) {
        const own = promised.filter((one) => one.item === item && one.warehouse === position.warehouse);
        const now = own.filter(({ kind }) => kind === 'now');
        const free = availableNow(openShelf(position, facts.today));
        agree(sum(now.map((one) => one.stockQuantity)).lte(free), `more of ${item} than is free`);
        const due = sum(
          position.receipts.filter(({ date }) => date >= facts.today).map((one) => one.quantity),
        );
        const inHand = toBig(position.onHand).minus(position.allocated).minus(position.safety);
        const most = inHand.plus(due);
        const all = sum(own.map((one) => one.stockQuantity));
        agree(all.eq(0) || all.lte(most), `more of ${item} than there will be`);
        const serials = now.flatMap((one) => one.serials ?? []);
        agree(new Set(serials).size === serials.length, 'a serial is given twice');
      }
  });
});

test('nothing is held without somebody who is asked, and nobody is asked of what is rejected', (t) => {
  holds(t, (order, facts) => {
    const { outcome, exceptions, lines } = decideOrder(order, facts);
    agree((outcome === 'held') === exceptions.length > 0, `${outcome} with ${exceptions.length} exceptions`);
    for (const [i, { status, reasons }] of lines.entries()) {
      const { number } = order.lines[i]!;
      const asked = exceptions.some(({ line }) => line === undefined || line === number);
      agree(!HELD.has(status) || asked, `${status} and nobody is asked`);
      agree(
        status === 'IA' ||
          HELD.has(status) ||
          reasons.length + exceptions.length > 0 ||
          isRejected({ status }),
        `${status} without a reason`,
      );
    }
  });
});

function sum(quantities: readonly string[]) {
  return quantities.reduce((total, one) => total.plus(toBig(one)), toBig('0'));
}
