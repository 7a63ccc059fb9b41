import type { Database } from '../src/store/database.ts';

type Connection = { query(...config: unknown[]): unknown };

/** How many statements are sent until `end`, without those that begin and end a transaction. */
export function countStatements(db: Database): { readonly end: () => number } {
  const client = db.client as { acquireConnection(): Promise<Connection> };
  const { acquireConnection } = client;
  const watched = new Map<Connection, Connection['query']>();
  let count = 0;
  client.acquireConnection = async () => {
    const connection = await acquireConnection.call(client);
    if (watched.has(connection)) return connection;
    const { query } = connection;
    watched.set(connection, query);
    connection.query = (...config) => {
      const [first] = config as [string | { readonly text: string }];
      const text = typeof first === 'string' ? first : first.text;
      if (!/^(begin|commit|rollback)\b/i.test(text)) count += 1;
      return query.apply(connection, config);
    };
    return connection;
  };
  const end = () => {
    client.acquireConnection = acquireConnection;
    for (const [connection, query] of watched) connection.query = query;
    return count;
  };
  return { end };
}
