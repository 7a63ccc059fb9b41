import { z } from 'zod';
import {
  contact,
  datedEvent,
  dateText,
  decimalText,
  measurement,
  message,
  party,
  productDescription,
  productId,
  qualifiedQuantity,
  reference,
  remark,
  source,
  unmappedSegment,
} from '../document.ts';
import { documentPurpose, subline } from '../order/order-terms.ts';
import {
  freightTerms,
  paymentTerms,
  price,
  qualifiedAmount,
  tax,
  taxedAllowanceCharge,
} from '../trade-terms.ts';
import { carriage, destinationQuantities, load, packing } from '../transport.ts';

/** What was shipped and is to be paid, or is credited (X12 810). */
export const invoiceLine = z.strictObject({
  /** IT101: the line of the order or of the invoice, as the parties agreed. */
  number: z.string().optional(),
  /** The quantity invoiced, not the one ordered. */
  quantity: decimalText.optional(),
  unit: z.string().optional(),
  unitPrice: decimalText.optional(),
  /** PE per each, HP per hundred, TP per thousand. */
  priceBasis: z.string().optional(),
  ids: z.array(productId),
  description: z.string().optional(),
  /** PID02 of the description: 08 product, 73 colour, … */
  descriptionCode: z.string().optional(),
  descriptions: z.array(productDescription).optional(),
  /** QTY: ordered, backordered, … */
  quantities: z.array(qualifiedQuantity).optional(),
  currency: z.string().optional(),
  exchangeRate: decimalText.optional(),
  /** IT3: what was shipped, and why it differs from what was ordered. */
  shipped: z
    .array(
      z.strictObject({
        quantity: decimalText.optional(),
        unit: z.string().optional(),
        status: z.string().optional(),
        difference: decimalText.optional(),
        reason: z.string().optional(),
      }),
    )
    .optional(),
  taxes: z.array(tax).optional(),
  prices: z.array(price).optional(),
  measurements: z.array(measurement).optional(),
  packing: packing.optional(),
  paymentTerms: z.array(paymentTerms).optional(),
  references: z.array(reference).optional(),
  contacts: z.array(contact).optional(),
  destinations: z.array(destinationQuantities).optional(),
  dates: z.array(datedEvent).optional(),
  carriages: z.array(carriage).optional(),
  allowanceCharges: z.array(taxedAllowanceCharge).optional(),
  sublines: z.array(subline).optional(),
  parties: z.array(party).optional(),
});

/** TDS: amounts with two implied decimals on the wire, written out here. */
export const invoiceTotals = z.strictObject({
  /** TDS01: with charges, less allowances, before terms discount. */
  amount: decimalText,
  /** TDS02: what the terms discount is taken of. */
  discountable: decimalText.optional(),
  /** TDS03: due when paid in time for the discount. */
  discounted: decimalText.optional(),
  /** TDS04: the terms discount. */
  discount: decimalText.optional(),
});

export const invoice = z.strictObject({
  kind: z.literal('invoice'),
  source: source.optional(),
  invoiceDate: dateText,
  invoiceNumber: z.string(),
  /** BIG07; absent counts as a debit invoice. */
  type: z
    .enum([
      'debit-invoice',
      'credit-invoice',
      'credit-memo',
      'debit-memo',
      'consolidated-invoice',
      'product-or-service',
      'other',
    ])
    .optional(),
  /** BIG07 as sent, where `type` is `other`. */
  typeCode: z.string().optional(),
  purpose: documentPurpose.optional(),
  purposeCode: z.string().optional(),
  orderDate: dateText.optional(),
  poNumber: z.string().optional(),
  releaseNumber: z.string().optional(),
  changeSequence: z.string().optional(),
  /** BIG10: the invoice that sums up this one. */
  consolidatedInvoiceNumber: z.string().optional(),
  remarks: z.array(remark).optional(),
  currency: z.string().optional(),
  exchangeRate: decimalText.optional(),
  references: z.array(reference).optional(),
  contacts: z.array(contact).optional(),
  parties: z.array(party).optional(),
  paymentTerms: z.array(paymentTerms).optional(),
  dates: z.array(datedEvent).optional(),
  freightTerms: freightTerms.optional(),
  descriptions: z.array(productDescription).optional(),
  measurements: z.array(measurement).optional(),
  messages: z.array(message).optional(),
  lines: z.array(invoiceLine),
  totals: invoiceTotals,
  taxes: z.array(tax).optional(),
  carriage: carriage.optional(),
  amounts: z.array(qualifiedAmount).optional(),
  allowanceCharges: z.array(taxedAllowanceCharge).optional(),
  /** ISS: packages, weight and volume of what was shipped. */
  shipments: z
    .array(
      z.strictObject({
        units: decimalText.optional(),
        unit: z.string().optional(),
        weight: decimalText.optional(),
        weightUnit: z.string().optional(),
        volume: decimalText.optional(),
        volumeUnit: z.string().optional(),
        quantity: decimalText.optional(),
        description: z.string().optional(),
      }),
    )
    .optional(),
  load: load.optional(),
  unmapped: z.array(unmappedSegment).optional(),
});

export type Invoice = z.infer<typeof invoice>;
export type InvoiceLine = z.infer<typeof invoiceLine>;
