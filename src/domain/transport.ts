import { z } from 'zod';
import { decimalText } from './document.ts';

/** How goods are packed and carried; shared by orders, ship notices and invoices. */

/** TD5: carrier and route. */
export const carrier = z.strictObject({
  sequence: z.string().optional(),
  /** TD502 and TD503: 2 is a SCAC. */
  idQualifier: z.string().optional(),
  id: z.string().optional(),
  /** TD504: A air, M motor, … */
  mode: z.string().optional(),
  routing: z.string().optional(),
  status: z.string().optional(),
  locationQualifier: z.string().optional(),
  location: z.string().optional(),
  transitDirection: z.string().optional(),
  transitTimeUnit: z.string().optional(),
  transitTime: decimalText.optional(),
  services: z.array(z.string()).optional(),
  country: z.string().optional(),
});

/** CAD: what an invoice tells of the carriage. */
export const carriage = z.strictObject({
  mode: z.string().optional(),
  equipmentInitial: z.string().optional(),
  equipment: z.string().optional(),
  /** CAD04, the SCAC. */
  carrier: z.string().optional(),
  routing: z.string().optional(),
  status: z.string().optional(),
  referenceQualifier: z.string().optional(),
  reference: z.string().optional(),
  service: z.string().optional(),
});

/** TD3: trailer or container. */
export const equipment = z.strictObject({
  type: z.string().optional(),
  initial: z.string().optional(),
  number: z.string().optional(),
  weightQualifier: z.string().optional(),
  weight: decimalText.optional(),
  weightUnit: z.string().optional(),
  ownership: z.string().optional(),
  sealStatus: z.string().optional(),
  seal: z.string().optional(),
  sizeType: z.string().optional(),
});

/** TD1: number, kind and weight of the packages. */
export const packages = z.strictObject({
  packaging: z.string().optional(),
  count: decimalText.optional(),
  commodityQualifier: z.string().optional(),
  commodity: z.string().optional(),
  description: z.string().optional(),
  weightQualifier: z.string().optional(),
  weight: decimalText.optional(),
  weightUnit: z.string().optional(),
  volume: decimalText.optional(),
  volumeUnit: z.string().optional(),
});

/** PO4: what one pack of the item holds, weighs and measures. */
export const packing = z.strictObject({
  pack: decimalText.optional(),
  size: decimalText.optional(),
  sizeUnit: z.string().optional(),
  packaging: z.string().optional(),
  weightQualifier: z.string().optional(),
  weight: decimalText.optional(),
  weightUnit: z.string().optional(),
  volume: decimalText.optional(),
  volumeUnit: z.string().optional(),
  length: decimalText.optional(),
  width: decimalText.optional(),
  height: decimalText.optional(),
  dimensionUnit: z.string().optional(),
  innerPacks: decimalText.optional(),
});

/** MAN: marks and numbers on the packages; `GM` is an SSCC. */
export const marks = z.strictObject({
  qualifier: z.string(),
  value: z.string(),
  to: z.string().optional(),
});

/** SDQ: for which of the buyer's places the goods are. */
export const destinationQuantities = z.strictObject({
  unit: z.string(),
  idQualifier: z.string().optional(),
  shares: z.array(z.strictObject({ place: z.string(), quantity: decimalText })),
});

/** Weight and volume of the whole, CTT03 to CTT06. */
export const load = z.strictObject({
  weight: decimalText.optional(),
  weightUnit: z.string().optional(),
  volume: decimalText.optional(),
  volumeUnit: z.string().optional(),
});
