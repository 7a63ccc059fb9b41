import { fromBig, toBig } from '../../lib/decimal.ts';
import {
  compareShips,
  joinStatuses,
  type LineDecision,
  type LinePromise,
  type LineStatus,
  type OrderDecision,
  type PartStatus,
  SUPPLY,
} from './order-decision.ts';
import type { Drawn } from './standing.ts';

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
  const before = line.promises ?? [];
  if (before.length === 0) return line;
  const promises = [...Map.groupBy(withinPromised(drawn, before), ({ part }) => part)]
    .flatMap(([part, own]) => {
      const known = before.filter((one) => one.part === part);
      return own.map((one) => promisePart(one, known.length === 0 ? before : known));
    })
    .toSorted(compareShips);
  return {
    ...line,
    promises,
    status: SUPPLY.has(line.status) ? nameSupply(line.status, promises) : line.status,
  };
}

/** What left beyond what was promised keeps no promise. */
function withinPromised(drawn: readonly Drawn[], before: readonly LinePromise[]): readonly Drawn[] {
  const held = drawn.filter(({ kind }) => kind !== 'shipped');
  const add = (all: readonly Pick<Drawn, 'stockQuantity'>[]) =>
    all.reduce((sum, one) => sum.plus(one.stockQuantity), toBig('0'));
  let left = add(before).minus(add(held));
  const shipped = drawn.flatMap((one) => {
    if (one.kind !== 'shipped' || left.lte(0)) return [];
    const stockQuantity = left.lt(one.stockQuantity) ? fromBig(left) : one.stockQuantity;
    left = left.minus(stockQuantity);
    return [{ ...one, stockQuantity }];
  });
  return [...shipped, ...held];
}

/** `before` is what was promised of the same part. */
function promisePart(
  { item: _item, position: _position, ...drawn }: Drawn,
  before: readonly LinePromise[],
): LinePromise {
  const { quantity, stockQuantity, shipTo, status } = before[0]!;
  return {
    ...drawn,
    quantity: fromBig(toBig(drawn.stockQuantity).times(quantity).div(stockQuantity)),
    ...(shipTo === undefined ? {} : { shipTo }),
    ...(status === undefined ? {} : { status: answerPart(drawn, before) }),
  };
}

/** What was in time stays so on any day that is no later. */
function answerPart(
  { kind, ships }: Pick<Drawn, 'kind' | 'ships'>,
  before: readonly LinePromise[],
): PartStatus {
  const inTime = before.filter(({ status }) => status === 'IA');
  if (ships !== undefined && inTime.some((one) => one.ships !== undefined && ships <= one.ships)) return 'IA';
  if (kind !== 'backorder') return before.some(({ status }) => status === 'DR') ? 'DR' : 'IA';
  return ships === undefined ? 'SP' : 'IB';
}

function nameSupply(before: LineStatus, promises: readonly LinePromise[]): LineStatus {
  const statuses = promises.flatMap(({ status }) => status ?? []);
  if (statuses.length > 0) return joinStatuses(statuses);
  const later = promises.filter(({ kind }) => kind === 'backorder');
  // Reserved is reserved: that it leaves on another day than was asked stays true.
  if (later.length === 0) return before === 'DR' ? 'DR' : 'IA';
  if (later.length < promises.length) return 'BP';
  return later.every(({ ships }) => ships === undefined) ? 'SP' : 'IB';
}
