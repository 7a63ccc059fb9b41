import { MASTER_TABLES } from '../../store/master-data-tables.ts';
import { code, count, date, decimal, destination, list, text } from './cells.ts';
import { defineKind, needed, optional } from './kind.ts';
import { attributes, freightZones } from './nested-cells.ts';

const item = needed(code, 'HB-1001', 'our item number');
const warehouse = needed(code, 'W1', 'id of the warehouse');

export const STOCK_KINDS = {
  warehouses: defineKind({
    meaning: 'where we ship from',
    table: MASTER_TABLES.warehouse,
    columns: {
      id: needed(code, 'W1', 'what it is called in the other kinds'),
      name: needed(text, 'Dayton', 'for people'),
      hazards: optional(list(code), '3;8', 'hazard classes that it is certified for, with `;` between'),
      destinations: optional(list(destination), 'US;CA-ON', 'where it may ship to; anywhere without a word'),
      zones: optional(
        freightZones,
        'EAST=12.50/2;WEST=31/5',
        'by zone of the ship-to: cost of a shipment / days',
      ),
      load: optional(count, '0', 'orders in hand, against those of the other warehouses'),
    },
  }),
  stock: defineKind({
    meaning: 'what lies in the warehouses; what is allocated to orders is kept here and stays',
    table: MASTER_TABLES.stock,
    fills: true,
    columns: {
      item,
      warehouse,
      on_hand: needed(decimal, '1200', "in the item's own unit, what is allocated included"),
      safety: optional(decimal, '100', 'never promised; 0 without a word'),
    },
  }),
  'stock-receipts': defineKind({
    meaning: 'what is on its way to the warehouses',
    table: MASTER_TABLES.stockReceipt,
    fills: true,
    columns: {
      item,
      warehouse,
      reference: needed(code, 'PO-5512', 'what it comes with: purchase order, transfer'),
      expected: needed(date, '2026-12-05', 'day on which it can be promised'),
      quantity: needed(decimal, '500', "in the item's own unit; 0 when it has come or will not come"),
    },
  }),
  serials: defineKind({
    meaning: 'pieces of serialised items, and what is known of each',
    table: MASTER_TABLES.stockSerial,
    fills: true,
    columns: {
      item: needed(code, 'PG-4001', 'our item number; the item is serialised'),
      serial: needed(code, 'SN-000123', 'serial number'),
      warehouse,
      attributes: optional(attributes, 'revision=C;calibrated=2026-10-01', 'what lines may ask for'),
    },
  }),
};
