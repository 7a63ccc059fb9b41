import type { SharedFacts } from '../../src/domain/order/order-facts.ts';
import { orderPolicy } from '../../src/domain/partner/order-policy.ts';
import type { CatalogueRow } from '../../src/store/catalogue.ts';
import { addProducts, pickProducts, startCatalogue } from '../../src/store/held-catalogue.ts';

export type KnownItem = Pick<CatalogueRow, 'number' | 'ids'> & Partial<CatalogueRow>;

/** An item as the store gives it, of which nothing is known but what a test says. */
export function makeCatalogueRow(item: KnownItem): CatalogueRow {
  return {
    description: null,
    unit: 'EA',
    status: 'active',
    hazard: null,
    serialised: false,
    minimum: null,
    maximum: null,
    multiple: null,
    customers: null,
    barred: [],
    units: null,
    relations: null,
    cost: null,
    prices: null,
    terms: null,
    ...item,
  };
}

/** What orders of a partner are decided by, where it has no agreements, no stock is kept and no credit looked at. */
export function makeSharedFacts(
  partner: string,
  items: readonly KnownItem[],
  changes: Partial<SharedFacts> = {},
): SharedFacts {
  const today = '2026-01-05';
  const products = items.flatMap(({ ids }) =>
    (ids ?? []).map(([qualifier, value]) => ({ qualifier, value })),
  );
  const held = startCatalogue('', today, []);
  addProducts(held, partner, products, items.map(makeCatalogueRow));
  const { catalogue, prices } = pickProducts(held, products);
  // Each that the test speaks of, whether or not another names it as its substitute.
  const all = [...held.items];
  return {
    today,
    policy: orderPolicy.parse({}),
    currency: 'USD',
    customer: { number: partner, priority: 0, listsShipTos: false, shipTos: [] },
    catalogue: { ...catalogue, items: new Map(all.map(([number, { item }]) => [number, item])) },
    prices: {
      ...prices,
      terms: new Map(all.map(([number, { terms }]) => [number, terms])),
      ordered: new Map(),
    },
    blankets: [],
    ...changes,
  };
}
