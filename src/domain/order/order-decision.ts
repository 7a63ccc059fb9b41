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

/** Answers that say nothing but when a line ships. */
export const SUPPLY: ReadonlySet<LineStatus> = new Set(['IA', 'IB', 'BP', 'SP', 'DR']);

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
  /** Quotes of the customer that it names. */
  readonly quotes?: readonly string[] | undefined;
  /** Amount of the lines that stand, in the order's currency: what it adds to the customer's exposure. */
  readonly amount?: Decimal | undefined;
  /** What it uses of the purchase orders that the customer has listed with an authority. */
  readonly authorised?: readonly { readonly poNumber: string; readonly amount: Decimal }[] | undefined;
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
  /** The day that a person has promised, where there are no parts. */
  readonly ships?: PlainDate | undefined;
  /** The purchase order that it is billed under, where that is another than the order's own. */
  readonly paidBy?: string | undefined;
  /** What the serials of it must have. */
  readonly requires?: Readonly<Record<string, string>> | undefined;
  /** How the warehouses were ranked for it. */
  readonly route?: RouteDecision | undefined;
  /** The same for each of its parts, where it is wanted in parts. */
  readonly routes?: readonly RouteDecision[] | undefined;
  readonly reasons: readonly Reason[];
};

/** A part of a line that ships together. Quantities are in the unit of the line. */
export type LinePromise = {
  /** `shipped`: has left; nothing is drawn for it any more. */
  readonly kind: 'now' | 'backorder' | 'shipped';
  readonly quantity: Decimal;
  /** The same in the unit that the item is stocked in. */
  readonly stockQuantity: Decimal;
  /** ACK05 with 068 in ACK04; absent where nobody knows when there will be stock. */
  readonly ships?: PlainDate | undefined;
  readonly warehouse?: string | undefined;
  readonly serials?: readonly string[] | undefined;
  /** Where this part goes, of a line that names places of its own. */
  readonly shipTo?: string | undefined;
  /** Which part it belongs to, from 1, of a line that is wanted on several days or at several places. */
  readonly part?: number | undefined;
  /** The day before which that part is not to leave. */
  readonly notBefore?: PlainDate | undefined;
  /** How that part is answered: its ACK01. */
  readonly status?: PartStatus | undefined;
};

export type PartStatus = Extract<LineStatus, 'IA' | 'IB' | 'DR' | 'SP'>;

/** What has no day comes last. */
export function compareShips(a: Pick<LinePromise, 'ships'>, b: Pick<LinePromise, 'ships'>): number {
  return (a.ships ?? '9').localeCompare(b.ships ?? '9');
}

/** What the parts of a line come to. */
export function joinStatuses(parts: readonly PartStatus[]): PartStatus | 'BP' {
  const [first = 'IA', ...others] = new Set(parts);
  if (others.length === 0) return first;
  if (!parts.includes('IB') && !parts.includes('SP')) return 'DR';
  return parts.includes('IA') ? 'BP' : 'IB';
}
