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
  reference,
  source,
  timeText,
  unmappedSegment,
} from '../document.ts';
import { documentPurpose, subline } from '../order/order-terms.ts';
import { leadTime, unitDetail } from '../schedule/schedule-terms.ts';
import { packagingDescription } from '../shipment/ship-notice.ts';
import { allowanceCharge, price, schedule } from '../trade-terms.ts';
import { destinationQuantities, load, marks } from '../transport.ts';

/** QTY loop: how much there is of an item, in which state, and when more comes. */
const stock = z.strictObject({
  /** QTY01 in a word. */
  state: z.enum(['on-hand', 'available', 'on-order', 'projected', 'minimum', 'unusable', 'other']),
  /** QTY01 as sent. */
  stateCode: z.string(),
  quantity: decimalText.optional(),
  unit: z.string().optional(),
  measurements: z.array(measurement).optional(),
  leadTimes: z.array(leadTime).optional(),
  dates: z.array(datedEvent).optional(),
  schedule: z.array(schedule).optional(),
});

const inventoryLine = z.strictObject({
  number: z.string().optional(),
  ids: z.array(productId),
  description: z.string().optional(),
  descriptionCode: z.string().optional(),
  descriptions: z.array(productDescription).optional(),
  measurements: z.array(measurement).optional(),
  packagings: z.array(packagingDescription).optional(),
  dates: z.array(datedEvent).optional(),
  prices: z.array(price).optional(),
  currency: z.string().optional(),
  exchangeRate: decimalText.optional(),
  allowanceCharges: z.array(allowanceCharge).optional(),
  references: z.array(reference).optional(),
  contacts: z.array(contact).optional(),
  destinations: z.array(destinationQuantities).optional(),
  marks: marks.optional(),
  units: z.array(unitDetail).optional(),
  /** G5301: added, changed, discontinued, … */
  maintenance: z.string().optional(),
  leadTimes: z.array(leadTime).optional(),
  sublines: z.array(subline).optional(),
  stock: z.array(stock).optional(),
  parties: z.array(party).optional(),
});

/** What a place holds of which item (X12 846): a supplier tells the buyer, or the other way round. */
export const inventoryReport = z.strictObject({
  kind: z.literal('inventory-report'),
  source: source.optional(),
  purpose: documentPurpose,
  purposeCode: z.string().optional(),
  /** BIA02 as sent: DD distributor's, MB manufacturer's, SI seller's, … */
  type: z.string(),
  /** BIA03. */
  reportNumber: z.string(),
  date: dateText,
  time: timeText.optional(),
  action: z.string().optional(),
  currency: z.string().optional(),
  exchangeRate: decimalText.optional(),
  dates: z.array(datedEvent).optional(),
  references: z.array(reference).optional(),
  contacts: z.array(contact).optional(),
  measurements: z.array(measurement).optional(),
  parties: z.array(party).optional(),
  lines: z.array(inventoryLine),
  load: load.optional(),
  unmapped: z.array(unmappedSegment).optional(),
});
