import type { z } from 'zod';
import type { PlainDate } from '../../lib/dates.ts';
import { type Decimal, fromBig, toBig } from '../../lib/decimal.ts';
import type { forecast, quantityBasis, shippedSoFar } from '../schedule/schedule-terms.ts';
import type { BlanketLine } from './blanket.ts';
import type { PlannedQuantity } from './plan.ts';

export type Forecast = Pick<z.infer<typeof forecast>, 'quantity' | 'certainty' | 'date'>;

/** A line of an 830 or 862 that is of a line of a blanket; quantities in the unit of that line. */
export type ScheduleLine = {
  readonly kind: 'planning-schedule' | 'shipping-schedule';
  /** BFR05, BSS11. */
  readonly quantities?: z.infer<typeof quantityBasis> | undefined;
  readonly forecasts: readonly Forecast[];
  readonly shipped?: readonly z.infer<typeof shippedSoFar>[] | undefined;
  /** What was shipped before the buyer began its count. */
  readonly before?: Decimal | undefined;
};

export type ScheduleDemand =
  /** So much more than is released so far, and for when: to be checked and booked as a release. */
  | {
      readonly kind: 'release';
      readonly quantity: Decimal;
      readonly parts: readonly { readonly quantity: Decimal; readonly date: PlainDate }[];
      readonly text: string;
    }
  | { readonly kind: 'nothing'; readonly text: string }
  /** A person must see it. */
  | { readonly kind: 'unclear'; readonly text: string }
  /** It asks to ship what nothing has released. */
  | { readonly kind: 'over-release'; readonly text: string };

/**
 * What a schedule asks of a blanket's line. Only what an 830 calls firm is a release; the rest is planning. An 862 says
 * when to ship what was released, and never authorizes more.
 */
export function readDemand(schedule: ScheduleLine, line: BlanketLine): ScheduleDemand {
  return schedule.kind === 'planning-schedule' ? readPlanning(schedule, line) : readShipping(schedule, line);
}

const FIRM: ReadonlySet<string> = new Set(['immediate', 'firm', 'released']);
const UNCLEAR: ReadonlySet<string> = new Set(['cancelled', 'changed', 'other']);

function readPlanning(schedule: ScheduleLine, line: BlanketLine): ScheduleDemand {
  const { unit, number } = line;
  const firm = schedule.forecasts.filter(({ certainty }) => FIRM.has(certainty));
  const odd = schedule.forecasts.find(({ certainty }) => UNCLEAR.has(certainty));
  if (odd !== undefined)
    return {
      kind: 'unclear',
      text: `line ${number}: ${odd.quantity} ${unit} for ${odd.date} are neither firm nor planning (FST02)`,
    };
  if (firm.length === 0)
    return { kind: 'nothing', text: `line ${number}: planning only, nothing is released` };
  const planned = runTotals({ ...schedule, forecasts: firm }, line);
  const wanted = planned.at(-1)?.total;
  if (wanted === undefined)
    return {
      kind: 'unclear',
      text: `line ${number}: BFR05 does not say whether the quantities are single or cumulative`,
    };
  const more = toBig(wanted).minus(line.released);
  const told = `line ${number}: ${wanted} ${unit} are firm in all, ${line.released} released so far`;
  if (more.gt(0)) {
    const text = `${told}: ${fromBig(more)} more`;
    return { kind: 'release', quantity: fromBig(more), parts: listParts(planned, line.released), text };
  }
  if (more.eq(0)) return { kind: 'nothing', text: told };
  return { kind: 'unclear', text: `${told}: ${fromBig(more.abs())} would be given back` };
}

/** What is released already comes first. */
function listParts(planned: readonly PlannedQuantity[], released: Decimal) {
  let covered = toBig(released);
  return planned.flatMap(({ total = '0', date }) => {
    const more = toBig(total).minus(covered);
    if (more.lte(0)) return [];
    covered = toBig(total);
    return [{ quantity: fromBig(more), date }];
  });
}

/** In the order of time, each with what is wanted in all since the start of the blanket by its day. */
export function runTotals(
  { quantities, forecasts, shipped = [], before = '0' }: ScheduleLine,
  line: BlanketLine,
): readonly PlannedQuantity[] {
  const inTime = forecasts.toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
  // Single quantities are what is still to come, on top of what the buyer counts as had (SHP01 02).
  const had = shipped.find(({ qualifier, quantity }) => qualifier === '02' && quantity !== undefined);
  let sum = had?.quantity === undefined ? toBig(line.shipped) : toBig(had.quantity).plus(before);
  return inTime.map(({ quantity, certainty, date }) => {
    const planned = { date, quantity, certainty };
    if (quantities === 'cumulative') return { ...planned, total: fromBig(toBig(quantity).plus(before)) };
    if (quantities !== undefined && quantities !== 'actual') return planned;
    sum = sum.plus(quantity);
    return { ...planned, total: fromBig(sum) };
  });
}

function readShipping(schedule: ScheduleLine, line: BlanketLine): ScheduleDemand {
  const { number, unit, released } = line;
  if (schedule.forecasts.length === 0)
    return { kind: 'nothing', text: `line ${number}: nothing is scheduled` };
  const wanted = runTotals(schedule, line).at(-1)?.total;
  if (wanted === undefined)
    return {
      kind: 'unclear',
      text: `line ${number}: BSS11 does not say whether the quantities are single or cumulative`,
    };
  if (toBig(wanted).lte(released))
    return {
      kind: 'nothing',
      text: `line ${number}: ${wanted} of ${released} ${unit} released are scheduled`,
    };
  return {
    kind: 'over-release',
    text: `line ${number}: the shipping schedule wants ${wanted} ${unit} in all, ${released} are released: an 862 authorizes no material, ask for a release`,
  };
}
