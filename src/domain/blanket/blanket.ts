import type { Instant, PlainDate } from '../../lib/dates.ts';
import type { Decimal } from '../../lib/decimal.ts';

/**
 * A blanket order: so much of each item is committed, and releases draw on it. Quantities are in the unit of their
 * line. The sums are of the ledger, and stand beside it so that one locked row tells the balance.
 */
export type Blanket = {
  readonly id: string;
  readonly partner: string;
  readonly poNumber: string;
  readonly contractNumber?: string | undefined;
  /** BEG02 BK is firm, BE estimated. */
  readonly firm: boolean;
  readonly validFrom?: PlainDate | undefined;
  readonly validTo?: PlainDate | undefined;
  readonly state: 'open' | 'closed';
  /** By how much of the commitment, in percent, releases may go over it. Absent: more is told, and not refused. */
  readonly allowance?: Decimal | undefined;
  /** Alerts that were told: none is told twice. */
  readonly told: readonly string[];
  readonly lines: readonly BlanketLine[];
};

export type BlanketLine = {
  readonly number: string;
  readonly item: string;
  readonly unit: string;
  readonly price?: Decimal | undefined;
  readonly priceBasis?: string | undefined;
  readonly committed: Decimal;
  readonly released: Decimal;
  readonly shipped: Decimal;
  /** Told by 861. */
  readonly received: Decimal;
  /** Came back after it was shipped. It draws on the balance still: what is ordered again is given back apart. */
  readonly returned: Decimal;
  /** What the buyer's last schedule (830, 862) counts as received. */
  readonly cumulative?: Cumulative | undefined;
};

/** A count since the start of the blanket, up to and with a day. */
export type Cumulative = { readonly quantity: Decimal; readonly on: PlainDate };

/**
 * Which sum an entry counts to: commit → committed; release and adjust → released; ship, receive and return → their own.
 * An adjustment is a person's correction of what counts as released. A close counts to none: it says how much was left.
 */
export type BlanketEntryKind = 'commit' | 'release' | 'ship' | 'receive' | 'return' | 'adjust' | 'close';

/** A line of the ledger: never changed, never taken out. What is undone is a later entry of the other sign. */
export type BlanketEntry = {
  readonly blanket: string;
  readonly line: string;
  readonly kind: BlanketEntryKind;
  /** Signed, in the unit of the line. */
  readonly quantity: Decimal;
  readonly at: Instant;
  /** What it is for: release number, ship notice, person and reason. */
  readonly reference: string;
  /** The order that it belongs to: the release, or the blanket itself. */
  readonly order?: string | undefined;
};

/** An entry before it is known when it is made. */
export type BlanketBooking = Omit<BlanketEntry, 'at'>;
