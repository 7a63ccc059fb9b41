import type { HandlingUnit, PackedItem, Shipment } from './shipment.ts';

/** A packed item, and where the report has it: `units[0].units[2].contents[1]`. */
export type PackedPlace = { readonly at: string; readonly item: PackedItem };

/** A unit, where the report has it, and its place in the tree of units: `1.2`. */
export type UnitPlace = { readonly at: string; readonly place: string; readonly unit: HandlingUnit };

export function listPackedItems({ units = [], loose = [] }: Shipment): readonly PackedPlace[] {
  return [
    ...listUnits({ units }).flatMap(({ at, unit }) =>
      (unit.contents ?? []).map((item, i) => ({ at: `${at}.contents[${i}]`, item })),
    ),
    ...loose.map((item, i) => ({ at: `loose[${i}]`, item })),
  ];
}

/** From the outside in, each before what it holds. */
export function listUnits({ units = [] }: Pick<Shipment, 'units'>): readonly UnitPlace[] {
  const found: UnitPlace[] = [];
  const visit = (unit: HandlingUnit, at: string, place: string) => {
    found.push({ at, place, unit });
    for (const [i, inner] of (unit.units ?? []).entries())
      visit(inner, `${at}.units[${i}]`, `${place}.${i + 1}`);
  };
  for (const [i, unit] of units.entries()) visit(unit, `units[${i}]`, String(i + 1));
  return found;
}

/** What each packed item and each unit becomes; what a unit holds follows by itself. */
export type Rewriting = {
  readonly item?: (item: PackedItem, at: string) => PackedItem;
  readonly unit?: (unit: HandlingUnit, place: string) => HandlingUnit;
};

export function rewritePacked(
  shipment: Shipment,
  { item = (one) => one, unit = (one) => one }: Rewriting,
): Shipment {
  const visit = (before: HandlingUnit, at: string, place: string): HandlingUnit => {
    const { contents, units } = before;
    return {
      ...unit(before, place),
      ...(contents && { contents: contents.map((one, i) => item(one, `${at}.contents[${i}]`)) }),
      ...(units && {
        units: units.map((inner, i) => visit(inner, `${at}.units[${i}]`, `${place}.${i + 1}`)),
      }),
    };
  };
  const { units, loose } = shipment;
  return {
    ...shipment,
    ...(units && { units: units.map((one, i) => visit(one, `units[${i}]`, String(i + 1))) }),
    ...(loose && { loose: loose.map((one, i) => item(one, `loose[${i}]`)) }),
  };
}
