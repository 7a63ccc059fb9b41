import type { Context } from '../../context.ts';
import { adjustReleased, closeBlanket } from '../../domain/blanket/adjust-blanket.ts';
import type { Blanket, BlanketBooking } from '../../domain/blanket/blanket.ts';
import { applyEntries } from '../../domain/blanket/ledger.ts';
import { bookEntries, loadBlankets } from '../../store/blankets.ts';
import { inTransaction } from '../../store/database.ts';
import { recordEvents } from '../../store/events.ts';

export type HandWork = {
  readonly partner: string;
  readonly poNumber: string;
  readonly by: string;
  readonly reason: string;
};

export type HandChange =
  | { readonly kind: 'changed'; readonly blanket: Blanket; readonly text: string }
  | { readonly kind: 'refused'; readonly text: string };

type Wanted =
  | { readonly kind: 'booked'; readonly bookings: readonly BlanketBooking[]; readonly text: string }
  | { readonly kind: 'refused'; readonly text: string };

/** Nothing more is released of it, and nothing gives it back. */
export function closeByHand(context: Context, work: HandWork): Promise<HandChange> {
  return changeByHand(context, work, 'blanket-closed', (blanket) => {
    const bookings = closeBlanket(blanket, describeReference(work));
    const text = `blanket order ${blanket.poNumber} closed by ${describeReference(work)}`;
    if (bookings.length > 0) return { kind: 'booked', bookings, text };
    return { kind: 'refused', text: `blanket order ${blanket.poNumber} is closed already` };
  });
}

/** So much more of a line counts as released; less with a minus sign. */
export function adjustByHand(
  context: Context,
  work: HandWork,
  line: string,
  quantity: string,
): Promise<HandChange> {
  return changeByHand(context, work, 'blanket-adjusted', (blanket) => {
    const adjustment = adjustReleased(blanket, line, quantity, describeReference(work));
    if (adjustment.kind === 'refused') return { kind: 'refused', text: adjustment.reason.text };
    const { released, unit } = blanket.lines.find(({ number }) => number === line)!;
    const text = `line ${line} of blanket order ${blanket.poNumber}: ${released} ${unit} released adjusted by ${quantity}, by ${describeReference(work)}`;
    return { kind: 'booked', bookings: [adjustment.booking], text };
  });
}

function describeReference({ by, reason }: HandWork): string {
  return `${by}: ${reason}`;
}

async function changeByHand(
  { db, clock, ids }: Context,
  { partner, poNumber }: HandWork,
  kind: string,
  change: (blanket: Blanket) => Wanted,
): Promise<HandChange> {
  return await inTransaction(db, async (tx): Promise<HandChange> => {
    const [blanket] = await loadBlankets(tx, partner, { numbers: [poNumber] });
    if (blanket === undefined)
      return { kind: 'refused', text: `${partner} has no blanket order ${poNumber}` };
    const wanted = change(blanket);
    if (wanted.kind === 'refused') return wanted;
    const { bookings, text } = wanted;
    const at = clock();
    await bookEntries(
      tx,
      bookings.map((booking) => ({ ...booking, at })),
    );
    await recordEvents(tx, [{ id: ids(), at, partner, kind, text }]);
    return { kind: 'changed', blanket: applyEntries(blanket, bookings), text };
  });
}
