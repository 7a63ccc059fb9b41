import { z } from 'zod';

/** What a label shows of one handling unit. Decimals are texts as elsewhere, dates ISO. */

const address = z.object({
  name: z.string(),
  lines: z.array(z.string()).describe('Street and whatever else stands between name and city.'),
  /** City, region and postal code as the country writes them. */
  city: z.string(),
  country: z.string().optional(),
  /** Number of the store or warehouse, as the customer gives it. */
  code: z.string().optional(),
});

const content = z.object({
  item: z.string().describe('Our item number.'),
  customerItem: z.string().optional(),
  gtin: z.string().optional(),
  description: z.string().optional(),
  quantity: z.string(),
  unit: z.string(),
  poNumber: z.string(),
  line: z.string(),
  lot: z.string().optional(),
  expires: z.string().optional(),
  serials: z.array(z.string()),
});

export const labelModel = z.object({
  sscc: z.string().describe('18 digits.'),
  kind: z.enum(['pallet', 'carton', 'bag', 'crate', 'drum', 'other']),
  /** This one, and how many the shipment has of its kind. */
  number: z.string(),
  count: z.string(),
  shipFrom: address,
  shipTo: address,
  /** The store that it goes on to. */
  markFor: address.optional(),
  /** For the postal barcode: one of the two, see `describePostal`. */
  postal: z.object({ domestic: z.string().optional(), abroad: z.string().optional() }),
  carrier: z.object({
    name: z.string().optional(),
    scac: z.string().optional(),
    proNumber: z.string().optional(),
    billOfLading: z.string().optional(),
    tracking: z.string().optional(),
  }),
  shipment: z.object({ number: z.string(), date: z.string() }),
  /** Of all that is in it, each once. */
  poNumbers: z.array(z.string()),
  department: z.string().optional(),
  /** What the customer calls us. */
  vendor: z.string().optional(),
  weight: z.object({ value: z.string(), unit: z.string() }).optional(),
  /** Of a pallet: the cartons on it. */
  cartons: z.string().optional(),
  contents: z.array(content),
});

export type LabelModel = z.output<typeof labelModel>;
