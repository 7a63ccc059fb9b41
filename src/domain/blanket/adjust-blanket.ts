import { type Decimal, fromBig, toBig } from '../../lib/decimal.ts';
import type { Reason } from '../order/order-decision.ts';
import { describeLimit, releaseLimit, remainingQuantity } from './balance.ts';
import type { Blanket, BlanketBooking } from './blanket.ts';

/** What is left lapses; the releases so far stand. Empty where it is closed already. */
export function closeBlanket(blanket: Blanket, reference: string): readonly BlanketBooking[] {
  if (blanket.state === 'closed') return [];
  return blanket.lines.map((line) => ({
    blanket: blanket.id,
    line: line.number,
    kind: 'close',
    quantity: remainingQuantity(line),
    reference,
  }));
}

export type Adjustment =
  | { readonly kind: 'adjusted'; readonly booking: BlanketBooking }
  | { readonly kind: 'refused'; readonly reason: Reason };

/**
 * A person's correction of what counts as released of a line: so much more, or less with a minus sign. It stays within
 * what may be released, and never falls below what is shipped.
 */
export function adjustReleased(
  blanket: Blanket,
  number: string,
  quantity: Decimal,
  reference: string,
): Adjustment {
  const refuse = (code: string, text: string): Adjustment => ({ kind: 'refused', reason: { code, text } });
  const line = blanket.lines.find((one) => one.number === number);
  if (line === undefined) {
    const numbers = blanket.lines.map((one) => one.number).join(', ') || 'none';
    return refuse(
      'blanket-line-unknown',
      `blanket order ${blanket.poNumber} has no line ${number}: ${numbers}`,
    );
  }
  const name = `line ${number} of blanket order ${blanket.poNumber}`;
  const released = toBig(line.released).plus(quantity);
  const limit = releaseLimit(blanket, line);
  if (toBig(quantity).eq(0)) return refuse('quantity-zero', `${name}: nothing is adjusted by ${quantity}`);
  if (blanket.state === 'closed')
    return refuse('blanket-closed', `${name} is closed: it is not changed any more`);
  if (released.lt(line.shipped))
    return refuse(
      'adjusted-below-shipped',
      `${name}: ${fromBig(released)} ${line.unit} would count as released, and ${line.shipped} are shipped`,
    );
  if (limit !== undefined && toBig(quantity).gt(0) && released.gt(limit))
    return refuse(
      'blanket-over-release',
      `${name}: ${fromBig(released)} ${line.unit} would count as released, of ${describeLimit(blanket, line)}`,
    );
  const entry = { blanket: blanket.id, line: number, kind: 'adjust', reference } as const;
  return { kind: 'adjusted', booking: { ...entry, quantity: fromBig(toBig(quantity)) } };
}
