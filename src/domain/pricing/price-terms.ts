import type { PlainDate } from '../../lib/dates.ts';
import type { Decimal } from '../../lib/decimal.ts';

/** Which date must lie within the dates of an agreement. */
export type DateRule = 'order-date' | 'requested-ship-date';

/** Whom an agreement binds, in the order in which they are asked. */
export type AgreementKind = 'contract' | 'customer-price' | 'group-contract' | 'list';

/** What was agreed with a customer or its group, or a price list of ours, in one version. */
export type Agreement = {
  readonly kind: AgreementKind;
  /** Contract number or name of the list. */
  readonly number: string;
  readonly version: number;
  readonly currency: string;
  readonly dateRule: DateRule;
  readonly validFrom: PlainDate;
  readonly validTo?: PlainDate | undefined;
  /** What a bundle of this agreement consists of, by its name: item → quantity in the item's unit. */
  readonly bundles: ReadonlyMap<string, ReadonlyMap<string, Decimal>>;
};

/** `from` so many of the term's unit on, `price` each of its basis. */
export type Tier = { readonly from: Decimal; readonly price: Decimal };

/** How a term makes its price. */
export type PriceForm =
  | { readonly kind: 'fixed'; readonly price: Decimal }
  /** By the quantity of the line. */
  | { readonly kind: 'line-tiers'; readonly tiers: readonly Tier[] }
  /** By the quantity ordered under the agreement to date, all of this order on top: every line of it at the tier reached. */
  | { readonly kind: 'cumulative-tiers'; readonly tiers: readonly Tier[] }
  /** Cost, and so many percent of it, within floor and cap (in the term's unit and basis). */
  | {
      readonly kind: 'cost-plus';
      readonly percent: Decimal;
      readonly floor?: Decimal | undefined;
      readonly cap?: Decimal | undefined;
    };

/** Added to or taken off the amount of a line. `per-unit` is for each of the term's unit. */
export type TermAdjustment = {
  readonly indicator: 'allowance' | 'charge';
  /** SAC02: C310 discount, D240 freight, … */
  readonly code: string;
  readonly description?: string | undefined;
  readonly rate:
    | { readonly kind: 'percent'; readonly percent: Decimal }
    | { readonly kind: 'per-unit'; readonly amount: Decimal }
    | { readonly kind: 'amount'; readonly amount: Decimal };
};

/** One row of an agreement: what one item costs, and when that counts. */
export type PriceTerm = {
  readonly agreement: Agreement;
  /** Place in the agreement: what a proof refers to. */
  readonly position: number;
  readonly item: string;
  readonly unit: string;
  /** Element 639: PE per each, HP per hundred, TP per thousand. */
  readonly basis: string;
  readonly form: PriceForm;
  /** In `unit`; with less the term does not count. */
  readonly minimumQuantity?: Decimal | undefined;
  /** Only for ship-tos of this zone. */
  readonly zone?: string | undefined;
  /** Name of a promotion: within its own dates it goes before the agreement's other terms. */
  readonly promotion?: string | undefined;
  /** Only where the order holds the whole bundle of the agreement under this name. */
  readonly bundle?: string | undefined;
  readonly validFrom?: PlainDate | undefined;
  readonly validTo?: PlainDate | undefined;
  readonly adjustments: readonly TermAdjustment[];
};

/** Material cost of an item in its own unit. */
export type Cost = { readonly cost: Decimal; readonly currency: string; readonly validFrom: PlainDate };

/** All that prices may come from, loaded for the items of an order. */
export type PriceBook = {
  /**
   * By number, every version of what binds the customer, whether or not it has terms for these items: a new version
   * ends the terms of the old one that it leaves out, and an item may be in no contract at all.
   */
  readonly agreements: ReadonlyMap<string, readonly Agreement[]>;
  /** By item. Their order says nothing. */
  readonly terms: ReadonlyMap<string, readonly PriceTerm[]>;
  /** By item, the cost that counts on the day. */
  readonly costs: ReadonlyMap<string, Cost>;
  /** Quantity ordered to date by `orderedKey`, in the item's unit, without the order that is priced. */
  readonly ordered: ReadonlyMap<string, Decimal>;
  /** Price zone of the ship-to of the order. */
  readonly zone?: string | undefined;
};

export function orderedKey(agreement: string, item: string): string {
  return `${agreement}:${item}`;
}
