import { z } from 'zod';
import {
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
} from '../document.ts';
import {
  allowanceCharge,
  freightTerms,
  paymentTerms,
  price,
  qualifiedAmount,
  salesRequirement,
  schedule,
} from '../trade-terms.ts';
import { carrier, destinationQuantities, equipment, load, marks, packages, packing } from '../transport.ts';

/** What an order, its change and the answers to both may all say beside their numbers and lines. */

/** BEG01, BCH01, BAK01, BIG08; `other` with the code beside it. */
export const documentPurpose = z.enum([
  'original',
  'cancel',
  'change',
  'replace',
  'confirm',
  'duplicate',
  'information',
  'other',
]);

export const orderType = z.enum([
  'standalone',
  'new',
  'blanket',
  'blanket-estimate',
  'release',
  'drop-ship',
  'rush',
  'other',
]);

export const orderTerms = {
  exchangeRate: decimalText.optional(),
  freightTerms: freightTerms.optional(),
  salesRequirements: z.array(salesRequirement).optional(),
  allowanceCharges: z.array(allowanceCharge).optional(),
  paymentTerms: z.array(paymentTerms).optional(),
  /** DTM that no field of its own holds, such as 010 requested ship or 001 cancel after. */
  dates: z.array(datedEvent).optional(),
  measurements: z.array(measurement).optional(),
  packages: z.array(packages).optional(),
  carriers: z.array(carrier).optional(),
  equipment: z.array(equipment).optional(),
  marks: z.array(marks).optional(),
  messages: z.array(message).optional(),
  /** CTT03 to CTT06. */
  load: load.optional(),
  /** AMT behind CTT: `TT` is the total of the document. */
  totalAmounts: z.array(qualifiedAmount).optional(),
};

/** SLN: a component of a line, or one size or colour of it. */
export const subline = z.strictObject({
  number: z.string(),
  parent: z.string().optional(),
  /** SLN03: I included, A add, S substitute, … */
  relationship: z.string(),
  quantity: decimalText.optional(),
  unit: z.string().optional(),
  unitPrice: decimalText.optional(),
  priceBasis: z.string().optional(),
  priceRelationship: z.string().optional(),
  ids: z.array(productId).optional(),
  description: z.string().optional(),
  descriptionCode: z.string().optional(),
});

export const lineTerms = {
  /** PID02 of the description: 08 product, 73 colour, … */
  descriptionCode: z.string().optional(),
  descriptions: z.array(productDescription).optional(),
  currency: z.string().optional(),
  exchangeRate: decimalText.optional(),
  prices: z.array(price).optional(),
  measurements: z.array(measurement).optional(),
  packing: packing.optional(),
  salesRequirements: z.array(salesRequirement).optional(),
  allowanceCharges: z.array(allowanceCharge).optional(),
  paymentTerms: z.array(paymentTerms).optional(),
  freightTerms: freightTerms.optional(),
  destinations: z.array(destinationQuantities).optional(),
  dates: z.array(datedEvent).optional(),
  packages: packages.optional(),
  carriers: z.array(carrier).optional(),
  marks: z.array(marks).optional(),
  quantities: z.array(qualifiedQuantity).optional(),
  messages: z.array(message).optional(),
  parties: z.array(party).optional(),
  sublines: z.array(subline).optional(),
  amounts: z.array(qualifiedAmount).optional(),
};

/** MSG or MTX right at the line; that of an N9 loop is under `notes` and `messages`. */
export const comments = z.array(z.string()).optional();

/** The part of a line that names the item and what was agreed on it. */
export const orderedLine = {
  quantity: decimalText.optional(),
  unit: z.string().optional(),
  unitPrice: decimalText.optional(),
  /** PE per each, HP per hundred, TP per thousand. */
  priceBasis: z.string().optional(),
  ids: z.array(productId),
  description: z.string().optional(),
  requestedDelivery: dateText.optional(),
  references: z.array(reference).optional(),
  notes: z.array(z.string()).optional(),
  schedule: z.array(schedule).optional(),
};
