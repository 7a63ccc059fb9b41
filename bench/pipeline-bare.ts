import type { Knex } from 'knex';
import pg from 'pg';
import type { Started } from '../src/main.ts';

type Query = { readonly name?: string; readonly text: string; readonly values: readonly unknown[] };

type Connection = { query(query: Query | string, ...rest: unknown[]): Promise<unknown> };

/** What one commit inserted. */
export type Insert = readonly Query[];

/** The statements that make rows, without what else they do: wake a lane, end a file. All others ask, lock or count. */
const KEEPS: Readonly<Record<string, (query: Query) => Query>> = {
  'arrival-store': ({ text, values }) => ({
    name: 'bare-arrival',
    text: text.replace(/select wake_lane.*$/s, 'select 1'),
    values: values.slice(0, 3),
  }),
  // Its last three parameters are the columns of `ends`.
  'outcome-save': ({ text, values }) => ({
    name: 'bare-outcome',
    text,
    values: [...values.slice(0, -3), '{}', '{}', '{}'],
  }),
};

/** Notes the statements that insert rows, with their values, grouped by transaction. */
export function recordInserts(db: Knex): { readonly inserts: Insert[]; readonly end: () => void } {
  const inserts: Insert[] = [];
  const client = db.client as { acquireConnection(): Promise<Connection> };
  let recording = true;
  const acquire = client.acquireConnection.bind(client);
  const watched = new WeakSet<Connection>();
  client.acquireConnection = async () => {
    const connection = await acquire();
    if (watched.has(connection) || !recording) return connection;
    watched.add(connection);
    watch(connection, (insert) => recording && inserts.push(insert));
    return connection;
  };
  const end = () => {
    recording = false;
    client.acquireConnection = acquire;
  };
  return { inserts, end };
}

function watch(connection: Connection, keep: (insert: Insert) => void): void {
  const query = connection.query.bind(connection);
  let open: Query[] | undefined;
  connection.query = (config, ...rest) => {
    const text = typeof config === 'string' ? config : config.text;
    const strip = typeof config === 'string' ? undefined : KEEPS[config.name ?? ''];
    if (strip !== undefined) {
      const kept = strip(config as Query);
      if (open === undefined) keep([kept]);
      else open.push(kept);
    } else if (/^begin\b/i.test(text)) open = [];
    else if (/^(commit|rollback)\b/i.test(text)) {
      if (/^commit/i.test(text) && open !== undefined && open.length > 0) keep(open);
      open = undefined;
    }
    return query(config, ...rest);
  };
}

/** All that came in, what followed, and what it drew on: as before the first file. */
export async function emptyTables(db: Knex): Promise<void> {
  await db.raw(
    'truncate file, document, purchase_order, purchase_order_line, event, exception, allocation cascade',
  );
  await db('stock').update({ allocated: 0 });
  await db('customer').update({ accepted_not_shipped: 0 });
  await db('agreement_ordered').delete();
}

/** Seconds for the same rows and bytes in the same transactions, with nothing else done; the tables are empty before. */
export async function insertBare(
  gateway: Started,
  inserts: readonly Insert[],
  connections: number,
): Promise<number> {
  const { db } = gateway.context;
  await emptyTables(db);
  const pool = new pg.Pool({ connectionString: gateway.databaseUrl, max: connections });
  // The server may be stopped before the last of them has said goodbye.
  pool.on('error', () => undefined);
  const clients = await Promise.all(Array.from({ length: connections }, () => pool.connect()));
  // What arrived goes in before what follows from it: answers refer to it.
  const arrivals = inserts.filter((insert) => insert.some(({ name }) => name === 'bare-arrival'));
  const outcomes = inserts.filter((insert) => !arrivals.includes(insert));
  const start = performance.now();
  for (const phase of [arrivals, outcomes]) {
    const left = [...phase].reverse();
    await Promise.all(
      clients.map(async (client) => {
        for (let insert = left.pop(); insert !== undefined; insert = left.pop()) {
          await client.query('begin');
          for (const { name, text, values } of insert)
            await client.query({ name: name!, text, values: [...values] });
          await client.query('commit');
        }
      }),
    );
  }
  const seconds = (performance.now() - start) / 1_000;
  for (const client of clients) client.release();
  await pool.end();

  return seconds;
}
