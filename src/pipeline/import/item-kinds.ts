import { toBig } from '../../lib/decimal.ts';
import { MASTER_TABLES } from '../../store/master-data-tables.ts';
import {
  choice,
  code,
  count,
  currency,
  date,
  decimal,
  destination,
  flag,
  list,
  positive,
  text,
  unit,
} from './cells.ts';
import { defineKind, needed, optional, type SayAt } from './kind.ts';

/** Of an item that the older column `active` calls true. */
const SOLD = ['active', 'phase-out'];

const item = needed(code, 'HB-1001', 'our item number');

export const ITEM_KINDS = {
  items: defineKind({
    meaning: 'what we sell',
    table: MASTER_TABLES.item,
    columns: {
      number: needed(code, 'HB-1001', 'our item number'),
      description: optional(text, 'Hex bolt grade 8 M10x40', 'for people'),
      unit: needed(unit, 'EA', 'unit that it is stocked in; our quantities are in it'),
      status: optional(
        choice('active', 'phase-out', 'discontinued', 'blocked'),
        'active',
        'phase-out is sold while stock lasts, the last two not at all; active without a word',
      ),
      active: { ...optional(flag, '', 'older than `status`: false is discontinued'), only: 'older' },
      hazard: optional(code, '', 'hazard class; the warehouse must be certified for it'),
      serialised: optional(flag, 'false', 'every piece has a serial number'),
      minimum: optional(positive, '50', 'least quantity of a line, in `unit`'),
      maximum: optional(positive, '10000', 'greatest quantity of a line, in `unit`'),
      multiple: optional(positive, '50', 'what the quantity of a line must be a multiple of, in `unit`'),
      customers: optional(list(code), '', 'the only customers that may buy it, with `;` between'),
      barred: optional(list(destination), '', 'where it may not be sent: US-CA;CU'),
    },
    toRecord: (row, say) => {
      checkLimits(row, say);
      const { active, ...rest } = row;
      if (!('active' in row)) return rest;
      if (active !== undefined && row.status !== undefined && active !== SOLD.includes(row.status))
        say('active', `active says ${active} and status says ${row.status}: leave active out`);
      return { ...rest, status: row.status ?? (active === false ? 'discontinued' : 'active') };
    },
  }),
  units: defineKind({
    meaning: 'units that an item is ordered and priced in besides its own',
    table: MASTER_TABLES.itemUnit,
    columns: {
      item,
      unit: needed(unit, 'CA', 'the other unit'),
      factor: needed(positive, '100', "how many of the item's own unit one of it holds"),
    },
  }),
  relations: defineKind({
    meaning: 'what goes with which item, or instead of it',
    table: MASTER_TABLES.itemRelation,
    columns: {
      item,
      kind: needed(
        choice('substitute', 'incompatible', 'requires'),
        'substitute',
        '`other` may be sent instead of it, must not be in one order with it, must be ordered with it',
      ),
      other: needed(code, 'HB-1002', 'the other item'),
      rank: optional(count, '1', 'of several substitutes the least goes first; 1 without a word'),
    },
    toRecord: (row, say) => {
      if (row.item === row.other) say('other', `${row.other} stands in no relation to itself`);
      return row;
    },
  }),
  'cross-references': defineKind({
    meaning: 'what partners call our items',
    table: MASTER_TABLES.crossReference,
    columns: {
      partner: needed(code, 'acme', 'id of the partner'),
      qualifier: needed(code, 'BP', 'element 235, as in PO106'),
      value: needed(code, 'PART-1001', "the partner's number, as in PO107"),
      item,
    },
  }),
  costs: defineKind({
    meaning: 'material costs, for prices that are cost plus a margin',
    table: MASTER_TABLES.itemCost,
    columns: {
      item,
      currency: needed(currency, 'USD', 'ISO 4217'),
      valid_from: needed(date, '2026-01-01', 'first day; until the next cost of the item'),
      cost: needed(decimal, '2.10', "of one of the item's own unit"),
    },
  }),
};

type Limits = {
  readonly minimum?: string | undefined;
  readonly maximum?: string | undefined;
  readonly multiple?: string | undefined;
};

function checkLimits({ minimum, maximum, multiple }: Limits, say: SayAt): void {
  if (minimum !== undefined && maximum !== undefined && toBig(maximum).lt(minimum))
    say('maximum', `maximum ${maximum} is less than minimum ${minimum}`);
  if (multiple === undefined) return;
  for (const [name, limit] of Object.entries({ minimum, maximum })) {
    if (limit === undefined || toBig(limit).mod(multiple).eq(0)) continue;
    say('multiple', `${name} ${limit} is no multiple of ${multiple}: no line could have just that quantity`);
  }
}
