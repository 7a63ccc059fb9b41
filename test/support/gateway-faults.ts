import type { Knex } from 'knex';
import type { Context } from '../../src/context.ts';

type Query = { readonly name?: string; readonly text?: string } | string;

type Connection = { query(config: Query, ...rest: unknown[]): Promise<unknown> };

/** Called before a statement goes to the database, and after its answer came; throwing makes it fail. */
export type Step = {
  readonly before?: (statement: string) => void;
  readonly after?: (statement: string) => void;
};

/**
 * A pool whose every statement passes `step`, also those inside of transactions. Statements go by the name that the
 * store gives them, or by their text.
 */
export function watchStatements(db: Knex, step: Step): Knex {
  const client = db.client as { acquireRawConnection(): Promise<Connection> };
  const acquire = client.acquireRawConnection.bind(client);
  client.acquireRawConnection = async () => {
    const connection = await acquire();
    const query = connection.query.bind(connection);
    connection.query = async (config, ...rest) => {
      const statement = typeof config === 'string' ? config : (config.name ?? config.text ?? '');
      step.before?.(statement);
      const result = await query(config, ...rest);
      step.after?.(statement);
      return result;
    };
    return connection;
  };
  return db;
}

const FAULTS = {
  'connection lost': () => new Error('Connection terminated unexpectedly'),
  'time-out': () =>
    Object.assign(new Error('canceling statement due to statement timeout'), { code: '57014' }),
  'a bug': () => new TypeError('undefined is not a function'),
} as const;

/** Lets chosen statements fail, once or several times, as the database would let them. */
export function breakStatements() {
  const planned: { statement: string; fault: keyof typeof FAULTS; left: number }[] = [];
  const before = (statement: string) => {
    const plan = planned.find((each) => each.statement === statement && each.left > 0);
    if (plan === undefined) return;
    plan.left -= 1;
    throw FAULTS[plan.fault]();
  };
  return {
    alter: (context: Context): Context => ({ ...context, db: watchStatements(context.db, { before }) }),
    breakNext: (statement: string, fault: keyof typeof FAULTS, times = 1) => {
      planned.push({ statement, fault, left: times });
    },
  };
}
