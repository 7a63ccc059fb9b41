import type { Big } from '../../lib/big.ts';
import { type Decimal, fromBig, toBig } from '../../lib/decimal.ts';
import { decimalsOf, divide, roundMoney } from '../../lib/money.ts';
import { unitsPerBasis } from './price-basis.ts';
import type { PriceExtension, PriceOffer, PriceProof } from './price-proof.ts';
import type { TermAdjustment } from './price-terms.ts';

const ONE = toBig('1');

/** What a line is answered with, in the unit that was asked. */
export type AnsweredPrice = {
  readonly quantity: Decimal;
  readonly price: Decimal;
  readonly basis: string;
};

/**
 * A line in money, with the allowances and charges of the offer that counts, whatever price it is answered with.
 * Undefined where the basis is none that is known.
 */
export function extendPrice(
  answered: AnsweredPrice,
  proof: Pick<PriceProof, 'question' | 'candidates' | 'chosen' | 'rounding'>,
): PriceExtension | undefined {
  const each = unitsPerBasis(answered.basis);
  if (each === undefined) return undefined;
  const { question, rounding } = proof;
  const decimals = decimalsOf(question.currency);
  const quantity = toBig(answered.quantity);
  const round = (amount: Big) => roundMoney(amount, rounding, decimals);
  const goods = round(quantity.times(toBig(answered.price)).times(ONE.div(each)));
  const offer = proof.chosen === undefined ? undefined : proof.candidates[proof.chosen];
  let amount = goods;
  const adjustments = (offer?.adjustments ?? []).map((adjustment) => {
    const part = round(adjust(adjustment.rate, goods, termQuantity(quantity, offer!, question)));
    amount = adjustment.indicator === 'charge' ? amount.plus(part) : amount.minus(part);
    return { adjustment, amount: fromBig(part) };
  });
  return {
    quantity: answered.quantity,
    price: answered.price,
    basis: answered.basis,
    goods: fromBig(goods),
    adjustments,
    amount: fromBig(amount),
    rounding,
    decimals,
  };
}

function adjust(rate: TermAdjustment['rate'], goods: Big, quantity: Big): Big {
  switch (rate.kind) {
    case 'percent':
      return goods.times(rate.percent).times('0.01');
    case 'per-unit':
      return quantity.times(rate.amount);
    case 'amount':
      return toBig(rate.amount);
  }
}

/** The quantity in the unit of the term: an amount per unit is for each of those. */
function termQuantity(quantity: Big, offer: PriceOffer, question: PriceProof['question']): Big {
  if (offer.unit === question.unit) return quantity;
  return divide(quantity.times(question.unitHolds ?? 1), toBig(offer.unitHolds ?? '1'));
}
