import type Big from 'big.js';
import type { z } from 'zod';
import { type Decimal, fromBig, toBig } from '../../lib/decimal.ts';
import type { forecast, quantityBasis, shippedSoFar } from '../schedule/schedule-terms.ts';
import type { BlanketLine } from './blanket.ts';

type Forecast = Pick<z.infer<typeof forecast>, 'quantity' | 'certainty' | 'date'>;

/** A line of an 830 or 862 that is of a line of a blanket; quantities in the unit of that line. */
export type ScheduleLine = {
  readonly kind: 'planning-schedule' | 'shipping-schedule';
  /** BFR05, BSS11. */
  readonly quantities?: z.infer<typeof quantityBasis> | undefined;
  readonly forecasts: readonly Forecast[];
  readonly shipped?: readonly z.infer<typeof shippedSoFar>[] | undefined;
};

export type ScheduleDemand =
  /** So much more than is released so far: to be checked and booked as a release. */
  | { readonly kind: 'release'; readonly quantity: Decimal; readonly text: string }
  | { readonly kind: 'nothing'; readonly text: string }
  /** A person must see it. */
  | { readonly kind: 'unclear'; readonly text: string };

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
  const wanted = countTotal(schedule, firm, line);
  if (wanted === undefined)
    return {
      kind: 'unclear',
      text: `line ${number}: BFR05 does not say whether the quantities are single or cumulative`,
    };
  const more = wanted.minus(line.released);
  const told = `line ${number}: ${fromBig(wanted)} ${unit} are firm in all, ${line.released} released so far`;
  if (more.gt(0)) return { kind: 'release', quantity: fromBig(more), text: `${told}: ${fromBig(more)} more` };
  if (more.eq(0)) return { kind: 'nothing', text: told };
  return { kind: 'unclear', text: `${told}: ${fromBig(more.abs())} would be given back` };
}

/** What the schedule wants in all since the start of the blanket, by its last firm day. */
function countTotal(
  { quantities, shipped = [] }: ScheduleLine,
  forecasts: readonly Forecast[],
  line: BlanketLine,
): Big | undefined {
  if (quantities === 'cumulative') {
    const last = forecasts.toSorted((a, b) => (a.date < b.date ? -1 : 1)).at(-1);
    return toBig(last?.quantity ?? '0');
  }
  if (quantities !== undefined && quantities !== 'actual') return undefined;
  // Single quantities are what is still to come, on top of what the buyer counts as had (SHP01 02).
  const had = shipped.find(({ qualifier, quantity }) => qualifier === '02' && quantity !== undefined);
  const base = toBig(had?.quantity ?? line.shipped);
  return forecasts.reduce((sum, { quantity }) => sum.plus(quantity), base);
}

function readShipping(schedule: ScheduleLine, line: BlanketLine): ScheduleDemand {
  const wanted = countTotal(schedule, schedule.forecasts, line);
  const { number, unit, released } = line;
  if (wanted === undefined)
    return {
      kind: 'unclear',
      text: `line ${number}: BSS11 does not say whether the quantities are single or cumulative`,
    };
  if (wanted.lte(released))
    return {
      kind: 'nothing',
      text: `line ${number}: ${fromBig(wanted)} of ${released} ${unit} released are scheduled`,
    };
  return {
    kind: 'unclear',
    text: `line ${number}: the shipping schedule wants ${fromBig(wanted)} ${unit} in all, ${released} are released: an 862 authorizes no material, ask for a release`,
  };
}
