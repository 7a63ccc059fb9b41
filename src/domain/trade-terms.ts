import { z } from 'zod';
import { dateText, decimalText, timeText } from './document.ts';

/** What is agreed on paying, and what is added to or taken off a price; shared by orders, answers and invoices. */

/** ITD: discount and due dates. */
export const paymentTerms = z.strictObject({
  /** ITD01: 01 basic, 05 discount not applicable, 08 basic discount offered, 14 previously agreed, … */
  type: z.string().optional(),
  /** ITD02, the date that days count from: 2 delivery, 3 invoice, 15 receipt of goods, … */
  basis: z.string().optional(),
  discountPercent: decimalText.optional(),
  discountDate: dateText.optional(),
  discountDays: decimalText.optional(),
  netDate: dateText.optional(),
  netDays: decimalText.optional(),
  discountAmount: decimalText.optional(),
  deferredDate: dateText.optional(),
  deferredAmount: decimalText.optional(),
  deferredPercent: decimalText.optional(),
  description: z.string().optional(),
  dayOfMonth: decimalText.optional(),
  paymentMethod: z.string().optional(),
  percent: decimalText.optional(),
});

/** FOB: who pays the carriage, and where title and risk pass. */
export const freightTerms = z.strictObject({
  /** FOB01: PP prepaid, CC collect, DF defined by buyer and seller, … */
  payment: z.string(),
  locationQualifier: z.string().optional(),
  location: z.string().optional(),
  /** FOB04 and FOB05: `01` and an Incoterm. */
  termsQualifier: z.string().optional(),
  terms: z.string().optional(),
  titleQualifier: z.string().optional(),
  titleLocation: z.string().optional(),
  risk: z.string().optional(),
  riskDescription: z.string().optional(),
});

/** TXI. The amount has its decimal point written, unlike that of a charge. */
export const tax = z.strictObject({
  type: z.string(),
  amount: decimalText.optional(),
  percent: decimalText.optional(),
  jurisdictionQualifier: z.string().optional(),
  jurisdiction: z.string().optional(),
  exempt: z.string().optional(),
  /** TXI07: A add, O information only, … */
  relationship: z.string().optional(),
  base: decimalText.optional(),
  id: z.string().optional(),
  line: z.string().optional(),
});

/** SAC: added to or taken off. */
export const allowanceCharge = z.strictObject({
  indicator: z.enum(['allowance', 'charge', 'neither', 'promotion', 'service', 'other']),
  /** SAC01 as sent, where `indicator` is `other`. */
  indicatorCode: z.string().optional(),
  /** SAC02: D240 freight, C310 discount, … */
  code: z.string().optional(),
  agency: z.string().optional(),
  agencyCode: z.string().optional(),
  amount: decimalText.optional(),
  percentQualifier: z.string().optional(),
  percent: decimalText.optional(),
  rate: decimalText.optional(),
  unit: z.string().optional(),
  quantity: decimalText.optional(),
  quantityTo: decimalText.optional(),
  /** SAC12: 01 bill back, 02 off invoice, 06 charge to be paid by customer, … */
  handling: z.string().optional(),
  reference: z.string().optional(),
  option: z.string().optional(),
  description: z.string().optional(),
  language: z.string().optional(),
});

/** The same in an invoice, with the taxes that fall on it. */
export const taxedAllowanceCharge = allowanceCharge.extend({ taxes: z.array(tax).optional() });

/** CSH: N no back order, SC ship complete, … */
export const salesRequirement = z.strictObject({
  code: z.string().optional(),
  action: z.string().optional(),
  amount: decimalText.optional(),
  account: z.string().optional(),
  date: dateText.optional(),
});

/** CTP: a price beside that of the line, such as a retail or a catalogue price. */
export const price = z.strictObject({
  tradeClass: z.string().optional(),
  type: z.string().optional(),
  price: decimalText.optional(),
  quantity: decimalText.optional(),
  unit: z.string().optional(),
  multiplierQualifier: z.string().optional(),
  multiplier: decimalText.optional(),
  amount: decimalText.optional(),
  basis: z.string().optional(),
  condition: z.string().optional(),
  multiple: decimalText.optional(),
});

/** AMT, such as `TT` the total of the document. */
export const qualifiedAmount = z.strictObject({
  qualifier: z.string(),
  amount: decimalText,
  /** AMT03: C credit, D debit. */
  side: z.string().optional(),
});

/** SCH: a part of a line's quantity and when it is wanted; `until` where a window is given. */
export const schedule = z.strictObject({
  quantity: decimalText.optional(),
  unit: z.string().optional(),
  date: dateText.optional(),
  qualifier: z.string().optional(),
  time: timeText.optional(),
  untilQualifier: z.string().optional(),
  untilDate: dateText.optional(),
  untilTime: timeText.optional(),
  requestNumber: z.string().optional(),
  number: z.string().optional(),
});
