import type { Knex } from 'knex';
import type { Context } from '../../src/context.ts';

type Query = { readonly name?: string; readonly text?: string } | string;

type Connection = { query(config: Query, ...rest: unknown[]): Promise<unknown> };

/**
 * Called before a statement goes to the database, and after its answer came; throwing makes it fail. Several may be under
 * way at once: `after` is given what `before` said of the same one.
 */
export type Step<Told = unknown> = {
  readonly before: (statement: string) => Told;
  readonly after?: (told: Told) => void;
};

/**
 * A pool whose every statement passes `step`, also those inside of transactions. Statements go by the name that the
 * store gives them, or by their text.
 */
export function watchStatements<Told>(db: Knex, step: Step<Told>): Knex {
  const client = db.client as { acquireRawConnection(): Promise<Connection> };
  const acquire = client.acquireRawConnection.bind(client);
  client.acquireRawConnection = async () => {
    const connection = await acquire();
    const query = connection.query.bind(connection);
    const ask = async (config: Query, values: readonly unknown[]) => {
      const statement = typeof config === 'string' ? config : (config.name ?? config.text ?? '');
      const told = step.before(statement);
      const result = await query(config, ...values);
      step.after?.(told);
      return result;
    };
    // The store waits for a promise, the transactions of knex for a callback.
    connection.query = (config, ...rest) => {
      const callback = rest.at(-1);
      if (typeof callback !== 'function') return ask(config, rest);
      const answer = callback as (error: unknown, result?: unknown) => void;
      ask(config, rest.slice(0, -1)).then(
        (result) => answer(null, result),
        (error) => answer(error),
      );
      return Promise.resolve();
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

/** Counts the statements, and lets chosen ones fail, once or several times, as the database would. */
export function breakStatements() {
  const planned: { statement: string; fault: keyof typeof FAULTS; left: number }[] = [];
  const counts = new Map<string, number>();
  const before = (statement: string) => {
    counts.set(statement, (counts.get(statement) ?? 0) + 1);
    const plan = planned.find((each) => each.statement === statement && each.left > 0);
    if (plan === undefined) return;
    plan.left -= 1;
    throw FAULTS[plan.fault]();
  };
  return {
    alter: (context: Context): Context => ({ ...context, db: watchStatements(context.db, { before }) }),
    /** How often a statement was sent. */
    count: (statement: string) => counts.get(statement) ?? 0,
    breakNext: (statement: string, fault: keyof typeof FAULTS, times = 1) => {
      planned.push({ statement, fault, left: times });
    },
  };
}

/**
 * A pool that dies at its nth statement as the process would: the connections are cut, so that the server rolls
 * back, and nothing is heard from then on. `after`: the server did it, and its answer is lost.
 */
export function dieAt(db: Knex, n: number, when: 'before' | 'after', onDeath: () => void) {
  let count = 0;
  let dead = false;
  const client = db.client as { acquireRawConnection(): Promise<Connection & { end(): Promise<void> }> };
  const acquire = client.acquireRawConnection.bind(client);
  const cuts: (() => void)[] = [];
  client.acquireRawConnection = async () => {
    if (dead) throw FAULTS['connection lost']();
    const connection = await acquire();
    const { stream } = (connection as unknown as { connection: { stream: { destroy(): void } } }).connection;
    cuts.push(() => stream.destroy());
    return connection;
  };
  const die = () => {
    dead = true;
    for (const cut of cuts) cut();
    onDeath();
    throw FAULTS['connection lost']();
  };
  watchStatements(db, {
    before: () => {
      if (dead) throw FAULTS['connection lost']();
      count += 1;
      if (count === n && when === 'before') die();
      return count;
    },
    after: (place) => {
      if (!dead && place === n && when === 'after') die();
    },
  });
  return { isDead: () => dead };
}
