import type { Item } from '../domain/catalogue/catalogue.ts';
import type { Agreement, Cost, PriceTerm } from '../domain/pricing/price-terms.ts';
import type { PlainDate } from '../lib/dates.ts';
import type { Decimal } from '../lib/decimal.ts';

export type ProductKey = { readonly qualifier: string; readonly value: string };

/** Element 235 codes under which a buyer quotes our own number: vendor's part, item number, stock unit. */
export const OURS = ['VP', 'VN', 'SK'];

/* Few: the terms of an item are looked for in these, and not among those of everybody who buys it. */
export const APPLYING = `
    select a.* from agreement a
    where (a.valid_to is null or a.valid_to >= $9::date - 90)
      and (a.kind = 'list' or (a.kind = 'contract' and a.holder = $3)
        or (a.kind = 'group-contract' and a.holder = (select c.price_group from customer c where c.number = $3)))`;

/*
 * What the partner calls an item comes first; our own number counts where no cross-reference claims the value. With
 * each item come its substitutes, and all that its price may come from: the partner's prices, the terms of contracts
 * with the customer or its group, and of lists.
 */
export const CATALOGUE = `
    with asked as (
      select distinct qualifier, value from json_to_recordset($8::json) as r(qualifier text, value text)
    ), found as (
      select a.qualifier, a.value, coalesce(x.item, own.number) as number
      from asked a
      left join item_cross_reference x on x.partner = $1 and x.qualifier = a.qualifier and x.value = a.value
      left join item own on x.item is null and a.qualifier = any($10::text[]) and own.number = a.value
    ), named as (
      select number, json_agg(json_build_array(qualifier, value)) as ids from found
      where number is not null group by number
    ), wanted as (
      select number, ids from named
      union all
      select r.other, null from named n
      join item_relation r on r.item = n.number and r.kind = 'substitute'
      where not exists (select from named m where m.number = r.other)
      group by r.other
    )
    select w.ids, i.number, i.description, i.unit, i.status, i.hazard, i.serialised, i.minimum::text,
      i.maximum::text, i.multiple::text, i.customers, i.barred,
      (select json_object_agg(u.unit, u.factor::text) from item_unit u where u.item = i.number) as units,
      (select json_agg(json_build_array(r.kind, r.other) order by r.rank, r.other)
        from item_relation r where r.item = i.number) as relations,
      (select json_build_object('cost', c.cost::text, 'currency', c.currency, 'validFrom', c.valid_from)
        from item_cost c where c.item = i.number and c.currency = $2 and c.valid_from <= $9::date
        order by c.valid_from desc limit 1) as cost,
      (select json_agg(json_build_object('unit', p.unit, 'price', p.price::text, 'basis', p.price_basis,
          'currency', p.currency, 'validFrom', p.valid_from, 'validTo', p.valid_to))
        from price p
        where p.partner = $1 and p.item = i.number and (p.valid_to is null or p.valid_to >= $9::date - 90)
      ) as prices,
      (select json_agg(json_build_array(a.number, a.version, t.position, t.unit, t.price_basis, t.form,
          t.minimum_quantity::text, t.zone, t.promotion, t.bundle, t.valid_from, t.valid_to, t.adjustments,
          case when t.bundle is not null then (
            select json_object_agg(b.item, b.quantity::text) from price_bundle b
            where b.agreement = t.agreement and b.version = t.version and b.bundle = t.bundle) end))
        from applying a
        cross join lateral (
          select * from price_term t where t.item = i.number and t.agreement = a.number and t.version = a.version
          offset 0
        ) t
      ) as terms
    from wanted w join item i on i.number = w.number`;

export type CatalogueRow = {
  readonly ids: readonly (readonly [string, string])[] | null;
  readonly number: string;
  readonly description: string | null;
  readonly unit: string;
  readonly status: Item['status'];
  readonly hazard: string | null;
  readonly serialised: boolean;
  readonly minimum: Decimal | null;
  readonly maximum: Decimal | null;
  readonly multiple: Decimal | null;
  readonly customers: readonly string[] | null;
  readonly barred: readonly string[];
  readonly units: Readonly<Record<string, Decimal>> | null;
  readonly relations: readonly (readonly ['substitute' | 'incompatible' | 'requires', string])[] | null;
  readonly cost: Cost | null;
  readonly prices: readonly PriceRow[] | null;
  readonly terms: readonly TermTuple[] | null;
};

export type PriceRow = {
  readonly unit: string;
  readonly price: Decimal;
  readonly basis: string;
  readonly currency: string;
  readonly validFrom: PlainDate;
  readonly validTo: PlainDate | null;
};

export type AgreementRow = Omit<Agreement, 'bundles' | 'validTo'> & { readonly validTo: PlainDate | null };

export type TermRow = Omit<PriceTerm, 'agreement' | 'item'> & {
  readonly agreement: string;
  readonly version: number;
  readonly bundleItems: Readonly<Record<string, Decimal>> | null;
};

/** As the statement builds them: an item of a list and a contract has two, and their names would be half of what is loaded. */
export type TermTuple = readonly [
  agreement: string,
  version: number,
  position: number,
  unit: string,
  basis: string,
  form: TermRow['form'],
  minimumQuantity: Decimal | null,
  zone: string | null,
  promotion: string | null,
  bundle: string | null,
  validFrom: PlainDate | null,
  validTo: PlainDate | null,
  adjustments: TermRow['adjustments'],
  bundleItems: TermRow['bundleItems'],
];
