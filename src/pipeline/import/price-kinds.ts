import type { PriceForm } from '../../domain/pricing/price-terms.ts';
import { toBig } from '../../lib/decimal.ts';
import { MASTER_TABLES } from '../../store/master-data-tables.ts';
import {
  type Cell,
  choice,
  code,
  currency,
  date,
  decimal,
  ordinal,
  percent,
  positive,
  unit,
} from './cells.ts';
import { checkDates, defineKind, needed, optional, type SayAt } from './kind.ts';
import { adjustments, adjustmentsOf, isObject, readFields, tiers } from './nested-cells.ts';

const item = needed(code, 'HB-1001', 'our item number');
const agreement = needed(code, 'C-77', 'number of the agreement');
const version = needed(ordinal, '1', 'version of the agreement');
const basis = optional(
  choice('PE', 'HP', 'TP'),
  'PE',
  'element 639: per each (without a word), per hundred, per thousand',
);
const validTo = optional(date, '2026-12-31', 'last day; open without a word');

const formKind = choice('fixed', 'line-tiers', 'cumulative-tiers', 'cost-plus');

/** The word of a CSV file, whose numbers stand in columns of their own; or the object of a JSON file. */
const form: Cell<PriceForm['kind'] | PriceForm> = {
  wanted: formKind.wanted,
  read: (value, say) => {
    if (!isObject(value)) return formKind.read(value, say);
    const kind = formKind.read(value['kind'], say);
    if (kind === undefined) return undefined;
    const [own, free] = FORM_FIELDS[kind];
    return readFields(value, { kind: formKind, ...own }, free, say) as PriceForm | undefined;
  },
};

const FORM_FIELDS = {
  fixed: [{ price: decimal }, {}],
  'line-tiers': [{ tiers }, {}],
  'cumulative-tiers': [{ tiers }, {}],
  'cost-plus': [{ percent }, { floor: decimal, cap: decimal }],
} as const satisfies Record<PriceForm['kind'], readonly [object, object]>;

const FORM_COLUMNS = ['price', 'tiers', 'percent', 'floor', 'cap'] as const;

export const PRICE_KINDS = {
  prices: defineKind({
    meaning: 'what a partner pays where no agreement is kept',
    table: MASTER_TABLES.price,
    columns: {
      partner: needed(code, 'acme', 'id of the partner'),
      item,
      unit: needed(unit, 'EA', 'unit that the price is of'),
      currency: needed(currency, 'USD', 'ISO 4217'),
      price: needed(decimal, '3.25', 'in `basis` of `unit`'),
      basis,
      valid_from: needed(date, '2026-01-01', 'first day'),
      valid_to: validTo,
    },
    toRecord: (row, say) => {
      checkDates(row, say);
      const { basis: price_basis, ...rest } = row;
      return 'basis' in row ? { ...rest, price_basis } : rest;
    },
  }),
  agreements: defineKind({
    meaning: 'contracts with customers and groups of them, and price lists, each version by itself',
    table: MASTER_TABLES.agreement,
    columns: {
      kind: needed(choice('contract', 'group-contract', 'list'), 'contract', 'who it binds'),
      number: needed(code, 'C-77', 'contract number, or name of the list'),
      version,
      holder: optional(
        code,
        'C-1001',
        'customer of a contract, price group of a group-contract; none for a list',
      ),
      currency: needed(currency, 'USD', 'ISO 4217'),
      date_rule: optional(
        choice('order-date', 'requested-ship-date'),
        'order-date',
        'which date must lie within its dates; order-date without a word',
      ),
      valid_from: needed(date, '2026-01-01', 'first day'),
      valid_to: validTo,
    },
    toRecord: (row, say) => {
      checkDates(row, say);
      if (row.kind === 'list' && row.holder !== undefined)
        say('holder', 'a list binds nobody: leave it empty');
      if (row.kind !== 'list' && row.holder === undefined)
        say(
          'holder',
          `expected ${row.kind === 'contract' ? 'the customer' : 'the price group'} that it binds`,
        );
      return row;
    },
  }),
  bundles: defineKind({
    meaning: 'what must be ordered together for the price terms of a bundle',
    table: MASTER_TABLES.priceBundle,
    columns: {
      agreement,
      version,
      bundle: needed(code, 'STARTER', 'name of the bundle in the agreement'),
      item,
      quantity: needed(positive, '100', "least quantity of the item, in the item's own unit"),
    },
  }),
  'price-terms': defineKind({
    meaning: 'what items cost under an agreement, in every form of price',
    table: MASTER_TABLES.priceTerm,
    columns: {
      agreement,
      version,
      position: needed(ordinal, '1', 'place in the agreement, by which the proof of a price names it'),
      item,
      unit: needed(unit, 'EA', 'unit that price, tiers and minimum_quantity are of'),
      basis,
      form: needed(form, 'line-tiers', 'how the price is made; in JSON also an object'),
      price: optional(decimal, '', 'of a fixed price'),
      tiers: optional(
        tiers,
        '1=3.25;100=3.10;1000=2.95',
        'of line-tiers and cumulative-tiers: FROM=PRICE, going up',
      ),
      percent: optional(percent, '', 'on top of the cost, of cost-plus'),
      floor: optional(decimal, '', 'least price of cost-plus'),
      cap: optional(decimal, '', 'greatest price of cost-plus'),
      minimum_quantity: optional(positive, '', 'with less the term does not count'),
      zone: optional(code, '', 'only for ship-tos of this price zone'),
      promotion: optional(code, '', 'name of the promotion; goes before other terms within its dates'),
      bundle: optional(code, '', 'only where the whole bundle of the agreement is ordered'),
      valid_from: optional(date, '', 'first day; that of the agreement without a word'),
      valid_to: optional(date, '', 'last day; that of the agreement without a word'),
      allowance: optional(adjustmentsOf('allowance'), 'C310 2% Early order', 'allowances'),
      charge: optional(adjustmentsOf('charge'), 'D240 25.00 Freight', 'charges'),
      adjustments: {
        ...optional(adjustments, '', 'allowances and charges as objects'),
        only: 'json',
      },
    },
    toRecord: (row, say) => {
      checkDates(row, say);
      if (row.promotion !== undefined && (row.valid_from === undefined || row.valid_to === undefined))
        say('promotion', 'a promotion needs valid_from and valid_to');
      const both = row.adjustments !== undefined && (row.allowance !== undefined || row.charge !== undefined);
      if (both) say('adjustments', 'give adjustments, or allowance and charge, not both');
      return {
        agreement: row.agreement,
        version: row.version,
        position: row.position,
        item: row.item,
        unit: row.unit,
        price_basis: row.basis,
        form: makeForm(row, say),
        minimum_quantity: row.minimum_quantity,
        zone: row.zone,
        promotion: row.promotion,
        bundle: row.bundle,
        valid_from: row.valid_from,
        valid_to: row.valid_to,
        adjustments: row.adjustments ?? [...(row.allowance ?? []), ...(row.charge ?? [])],
      };
    },
  }),
};

type FormRow = { readonly form: PriceForm['kind'] | PriceForm } & {
  readonly [K in (typeof FORM_COLUMNS)[number]]: unknown;
};

function makeForm(row: FormRow, say: SayAt): PriceForm | undefined {
  const given = FORM_COLUMNS.filter((column) => row[column] !== undefined);
  if (typeof row.form === 'object') {
    for (const column of given) say(column, 'stands in form already: leave it out');
    return checkFloor(row.form, say);
  }
  const [own, free] = FORM_FIELDS[row.form];
  for (const column of given)
    if (!(column in own) && !(column in free))
      say(column, `a ${row.form} price has no ${column}: leave it empty`);
  for (const column of Object.keys(own) as (keyof FormRow)[])
    if (row[column] === undefined)
      say(column, `a ${row.form} price needs it: expected ${wantedOf(own, column)}`);
  const fields = Object.fromEntries(given.map((column) => [column, row[column]]));
  return checkFloor({ kind: row.form, ...fields } as PriceForm, say);
}

function wantedOf(fields: Readonly<Record<string, Cell<unknown>>>, column: string): string {
  return fields[column]!.wanted;
}

function checkFloor(made: PriceForm, say: SayAt): PriceForm {
  if (made.kind === 'cost-plus' && made.floor !== undefined && made.cap !== undefined) {
    if (toBig(made.floor).gt(made.cap)) say('floor', `floor ${made.floor} is above cap ${made.cap}`);
  }
  return made;
}
