import { addDays, daysBetween, type PlainDate } from '../../lib/dates.ts';
import { fromBig, toBig } from '../../lib/decimal.ts';
import type { BlanketPolicy } from '../partner/order-policy.ts';
import { isConsumed, remainingQuantity } from './balance.ts';
import type { Blanket, BlanketEntry, BlanketLine } from './blanket.ts';

export type BlanketAlert = {
  readonly kind: 'consumed' | 'expiry';
  readonly text: string;
  /** To be added to what the blanket has told: the crossings that this alert speaks of. */
  readonly crossed: readonly string[];
};

/**
 * What is to be told of a blanket now and was not told before. A crossing is told once, however often quantity is given
 * back and drawn again; another commitment or another last day makes another crossing. Of several crossings at once the
 * farthest is told.
 */
export function dueAlerts(
  blanket: Blanket,
  policy: BlanketPolicy['alerts'],
  today: PlainDate,
): readonly BlanketAlert[] {
  if (blanket.state === 'closed') return [];
  const told = new Set(blanket.told);
  const alerts = [
    ...blanket.lines.map((line) => consumedAlert(blanket, line, policy.consumed)),
    expiryAlert(blanket, policy.expiry, today),
  ];
  return alerts.flatMap((alert) => (alert?.crossed.some((key) => !told.has(key)) === true ? [alert] : []));
}

function consumedAlert(
  { poNumber }: Blanket,
  line: BlanketLine,
  shares: BlanketPolicy['alerts']['consumed'],
): BlanketAlert | undefined {
  const crossed = shares.filter((share) => isConsumed(line, share));
  const farthest = crossed.toSorted((a, b) => toBig(b).cmp(a))[0];
  if (farthest === undefined) return undefined;
  const { number, committed, released, unit } = line;
  return {
    kind: 'consumed',
    text: `line ${number} of blanket order ${poNumber} has reached ${farthest} % of its commitment: ${released} of ${committed} ${unit} released, ${remainingQuantity(line)} left`,
    crossed: crossed.map((share) => `line ${number}: ${share} % of ${fromBig(toBig(committed))}`),
  };
}

function expiryAlert(
  { poNumber, validTo }: Blanket,
  days: BlanketPolicy['alerts']['expiry'],
  today: PlainDate,
): BlanketAlert | undefined {
  if (validTo === undefined || validTo < today) return undefined;
  const left = daysBetween(today, validTo);
  const crossed = days.filter((before) => left <= before);
  if (crossed.length === 0) return undefined;
  const when = left === 0 ? 'today' : `in ${left} ${left === 1 ? 'day' : 'days'}, on ${validTo}`;
  return {
    kind: 'expiry',
    text: `blanket order ${poNumber} ends ${when}`,
    crossed: crossed.map((before) => `${before} days before ${validTo}`),
  };
}

/** The days over which the mean daily release is taken. */
const WINDOW = 28;
/** A depletion later than in a century is no forecast. */
const FARTHEST = 36_500;

/**
 * The day on which a line is used up if it is released as in the last 28 days, today among them: today + remaining ÷
 * mean daily release, begun days counted whole. Undefined where nothing was released in that time, or all of it was given
 * back.
 */
export function forecastDepletion(
  line: BlanketLine,
  entries: readonly Pick<BlanketEntry, 'line' | 'kind' | 'quantity' | 'at'>[],
  today: PlainDate,
): PlainDate | undefined {
  const first = addDays(today, 1 - WINDOW);
  const released = entries
    .filter((entry) => entry.line === line.number && entry.kind === 'release')
    .filter(({ at }) => at.slice(0, 10) >= first && at.slice(0, 10) <= today)
    .reduce((sum, { quantity }) => sum.plus(quantity), toBig('0'));
  if (released.lte(0)) return undefined;
  const remaining = toBig(remainingQuantity(line));
  if (remaining.lte(0)) return today;
  const days = remaining.times(WINDOW).div(released).round(0, 'up');
  return days.gt(FARTHEST) ? undefined : addDays(today, days.toNumber());
}
