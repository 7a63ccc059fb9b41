import { asBuffer } from './files.ts';
import { toJson } from './query.ts';

/** How rows come to a statement. */
export type RowParameters<Table extends string> = {
  /** What stands behind `from` for the rows of a table. */
  readonly from: Readonly<Record<Table, string>>;
  /** The parameters of the statement, from `$1` on. A table that is left out has no rows. */
  readonly values: (rows: { readonly [Name in Table]?: readonly object[] }) => readonly string[];
};

type Column = { readonly table: string; readonly name: string; readonly type: string };

/**
 * A parameter for each column of each table, as an array of what the rows have there; columns are `name type`, with
 * commas between. In rows of JSON the server looks for each name in each of them and reads each value twice, which took
 * as long as to store them.
 */
export function placeRows<Table extends string>(
  tables: Readonly<Record<Table, string>>,
): RowParameters<Table> {
  const columns = Object.entries<string>(tables).flatMap(([table, list]) =>
    list.split(',').map((column): Column => {
      const [name, type] = column.trim().split(' ');
      return { table, name: name!, type: type! };
    }),
  );
  const from: Record<string, string> = {};
  for (const table of Object.keys(tables)) {
    const taken = columns.flatMap((column, at) => (column.table === table ? takeColumn(column, at + 1) : []));
    from[table] = `(select ${taken.join(', ')}) as r`;
  }
  return {
    from: from as Record<Table, string>,
    values: (rows) =>
      columns.map((column) => writeColumn(column, rows[column.table as Table] as readonly Row[])),
  };
}

/** JSON comes as lines, which it has none of itself: in an array all its quotes would want escaping. */
function takeColumn({ name, type }: Column, place: number): string {
  if (type.startsWith('json')) return `unnest(string_to_array($${place}, E'\\n', ''))::${type} as "${name}"`;
  // An array of arrays would be a table, with rows of one length.
  const cast = type.endsWith('[]') ? `::${type}` : '';
  return `unnest($${place}::${cast === '' ? type : 'text'}[])${cast} as "${name}"`;
}

type Row = Readonly<Record<string, unknown>>;

function writeColumn({ name, type }: Column, rows: readonly Row[] = []): string {
  const values = rows.map((row) => row[name] ?? null);
  if (type.startsWith('json')) return values.map((value) => (value === null ? '' : toJson(value))).join('\n');
  if (type === 'bytea') return `{${values.map((bytes) => writeBytes(bytes as Uint8Array | null)).join()}}`;
  return writeArray(
    type.endsWith('[]') ? values.map((list) => list && writeArray(list as unknown[])) : values,
  );
}

function writeBytes(bytes: Uint8Array | null): string {
  return bytes === null ? 'null' : `"\\\\x${asBuffer(bytes).toString('hex')}"`;
}

/** An array of JSON in braces is one of PostgreSQL, unless a character in it is escaped other than by itself. */
function writeArray(values: readonly unknown[]): string {
  const json = JSON.stringify(values).slice(1, -1);
  if (!/\\[^"\\]/.test(json)) return `{${json}}`;
  const elements = values.map((value) =>
    typeof value === 'string' ? `"${value.replace(/["\\]/g, '\\$&')}"` : String(value),
  );
  return `{${elements.join()}}`;
}
