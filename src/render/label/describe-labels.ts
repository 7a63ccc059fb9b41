import type { Party } from '../../domain/document.ts';
import type { Id } from '../../domain/exchange/records.ts';
import type { PurchaseOrder } from '../../domain/order/purchase-order.ts';
import { listUnits } from '../../domain/shipment/packed.ts';
import type { HandlingUnit, PackedItem } from '../../domain/shipment/shipment.ts';
import type { ShippedGoods } from '../../domain/shipment/shipped.ts';
import { fromBig, toBig } from '../../lib/decimal.ts';
import type { LabelModel } from './label-model.ts';
import { describePostal } from './postal-code.ts';

type LabelledOrder = Pick<PurchaseOrder, 'parties' | 'references' | 'lines'>;

/** What labels say beside what was packed: the same that the ship notice is made from. */
export type LabelFacts = {
  /** N1 SF. */
  readonly shipFrom: Party;
  readonly orders: readonly { readonly id: Id; readonly order: LabelledOrder }[];
};

/** One for each unit that has an SSCC, a pallet before what stands on it. */
export function describeLabels(goods: ShippedGoods, facts: LabelFacts): readonly LabelModel[] {
  const units = listUnits(goods.content).map(({ unit }) => unit);
  const kinds = [...new Set(units.map(({ kind }) => kind))];
  const numbers = new Map<HandlingUnit, UnitNumber>();
  for (const wanted of kinds) {
    const alike = units.filter(({ kind }) => kind === wanted);
    for (const [i, unit] of alike.entries())
      numbers.set(unit, { number: String(i + 1), count: String(alike.length) });
  }
  return units.flatMap((unit) =>
    unit.sscc === undefined
      ? []
      : [describeUnit({ ...unit, sscc: unit.sscc }, numbers.get(unit)!, goods, facts)],
  );
}

type UnitNumber = Pick<LabelModel, 'number' | 'count'>;
type NumberedUnit = HandlingUnit & { readonly sscc: string };

function describeUnit(
  unit: NumberedUnit,
  number: UnitNumber,
  goods: ShippedGoods,
  { shipFrom, orders }: LabelFacts,
): LabelModel {
  const inside = listUnits({ units: [unit] }).map((one) => one.unit);
  const packed = mergeItems(inside.flatMap(({ contents = [] }) => contents));
  const found = packed.map((item) => findLine(item, goods, orders));
  const ours = orders.filter(({ id }) => found.some((one) => one?.order.id === id));
  const partyOf = (role: string) =>
    ours.flatMap(({ order }) => order.parties ?? []).find((party) => party.role === role);
  const referenceOf = (wanted: string) =>
    ours.flatMap(({ order }) => order.references ?? []).find(({ qualifier }) => qualifier === wanted)?.value;
  const shipTo = partyOf('ship-to');
  const markFor = partyOf('mark-for');
  const abroad = shipTo?.address?.country !== shipFrom.address?.country;
  const address = (party: Party | undefined) => describeAddress(party, abroad);
  const { carrier = {} } = goods.content;
  const cartons = inside.filter(({ kind }) => kind === 'carton').length;
  // Of several numbers of the shipment nobody says which is this unit's.
  const [shared, ...more] = carrier.tracking ?? [];
  const tracking = unit.tracking ?? (more.length === 0 ? shared : undefined);
  return {
    sscc: unit.sscc,
    kind: unit.kind,
    ...number,
    shipFrom: address(shipFrom),
    shipTo: address(shipTo),
    ...(markFor === undefined ? {} : { markFor: address(markFor) }),
    postal: describePostal(shipTo?.address ?? {}, shipFrom.address ?? {}),
    carrier: keepKnown({
      name: carrier.name,
      scac: carrier.scac,
      proNumber: carrier.proNumber,
      billOfLading: carrier.billOfLading,
      tracking,
    }),
    shipment: { number: goods.number, date: goods.shipDate },
    poNumbers: [...new Set(packed.map(({ poNumber }) => poNumber))],
    ...keepKnown({ department: referenceOf('DP'), vendor: referenceOf('IA'), weight: unit.weight }),
    ...(unit.kind === 'pallet' && cartons > 0 ? { cartons: String(cartons) } : {}),
    contents: packed.map((item, i) => describeContent(item, found[i])),
  };
}

/** Of one line of an order, item and lot there is one entry, in however many cartons it is. */
function mergeItems(items: readonly PackedItem[]): readonly PackedItem[] {
  const merged = new Map<string, PackedItem>();
  for (const item of items) {
    const { poNumber, releaseNumber, line, item: other, unit, lot, expires } = item;
    const key = JSON.stringify([poNumber, releaseNumber, line, other, unit, lot, expires]);
    const known = merged.get(key);
    if (known === undefined) merged.set(key, item);
    else
      merged.set(key, {
        ...known,
        quantity: fromBig(toBig(known.quantity).plus(toBig(item.quantity))),
        serials: [...(known.serials ?? []), ...(item.serials ?? [])],
      });
  }
  return [...merged.values()];
}

type FoundLine = {
  readonly order: LabelFacts['orders'][number];
  readonly shipped: ShippedGoods['lines'][number];
};

function findLine(
  { poNumber, releaseNumber = '', line }: PackedItem,
  { lines }: ShippedGoods,
  orders: LabelFacts['orders'],
): FoundLine | undefined {
  const shipped = lines.find(
    (one) => one.poNumber === poNumber && one.releaseNumber === releaseNumber && one.line === line,
  );
  const order = orders.find(({ id }) => id === shipped?.order);
  return shipped && order && { order, shipped };
}

/** Qualifiers of what the customer calls an item: buyer's part number, buyer's item number, SKU. */
const THEIRS = ['BP', 'IN', 'SK'];

function describeContent(item: PackedItem, found: FoundLine | undefined): LabelModel['contents'][number] {
  const ordered = found?.order.order.lines[found.shipped.orderPosition - 1];
  const theirs = ordered?.ids.find(({ qualifier }) => THEIRS.includes(qualifier))?.value;
  const gtin = ordered?.ids.find(({ qualifier }) => qualifier === 'UP' || qualifier === 'UK')?.value;
  const { poNumber, line, quantity, lot, expires, serials = [] } = item;
  return {
    item: item.item ?? found?.shipped.item ?? '',
    ...keepKnown({ customerItem: theirs, gtin, description: ordered?.description, lot, expires }),
    quantity,
    unit: item.unit ?? found?.shipped.unit ?? '',
    poNumber,
    line,
    serials,
  };
}

/** The country stands on labels that cross a border. */
function describeAddress(party: Party | undefined, abroad: boolean): LabelModel['shipTo'] {
  const { lines = [], city, region, postalCode, country } = party?.address ?? {};
  return {
    name: party?.name ?? party?.id ?? '',
    lines: [...(party?.names ?? []), ...lines],
    city: [city, region, postalCode].filter((one) => one !== undefined).join(' '),
    ...keepKnown({ country: abroad ? country : undefined, code: party?.id }),
  };
}

type Known<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function keepKnown<T extends object>(values: T): Known<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Known<T>;
}
