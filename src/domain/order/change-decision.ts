import type { Decimal } from '../../lib/decimal.ts';
import type { Blanket, BlanketBooking } from '../blanket/blanket.ts';
import type { ExceptionToRaise } from '../exception/exception-kinds.ts';
import type { QuantityMeaning } from './change-quantity.ts';
import type { Difference } from './compare-orders.ts';
import type { LineDecision, LineStatus, OrderDecision, Reason } from './order-decision.ts';
import type { OrderFacts } from './order-facts.ts';
import type { PurchaseOrder, PurchaseOrderLine } from './purchase-order.ts';
import type { Ruling } from './ruling.ts';

/** Everything that the decision on a change may know. */
export type ChangeFacts = {
  /** For deciding the changed order; its rulings are those on the order, and `earlier` does not count. */
  readonly orderFacts: OrderFacts;
  /** Absent where the order has not come. */
  readonly current: StandingOrder | undefined;
  /** Changes of the same order that came before this one, without this one itself. */
  readonly earlierChanges: readonly EarlierChange[];
  /** What people have decided of this change. */
  readonly rulings: readonly Ruling[];
  /** Whether it may still wait for what it needs to come first: the partner file says how long. */
  readonly mayWait: boolean;
  readonly policy: ChangePolicy;
  /** Which one it was counted as when it came; absent where it comes now. */
  readonly sequence?: number | undefined;
};

export type ChangePolicy = {
  /** What POC03 of QI and QD is; where absent, the numbers must show it. */
  readonly quantity?: QuantityMeaning | undefined;
  /** Whether a change waits for those whose numbers are missing before it. */
  readonly gaps: 'wait' | 'apply';
  /** Whether changes without a number (BCH05) are counted as they come; each is the first otherwise. */
  readonly sequence?: 'required' | 'by-arrival' | undefined;
};

export type OrderVersion = {
  readonly version: number;
  readonly order: PurchaseOrder;
  readonly decision: OrderDecision;
  readonly state: 'open' | 'closed' | 'cancelled';
};

export type StandingOrder = OrderVersion & {
  /** By line number, in the unit of the line. */
  readonly shipped: ReadonlyMap<string, Decimal>;
  /** The commitment that it opened, where it is a blanket order. */
  readonly blanket?: Blanket | undefined;
};

export type EarlierChange = {
  readonly sequence: number;
  readonly contentHash: string;
  /** `held`: a person was asked. */
  readonly state: 'waiting' | 'held' | 'applied' | 'refused';
  /** How it was answered, where it was. */
  readonly decision?: ChangeDecision | undefined;
};

export type ChangeOutcome =
  | OrderDecision['outcome']
  /** For its order, or for a change before it. */
  | 'waiting'
  /** The same change came before: what was answered then is answered again. */
  | 'repeated';

export type ChangeDecision = {
  readonly outcome: ChangeOutcome;
  /** What came of it when it came first, where it is `repeated`. */
  readonly repeats?: ChangeOutcome | undefined;
  /** BCH05; undefined where it is no number. */
  readonly sequence: number | undefined;
  readonly reasons: readonly Reason[];
  /** The whole order as it stands, every line once: what an 865 restates. */
  readonly lines: readonly ChangedLine[];
  /** The order as it stands after this decision; absent where there is none. */
  readonly stands?: OrderVersion | undefined;
  /** The same where it is a new version of it. */
  readonly next?: OrderVersion | undefined;
  readonly differences: readonly Difference[];
  readonly exceptions: readonly ExceptionToRaise[];
  /** What it adds to or takes off the commitment of a blanket order. */
  readonly bookings: readonly BlanketBooking[];
  /** The blanket order with its lines, prices and state as they are then; absent where nothing of it changes. */
  readonly blanket?: Blanket | undefined;
  /** Rulings on what the buyer has changed since: they count no more. */
  readonly overtaken: readonly Ruling[];
};

/** A line of the order as it stands, or one that the change took out or could not add. */
export type ChangedLine = {
  readonly line: PurchaseOrderLine;
  /** POC02, and its word in a change. */
  readonly change: ChangeOfLine;
  /** ACK01 */
  readonly status: LineStatus;
  readonly decision?: LineDecision | undefined;
  readonly reasons: readonly Reason[];
  readonly shipped: Decimal;
};

export type ChangeOfLine = { readonly word: string; readonly code: string };
