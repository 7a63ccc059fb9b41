import type { Big } from '../../lib/big.ts';
import type { PlainDate } from '../../lib/dates.ts';
import { type Decimal, fromBig, toBig } from '../../lib/decimal.ts';
import { toStockUnits } from '../catalogue/convert-unit.ts';
import { tellMissingPrice } from '../pricing/explain-price.ts';
import { extendPrice } from '../pricing/extend-price.ts';
import { isOffContract, priceLine } from '../pricing/price-line.ts';
import type { PriceProof } from '../pricing/price-proof.ts';
import { findBlanketPrice } from './check-blanket.ts';
import { findQuotedPrice } from './check-quotes.ts';
import type { Docket } from './docket.ts';
import {
  change,
  findOverride,
  findRuling,
  hold,
  isFirm,
  isFoundIn,
  type LineDraft,
  note,
  refuse,
  stands,
} from './line-draft.ts';
import type { OrderFacts } from './order-facts.ts';
import { findShipTo, namesPlace } from './ship-to.ts';

/** Contract and price of every line whose item and quantity are known. */
export function priceLines(docket: Docket): void {
  const { order, facts, drafts } = docket;
  const basket = sumBasket(drafts);
  const { tolerance } = facts.policy.price;
  for (const draft of drafts) {
    const { item, quantity, unit, line } = draft;
    if (item === undefined || quantity === undefined || unit === undefined || !toBig(quantity).gt(0))
      continue;
    const blanket = findBlanketPrice(docket, item.number);
    const quote = findQuotedPrice(docket, draft);
    const ask = ({ day, zone }: Circumstance) =>
      priceLine(
        {
          item,
          quantity,
          unit,
          currency: line.currency ?? order.currency ?? facts.currency,
          orderDate: order.orderDate ?? facts.today,
          basket,
          theirs: line.unitPrice,
          theirBasis: line.priceBasis,
          requestedShip: day,
          blanket,
          quote,
        },
        zone === facts.prices.zone ? facts.prices : { ...facts.prices, zone },
        { tolerance, rounding: facts.policy.rounding },
      );
    const proofs = listCircumstances(draft, facts).map(ask);
    const proof = proofs[0]!;
    draft.proof = proof;
    draft.priceBasis = proof.basis;
    // What has no price in a unit that it is not sold in is told already.
    if (!isFoundIn(draft, 'unit-not-sold'))
      settlePrice(draft, proof, proofs.slice(1), facts, blanket !== undefined);
  }
}

/** What may make the price of one part of a line another than that of the next. */
type Circumstance = { readonly zone: string | undefined; readonly day: PlainDate | undefined };

/** One for a line that goes to one place on one day. */
function listCircumstances({ line, wanted = [] }: LineDraft, facts: OrderFacts): readonly Circumstance[] {
  const own = namesPlace(line);
  const all = wanted.map(
    ({ place, requestedShip, requestedDelivery }): Circumstance => ({
      zone: own ? findShipTo(place, facts.customer)?.zone : facts.prices.zone,
      day: requestedShip ?? requestedDelivery,
    }),
  );
  if (all.length < 2) return all;
  return [...new Map(all.map((one) => [`${one.zone} ${one.day}`, one])).values()];
}

/** What is ordered of each item, over all lines that stand: in the item's own unit. */
function sumBasket(drafts: readonly LineDraft[]): ReadonlyMap<string, Decimal> {
  const basket = new Map<string, Decimal>();
  for (const draft of drafts) {
    const { item, quantity, unit } = draft;
    if (!stands(draft) || item === undefined || quantity === undefined || unit === undefined) continue;
    const stock = toStockUnits(item, quantity, unit);
    if (stock === undefined) continue;
    basket.set(item.number, fromBig(toBig(basket.get(item.number) ?? '0').plus(stock)));
  }
  return basket;
}

function settlePrice(
  draft: LineDraft,
  proof: PriceProof,
  others: readonly PriceProof[],
  facts: OrderFacts,
  fromBlanket: boolean,
): void {
  const { policy } = facts;
  if (!fromBlanket && isOffContract(proof) && policy['off-contract'] !== 'list') {
    const text = `item ${draft.item?.number} is in no contract of this customer that is in force`;
    if (policy['off-contract'] === 'reject') refuse(draft, 'R1', 'not-on-contract', text);
    else hold(draft, 'IH', 'not-on-contract', text);
  }
  if (rulePrice(draft, proof)) return;
  if (others.some((other) => other.ours !== proof.ours && !(isAgreedOn(other) && isAgreedOn(proof)))) {
    const prices = [...new Set([proof, ...others].map(({ ours = 'none' }) => ours))].join(', ');
    hold(draft, 'IE', 'price-missing', `its parts have different prices (${prices}), and a line has one`);
    return;
  }
  switch (proof.rule) {
    case 'equal':
    case 'within-tolerance':
      draft.price = proof.theirs;
      return;
    case 'order-has-no-price':
      draft.price = proof.ours;
      return;
    case 'no-price-of-ours':
      hold(draft, 'IE', 'price-missing', tellMissingPrice(proof));
      return;
    case 'basis-unknown':
      hold(draft, 'IE', 'price-basis-unknown', `price basis ${proof.basis} cannot be compared with ours`);
      return;
    case 'outside-tolerance':
      // What is wrong with the price of a release its blanket says.
      if (!fromBlanket) settleDifference(draft, proof, policy.price.outside);
  }
}

function isAgreedOn({ rule }: PriceProof): boolean {
  return rule === 'equal' || rule === 'within-tolerance';
}

function settleDifference(
  draft: LineDraft,
  { ours, theirs, difference, allowed }: PriceProof,
  outside: OrderFacts['policy']['price']['outside'],
): void {
  const code = 'price-outside-tolerance';
  const text = `ordered at ${theirs}, our price is ${ours}; the difference of ${difference} is more than the ${allowed} allowed`;
  // Who overrides the difference takes the order's price.
  switch (findOverride(draft.rulings, code) === undefined ? outside : 'hold') {
    case 'hold':
      hold(draft, 'IE', code, text);
      return;
    case 'contract':
      draft.price = ours;
      change(draft, 'IP', code, text);
      return;
    case 'theirs':
      note(draft, code, text);
      return;
    case 'reject':
      refuse(draft, 'IR', code, text);
      return;
  }
}

/** What a person said of the price counts before every rule. */
function rulePrice(draft: LineDraft, proof: PriceProof): boolean {
  const ruling = findRuling(draft.rulings, 'accept-their-price', 'answer-our-price', 'answer-with-price');
  if (ruling === undefined) return false;
  const { choice, by } = ruling;
  const price =
    choice.kind === 'answer-with-price'
      ? choice.price
      : choice.kind === 'answer-our-price'
        ? proof.ours
        : proof.theirs;
  if (price === undefined) return false;
  draft.price = price;
  if (choice.kind === 'answer-with-price' && choice.basis !== undefined) draft.priceBasis = choice.basis;
  const text = `priced at ${price}, as ${by} chose`;
  const same =
    proof.theirs !== undefined && toBig(price).eq(proof.theirs) && draft.priceBasis === proof.basis;
  if (same || proof.theirs === undefined) note(draft, 'price-ruled', text);
  else change(draft, 'IP', 'price-ruled', text);
  return true;
}

/** Of a line in a currency of its own (CUR behind its PO1), that; it is never added to the others. */
export function foreignCurrency({ order, facts }: Docket, { line }: LineDraft): string | undefined {
  return line.currency === (order.currency ?? facts.currency) ? undefined : line.currency;
}

/** What lines in the order's currency come to with their allowances and charges; undefined where a price is missing. */
export function sumLines(docket: Docket, which: (draft: LineDraft) => boolean = isFirm): Decimal | undefined {
  let sum = toBig('0');
  for (const draft of docket.drafts) {
    if (!which(draft) || foreignCurrency(docket, draft) !== undefined) continue;
    const amount = amountOf(draft);
    if (amount === undefined) return undefined;
    sum = sum.plus(amount);
  }
  return fromBig(sum);
}

/** What one line comes to; undefined where its price or its quantity is missing. */
export function amountOf({ price, quantity, proof, priceBasis: basis = 'PE' }: LineDraft): Big | undefined {
  if (price === undefined || quantity === undefined || proof === undefined) return undefined;
  const { extension } = proof;
  const asPriced = extension?.quantity === quantity && extension.price === price && extension.basis === basis;
  const extended = asPriced ? extension : extendPrice({ quantity, price, basis }, proof);
  return extended === undefined ? undefined : toBig(extended.amount);
}
