import type { Decimal } from '../../lib/decimal.ts';
import type { Item } from '../catalogue/catalogue.ts';
import type { BlanketBooking, BlanketLine } from './blanket.ts';

export type ReleaseLine = {
  /** PO101. */
  readonly number: string;
  /** Absent where it is not known which item of ours is meant. */
  readonly item?: Item | undefined;
  readonly quantity?: Decimal | undefined;
  /** Unit and price are those of the blanket where absent. */
  readonly unit?: string | undefined;
  readonly price?: Decimal | undefined;
  readonly priceBasis?: string | undefined;
  /** It does not stand for a reason that was told already: it draws on nothing. */
  readonly refused?: boolean | undefined;
  /** What a person has overridden: still told, it does not stand against the line. */
  readonly waives?: ((code: ReleaseCode) => boolean) | undefined;
};

export type ReleaseQuestion = {
  readonly poNumber: string;
  /** BEG04. */
  readonly releaseNumber: string;
  readonly lines: readonly ReleaseLine[];
  /**
   * What an earlier version of this release has booked, by line of the blanket: it may be kept whatever has become of
   * the blanket, and what is not wanted any more is given back.
   */
  readonly booked?: ReadonlyMap<string, Decimal> | undefined;
};

export type ReleaseCode =
  | 'blanket-unknown'
  | 'blanket-closed'
  | 'blanket-not-yet-valid'
  | 'blanket-expired'
  | 'blanket-line-unknown'
  | 'blanket-price'
  | 'blanket-over-release'
  | 'quantity-missing'
  | 'quantity-not-positive'
  | 'unit-unknown';

export type ReleaseReason = { readonly code: ReleaseCode; readonly text: string };

export type ReleaseNote = {
  readonly code: 'blanket-balance' | 'blanket-over-estimate';
  readonly text: string;
};

export type ReleaseCheck = {
  /** What stands against the release as a whole. */
  readonly reasons: readonly ReleaseReason[];
  /** One for each line, in their order. */
  readonly lines: readonly ReleaseLineCheck[];
  readonly bookings: readonly BlanketBooking[];
};

export type ReleaseLineCheck = {
  readonly stands: boolean;
  readonly reasons: readonly ReleaseReason[];
  /** Told of a line that stands: the balance before and after it, or that it goes over what was estimated. */
  readonly notes: readonly ReleaseNote[];
  /** On which line of the blanket it draws, how much in the unit of that line, and at what price. */
  readonly draws?: BlanketDraw | undefined;
};

export type BlanketDraw = Pick<BlanketLine, 'number' | 'unit' | 'price' | 'priceBasis'> & {
  readonly quantity: Decimal;
};
