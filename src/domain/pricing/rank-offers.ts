import type { Big } from '../../lib/big.ts';
import { toBig } from '../../lib/decimal.ts';
import { type Judgement, judgeOffer } from './judge-offer.ts';
import { convertPrice } from './price-form.ts';
import type { PriceOffer, PriceQuestion, Refusal } from './price-proof.ts';

/** An offer, what it comes to by itself, and what it may claim against others. */
export type RankedOffer = {
  readonly offer: PriceOffer;
  readonly judgement: Judgement;
  readonly claim: Claim;
};

/** One that nothing refuses by itself. */
export type AgreedOffer = RankedOffer & { readonly judgement: Extract<Judgement, { kind: 'agreed' }> };

export function isAgreed(one: RankedOffer): one is AgreedOffer {
  return one.judgement.kind === 'agreed';
}

/**
 * What puts one offer before another, the weightiest first: its source; promotions and bundles before plain terms;
 * a term for one zone before one for all; a term in the line's unit before one that is converted; the greater
 * minimum quantity.
 */
type Claim = {
  readonly source: number;
  readonly named: number;
  readonly zoned: number;
  readonly sameUnit: number;
  /** Minimum quantity in units common to all offers that are not refused. */
  readonly minimum: Big;
};

const SOURCES: readonly PriceOffer['source'][] = [
  'blanket',
  'quote',
  'contract',
  'customer-price',
  'group-contract',
  'list',
];

const NONE = toBig('0');

/** Judges all offers, and puts them in the order in which they claim to count, whatever order they came in. */
export function rankOffers(offers: readonly PriceOffer[], question: PriceQuestion): RankedOffer[] {
  return offers
    .map((offer) => ({ offer, judgement: judgeOffer(offer, question), claim: claimOf(offer, question) }))
    .sort((a, b) => compareClaims(a.claim, b.claim) || compareNames(a.offer, b.offer));
}

function claimOf(offer: PriceOffer, question: PriceQuestion): Claim {
  const { minimumQuantity, unit, unitHolds } = offer;
  return {
    source: SOURCES.indexOf(offer.source),
    named: Number(offer.promotion !== undefined) + Number(offer.bundle !== undefined),
    zoned: Number(offer.zone !== undefined),
    sameUnit: Number(unit === question.unit),
    minimum: minimumQuantity === undefined ? NONE : toBig(minimumQuantity).times(unitHolds ?? 1),
  };
}

function compareClaims(a: Claim, b: Claim): number {
  return (
    a.source - b.source ||
    b.named - a.named ||
    b.zoned - a.zoned ||
    b.sameUnit - a.sameUnit ||
    b.minimum.cmp(a.minimum)
  );
}

/** Says nothing about which counts, only that the order is always the same. */
function compareNames(a: PriceOffer, b: PriceOffer): number {
  return (
    compareTexts(a.number, b.number) ||
    (b.version ?? 0) - (a.version ?? 0) ||
    (a.position ?? 0) - (b.position ?? 0) ||
    compareTexts(JSON.stringify(a), JSON.stringify(b))
  );
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * Of the offers with the same claim, which do not count beside the others: of rows of one series the one that began
 * last counts, and then all must agree. Which of two prices was meant is never guessed: then none counts, and nothing
 * behind them does in their place.
 */
export function refuseRivals(ranked: readonly RankedOffer[]): ReadonlyMap<RankedOffer, Refusal> {
  const refusals = new Map<RankedOffer, Refusal>();
  if (ranked.length < 2) return refusals;
  const standing = ranked.filter((one) => isAgreed(one) || contradictsItself(one));
  for (let start = 0; start < standing.length; ) {
    const { claim } = standing[start]!;
    let end = start + 1;
    while (end < standing.length && compareClaims(standing[end]!.claim, claim) === 0) end += 1;
    if (end - start > 1) settleTie(standing.slice(start, end), refusals);
    start = end;
  }
  return refusals;
}

function contradictsItself({ judgement }: RankedOffer): boolean {
  return judgement.kind === 'refused' && judgement.refused.code === 'contradictory';
}

function settleTie(tied: readonly RankedOffer[], refusals: Map<RankedOffer, Refusal>): void {
  const left = tied.filter((one) => {
    const later = tied.find((other) => isSameSeries(one.offer, other.offer) && beginOf(other) > beginOf(one));
    if (later === undefined) return true;
    const text = `${nameRow(later.offer)} with the same claim began later, on ${beginOf(later)}`;
    refusals.set(one, { code: 'replaced', text });
    return false;
  });
  if (left.every((one) => saysTheSame(one, left[0]!))) return;
  for (const one of left) {
    if (contradictsItself(one)) continue;
    const others = left.filter((other) => other !== one).map(({ offer }) => nameRow(offer));
    const text = `${others.join(' and ')} with the same claim says otherwise: none counts until one is ended`;
    refusals.set(one, { code: 'contradictory', text });
  }
}

/** Compared per thousand, where no basis needs a division. */
function saysTheSame(a: RankedOffer, b: RankedOffer): boolean {
  if (a === b) return isAgreed(a);
  if (!isAgreed(a) || !isAgreed(b)) return false;
  const [one, other] = [a, b].map(
    ({ judgement: { agreed, measure }, offer }) => convertPrice(agreed, measure, offer.basis, 'TP').price,
  );
  return one!.eq(other!) && JSON.stringify(a.offer.adjustments) === JSON.stringify(b.offer.adjustments);
}

/** Customer prices are rows of one table; elsewhere an agreement, and in it a promotion or bundle, is a series. */
function isSameSeries(a: PriceOffer, b: PriceOffer): boolean {
  return (
    (a.source === 'customer-price' || a.number === b.number) &&
    a.promotion === b.promotion &&
    a.bundle === b.bundle
  );
}

function beginOf({ offer }: RankedOffer): string {
  return offer.termFrom ?? offer.validFrom ?? '';
}

function nameRow(offer: PriceOffer): string {
  return offer.position === undefined ? offer.number : `row ${offer.position} of ${offer.number}`;
}
