import { type Catalogue, catalogueKey, type Item } from '../domain/catalogue/catalogue.ts';
import type { Agreement, Cost, PriceBook, PriceTerm } from '../domain/pricing/price-terms.ts';
import { assert } from '../lib/assert.ts';
import type { PlainDate } from '../lib/dates.ts';
import type { Decimal } from '../lib/decimal.ts';
import type { AgreementRow, CatalogueRow, PriceRow, ProductKey, TermRow, TermTuple } from './catalogue.ts';

/**
 * What a buyer's files of one day are decided by, made ready once: all of it of one version of the master data. It is only
 * added to, and what it holds never changes, so that files may be decided by it while others of the same buyer are loaded.
 */
export type HeldCatalogue = {
  readonly version: string;
  readonly day: PlainDate;
  /** By number, every version of what binds the buyer; its own prices in one currency are one of them. */
  readonly agreements: Map<string, Agreement[]>;
  /** By `catalogueKey`, the number of the item; undefined where nobody knows what was asked. */
  readonly itemOf: Map<string, string | undefined>;
  /** By number, each that `itemOf` names, and the substitutes of those. */
  readonly items: Map<string, HeldItem>;
};

type HeldItem = {
  readonly item: Item;
  readonly terms: readonly PriceTerm[];
  readonly cost: Cost | undefined;
};

export function startCatalogue(
  version: string,
  day: PlainDate,
  rows: readonly AgreementRow[],
): HeldCatalogue {
  const agreements: HeldCatalogue['agreements'] = new Map();
  for (const { validTo, ...row } of rows)
    addAgreement(agreements, { ...row, validTo: validTo ?? undefined, bundles: new Map() });
  return { version, day, agreements, itemOf: new Map(), items: new Map() };
}

export function listMissing({ itemOf }: HeldCatalogue, asked: readonly ProductKey[]): readonly ProductKey[] {
  return asked.filter((product) => !itemOf.has(catalogueKey(product)));
}

/** What was asked for, and what the database had of it in the version that is held. */
export function addProducts(
  held: HeldCatalogue,
  partner: string,
  asked: readonly ProductKey[],
  rows: readonly CatalogueRow[],
): void {
  const { itemOf, items, agreements } = held;
  for (const product of asked) itemOf.set(catalogueKey(product), undefined);
  for (const row of rows) {
    const { number, ids, cost, prices, terms } = row;
    for (const [qualifier, value] of ids ?? []) itemOf.set(catalogueKey({ qualifier, value }), number);
    const own = (prices ?? []).map((price, i) => makePartnerTerm(agreements, partner, number, price, i));
    const agreed = (terms ?? []).map((tuple) => makeTerm(number, readTerm(tuple), agreements));
    items.set(number, { item: makeItem(row), terms: [...own, ...agreed], cost: cost ?? undefined });
  }
}

/** What a file asks about and no more: all of it counts as what the file is about. */
export function pickProducts(
  { itemOf, items, agreements }: HeldCatalogue,
  asked: readonly ProductKey[],
): { readonly catalogue: Catalogue; readonly prices: Omit<PriceBook, 'zone' | 'ordered'> } {
  const catalogue = { itemOf: new Map<string, string>(), items: new Map<string, Item>() };
  const prices = {
    agreements,
    terms: new Map<string, readonly PriceTerm[]>(),
    costs: new Map<string, Cost>(),
  };
  const pick = (number: string): Item => {
    const { item, terms, cost } = items.get(number)!;
    catalogue.items.set(number, item);
    prices.terms.set(number, terms);
    if (cost !== undefined) prices.costs.set(number, cost);
    return item;
  };
  for (const product of asked) {
    const key = catalogueKey(product);
    const number = itemOf.get(key);
    if (number === undefined) continue;
    catalogue.itemOf.set(key, number);
    for (const substitute of pick(number).substitutes) pick(substitute);
  }
  return { catalogue, prices };
}

/** How many values are held: what its memory goes by. */
export function countHeld({ itemOf, items }: HeldCatalogue): number {
  let count = itemOf.size + items.size;
  for (const { terms } of items.values()) count += terms.length;
  return count;
}

function makeItem(row: CatalogueRow): Item {
  const related = (kind: string) =>
    (row.relations ?? []).flatMap(([other, number]) => (other === kind ? [number] : []));
  return {
    number: row.number,
    description: row.description ?? undefined,
    unit: row.unit,
    conversions: new Map(Object.entries(row.units ?? {})),
    status: row.status,
    hazard: row.hazard ?? undefined,
    serialised: row.serialised,
    minimum: row.minimum ?? undefined,
    maximum: row.maximum ?? undefined,
    multiple: row.multiple ?? undefined,
    customers: row.customers ?? undefined,
    barred: row.barred,
    substitutes: related('substitute'),
    incompatible: related('incompatible'),
    requires: related('requires'),
  };
}

function addAgreement(agreements: HeldCatalogue['agreements'], agreement: Agreement): Agreement {
  const versions = agreements.get(agreement.number);
  if (versions === undefined) agreements.set(agreement.number, [agreement]);
  else versions.push(agreement);
  return agreement;
}

/** The partner's own prices in one currency: of those for one unit, the one that began last counts. */
function makePartnerTerm(
  agreements: HeldCatalogue['agreements'],
  partner: string,
  item: string,
  { unit, basis, currency, price, validFrom, validTo }: PriceRow,
  position: number,
): PriceTerm {
  const number = `${partner} ${currency}`;
  const open = { validFrom: '0001-01-01', dateRule: 'order-date', bundles: new Map() } as const;
  const agreement =
    agreements.get(number)?.[0] ??
    addAgreement(agreements, { kind: 'customer-price', number, version: 1, currency, ...open });
  return {
    agreement,
    position: position + 1,
    item,
    unit,
    basis,
    form: { kind: 'fixed', price },
    validFrom,
    validTo: validTo ?? undefined,
    adjustments: [],
  };
}

function readTerm(tuple: TermTuple): TermRow {
  const [agreement, version, position, unit, basis, form, least, zone, promotion, bundle, ...more] = tuple;
  const [validFrom, validTo, adjustments, bundleItems] = more;
  return {
    agreement,
    version,
    position,
    unit,
    basis,
    form,
    minimumQuantity: least ?? undefined,
    zone: zone ?? undefined,
    promotion: promotion ?? undefined,
    bundle: bundle ?? undefined,
    validFrom: validFrom ?? undefined,
    validTo: validTo ?? undefined,
    adjustments,
    bundleItems,
  };
}

function makeTerm(item: string, row: TermRow, agreements: HeldCatalogue['agreements']): PriceTerm {
  const agreement = agreements.get(row.agreement)?.find(({ version }) => version === row.version);
  assert(
    agreement !== undefined,
    `agreement ${row.agreement} version ${row.version} is loaded with its terms`,
  );
  // A bundle comes with the terms that need it.
  if (row.bundle && row.bundleItems !== null)
    (agreement.bundles as Map<string, ReadonlyMap<string, Decimal>>).set(
      row.bundle,
      new Map(Object.entries(row.bundleItems)),
    );
  const { version: _version, bundleItems: _items, ...term } = row;
  return { ...term, agreement, item };
}
