import type { Big } from '../../lib/big.ts';
import type { PlainDate } from '../../lib/dates.ts';
import { type Decimal, fromBig, toBig } from '../../lib/decimal.ts';
import { decimalsOf, divide, type Rounding, roundMoney } from '../../lib/money.ts';
import type { Reason } from '../reason.ts';
import type { InvoiceAdjustment } from './adjust.ts';
import type { Invoice, InvoiceLine } from './invoice.ts';
import { extendLine, totalInvoice } from './total-invoice.ts';

export type CreditReason = 'return' | 'price-correction' | 'short-shipment' | 'damaged';

/** Of a line of the invoice: so much of it back, or all of it at another price. Quantities are in the unit of the line. */
export type CreditedLine = { readonly position: number; readonly serials?: readonly string[] } & (
  | { readonly kind: 'quantity'; readonly quantity: Decimal }
  | { readonly kind: 'price'; readonly price: Decimal }
);

export type CreditFacts = {
  readonly today: PlainDate;
  /** Of the credit memo. */
  readonly number: string;
  readonly invoice: Invoice;
  /** By place of the line: what earlier credits took back of it. */
  readonly credited: ReadonlyMap<number, { readonly quantity: Decimal; readonly amount: Decimal }>;
  readonly reason: CreditReason;
  readonly lines: readonly CreditedLine[];
  /** Kept back of a return. */
  readonly restocking?: Decimal | undefined;
  /** The return authorisation, or what else the buyer knows it by. */
  readonly reference?: string | undefined;
  /** Whether quantities and amounts carry a minus sign: the partner's choice. */
  readonly signed: boolean;
  readonly rounding: Rounding;
};

export type Credit = {
  readonly memo: Invoice;
  /** Above zero, whatever sign the memo carries; before tax. */
  readonly lines: readonly {
    readonly position: number;
    readonly quantity: Decimal;
    readonly amount: Decimal;
  }[];
  /** All that is given back. */
  readonly amount: Decimal;
  readonly reasons: readonly Reason[];
};

/** A credit memo against an invoice (X12 810, BIG07 CR): never more than was billed and not given back before. */
export function creditInvoice(facts: CreditFacts): Credit {
  const { invoice, today, number, rounding, signed, restocking = '0', reference } = facts;
  const decimals = decimalsOf(invoice.currency ?? 'USD');
  const round = (value: Big) => roundMoney(value, rounding, decimals);
  const reasons: Reason[] = [];
  const lines: InvoiceLine[] = [];
  const credited: { position: number; quantity: Decimal; amount: Decimal }[] = [];
  for (const asked of facts.lines) {
    const one = creditLine(asked, facts, round);
    if ('code' in one) reasons.push(one);
    else {
      lines.push(one.line);
      credited.push({ position: asked.position, quantity: one.returned, amount: fromBig(one.amount) });
    }
  }
  if (facts.lines.length === 0)
    reasons.push({ code: 'nothing-to-credit', text: 'no line is named to credit' });
  const net = credited.reduce((sum, { amount }) => sum.plus(amount), toBig('0'));
  if (toBig(restocking).gt('0') && toBig(restocking).gt(net))
    reasons.push({
      code: 'restocking-too-much',
      text: `restocking of ${restocking} is more than ${fromBig(net)}`,
    });
  const taxes = (invoice.taxes ?? []).map(({ percent = '0', ...tax }) => ({
    ...tax,
    percent,
    amount: fromBig(round(net.times(percent).times('0.01'))),
  }));
  const kept: readonly InvoiceAdjustment[] = toBig(restocking).eq('0')
    ? []
    : [
        {
          indicator: 'allowance',
          code: 'D750',
          amount: restocking,
          handling: '02',
          description: 'RESTOCKING',
        },
      ];
  const { orderDate, poNumber, releaseNumber, currency, parties } = invoice;
  const plain: Invoice = {
    kind: 'invoice',
    invoiceDate: today,
    invoiceNumber: number,
    type: 'credit-memo',
    ...(orderDate === undefined ? {} : { orderDate }),
    ...(poNumber === undefined ? {} : { poNumber }),
    ...(releaseNumber === undefined ? {} : { releaseNumber }),
    ...(currency === undefined ? {} : { currency }),
    references: [
      { qualifier: 'IV', value: invoice.invoiceNumber },
      ...(reference === undefined ? [] : [{ qualifier: 'RZ', value: reference }]),
    ],
    ...(parties === undefined ? {} : { parties }),
    lines,
    totals: { amount: '0' },
    ...(taxes.length === 0 ? {} : { taxes }),
    ...(kept.length === 0 ? {} : { allowanceCharges: [...kept] }),
  };
  const amount = totalInvoice(plain, rounding)?.amount ?? '0';
  const memo = { ...plain, totals: { amount } };
  return { memo: signed ? negate(memo) : memo, lines: credited, amount, reasons };
}

type CreditedPart = { readonly line: InvoiceLine; readonly returned: Decimal; readonly amount: Big };

function creditLine(
  asked: CreditedLine,
  { invoice, credited, rounding }: CreditFacts,
  round: (amount: Big) => Big,
): CreditedPart | Reason {
  const billed = invoice.lines[asked.position - 1];
  if (billed?.quantity === undefined || billed.unitPrice === undefined)
    return { code: 'line-unknown', text: `${invoice.invoiceNumber} has no line ${asked.position} to credit` };
  const named = `${invoice.invoiceNumber} line ${asked.position}`;
  const before = credited.get(asked.position) ?? { quantity: '0', amount: '0' };
  const { allowanceCharges: adjusted = [], ...line } = billed;
  const written = asked.kind === 'quantity' ? { quantity: asked.quantity } : { unitPrice: '0' };
  if (asked.kind === 'price') {
    const less = toBig(billed.unitPrice).minus(asked.price);
    if (toBig(asked.price).lt('0') || less.lte('0'))
      return {
        code: 'price-not-lower',
        text: `${named}: ${asked.price} is not below the ${billed.unitPrice} billed`,
      };
    written.unitPrice = fromBig(less);
  } else {
    const left = toBig(billed.quantity).minus(before.quantity);
    const quantity = toBig(asked.quantity);
    if (quantity.lte('0') || quantity.gt(left))
      return {
        code: 'credited-over-billed',
        text: `${named}: ${asked.quantity} ${billed.unit ?? ''} cannot be credited, ${fromBig(left)} of ${billed.quantity} are left`,
      };
  }
  const serials = (asked.serials ?? []).map((value) => ({ qualifier: 'SE', value }));
  const credit: InvoiceLine = {
    ...line,
    ...written,
    ...(serials.length === 0 ? {} : { references: [...(line.references ?? []), ...serials] }),
  };
  const decimals = decimalsOf(invoice.currency ?? 'USD');
  const goods = extendLine(credit, rounding, decimals);
  if (goods === undefined)
    return {
      code: 'price-basis-unknown',
      text: `${named}: price basis ${billed.priceBasis ?? ''} is not known`,
    };
  const share = divide(toBig(credit.quantity!), toBig(billed.quantity));
  const back = adjusted.map((one) => shareOf(one, goods, asked.kind === 'price' ? undefined : share, round));
  const amount = back.reduce(
    (sum, { indicator, amount: part = '0' }) => (indicator === 'charge' ? sum.plus(part) : sum.minus(part)),
    goods,
  );
  const most = round(lineAmount(billed, rounding, decimals)).minus(before.amount);
  if (amount.gt(most))
    return {
      code: 'credited-over-billed',
      text: `${named}: ${fromBig(amount)} cannot be credited, ${fromBig(most)} of it are left`,
    };
  return {
    line: { ...credit, ...(back.length === 0 ? {} : { allowanceCharges: back }) },
    returned: asked.kind === 'quantity' ? asked.quantity : '0',
    amount,
  };
}

/** What was added to or taken off comes back in the same share; an amount stays where only the price was wrong. */
function shareOf(
  one: InvoiceAdjustment,
  goods: Big,
  share: Big | undefined,
  round: (amount: Big) => Big,
): InvoiceAdjustment {
  const { percent, amount = '0' } = one;
  const part = percent !== undefined ? goods.times(percent).times('0.01') : toBig(amount).times(share ?? '0');
  return { ...one, amount: fromBig(round(part)) };
}

function lineAmount(
  { allowanceCharges = [], ...line }: InvoiceLine,
  rounding: Rounding,
  decimals: number,
): Big {
  const goods = extendLine(line, rounding, decimals) ?? toBig('0');
  return allowanceCharges.reduce(
    (sum, { indicator, amount = '0' }) => (indicator === 'charge' ? sum.plus(amount) : sum.minus(amount)),
    goods,
  );
}

/** Everything that adds up carries a minus sign; what was kept back is a charge then. */
function negate(memo: Invoice): Invoice {
  const minus = (amount: Decimal) => (toBig(amount).eq('0') ? '0' : fromBig(toBig(amount).times('-1')));
  const flip = <T extends { readonly amount?: string | undefined }>(one: T): T =>
    one.amount === undefined ? one : { ...one, amount: minus(one.amount) };
  return {
    ...memo,
    totals: { amount: minus(memo.totals.amount) },
    lines: memo.lines.map((line) => ({
      ...line,
      quantity: minus(line.quantity!),
      ...(line.allowanceCharges === undefined ? {} : { allowanceCharges: line.allowanceCharges.map(flip) }),
    })),
    ...(memo.taxes === undefined ? {} : { taxes: memo.taxes.map(flip) }),
    ...(memo.allowanceCharges === undefined
      ? {}
      : {
          allowanceCharges: memo.allowanceCharges.map((one) => ({
            ...one,
            indicator: 'charge' as const,
            handling: '06',
          })),
        }),
  };
}
