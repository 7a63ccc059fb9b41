import type { HandlingUnit, PackedItem } from '../../domain/shipment/shipment.ts';
import type { PlacedRow, ShipmentRow } from './shipment-columns.ts';

type Packing = { units: HandlingUnit[]; loose: PackedItem[]; lines: Map<string, number> };

/** Pallets and cartons in the order in which rows name them first. */
export function packRows(rows: readonly PlacedRow[]): Packing {
  const lines = new Map<string, number>();
  const units: HandlingUnit[] = [];
  const loose: PackedItem[] = [];
  const packInto = (own: readonly PlacedRow[], at: string) =>
    own.map(({ line, row }, i) => {
      lines.set(`${at}[${i}]`, line);
      return packItem(row);
    });
  const makeCarton = (carton: string, own: readonly PlacedRow[], at: string): HandlingUnit =>
    makeUnit('carton', carton, own, { contents: packInto(own, `${at}.contents`) });
  const outer = Map.groupBy(
    rows,
    ({ row }) => row.pallet ?? (row.carton === undefined ? '' : `carton ${row.carton}`),
  );
  for (const own of outer.values()) {
    const { pallet, carton } = own[0]!.row;
    const at = `units[${units.length}]`;
    if (pallet !== undefined) units.push(makePallet(pallet, own, at, makeCarton, packInto));
    else if (carton !== undefined) units.push(makeCarton(carton, own, at));
    else loose.push(...packInto(own, 'loose'));
  }
  return { units, loose, lines };
}

function makePallet(
  pallet: string,
  own: readonly PlacedRow[],
  at: string,
  makeCarton: (carton: string, rows: readonly PlacedRow[], at: string) => HandlingUnit,
  packInto: (rows: readonly PlacedRow[], at: string) => PackedItem[],
): HandlingUnit {
  const bare = own.filter(({ row }) => row.carton === undefined);
  const cartons = [...Map.groupBy(own, ({ row }) => row.carton)].filter(([carton]) => carton !== undefined);
  const units = cartons.map(([carton, rows], i) => makeCarton(carton!, rows, `${at}.units[${i}]`));
  const contents = packInto(bare, `${at}.contents`);
  return makeUnit('pallet', pallet, bare, {
    ...pick('sscc', own.find(({ row }) => row.pallet_sscc !== undefined)?.row.pallet_sscc),
    ...(contents.length > 0 && { contents }),
    ...(units.length > 0 && { units }),
  });
}

function makeUnit(
  kind: 'pallet' | 'carton',
  id: string,
  own: readonly PlacedRow[],
  inside: Partial<HandlingUnit>,
): HandlingUnit {
  const say = <N extends keyof ShipmentRow>(name: N) =>
    own.find(({ row }) => row[name] !== undefined)?.row[name];
  const value = say('weight');
  return {
    kind,
    id,
    ...(kind === 'carton' ? pick('sscc', say('sscc')) : {}),
    ...(kind === 'carton' ? pick('tracking', say('tracking')) : {}),
    ...pick('weight', value === undefined ? undefined : { value, unit: say('weight_unit')! }),
    ...inside,
  };
}

function packItem({
  po,
  release,
  line,
  item,
  quantity,
  unit,
  lot,
  serials,
  expires,
  origin,
}: ShipmentRow): PackedItem {
  return dropEmpty({
    poNumber: po!,
    releaseNumber: release,
    line: line!,
    item,
    quantity: quantity!,
    unit,
    lot,
    serials: serials === undefined ? undefined : [...serials],
    expires,
    origin,
  }) as PackedItem;
}

function pick<K extends string, V>(key: K, value: V | undefined): { readonly [k in K]?: V } {
  return (value === undefined ? {} : { [key]: value }) as { readonly [k in K]?: V };
}

export function dropEmpty<T extends object>(fields: T): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}
