import type { Big } from '../../lib/big.ts';
import type { PlainDate } from '../../lib/dates.ts';
import { type Decimal, fromBig, isWhole, toBig } from '../../lib/decimal.ts';
import type { LineStatus } from '../order/order-decision.ts';
import type { Reason } from '../reason.ts';
import { openShelf } from './available-to-promise.ts';
import {
  comesInPieces,
  inHandFor,
  type LineToPromise,
  leaveFrom,
  type Planning,
  type Supply,
  thereFor,
} from './outlook.ts';
import { addUp, type LinePart, planLine, type ShortPolicy } from './plan-line.ts';
import { type RouteDecision, routeLine } from './route-line.ts';
import type { Stock, Warehouse } from './stock.ts';

const ZERO = toBig('0');

export type LinesToPromise = {
  readonly lines: readonly LineToPromise[];
  readonly stock: Stock;
  readonly short: ShortPolicy;
  readonly today: PlainDate;
};

export type PromisedLine = {
  readonly line: string;
  readonly item: string;
  /** In the order of time; what has no day comes last. */
  readonly parts: readonly LinePart[];
  /** What will not be sent; in the item's unit. */
  readonly cancelled: Decimal;
  readonly route: RouteDecision;
  /** ACK01 as far as stock goes: IA, IB, BP, DR, IQ, IC, R4, or IR for a quantity that cannot be sent at all. */
  readonly status: LineStatus;
  readonly reasons: readonly Reason[];
};

/**
 * Says for every line what ships when and from where. Lines of one item share what there is, those that are wanted first
 * before the others, whatever the order they stand in.
 */
export function promiseLines(asked: LinesToPromise): readonly PromisedLine[] {
  const supplies = new Map<string, Supply>();
  for (const { item } of asked.lines) {
    const positions = asked.stock.positions.get(item.number) ?? [];
    if (!supplies.has(item.number))
      supplies.set(
        item.number,
        new Map(positions.map((one) => [one.warehouse, openShelf(one, asked.today)])),
      );
  }
  const wholeOrder = findWholeOrder(asked, supplies);
  const warehouses = new Map(asked.stock.warehouses.map((one) => [one.id, one]));
  const promised: PromisedLine[] = [];
  const places = asked.lines.map((line, place) => ({ line, place }));
  for (const { line, place } of places.sort((a, b) => compareLines(a.line, b.line)))
    promised[place] = promiseLine(line, supplies.get(line.item.number)!, asked, wholeOrder, warehouses);
  return promised;
}

const BY_NUMBER = new Intl.Collator('en', { numeric: true });

/** Lines that can do with few serials choose before those that can do with any. */
function compareLines(a: LineToPromise, b: LineToPromise): number {
  const demands = (line: LineToPromise) => Object.keys(line.requires ?? {}).length;
  const day = (line: LineToPromise) => line.requestedShip ?? line.requestedDelivery ?? '';
  return (
    demands(b) - demands(a) ||
    BY_NUMBER.compare(day(a), day(b)) ||
    BY_NUMBER.compare(a.line, b.line) ||
    toBig(a.quantity).cmp(toBig(b.quantity))
  );
}

function findWholeOrder(
  { lines, stock }: LinesToPromise,
  supplies: ReadonlyMap<string, Supply>,
): ReadonlySet<string> {
  const wanted = new Map<string, Big>();
  for (const { item, quantity } of lines)
    wanted.set(item.number, toBig(quantity).plus(wanted.get(item.number) ?? '0'));
  const hasAll = (warehouse: Warehouse) =>
    lines.every((line) => {
      const shelf = supplies.get(line.item.number)?.get(warehouse.id);
      return inHandFor(line, shelf).gte(wanted.get(line.item.number)!);
    });
  return new Set(stock.warehouses.filter(hasAll).map((one) => one.id));
}

function promiseLine(
  line: LineToPromise,
  supply: Supply,
  asked: LinesToPromise,
  wholeOrder: ReadonlySet<string>,
  warehouses: ReadonlyMap<string, Warehouse>,
): PromisedLine {
  const { stock, today } = asked;
  const { zone, destination } = line;
  const planning: Planning = { zone, today };
  const outlook = (warehouse: Warehouse) => {
    const shelf = supply.get(warehouse.id);
    const now = inHandFor(line, shelf);
    const { ships, late } = leaveFrom(line, warehouse, planning);
    // A day that has passed, or on which it is closed, is met by nothing.
    return { now, inTime: late ? ZERO : thereFor(line, shelf, now, ships) };
  };
  const quantity = toBig(line.quantity);
  const route = routeLine({ item: line.item, quantity, zone, destination, outlook, wholeOrder }, stock);
  const common = { line: line.line, item: line.item.number, route };
  const refusal = refuseQuantity(line);
  if (refusal !== undefined)
    return { ...common, parts: [], cancelled: '0', status: 'IR', reasons: [refusal] };

  const ranked = route.flatMap((one) => (one.kind === 'ranked' ? warehouses.get(one.warehouse)! : []));
  const inHand = route.some((one) => one.kind === 'ranked' && one.available !== '0');
  const plan = planLine(line, supply, ranked, planning, asked.short);
  const cancelled = fromBig(quantity.minus(addUp(plan)));
  const status = chooseStatus(plan, cancelled, inHand);
  const reasons = explain(line, plan, cancelled, status, ranked.length > 0);
  return { ...common, parts: plan, cancelled, status, reasons };
}

function chooseStatus(parts: readonly LinePart[], cancelled: Decimal, inHand: boolean): LineStatus {
  if (parts.length === 0) return 'R4';
  const late = parts.filter((part) => part.late);
  if (cancelled !== '0') return late.length === 0 ? 'IQ' : 'IC';
  if (late.length === 0) return 'IA';
  if (late.length < parts.length) return 'BP';
  const days = new Set(parts.map((part) => part.ships));
  if (days.size > 1) return parts.some((part) => part.kind === 'now') ? 'BP' : 'IB';
  // Stock there is, and it leaves on another day than was asked; without any it is a backorder, whatever the day.
  return inHand && !days.has(undefined) ? 'DR' : 'IB';
}

function refuseQuantity({ line, item, quantity }: LineToPromise): Reason | undefined {
  if (toBig(quantity).lte(0))
    return { code: 'quantity-not-positive', text: `line ${line}: quantity ${quantity} is not above zero` };
  if (comesInPieces(item) && !isWhole(toBig(quantity))) {
    const text = `line ${line}: ${quantity} ${item.unit} of item ${item.number} cannot be shipped: it comes in whole ${item.unit} only`;
    return { code: 'quantity-not-whole', text };
  }
  return undefined;
}

function explain(
  { line, item, quantity }: LineToPromise,
  parts: readonly LinePart[],
  cancelled: Decimal,
  status: LineStatus,
  routed: boolean,
): readonly Reason[] {
  const closed = parts.some((part) => part.closed !== undefined);
  if (status === 'IA' && !closed) return [];
  if (!routed) {
    const text = `line ${line}: no warehouse may ship item ${item.number} there`;
    return [{ code: 'no-warehouse-may-ship', text }];
  }
  const told = parts.map(describePart);
  if (cancelled !== '0') told.push(`${cancelled} will not come`);
  const text = `line ${line}: of ${quantity} ${item.unit} of item ${item.number} ${told.join('; ')}`;
  const there = closed && cancelled === '0' && parts.every(({ kind, late }) => kind === 'now' || !late);
  return [{ code: there ? 'warehouse-closed' : 'stock-short', text }];
}

function describePart({ quantity, kind, ships, warehouse, closed }: LinePart): string {
  if (ships === undefined) return `${quantity} wait for stock, and no day is known`;
  const why = closed === undefined ? '' : `, which is closed on ${closed}`;
  return `${quantity} ${kind === 'now' ? 'in hand' : 'to come'} ship ${ships} from ${warehouse}${why}`;
}
