import type { Decimal } from '../../lib/decimal.ts';
import type { BlanketBooking } from '../blanket/blanket.ts';
import type { ExceptionKind } from '../exception/exception-kinds.ts';
import type { HoldReason, LineDraft } from './line-draft.ts';
import { findOverride, overrule } from './line-draft.ts';
import type { OrderDecision, Reason } from './order-decision.ts';
import type { OrderFacts } from './order-facts.ts';
import type { PurchaseOrder } from './purchase-order.ts';

/** An order while it is decided: the checks go over it one after the other, and each adds what it finds. */
export type Docket = {
  readonly order: PurchaseOrder;
  readonly facts: OrderFacts;
  readonly drafts: readonly LineDraft[];
  /** What is said of the order as a whole. */
  readonly notes: Reason[];
  readonly holds: HoldReason[];
  readonly refusals: Reason[];
  bookings: readonly BlanketBooking[];
  amount: Decimal | undefined;
  authorised: NonNullable<OrderDecision['authorised']>;
};

export type Check = (docket: Docket) => void;

/** The whole order waits, unless a person has overridden the reason. */
export function holdOrder(docket: Docket, code: ExceptionKind, text: string): void {
  const by = findOverride(wholeRulings(docket), code);
  if (by === undefined) docket.holds.push({ code, text });
  else docket.notes.push(overrule({ code, text }, by));
}

export function refuseOrder(docket: Docket, code: string, text: string): void {
  const by = findOverride(wholeRulings(docket), code);
  if (by === undefined) docket.refusals.push({ code, text });
  else docket.notes.push(overrule({ code, text }, by));
}

/** Whether nothing holds or refuses the order as a whole. */
export function isFirmOrder({ holds, refusals }: Docket): boolean {
  return holds.length + refusals.length === 0;
}

function wholeRulings({ facts }: Docket) {
  return facts.rulings.filter(({ line }) => line === undefined);
}
