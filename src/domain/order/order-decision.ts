import type { Decimal } from '../../lib/decimal.ts';
import type { ExceptionToRaise } from '../exception/exception-kinds.ts';

/**
 * How one line is answered (element 668, ACK01): IA accepted, IB backordered, IC accepted with several changes,
 * ID deleted, IE price pending, IH on hold, IP price changed, IQ quantity changed, IR rejected, IS substituted,
 * DR date rescheduled, BP partial, R1 not a contract item, R2 invalid item, R3 invalid unit, R4 unavailable.
 */
export type LineStatus = 'IA' | 'IE' | 'IH' | 'IP' | 'IR' | 'R2' | 'R3';

export type OrderOutcome = 'accepted' | 'accepted-with-changes' | 'held' | 'rejected';

export type OrderDecision = {
  readonly outcome: OrderOutcome;
  /** The same order came before with the same content: answered as it was answered then. */
  readonly repeated: boolean;
  readonly reasons: readonly Reason[];
  /** One for every line of the order, in its order. */
  readonly lines: readonly LineDecision[];
  readonly exceptions: readonly ExceptionToRaise[];
};

export type LineDecision = {
  readonly status: LineStatus;
  /** Our item number. */
  readonly item?: string | undefined;
  readonly unit?: string | undefined;
  /** The price that the line is answered with, in `priceBasis`. */
  readonly price?: Decimal | undefined;
  readonly priceBasis?: string | undefined;
  readonly proof?: PriceProof | undefined;
  readonly reasons: readonly Reason[];
};

/** How the price came about; the status can be derived from it again without the database. */
export type PriceProof = {
  readonly ours?: Decimal | undefined;
  readonly theirs?: Decimal | undefined;
  readonly basis: string;
  /** |theirs − ours|. */
  readonly difference?: Decimal | undefined;
  /** Greatest difference that the partner file allows. */
  readonly allowed?: Decimal | undefined;
  readonly rule:
    | 'equal'
    | 'within-tolerance'
    | 'outside-tolerance'
    | 'order-has-no-price'
    | 'no-price-of-ours'
    | 'basis-unknown';
};

/** `code` is stable and for machines, `text` is for the person on the phone. */
export type Reason = { readonly code: string; readonly text: string };
