import { z } from 'zod';
import { contact, dateText, decimalText, party, reference, source, unmappedSegment } from '../document.ts';
import { comments, documentPurpose, lineTerms, orderedLine, orderTerms, orderType } from './order-terms.ts';

/** What a buyer wants changed in an order (X12 860). */
export const orderChangeLine = z.strictObject({
  /** POC01: the line of the order; a line that is added may come without. */
  number: z.string().optional(),
  change: z.enum([
    'add',
    'change',
    'date-change',
    'delete',
    'price-change',
    'price-and-quantity-change',
    'quantity-decrease',
    'quantity-increase',
    'reschedule-and-quantity-change',
    'reschedule',
    'replace',
    'no-change',
    'other',
  ]),
  /** POC02 as sent. */
  changeCode: z.string(),
  ...orderedLine,
  /** POC04: what is left to receive. */
  quantityLeft: decimalText.optional(),
  ...lineTerms,
  comments,
});

export const orderChange = z.strictObject({
  kind: z.literal('order-change'),
  source: source.optional(),
  /** BCH01: cancel the order, change it, replace it, …; `other` with the code in `purposeCode`. */
  purpose: documentPurpose,
  purposeCode: z.string().optional(),
  type: orderType,
  typeCode: z.string().optional(),
  poNumber: z.string(),
  releaseNumber: z.string().optional(),
  /** BCH05; absent counts as the first change of the order. */
  changeSequence: z.string().optional(),
  orderDate: dateText.optional(),
  requestNumber: z.string().optional(),
  contractNumber: z.string().optional(),
  sellerOrderNumber: z.string().optional(),
  acknowledgedOn: dateText.optional(),
  /** BCH11, the date of the change. */
  changeDate: dateText.optional(),
  /** BCH14: which answer the buyer wants. */
  acknowledgementType: z.string().optional(),
  currency: z.string().optional(),
  requestedDelivery: dateText.optional(),
  references: z.array(reference).optional(),
  contacts: z.array(contact).optional(),
  notes: z.array(z.string()).optional(),
  ...orderTerms,
  parties: z.array(party).optional(),
  lines: z.array(orderChangeLine),
  unmapped: z.array(unmappedSegment).optional(),
});

export type OrderChange = z.infer<typeof orderChange>;
export type OrderChangeLine = z.infer<typeof orderChangeLine>;
