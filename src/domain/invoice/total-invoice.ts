import type { Big } from '../../lib/big.ts';
import { type Decimal, fromBig, toBig } from '../../lib/decimal.ts';
import { decimalsOf, divide, type Rounding, roundMoney } from '../../lib/money.ts';
import { unitsPerBasis } from '../pricing/price-basis.ts';
import type { Invoice, InvoiceLine } from './invoice.ts';

/** How an invoice adds up, from nothing but what it says: as the buyer's system reckons it. */
export type InvoiceSums = {
  /** IT102 × IT104 of each line, rounded once. */
  readonly lines: readonly Decimal[];
  readonly allowances: Decimal;
  readonly charges: Decimal;
  readonly taxes: Decimal;
  /** Σ lines − allowances + charges + taxes: what TDS01 must say. */
  readonly amount: Decimal;
};

const NOTHING = toBig('0');

/** Undefined where a line names no quantity or price, or a basis that no rule is known for. */
export function totalInvoice(invoice: Invoice, rounding: Rounding): InvoiceSums | undefined {
  const decimals = decimalsOf(invoice.currency ?? 'USD');
  const lines: Big[] = [];
  for (const line of invoice.lines) {
    const amount = extendLine(line, rounding, decimals);
    if (amount === undefined) return undefined;
    lines.push(amount);
  }
  const adjustments = [
    ...(invoice.allowanceCharges ?? []),
    ...invoice.lines.flatMap((line) => line.allowanceCharges ?? []),
  ];
  const taxed = [...(invoice.taxes ?? []), ...invoice.lines.flatMap((line) => line.taxes ?? [])];
  const allowances = sumOf(adjustments.filter(({ indicator }) => indicator === 'allowance'));
  const charges = sumOf(adjustments.filter(({ indicator }) => indicator === 'charge'));
  const taxes = sumOf([...taxed, ...adjustments.flatMap((one) => one.taxes ?? [])]);
  const goods = lines.reduce((sum, line) => sum.plus(line), NOTHING);
  return {
    lines: lines.map(fromBig),
    allowances: fromBig(allowances),
    charges: fromBig(charges),
    taxes: fromBig(taxes),
    amount: fromBig(goods.minus(allowances).plus(charges).plus(taxes)),
  };
}

export function extendLine(
  { quantity, unitPrice, priceBasis = 'PE' }: Pick<InvoiceLine, 'quantity' | 'unitPrice' | 'priceBasis'>,
  rounding: Rounding,
  decimals: number,
): Big | undefined {
  const each = unitsPerBasis(priceBasis);
  if (quantity === undefined || unitPrice === undefined || each === undefined) return undefined;
  return roundMoney(divide(toBig(quantity).times(toBig(unitPrice)), toBig(String(each))), rounding, decimals);
}

function sumOf(amounts: readonly { readonly amount?: Decimal | undefined }[]): Big {
  return amounts.reduce((sum, { amount = '0' }) => sum.plus(toBig(amount)), NOTHING);
}
