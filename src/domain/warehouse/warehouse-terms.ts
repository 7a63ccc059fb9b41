import { z } from 'zod';
import {
  contact,
  dateText,
  decimalText,
  namedParty,
  party,
  productId,
  qualifiedQuantity,
  reference,
  remark,
  timeText,
} from '../document.ts';
import { qualifiedAmount } from '../trade-terms.ts';

/** What an order to a warehouse and its report both say. */

/** G62: 10 requested shipment, 02 requested delivery, 11 shipped, … */
export const warehouseDate = z.strictObject({
  qualifier: z.string().optional(),
  date: dateText.optional(),
  timeQualifier: z.string().optional(),
  time: timeText.optional(),
  zone: z.string().optional(),
});

export const shipmentHeading = {
  parties: z.array(party.omit({ references: true })).optional(),
  /** N9. */
  references: z.array(reference).optional(),
  contacts: z.array(contact).optional(),
  dates: z.array(warehouseDate).optional(),
  /** NTE: `WHI` instructions to the warehouse, `DEL` to the carrier, … */
  remarks: z.array(remark).optional(),
  /** W6. */
  specialHandling: z.array(z.string()).optional(),
};

export const stockLine = {
  unit: z.string().optional(),
  upcCaseCode: z.string().optional(),
  ids: z.array(productId),
  /** The product id that stands apart from the others: W0115, W1221. */
  furtherIds: z.array(productId).optional(),
  lot: z.string().optional(),
  /** G69, line by line. */
  descriptionLines: z.array(z.string()).optional(),
  references: z.array(reference).optional(),
  dates: z.array(warehouseDate).optional(),
  quantities: z.array(qualifiedQuantity).optional(),
  amounts: z.array(qualifiedAmount).optional(),
  parties: z.array(namedParty).optional(),
};

/** Sum of the document: W76 of what is ordered, W03 of what was shipped. */
export const shipmentTotals = {
  weight: decimalText.optional(),
  weightUnit: z.string().optional(),
  volume: decimalText.optional(),
  volumeUnit: z.string().optional(),
};
