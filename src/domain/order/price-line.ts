import type { Decimal } from '../../lib/decimal.ts';
import { fromBig, toBig } from '../../lib/decimal.ts';
import type { OrderPolicy } from '../partner/partner.ts';
import type { PriceProof } from './order-decision.ts';
import type { Price } from './order-facts.ts';

/** Element 639: how many units the price is for. */
const UNITS_PER_BASIS: Readonly<Record<string, number>> = { PE: 1, EA: 1, HP: 100, HU: 100, TP: 1000 };

/** The partner's price in that unit that began last; undefined when there is none. */
export function choosePrice(prices: readonly Price[], unit: string): Price | undefined {
  let chosen: Price | undefined;
  for (const price of prices) {
    if (price.unit !== unit) continue;
    if (chosen === undefined || price.validFrom > chosen.validFrom) chosen = price;
  }
  return chosen;
}

/**
 * The order's price against ours, both per unit of `basis`. Equal within |Δ| ≤ min(percent × ours, amount),
 * either of which may be absent; with neither, only the same price passes.
 */
export function comparePrice(
  theirs: Decimal | undefined,
  theirBasis: string | undefined,
  ours: Price | undefined,
  tolerance: OrderPolicy['price']['tolerance'],
): PriceProof {
  const basis = theirBasis ?? ours?.basis ?? 'PE';
  if (ours === undefined) return { theirs, basis, rule: 'no-price-of-ours' };
  const units = UNITS_PER_BASIS[basis];
  const ourUnits = UNITS_PER_BASIS[ours.basis];
  if (units === undefined || ourUnits === undefined) {
    return { ours: ours.price, theirs, basis, rule: 'basis-unknown' };
  }
  const our = toBig(ours.price).times(units).div(ourUnits);
  if (theirs === undefined) return { ours: fromBig(our), basis, rule: 'order-has-no-price' };
  const difference = toBig(theirs).minus(our).abs();
  const allowed = allowedDifference(our, tolerance);
  const rule = difference.eq(0)
    ? 'equal'
    : difference.lte(allowed)
      ? 'within-tolerance'
      : 'outside-tolerance';
  return {
    ours: fromBig(our),
    theirs,
    basis,
    difference: fromBig(difference),
    allowed: fromBig(allowed),
    rule,
  };
}

function allowedDifference(our: ReturnType<typeof toBig>, tolerance: OrderPolicy['price']['tolerance']) {
  const limits = [];
  if (tolerance.percent !== undefined) limits.push(our.abs().times(tolerance.percent).div(100));
  if (tolerance.amount !== undefined) limits.push(toBig(tolerance.amount));
  return limits.reduce((least, limit) => (limit.lt(least) ? limit : least), limits[0] ?? toBig('0'));
}
