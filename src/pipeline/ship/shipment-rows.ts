import type { Shipment } from '../../domain/shipment/shipment.ts';
import type { ImportMistake } from '../import/mistakes.ts';
import { dropEmpty, packRows } from './pack-rows.ts';
import { type PlacedRow, SHIPMENT_COLUMNS } from './shipment-columns.ts';

export type BuiltShipment = {
  readonly content: Shipment;
  /** Of its first row. */
  readonly line: number;
  /** By where the report has a packed item: the row that it came from. */
  readonly lines: ReadonlyMap<string, number>;
};

/** The shipment that rows of one number make, or what is wrong with them. */
export function buildShipment(rows: readonly PlacedRow[]): {
  readonly built?: BuiltShipment;
  readonly mistakes: readonly ImportMistake[];
} {
  const first = rows[0]!;
  const mistakes = [...findContradictions(rows), ...findGaps(rows)];
  if (mistakes.length > 0) return { mistakes };
  const { shipment: number, purpose = 'original' } = first.row;
  if (purpose === 'cancel') {
    const content: Shipment = { kind: 'shipment', purpose, number };
    return { built: { content, line: first.line, lines: new Map() }, mistakes };
  }
  const { units, loose, lines } = packRows(rows);
  const content = {
    ...readHead(rows),
    ...(units.length > 0 && { units }),
    ...(loose.length > 0 && { loose }),
  };
  return { built: { content, line: first.line, lines }, mistakes };
}

type Name = keyof typeof SHIPMENT_COLUMNS;

/** What a shipment has once. */
const HEAD = [
  ...['purpose', 'partner', 'ship_to', 'warehouse', 'ship_date', 'expected', 'carrier', 'carrier_name'],
  ...['service', 'pro', 'bill_of_lading', 'trailer', 'seal', 'freight', 'freight_currency'],
] as readonly Name[];
const OF_PALLET = ['pallet_sscc'] as const satisfies readonly Name[];
const OF_CARTON = ['sscc', 'tracking', 'weight', 'weight_unit', 'pallet'] as const satisfies readonly Name[];

function findContradictions(rows: readonly PlacedRow[]): readonly ImportMistake[] {
  const mistakes: ImportMistake[] = [];
  const compare = (own: readonly PlacedRow[], names: readonly Name[], what: string) => {
    for (const name of names) {
      const said = own.filter(({ row }) => row[name] !== undefined);
      const [before, ...others] = said;
      for (const { line, row } of others) {
        if (row[name] === before?.row[name]) continue;
        const message = `${name}: line ${before?.line} says ${String(before?.row[name])} of the same ${what}, and this one ${String(row[name])}`;
        mistakes.push({ line, column: name, message });
      }
    }
  };
  compare(rows, HEAD, 'shipment');
  for (const [pallet, own] of Map.groupBy(rows, ({ row }) => row.pallet))
    if (pallet !== undefined) compare(own, OF_PALLET, 'pallet');
  for (const [carton, own] of Map.groupBy(rows, ({ row }) => row.carton))
    if (carton !== undefined) compare(own, OF_CARTON, 'carton');
  return mistakes;
}

function findGaps(rows: readonly PlacedRow[]): readonly ImportMistake[] {
  if (rows[0]?.row.purpose === 'cancel') return [];
  return rows.flatMap(({ line, row }) =>
    (['po', 'line', 'quantity', ...(row.weight === undefined ? [] : (['weight_unit'] as const))] as const)
      .filter((name) => row[name] === undefined)
      .map((name) => ({
        line,
        column: name,
        message: `${name}: expected a value, such as ${SHIPMENT_COLUMNS[name].example}`,
      })),
  );
}

function readHead(rows: readonly PlacedRow[]): Shipment {
  const say = <N extends Name>(name: N) => rows.find(({ row }) => row[name] !== undefined)?.row[name];
  const loose = rows.flatMap(({ row }) => (row.carton === undefined ? (row.tracking ?? []) : []));
  const carrier = dropEmpty({
    scac: say('carrier'),
    name: say('carrier_name'),
    service: say('service'),
    proNumber: say('pro'),
    billOfLading: say('bill_of_lading'),
    trailer: say('trailer'),
    seal: say('seal'),
    tracking: loose.length === 0 ? undefined : [...new Set(loose)],
  });
  const amount = say('freight');
  const freight = amount === undefined ? undefined : dropEmpty({ amount, currency: say('freight_currency') });
  return dropEmpty({
    kind: 'shipment' as const,
    purpose: say('purpose') ?? ('original' as const),
    number: rows[0]!.row.shipment,
    partner: say('partner'),
    shipTo: say('ship_to'),
    warehouse: say('warehouse'),
    shipDate: say('ship_date'),
    expectedDelivery: say('expected'),
    carrier: Object.keys(carrier).length === 0 ? undefined : carrier,
    freight,
  }) as Shipment;
}
