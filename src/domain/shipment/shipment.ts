import { z } from 'zod';
import { dateText, decimalText, source, timeText } from '../document.ts';

/**
 * What a warehouse tells of a shipment: what was picked for which line of which order, and how it is packed. It comes by
 * the API, as a file, as a 945, or from a person, and is the same canonical document in each case.
 */

/** A part of a line of an order, in the unit of that line unless `unit` says otherwise. */
export const packedItem = z.strictObject({
  poNumber: z.string(),
  releaseNumber: z.string().optional(),
  /** PO101 of the line. */
  line: z.string(),
  /** Our item number, where another than the ordered one was packed. */
  item: z.string().optional(),
  quantity: decimalText,
  unit: z.string().optional(),
  lot: z.string().optional(),
  /** One for each piece, where the item is serialised. */
  serials: z.array(z.string()).optional(),
  expires: dateText.optional(),
  origin: z.string().optional(),
});

const weight = z.strictObject({ value: decimalText, unit: z.string() });

const measures = z.strictObject({
  length: decimalText,
  width: decimalText,
  height: decimalText,
  unit: z.string(),
});

/** A pallet, a carton, or whatever else is handled and labelled as one. */
export const handlingUnit = z.strictObject({
  /** A pallet is the 856's tare level, any other its pack level. */
  kind: z.enum(['pallet', 'carton', 'bag', 'crate', 'drum', 'other']),
  /** SSCC-18 without its application identifier; dealt from our series where absent. */
  sscc: z.string().optional(),
  /** What the warehouse calls it. */
  id: z.string().optional(),
  tracking: z.string().optional(),
  weight: weight.optional(),
  measures: measures.optional(),
  contents: z.array(packedItem).optional(),
  get units() {
    return z.array(handlingUnit).optional();
  },
});

export const carriageOfGoods = z.strictObject({
  /** The carrier's SCAC. */
  scac: z.string().optional(),
  name: z.string().optional(),
  /** TD504: M motor, A air, … */
  mode: z.string().optional(),
  service: z.string().optional(),
  tracking: z.array(z.string()).optional(),
  /** Where the tracking numbers can be looked up; `{number}` stands for one. */
  trackingUrl: z.string().optional(),
  proNumber: z.string().optional(),
  billOfLading: z.string().optional(),
  trailer: z.string().optional(),
  seal: z.string().optional(),
  /** FOB01: PP prepaid, CC collect, … */
  payment: z.string().optional(),
});

export const shipment = z.strictObject({
  kind: z.literal('shipment'),
  source: source.optional(),
  /** `replace` corrects what was told before under the same number, `cancel` takes it back. */
  purpose: z.enum(['original', 'replace', 'cancel']).default('original'),
  /** BSN02; of the warehouse where it has one, else dealt from our series. */
  number: z.string().optional(),
  /** Our id of the partner that the goods are for; needed where two partners use one PO number. */
  partner: z.string().optional(),
  /** Id (or else name) of the ship-to, needed where one PO number is an order for each of several. */
  shipTo: z.string().optional(),
  /** Of test orders: nothing is booked. */
  test: z.boolean().optional(),
  warehouse: z.string().optional(),
  shipDate: dateText.optional(),
  shipTime: timeText.optional(),
  expectedDelivery: dateText.optional(),
  carrier: carriageOfGoods.optional(),
  weight: weight.optional(),
  freight: z
    .strictObject({ amount: decimalText, currency: z.string().optional() })
    .optional()
    .describe('What the carriage costs the customer, billed with the shipment.'),
  units: z.array(handlingUnit).optional(),
  /** What is not packed in any unit. */
  loose: z.array(packedItem).optional(),
});

export type PackedItem = z.infer<typeof packedItem>;
export type HandlingUnit = z.infer<typeof handlingUnit>;
export type Shipment = z.infer<typeof shipment>;
