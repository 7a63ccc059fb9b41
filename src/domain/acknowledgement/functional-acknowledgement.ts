import { z } from 'zod';
import { source, unmappedSegment } from '../document.ts';

/** The canonical form of a 997 or 999: what became of one functional group, set by set. */

/** CTX of a 999: what an error has to do with elsewhere. */
const context = z.strictObject({
  /** CTX01-1: `SITUATIONAL TRIGGER`, or where a number of the business stands, such as `BEG03`. */
  name: z.string(),
  /** CTX01-2. */
  value: z.string().optional(),
  /** CTX02, CTX03, CTX04, CTX05: the place. */
  segment: z.string().optional(),
  position: z.string().optional(),
  loop: z.string().optional(),
  element: z.string().optional(),
  component: z.string().optional(),
  repetition: z.string().optional(),
  /** CTX06-1. */
  reference: z.string().optional(),
});

const elementNote = z.strictObject({
  /** AK401-1; in a 999 the same of IK401, and so on. */
  position: z.string(),
  component: z.string().optional(),
  repetition: z.string().optional(),
  /** AK402. */
  reference: z.string().optional(),
  /** AK403. */
  code: z.string(),
  /** AK404. */
  value: z.string().optional(),
  contexts: z.array(context).optional(),
});

const segmentNote = z.strictObject({
  /** AK301. */
  segment: z.string(),
  /** AK302: ST is 1. */
  position: z.string(),
  /** AK303. */
  loop: z.string().optional(),
  /** AK304. */
  code: z.string().optional(),
  contexts: z.array(context).optional(),
  elements: z.array(elementNote).optional(),
});

const setNote = z.strictObject({
  set: z.string(),
  control: z.string(),
  /** AK203, from 005010 on. */
  implementation: z.string().optional(),
  segments: z.array(segmentNote).optional(),
  /** AK501: A, E, R, M, W, X. */
  status: z.string(),
  /** AK502…AK506. */
  codes: z.array(z.string()).optional(),
});

export const functionalAcknowledgement = z.strictObject({
  kind: z.literal('functional-acknowledgement'),
  source: source.optional(),
  /** AK101. */
  functionalId: z.string(),
  /** AK102. */
  groupControl: z.string(),
  /** AK103, from 005010 on. */
  version: z.string().optional(),
  sets: z.array(setNote).optional(),
  /** AK901: A, E, P, R. */
  status: z.string(),
  /** AK902, AK903, AK904. */
  included: z.string(),
  received: z.string(),
  accepted: z.string(),
  /** AK905…AK909. */
  codes: z.array(z.string()).optional(),
  unmapped: z.array(unmappedSegment).optional(),
});

export type FunctionalAcknowledgement = z.infer<typeof functionalAcknowledgement>;
