import type { Big } from '../../lib/big.ts';
import { type Decimal, fromBig, toBig } from '../../lib/decimal.ts';

/** What a partner's file says that POC03 of QI and QD is. */
export type QuantityMeaning = 'new' | 'difference';

type Asked = {
  readonly direction: 'up' | 'down' | 'any';
  /** POC03 */
  readonly quantity: Decimal;
  /** POC04 */
  readonly left: Decimal | undefined;
  /** What the line orders as it stands. */
  readonly ordered: Decimal;
  readonly shipped: Decimal;
  readonly meaning: QuantityMeaning | undefined;
};

export type QuantityRead =
  | { readonly kind: 'read'; readonly quantity: Decimal }
  | { readonly kind: 'unclear'; readonly text: string };

type Reading = {
  readonly name: QuantityMeaning | 'before';
  readonly quantity: Big;
  readonly text: string;
  /** Whether POC04 says the same; it settles nothing where it is empty or zero. */
  readonly confirmed: boolean;
};

/**
 * The quantity that a line is to have. Element 330 is the quantity ordered, and most guides send the new one; some
 * send by how much it changes, some the quantity before and put the new one into POC04. A partner's file may say
 * which; else the numbers must leave one reading alone, and where they do not, nobody guesses.
 */
export function readQuantity(asked: Asked): QuantityRead {
  const fitting = listReadings(asked).filter((one) => fits(one, asked));
  const [first] = fitting;
  if (first === undefined) return unclear(asked, 'fits none of the ways to read it');
  if (first.name !== 'new' && isSilent(asked))
    return unclear(asked, `may be ${first.text}, which POC04 does not confirm`);
  if (fitting.every((one) => one.quantity.eq(first.quantity)))
    return { kind: 'read', quantity: fromBig(first.quantity) };
  return unclear(asked, `may be ${fitting.map(({ text }) => text).join(', or ')}`);
}

function listReadings({ direction, quantity, left, ordered, shipped }: Asked): Reading[] {
  const [said, had, sent] = [toBig(quantity), toBig(ordered), toBig(shipped)];
  const rest = left === undefined || toBig(left).eq(0) ? undefined : toBig(left);
  // The buyer counts what it received, which is at most what was shipped.
  const isLeftOf = (whole: Big) => rest === undefined || (rest.lte(whole) && rest.gte(whole.minus(sent)));
  const isNew = isLeftOf(said) || rest?.eq(said.minus(had).abs()) === true;
  const text = `the new quantity ${quantity}`;
  // Where the code gives no direction, POC03 is the new quantity but for a partner that repeats the old one in it.
  const readings: Reading[] = [
    { name: 'new', quantity: said, text, confirmed: isNew || direction === 'any' },
  ];
  if (direction !== 'any') {
    const moved = direction === 'up' ? had.plus(said) : had.minus(said);
    const text = `a ${direction === 'up' ? 'rise' : 'cut'} by ${quantity} to ${fromBig(moved)}`;
    readings.push({ name: 'difference', quantity: moved, text, confirmed: isLeftOf(moved) });
  }
  if (rest !== undefined && said.eq(had) && !isNew) {
    const text = `${quantity} before the change and ${left} after it`;
    readings.push({ name: 'before', quantity: rest, text, confirmed: true });
  }
  return readings;
}

/** Neither the partner file nor POC04 says what POC03 is. */
function isSilent({ left, meaning }: Asked): boolean {
  return meaning === undefined && (left === undefined || toBig(left).eq(0));
}

function fits(reading: Reading, { direction, ordered, meaning }: Asked): boolean {
  const { quantity, name } = reading;
  const had = toBig(ordered);
  if (quantity.lt(0)) return false;
  if (direction === 'up' && quantity.lte(had)) return false;
  if (direction === 'down' && quantity.gte(had)) return false;
  return meaning === undefined ? reading.confirmed : name === meaning;
}

function unclear({ quantity, left, ordered }: Asked, why: string): QuantityRead {
  const also = left === undefined ? '' : ` with POC04 ${left}`;
  return { kind: 'unclear', text: `POC03 ${quantity}${also} where ${ordered} are ordered ${why}` };
}
