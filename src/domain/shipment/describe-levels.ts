import type { PlainDate } from '../../lib/dates.ts';
import { type Decimal, fromBig, toBig } from '../../lib/decimal.ts';
import type { Party } from '../document.ts';
import type { Id } from '../exchange/records.ts';
import type { LineDecision } from '../order/order-decision.ts';
import type { PurchaseOrder, PurchaseOrderLine } from '../order/purchase-order.ts';
import type { NoticePolicy } from '../partner/send-policy.ts';
import type { ShipLevel } from './ship-notice.ts';
import type { HandlingUnit, PackedItem } from './shipment.ts';
import type { ShippedGoods } from './shipped.ts';

/** What a ship notice may say beside what was packed. */
export type NoticeFacts = {
  readonly purpose: 'original' | 'replace' | 'cancel';
  readonly today: PlainDate;
  readonly time: string;
  readonly policy: NoticePolicy;
  /** N1 SF. */
  readonly shipFrom: Party;
  /** The orders of the shipment, as they stand, in the order in which its lines name them. */
  readonly orders: readonly NoticeOrder[];
};

export type NoticeOrder = {
  readonly id: Id;
  readonly order: PurchaseOrder;
  readonly lines: readonly LineDecision[];
  /** By place of the line: shipped in all so far, this shipment counted. */
  readonly toDate: ReadonlyMap<number, Decimal>;
};

export function describeShipment(
  { content, shipDate }: ShippedGoods,
  { shipFrom, orders }: NoticeFacts,
): ShipLevel {
  const { carrier = {}, weight, expectedDelivery, shipTime } = content;
  const { scac, name, mode, trailer, seal, billOfLading, proNumber, tracking = [], payment } = carrier;
  const cartons = countPacks(content.units ?? []);
  const references = [
    ...(billOfLading === undefined ? [] : [{ qualifier: 'BM', value: billOfLading }]),
    ...[...new Set([...(proNumber === undefined ? [] : [proNumber]), ...tracking])].map((value) => ({
      qualifier: 'CN',
      value,
    })),
  ];
  const told = {
    ...(cartons === 0 && weight === undefined ? {} : { packages: [countPackages(cartons, weight)] }),
    ...(scac === undefined && name === undefined
      ? {}
      : {
          carriers: [
            {
              sequence: 'B',
              ...(scac === undefined ? {} : { idQualifier: '2', id: scac }),
              ...(mode === undefined ? {} : { mode }),
              ...(name === undefined ? {} : { routing: name }),
            },
          ],
        }),
    ...(trailer === undefined
      ? {}
      : { equipment: [{ type: 'TL', number: trailer, ...(seal === undefined ? {} : { seal }) }] }),
    ...(references.length === 0 ? {} : { references }),
    ...(payment === undefined ? {} : { freightTerms: { payment } }),
  };
  const dates = [
    { qualifier: '011', date: shipDate, ...(shipTime === undefined ? {} : { time: shipTime }) },
    ...(expectedDelivery === undefined ? [] : [{ qualifier: '017', date: expectedDelivery }]),
  ];
  const shipTo = orders.flatMap(({ order }) => order.parties ?? []).filter(({ role }) => role === 'ship-to');
  return {
    level: 'shipment',
    code: 'S',
    ...told,
    dates,
    parties: [shipFrom, ...shipTo.slice(0, 1).map(withoutContacts)],
  };
}

/** The buyer knows whom to call at its own place. */
function withoutContacts({ contacts: _contacts, references: _references, ...party }: Party): Party {
  return party;
}

function countPackages(cartons: number, weight: { value: Decimal; unit: string } | undefined) {
  return {
    ...(cartons === 0 ? {} : { packaging: 'CTN', count: String(cartons) }),
    ...(weight === undefined ? {} : { weightQualifier: 'G', weight: weight.value, weightUnit: weight.unit }),
  };
}

/** Lading quantity: the units that hold goods themselves. */
function countPacks(units: readonly HandlingUnit[]): number {
  return units.reduce(
    (count, { contents = [], units: inner = [] }) =>
      count + (contents.length > 0 ? 1 : 0) + countPacks(inner),
    0,
  );
}

export function describeOrder({ order }: NoticeOrder, { references: copied }: NoticePolicy): ShipLevel {
  const { poNumber, releaseNumber, orderDate, contractNumber } = order;
  const references = (order.references ?? []).filter(({ qualifier }) => copied.includes(qualifier));
  return {
    level: 'order',
    code: 'O',
    order: {
      poNumber,
      ...(releaseNumber === undefined ? {} : { releaseNumber }),
      ...(orderDate === undefined ? {} : { orderDate }),
      ...(contractNumber === undefined ? {} : { contractNumber }),
    },
    ...(references.length === 0 ? {} : { references }),
  };
}

export function describeUnit(
  { kind, sscc, tracking, weight, measures }: HandlingUnit,
  { tare }: NoticePolicy,
): ShipLevel {
  const marks = [
    ...(sscc === undefined ? [] : [{ qualifier: 'GM', value: sscc }]),
    ...(tracking === undefined ? [] : [{ qualifier: 'CP', value: tracking }]),
  ];
  const measurements = [
    ...(weight === undefined ? [] : [measure('G', weight.value, weight.unit)]),
    ...(measures === undefined
      ? []
      : [
          measure('LN', measures.length, measures.unit),
          measure('WD', measures.width, measures.unit),
          measure('HT', measures.height, measures.unit),
        ]),
  ];
  return {
    ...(kind === 'pallet' && tare ? { level: 'tare', code: 'T' } : { level: 'pack', code: 'P' }),
    ...(marks.length === 0 ? {} : { marks }),
    ...(measurements.length === 0 ? {} : { measurements }),
  };
}

/** MEA01 PD: physical dimensions. */
function measure(qualifier: string, value: Decimal, unit: string) {
  return { reference: 'PD', qualifier, value, unit };
}

export function describeItem(
  items: readonly PackedItem[],
  { order, lines, toDate }: NoticeOrder,
  { serials: place }: NoticePolicy,
): ShipLevel {
  const [first] = items;
  const at = order.lines.findIndex(({ number }) => number === first!.line);
  const line = order.lines[at]!;
  const decision = lines[at];
  const unit = first!.unit ?? decision?.unit ?? line.unit ?? 'EA';
  const serials = items.flatMap((item) => item.serials ?? []);
  const lots = [...new Set(items.flatMap((item) => item.lot ?? []))];
  const expiries = [...new Set(items.flatMap((item) => item.expires ?? []))];
  const references = place === 'reference' ? serials.map((value) => ({ qualifier: 'SE', value })) : [];
  const shipped = toDate.get(at + 1);
  return {
    level: 'item',
    code: 'I',
    number: line.number,
    ids: [
      ...nameItem(line, first!, decision),
      ...lots.map((value) => ({ qualifier: 'LT', value })),
      ...(place === 'item' ? serials.map((value) => ({ qualifier: 'SN', value })) : []),
    ],
    shipped: {
      quantity: fromBig(sumPacked(items)),
      unit,
      ...(shipped === undefined || unit !== (decision?.unit ?? line.unit) ? {} : { toDate: shipped }),
      ...(line.quantity === undefined || line.unit === undefined
        ? {}
        : { ordered: line.quantity, orderedUnit: line.unit }),
    },
    ...(line.description === undefined ? {} : { description: line.description }),
    ...(references.length === 0 ? {} : { references }),
    ...(expiries.length === 0 ? {} : { dates: expiries.map((date) => ({ qualifier: '036', date })) }),
  };
}

/** The buyer's own ids of the line; what was sent instead stands under our number. */
function nameItem(line: PurchaseOrderLine, packed: PackedItem, decision: LineDecision | undefined) {
  const substituted = decision?.reasons.some(({ code }) => code === 'item-substituted') === true;
  const item = packed.item ?? (substituted ? decision?.item : undefined);
  if (item === undefined || line.ids.some(({ value }) => value === item)) return line.ids;
  return [...line.ids.filter(({ qualifier }) => qualifier !== 'VP'), { qualifier: 'VP', value: item }];
}

/** All that is packed of an item in these pieces. */
export function sumPacked(items: readonly PackedItem[]) {
  return items.reduce((all, { quantity }) => all.plus(quantity), toBig('0'));
}
