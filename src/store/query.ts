import type { Knex } from 'knex';
import pg from 'pg';

/** A pool or a transaction of it. */
export type Database = Knex;

type Connection = { query(config: pg.QueryConfig): Promise<pg.QueryResult> };

/**
 * A statement that runs thousands of times: under a name, the server plans it once a connection. Parameters are
 * `$1`, `$2`, … as PostgreSQL has them.
 */
export type Statement = { readonly name: string; readonly text: string };

export async function run<Row>(
  db: Database,
  statement: Statement,
  values: readonly unknown[],
): Promise<readonly Row[]> {
  const connection: Connection = await db.client.acquireConnection();
  try {
    const result = await connection.query({ ...statement, values: values.map(storable) });
    return result.rows as Row[];
  } finally {
    db.client.releaseConnection(connection);
  }
}

/**
 * JSON text that PostgreSQL takes: text there holds no NUL and no half of a surrogate pair. The raw bytes of
 * the file hold what was really sent.
 */
export function toJson(value: unknown): string {
  const text = JSON.stringify(value);
  if (!text.includes('\\u') || !/\\u(0000|d[89a-f])/i.test(text)) return text;
  return JSON.stringify(value, (_key, inner: unknown) => (typeof inner === 'string' ? clean(inner) : inner));
}

function storable(value: unknown): unknown {
  if (typeof value === 'string') return clean(value);
  if (Array.isArray(value)) return value.map(storable);
  return value;
}

function clean(text: string): string {
  return text.isWellFormed() && !text.includes('\0') ? text : text.toWellFormed().replaceAll('\0', '\u2400');
}

/** How a value of the database reads here: money and quantities stay text, moments are ISO 8601 in UTC. */
export const typeParsers: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') => {
    switch (oid) {
      case pg.types.builtins.INT8:
        return Number;
      case pg.types.builtins.DATE:
      case pg.types.builtins.NUMERIC:
        return String;
      case pg.types.builtins.TIMESTAMPTZ:
        return toInstant;
      default:
        return format === 'binary'
          ? pg.types.getTypeParser(oid, 'binary')
          : pg.types.getTypeParser(oid, 'text');
    }
  },
};

/** `2024-01-31 09:30:00.5+00` → `2024-01-31T09:30:00.5Z`; the session's time zone is UTC. */
function toInstant(text: string): string {
  return text.replace(' ', 'T').replace(/\+00$/, 'Z');
}

/** A row without its nulls: absent is absent. */
export function withoutNulls<T extends object>(row: T): { [K in keyof T]: Exclude<T[K], null> } {
  const result: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(row)) if (value !== null) result[key] = value;
  return result as { [K in keyof T]: Exclude<T[K], null> };
}
