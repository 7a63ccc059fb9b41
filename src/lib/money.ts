import type { Big } from './big.ts';

/** The one place where an amount, a price or a quantity loses decimals. */

/** How a digit that is exactly halfway goes: away from zero, or to the even neighbour. */
export type Rounding = 'half-up' | 'half-even';

/** Half up rounds away from zero, so that a credit is the exact mirror of what it takes back: −0.005 → −0.01. */
export function roundMoney(value: Big, rounding: Rounding, decimals = 2): Big {
  return value.round(decimals, rounding);
}

/** ISO 4217: currencies whose smallest coin is not a hundredth. */
const DECIMALS: ReadonlyMap<string, number> = new Map([
  ...'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF'
    .split(' ')
    .map((code) => [code, 0] as const),
  ...'BHD IQD JOD KWD LYD OMR TND'.split(' ').map((code) => [code, 3] as const),
]);

export function decimalsOf(currency: string): number {
  return DECIMALS.get(currency) ?? 2;
}

/**
 * Decimals kept of a division that does not end. A price of ten of them still has room for seven digits before the
 * point in PO1-04 (type R, 17 digits); for 100,000 units it errs by less than a hundredth of a cent.
 */
const QUOTIENT_DECIMALS = 10;

/** Exact where the division ends within ten decimals. */
export function divide(dividend: Big, divisor: Big): Big {
  return dividend.divideTo(divisor, QUOTIENT_DECIMALS);
}
