import { CALENDAR_KINDS } from './calendar-kinds.ts';
import { CUSTOMER_KINDS } from './customer-kinds.ts';
import { ITEM_KINDS } from './item-kinds.ts';
import type { Kind } from './kind.ts';
import { PRICE_KINDS } from './price-kinds.ts';
import { QUOTE_KINDS } from './quote-kinds.ts';
import { SCHEDULE_KINDS } from './schedule-kinds.ts';
import { STOCK_KINDS } from './stock-kinds.ts';

/** Everything that can be imported, in an order in which nothing speaks of what comes later. */
export const KINDS = {
  ...ITEM_KINDS,
  ...CUSTOMER_KINDS,
  ...PRICE_KINDS,
  ...QUOTE_KINDS,
  ...STOCK_KINDS,
  ...CALENDAR_KINDS,
  ...SCHEDULE_KINDS,
} as const satisfies Readonly<Record<string, Kind>>;

export type ImportKind = keyof typeof KINDS;

/** What kinds are asked for by as well. */
const OTHER_NAMES: Readonly<Record<string, ImportKind>> = { contracts: 'agreements' };

export const IMPORT_KINDS = Object.keys(KINDS) as readonly ImportKind[];

/** The kind of that name; undefined where there is none. */
export function findImportKind(name: string): ImportKind | undefined {
  const other = Object.hasOwn(OTHER_NAMES, name) ? OTHER_NAMES[name] : undefined;
  return other ?? IMPORT_KINDS.find((kind) => kind === name);
}
