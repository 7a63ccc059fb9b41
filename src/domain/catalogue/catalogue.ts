import type { Decimal } from '../../lib/decimal.ts';

/** What the partner calls our items, by `QUALIFIER:VALUE` as in PO106/PO107; and the items by our number. */
export type Catalogue = {
  readonly itemOf: ReadonlyMap<string, string>;
  readonly items: ReadonlyMap<string, Item>;
};

/** `phase-out`: sold while stock lasts. `discontinued` and `blocked` are not sold at all. */
export type ItemStatus = 'active' | 'phase-out' | 'discontinued' | 'blocked';

export type Item = {
  readonly number: string;
  readonly description?: string | undefined;
  /** Unit it is stocked and counted in (element 355): `EA`. Quantities of our own are in it. */
  readonly unit: string;
  /** How many of `unit` one of another unit holds: `CA` → `12`. */
  readonly conversions: ReadonlyMap<string, Decimal>;
  readonly status: ItemStatus;
  /** Hazard class; a warehouse must be certified for it. */
  readonly hazard?: string | undefined;
  readonly serialised: boolean;
  /** Least and greatest quantity of one line, and what it must be a multiple of; in `unit`. */
  readonly minimum?: Decimal | undefined;
  readonly maximum?: Decimal | undefined;
  readonly multiple?: Decimal | undefined;
  /** Customers that may buy it; anybody where undefined. */
  readonly customers?: readonly string[] | undefined;
  /** Where it may not be sent: `US-CA`, or `CU` for a whole country. */
  readonly barred: readonly string[];
  /** What may be sent instead, the best first. */
  readonly substitutes: readonly string[];
  /** What must not be in one order with it, and what it may not be ordered without. */
  readonly incompatible: readonly string[];
  readonly requires: readonly string[];
};

export function catalogueKey(id: { readonly qualifier: string; readonly value: string }): string {
  return `${id.qualifier}:${id.value}`;
}
