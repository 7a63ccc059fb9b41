import type { Item } from '../../../src/domain/catalogue/catalogue.ts';
import type { PriceAsked, PriceRules } from '../../../src/domain/pricing/price-line.ts';
import type { Agreement, PriceBook, PriceTerm } from '../../../src/domain/pricing/price-terms.ts';

export function item(change: Partial<Item> = {}): Item {
  return {
    number: 'PUMP',
    unit: 'EA',
    conversions: new Map([['CA', '12']]),
    status: 'active',
    serialised: false,
    barred: [],
    substitutes: [],
    incompatible: [],
    requires: [],
    ...change,
  };
}

export function agreement(change: Partial<Agreement> = {}): Agreement {
  return {
    kind: 'contract',
    number: 'CT-1',
    version: 1,
    currency: 'USD',
    dateRule: 'order-date',
    validFrom: '2024-01-01',
    validTo: '2024-12-31',
    bundles: new Map(),
    ...change,
  };
}

export const CONTRACT = agreement();
export const CUSTOMER_PRICE = agreement({ kind: 'customer-price', number: 'OWN' });
export const GROUP = agreement({ kind: 'group-contract', number: 'GROUP-1' });
export const LIST = agreement({ kind: 'list', number: 'LIST' });

/** A row of an agreement: fixed at `price` unless another form is given. */
export function term(of: Agreement, price: string, change: Partial<PriceTerm> = {}): PriceTerm {
  return {
    agreement: of,
    position: 1,
    item: 'PUMP',
    unit: 'EA',
    basis: 'PE',
    form: { kind: 'fixed', price },
    adjustments: [],
    ...change,
  };
}

/** Holds the terms, and the agreements that they are of. */
export function book(terms: readonly PriceTerm[], change: Partial<PriceBook> = {}): PriceBook {
  const byItem = Map.groupBy(terms, (one) => one.item);
  const agreements = Map.groupBy(new Set(terms.map((one) => one.agreement)), (one) => one.number);
  return { agreements, terms: byItem, costs: new Map(), ordered: new Map(), ...change };
}

/** Ten pumps, ordered on the first of June. */
export function asked(change: Partial<PriceAsked> = {}): PriceAsked {
  const quantity = change.quantity ?? '10';
  return {
    item: item(),
    quantity,
    unit: 'EA',
    currency: 'USD',
    orderDate: '2024-06-01',
    basket: new Map([['PUMP', quantity]]),
    ...change,
  };
}

export const RULES: PriceRules = { tolerance: {}, rounding: 'half-up' };
