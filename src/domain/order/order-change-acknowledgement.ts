import { z } from 'zod';
import { contact, dateText, party, reference, source, unmappedSegment } from '../document.ts';
import { lineOutcome } from './order-acknowledgement.ts';
import { orderChangeLine } from './order-change.ts';
import { documentPurpose, orderTerms, orderType } from './order-terms.ts';

/** The answer to a change (X12 865). It states the whole order as it stands now, each line with its outcome. */
export const orderChangeAcknowledgementLine = orderChangeLine.extend({ outcomes: z.array(lineOutcome) });

export const orderChangeAcknowledgement = z.strictObject({
  kind: z.literal('order-change-acknowledgement'),
  source: source.optional(),
  purpose: documentPurpose,
  purposeCode: z.string().optional(),
  /** BCA02: AC detail with change, AT accepted, RD, RJ rejected, …; absent where the seller asks for the change. */
  type: z.string().optional(),
  poNumber: z.string(),
  releaseNumber: z.string().optional(),
  /** The change that is answered, as its `changeSequence`. */
  changeSequence: z.string().optional(),
  orderDate: dateText.optional(),
  requestNumber: z.string().optional(),
  contractNumber: z.string().optional(),
  /** BCA09, our order number. */
  sellerOrderNumber: z.string().optional(),
  /** BCA10, the date of this answer. */
  acknowledgedOn: dateText.optional(),
  /** BCA11, the date of the change. */
  changeDate: dateText.optional(),
  /** BCA13, the type of the order. */
  orderType: orderType.optional(),
  orderTypeCode: z.string().optional(),
  currency: z.string().optional(),
  requestedDelivery: dateText.optional(),
  references: z.array(reference).optional(),
  contacts: z.array(contact).optional(),
  notes: z.array(z.string()).optional(),
  ...orderTerms,
  parties: z.array(party).optional(),
  lines: z.array(orderChangeAcknowledgementLine),
  unmapped: z.array(unmappedSegment).optional(),
});

export type OrderChangeAcknowledgement = z.infer<typeof orderChangeAcknowledgement>;
export type OrderChangeAcknowledgementLine = z.infer<typeof orderChangeAcknowledgementLine>;
