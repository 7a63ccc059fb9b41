import { CUSTOMER_KINDS } from './customer-kinds.ts';
import { ITEM_KINDS } from './item-kinds.ts';
import type { Kind } from './kind.ts';
import { PRICE_KINDS } from './price-kinds.ts';
import { STOCK_KINDS } from './stock-kinds.ts';

/** Everything that can be imported, in an order in which nothing speaks of what comes later. */
export const KINDS = {
  ...ITEM_KINDS,
  ...CUSTOMER_KINDS,
  ...PRICE_KINDS,
  ...STOCK_KINDS,
} as const satisfies Readonly<Record<string, Kind>>;

export type ImportKind = keyof typeof KINDS;

/** What kinds are asked for by as well. */
export const OTHER_NAMES: Readonly<Record<string, ImportKind>> = { contracts: 'agreements' };

export const IMPORT_KINDS = Object.keys(KINDS) as readonly ImportKind[];
