import { fromBig, toBig } from '../../lib/decimal.ts';
import type { LineDecision, LinePromise, LineStatus, OrderDecision } from './order-decision.ts';
import type { Drawn } from './standing.ts';

/** Answers that say nothing but when a line ships. */
const SUPPLY: ReadonlySet<LineStatus> = new Set(['IA', 'IB', 'BP', 'SP', 'DR']);

/** The decision with what lines are promised now, after a backorder was filled or has another day. */
export function applyPromises(decision: OrderDecision, drawn: readonly Drawn[]): OrderDecision {
  const lines = decision.lines.map((line, i) => {
    const own = drawn.filter(({ position }) => position === i + 1);
    return own.length === 0 ? line : promiseAnew(line, own);
  });
  const outcome =
    decision.outcome === 'accepted-with-changes' && lines.every(({ status }) => status === 'IA');
  return { ...decision, lines, ...(outcome ? { outcome: 'accepted' } : {}) };
}

function promiseAnew(line: LineDecision, drawn: readonly Drawn[]): LineDecision {
  const [known] = line.promises ?? [];
  if (known === undefined) return line;
  const promises = drawn
    .map(
      ({ item: _item, position: _position, ...promise }): LinePromise => ({
        ...promise,
        quantity: fromBig(toBig(promise.stockQuantity).times(known.quantity).div(known.stockQuantity)),
      }),
    )
    .toSorted((a, b) => (a.ships ?? '9').localeCompare(b.ships ?? '9'));
  return {
    ...line,
    promises,
    status: SUPPLY.has(line.status) ? nameSupply(line.status, promises) : line.status,
  };
}

function nameSupply(before: LineStatus, promises: readonly LinePromise[]): LineStatus {
  const later = promises.filter(({ kind }) => kind === 'backorder');
  // Reserved is reserved: that it leaves on another day than was asked stays true.
  if (later.length === 0) return before === 'DR' ? 'DR' : 'IA';
  if (later.length < promises.length) return 'BP';
  return later.every(({ ships }) => ships === undefined) ? 'SP' : 'IB';
}
