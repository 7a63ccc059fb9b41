import type { Big } from '../../lib/big.ts';
import { fromBig, toBig } from '../../lib/decimal.ts';
import { divide } from '../../lib/money.ts';
import { unitsPerBasis } from './price-basis.ts';
import type { PriceFormula, PriceOffer, PriceQuestion, Refusal } from './price-proof.ts';
import type { PriceForm, Tier } from './price-terms.ts';

/** The price as agreed and how it was found. */
export type Agreed = Pick<PriceFormula, 'agreed' | 'tier' | 'tierQuantity' | 'costPrice'>;

/** How many of one common unit the line's unit and the term's unit hold. */
export type Measure = { readonly line: Big; readonly term: Big };

type CostPlus = Extract<PriceForm, { kind: 'cost-plus' }>;

/** The price that the form of an offer makes, in the term's own unit and basis. */
export function agreePrice(offer: PriceOffer, question: PriceQuestion, measure: Measure): Agreed | Refusal {
  const { form } = offer;
  switch (form.kind) {
    case 'fixed':
      return { agreed: form.price };
    case 'line-tiers':
      return findTier(form.tiers, toBig(question.quantity).times(measure.line), measure.term, offer.unit);
    case 'cumulative-tiers':
      return agreeCumulative(form.tiers, offer, question);
    case 'cost-plus':
      return agreeCostPlus(form, offer);
  }
}

/**
 * To date, and all of the order on top: were it the line alone, of two lines of one item the price would depend on
 * which stands first.
 */
function agreeCumulative(
  tiers: readonly Tier[],
  { unit, unitHolds, orderedToDate }: PriceOffer,
  { unit: lineUnit, orderQuantity }: PriceQuestion,
): Agreed | Refusal {
  if (unitHolds === undefined || orderQuantity === undefined)
    return {
      code: 'unit-not-convertible',
      text: `counts what is ordered to date, and ${unitHolds === undefined ? unit : lineUnit} cannot be converted to the item's unit`,
    };
  return findTier(tiers, toBig(orderedToDate ?? '0').plus(orderQuantity), toBig(unitHolds), unit);
}

/** The tier with the greatest `from` that is reached; `from` so many units that hold `each`. */
function findTier(tiers: readonly Tier[], quantity: Big, each: Big, unit: string): Agreed | Refusal {
  const tierQuantity = fromBig(each.eq(1) ? quantity : divide(quantity, each));
  let found: Tier | undefined;
  let rival: Tier | undefined;
  for (const tier of tiers) {
    const from = toBig(tier.from);
    if (quantity.lt(from.times(each))) continue;
    if (found === undefined || from.gt(found.from)) [found, rival] = [tier, undefined];
    else if (from.eq(found.from) && !toBig(tier.price).eq(found.price)) rival = tier;
  }
  if (found === undefined)
    return { code: 'no-tier-reached', text: `no tier begins at or below ${tierQuantity} ${unit}` };
  if (rival !== undefined)
    return { code: 'contradictory', text: `two tiers begin at ${found.from} ${unit} with different prices` };
  return { agreed: found.price, tier: found, tierQuantity };
}

function agreeCostPlus(form: CostPlus, offer: PriceOffer): Agreed | Refusal {
  const { cost, unit, unitHolds, currency, basis } = offer;
  if (cost === undefined)
    return { code: 'no-cost', text: `is cost plus ${form.percent} %, and no cost is known` };
  if (currency !== undefined && cost.currency !== currency)
    return { code: 'no-cost', text: `is in ${currency}, the cost of the item in ${cost.currency}` };
  if (unitHolds === undefined)
    return { code: 'unit-not-convertible', text: `its unit ${unit} cannot be converted to that of the cost` };
  const { floor, cap } = form;
  if (floor !== undefined && cap !== undefined && toBig(floor).gt(cap))
    return { code: 'contradictory', text: `its floor ${floor} is above its cap ${cap}` };
  const factor = toBig(form.percent).times('0.01').plus(1);
  const price = toBig(cost.cost)
    .times(unitHolds)
    .times(unitsPerBasis(basis) ?? 1)
    .times(factor);
  const costPrice = fromBig(price);
  if (floor !== undefined && price.lt(floor)) return { agreed: floor, costPrice };
  if (cap !== undefined && price.gt(cap)) return { agreed: cap, costPrice };
  return { agreed: costPrice, costPrice };
}

/** From the term's unit and basis to those of the line. All factors first, one division last, where there is one. */
export function convertPrice(
  { agreed }: Agreed,
  measure: Measure,
  from: string,
  basis: string,
): { readonly times: Big; readonly by: Big; readonly price: Big } {
  const times = measure.line.times(unitsPerBasis(basis) ?? 1);
  const by = measure.term.times(unitsPerBasis(from) ?? 1);
  if (times.eq(by)) return { times, by, price: toBig(agreed) };
  const factored = toBig(agreed).times(times);
  return { times, by, price: by.eq(1) ? factored : divide(factored, by) };
}
