import { type Decimal, fromBig, toBig } from '../../lib/decimal.ts';
import type { Reason } from '../order/order-decision.ts';
import type { Blanket, BlanketBooking } from './blanket.ts';
import { applyEntries } from './ledger.ts';
import { type CommittedLine, openLine } from './open-blanket.ts';

/** What a change of a blanket leads to; where a line cannot become what is wanted it stays, with the reason. */
export type AmendedBlanket = {
  /** With the bookings counted. */
  readonly blanket: Blanket;
  readonly bookings: readonly BlanketBooking[];
  readonly reasons: readonly Reason[];
};

/**
 * The blanket with the lines as they shall be from now on (860): more, less, new or none of them, and at another price.
 * A commitment never falls below what is released.
 */
export function amendBlanket(
  blanket: Blanket,
  wanted: readonly CommittedLine[],
  reference: string,
): AmendedBlanket {
  const refused = refuseAmendment(blanket, wanted);
  const kept = new Set(refused.map(({ line }) => line));
  const lines = new Map(blanket.lines.map((line) => [line.number, line]));
  const bookings: BlanketBooking[] = [];
  const commit = (line: string, quantity: Decimal, before: Decimal) => {
    const more = toBig(quantity).minus(before);
    if (!more.eq(0))
      bookings.push({ blanket: blanket.id, line, kind: 'commit', quantity: fromBig(more), reference });
  };
  for (const line of wanted.filter(({ number }) => !kept.has(number))) {
    const before = lines.get(line.number) ?? openLine({ ...line, quantity: '0' });
    lines.set(line.number, { ...before, price: line.price, priceBasis: line.priceBasis });
    commit(line.number, line.quantity, before.committed);
  }
  const named = new Set(wanted.map(({ number }) => number));
  for (const { number, committed } of blanket.lines)
    if (!named.has(number) && !kept.has(number)) commit(number, '0', committed);
  const amended = applyEntries({ ...blanket, lines: [...lines.values()] }, bookings);
  return { blanket: amended, bookings, reasons: refused.map(({ reason }) => reason) };
}

type Refusal = { readonly line: string; readonly reason: Reason };

function refuseAmendment(blanket: Blanket, wanted: readonly CommittedLine[]): Refusal[] {
  const refusals: Refusal[] = [];
  const refuse = (line: string, code: string, text: string) =>
    refusals.push({
      line,
      reason: { code, text: `line ${line} of blanket order ${blanket.poNumber} ${text}` },
    });
  const lines = new Map(wanted.map((line) => [line.number, line]));
  if (blanket.state === 'closed') {
    for (const { number } of wanted)
      refuse(number, 'blanket-closed', 'is closed: it is not changed any more');
    for (const { number } of blanket.lines)
      if (!lines.has(number)) refuse(number, 'blanket-closed', 'is closed: it is not changed any more');
    return refusals;
  }
  for (const before of blanket.lines) {
    const line = lines.get(before.number);
    const committed = line?.quantity ?? '0';
    if (line !== undefined && (line.item !== before.item || line.unit !== before.unit))
      refuse(
        before.number,
        'blanket-line-replaced',
        `is ${before.item} in ${before.unit}: another item or unit takes a new line`,
      );
    else if (toBig(committed).lt(before.released))
      refuse(
        before.number,
        'commitment-below-released',
        `cannot be lowered to ${committed} ${before.unit}: ${before.released} are released`,
      );
  }
  for (const { number, quantity } of wanted)
    if (toBig(quantity).lt(0)) refuse(number, 'quantity-not-positive', `cannot commit to ${quantity}`);
  return refusals;
}
