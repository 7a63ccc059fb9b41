import type { ShipLevel, ShipNotice } from './ship-notice.ts';

/** Where a field of a ship notice of ours came from, in words; undefined where it is none of them. */
export function nameNoticeSource(notice: ShipNotice, path: string): string | undefined {
  const names = path.split(/[.[\]]+/).filter((one) => one !== '');
  const told = `shipment ${notice.shipmentId}, as the warehouse told it`;
  if (names[0] !== 'levels') return nameHead(names[0] ?? '', told);
  const walk = walkLevels(notice, names);
  if (walk === undefined) return undefined;
  const { level, poNumber, rest } = walk;
  const [field = '', second = ''] = rest;
  if (field === 'marks' && markOf(level, second) === 'GM')
    return 'the SSCC of the unit: of our series, unless the warehouse gave one';
  switch (level.level) {
    case 'shipment':
      return field === 'parties' ? nameParty(level, second, walk.poNumbers) : told;
    case 'order':
      return field === 'references' ? `order ${poNumber}, REF` : `order ${poNumber}, BEG`;
    case 'item':
      return nameItemField(level, `order ${poNumber} line ${level.number}`, rest, told);
    default:
      return told;
  }
}

function nameHead(field: string, told: string): string | undefined {
  switch (field) {
    case 'shipmentId':
      return told;
    case 'date':
    case 'time':
      return 'the moment at which the notice was made';
    case 'structure':
      return 'the partner file, send.856.structure';
    case 'purpose':
      return 'what was told of the shipment before';
    default:
      return undefined;
  }
}

type Walk = {
  readonly level: ShipLevel;
  /** Of the order that stands above, or of the only one there is. */
  readonly poNumber: string;
  readonly poNumbers: readonly string[];
  readonly rest: readonly string[];
};

/** `levels`, `0`, `children`, `1`, `shipped`, `quantity`: the level, the order above it, and what of it. */
function walkLevels({ levels }: ShipNotice, names: readonly string[]): Walk | undefined {
  let list: readonly ShipLevel[] | undefined = levels;
  let poNumber: string | undefined;
  let at = 1;
  for (;;) {
    const level: ShipLevel | undefined = list?.[Number(names[at])];
    if (level === undefined) return undefined;
    poNumber = level.order?.poNumber ?? poNumber;
    if (names[at + 1] !== 'children') {
      const poNumbers = listOrders(levels);
      return { level, poNumber: poNumber ?? poNumbers[0] ?? '?', poNumbers, rest: names.slice(at + 1) };
    }
    list = level.children;
    at += 2;
  }
}

function listOrders(levels: readonly ShipLevel[]): readonly string[] {
  return levels.flatMap(({ order, children = [] }) => [
    ...(order === undefined ? [] : [order.poNumber]),
    ...listOrders(children),
  ]);
}

function nameParty({ parties = [] }: ShipLevel, at: string, poNumbers: readonly string[]): string {
  return parties[Number(at)]?.role === 'ship-from'
    ? 'company.yaml: our name and address'
    : `order ${poNumbers[0] ?? '?'}, N1 ST`;
}

function nameItemField(
  { ids = [] }: ShipLevel,
  line: string,
  [field, second = '', third = '']: readonly string[],
  told: string,
): string {
  const packed = `${told}: packed for ${line}`;
  switch (field) {
    case 'number':
      return `${line}, PO101`;
    case 'ids': {
      const { qualifier } = ids[Number(second)] ?? {};
      return qualifier === 'LT' || qualifier === 'SN' ? packed : `${line}, as the buyer names the item`;
    }
    case 'shipped':
      if (second === 'toDate') return `all shipments of ${line} up to this one`;
      return second === 'ordered' || second === 'orderedUnit' ? `${line}, PO102` : packed;
    case 'description':
      return `${line}, PID`;
    default:
      return third === '' && field === undefined ? line : packed;
  }
}

function markOf({ marks = [] }: ShipLevel, at: string): string | undefined {
  return marks[Number(at)]?.qualifier;
}
