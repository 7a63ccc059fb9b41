import { choice, code, currency, date, list, positive, text, unit } from '../import/cells.ts';
import { needed, optional, type RowOf } from '../import/kind.ts';

/** One row a packed item; what is the same for the whole shipment may stand in its first row alone. */
export const SHIPMENT_COLUMNS = {
  shipment: needed(code, 'SH-1001', 'number of the shipment (BSN02); its rows follow one another or not'),
  purpose: optional(choice('original', 'replace', 'cancel'), 'original', 'original without a word'),
  partner: optional(code, 'acme', 'where two partners use one PO number'),
  ship_to: optional(code, 'DC12', 'where one PO number is an order for each of several'),
  warehouse: optional(code, 'DAY', 'which one it left'),
  ship_date: optional(date, '2026-11-21', 'today without a word'),
  expected: optional(date, '2026-11-24', 'day on which it should arrive'),
  carrier: optional(code, 'UPSN', 'SCAC'),
  carrier_name: optional(text, 'UPS Ground', 'for people'),
  service: optional(text, 'GROUND', 'level of service'),
  pro: optional(code, '401993826', 'PRO number'),
  bill_of_lading: optional(code, 'BL-77120', 'bill of lading'),
  trailer: optional(code, 'TR-5521', 'trailer or container'),
  seal: optional(code, '88123', 'seal of the trailer'),
  freight: optional(positive, '42.50', 'what the carriage costs the customer'),
  freight_currency: optional(currency, 'USD', 'that of the order without a word'),
  po: optional(code, '4711', 'PO number; every row but that of a cancellation has it'),
  release: optional(code, 'R1', 'release number'),
  line: optional(code, '1', 'line of the order (PO101)'),
  item: optional(code, 'HB-1001', 'our item number, to be compared'),
  quantity: optional(positive, '24', 'in the unit of the line, unless `unit` says otherwise'),
  unit: optional(unit, 'EA', 'that of the line without a word'),
  pallet: optional(code, 'P1', 'what you call the pallet'),
  pallet_sscc: optional(code, '106141410000000011', 'where it has a label already'),
  carton: optional(code, 'C1', 'what you call the carton; without a word it is on the pallet, or loose'),
  sscc: optional(code, '006141410000000012', 'of the carton, where it has a label already'),
  tracking: optional(
    code,
    '1Z12345E0205271688',
    'of the carton, or of the shipment where there is no carton',
  ),
  weight: optional(positive, '12.4', 'of the carton, or of the pallet where there is no carton'),
  weight_unit: optional(unit, 'LB', 'of the weight; a weight has one'),
  lot: optional(code, 'L2210', 'lot or batch'),
  serials: optional(list(code), 'SN-1;SN-2', 'one for each piece, with `;` between'),
  expires: optional(date, '2027-05-01', 'last day of use'),
  origin: optional(code, 'US', 'country of origin'),
};

export type ShipmentRow = RowOf<typeof SHIPMENT_COLUMNS>;

/** A row that was read, and where it stands. */
export type PlacedRow = { readonly line: number; readonly row: ShipmentRow };
