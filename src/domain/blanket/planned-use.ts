import type { PlainDate } from '../../lib/dates.ts';
import { toBig } from '../../lib/decimal.ts';
import type { BlanketLine } from './blanket.ts';
import type { LinePlan, PlannedQuantity } from './plan.ts';

/**
 * What the buyer plans of a line, in the order of time: an 862 takes the place of the 830 for the days that it speaks of,
 * unless the 830 is of a later day.
 */
export function combinePlans(plans: readonly LinePlan[]): readonly PlannedQuantity[] {
  const planning = plans.find(({ kind }) => kind === 'planning-schedule');
  const shipping = plans.find(({ kind }) => kind === 'shipping-schedule');
  if (shipping === undefined) return planning?.quantities ?? [];
  if (planning === undefined) return shipping.quantities;
  if (planning.issuedOn > shipping.issuedOn) return planning.quantities;
  const { from = '', to = '9999' } = shipping;
  const others = planning.quantities.filter(({ date }) => date < from || date > to);
  return [...others, ...shipping.quantities].toSorted((a, b) =>
    a.date < b.date ? -1 : a.date > b.date ? 1 : 0,
  );
}

/** The first day by which the buyer plans to have all that a line commits to; undefined where its plan does not reach so far. */
export function planDepletion(
  { committed }: BlanketLine,
  planned: readonly PlannedQuantity[],
): PlainDate | undefined {
  if (toBig(committed).lte(0)) return undefined;
  return planned.find(({ total }) => total !== undefined && toBig(total).gte(committed))?.date;
}
