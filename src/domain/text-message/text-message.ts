import { z } from 'zod';
import { datedEvent, party, source, unmappedSegment } from '../document.ts';

/** MIT: one message of the document. */
const textMessagePart = z.strictObject({
  number: z.string(),
  title: z.string().optional(),
  /** MIT03 and MIT04: characters a line and lines a page, for who prints it. */
  pageWidth: z.string().optional(),
  pageLength: z.string().optional(),
  parties: z.array(party).optional(),
  lines: z.array(z.string()),
});

/** Plain text from a person to a person (X12 864). Nothing is decided from it. */
export const textMessage = z.strictObject({
  kind: z.literal('text-message'),
  source: source.optional(),
  purpose: z.string(),
  /** BMG01 as sent, where `purpose` is `other`. */
  purposeCode: z.string().optional(),
  title: z.string().optional(),
  transactionType: z.string().optional(),
  dates: z.array(datedEvent).optional(),
  parties: z.array(party).optional(),
  messages: z.array(textMessagePart),
  unmapped: z.array(unmappedSegment).optional(),
});
