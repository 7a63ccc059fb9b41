import type { PlainDate } from '../lib/dates.ts';
import type { Decimal } from '../lib/decimal.ts';
import { type Database, run, type Statement, toJson } from './query.ts';

export type ItemRecord = {
  readonly number: string;
  readonly description?: string | undefined;
  readonly unit: string;
  readonly active: boolean;
};

export type CrossReferenceRecord = {
  readonly partner: string;
  /** Element 235: `BP` buyer's part number, `UP` UPC, … */
  readonly qualifier: string;
  readonly value: string;
  readonly item: string;
};

export type PriceRecord = {
  readonly partner: string;
  readonly item: string;
  readonly unit: string;
  readonly currency: string;
  readonly price: Decimal;
  readonly priceBasis: string;
  readonly validFrom: PlainDate;
  readonly validTo?: PlainDate | undefined;
};

export type ImportCounts = {
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
  /** Items that rows speak of and that do not exist; those rows are left out. */
  readonly unknownItems: readonly string[];
};

const ITEMS: Statement = {
  name: 'import-items',
  text: `
    insert into item as t (number, description, unit, active)
    select number, description, unit, active
    from json_to_recordset($1::json) as r(number text, description text, unit text, active boolean)
    order by number
    on conflict (number) do update
      set description = excluded.description, unit = excluded.unit, active = excluded.active
      where (t.description, t.unit, t.active)
        is distinct from (excluded.description, excluded.unit, excluded.active)
    returning (xmax = 0) as inserted, null as unknown`,
};

const CROSS_REFERENCES: Statement = {
  name: 'import-cross-references',
  text: `
    with given as (
      select r.*, exists (select from item i where i.number = r.item) as known
      from json_to_recordset($1::json) as r(partner text, qualifier text, value text, item text)
    ), saved as (
      insert into item_cross_reference as t (partner, qualifier, value, item)
      select partner, qualifier, value, item from given where known order by partner, qualifier, value
      on conflict (partner, qualifier, value) do update set item = excluded.item
        where t.item is distinct from excluded.item
      returning (xmax = 0) as inserted
    )
    select inserted, null as unknown from saved union all select null, item from given where not known`,
};

const PRICES: Statement = {
  name: 'import-prices',
  text: `
    with given as (
      select r.*, exists (select from item i where i.number = r.item) as known
      from json_to_recordset($1::json) as r(partner text, item text, unit text, currency text, price numeric,
        "priceBasis" text, "validFrom" date, "validTo" date)
    ), saved as (
      insert into price as t (partner, item, unit, currency, price, price_basis, valid_from, valid_to)
      select partner, item, unit, currency, price, "priceBasis", "validFrom", "validTo" from given where known
      order by partner, item, unit, currency, "validFrom"
      on conflict (partner, item, unit, currency, valid_from) do update
        set price = excluded.price, price_basis = excluded.price_basis, valid_to = excluded.valid_to
        where (t.price, t.price_basis, t.valid_to)
          is distinct from (excluded.price, excluded.price_basis, excluded.valid_to)
      returning (xmax = 0) as inserted
    )
    select inserted, null as unknown from saved union all select null, item from given where not known`,
};

export async function importItems(tx: Database, records: readonly ItemRecord[]): Promise<ImportCounts> {
  return await importRecords(tx, ITEMS, records, (record) => [record.number]);
}

export async function importCrossReferences(
  tx: Database,
  records: readonly CrossReferenceRecord[],
): Promise<ImportCounts> {
  return await importRecords(tx, CROSS_REFERENCES, records, (r) => [r.partner, r.qualifier, r.value]);
}

export async function importPrices(tx: Database, records: readonly PriceRecord[]): Promise<ImportCounts> {
  const key = (r: PriceRecord) => [r.partner, r.item, r.unit, r.currency, r.validFrom];
  return await importRecords(tx, PRICES, records, key);
}

const BATCH = 2_000;

/** Of several records under one key the last counts. Doing it again changes nothing. */
async function importRecords<T>(
  tx: Database,
  statement: Statement,
  records: readonly T[],
  keyOf: (record: T) => readonly string[],
): Promise<ImportCounts> {
  type Row = { inserted: boolean | null; unknown: string | null };
  const unique = [...new Map(records.map((record) => [JSON.stringify(keyOf(record)), record])).values()];
  const rows: Row[] = [];
  for (let start = 0; start < unique.length; start += BATCH) {
    rows.push(...(await run<Row>(tx, statement, [toJson(unique.slice(start, start + BATCH))])));
  }
  const inserted = rows.filter((row) => row.inserted === true).length;
  const updated = rows.filter((row) => row.inserted === false).length;
  const refused = rows.filter((row) => row.unknown !== null);
  return {
    inserted,
    updated,
    unchanged: records.length - inserted - updated - refused.length,
    unknownItems: [...new Set(refused.map((row) => row.unknown as string))].sort(),
  };
}
