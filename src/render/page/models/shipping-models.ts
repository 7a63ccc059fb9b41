import { z } from 'zod';
import { dateText, decimalText } from '../../../domain/document.ts';
import { addressee } from './addressee.ts';

const carrier = z.strictObject({
  name: z.string().optional(),
  service: z.string().optional(),
  /** Of the whole shipment. */
  tracking: z.array(z.string()).optional(),
  proNumber: z.string().optional(),
  billOfLading: z.string().optional(),
  trailer: z.string().optional(),
  seal: z.string().optional(),
  /** `Prepaid`, `Collect`: in words. */
  payment: z.string().optional(),
});

const weight = z.strictObject({ value: decimalText, unit: z.string() });

/** Goods of one line of an order. */
const goods = z.strictObject({
  poNumber: z.string(),
  line: z.string(),
  item: z.string(),
  /** What the customer calls the item. */
  customerItem: z.string().optional(),
  description: z.string().optional(),
  quantity: decimalText,
  unit: z.string(),
  lots: z.array(z.string()).optional(),
  serials: z.array(z.string()).optional(),
});

/** What goes with the goods: what is in the shipment and, where it is packed in units, what is in each. */
export const packingSlipPage = z.strictObject({
  /** Of shipping. */
  date: dateText,
  /** Of the shipment. */
  number: z.string(),
  poNumbers: z.array(z.string()),
  shipFrom: addressee,
  shipTo: addressee,
  soldTo: addressee.optional(),
  carrier: carrier.optional(),
  weight: weight.optional(),
  expectedDelivery: dateText.optional(),
  lines: z.array(goods.extend({ ordered: decimalText.optional(), backordered: decimalText.optional() })),
  /** Pallets and what is on them, one after the other in the order of packing. */
  units: z.array(
    z.strictObject({
      /** `Carton 1 of 3`. */
      label: z.string(),
      sscc: z.string().optional(),
      tracking: z.string().optional(),
      weight: weight.optional(),
      contents: z.array(goods),
    }),
  ),
  notes: z.array(z.string()).optional(),
});

/** What a warehouse worker walks with. */
export const pickingListPage = z.strictObject({
  date: dateText,
  number: z.string(),
  warehouse: z.string(),
  poNumbers: z.array(z.string()),
  shipTo: addressee,
  shipBy: dateText.optional(),
  carrier: carrier.optional(),
  priority: z.string().optional(),
  lines: z.array(
    goods.extend({
      /** Where it lies. */
      location: z.string().optional(),
      note: z.string().optional(),
    }),
  ),
  notes: z.array(z.string()).optional(),
});

export type PackingSlipPage = z.infer<typeof packingSlipPage>;
export type PickingListPage = z.infer<typeof pickingListPage>;
