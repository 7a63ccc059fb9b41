import { z } from 'zod';
import {
  contact,
  datedEvent,
  dateText,
  decimalText,
  measurement,
  party,
  productDescription,
  productId,
  reference,
  source,
  timeText,
  unmappedSegment,
} from '../document.ts';
import { documentPurpose, subline } from '../order/order-terms.ts';
import { shippedOrder, shippedQuantity, specialHandling } from '../shipment/ship-notice.ts';
import { allowanceCharge, freightTerms } from '../trade-terms.ts';
import { carrier, equipment, load, marks, packages, packing } from '../transport.ts';

/** RCD08 and its like in a word. */
const receivingCondition = z.enum([
  'damaged',
  'short',
  'over',
  'quality',
  'wrong-item',
  'non-standard-container',
  'good',
  'rejected',
  'on-hold',
  'scrapped',
  'cumulative-to-adjust',
  'over-returned',
  'no-ship-notice-held',
  'no-ship-notice-processed',
  'ship-notice-required',
  'other',
]);

/** Quantity, unit and condition, RCD06 to RCD20: what was wrong with how much. */
const receivingDiscrepancy = z.strictObject({
  quantity: decimalText,
  unit: z.string(),
  condition: receivingCondition,
  /** The code, where `condition` is `other`. */
  conditionCode: z.string().optional(),
});

/** RCD: an item as it arrived. */
const receivedLine = z.strictObject({
  number: z.string().optional(),
  /** RCD02: taken in, good or not; RCD04: sent back. */
  received: decimalText.optional(),
  receivedUnit: z.string().optional(),
  returned: decimalText.optional(),
  returnedUnit: z.string().optional(),
  discrepancies: z.array(receivingDiscrepancy).optional(),
  /** RCD21. */
  quantity: decimalText.optional(),
  shipped: shippedQuantity.optional(),
  currency: z.string().optional(),
  exchangeRate: decimalText.optional(),
  items: z.array(z.strictObject({ number: z.string().optional(), ids: z.array(productId) })).optional(),
  description: z.string().optional(),
  descriptionCode: z.string().optional(),
  descriptions: z.array(productDescription).optional(),
  packings: z.array(packing).optional(),
  references: z.array(reference).optional(),
  contacts: z.array(contact).optional(),
  dates: z.array(datedEvent).optional(),
  orders: z.array(shippedOrder).optional(),
  measurements: z.array(measurement).optional(),
  freightTerms: freightTerms.optional(),
  packages: z.array(packages).optional(),
  carriers: z.array(carrier).optional(),
  equipment: z.array(equipment).optional(),
  handling: z.array(specialHandling).optional(),
  allowanceCharges: z.array(allowanceCharge).optional(),
  marks: z.array(marks).optional(),
  sublines: z.array(subline).optional(),
  parties: z.array(party).optional(),
});

/** What arrived at the buyer, line by line (X12 861): accepted, damaged, short, over. Three-way match rests on it. */
export const receivingAdvice = z.strictObject({
  kind: z.literal('receiving-advice'),
  source: source.optional(),
  /** BRA01: of the advice, or of the shipment. */
  adviceNumber: z.string(),
  date: dateText,
  time: timeText.optional(),
  purpose: documentPurpose,
  purposeCode: z.string().optional(),
  /** BRA04 in a word. */
  type: z.enum(['dock', 'post-receipt', 'disposition', 'acceptance-certificate', 'intermediate', 'other']),
  typeCode: z.string().optional(),
  /** BRA06: the condition of the whole. */
  condition: receivingCondition.optional(),
  conditionCode: z.string().optional(),
  action: z.string().optional(),
  currency: z.string().optional(),
  exchangeRate: decimalText.optional(),
  references: z.array(reference).optional(),
  contacts: z.array(contact).optional(),
  /** DTM: 050 received, 011 shipped, … */
  dates: z.array(datedEvent),
  orders: z.array(shippedOrder).optional(),
  packages: z.array(packages).optional(),
  carriers: z.array(carrier).optional(),
  equipment: z.array(equipment).optional(),
  handling: z.array(specialHandling).optional(),
  measurements: z.array(measurement).optional(),
  parties: z.array(party).optional(),
  lines: z.array(receivedLine),
  load: load.optional(),
  unmapped: z.array(unmappedSegment).optional(),
});

export type ReceivingAdvice = z.infer<typeof receivingAdvice>;
