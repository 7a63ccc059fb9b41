import type { SharedFacts } from '../../src/domain/order/order-facts.ts';
import { orderPolicy } from '../../src/domain/partner/order-policy.ts';
import { type CatalogueRow, indexCatalogue, indexPrices } from '../../src/store/catalogue.ts';

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
  const rows = items.map(makeCatalogueRow);
  return {
    today: '2026-01-05',
    policy: orderPolicy.parse({}),
    currency: 'USD',
    customer: { number: partner, priority: 0, listsShipTos: false, shipTos: [] },
    catalogue: indexCatalogue(rows),
    prices: { ...indexPrices(partner, rows, []), ordered: new Map() },
    blankets: [],
    ...changes,
  };
}
