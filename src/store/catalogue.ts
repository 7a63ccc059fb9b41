import { type Catalogue, catalogueKey, type Item, type Price } from '../domain/order/order-facts.ts';
import type { PlainDate } from '../lib/dates.ts';
import { type Database, run, type Statement, toJson, withoutNulls } from './query.ts';

export type ProductKey = { readonly qualifier: string; readonly value: string };

/** Element 235 codes under which a buyer quotes our own number: vendor's part, item number, stock unit. */
export const OURS = ['VP', 'VN', 'SK'];

/*
 * What the partner calls an item comes first; our own number counts where no cross-reference claims the value.
 * One query, whatever the number of lines.
 */
export const CATALOGUE = `
    with asked as (
      select distinct qualifier, value from json_to_recordset($2::json) as r(qualifier text, value text)
    ), found as (
      select a.qualifier, a.value, coalesce(x.item, own.number) as number
      from asked a
      left join item_cross_reference x on x.partner = $1 and x.qualifier = a.qualifier and x.value = a.value
      left join item own on x.item is null and a.qualifier = any($5::text[]) and own.number = a.value
    ), named as (
      select number, json_agg(json_build_array(qualifier, value)) as ids from found
      where number is not null group by number
    )
    select n.ids, i.number, i.description, i.unit, i.active, p.prices
    from named n join item i on i.number = n.number
    left join lateral (
      select json_agg(json_build_object('unit', p.unit, 'price', p.price::text, 'basis', p.price_basis,
        'validFrom', p.valid_from) order by p.valid_from desc, p.unit) as prices
      from price p
      where p.partner = $1 and p.item = n.number and p.currency = $4
        and p.valid_from <= $3::date and (p.valid_to is null or p.valid_to >= $3::date)
    ) p on true`;

const LOAD: Statement = { name: 'catalogue-load', text: CATALOGUE };

/** The items that these product ids name, with the partner's prices valid on the day in the currency. */
export async function loadCatalogue(
  tx: Database,
  partner: string,
  ids: readonly ProductKey[],
  onDate: PlainDate,
  currency: string,
): Promise<Catalogue> {
  if (ids.length === 0) return indexCatalogue([]);
  return indexCatalogue(await run<CatalogueRow>(tx, LOAD, [partner, toJson(ids), onDate, currency, OURS]));
}

export type CatalogueRow = Item & {
  readonly ids: readonly (readonly [string, string])[];
  readonly description: string | null;
  readonly prices: Price[] | null;
};

export function indexCatalogue(rows: readonly CatalogueRow[]): Catalogue {
  const itemOf = new Map<string, string>();
  const items = new Map<string, Item>();
  for (const { ids: names, prices, ...item } of rows) {
    items.set(item.number, { ...withoutNulls(item), prices: prices ?? [] } as Item);
    for (const [qualifier, value] of names) itemOf.set(catalogueKey({ qualifier, value }), item.number);
  }
  return { itemOf, items };
}
