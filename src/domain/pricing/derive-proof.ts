import type { Big } from '../../lib/big.ts';
import { type Decimal, fromBig, isDecimal, keepDecimals, toBig } from '../../lib/decimal.ts';
import { extendPrice } from './extend-price.ts';
import { unitsPerBasis } from './price-basis.ts';
import { convertPrice } from './price-form.ts';
import type { PriceCandidate, PriceEvidence, PriceFormula, PriceProof, Refusal } from './price-proof.ts';
import { type AgreedOffer, isAgreed, type RankedOffer, rankOffers, refuseRivals } from './rank-offers.ts';

/** The proof once more, from the evidence in it alone: which candidates count, what they come to, what is allowed. */
export function deriveProof(proof: PriceProof): PriceProof {
  const { question, theirs, tolerance, rounding, underContract, candidates } = proof;
  return proveEvidence({ question, theirs, tolerance, rounding, underContract, candidates });
}

export function proveEvidence(evidence: PriceEvidence): PriceProof {
  const { question, theirs, tolerance, rounding, underContract } = evidence;
  const { theirBasis, quantity } = question;
  const ranked = rankOffers(evidence.candidates, question);
  const refusals = judgeTogether(ranked);
  const chosen = chooseCandidate(refusals);
  const comparable = theirBasis === undefined || unitsPerBasis(theirBasis) !== undefined;
  const first = chosen === undefined ? ranked.find(isAgreed) : ranked[chosen];
  const basis = (comparable ? theirBasis : undefined) ?? first?.offer.basis ?? 'PE';
  const candidates = ranked.map((one, place) => ({
    ...one.offer,
    refused: refusals[place],
    formula: isAgreed(one) ? makeFormula(one, basis) : undefined,
  }));
  const ours = chosen === undefined || !comparable ? undefined : candidates[chosen]?.formula?.price;
  const compared =
    chosen === undefined
      ? missPrice(candidates)
      : ours === undefined
        ? BASIS_UNKNOWN
        : comparePrice(theirs, ours, tolerance);
  const agreed = { question, candidates, chosen, rounding };
  const extension = ours === undefined ? undefined : extendPrice({ quantity, price: ours, basis }, agreed);
  return {
    question,
    theirs,
    tolerance,
    rounding,
    underContract,
    candidates,
    chosen,
    ours,
    basis: theirBasis ?? basis,
    ...compared,
    extension,
  };
}

type Comparison = Pick<PriceProof, 'rule' | 'difference' | 'allowed'>;

const BASIS_UNKNOWN: Comparison = { rule: 'basis-unknown' };

/** Why each offer does not count, by itself or beside the others. */
function judgeTogether(ranked: readonly RankedOffer[]): (Refusal | undefined)[] {
  const rivals = refuseRivals(ranked);
  return ranked.map((one) => {
    const alone = one.judgement.kind === 'refused' ? one.judgement.refused : undefined;
    return rivals.get(one) ?? alone;
  });
}

/** Place of the first that counts; none, where terms before it contradict each other. */
function chooseCandidate(refusals: readonly (Refusal | undefined)[]): number | undefined {
  const place = refusals.findIndex((refused) => refused === undefined || refused.code === 'contradictory');
  return place < 0 || refusals[place] !== undefined ? undefined : place;
}

function makeFormula({ judgement: { agreed, measure }, offer }: AgreedOffer, basis: string): PriceFormula {
  const { times, by, price } = convertPrice(agreed, measure, offer.basis, basis);
  // Where nothing is converted it stays as it was agreed: `3.10` and not `3.1`.
  const written = times.eq(by) ? keepDecimals(agreed.agreed) : fromBig(price);
  return { ...agreed, times: fromBig(times), by: fromBig(by), basis, price: written };
}

function missPrice(candidates: readonly PriceCandidate[]): Comparison {
  const codes = new Set(candidates.map(({ refused }) => refused?.code));
  return codes.has('basis-unknown') && !codes.has('contradictory')
    ? BASIS_UNKNOWN
    : { rule: 'no-price-of-ours' };
}

/**
 * The order's price against ours. Equal within |Δ| ≤ min(percent × ours, amount), either of which may be absent; with
 * neither, only the same price passes.
 */
function comparePrice(
  theirs: Decimal | undefined,
  ours: Decimal,
  tolerance: PriceEvidence['tolerance'],
): Comparison {
  if (theirs === undefined) return { rule: 'order-has-no-price' };
  const difference = toBig(theirs).minus(ours).abs();
  const allowed = allowDifference(toBig(ours), tolerance);
  const rule = difference.eq(0)
    ? 'equal'
    : difference.lte(allowed)
      ? 'within-tolerance'
      : 'outside-tolerance';
  return { rule, difference: fromBig(difference), allowed: fromBig(allowed) };
}

function allowDifference(ours: Big, { percent, amount }: PriceEvidence['tolerance']): Big {
  const limits: Big[] = [];
  if (percent !== undefined) limits.push(ours.abs().times(percent).times('0.01'));
  if (amount !== undefined) limits.push(toBig(amount));
  return limits.reduce((least, limit) => (limit.lt(least) ? limit : least), limits[0] ?? toBig('0'));
}

/** What in a proof does not follow from the evidence in it: nothing, where nobody touched it. */
export function checkProof(proof: PriceProof): string[] {
  const stands = flatten(proof);
  const derived = flatten(deriveProof(proof));
  return [...new Set([...stands.keys(), ...derived.keys()])].sort().flatMap((place) => {
    const [is, should] = [stands.get(place), derived.get(place)];
    if (is === should || isSameNumber(is, should)) return [];
    return [`${place} is ${is ?? 'absent'}, and follows from the rest as ${should ?? 'absent'}`];
  });
}

/** `3.1` and `3.10` are one price. */
function isSameNumber(is = '', should = ''): boolean {
  return isDecimal(is) && isDecimal(should) && toBig(is).eq(should);
}

/** Every value by its place; what is undefined and what is absent are the same. */
function flatten(value: unknown, place = '', into = new Map<string, string>()): ReadonlyMap<string, string> {
  if (value === undefined) return into;
  if (typeof value !== 'object' || value === null) return into.set(place, String(value));
  for (const [key, part] of Object.entries(value))
    flatten(part, place === '' ? key : `${place}.${key}`, into);
  return into;
}
