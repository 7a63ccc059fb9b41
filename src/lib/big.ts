import Long from 'big.js';

/** What a `Big` is reckoned with: another, a decimal as its sender wrote it, or a number in the code. */
export type BigSource = Big | string | number;

export type RoundingMode = 'down' | 'half-up' | 'half-even' | 'up';

/**
 * An exact decimal number, `digits` ÷ 10^`scale`. A double holds whole numbers up to 2^53 exactly, and nearly every quantity
 * and amount has so few digits that one instruction does what takes `big.js` an array of digits. What would not be exact is left
 * to `big.js`: a long number has `digits` of NaN, which no test for exactness lets pass. Either way a method gives what the one
 * of `big.js` of the same name gives, down to the sign of zero.
 */
export class Big {
  // Fields that tests and the debugger see: two numbers that differ are to look different.
  private readonly digits: number;
  private readonly scale: number;
  private readonly long: Long | undefined;

  private constructor(digits: number, scale: number, long?: Long) {
    this.digits = digits;
    this.scale = scale;
    this.long = long;
  }

  /** Throws where the text is no number. */
  static from(source: BigSource): Big {
    if (typeof source === 'object') return source;
    if (typeof source === 'string') return Big.parse(source);
    return Number.isSafeInteger(source) ? new Big(source, 0) : Big.shorten(new Long(source));
  }

  private static parse(text: string): Big {
    const first = text.charCodeAt(0);
    const start = first === MINUS || first === PLUS ? 1 : 0;
    let digits = 0;
    let point = -1;
    for (let i = start; i < text.length; i += 1) {
      const code = text.charCodeAt(i);
      if (code >= ZERO && code <= NINE) digits = digits * 10 + (code - ZERO);
      else if (code === POINT && point < 0) point = i;
      else return Big.parseLong(text);
    }
    const scale = point < 0 ? 0 : text.length - point - 1;
    const count = text.length - start - (point < 0 ? 0 : 1);
    if (count === 0 || scale > GREATEST_SCALE || !isExact(digits)) return Big.parseLong(text);
    return new Big(first === MINUS ? -digits : digits, scale);
  }

  /** `big.js` itself reads no plus sign. */
  private static parseLong(text: string): Big {
    return Big.shorten(new Long(text.startsWith('+') ? text.slice(1) : text));
  }

  /** `big.js`: sign, digits without zeros at the end, and the exponent of ten of the first digit. */
  private static shorten(long: Long): Big {
    const { s: sign, c: digits, e: exponent } = long;
    const scale = Math.max(digits.length - 1 - exponent, 0);
    const zeros = Math.max(exponent + 1 - digits.length, 0);
    if (scale > GREATEST_SCALE || digits.length + zeros > SAFE_DIGITS) return new Big(Number.NaN, 0, long);
    return new Big(sign * raise(Number(digits.join('')), zeros), scale);
  }

  private lengthen(): Long {
    return this.long ?? new Long(this.digits).times(`1e-${this.scale}`);
  }

  plus(source: BigSource): Big {
    const other = Big.from(source);
    const scale = Math.max(this.scale, other.scale);
    const one = raise(this.digits, scale - this.scale);
    const two = raise(other.digits, scale - other.scale);
    if (isExact(one) && isExact(two) && isExact(one + two)) return new Big(one + two, scale);
    return Big.shorten(this.lengthen().plus(other.lengthen()));
  }

  minus(source: BigSource): Big {
    return this.plus(Big.from(source).neg());
  }

  times(source: BigSource): Big {
    const other = Big.from(source);
    const digits = this.digits * other.digits;
    const scale = this.scale + other.scale;
    if (isExact(digits) && scale <= GREATEST_SCALE) return new Big(digits, scale);
    return Big.shorten(this.lengthen().times(other.lengthen()));
  }

  /** Twenty decimals, rounded half up, where it does not end. */
  div(source: BigSource): Big {
    const other = Big.from(source);
    const quotient = this.divideTo(other, 10);
    if (quotient.times(other).eq(this)) return quotient;
    return Big.shorten(this.lengthen().div(other.lengthen()));
  }

  /** So many decimals, rounded half up once. */
  divideTo(source: BigSource, decimals: number): Big {
    const other = Big.from(source);
    const shift = decimals + other.scale - this.scale;
    const dividend = Math.abs(this.digits);
    const divisor = raise(Math.abs(other.digits), Math.max(-shift, 0));
    // What goes into it whole, and what is left over: the dividend itself is often too long for so many more digits.
    const over = dividend % divisor;
    const whole = raise((dividend - over) / divisor, Math.max(shift, 0));
    const rest = raise(over, Math.max(shift, 0));
    const digits = whole + divideWhole(rest, divisor, 'half-up');
    if (isExact(divisor) && isExact(rest) && isExact(digits) && isShort(decimals))
      return new Big(Math.sign(this.digits) * Math.sign(other.digits) * digits, decimals).trim();
    const Quotient = Long();
    Quotient.DP = decimals;
    Quotient.RM = Long.roundHalfUp;
    return Big.shorten(new Long(new Quotient(this.lengthen()).div(other.lengthen())));
  }

  /** What is left over: 4 of 40 by 12. */
  mod(source: BigSource): Big {
    const other = Big.from(source);
    const scale = Math.max(this.scale, other.scale);
    const value = raise(this.digits, scale - this.scale);
    const by = raise(other.digits, scale - other.scale);
    if (!isExact(value) || !isExact(by) || by === 0)
      return Big.shorten(this.lengthen().mod(other.lengthen()));
    const over = value % by;
    return new Big(over === 0 && value !== 0 ? 0 : over, scale);
  }

  neg(): Big {
    return new Big(-this.digits, this.scale, this.long?.neg());
  }

  abs(): Big {
    return new Big(Math.abs(this.digits), this.scale, this.long?.abs());
  }

  round(decimals = 0, mode: RoundingMode = 'half-up'): Big {
    if (this.long !== undefined || !isShort(decimals))
      return Big.shorten(this.lengthen().round(decimals, MODES[mode]));
    if (decimals >= this.scale) return this;
    const size = divideWhole(Math.abs(this.digits), raise(1, this.scale - decimals), mode);
    return new Big(Math.sign(this.digits) * size, decimals);
  }

  isWhole(): boolean {
    if (this.long !== undefined) return this.long.c.length <= this.long.e + 1;
    return this.scale === 0 || this.digits % raise(1, this.scale) === 0;
  }

  cmp(source: BigSource): -1 | 0 | 1 {
    const other = Big.from(source);
    const scale = Math.max(this.scale, other.scale);
    const one = raise(this.digits, scale - this.scale);
    const two = raise(other.digits, scale - other.scale);
    if (!isExact(one) || !isExact(two)) return this.lengthen().cmp(other.lengthen());
    return one < two ? -1 : one > two ? 1 : 0;
  }

  eq(source: BigSource): boolean {
    return this.cmp(source) === 0;
  }

  gt(source: BigSource): boolean {
    return this.cmp(source) > 0;
  }

  gte(source: BigSource): boolean {
    return this.cmp(source) >= 0;
  }

  lt(source: BigSource): boolean {
    return this.cmp(source) < 0;
  }

  lte(source: BigSource): boolean {
    return this.cmp(source) <= 0;
  }

  /** Plain notation, never an exponent: with so many decimals, or with as many as it has. */
  toFixed(decimals?: number): string {
    if (this.long !== undefined || !isShort(decimals ?? 0)) return this.lengthen().toFixed(decimals);
    const rounded = decimals === undefined ? this.trim() : this.round(decimals);
    const missing = (decimals ?? 0) - rounded.scale;
    const padded = missing > 0 ? `${rounded.scale === 0 ? '.' : ''}${'0'.repeat(missing)}` : '';
    // What is rounded to zero keeps its sign: -0.00.
    return `${this.digits < 0 ? '-' : ''}${rounded.writeSize()}${padded}`;
  }

  /** Without zeros behind the last decimal. */
  private trim(): Big {
    let digits = this.digits;
    let scale = this.scale;
    for (; scale > 0 && digits % 10 === 0; scale -= 1) digits /= 10;
    return scale === this.scale ? this : new Big(digits, scale);
  }

  private writeSize(): string {
    const digits = String(Math.abs(this.digits));
    if (this.scale === 0) return digits;
    const padded = digits.padStart(this.scale + 1, '0');
    return `${padded.slice(0, -this.scale)}.${padded.slice(-this.scale)}`;
  }

  /** The nearest double: for counting and drawing, never for money. */
  toNumber(): number {
    return this.long === undefined ? this.digits / raise(1, this.scale) : this.long.toNumber();
  }

  toString(): string {
    return this.lengthen().toString();
  }

  toJSON(): string {
    return this.toString();
  }
}

const [MINUS, PLUS, POINT, ZERO, NINE] = [45, 43, 46, 48, 57];

/** Any number of so many digits is exact as a double (2^53 has 16). */
const SAFE_DIGITS = 15;
const GREATEST_SCALE = 15;
const POWERS = Array.from({ length: GREATEST_SCALE + 1 }, (_, exponent) => 10 ** exponent);

const MODES = {
  down: Long.roundDown,
  'half-up': Long.roundHalfUp,
  'half-even': Long.roundHalfEven,
  up: Long.roundUp,
} as const satisfies Record<RoundingMode, number>;

function isShort(decimals: number): boolean {
  return POWERS[decimals] !== undefined;
}

/** NaN for a power that is not kept: then nothing is exact. */
function raise(digits: number, exponent: number): number {
  return digits * (POWERS[exponent] ?? Number.NaN);
}

/** Tells it of sums and products as well: one beyond 2^53 is not exact, but never rounded to less. */
function isExact(digits: number): boolean {
  return Math.abs(digits) <= Number.MAX_SAFE_INTEGER;
}

/** Of whole numbers that are not negative. */
function divideWhole(dividend: number, divisor: number, mode: RoundingMode): number {
  const over = dividend % divisor;
  const whole = (dividend - over) / divisor;
  return isRoundedUp(over * 2 - divisor, whole, mode) && over > 0 ? whole + 1 : whole;
}

/** `half`: how far what is left over is beyond a half. */
function isRoundedUp(half: number, whole: number, mode: RoundingMode): boolean {
  if (mode === 'down' || mode === 'up') return mode === 'up';
  return half > 0 || (half === 0 && (mode === 'half-up' || whole % 2 === 1));
}
