import type { MasterTable } from './master-data-tables.ts';
import type { Statement } from './query.ts';

/** `failed` holds the places in `checks` of what keeps a row out; `inserted` is null for those. */
export type SavedRow = {
  readonly inserted: boolean | null;
  readonly place: number | null;
  readonly failed: readonly number[] | null;
};

/**
 * Writes the rows of a JSON array that pass the checks: $1 the rows, $2 the columns that they speak of. What a file
 * does not speak of stays as it is; what it leaves empty becomes what the column is without a word.
 */
export function makeSave(table: MasterTable): Statement {
  const keys = Object.keys(table.key);
  const values = Object.keys(table.values);
  const columns = [...keys, ...values];
  const types = { ...table.key, ...table.values };
  const given = values.map(
    (name) => `case when '${name}' = any($2::text[]) then excluded.${name} else t.${name} end`,
  );
  const failed = (table.checks ?? []).map((check, i) => `case when ${check.fails} then ${i} end`);
  const gone = table.goneAtZero;
  const text = `
    with asked as materialized (
      select * from json_to_recordset($1::json)
        as r(place int, ${columns.map((name) => `${name} ${types[name]!.type}`).join(', ')})
    ), given as materialized (
      select r.*, array_remove(array[${failed.join(', ')}]::int[], null) as failed from asked r
    ), saved as (
      insert into ${table.name} as t (${columns.join(', ')})
      select ${columns.map((name) => withDefault(name, types[name]!.otherwise)).join(', ')} from given
      where failed = '{}'${gone === undefined ? '' : ` and ${gone} <> 0`} order by ${keys.join(', ')}
      on conflict (${keys.join(', ')}) ${makeUpdate(table, values, given)}
      returning (xmax = 0) as inserted
    )${gone === undefined ? '' : `, gone as (${makeDelete(table, keys, gone)})`}
    select inserted, null::int as place, null::int[] as failed from saved
    ${gone === undefined ? '' : 'union all select false, null, null from gone'}
    union all select null, place, failed from given where failed <> '{}'`;
  return { name: `import-${table.name}`, text };
}

function withDefault(name: string, otherwise: string | undefined): string {
  return otherwise === undefined ? name : `coalesce(${name}, ${otherwise})`;
}

/** A row that would become what it is already is left alone, so that counts are true. */
function makeUpdate(table: MasterTable, values: readonly string[], given: readonly string[]): string {
  if (values.length === 0) return 'do nothing';
  // json has no equality; its text is as it was given.
  const comparable = (name: string, value: string) =>
    table.values[name]!.type === 'json' ? `(${value})::text` : value;
  return `do update set ${values.map((name, i) => `${name} = ${given[i]}`).join(', ')}
        where (${values.map((name) => comparable(name, `t.${name}`)).join(', ')})
          is distinct from (${values.map((name, i) => comparable(name, given[i]!)).join(', ')})`;
}

function makeDelete(table: MasterTable, keys: readonly string[], gone: string): string {
  const same = keys.map((name) => `t.${name} = g.${name}`).join(' and ');
  return `delete from ${table.name} t using given g where g.failed = '{}' and g.${gone} = 0 and ${same} returning 1`;
}
