import { unreachable } from '../../lib/assert.ts';
import { toBig } from '../../lib/decimal.ts';
import { nameDate } from './judge-offer.ts';
import { unitsPerBasis } from './price-basis.ts';
import type { PriceCandidate, PriceExtension, PriceFormula, PriceProof } from './price-proof.ts';
import type { TermAdjustment } from './price-terms.ts';

/** The proof in the words of a salesperson: what our price is and why, what else there was, and the order's price. */
export function explainPrice(proof: PriceProof): string[] {
  return [...explainOurPrice(proof), ...explainOtherPrices(proof)];
}

/** The same without what else there was. */
export function explainOurPrice(proof: PriceProof): string[] {
  const chosen = proof.chosen === undefined ? undefined : proof.candidates[proof.chosen];
  return [
    tellQuestion(proof),
    ...(chosen === undefined ? [tellMissingPrice(proof)] : tellChosen(chosen, proof)),
    ...(proof.extension === undefined ? [] : tellExtension(proof.extension, proof)),
    ...tellComparison(proof),
  ];
}

function tellQuestion({ question }: PriceProof): string {
  const { item, quantity, unit, stockQuantity, orderDate, requestedShip, zone, currency, unitHolds } =
    question;
  const converted =
    unitHolds === undefined || unitHolds === '1' ? '' : ` (${stockQuantity} of the item's unit)`;
  const ship = requestedShip === undefined ? '' : `, to ship ${requestedShip}`;
  const where = zone === undefined ? '' : `, zone ${zone}`;
  return `Asked: ${quantity} ${unit}${converted} of ${item}, ordered ${orderDate}${ship}${where}, in ${currency}.`;
}

/** Why there is no price of ours. */
export function tellMissingPrice({ candidates }: PriceProof): string {
  const rivals = candidates.filter(({ refused }) => refused?.code === 'contradictory');
  if (rivals.length > 0)
    return `No price of ours: what was agreed contradicts itself (${rivals.map(nameCandidate).join('; ')}).`;
  if (candidates.length === 0)
    return 'No price of ours: nothing was agreed on this item, and no list has it.';
  return 'No price of ours: nothing that was agreed on this item counts for this line.';
}

function tellChosen(chosen: PriceCandidate, proof: PriceProof): string[] {
  const { formula } = chosen;
  if (formula === undefined) return [];
  const price = tellPrice(formula.price, proof.question.unit, formula.basis, proof.question.currency);
  const dates =
    chosen.source === 'blanket' ? '' : `, ${tellValidity(chosen)}; ${nameDate(chosen, proof.question)}`;
  return [
    `Our price: ${price}, by ${nameCandidate(chosen)}${dates}.`,
    ...tellForm(chosen, formula, proof.question.currency),
    ...tellConversion(chosen, formula, proof),
  ];
}

/** `3.25 USD per EA`, `3.25 USD per 100 EA` */
export function tellPrice(price: string, unit: string, basis: string, currency: string): string {
  return `${price} ${currency} per ${nameBasis(basis, unit)}`;
}

function nameBasis(basis: string, unit: string): string {
  if (basis === 'HP' || basis === 'HU') return `100 ${unit}`;
  if (basis === 'TP') return `1000 ${unit}`;
  return basis === 'PE' || basis === 'EA' ? unit : `${unit} and basis ${basis}`;
}

const SOURCES: Readonly<Record<PriceCandidate['source'], string>> = {
  blanket: 'blanket order',
  quote: 'quote',
  contract: 'contract',
  'customer-price': 'customer price',
  'group-contract': 'group contract',
  list: 'price list',
};

function nameCandidate({
  source,
  number,
  version,
  position,
  promotion,
  bundle,
  zone,
}: PriceCandidate): string {
  return [
    `${SOURCES[source]} ${number}`,
    version === undefined || source === 'customer-price' ? '' : ` version ${version}`,
    position === undefined ? '' : ` row ${position}`,
    promotion === undefined ? '' : `, promotion ${promotion}`,
    bundle === undefined ? '' : `, bundle ${bundle}`,
    zone === undefined ? '' : `, zone ${zone}`,
  ].join('');
}

function tellValidity({ source, validFrom, validTo, termFrom, termTo }: PriceCandidate): string {
  const from = validFrom === undefined ? '' : ` from ${validFrom}`;
  const agreement = `in force${from}${validTo === undefined ? '' : ` to ${validTo}`}`;
  if (termFrom === undefined && termTo === undefined) return agreement;
  const term = [
    termFrom === undefined ? '' : ` from ${termFrom}`,
    termTo === undefined ? '' : ` to ${termTo}`,
  ];
  // It belongs to no agreement: what has dates is the price.
  if (source === 'customer-price') return `in force${term.join('')}`;
  return `${agreement}, the row${term.join('')}`;
}

function tellForm(candidate: PriceCandidate, formula: PriceFormula, currency: string): string[] {
  const { form, unit, basis } = candidate;
  switch (form.kind) {
    case 'fixed':
      return [];
    case 'line-tiers':
      return [tellTier(candidate, formula, `the line has ${formula.tierQuantity} ${unit}`)];
    case 'cumulative-tiers': {
      const toDate = `with ${candidate.orderedToDate} of the item's unit ordered to date and all of this order it is`;
      return [tellTier(candidate, formula, `${toDate} ${formula.tierQuantity} ${unit}`)];
    }
    case 'cost-plus': {
      const factors = [candidate.unitHolds, String(unitsPerBasis(basis) ?? 1)].filter((one) => one !== '1');
      const times = factors.map((one) => ` × ${one}`).join('');
      const made = `Cost ${candidate.cost?.cost} ${currency}${times} and ${form.percent} % is ${formula.costPrice} per ${nameBasis(basis, unit)}`;
      if (formula.agreed === form.floor && formula.costPrice !== form.floor)
        return [`${made}; the floor of ${form.floor} counts.`];
      if (formula.agreed === form.cap && formula.costPrice !== form.cap)
        return [`${made}; the cap of ${form.cap} counts.`];
      return [`${made}.`];
    }
    default:
      return unreachable(form);
  }
}

function tellTier({ unit, basis }: PriceCandidate, { tier }: PriceFormula, has: string): string {
  return `Tier: from ${tier?.from} ${unit} on ${tier?.price} per ${nameBasis(basis, unit)}; ${has}.`;
}

function tellConversion(chosen: PriceCandidate, formula: PriceFormula, { question }: PriceProof): string[] {
  const { agreed, times, by, price, basis } = formula;
  if (toBig(times).eq(by)) return [];
  const from = nameBasis(chosen.basis, chosen.unit);
  const holds =
    chosen.unit === question.unit
      ? ''
      : ` (one ${question.unit} holds ${question.unitHolds} of the item's unit, one ${chosen.unit} ${chosen.unitHolds})`;
  const factor = `${times === '1' ? '' : ` × ${times}`}${by === '1' ? '' : ` ÷ ${by}`}`;
  return [
    `Converted: ${agreed} per ${from}${factor} = ${price} per ${nameBasis(basis, question.unit)}${holds}.`,
  ];
}

function tellExtension(extension: PriceExtension, { question }: PriceProof): string[] {
  const { quantity, price, basis, goods, adjustments, amount, rounding, decimals } = extension;
  const money = (value: string) => `${toBig(value).toFixed(decimals)} ${question.currency}`;
  const how = `rounded ${rounding === 'half-up' ? 'half up' : 'half even'} once`;
  const each = nameBasis(basis, question.unit);
  return [
    `Amount: ${quantity} ${question.unit} at ${price} per ${each} is ${money(goods)}, ${how}.`,
    ...adjustments.map(
      (one) => `${tellAdjustment(one.adjustment, question.currency)}: ${money(one.amount)}.`,
    ),
    ...(adjustments.length === 0 ? [] : [`With allowances and charges: ${money(amount)}.`]),
  ];
}

function tellAdjustment({ indicator, code, description, rate }: TermAdjustment, currency: string): string {
  const name = `${indicator === 'allowance' ? 'Less allowance' : 'Plus charge'} ${code}`;
  const what = description === undefined ? name : `${name} (${description})`;
  switch (rate.kind) {
    case 'percent':
      return `${what}, ${rate.percent} %`;
    case 'per-unit':
      return `${what}, ${rate.amount} ${currency} for each unit of the row`;
    case 'amount':
      return what;
    default:
      return unreachable(rate);
  }
}

function tellComparison(proof: PriceProof): string[] {
  const { rule, theirs, ours, difference, question } = proof;
  const theirBasis = nameBasis(proof.basis, question.unit);
  switch (rule) {
    case 'order-has-no-price':
      return ['The order gives no price: ours counts.'];
    case 'no-price-of-ours':
      return theirs === undefined
        ? []
        : [`The order says ${theirs} per ${theirBasis}; nothing to compare it with.`];
    case 'basis-unknown':
      return [
        `Our price and the order's cannot be compared: a price basis is unknown (${listBases(proof)}).`,
      ];
    case 'equal':
      return [`The order says ${theirs} per ${theirBasis}: the same.`];
    case 'within-tolerance':
    case 'outside-tolerance': {
      const more = toBig(theirs ?? '0').gt(ours ?? '0') ? 'more' : 'less';
      const word = rule === 'within-tolerance' ? 'within' : 'outside';
      return [
        `The order says ${theirs} per ${theirBasis}, ${difference} ${more} than ours; ${tellAllowed(proof)}: ${word} tolerance.`,
      ];
    }
    default:
      return unreachable(rule);
  }
}

function listBases({ question, candidates }: PriceProof): string {
  const bases = candidates
    .filter(({ refused }) => refused?.code === 'basis-unknown')
    .map(({ basis }) => basis);
  return bases.length > 0 ? [...new Set(bases)].join(', ') : (question.theirBasis ?? '');
}

function tellAllowed({ tolerance: { percent, amount }, allowed }: PriceProof): string {
  const limits = [percent === undefined ? '' : `${percent} % of ours`, amount ?? ''].filter(
    (limit) => limit !== '',
  );
  if (limits.length === 0) return 'no difference is allowed';
  return `${allowed} is allowed (${limits.length === 2 ? `the lesser of ${limits.join(' and ')}` : limits[0]})`;
}

/** What was considered and does not count, or goes behind, and why. */
export function explainOtherPrices({ candidates, chosen, question }: PriceProof): string[] {
  const behind =
    chosen === undefined ? 'but does not stand in for what contradicts itself' : 'but goes behind';
  return candidates.flatMap((candidate, place) => {
    if (place === chosen) return [];
    const { refused, formula } = candidate;
    const price =
      formula === undefined
        ? ''
        : `: ${tellPrice(formula.price, question.unit, formula.basis, question.currency)}`;
    const fate = refused === undefined ? `, ${behind}` : `: does not count, ${refused.text}`;
    return [`Also considered: ${nameCandidate(candidate)}${price}${fate}.`];
  });
}
