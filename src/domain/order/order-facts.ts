import type { PlainDate } from '../../lib/dates.ts';
import type { Decimal } from '../../lib/decimal.ts';
import type { OrderPolicy } from '../partner/partner.ts';
import type { OrderDecision } from './order-decision.ts';

/** Everything the decision may know, loaded whole before it runs. */
export type OrderFacts = {
  readonly today: PlainDate;
  readonly policy: OrderPolicy;
  /** Currency that counts where the order names none. */
  readonly currency: string;
  readonly catalogue: Catalogue;
  /** The order already known under this partner, PO number, release and ship-to. */
  readonly earlier: EarlierOrder | undefined;
};

export type EarlierOrder = {
  readonly contentHash: string;
  readonly decision: OrderDecision;
};

/** What the partner calls our items, by `QUALIFIER:VALUE` as in PO106/PO107; and the items by our number. */
export type Catalogue = {
  readonly itemOf: ReadonlyMap<string, string>;
  readonly items: ReadonlyMap<string, Item>;
};

export type Item = {
  readonly number: string;
  readonly description?: string | undefined;
  /** Unit it is sold in (element 355): `EA`. */
  readonly unit: string;
  readonly active: boolean;
  /** The partner's prices valid on the day, in the order's currency. */
  readonly prices: readonly Price[];
};

export type Price = {
  readonly unit: string;
  readonly price: Decimal;
  /** Element 639: PE per each, HP per hundred, TP per thousand. */
  readonly basis: string;
  readonly validFrom: PlainDate;
};

export function catalogueKey(id: { readonly qualifier: string; readonly value: string }): string {
  return `${id.qualifier}:${id.value}`;
}
