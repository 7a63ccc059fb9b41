import { z } from 'zod';
import {
  contact,
  datedEvent,
  dateText,
  decimalText,
  measurement,
  party,
  productDescription,
  productId,
  qualifiedQuantity,
  reference,
  source,
  unmappedSegment,
} from '../document.ts';
import { subline } from '../order/order-terms.ts';
import { allowanceCharge, freightTerms, paymentTerms, price } from '../trade-terms.ts';
import { carrier, equipment, load, marks, packages, packing } from '../transport.ts';
import {
  forecast,
  leadTime,
  scheduleHeading,
  shipPattern,
  shippedSoFar,
  unitDetail,
} from './schedule-terms.ts';

/** ATH: up to which quantity the supplier may make or buy, counted from the start of the year that both count from. */
const authorization = z.strictObject({
  /** ATH01: FI finished goods, MT material, LB labor, PQ cumulative before the first period, … */
  resource: z.string(),
  date: dateText.optional(),
  quantity: decimalText.optional(),
  maximum: decimalText.optional(),
  countedFrom: dateText.optional(),
});

const planningLine = z.strictObject({
  number: z.string().optional(),
  ids: z.array(productId),
  unit: unitDetail.optional(),
  dates: z.array(datedEvent).optional(),
  currency: z.string().optional(),
  exchangeRate: decimalText.optional(),
  prices: z.array(price).optional(),
  description: z.string().optional(),
  descriptionCode: z.string().optional(),
  descriptions: z.array(productDescription).optional(),
  measurements: z.array(measurement).optional(),
  packing: packing.optional(),
  releaseStatus: z.string().optional(),
  releaseStatusText: z.string().optional(),
  references: z.array(reference).optional(),
  contacts: z.array(contact).optional(),
  allowanceCharges: z.array(allowanceCharge).optional(),
  paymentTerms: z.array(paymentTerms).optional(),
  freightTerms: freightTerms.optional(),
  leadTimes: z.array(leadTime).optional(),
  quantities: z.array(qualifiedQuantity).optional(),
  authorizations: z.array(authorization).optional(),
  packages: packages.optional(),
  carriers: z.array(carrier).optional(),
  equipment: z.array(equipment).optional(),
  marks: z.array(marks).optional(),
  sublines: z.array(subline).optional(),
  parties: z.array(party).optional(),
  forecasts: z.array(forecast.extend({ quantities: z.array(qualifiedQuantity).optional() })).optional(),
  /** SDP loops: a pattern and the quantities under it. */
  patterns: z
    .array(
      z.strictObject({
        days: z.array(shipPattern),
        forecasts: z.array(forecast.omit({ destinations: true })).optional(),
      }),
    )
    .optional(),
  shipped: z.array(shippedSoFar).optional(),
});

/** What the buyer expects to need (X12 830). Planning only, but for what it calls firm or authorizes. */
export const planningSchedule = z.strictObject({
  kind: z.literal('planning-schedule'),
  source: source.optional(),
  ...scheduleHeading,
  /** BFR02. */
  scheduleNumber: z.string().optional(),
  horizonStart: dateText,
  horizonEnd: dateText.optional(),
  issuedOn: dateText,
  updatedOn: dateText.optional(),
  /** BFR12 and BFR13. */
  type: z.string().optional(),
  action: z.string().optional(),
  currency: z.string().optional(),
  exchangeRate: decimalText.optional(),
  references: z.array(reference).optional(),
  contacts: z.array(contact).optional(),
  freightTerms: freightTerms.optional(),
  prices: z.array(price).optional(),
  allowanceCharges: z.array(allowanceCharge).optional(),
  paymentTerms: z.array(paymentTerms).optional(),
  descriptions: z.array(productDescription).optional(),
  measurements: z.array(measurement).optional(),
  packages: z.array(packages).optional(),
  carriers: z.array(carrier).optional(),
  equipment: z.array(equipment).optional(),
  marks: z.array(marks).optional(),
  parties: z.array(party).optional(),
  lines: z.array(planningLine),
  load: load.optional(),
  unmapped: z.array(unmappedSegment).optional(),
});

export type PlanningSchedule = z.infer<typeof planningSchedule>;
