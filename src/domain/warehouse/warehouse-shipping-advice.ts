import { z } from 'zod';
import {
  dateText,
  decimalText,
  measurement,
  productId,
  reference,
  source,
  unmappedSegment,
} from '../document.ts';
import { marks, packages } from '../transport.ts';
import { shipmentHeading, shipmentTotals, stockLine } from './warehouse-terms.ts';

/** W27: how the goods travel. */
const carriageTaken = z.strictObject({
  /** W2701: M motor, A air, … */
  mode: z.string(),
  /** W2702, the SCAC. */
  carrier: z.string().optional(),
  routing: z.string().optional(),
  /** W2704: PP prepaid, CC collect, … */
  payment: z.string().optional(),
  equipmentType: z.string().optional(),
  equipmentInitial: z.string().optional(),
  equipment: z.string().optional(),
  status: z.string().optional(),
  specialHandling: z.string().optional(),
  changeReason: z.string().optional(),
});

/** G72: what the warehouse charges or allows. */
const warehouseCharge = z.strictObject({
  code: z.string(),
  handling: z.string(),
  number: z.string().optional(),
  exceptionNumber: z.string().optional(),
  rate: decimalText.optional(),
  quantity: decimalText.optional(),
  unit: z.string().optional(),
  amount: decimalText.optional(),
  percent: decimalText.optional(),
  percentBase: decimalText.optional(),
  option: z.string().optional(),
});

/** W12: an item, what was ordered of it and what left. */
const warehouseShipmentLine = z.strictObject({
  /** W1201 in a word, `other` for a code that has none here. */
  status: z.string(),
  /** W1201 as sent. */
  statusCode: z.string(),
  quantityOrdered: decimalText.optional(),
  quantityShipped: decimalText.optional(),
  quantityDifference: decimalText.optional(),
  ...stockLine,
  weight: decimalText.optional(),
  weightQualifier: z.string().optional(),
  weightUnit: z.string().optional(),
  otherWeight: decimalText.optional(),
  otherWeightQualifier: z.string().optional(),
  otherWeightUnit: z.string().optional(),
  /** W1216 to W1218: the item ordered, where another was shipped in its place. */
  orderedUpcCaseCode: z.string().optional(),
  orderedIds: z.array(productId).optional(),
  changeReason: z.string().optional(),
  adjustment: z.string().optional(),
  measurements: z.array(measurement).optional(),
  carriage: carriageTaken.optional(),
  charges: z.array(warehouseCharge).optional(),
});

/** LX: a pallet, a carton or a line of the order, as the parties agreed. */
const warehouseShipmentGroup = z.strictObject({
  number: z.string(),
  /** MAN: `GM` is an SSCC. */
  marks: z.array(marks).optional(),
  /** PAL. */
  pallet: z
    .strictObject({
      type: z.string().optional(),
      tiers: decimalText.optional(),
      blocks: decimalText.optional(),
      pack: decimalText.optional(),
      emptyWeight: decimalText.optional(),
      emptyWeightUnit: z.string().optional(),
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
      structure: z.string().optional(),
    })
    .optional(),
  references: z.array(reference).optional(),
  lines: z.array(warehouseShipmentLine).optional(),
});

/** The warehouse tells what it shipped, line by line of the order (X12 945). */
export const warehouseShippingAdvice = z.strictObject({
  kind: z.literal('warehouse-shipping-advice'),
  source: source.optional(),
  reporting: z.enum([
    'full-detail',
    'exceptions-only',
    'no-exceptions',
    'original',
    'replacement',
    'customer-return',
    'inventory-adjustment',
    'simulation',
    'other',
  ]),
  /** W0601 as sent, where `reporting` is `other`. */
  reportingCode: z.string().optional(),
  /** W0602, from the 940. */
  depositorOrderNumber: z.string().optional(),
  shipDate: dateText.optional(),
  /** W0604: of the shipment, often the bill of lading. */
  shipmentNumber: z.string().optional(),
  agentShipmentNumber: z.string().optional(),
  poNumber: z.string().optional(),
  masterReference: z.string().optional(),
  linkSequence: z.string().optional(),
  handlingCode: z.string().optional(),
  /** W0610: why it left later than asked for. */
  dateChangeReason: z.string().optional(),
  transactionType: z.string().optional(),
  action: z.string().optional(),
  ...shipmentHeading,
  carriage: carriageTaken.optional(),
  /** W28. */
  consolidation: z
    .strictObject({
      code: z.string(),
      weight: decimalText.optional(),
      weightQualifier: z.string().optional(),
      weightUnit: z.string().optional(),
      stops: decimalText.optional(),
      location: z.string().optional(),
      locationQualifier: z.string().optional(),
      billOfLading: z.string().optional(),
    })
    .optional(),
  /** W10: pallets, seals and temperature of the load. */
  loads: z
    .array(
      z.strictObject({
        unitLoad: z.string().optional(),
        pallets: decimalText.optional(),
        palletExchange: z.string().optional(),
        seals: z.array(z.string()).optional(),
        minimumTemperature: decimalText.optional(),
        minimumUnit: z.string().optional(),
        maximumTemperature: decimalText.optional(),
        maximumUnit: z.string().optional(),
      }),
    )
    .optional(),
  charges: z.array(warehouseCharge).optional(),
  /** TD1, from 005010 on. */
  packages: z.array(packages).optional(),
  lineGroups: z.array(warehouseShipmentGroup).optional(),
  /** W03. */
  totals: z
    .strictObject({
      quantityShipped: decimalText,
      ...shipmentTotals,
      packages: decimalText.optional(),
      packagesUnit: z.string().optional(),
    })
    .optional(),
  unmapped: z.array(unmappedSegment).optional(),
});
