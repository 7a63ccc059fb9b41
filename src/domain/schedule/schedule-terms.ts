import { z } from 'zod';
import { datedEvent, dateText, decimalText, reference, timeText } from '../document.ts';
import { destinationQuantities } from '../transport.ts';

/** What a planning schedule (X12 830) and a shipping schedule (X12 862) say alike. */

/** BFR04, BSS04: what the dates and quantities of the schedule are. */
export const scheduleBasis = z.enum([
  'authorized-delivery',
  'authorized-shipment',
  'production',
  'delivery',
  'production-sequence',
  'kanban',
  'planned-delivery',
  'planned-requirement',
  'planned-shipment',
  'shipment',
  'other',
]);

/** BFR05, BSS11. */
export const quantityBasis = z.enum(['actual', 'cumulative', 'net-change', 'replacement', 'other']);

/** FST: how much, how sure, and for when. */
export const forecast = z.strictObject({
  quantity: decimalText,
  /** FST02 in a word: planning binds nobody, firm does. */
  certainty: z.enum([
    'immediate',
    'firm',
    'planning',
    'released',
    'prototype',
    'cancelled',
    'changed',
    'other',
  ]),
  certaintyCode: z.string().optional(),
  /** FST03 in a word: the span of time that the quantity is for. */
  bucket: z.enum([
    'daily',
    'discrete',
    'flexible',
    'weekly',
    'four-week',
    'monthly',
    'quarterly',
    'half-yearly',
    'other',
  ]),
  bucketCode: z.string().optional(),
  date: dateText,
  /** FST05, the end of a flexible span. */
  endDate: dateText.optional(),
  /** FST06 and FST07: an hour, and which one it is. */
  timeQualifier: z.string().optional(),
  time: timeText.optional(),
  referenceQualifier: z.string().optional(),
  reference: z.string().optional(),
  /** FST10: what the quantity is planned for. */
  purpose: z.string().optional(),
  destinations: z.array(destinationQuantities).optional(),
});

/** SDP: the days on which, and the hours at which, goods are shipped or delivered. */
export const shipPattern = z.strictObject({ pattern: z.string(), time: z.string() });

/** SHP: what was shipped or received so far, by which the partners compare their cumulative quantities. */
export const shippedSoFar = z.strictObject({
  /** SHP01: 01 the last shipment, 02 cumulative, … */
  qualifier: z.string().optional(),
  quantity: decimalText.optional(),
  /** SHP03: what the date is, such as 011 shipped or 050 received. */
  dateQualifier: z.string().optional(),
  date: dateText.optional(),
  time: timeText.optional(),
  endDate: dateText.optional(),
  endTime: timeText.optional(),
  references: z.array(reference).optional(),
});

/** UIT. */
export const unitDetail = z.strictObject({
  unit: z.string(),
  unitPrice: decimalText.optional(),
  priceBasis: z.string().optional(),
});

/** LDT: how long it takes from one event to another. */
export const leadTime = z.strictObject({
  event: z.string(),
  quantity: decimalText,
  unit: z.string(),
  date: dateText.optional(),
});

/** What the heads of both have. */
export const scheduleHeading = {
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
  basis: scheduleBasis,
  /** BFR04, BSS04 as sent, where `basis` is `other`. */
  basisCode: z.string().optional(),
  quantities: quantityBasis.optional(),
  quantitiesCode: z.string().optional(),
  releaseNumber: z.string().optional(),
  contractNumber: z.string().optional(),
  poNumber: z.string().optional(),
  dates: z.array(datedEvent).optional(),
};
