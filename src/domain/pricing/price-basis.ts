/** Element 639: how many units a price is for. */
const UNITS_PER_BASIS: ReadonlyMap<string, number> = new Map([
  ['PE', 1],
  ['EA', 1],
  ['HP', 100],
  ['HU', 100],
  ['TP', 1000],
]);

/** Undefined for a basis that no rule is known for. */
export function unitsPerBasis(basis: string): number | undefined {
  return UNITS_PER_BASIS.get(basis);
}
