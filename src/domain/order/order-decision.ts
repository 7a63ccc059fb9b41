import type { PlainDate } from '../../lib/dates.ts';
import type { Decimal } from '../../lib/decimal.ts';
import type { RouteDecision } from '../allocation/route-line.ts';
import type { BlanketBooking } from '../blanket/blanket.ts';
import type { ExceptionToRaise } from '../exception/exception-kinds.ts';
import type { PriceProof } from '../pricing/price-proof.ts';
import type { Reason } from '../reason.ts';

export type { Reason } from '../reason.ts';

/**
 * How one line is answered (element 668, ACK01): IA accepted, IB backordered, IC accepted with several changes,
 * ID deleted, IE price pending, IF incomplete description, IH on hold, IP price changed, IQ quantity changed,
 * IR rejected, IS substituted, DR date rescheduled, BP partial, SP schedule pending, R1 not a contract item,
 * R2 invalid item, R3 invalid unit, R4 contract item unavailable.
 */
export type LineStatus =
  | ('IA' | 'IB' | 'IC' | 'ID' | 'IE' | 'IF' | 'IH' | 'IP' | 'IQ' | 'IR' | 'IS' | 'DR' | 'BP' | 'SP')
  | ('R1' | 'R2' | 'R3' | 'R4');

export type OrderOutcome = 'accepted' | 'accepted-with-changes' | 'held' | 'rejected';

export type OrderDecision = {
  readonly outcome: OrderOutcome;
  /** The same order came before with the same content: answered as it was answered then. */
  readonly repeated: boolean;
  readonly reasons: readonly Reason[];
  /** One for every line of the order, in its order. */
  readonly lines: readonly LineDecision[];
  readonly exceptions: readonly ExceptionToRaise[];
  /** What it draws on the blanket that it releases from. */
  readonly bookings?: readonly BlanketBooking[] | undefined;
  /** Amount of the lines that stand, in the order's currency: what it adds to the customer's exposure. */
  readonly amount?: Decimal | undefined;
};

export type LineDecision = {
  readonly status: LineStatus;
  /** Our item number. */
  readonly item?: string | undefined;
  /** Where another quantity is answered than was ordered; in `unit`. */
  readonly quantity?: Decimal | undefined;
  readonly unit?: string | undefined;
  /** The price that the line is answered with, in `priceBasis`. */
  readonly price?: Decimal | undefined;
  readonly priceBasis?: string | undefined;
  readonly proof?: PriceProof | undefined;
  /** When what is promised ships; in the order of time. Absent where stock is not kept here. */
  readonly promises?: readonly LinePromise[] | undefined;
  /** What the serials of it must have. */
  readonly requires?: Readonly<Record<string, string>> | undefined;
  /** How the warehouses were ranked for it. */
  readonly route?: RouteDecision | undefined;
  readonly reasons: readonly Reason[];
};

/** A part of a line that ships together. Quantities are in the unit of the line. */
export type LinePromise = {
  readonly kind: 'now' | 'backorder';
  readonly quantity: Decimal;
  /** The same in the unit that the item is stocked in. */
  readonly stockQuantity: Decimal;
  /** ACK05 with 068 in ACK04; absent where nobody knows when there will be stock. */
  readonly ships?: PlainDate | undefined;
  readonly warehouse?: string | undefined;
  readonly serials?: readonly string[] | undefined;
};
