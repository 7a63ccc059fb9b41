import { MASTER_TABLES } from '../../store/master-data-tables.ts';
import { choice, code, currency, date, decimal, positive, unit } from './cells.ts';
import { defineKind, needed, optional } from './kind.ts';

export const QUOTE_KINDS = {
  quotes: defineKind({
    meaning: 'what customers were offered: the prices of orders that name it',
    table: MASTER_TABLES.quote,
    columns: {
      number: needed(code, 'Q-2041', 'number by which orders name it (REF Q1 or PR)'),
      customer: needed(code, 'C-1001', 'customer number'),
      currency: needed(currency, 'USD', 'ISO 4217'),
      valid_from: optional(date, '2026-11-01', 'first day; any day until the last without a word'),
      valid_until: needed(date, '2026-12-31', 'last day; the date of the order counts'),
      state: optional(
        choice('open', 'approved', 'expired', 'used'),
        'approved',
        'only an approved one has prices; open without a word',
      ),
      reuse: optional(
        choice('once', 'many'),
        'once',
        'by one order and as it was quoted (without a word), or by any that take no less',
      ),
    },
    toRecord: (row, say) => {
      if (row.valid_from !== undefined && row.valid_until < row.valid_from)
        say('valid_until', `valid_until is before valid_from (${row.valid_until} before ${row.valid_from})`);
      return row;
    },
  }),
  'quote-lines': defineKind({
    meaning: 'what was quoted of which item',
    table: MASTER_TABLES.quoteLine,
    columns: {
      quote: needed(code, 'Q-2041', 'number of the quote'),
      line: needed(code, '1', 'number of the line'),
      item: needed(code, 'HB-1001', 'our item number'),
      quantity: needed(positive, '500', 'how much was quoted'),
      unit: needed(unit, 'EA', 'unit that quantity and price are of'),
      price: needed(decimal, '3.05', 'of the basis'),
      price_basis: optional(
        choice('PE', 'HP', 'TP'),
        'PE',
        'element 639: per each (without a word), per hundred, per thousand',
      ),
    },
  }),
};
