import { z } from 'zod';
import {
  contact,
  datedEvent,
  dateText,
  individual,
  party,
  qualifiedQuantity,
  reference,
  remark,
  source,
  timeText,
  unmappedSegment,
} from '../document.ts';
import { qualifiedAmount } from '../trade-terms.ts';

const errorPlace = {
  segment: z.string().optional(),
  /** TED04: of the segment, ST is 1. */
  position: z.string().optional(),
  /** TED05: of the element; component and repetition from 005010 on. */
  element: z.string().optional(),
  component: z.string().optional(),
  repetition: z.string().optional(),
  /** TED06: the element's number in the dictionary, such as 373. */
  elementReference: z.string().optional(),
  componentReference: z.string().optional(),
};

/** RED: a value that belongs to the error, and the list that its code comes from. */
const relatedData = z.strictObject({
  text: z.string(),
  relation: z.string().optional(),
  agency: z.string().optional(),
  source: z.string().optional(),
  list: z.string().optional(),
  code: z.string().optional(),
});

/** CTX: what the partner was looking at, such as the order or the trigger of a rule. */
const context = z.strictObject({
  names: z.array(z.strictObject({ name: z.string(), value: z.string().optional() })),
  ...errorPlace,
  loop: z.string().optional(),
});

/** TED: one thing that is wrong, and where. */
const adviceError = z.strictObject({
  /** TED01 in a word, `other` for a code that has none here. */
  condition: z.string(),
  /** TED01 as sent. */
  conditionCode: z.string(),
  text: z.string().optional(),
  ...errorPlace,
  value: z.string().optional(),
  /** TED08: what the partner took instead. */
  newValue: z.string().optional(),
  contexts: z.array(context).optional(),
  remarks: z.array(remark).optional(),
  related: z.array(relatedData).optional(),
});

/** OTI: the answer to one document. */
const adviceResult = z.strictObject({
  outcome: z.enum([
    'accepted',
    'accepted-with-changes',
    'accepted-with-errors',
    'partly-accepted',
    'rejected',
    'other',
  ]),
  /** OTI01 as sent; its first letter says of what: T set, G group, B batch, I item. */
  outcomeCode: z.string(),
  /** OTI02: IV invoice number, PO purchase order, SI shipment, TN transaction, … */
  qualifier: z.string(),
  number: z.string(),
  /** OTI04 to OTI09 name the document that is answered by its envelope: GS02, GS03, GS04, GS05, GS06, ST02. */
  sender: z.string().optional(),
  receiver: z.string().optional(),
  date: dateText.optional(),
  time: timeText.optional(),
  group: z.string().optional(),
  control: z.string().optional(),
  /** ST01. */
  set: z.string().optional(),
  version: z.string().optional(),
  purpose: z.string().optional(),
  purposeCode: z.string().optional(),
  transactionType: z.string().optional(),
  applicationType: z.string().optional(),
  action: z.string().optional(),
  handling: z.string().optional(),
  status: z.string().optional(),
  references: z.array(reference).optional(),
  dates: z.array(datedEvent).optional(),
  contacts: z.array(contact).optional(),
  amounts: z.array(qualifiedAmount).optional(),
  quantities: z.array(qualifiedQuantity).optional(),
  individuals: z.array(individual).optional(),
  errors: z.array(adviceError).optional(),
  /** LM: codes of a list that an industry keeps. */
  industryCodes: z
    .array(
      z.strictObject({
        agency: z.string(),
        source: z.string().optional(),
        codes: z
          .array(
            z.strictObject({
              list: z.string().optional(),
              code: z.string().optional(),
              related: z.array(relatedData).optional(),
            }),
          )
          .optional(),
      }),
    )
    .optional(),
});

/** What a partner's application found in a document of ours that had passed its syntax check (X12 824). */
export const applicationAdvice = z.strictObject({
  kind: z.literal('application-advice'),
  source: source.optional(),
  purpose: z.string(),
  /** BGN01 as sent, where `purpose` is `other`. */
  purposeCode: z.string().optional(),
  /** BGN02. */
  number: z.string(),
  date: dateText,
  time: timeText.optional(),
  zone: z.string().optional(),
  /** BGN06: of the advice that this one replaces or repeats. */
  earlierNumber: z.string().optional(),
  transactionType: z.string().optional(),
  /** BGN08: what is asked for, such as WQ accept or U reject. */
  action: z.string().optional(),
  securityLevel: z.string().optional(),
  parties: z.array(party).optional(),
  results: z.array(adviceResult),
  unmapped: z.array(unmappedSegment).optional(),
});

export type ApplicationAdvice = z.infer<typeof applicationAdvice>;
export type AdviceResult = z.infer<typeof adviceResult>;
export type AdviceError = z.infer<typeof adviceError>;
