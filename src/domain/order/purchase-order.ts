import { z } from 'zod';
import { dateText, decimalText, party, productId, reference, source, unmappedSegment } from '../document.ts';

/** The canonical purchase order, whatever syntax it came in (X12 850, and later cXML, UBL, EDIFACT, mail). */
export const purchaseOrderLine = z.strictObject({
  /** PO101, or the ordinal of the line where the sender gives none. */
  number: z.string(),
  quantity: decimalText.optional(),
  unit: z.string().optional(),
  unitPrice: decimalText.optional(),
  /** PO105: PE per each, HP per hundred, TP per thousand. */
  priceBasis: z.string().optional(),
  ids: z.array(productId),
  description: z.string().optional(),
  requestedDelivery: dateText.optional(),
  references: z.array(reference).optional(),
  notes: z.array(z.string()).optional(),
  schedule: z
    .array(
      z.strictObject({
        quantity: decimalText.optional(),
        unit: z.string().optional(),
        date: dateText.optional(),
        qualifier: z.string().optional(),
      }),
    )
    .optional(),
});

export const purchaseOrder = z.strictObject({
  kind: z.literal('purchase-order'),
  source: source,
  purpose: z.enum([
    'original',
    'cancel',
    'change',
    'replace',
    'confirm',
    'duplicate',
    'information',
    'other',
  ]),
  purposeCode: z.string().optional(),
  type: z.enum(['standalone', 'new', 'blanket', 'blanket-estimate', 'release', 'drop-ship', 'rush', 'other']),
  /** BEG02 as sent, where `type` is `other`. */
  typeCode: z.string().optional(),
  poNumber: z.string(),
  releaseNumber: z.string().optional(),
  contractNumber: z.string().optional(),
  /** The buyer's customer's order number, where the partner's map binds one. */
  customerOrderNumber: z.string().optional(),
  orderDate: dateText.optional(),
  currency: z.string().optional(),
  requestedDelivery: dateText.optional(),
  references: z.array(reference).optional(),
  notes: z.array(z.string()).optional(),
  parties: z.array(party).optional(),
  lines: z.array(purchaseOrderLine),
  unmapped: z.array(unmappedSegment).optional(),
});

export type PurchaseOrder = z.infer<typeof purchaseOrder>;
export type PurchaseOrderLine = z.infer<typeof purchaseOrderLine>;
