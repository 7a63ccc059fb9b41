import { type Decimal, fromBig, isDecimal, toBig } from '../../lib/decimal.ts';
import { divide } from '../../lib/money.ts';
import { toStockUnits, unitsIn } from '../catalogue/convert-unit.ts';
import { HELD, isRejected } from '../order/line-draft.ts';
import { nameOrder } from '../order/name-order.ts';
import type { LineDecision } from '../order/order-decision.ts';
import { isBlanketOrder, type PurchaseOrderLine } from '../order/purchase-order.ts';
import type { Reason } from '../reason.ts';
import { listPackedItems } from './packed.ts';
import type { PackedItem, Shipment } from './shipment.ts';
import type { ShipmentFacts, ShippableItem, ShippableOrder } from './shipment-facts.ts';

/** A packed item and the line that it fills. */
export type BoundItem = {
  readonly at: string;
  readonly packed: PackedItem;
  readonly order: ShippableOrder;
  /** Place of the line in the order, from 1. */
  readonly position: number;
  readonly line: PurchaseOrderLine;
  readonly decided: LineDecision;
  readonly item: ShippableItem;
  readonly unit: string;
  /** In the unit of the line. */
  readonly quantity: Decimal;
  readonly stockQuantity: Decimal;
};

type Bound<T> =
  | { readonly kind: 'bound'; readonly value: T }
  | { readonly kind: 'wrong'; readonly reason: Reason };

/** Every packed item with its line, or why it has none. */
export function bindItems(
  shipment: Shipment,
  facts: ShipmentFacts,
): { readonly bound: readonly BoundItem[]; readonly reasons: readonly Reason[] } {
  const bound: BoundItem[] = [];
  const reasons: Reason[] = [];
  for (const { at, item } of listPackedItems(shipment)) {
    const found = bindItem(at, item, shipment, facts);
    if (found.kind === 'bound') bound.push(found.value);
    else reasons.push(found.reason);
  }
  return { bound, reasons };
}

function bindItem(
  at: string,
  packed: PackedItem,
  shipment: Shipment,
  facts: ShipmentFacts,
): Bound<BoundItem> {
  const found = findOrder(at, packed, shipment, facts);
  if (found.kind === 'wrong') return found;
  const order = found.value;
  const place = findLine(at, packed, order);
  if (place.kind === 'wrong') return place;
  const [line, decided] = [order.order.lines[place.value]!, order.decision.lines[place.value]!];
  const item = findItem(at, packed, line, decided, facts);
  if (item.kind === 'wrong') return item;
  const unit = decided.unit ?? line.unit ?? item.value.unit;
  const quantities = convert(at, packed, item.value, unit);
  if (quantities.kind === 'wrong') return quantities;
  const position = place.value + 1;
  const value = { at, packed, order, position, line, decided, item: item.value, unit, ...quantities.value };
  return { kind: 'bound', value };
}

function findOrder(
  at: string,
  { poNumber, releaseNumber = '' }: PackedItem,
  { partner, shipTo, test = false }: Shipment,
  { orders }: ShipmentFacts,
): Bound<ShippableOrder> {
  const name = `order ${nameOrder({ poNumber, releaseNumber })}`;
  const own = orders.filter(
    (one) =>
      one.poNumber === poNumber &&
      one.releaseNumber === releaseNumber &&
      one.test === test &&
      (partner === undefined || one.partner === partner) &&
      (shipTo === undefined || one.shipTo === shipTo),
  );
  const [order, ...others] = own;
  if (order === undefined) {
    const which = [partner, shipTo].filter((one) => one !== undefined).join(', ');
    return wrong(
      at,
      'order-unknown',
      `there is no ${test ? 'test ' : ''}${name}${which === '' ? '' : ` of ${which}`}`,
    );
  }
  if (others.length > 0) {
    const partners = new Set(own.map((one) => one.partner));
    const [what, key] =
      partners.size > 1
        ? [[...partners].join(', '), 'partner']
        : [own.map((one) => one.shipTo).join(', '), 'shipTo'];
    return wrong(
      at,
      'order-ambiguous',
      `${name} is there for each of ${what}: ${key} must say which is meant`,
    );
  }
  if (isBlanketOrder(order.order))
    return wrong(at, 'order-is-blanket', `${name} is a blanket order: expected a release of it`);
  if (order.state === 'cancelled') return wrong(at, 'order-cancelled', `${name} is cancelled`);
  return { kind: 'bound', value: order };
}

/** By PO101; where the warehouse writes `1` for `001`, the one line that it can be. */
function findLine(
  at: string,
  { line }: PackedItem,
  { order, decision, ...named }: ShippableOrder,
): Bound<number> {
  const name = `order ${nameOrder(named)}`;
  const places = (is: (number: string) => boolean) =>
    order.lines.flatMap(({ number }, i) => (is(number) ? [i] : []));
  const exact = places((number) => number === line);
  const found = exact.length > 0 ? exact : places((number) => bare(number) === bare(line));
  const [place, ...others] = found;
  if (place === undefined) {
    const has = order.lines.map(({ number }) => number).join(', ');
    return wrong(at, 'line-unknown', `${name} has no line ${line}; it has ${has}`);
  }
  if (others.length > 0)
    return wrong(
      at,
      'line-ambiguous',
      `${name} has more than one line ${line}: it is not clear which is meant`,
    );
  const decided = decision.lines[place]!;
  const { status } = decided;
  if (isRejected(decided) || status === 'ID')
    return wrong(
      at,
      'line-not-accepted',
      `${name} line ${line} was answered with ${status}: it is not to be shipped`,
    );
  if (HELD.has(status))
    return wrong(
      at,
      'line-held',
      `${name} line ${line} is on hold (${status}): a person must release it first`,
    );
  return { kind: 'bound', value: place };
}

function bare(number: string): string {
  return number.replace(/^0+(?=.)/, '');
}

/** The item that the line was answered with: another one only where the answer said so (IS). */
function findItem(
  at: string,
  { item: packed, poNumber, line: number }: PackedItem,
  line: PurchaseOrderLine,
  { item: answered }: LineDecision,
  { items }: ShipmentFacts,
): Bound<ShippableItem> {
  const item = answered === undefined ? undefined : items.get(answered);
  if (answered === undefined || item === undefined)
    return wrong(at, 'item-unknown', `no item of ours is known for order ${poNumber} line ${line.number}`);
  if (packed === undefined || packed === answered) return { kind: 'bound', value: item };
  const text = `item ${packed} was packed, and order ${poNumber} line ${number} was answered with item ${answered}`;
  return wrong(at, 'item-differs', text);
}

function convert(
  at: string,
  { quantity, unit: packed }: PackedItem,
  item: ShippableItem,
  unit: string,
): Bound<Pick<BoundItem, 'quantity' | 'stockQuantity'>> {
  if (!isDecimal(quantity) || toBig(quantity).lte(0))
    return wrong(at, 'quantity-not-positive', `quantity "${quantity}": expected a number above zero`);
  const stockQuantity = toStockUnits(item, quantity, packed ?? unit);
  const each = unitsIn(item, unit);
  if (stockQuantity === undefined || each === undefined) {
    const known = [item.unit, ...item.conversions.keys()].join(', ');
    const text = `item ${item.number} has no unit ${stockQuantity === undefined ? (packed ?? unit) : unit}; it has ${known}`;
    return wrong(at, 'unit-unknown', text);
  }
  const inLine = (packed ?? unit) === unit ? quantity : fromBig(divide(toBig(stockQuantity), toBig(each)));
  return { kind: 'bound', value: { quantity: inLine, stockQuantity } };
}

function wrong(at: string, code: string, text: string): { readonly kind: 'wrong'; readonly reason: Reason } {
  return { kind: 'wrong', reason: { code, text: `${at}: ${text}` } };
}
