import Big from 'big.js';

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

/** `Big` itself reads no plus sign. */
export function toBig(value: Decimal): Big {
  return new Big(value.startsWith('+') ? value.slice(1) : value);
}

/** Plain notation, never an exponent. */
export function fromBig(value: Big): Decimal {
  return value.toFixed();
}
