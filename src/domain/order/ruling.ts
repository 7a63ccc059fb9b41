import type { Instant, PlainDate } from '../../lib/dates.ts';
import type { Decimal } from '../../lib/decimal.ts';

/** What a person decided about an order or one of its lines: a fact of the next decision, never a change by hand. */
export type Ruling = {
  readonly at: Instant;
  readonly by: string;
  readonly reason?: string | undefined;
  /** PO101; the whole order where absent. */
  readonly line?: string | undefined;
  readonly choice: RulingChoice;
};

export type RulingChoice =
  | { readonly kind: 'accept-their-price' }
  | { readonly kind: 'answer-our-price' }
  | { readonly kind: 'answer-with-price'; readonly price: Decimal; readonly basis?: string | undefined }
  | { readonly kind: 'choose-item'; readonly item: string }
  | { readonly kind: 'substitute'; readonly item: string }
  | { readonly kind: 'set-quantity'; readonly quantity: Decimal }
  /** The number of the order, or the purchase order that pays for a line. */
  | { readonly kind: 'set-po-number'; readonly poNumber: string }
  /** The day on which a line ships, whatever stock and its dates say. */
  | { readonly kind: 'promise-date'; readonly date: PlainDate }
  | { readonly kind: 'reject' }
  | { readonly kind: 'cancel' }
  /** What else stands against it does not count: named by reason code, everything where none is named. */
  | { readonly kind: 'override'; readonly codes: readonly string[] }
  | { readonly kind: 'release-hold' };
