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
import { allowanceCharge, freightTerms } from '../trade-terms.ts';
import { carrier, destinationQuantities, equipment, load, marks, packages, packing } from '../transport.ts';

/** PRF: the order that a level ships for. */
export const shippedOrder = z.strictObject({
  poNumber: z.string(),
  releaseNumber: z.string().optional(),
  changeSequence: z.string().optional(),
  orderDate: dateText.optional(),
  /** PRF05, where the notice is for one line of the order. */
  line: z.string().optional(),
  contractNumber: z.string().optional(),
  /** PRF07 as sent: SA, BK, RL, … */
  type: z.string().optional(),
});

/** SN1: what of an item is in this level. */
export const shippedQuantity = z.strictObject({
  number: z.string().optional(),
  quantity: decimalText,
  unit: z.string(),
  /** SN104: shipped of the order so far, this shipment counted. */
  toDate: decimalText.optional(),
  ordered: decimalText.optional(),
  orderedUnit: z.string().optional(),
  returnable: z.string().optional(),
  /** SN108: AC accepted and shipped, BP part with the balance backordered, … */
  status: z.string().optional(),
});

/** PKG: how a level is packed and marked, in words or codes. */
export const packagingDescription = z.strictObject({
  type: z.string().optional(),
  characteristic: z.string().optional(),
  agency: z.string().optional(),
  code: z.string().optional(),
  text: z.string().optional(),
  loadOption: z.string().optional(),
});

/** TD4: dangerous goods, keep dry, … */
export const specialHandling = z.strictObject({
  code: z.string().optional(),
  hazardQualifier: z.string().optional(),
  hazard: z.string().optional(),
  description: z.string().optional(),
});

/** PAL: how a pallet is built and what it measures. */
export const pallet = z.strictObject({
  type: z.string().optional(),
  tiers: decimalText.optional(),
  blocks: decimalText.optional(),
  pack: decimalText.optional(),
  unitWeight: decimalText.optional(),
  unitWeightUnit: z.string().optional(),
  length: decimalText.optional(),
  width: decimalText.optional(),
  height: decimalText.optional(),
  dimensionUnit: z.string().optional(),
  weight: decimalText.optional(),
  weightUnit: z.string().optional(),
  volume: decimalText.optional(),
  volumeUnit: z.string().optional(),
  exchange: z.string().optional(),
  innerPacks: decimalText.optional(),
});

/** CLD: loads alike, such as 4 containers of 250. */
export const loadDetail = z.strictObject({
  count: decimalText,
  quantity: decimalText,
  packaging: z.string().optional(),
  size: decimalText.optional(),
  unit: z.string().optional(),
  references: z.array(reference).optional(),
});

/** MAN: a range has `to`; `also` is a second mark on the same packages, such as the carrier's beside the SSCC. */
export const packageMarks = marks.extend({ also: marks.optional() });

/**
 * An HL and what hangs below it. Every level may hold whatever an HL loop can: partners differ in what they put on a
 * shipment, an order, a pack or an item.
 */
export const shipLevel = z.strictObject({
  /** HL01 where it is not the count of levels. */
  id: z.string().optional(),
  level: z.enum(['shipment', 'order', 'tare', 'pack', 'item', 'other']),
  /** HL03 as sent. */
  code: z.string(),
  /** LIN01, mostly the line of the order. */
  number: z.string().optional(),
  ids: z.array(productId).optional(),
  shipped: shippedQuantity.optional(),
  sublines: z.array(subline.omit({ description: true })).optional(),
  order: shippedOrder.optional(),
  packing: packing.optional(),
  description: z.string().optional(),
  descriptionCode: z.string().optional(),
  descriptions: z.array(productDescription).optional(),
  measurements: z.array(measurement).optional(),
  packagings: z.array(packagingDescription).optional(),
  packages: z.array(packages).optional(),
  carriers: z.array(carrier).optional(),
  equipment: z.array(equipment).optional(),
  handling: z.array(specialHandling).optional(),
  references: z.array(reference).optional(),
  contacts: z.array(contact).optional(),
  loads: z.array(loadDetail).optional(),
  /** `GM` is an SSCC. */
  marks: z.array(packageMarks).optional(),
  dates: z.array(datedEvent).optional(),
  freightTerms: freightTerms.optional(),
  pallet: pallet.optional(),
  parties: z.array(party).optional(),
  destinations: z.array(destinationQuantities).optional(),
  allowanceCharges: z.array(allowanceCharge).optional(),
  get children() {
    return z.array(shipLevel).optional();
  },
});

/** The canonical ship notice (X12 856): what left, packed how, level by level. */
export const shipNotice = z.strictObject({
  kind: z.literal('ship-notice'),
  source: source.optional(),
  purpose: documentPurpose,
  /** BSN01 as sent, where `purpose` is `other`. */
  purposeCode: z.string().optional(),
  shipmentId: z.string(),
  date: dateText,
  time: timeText,
  /** BSN05: the levels in their order from the outside in. */
  structure: z
    .enum([
      'shipment-order-pack-item',
      'shipment-order-item-pack',
      'shipment-pack-order-item',
      'shipment-order-item',
      'other',
    ])
    .optional(),
  structureCode: z.string().optional(),
  type: z.string().optional(),
  reason: z.string().optional(),
  dates: z.array(datedEvent).optional(),
  levels: z.array(shipLevel),
  /** CTT03 to CTT06. */
  load: load.optional(),
  unmapped: z.array(unmappedSegment).optional(),
});

export type ShipNotice = z.infer<typeof shipNotice>;
export type ShipLevel = z.infer<typeof shipLevel>;
