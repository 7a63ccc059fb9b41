import type { PlainDate } from '../../lib/dates.ts';
import type { PurchaseOrder } from '../order/purchase-order.ts';
import type { Quote } from './quote.ts';

export type QuoteOrder = {
  /** The number that the customer gave. */
  readonly poNumber: string;
  readonly date: PlainDate;
  /** Code of the place that it goes to. */
  readonly shipTo?: string | undefined;
  readonly requestedDelivery?: PlainDate | undefined;
};

/** The quote as the customer would have ordered it: all of it, at its prices. */
export function orderQuote(
  quote: Quote,
  { poNumber, date, shipTo, requestedDelivery }: QuoteOrder,
): Omit<PurchaseOrder, 'source'> {
  return {
    kind: 'purchase-order',
    purpose: 'original',
    type: 'standalone',
    poNumber,
    orderDate: date,
    currency: quote.currency,
    ...(requestedDelivery === undefined ? {} : { requestedDelivery }),
    references: [{ qualifier: 'Q1', value: quote.number }],
    ...(shipTo === undefined
      ? {}
      : { parties: [{ role: 'ship-to', code: 'ST', idQualifier: '92', id: shipTo }] }),
    lines: quote.lines.map(({ line, item, quantity, unit, price, basis }) => ({
      number: line,
      quantity,
      unit,
      unitPrice: price,
      priceBasis: basis,
      ids: [{ qualifier: 'VP', value: item }],
    })),
  };
}
