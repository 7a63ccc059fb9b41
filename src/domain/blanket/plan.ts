import type { PlainDate } from '../../lib/dates.ts';
import type { Decimal } from '../../lib/decimal.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { ExceptionToRaise } from '../exception/exception-kinds.ts';
import type { PurchaseOrder } from '../order/purchase-order.ts';
import type { BlanketPolicy } from '../partner/order-policy.ts';
import type { Reason } from '../reason.ts';
import type { ReceivingAdvice } from '../receiving/receiving-advice.ts';
import type { PlanningSchedule } from '../schedule/planning-schedule.ts';
import type { ShippingSchedule } from '../schedule/shipping-schedule.ts';
import type { Blanket, BlanketBooking, BlanketEntry, Cumulative } from './blanket.ts';

/** What speaks of blanket orders and is no order: what will be needed (830), when to ship (862), what arrived (861). */
export type PlanDocument = PlanningSchedule | ShippingSchedule | ReceivingAdvice;

/** Everything that the decision on one may know. */
export type PlanFacts = {
  readonly catalogue: Catalogue;
  /** Those that it may be about. */
  readonly blankets: readonly Blanket[];
  readonly policy: BlanketPolicy;
  /** What was shipped, received and returned on them. */
  readonly entries: readonly BlanketEntry[];
  /** Documents of the same kind and number that came before. */
  readonly earlier: readonly EarlierPlan[];
  /** The days of the schedules that came before for a line. */
  readonly latest: readonly Pick<LinePlan, 'blanket' | 'line' | 'kind' | 'issuedOn'>[];
  /** Numbers of orders that are here and no blanket orders. */
  readonly orders: ReadonlySet<string>;
  /** Places of its lines, from 1, that were dealt with before, where it is decided again. */
  readonly settled?: ReadonlySet<number> | undefined;
};

export type EarlierPlan = { readonly contentHash: string };

export type PlanDecision = {
  /** The same document came before: nothing is done again. */
  readonly repeated: boolean;
  /** What it led to, line by line. */
  readonly reasons: readonly Reason[];
  readonly exceptions: readonly ExceptionToRaise[];
  readonly bookings: readonly BlanketBooking[];
  readonly plans: readonly LinePlan[];
  readonly counts: readonly LineCount[];
  /** Orders that it amounts to: what is firm of it. */
  readonly releases: readonly PurchaseOrder[];
  /** Places of its lines, from 1, that are dealt with. */
  readonly settled: readonly number[];
};

export type LineOfBlanket = { readonly blanket: string; readonly line: string };

/** What the buyer counts of a line. */
export type LineCount = LineOfBlanket & Cumulative;

/** What the buyer expects to need of a line, or when it wants it shipped: as its last schedule says. */
export type LinePlan = LineOfBlanket & {
  readonly kind: (PlanningSchedule | ShippingSchedule)['kind'];
  readonly issuedOn: PlainDate;
  /** First and last day that the schedule speaks of. */
  readonly from?: PlainDate | undefined;
  readonly to?: PlainDate | undefined;
  readonly quantities: readonly PlannedQuantity[];
};

export type PlannedQuantity = {
  readonly date: PlainDate;
  /** As the schedule says it, in the unit of the line. */
  readonly quantity: Decimal;
  readonly certainty: string;
  /** In all since the start of the blanket order, by this day; absent where the schedule does not let it be told. */
  readonly total?: Decimal | undefined;
};
