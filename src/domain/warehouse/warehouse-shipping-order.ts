import { z } from 'zod';
import { contact, decimalText, namedParty, reference, remark, source, unmappedSegment } from '../document.ts';
import { orderType } from '../order/order-terms.ts';
import { destinationQuantities, marks } from '../transport.ts';
import { shipmentHeading, shipmentTotals, stockLine, warehouseDate } from './warehouse-terms.ts';

/** W66, and G66 of a line: how the goods are to travel. */
const carriageRequest = z.strictObject({
  /** W6601: PP prepaid, CC collect, … */
  payment: z.string().optional(),
  /** W6602: M motor, A air, … */
  mode: z.string().optional(),
  palletExchange: z.string().optional(),
  unitLoad: z.string().optional(),
  routing: z.string().optional(),
  fobPoint: z.string().optional(),
  fobPointText: z.string().optional(),
});

/** W01: an item to ship. */
const warehouseOrderLine = z.strictObject({
  quantity: decimalText,
  ...stockLine,
  freightClass: z.string().optional(),
  rateClass: z.string().optional(),
  commodityQualifier: z.string().optional(),
  commodity: z.string().optional(),
  /** W0112: three digits cases a layer, three digits layers a pallet. */
  palletBlockAndTiers: z.string().optional(),
  condition: z.string().optional(),
  remarks: z.array(remark).optional(),
  /** W20: what one pack of the item holds and weighs. */
  packings: z
    .array(
      z.strictObject({
        pack: decimalText.optional(),
        size: decimalText.optional(),
        sizeUnit: z.string().optional(),
        weight: decimalText.optional(),
        weightQualifier: z.string().optional(),
        weightUnit: z.string().optional(),
        unitWeight: decimalText.optional(),
        volume: decimalText.optional(),
        volumeUnit: z.string().optional(),
        color: z.string().optional(),
      }),
    )
    .optional(),
  carriage: carriageRequest.optional(),
  contacts: z.array(contact).optional(),
});

/** LX: items that belong together, in most guides a single one. */
const warehouseOrderGroup = z.strictObject({
  number: z.string(),
  marks: z.array(marks).optional(),
  destinations: z.array(destinationQuantities).optional(),
  parties: z.array(namedParty).optional(),
  references: z.array(reference).optional(),
  dates: z.array(warehouseDate).optional(),
  lines: z.array(warehouseOrderLine).optional(),
});

/** The owner of the goods tells its warehouse to ship (X12 940). */
export const warehouseShippingOrder = z.strictObject({
  kind: z.literal('warehouse-shipping-order'),
  source: source.optional(),
  purpose: z.enum([
    'original',
    'cancel',
    'change',
    'replace-lines',
    'change-other-than-lines',
    'delete',
    'confirm',
    'resubmission',
    'other',
  ]),
  /** W0501 as sent, where `purpose` is `other`. */
  purposeCode: z.string().optional(),
  /** W0502: number of the owner of the goods; the 945 repeats it. */
  depositorOrderNumber: z.string(),
  /** W0503: number of the buyer. */
  poNumber: z.string().optional(),
  /** W0504: three digits number, three digits how many, of the orders under one `masterReference`. */
  linkSequence: z.string().optional(),
  masterReference: z.string().optional(),
  transactionType: z.string().optional(),
  action: z.string().optional(),
  /** W0508, from 005010 on. */
  orderType: orderType.optional(),
  orderTypeCode: z.string().optional(),
  ...shipmentHeading,
  /** W09: the equipment and the temperature that the goods need. */
  equipment: z
    .strictObject({
      type: z.string(),
      minimumTemperature: decimalText.optional(),
      minimumUnit: z.string().optional(),
      maximumTemperature: decimalText.optional(),
      maximumUnit: z.string().optional(),
      text: z.string().optional(),
    })
    .optional(),
  carriage: carriageRequest
    .extend({
      /** W6608 to W6610: cash on delivery, and the SCAC. */
      codPayment: z.string().optional(),
      codAmount: decimalText.optional(),
      carrier: z.string().optional(),
    })
    .optional(),
  lineGroups: z.array(warehouseOrderGroup).optional(),
  /** W76. */
  totals: z
    .strictObject({
      quantity: decimalText,
      ...shipmentTotals,
      sizingFactor: decimalText.optional(),
    })
    .optional(),
  unmapped: z.array(unmappedSegment).optional(),
});
