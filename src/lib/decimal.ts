import { Big } from './big.ts';

/**
 * A number as its sender wrote it: `"8"`, `"3.250"`, `"-0.5"`. Money and quantities travel as these strings
 * from the wire to the database and back; arithmetic happens on `Big` and rounds only in `roundMoney`.
 */
export type Decimal = string;

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)$/;

/** The longest value that arithmetic accepts: no X12 or XML amount is near it. */
const LONGEST = 40;

export function isDecimal(text: string): boolean {
  return text.length <= LONGEST && DECIMAL.test(text);
}

export function toBig(value: Decimal): Big {
  return Big.from(value);
}

/** Plain notation, never an exponent. */
export function fromBig(value: Big): Decimal {
  return value.toFixed();
}

/** The same number with the same decimals, as every syntax writes it: `+3.10` and `3.10`, `.50` and `0.50` are alike. */
export function keepDecimals(value: Decimal): Decimal {
  return PLAIN.test(value) ? value : toBig(value).toFixed(value.split('.')[1]?.length ?? 0);
}

const PLAIN = /^-?(0|[1-9]\d*)(\.\d+)?$/;

/** No digit but zeros stands behind the point. */
export function isWhole(value: Big): boolean {
  return value.isWhole();
}

/** Nothing is left over: 36 is a multiple of 12. */
export function isMultiple(value: Big, of: Decimal): boolean {
  return value.mod(of).eq(0);
}

/** The greatest multiple that is no more: of 12, 36 of 40. */
export function wholeMultiple(value: Big, of: Decimal): Big {
  return value.minus(value.mod(of));
}

export function negate(value: Decimal): Decimal {
  return fromBig(toBig(value).neg());
}
