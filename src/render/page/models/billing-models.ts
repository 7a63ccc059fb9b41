import { z } from 'zod';
import { dateText, decimalText } from '../../../domain/document.ts';
import { addressee } from './addressee.ts';

const labelledAmount = z.strictObject({ label: z.string(), amount: decimalText });

const billedLine = z.strictObject({
  poNumber: z.string().optional(),
  line: z.string(),
  item: z.string(),
  customerItem: z.string().optional(),
  description: z.string().optional(),
  quantity: decimalText,
  unit: z.string(),
  price: decimalText,
  /** What the price is for, where it is not one unit: `100`. */
  per: z.string().optional(),
  amount: decimalText,
  lots: z.array(z.string()).optional(),
  serials: z.array(z.string()).optional(),
});

const bill = {
  date: dateText,
  number: z.string(),
  currency: z.string(),
  seller: addressee,
  billTo: addressee,
  shipTo: addressee.optional(),
  poNumbers: z.array(z.string()),
  lines: z.array(billedLine),
  /** Of the lines. */
  subtotal: decimalText,
  /** Allowances are below zero. */
  charges: z.array(labelledAmount),
  taxes: z.array(labelledAmount),
  total: decimalText,
  notes: z.array(z.string()).optional(),
};

export const invoicePage = z.strictObject({
  ...bill,
  due: dateText.optional(),
  /** In words: `2% 10 days, net 30`. */
  terms: z.string().optional(),
  /** What is paid by that day takes the discount. */
  discount: z.strictObject({ until: dateText, amount: decimalText, payable: decimalText }).optional(),
  shipments: z.array(
    z.strictObject({ number: z.string(), date: dateText, tracking: z.array(z.string()).optional() }),
  ),
  remitTo: addressee.optional(),
  /** Bank and account, line by line. */
  payment: z.array(z.string()).optional(),
});

/** Amounts are what is credited, above zero. */
export const creditMemoPage = z.strictObject({
  ...bill,
  invoiceNumber: z.string(),
  invoiceDate: dateText.optional(),
  reason: z.string(),
  returnNumber: z.string().optional(),
});

export const returnAuthorisationPage = z.strictObject({
  date: dateText,
  /** The customer writes it on the parcel. */
  number: z.string(),
  validUntil: dateText.optional(),
  customer: addressee,
  returnTo: addressee,
  invoiceNumber: z.string(),
  poNumbers: z.array(z.string()),
  reason: z.string(),
  lines: z.array(
    z.strictObject({
      line: z.string(),
      item: z.string(),
      customerItem: z.string().optional(),
      description: z.string().optional(),
      quantity: decimalText,
      unit: z.string(),
      serials: z.array(z.string()).optional(),
    }),
  ),
  instructions: z.array(z.string()).optional(),
});

export type InvoicePage = z.infer<typeof invoicePage>;
export type CreditMemoPage = z.infer<typeof creditMemoPage>;
export type ReturnAuthorisationPage = z.infer<typeof returnAuthorisationPage>;
