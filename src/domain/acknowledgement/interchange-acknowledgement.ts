import { z } from 'zod';
import { source } from '../document.ts';

/** The canonical form of a TA1: what became of one interchange. It lies in no group, so that its source has none. */
export const interchangeAcknowledgement = z.strictObject({
  kind: z.literal('interchange-acknowledgement'),
  source: source.omit({ group: true, control: true }).optional(),
  /** TA101: ISA13 of the interchange that is answered. */
  control: z.string(),
  /** TA102 and TA103: its ISA09 and ISA10 as they were written, since they may be what is wrong with it. */
  date: z.string(),
  time: z.string(),
  /** TA104: A accepted, E accepted with errors noted, R refused. */
  status: z.string(),
  /** TA105: 000 for no error. */
  note: z.string(),
});

export type InterchangeAcknowledgement = z.infer<typeof interchangeAcknowledgement>;
