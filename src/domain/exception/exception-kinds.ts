import { BILLING_KINDS } from './billing-kinds.ts';
import { EXCHANGE_KINDS } from './exchange-kinds.ts';
import type { KindOfException } from './kind.ts';
import { ORDER_KINDS } from './order-kinds.ts';
import { OWN_ORDER_KINDS } from './own-order-kinds.ts';
import { PLAN_KINDS } from './plan-kinds.ts';
import { QUOTE_KINDS } from './quote-kinds.ts';
import { SHIPMENT_KINDS } from './shipment-kinds.ts';

/** Everything that waits for a person: nothing is dropped, guessed or silently repaired. */
export const EXCEPTION_KINDS = {
  ...ORDER_KINDS,
  ...PLAN_KINDS,
  ...QUOTE_KINDS,
  ...OWN_ORDER_KINDS,
  ...BILLING_KINDS,
  ...EXCHANGE_KINDS,
  ...SHIPMENT_KINDS,
} as const satisfies Readonly<Record<string, KindOfException>>;

export type ExceptionKind = keyof typeof EXCEPTION_KINDS;

/** The kind of a stored exception; absent where a later or earlier version of this program raised it. */
export function findKind(kind: string): KindOfException | undefined {
  return Object.hasOwn(EXCEPTION_KINDS, kind) ? EXCEPTION_KINDS[kind as ExceptionKind] : undefined;
}

/** An exception as a decision raises it; who, when and which choices follow from its kind. */
export type ExceptionToRaise = {
  readonly kind: ExceptionKind;
  readonly message: string;
  /** PO101, where it concerns one line. */
  readonly line?: string | undefined;
};
