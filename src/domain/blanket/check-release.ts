import type { Big } from '../../lib/big.ts';
import type { PlainDate } from '../../lib/dates.ts';
import { type Decimal, fromBig, toBig } from '../../lib/decimal.ts';
import { describeLimit, releaseLimit } from './balance.ts';
import type { Blanket, BlanketBooking, BlanketLine } from './blanket.ts';
import { matchReleaseLine } from './match-release-line.ts';
import type {
  ReleaseCheck,
  ReleaseLine,
  ReleaseLineCheck,
  ReleaseNote,
  ReleaseQuestion,
  ReleaseReason,
} from './release.ts';

/**
 * Whether a release may draw on its blanket. Lines are taken in their order, and those on the same line of the blanket
 * count together: a line that goes over the limit is refused whole, and a later one that fits may stand.
 */
export function checkRelease(
  question: ReleaseQuestion,
  blanket: Blanket | undefined,
  today: PlainDate,
): ReleaseCheck {
  if (blanket === undefined) return refuseUnknown(question);
  const against = checkState(blanket, today);
  const draw: Draw = { question, blanket, against, drawn: new Map() };
  const lines = question.lines.map((line) => checkLine(line, draw));
  return {
    reasons: lines.some(({ late }) => late) ? against : [],
    lines: lines.map(({ late: _, ...line }) => line),
    bookings: bookDifference(draw),
  };
}

function refuseUnknown(question: ReleaseQuestion): ReleaseCheck {
  const text = `release ${question.releaseNumber}: there is no blanket order ${question.poNumber}`;
  return {
    reasons: [{ code: 'blanket-unknown', text }],
    lines: question.lines.map(() => ({ stands: false, reasons: [], notes: [] })),
    bookings: [],
  };
}

/** First and last day count as valid. */
function checkState({ poNumber, state, validFrom, validTo }: Blanket, today: PlainDate): ReleaseReason[] {
  const name = `blanket order ${poNumber}`;
  const reasons: ReleaseReason[] = [];
  if (state === 'closed')
    reasons.push({ code: 'blanket-closed', text: `${name} is closed: nothing more is released of it` });
  if (validFrom !== undefined && today < validFrom)
    reasons.push({
      code: 'blanket-not-yet-valid',
      text: `${name} begins on ${validFrom}, today is ${today}`,
    });
  if (validTo !== undefined && today > validTo)
    reasons.push({ code: 'blanket-expired', text: `${name} ended on ${validTo}, today is ${today}` });
  return reasons;
}

type Draw = {
  readonly question: ReleaseQuestion;
  readonly blanket: Blanket;
  /** What stands against drawing anything more. */
  readonly against: readonly ReleaseReason[];
  /** By line of the blanket, what the lines so far draw on it. */
  readonly drawn: Map<string, Big>;
};

/** `late`: it wants more of a blanket that is closed or not valid. */
type CheckedLine = ReleaseLineCheck & { readonly late: boolean };

function checkLine(line: ReleaseLine, draw: Draw): CheckedLine {
  const matched = matchReleaseLine(line, draw.blanket);
  if (matched.kind === 'unmatched')
    return { stands: false, reasons: matched.reasons, notes: [], late: draw.against.length > 0 };
  const { on, quantity } = matched;
  const left = toBig(on.committed).minus(releasedWith(draw, on));
  const drawn = (draw.drawn.get(on.number) ?? toBig('0')).plus(quantity);
  const kept = drawn.lte(draw.question.booked?.get(on.number) ?? 0);
  const over = kept ? undefined : describeExcess(quantity, on, draw);
  const reasons = [...matched.reasons];
  if (over !== undefined && draw.blanket.allowance !== undefined)
    reasons.push({ code: 'blanket-over-release', text: over });

  const against = kept ? [] : draw.against;
  const late = against.length > 0;
  const waived = [...reasons, ...against].every(({ code }) => line.waives?.(code) === true);
  if (line.refused === true || !waived) return { stands: false, reasons, notes: [], late };
  draw.drawn.set(on.number, drawn);
  const { number, unit, price, priceBasis } = on;
  const note = noteBalance(on, draw.blanket, left, quantity, over);
  return { stands: true, reasons, notes: [note], draws: { number, unit, price, priceBasis, quantity }, late };
}

/** Why a quantity breaks Σ released ≤ committed × (1 + allowance); undefined where it does not. */
function describeExcess(quantity: Decimal, on: BlanketLine, draw: Draw): string | undefined {
  const { blanket } = draw;
  const released = releasedWith(draw, on);
  const left = (releaseLimit(blanket, on) ?? toBig(on.committed)).minus(released);
  const over = toBig(quantity).minus(left);
  if (over.lte(0)) return undefined;
  return (
    `${quantity} ${on.unit} are ${fromBig(over)} more than line ${on.number} of blanket order ${blanket.poNumber} ` +
    `has left: ${describeLimit(blanket, on)}, ${fromBig(released)} released before, ${fromBig(left)} left`
  );
}

function noteBalance(
  on: BlanketLine,
  { poNumber, allowance }: Blanket,
  left: Big,
  quantity: Decimal,
  over: string | undefined,
): ReleaseNote {
  if (over !== undefined && allowance === undefined)
    return { code: 'blanket-over-estimate', text: `${over}; accepted, for the commitment is an estimate` };
  const text = `${quantity} ${on.unit} of line ${on.number} of blanket order ${poNumber}: ${fromBig(left)} left before, ${fromBig(left.minus(quantity))} left now`;
  return { code: 'blanket-balance', text };
}

/** What is released of a line by other releases, and by the lines of this one so far. */
function releasedWith({ question, drawn }: Draw, on: BlanketLine): Big {
  return toBig(on.released)
    .minus(question.booked?.get(on.number) ?? 0)
    .plus(drawn.get(on.number) ?? 0);
}

/** What is drawn, less what an earlier version has booked; no more is given back than still counts as released. */
function bookDifference({ question, blanket, drawn }: Draw): BlanketBooking[] {
  const bookings: BlanketBooking[] = [];
  for (const { number, released } of blanket.lines) {
    const difference = (drawn.get(number) ?? toBig('0')).minus(question.booked?.get(number) ?? 0);
    const quantity = difference.plus(released).lt(0) ? toBig(released).times(-1) : difference;
    if (quantity.eq(0)) continue;
    bookings.push({
      blanket: blanket.id,
      line: number,
      kind: 'release',
      quantity: fromBig(quantity),
      reference: question.releaseNumber,
    });
  }
  return bookings;
}
