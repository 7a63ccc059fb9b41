import { z } from 'zod';
import {
  contact,
  datedEvent,
  dateText,
  decimalText,
  party,
  productId,
  qualifiedQuantity,
  reference,
  source,
  timeText,
  unmappedSegment,
} from '../document.ts';
import { packagingDescription } from '../shipment/ship-notice.ts';
import { carrier, equipment, load, packages, packing } from '../transport.ts';
import { forecast, scheduleHeading, shipPattern, shippedSoFar, unitDetail } from './schedule-terms.ts';

/** JIT: so much at that hour. */
const timedQuantity = z.strictObject({
  quantity: decimalText,
  time: timeText,
  references: z.array(reference).optional(),
  dates: z.array(datedEvent).optional(),
});

const shippingLine = z.strictObject({
  number: z.string().optional(),
  ids: z.array(productId),
  unit: unitDetail.optional(),
  packagings: z.array(packagingDescription).optional(),
  packings: z.array(packing).optional(),
  releaseStatus: z.string().optional(),
  releaseStatusText: z.string().optional(),
  quantity: qualifiedQuantity.optional(),
  references: z.array(reference).optional(),
  contact: contact.optional(),
  /** SDP. */
  days: z.array(shipPattern).optional(),
  forecasts: z
    .array(
      forecast.extend({ dates: z.array(datedEvent).optional(), hours: z.array(timedQuantity).optional() }),
    )
    .optional(),
  shipped: z.array(shippedSoFar).optional(),
  packages: packages.optional(),
  equipment: equipment.optional(),
  carrier: carrier.optional(),
});

/** When what was authorized elsewhere is to be shipped (X12 862). It takes the place of the detail of an 830. */
export const shippingSchedule = z.strictObject({
  kind: z.literal('shipping-schedule'),
  source: source.optional(),
  ...scheduleHeading,
  /** BSS02. */
  scheduleNumber: z.string(),
  issuedOn: dateText,
  horizonStart: dateText,
  horizonEnd: dateText,
  /** BSS08. */
  reference: z.string().optional(),
  parties: z.array(party).optional(),
  lines: z.array(shippingLine),
  load: load.optional(),
  unmapped: z.array(unmappedSegment).optional(),
});

export type ShippingSchedule = z.infer<typeof shippingSchedule>;
