import { toBig } from '../../lib/decimal.ts';
import type { Reason } from '../reason.ts';
import type { BilledLine, BillingFacts } from './billing.ts';
import type { Invoice } from './invoice.ts';
import { totalInvoice } from './total-invoice.ts';

/**
 * Matches an invoice against order and shipment before it leaves, by what it says itself and not by how it was made: no
 * line bills more than was shipped, none bills another price than was answered, and TDS01 is the sum of its parts.
 */
export function matchInvoice(
  invoice: Invoice,
  billed: readonly BilledLine[],
  facts: BillingFacts,
): readonly Reason[] {
  const reasons: Reason[] = [];
  const sums = totalInvoice(invoice, facts.rounding);
  if (invoice.lines.length === 0) reasons.push({ code: 'nothing-to-bill', text: 'no line is left to bill' });
  if (sums !== undefined && !toBig(sums.amount).eq(toBig(invoice.totals.amount)))
    reasons.push({
      code: 'total-differs',
      text: `the total is ${invoice.totals.amount}, and its parts come to ${sums.amount}`,
    });
  if (toBig(invoice.totals.amount).lt('0'))
    reasons.push({
      code: 'total-negative',
      text: `the allowances come to more than the goods: ${invoice.totals.amount}`,
    });
  return [...reasons, ...matchLines(invoice, billed, facts), ...matchCurrency(facts)];
}

function matchLines(invoice: Invoice, billed: readonly BilledLine[], { orders }: BillingFacts): Reason[] {
  const reasons: Reason[] = [];
  for (const [key, own] of Map.groupBy(billed, (one) => `${one.order} ${one.orderPosition}`)) {
    const [{ order: id, orderPosition }] = own as [BilledLine];
    const order = orders.find((one) => one.id === id);
    const line = order?.order.lines[orderPosition - 1];
    if (order === undefined || line === undefined) {
      reasons.push({ code: 'line-unknown', text: `line ${key} belongs to no order of this invoice` });
      continue;
    }
    const named = `${order.order.poNumber} line ${line.number}`;
    const said = own.map(({ position }) => invoice.lines[position - 1]!);
    const now = said.reduce((sum, { quantity = '0' }) => sum.plus(toBig(quantity)), toBig('0'));
    const before = toBig(order.invoiced.get(orderPosition) ?? '0');
    const shipped = toBig(order.shipped.get(orderPosition) ?? '0');
    if (before.plus(now).gt(shipped))
      reasons.push({
        code: 'billed-over-shipped',
        text: `${named}: ${before.toFixed()} billed before and ${now.toFixed()} now are more than the ${shipped.toFixed()} shipped`,
      });
    const answered = order.decision.lines[orderPosition - 1]?.price ?? line.unitPrice;
    const other = said.find(
      ({ unitPrice }) => answered === undefined || !toBig(unitPrice ?? '0').eq(toBig(answered)),
    );
    if (other !== undefined)
      reasons.push({
        code: 'price-differs',
        text: `${named}: billed at ${other.unitPrice}, answered at ${answered ?? 'no price'}`,
      });
  }
  return reasons;
}

function matchCurrency({ orders, currency }: BillingFacts): Reason[] {
  return orders.flatMap(({ order }) =>
    order.currency === undefined || order.currency === currency
      ? []
      : [
          {
            code: 'currency-differs',
            text: `${order.poNumber} is in ${order.currency}, the invoice in ${currency}`,
          },
        ],
  );
}
