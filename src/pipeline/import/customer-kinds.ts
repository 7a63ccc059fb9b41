import { MASTER_TABLES } from '../../store/master-data-tables.ts';
import { code, count, country, currency, date, decimal, region, signedDecimal, text } from './cells.ts';
import { defineKind, needed, optional } from './kind.ts';

const customer = needed(code, 'C-1001', 'customer number');

export const CUSTOMER_KINDS = {
  customers: defineKind({
    meaning: 'who buys, and on what terms',
    table: MASTER_TABLES.customer,
    columns: {
      number: needed(code, 'C-1001', 'customer number; the id of the partner unless its file says another'),
      name: needed(text, 'Acme Industrial Supply', 'for people'),
      price_group: optional(code, 'GOLD', 'group whose contracts count for it'),
      priority: optional(count, '5', 'the greater, the earlier its backorders are filled; 0 without a word'),
      credit_limit: optional(decimal, '250000.00', 'most that it may owe; no limit without a word'),
      credit_currency: optional(currency, 'USD', 'currency of the limit'),
      grace_days: optional(
        count,
        '10',
        'days that an invoice may be overdue before orders wait; 0 without a word',
      ),
      payment_terms: optional(text, 'NET30', 'as they stand on the invoice'),
    },
    toRecord: (row, say) => {
      if ((row.credit_limit === undefined) !== (row.credit_currency === undefined))
        say('credit_currency', 'credit_limit and credit_currency go together: give both or neither');
      return row;
    },
  }),
  'ship-tos': defineKind({
    meaning: 'where customers have it sent',
    table: MASTER_TABLES.shipTo,
    columns: {
      customer,
      code: needed(code, 'DC12', "the customer's code of the place, as in N104"),
      name: optional(text, 'Acme DC 12', 'for people'),
      zone: optional(code, 'EAST', 'price zone, and zone of freight cost and days'),
      country: optional(country, 'US', 'ISO 3166'),
      region: optional(region, 'OH', 'state or province'),
      postal_code: optional(code, '45402', 'as on the parcel'),
    },
    toRecord: (row, say) => {
      if (row.region !== undefined && row.country === undefined)
        say('country', `region ${row.region} needs its country`);
      return row;
    },
  }),
  'purchase-authorities': defineKind({
    meaning: 'purchase orders of customers that authorise an amount',
    table: MASTER_TABLES.purchase_authority,
    columns: {
      customer,
      po_number: needed(code, 'PO-77001', 'number of the purchase order'),
      currency: needed(currency, 'USD', 'ISO 4217'),
      amount: needed(decimal, '5000.00', 'what it authorises in all'),
      used: optional(
        decimal,
        '1200.00',
        'what of it is used by work that is not ordered here; 0 without a word',
      ),
      valid_to: optional(date, '2026-12-31', 'last day on which it may be used; without end without a word'),
    },
    toRecord: ({ used, ...row }) => ({ ...row, ...(used === undefined ? {} : { used_elsewhere: used }) }),
  }),
  receivables: defineKind({
    meaning: 'invoices that are not paid',
    table: MASTER_TABLES.receivable,
    columns: {
      customer,
      number: needed(code, 'INV-88121', 'invoice number'),
      currency: needed(currency, 'USD', 'ISO 4217'),
      amount: needed(
        signedDecimal,
        '1830.50',
        'what is still open; 0 when it is paid, less than 0 for a credit',
      ),
      due: needed(date, '2026-12-31', 'day on which it is due'),
    },
  }),
};
