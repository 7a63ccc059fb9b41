import { fromBig, toBig } from '../../lib/decimal.ts';
import type { PurchaseOrder } from '../order/purchase-order.ts';
import type { NoticePolicy } from '../partner/send-policy.ts';
import {
  describeItem,
  describeOrder,
  describeShipment,
  describeUnit,
  type NoticeFacts,
  type NoticeOrder,
  sumPacked,
} from './describe-levels.ts';
import type { ShipLevel, ShipNotice } from './ship-notice.ts';
import type { HandlingUnit, PackedItem } from './shipment.ts';
import type { ShippedGoods } from './shipped.ts';

/**
 * The ship notice of a shipment (X12 856), in the structure that the partner wants. Each packed item is told exactly once,
 * with the quantity that was packed: the notice never claims more than was picked.
 */
export function buildNotice(goods: ShippedGoods, facts: NoticeFacts): ShipNotice {
  const { policy, purpose, today, time } = facts;
  const packed = listPacked(goods, policy);
  return {
    kind: 'ship-notice',
    purpose,
    shipmentId: goods.number,
    date: today,
    time,
    structure: policy.structure,
    levels: [{ ...describeShipment(goods, facts), ...hang(STRUCTURES[policy.structure](packed, facts)) }],
  };
}

/** A packed item with the units around it, from the outside in. */
type Packed = { readonly item: PackedItem; readonly units: readonly HandlingUnit[] };

/** Levels above the item, from the outside in: what they group by, and what they tell. */
type Arrange = (packed: readonly Packed[], facts: NoticeFacts) => readonly ShipLevel[];

const STRUCTURES: Readonly<Record<NoticePolicy['structure'], Arrange>> = {
  'shipment-order-pack-item': (packed, facts) =>
    byOrder(packed, facts, (own, order) => byUnit(own, facts, (inside) => listItems(inside, order, facts))),
  'shipment-order-item-pack': (packed, facts) =>
    byOrder(packed, facts, (own, order) => listItemsWithPacks(own, order, facts)),
  'shipment-pack-order-item': (packed, facts) =>
    byUnit(packed, facts, (inside) => byOrder(inside, facts, (own, order) => listItems(own, order, facts))),
  'shipment-order-item': (packed, facts) =>
    byOrder(packed, facts, (own, order) => sumItems(own, order, facts)),
};

/** Without a tare level a pallet of cartons is not told, and one that holds goods itself is a pack. */
function listPacked({ content }: ShippedGoods, { tare, serials }: NoticePolicy): readonly Packed[] {
  const split = serials === 'item' ? splitBySerial : (item: PackedItem) => [item];
  const found: Packed[] = (content.loose ?? []).flatMap(split).map((item) => ({ item, units: [] }));
  const visit = (unit: HandlingUnit, around: readonly HandlingUnit[]) => {
    const units = [...around, unit];
    for (const item of (unit.contents ?? []).flatMap(split)) found.push({ item, units });
    for (const inner of unit.units ?? []) visit(inner, unit.kind === 'pallet' && !tare ? around : units);
  };
  for (const unit of content.units ?? []) visit(unit, []);
  return found;
}

/** A level for each piece, where each has its serial. */
function splitBySerial(item: PackedItem): readonly PackedItem[] {
  const { serials = [], quantity } = item;
  if (serials.length < 2 || !toBig(quantity).eq(String(serials.length))) return [item];
  return serials.map((serial) => ({ ...item, quantity: '1', serials: [serial] }));
}

function byOrder(
  packed: readonly Packed[],
  { orders, policy }: NoticeFacts,
  below: (own: readonly Packed[], order: NoticeOrder) => readonly ShipLevel[],
): readonly ShipLevel[] {
  return orders.flatMap((order) => {
    const own = packed.filter(({ item }) => isOf(item, order.order));
    return own.length === 0 ? [] : [{ ...describeOrder(order, policy), ...hang(below(own, order)) }];
  });
}

function isOf({ poNumber, releaseNumber }: PackedItem, order: PurchaseOrder): boolean {
  return poNumber === order.poNumber && (releaseNumber ?? '') === (order.releaseNumber ?? '');
}

/** A level for each unit; what is in none hangs where the units do. */
function byUnit(
  packed: readonly Packed[],
  facts: NoticeFacts,
  below: (inside: readonly Packed[]) => readonly ShipLevel[],
): readonly ShipLevel[] {
  return [...Map.groupBy(packed, ({ units }) => units[0])].flatMap(([unit, inside]) => {
    if (unit === undefined) return below(inside);
    const inner = inside.map(({ item, units }) => ({ item, units: units.slice(1) }));
    return [{ ...describeUnit(unit, facts.policy), ...hang(byUnit(inner, facts, below)) }];
  });
}

function listItems(
  packed: readonly Packed[],
  order: NoticeOrder,
  { policy }: NoticeFacts,
): readonly ShipLevel[] {
  return packed.map(({ item }) => describeItem([item], order, policy));
}

/** There is no level for the packs: the marks of those that hold some of an item stand at the item. */
function sumItems(
  packed: readonly Packed[],
  order: NoticeOrder,
  { policy }: NoticeFacts,
): readonly ShipLevel[] {
  return byLine(packed, policy).map((own) => {
    const items = own.map(({ item }) => item);
    const packs = new Set(own.flatMap(({ units }) => units.at(-1) ?? []));
    const marks = [...packs].flatMap((unit) => describeUnit(unit, policy).marks ?? []);
    return { ...describeItem(items, order, policy), ...(marks.length === 0 ? {} : { marks }) };
  });
}

/** CLD tells how much of the item each pack holds: SN1 stands at the item, for all of them. */
function listItemsWithPacks(
  packed: readonly Packed[],
  order: NoticeOrder,
  { policy }: NoticeFacts,
): readonly ShipLevel[] {
  return byLine(packed, policy).map((own) => {
    const items = own.map(({ item }) => item);
    const packs = [...Map.groupBy(own, ({ units }) => units.at(-1))].flatMap(([unit, inside]) => {
      if (unit === undefined) return [];
      const quantity = fromBig(sumPacked(inside.map(({ item }) => item)));
      return [{ ...describeUnit(unit, policy), loads: [{ count: '1', quantity }] }];
    });
    return { ...describeItem(items, order, policy), ...hang(packs) };
  });
}

/** One group a line and unit of measure, or a serial where each has a level of its own. */
function byLine(packed: readonly Packed[], policy: NoticePolicy): readonly (readonly Packed[])[] {
  const key = ({ item }: Packed) =>
    JSON.stringify([item.line, item.unit, policy.serials === 'item' && item.serials]);
  return [...Map.groupBy(packed, key).values()];
}

function hang(children: readonly ShipLevel[]): Pick<ShipLevel, 'children'> {
  return children.length === 0 ? {} : { children: [...children] };
}
