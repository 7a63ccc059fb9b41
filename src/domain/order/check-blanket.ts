import type { BlanketBooking, BlanketLine } from '../blanket/blanket.ts';
import { checkRelease } from '../blanket/check-release.ts';
import { checkBlanketOrder } from '../blanket/open-blanket.ts';
import type { ReleaseCheck } from '../blanket/release.ts';
import { EXCEPTION_KINDS, type ExceptionKind } from '../exception/exception-kinds.ts';
import type { PriceAsked } from '../pricing/price-line.ts';
import { type Docket, holdOrder, refuseOrder } from './docket.ts';
import { findOverride, hold, isFirm, note, refuse } from './line-draft.ts';
import { isBlanketOrder } from './purchase-order.ts';

/** The line of an item in the blanket that the order releases from. */
export function findBlanketLine({ order, facts }: Docket, item: string): BlanketLine | undefined {
  return order.type === 'release' ? facts.blanket?.lines.find((one) => one.item === item) : undefined;
}

export function findBlanketPrice(docket: Docket, item: string): PriceAsked['blanket'] {
  const line = findBlanketLine(docket, item);
  if (line?.price === undefined) return undefined;
  return {
    number: docket.facts.blanket!.poNumber,
    price: line.price,
    basis: line.priceBasis ?? 'PE',
    unit: line.unit,
  };
}

/** Who is asked about a blanket order that cannot be opened as it is. */
const OPENING: Readonly<Record<string, ExceptionKind>> = {
  'blanket-dates-crossed': 'date-impossible',
  'blanket-expired': 'blanket-expired',
};

/** A release draws on its blanket: what goes over, or is not in it, does not stand. */
export function checkBlanket(docket: Docket): void {
  const { order, facts, drafts } = docket;
  if (isBlanketOrder(order)) {
    for (const { code, text } of checkBlanketOrder(order, facts.today))
      holdOrder(docket, OPENING[code] ?? 'type-needs-person', text);
    // Releases name their blanket by its number alone.
    if (facts.taken !== undefined)
      refuseOrder(docket, 'duplicate-order', `there is a blanket order ${order.poNumber} already`);
  }
  if (order.type !== 'release') return;
  const check = askRelease(docket);
  const held = facts.policy['over-release'] === 'hold';
  for (const { code, text } of check.reasons) {
    // A blanket order that is not here may be on its way: its releases wait for it.
    if ((held || code === 'blanket-unknown') && isKind(code)) holdOrder(docket, code, text);
    else refuseOrder(docket, code, text);
  }
  for (const [i, { reasons, notes }] of check.lines.entries()) {
    const draft = drafts[i]!;
    for (const { code, text } of notes) note(draft, code, text);
    for (const { code, text } of reasons) {
      if (held && isKind(code)) hold(draft, 'IH', code, text);
      else refuse(draft, 'IR', code, text);
    }
  }
}

/** What the lines that stand in the end draw on the blanket. */
export function bookRelease(docket: Docket): readonly BlanketBooking[] {
  return docket.order.type === 'release' ? askRelease(docket).bookings : [];
}

function askRelease({ order, facts, drafts }: Docket): ReleaseCheck {
  return checkRelease(
    {
      poNumber: order.poNumber,
      releaseNumber: order.releaseNumber ?? '',
      booked: facts.booked,
      lines: drafts.map((draft) => ({
        number: draft.line.number,
        item: draft.item,
        quantity: draft.quantity,
        unit: draft.unit,
        price: draft.line.unitPrice,
        priceBasis: draft.line.priceBasis,
        refused: !isFirm(draft),
        waives: (code) => findOverride(draft.rulings, code) !== undefined,
      })),
    },
    facts.blanket,
    facts.today,
  );
}

function isKind(code: string): code is ExceptionKind {
  return Object.hasOwn(EXCEPTION_KINDS, code);
}
