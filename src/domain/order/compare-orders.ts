import { type Decimal, toBig } from '../../lib/decimal.ts';
import { sayField } from './amend-header.ts';
import type { PurchaseOrder, PurchaseOrderLine } from './purchase-order.ts';

/** What differs between two versions of an order, in words: `line 2 quantity`, `800`, `600 EA`. */
export type Difference = {
  readonly path: string;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
};

/** From the heading down, line by line; lines are the same by their number, wherever they stand. */
export function compareOrders(before: PurchaseOrder, after: PurchaseOrder): Difference[] {
  const { source: _before, lines: linesBefore, unmapped: _unread, ...headingBefore } = before;
  const { source: _after, lines: linesAfter, unmapped: _unreadToo, ...headingAfter } = after;
  const numbers = new Set([...linesBefore, ...linesAfter].map(({ number }) => number));
  const find = (lines: readonly PurchaseOrderLine[], number: string) =>
    lines.find((line) => line.number === number);
  return [
    ...compareValues('', headingBefore, headingAfter),
    ...[...numbers].flatMap((number) =>
      compareLines(number, find(linesBefore, number), find(linesAfter, number)),
    ),
  ];
}

/** `line 2 quantity 800 → 600 EA` */
export function describeDifference({ path, from, to }: Difference): string {
  if (from === undefined) return `${path} added: ${to}`;
  if (to === undefined) return `${path} taken out: ${from}`;
  return `${path} ${from} → ${to}`;
}

function compareLines(
  number: string,
  before: PurchaseOrderLine | undefined,
  after: PurchaseOrderLine | undefined,
): Difference[] {
  const path = `line ${number}`;
  if (before === undefined) return [{ path, to: sayLine(after!) }];
  if (after === undefined) return [{ path, from: sayLine(before) }];
  const { quantity, unit, ...rest } = before;
  const { quantity: newQuantity, unit: newUnit, ...newRest } = after;
  const requantified = !isSameNumber(quantity, newQuantity) || unit !== newUnit;
  const old = unit === newUnit ? quantity : join(quantity, unit);
  return [
    ...(requantified ? [difference(`${path} quantity`, old, join(newQuantity, newUnit))] : []),
    ...compareValues(`${path} `, rest, newRest),
  ];
}

function compareValues(path: string, before: object, after: object): Difference[] {
  const [old, now] = [new Map(flatten(path, before)), new Map(flatten(path, after))];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((one) => {
    const [from, to] = [old.get(one), now.get(one)];
    if (from === to || (one.endsWith('unit price') && isSameNumber(from, to))) return [];
    return [difference(one, from, to)];
  });
}

function* flatten(path: string, value: object): Generator<readonly [string, string]> {
  const seen = new Map<string, number>();
  for (const [key, one] of Object.entries(value)) {
    if (one === undefined) continue;
    const name = Array.isArray(value) ? nameEntry(one, Number(key), seen) : sayField(key);
    if (typeof one === 'object' && one !== null) yield* flatten(`${path}${name} `, one);
    else yield [`${path}${name}`, String(one)];
  }
}

/** An entry of a list by what it is, so that a new one beside it does not count as a change of all. */
function nameEntry(entry: unknown, index: number, seen: Map<string, number>): string {
  const { qualifier, role, code } = (entry ?? {}) as Readonly<Record<string, unknown>>;
  const named = role ?? qualifier ?? code;
  if (typeof named !== 'string') return String(index + 1);
  const count = (seen.get(named) ?? 0) + 1;
  seen.set(named, count);
  return count === 1 ? named : `${named} ${count}`;
}

function difference(path: string, from: string | undefined, to: string | undefined): Difference {
  return { path, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}

function sayLine({ quantity, unit, ids, unitPrice }: PurchaseOrderLine): string {
  const item = ids.map(({ qualifier, value }) => `${qualifier} ${value}`).join(', ');
  const price = unitPrice === undefined ? '' : ` at ${unitPrice}`;
  return `${join(quantity, unit) ?? 'no quantity'} of ${item || 'no product id'}${price}`;
}

function join(quantity: Decimal | undefined, unit: string | undefined): string | undefined {
  const said = [quantity, unit].filter((one) => one !== undefined);
  return said.length === 0 ? undefined : said.join(' ');
}

function isSameNumber(a: Decimal | undefined, b: Decimal | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && toBig(a).eq(b));
}
