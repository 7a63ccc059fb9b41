import { z } from 'zod';
import { dateText, party, reference, source, unmappedSegment } from '../document.ts';
import { comments, documentPurpose, lineTerms, orderedLine, orderTerms, orderType } from './order-terms.ts';

/** The canonical purchase order, whatever syntax it came in (X12 850, and later cXML, UBL, EDIFACT, mail). */
export const purchaseOrderLine = z.strictObject({
  /** PO101, or the ordinal of the line where the sender gives none. */
  number: z.string(),
  ...orderedLine,
  ...lineTerms,
  comments,
});

export const purchaseOrder = z.strictObject({
  kind: z.literal('purchase-order'),
  source: source,
  purpose: documentPurpose,
  purposeCode: z.string().optional(),
  type: orderType,
  /** BEG02 as sent, where `type` is `other`. */
  typeCode: z.string().optional(),
  poNumber: z.string(),
  releaseNumber: z.string().optional(),
  contractNumber: z.string().optional(),
  /** The buyer's customer's order number, where the partner's map binds one. */
  customerOrderNumber: z.string().optional(),
  orderDate: dateText.optional(),
  /** BEG07: which answer the buyer wants. */
  acknowledgementType: z.string().optional(),
  currency: z.string().optional(),
  requestedDelivery: dateText.optional(),
  references: z.array(reference).optional(),
  notes: z.array(z.string()).optional(),
  ...orderTerms,
  parties: z.array(party).optional(),
  lines: z.array(purchaseOrderLine),
  unmapped: z.array(unmappedSegment).optional(),
});

export type PurchaseOrder = z.infer<typeof purchaseOrder>;
export type PurchaseOrderLine = z.infer<typeof purchaseOrderLine>;

/** BEG02 BK or BE: it commits to what is released later, and neither ships nor owes anything itself. */
export function isBlanketOrder({ type }: Pick<PurchaseOrder, 'type'>): boolean {
  return type === 'blanket' || type === 'blanket-estimate';
}

/** Whether its buyer waits for an answer: not where it is what an 830 calls firm. */
export function isAnswered({ source }: Pick<PurchaseOrder, 'source'>): boolean {
  return source.set !== '830';
}
