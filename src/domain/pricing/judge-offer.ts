import type { PlainDate } from '../../lib/dates.ts';
import { fromBig, toBig } from '../../lib/decimal.ts';
import { divide } from '../../lib/money.ts';
import { unitsPerBasis } from './price-basis.ts';
import { type Agreed, agreePrice, type Measure } from './price-form.ts';
import type { PriceOffer, PriceQuestion, Refusal, RefusalCode } from './price-proof.ts';

/** What an offer alone comes to: refused, or a price as agreed, in its own unit and basis. */
export type Judgement =
  | { readonly kind: 'refused'; readonly refused: Refusal }
  | { readonly kind: 'agreed'; readonly agreed: Agreed; readonly measure: Measure };

const ONE = toBig('1');

/** The date that counts. An order that asks for no ship date is judged by its own date. */
export function dateThatCounts(
  rule: PriceOffer['dateRule'],
  asked: Pick<PriceQuestion, 'orderDate' | 'requestedShip'>,
): PlainDate {
  return rule === 'requested-ship-date' ? (asked.requestedShip ?? asked.orderDate) : asked.orderDate;
}

/** Judges an offer by itself; the first reason that refuses it is the one told. */
export function judgeOffer(offer: PriceOffer, question: PriceQuestion): Judgement {
  const early = refuseDates(offer, question) ?? refuseScope(offer, question);
  if (early !== undefined) return { kind: 'refused', refused: early };
  const measure = measureUnits(offer, question);
  if (measure === undefined) {
    const missing = offer.unitHolds === undefined ? offer.unit : question.unit;
    return refused(
      'unit-not-convertible',
      `is per ${offer.unit}, the line in ${question.unit}, and nobody said how many of the item one ${missing} holds`,
    );
  }
  const late = refuseQuantity(offer, question, measure) ?? refuseBundle(offer);
  if (late !== undefined) return { kind: 'refused', refused: late };
  const agreed = agreePrice(offer, question, measure);
  return 'code' in agreed ? { kind: 'refused', refused: agreed } : { kind: 'agreed', agreed, measure };
}

function refused(code: RefusalCode, text: string): Judgement {
  return { kind: 'refused', refused: { code, text } };
}

/** First and last day of an agreement and of a term both count. */
function refuseDates(offer: PriceOffer, question: PriceQuestion): Refusal | undefined {
  const date = dateThatCounts(offer.dateRule, question);
  for (const from of [offer.validFrom, offer.termFrom])
    if (from !== undefined && date < from)
      return { code: 'not-begun', text: `begins on ${from}, ${nameDate(offer, question)}` };
  for (const to of [offer.validTo, offer.termTo])
    if (to !== undefined && date > to)
      return { code: 'ended', text: `ended on ${to}, ${nameDate(offer, question)}` };
  if (offer.supersededBy === undefined) return undefined;
  return {
    code: 'superseded',
    text: `version ${offer.supersededBy} is in force, ${nameDate(offer, question)}`,
  };
}

/** `the order date 2024-03-01 counts`. */
export function nameDate(offer: PriceOffer, question: PriceQuestion): string {
  const date = dateThatCounts(offer.dateRule, question);
  if (offer.dateRule !== 'requested-ship-date') return `the order date ${date} counts`;
  return question.requestedShip === undefined
    ? `the order asks for no ship date, so its own date ${date} counts`
    : `the requested ship date ${date} counts`;
}

function refuseScope(offer: PriceOffer, question: PriceQuestion): Refusal | undefined {
  const { currency, zone, basis } = offer;
  if (currency !== undefined && currency !== question.currency)
    return { code: 'other-currency', text: `is in ${currency}, the order in ${question.currency}` };
  if (zone !== undefined && zone !== question.zone) {
    const theirs =
      question.zone === undefined ? 'the ship-to has no zone' : `the ship-to is in ${question.zone}`;
    return { code: 'other-zone', text: `is for zone ${zone}, ${theirs}` };
  }
  if (unitsPerBasis(basis) === undefined)
    return { code: 'basis-unknown', text: `its price basis ${basis} is none that is known` };
  return undefined;
}

/** A term in the unit of the line needs no conversion, even where none is known. */
function measureUnits(offer: PriceOffer, question: PriceQuestion): Measure | undefined {
  if (offer.unit === question.unit) return { line: ONE, term: ONE };
  if (offer.unitHolds === undefined || question.unitHolds === undefined) return undefined;
  return { line: toBig(question.unitHolds), term: toBig(offer.unitHolds) };
}

function refuseQuantity(offer: PriceOffer, question: PriceQuestion, measure: Measure): Refusal | undefined {
  const { minimumQuantity, unit } = offer;
  if (minimumQuantity === undefined) return undefined;
  const quantity = toBig(question.quantity).times(measure.line);
  if (quantity.gte(toBig(minimumQuantity).times(measure.term))) return undefined;
  const has = fromBig(divide(quantity, measure.term));
  return {
    code: 'below-minimum',
    text: `is from ${minimumQuantity} ${unit} on, the line has ${has} ${unit}`,
  };
}

/**
 * A bundle is complete where the order holds all of it at least once. It then counts for the whole line: a line has
 * one price, and nobody agreed to split it.
 */
function refuseBundle({ bundle, bundleParts }: PriceOffer): Refusal | undefined {
  if (bundle === undefined) return undefined;
  if (bundleParts === undefined || bundleParts.length === 0)
    return { code: 'bundle-unknown', text: `the agreement does not say what bundle ${bundle} holds` };
  const missing = bundleParts.filter(({ needed, ordered }) => toBig(ordered).lt(needed));
  if (missing.length === 0) return undefined;
  const text = missing.map(({ item, needed, ordered }) => `${item} (${needed} needed, ${ordered} ordered)`);
  return { code: 'bundle-incomplete', text: `the order lacks of bundle ${bundle}: ${text.join(', ')}` };
}
