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

/**
 * The same few values are asked for again and again, and none is ever changed. Short ones, of which the engine makes copies: a
 * longer slice of a file keeps all of it.
 */
const KNOWN = new Map<Decimal, Big>();
const MOST_KNOWN = 8_192;
const LONGEST_KNOWN = 12;

/** `Big` itself reads no plus sign. */
export function toBig(value: Decimal): Big {
  const known = KNOWN.get(value);
  if (known !== undefined) return known;
  const made = new Big(value.startsWith('+') ? value.slice(1) : value);
  if (value.length > LONGEST_KNOWN) return made;
  if (KNOWN.size >= MOST_KNOWN) KNOWN.clear();
  KNOWN.set(value, made);
  return made;
}

/** The same number with the same decimals, as every syntax writes it: `+3.10` and `3.10`, `.50` and `0.50` are alike. */
export function keepDecimals(value: Decimal): Decimal {
  return PLAIN.test(value) ? value : toBig(value).toFixed(value.split('.')[1]?.length ?? 0);
}

const PLAIN = /^-?(0|[1-9]\d*)(\.\d+)?$/;

/** No digit stands behind the point: `c` are the digits of a `Big`, without zeros at the end, and `e` the exponent of the first. */
export function isWhole({ c, e }: Big): boolean {
  return c.length <= e + 1;
}

/** Nothing is left over: 36 is a multiple of 12. */
export function isMultiple(value: Big, of: Decimal): boolean {
  const [whole, each] = [toSafeInteger(value), toSafeInteger(toBig(of))];
  if (whole === undefined || each === undefined) return value.mod(toBig(of)).eq(0);
  return whole % each === 0;
}

/** The greatest multiple that is no more: of 12, 36 of 40. */
export function wholeMultiple(value: Big, of: Decimal): Big {
  const [whole, each] = [toSafeInteger(value), toSafeInteger(toBig(of))];
  if (whole === undefined || each === undefined) return value.minus(value.mod(toBig(of)));
  const over = whole % each;
  return over === 0 ? value : toBig(String(whole - over));
}

/** Whole numbers of so many digits are exact as doubles (2^53 has 16). */
const SAFE_DIGITS = 15;

/** Quantities are whole and small nearly always, and a double divides those exactly and in no time. */
function toSafeInteger(value: Big): number | undefined {
  const { s: sign, c: digits, e: exponent } = value;
  if (!isWhole(value) || exponent >= SAFE_DIGITS) return undefined;
  let sum = 0;
  for (let i = 0; i <= exponent; i += 1) sum = sum * 10 + (digits[i] ?? 0);
  return sign * sum;
}

/** Plain notation, never an exponent. */
export function fromBig(value: Big): Decimal {
  const whole = toSafeInteger(value);
  return whole === undefined ? value.toFixed() : String(whole);
}

export function negate(value: Decimal): Decimal {
  return fromBig(toBig(value).times('-1'));
}
