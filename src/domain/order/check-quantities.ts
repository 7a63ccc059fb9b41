import type { Big } from '../../lib/big.ts';
import { type Decimal, fromBig, isMultiple, isWhole, toBig, wholeMultiple } from '../../lib/decimal.ts';
import { comesInPieces } from '../allocation/outlook.ts';
import type { Item } from '../catalogue/catalogue.ts';
import { toStockUnits, unitsIn } from '../catalogue/convert-unit.ts';
import type { Docket } from './docket.ts';
import { change, findOverride, findRuling, hold, type LineDraft, note, refuse } from './line-draft.ts';
import type { OrderFacts } from './order-facts.ts';

/** Quantities that are there and above zero, units that the item is sold in, and the limits of the item. */
export function checkQuantities({ drafts, facts }: Docket): void {
  for (const draft of drafts) {
    const set = findRuling(draft.rulings, 'set-quantity');
    if (set !== undefined) {
      draft.quantity = set.choice.quantity;
      if (draft.line.quantity !== undefined && !toBig(draft.line.quantity).eq(toBig(set.choice.quantity)))
        change(
          draft,
          'IQ',
          'quantity-set',
          `quantity ${set.choice.quantity} instead of ${draft.line.quantity}, as ${set.by} chose`,
        );
      else note(draft, 'quantity-set', `quantity ${set.choice.quantity}, as ${set.by} chose`);
    }
    const { quantity, item, unit } = draft;
    if (quantity === undefined) {
      hold(draft, 'IH', 'quantity-missing', 'no quantity is given');
      continue;
    }
    if (!toBig(quantity).gt(0)) {
      refuse(draft, 'IR', 'quantity-not-positive', `quantity ${quantity} is not above zero`);
    }
    if (item === undefined || unit === undefined) continue;
    const stock = toStockUnits(item, quantity, unit);
    if (stock === undefined) {
      if (!isPricedIn(item, unit, facts)) refuseUnit(draft, item);
    } else if (toBig(quantity).gt(0)) checkLimits(draft, item, toBig(stock), facts.policy.quantity);
  }
}

/** A unit with a price is sold, even where nobody has said how many of the item's own it holds. */
function isPricedIn({ number }: Item, unit: string, { prices }: OrderFacts): boolean {
  return prices.terms.get(number)?.some((term) => term.unit === unit) ?? false;
}

function refuseUnit(draft: LineDraft, item: Item): void {
  const units = [item.unit, ...item.conversions.keys()];
  const text = `item ${item.number} is not sold in ${draft.unit}; it is sold in ${units.join(', ')}`;
  refuse(draft, 'R3', 'unit-not-sold', text);
}

/** Least, multiple and greatest are in the item's own unit; what is told and answered is in the line's. */
function checkLimits(
  draft: LineDraft,
  item: Item,
  quantity: Big,
  policy: 'hold' | 'adjust' | 'reject',
): void {
  const broken = describeBroken(draft, item, quantity);
  if (broken === undefined) return;
  const text = `quantity ${draft.quantity} ${draft.unit} of item ${item.number} ${broken}`;
  if (policy === 'reject') {
    refuse(draft, 'IR', 'quantity-rule', text);
    return;
  }
  const kept = findOverride(draft.rulings, 'quantity-rule') !== undefined;
  const answered = policy === 'adjust' && !kept ? roundUp(item, quantity, draft.unit!) : undefined;
  if (answered === undefined) {
    hold(draft, 'IH', 'quantity-rule', text);
    return;
  }
  draft.quantity = fromBig(answered);
  change(draft, 'IQ', 'quantity-rule', `${text}; answered with ${draft.quantity}`);
}

function describeBroken(
  { unit: ordered, ...draft }: LineDraft,
  item: Item,
  quantity: Big,
): string | undefined {
  const { minimum, maximum, unit } = item;
  const multiple = multipleOf(item);
  const broken: string[] = [];
  if (minimum !== undefined && quantity.lt(minimum)) broken.push(`below the least of ${minimum} ${unit}`);
  if (maximum !== undefined && quantity.gt(maximum)) broken.push(`above the greatest of ${maximum} ${unit}`);
  if (multiple !== undefined && !isMultiple(quantity, multiple))
    broken.push(`no multiple of ${multiple} ${unit}`);
  if (ordered !== unit && isPiece(ordered!) && !isWhole(toBig(draft.quantity!)))
    broken.push(`no whole number of ${ordered}`);
  return broken.length === 0 ? undefined : `is ${broken.join(' and ')}`;
}

function isPiece(unit: string): boolean {
  return comesInPieces({ unit, serialised: false });
}

/** Nobody ships half a piece, whether or not somebody has said so. */
function multipleOf(item: Item): Decimal | undefined {
  return item.multiple ?? (comesInPieces(item) ? '1' : undefined);
}

/**
 * The least quantity from this on that keeps all rules, in the unit of the line; undefined where there is none, or none that
 * a buyer could order in that unit.
 */
function roundUp(item: Item, quantity: Big, unit: string): Big | undefined {
  const { minimum, maximum } = item;
  const units = unitsIn(item, unit)!;
  let next = minimum !== undefined && quantity.lt(minimum) ? toBig(minimum) : quantity;
  if (isPiece(unit)) next = nextMultiple(next, units);
  next = nextMultiple(next, multipleOf(item));
  if (maximum !== undefined && next.gt(maximum)) return undefined;
  const answered = next.div(units);
  const orderable = !isPiece(unit) || isWhole(answered);
  return orderable && answered.times(units).eq(next) ? answered : undefined;
}

function nextMultiple(quantity: Big, multiple: Decimal | undefined): Big {
  if (multiple === undefined) return quantity;
  const whole = wholeMultiple(quantity, multiple);
  return whole.eq(quantity) ? quantity : whole.plus(multiple);
}
