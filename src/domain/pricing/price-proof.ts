import type { PlainDate } from '../../lib/dates.ts';
import type { Decimal } from '../../lib/decimal.ts';
import type { Rounding } from '../../lib/money.ts';
import type { AgreementKind, Cost, DateRule, PriceForm, TermAdjustment, Tier } from './price-terms.ts';

/**
 * How the price of a line came about. Everything that it needs stands in it: the price, and the ACK code that follows
 * from it, can be derived again from the proof alone, without the database and years later. Plain data: it is stored
 * as JSON.
 */
export type PriceProof = Omit<PriceEvidence, 'candidates'> & {
  /** Every price that might have counted, the one that goes first standing first. */
  readonly candidates: readonly PriceCandidate[];
  /** Place in `candidates` of the one that counts; absent where none does. */
  readonly chosen?: number | undefined;
  /** Our price, in `basis`; absent where we have none, or none in that basis. */
  readonly ours?: Decimal | undefined;
  /** Element 639 of `ours`, `theirs`, `difference` and `allowed`. */
  readonly basis: string;
  /** |theirs − ours|. */
  readonly difference?: Decimal | undefined;
  /** Greatest difference that the partner file allows. */
  readonly allowed?: Decimal | undefined;
  readonly rule: PriceRule;
  /** The ordered quantity at our price. */
  readonly extension?: PriceExtension | undefined;
};

/** What a proof rests on; all else in it follows from this. */
export type PriceEvidence = {
  /** What was asked: quantity in `unit`, the same in the item's unit, dates. */
  readonly question: PriceQuestion;
  readonly theirs?: Decimal | undefined;
  readonly tolerance: { readonly percent?: string | undefined; readonly amount?: string | undefined };
  readonly rounding: Rounding;
  /** A contract with this customer that is in force; the first by number, where there are several. */
  readonly underContract?: { readonly number: string; readonly version: number } | undefined;
  readonly candidates: readonly PriceOffer[];
};

export type PriceRule =
  | 'equal'
  | 'within-tolerance'
  | 'outside-tolerance'
  | 'order-has-no-price'
  /** None counts; or the terms contradict each other, and then a price further down must not stand in for them. */
  | 'no-price-of-ours'
  | 'basis-unknown';

export type PriceQuestion = {
  readonly item: string;
  readonly quantity: Decimal;
  readonly unit: string;
  /** How many of the item's unit one of `unit` holds; absent where it cannot be converted. */
  readonly unitHolds?: Decimal | undefined;
  /** `quantity` in the unit that the item is stocked in; absent where it cannot be converted. */
  readonly stockQuantity?: Decimal | undefined;
  /** Of the item over the whole order, in its own unit: what cumulative tiers count. */
  readonly orderQuantity?: Decimal | undefined;
  /** Element 639 of the order's price, where the order says it. */
  readonly theirBasis?: string | undefined;
  readonly currency: string;
  readonly orderDate: PlainDate;
  readonly requestedShip?: PlainDate | undefined;
  readonly zone?: string | undefined;
};

/** One term, or the price of the blanket or a quote, as it was agreed; with the facts that tell whether and at what it counts. */
export type PriceOffer = {
  readonly source: 'blanket' | 'quote' | AgreementKind;
  readonly number: string;
  readonly version?: number | undefined;
  readonly position?: number | undefined;
  /** Of the agreement; a blanket's price is in the currency of the order. */
  readonly currency?: string | undefined;
  readonly dateRule?: DateRule | undefined;
  readonly validFrom?: PlainDate | undefined;
  readonly validTo?: PlainDate | undefined;
  /** Newer version of the agreement that is in force on the date that counts. */
  readonly supersededBy?: number | undefined;
  /** Dates of the term itself. */
  readonly termFrom?: PlainDate | undefined;
  readonly termTo?: PlainDate | undefined;
  readonly zone?: string | undefined;
  readonly minimumQuantity?: Decimal | undefined;
  readonly promotion?: string | undefined;
  readonly bundle?: string | undefined;
  /** What the bundle needs of each item, and what the order has of it; empty where the agreement has no such bundle. */
  readonly bundleParts?: readonly BundlePart[] | undefined;
  /** What was agreed, in `unit` and `basis`. */
  readonly form: PriceForm;
  readonly unit: string;
  /** How many of the item's unit one of `unit` holds; absent where it cannot be converted. */
  readonly unitHolds?: Decimal | undefined;
  readonly basis: string;
  readonly adjustments: readonly TermAdjustment[];
  /** Ordered to date under the agreement, in the item's unit; for cumulative tiers. */
  readonly orderedToDate?: Decimal | undefined;
  /** For cost-plus. */
  readonly cost?: Cost | undefined;
};

export type BundlePart = { readonly item: string; readonly needed: Decimal; readonly ordered: Decimal };

/** An offer, and what came of it. */
export type PriceCandidate = PriceOffer & {
  /** Why it does not count. */
  readonly refused?: Refusal | undefined;
  /** Absent where it does not count, unless it does not for what other candidates say. */
  readonly formula?: PriceFormula | undefined;
};

export type Refusal = { readonly code: RefusalCode; readonly text: string };

export type RefusalCode =
  | 'not-begun'
  | 'ended'
  | 'superseded'
  | 'other-currency'
  | 'other-zone'
  | 'unit-not-convertible'
  | 'basis-unknown'
  | 'below-minimum'
  | 'bundle-unknown'
  | 'bundle-incomplete'
  | 'no-tier-reached'
  | 'no-cost'
  /** Another row of the same agreement with the same claim began later. */
  | 'replaced'
  /** Nobody can say which of several prices was agreed: no other candidate counts in its place. */
  | 'contradictory';

/** From what was agreed to the price of the line's unit and basis, with every number that went in. */
export type PriceFormula = {
  /** Quantity by which the tier was found, in the term's unit: of the line, or to date with the order. */
  readonly tierQuantity?: Decimal | undefined;
  readonly tier?: Tier | undefined;
  /** Cost with margin in the term's unit and basis, before floor and cap. */
  readonly costPrice?: Decimal | undefined;
  /** Price as agreed, in the term's unit and basis. */
  readonly agreed: Decimal;
  /** Agreed price × `times` ÷ `by` is `price`: units of the line over those of the term, line's basis over the term's. */
  readonly times: Decimal;
  readonly by: Decimal;
  /** Element 639 of `price`: that of the proof, unless the order's basis is unknown. */
  readonly basis: string;
  /** In the line's unit; ten decimals where the division does not end. */
  readonly price: Decimal;
};

/** A line in money, in the order's currency. */
export type PriceExtension = {
  readonly quantity: Decimal;
  readonly price: Decimal;
  readonly basis: string;
  /** Quantity × price, rounded once. */
  readonly goods: Decimal;
  /** Each rounded once, as it stands in a SAC of its own; percents are of `goods`. */
  readonly adjustments: readonly { readonly adjustment: TermAdjustment; readonly amount: Decimal }[];
  /** Goods, less allowances, with charges. */
  readonly amount: Decimal;
  readonly rounding: Rounding;
  /** Decimals of the currency. */
  readonly decimals: number;
};
