import type { Big } from '../../lib/big.ts';
import { type Decimal, fromBig, toBig } from '../../lib/decimal.ts';
import { divide, roundMoney } from '../../lib/money.ts';
import { isShippedWhole } from '../order/is-shipped-whole.ts';
import { HELD, isRejected } from '../order/line-draft.ts';
import { extendPrice } from '../pricing/extend-price.ts';
import { answeredQuantity } from './list-stops.ts';
import type { ShippableOrder } from './shipment-facts.ts';

type ValuedOrder = Pick<ShippableOrder, 'order' | 'decision'>;

/**
 * What so much of a line is worth at the prices that were answered, its allowances and charges by share: all of it
 * exactly what it adds to the amount of its order.
 */
export function valueOfLine(
  { order, decision }: ValuedOrder,
  position: number,
  quantity: Decimal,
  /** That counts where the order names none. */
  currency: string,
): Decimal {
  const [line, decided] = [order.lines[position - 1], decision.lines[position - 1]];
  if (line === undefined || decided === undefined || decision.amount === undefined) return '0';
  const own = line.currency ?? order.currency ?? currency;
  if (own !== (order.currency ?? currency) || isRejected(decided) || HELD.has(decided.status)) return '0';
  const { price, priceBasis: basis = 'PE', proof } = decided;
  const answered = answeredQuantity({ order, decision }, position);
  if (price === undefined || proof === undefined || toBig(answered).lte(0)) return '0';
  const whole = extendPrice({ quantity: answered, price, basis }, proof);
  if (whole === undefined) return '0';
  if (toBig(quantity).eq(answered)) return whole.amount;
  const share = divide(toBig(whole.amount).times(quantity), toBig(answered));
  return fromBig(roundMoney(share, whole.rounding, whole.decimals));
}

/** What all that left of an order takes off what is accepted and not shipped. More than was ordered takes off no more. */
export function valueOfShipped(
  order: ValuedOrder,
  shipped: ReadonlyMap<number, Decimal>,
  currency: string,
): Decimal {
  const amount = order.decision.amount ?? '0';
  if (isShippedWhole(order.order, order.decision, (position) => shipped.get(position))) return amount;
  const sum = [...shipped].reduce((all: Big, [position, quantity]) => {
    const most = answeredQuantity(order, position);
    const counted = toBig(quantity).gt(most) ? most : quantity;
    return all.plus(valueOfLine(order, position, counted, currency));
  }, toBig('0'));
  return sum.gt(amount) ? amount : fromBig(sum);
}
