import { z } from 'zod';
import {
  contact,
  datedEvent,
  dateText,
  decimalText,
  party,
  productId,
  reference,
  source,
  unmappedSegment,
} from '../document.ts';
import { lineTerms, orderedLine, orderTerms } from './order-terms.ts';

/** ACK: usually one a line, two where a part is backordered. */
export const lineOutcome = z.strictObject({
  /** ACK01: IA, IP, IQ, IR, R2, … */
  status: z.string(),
  quantity: decimalText.optional(),
  unit: z.string().optional(),
  /** ACK04: 068 current schedule ship, 067 delivery, 079 promised. */
  dateQualifier: z.string().optional(),
  date: dateText.optional(),
  requestNumber: z.string().optional(),
  ids: z.array(productId).optional(),
  /** DTM behind the ACK. */
  dates: z.array(datedEvent).optional(),
});

/** The canonical answer to a purchase order (X12 855): every line answered once. */
export const orderAcknowledgementLine = z.strictObject({
  number: z.string().optional(),
  ...orderedLine,
  ...lineTerms,
  outcomes: z.array(lineOutcome),
});

export const orderAcknowledgement = z.strictObject({
  kind: z.literal('order-acknowledgement'),
  source: source.optional(),
  /** As in the purchase order; `other` with BAK01 as sent in `purposeCode`. */
  purpose: z.string(),
  purposeCode: z.string().optional(),
  /** BAK02: AC detail with change, AD detail no change, AH hold, AK, AT accepted, RD, RJ rejected. */
  type: z.string(),
  poNumber: z.string(),
  releaseNumber: z.string().optional(),
  requestNumber: z.string().optional(),
  contractNumber: z.string().optional(),
  /** BAK04, the date of the purchase order. */
  orderDate: dateText.optional(),
  /** BAK08, our order number. */
  sellerOrderNumber: z.string().optional(),
  /** BAK09, the date of this answer. */
  acknowledgedOn: dateText.optional(),
  currency: z.string().optional(),
  requestedDelivery: dateText.optional(),
  references: z.array(reference).optional(),
  contacts: z.array(contact).optional(),
  notes: z.array(z.string()).optional(),
  ...orderTerms,
  parties: z.array(party).optional(),
  lines: z.array(orderAcknowledgementLine),
  unmapped: z.array(unmappedSegment).optional(),
});

export type OrderAcknowledgement = z.infer<typeof orderAcknowledgement>;
export type OrderAcknowledgementLine = z.infer<typeof orderAcknowledgementLine>;
export type LineOutcome = z.infer<typeof lineOutcome>;
