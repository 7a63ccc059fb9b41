import { type FileEnd, joinRows, type OutcomeRows, saveRows } from './outcomes.ts';
import type { Database } from './query.ts';

/** Rows of one transaction on their way to the server, in the order in which they are given. */
export type Saving = {
  /** Sends what is kept, when that is worth a statement: there is something to do until it is stored. */
  readonly flow: () => Promise<void>;
  /** Keeps the rows of one more file, and lets those before it flow. */
  readonly add: (rows: OutcomeRows) => Promise<void>;
  /** Waits until all that was sent is stored; throws the first refusal. */
  readonly sent: () => Promise<void>;
  /** Sends the rest, with the ends of the files that all of it follows from, and waits. */
  readonly end: (ends: readonly FileEnd[]) => Promise<void>;
};

/** Some twenty orders: fewer cost more in statements than is won. */
const WORTH_A_STATEMENT = 250;

/**
 * The server stores what follows from one file while the next is decided: a partner's files are decided one after the
 * other, and we and the server would else take turns in waiting.
 */
export function startSaving(tx: Database): Saving {
  let kept: OutcomeRows[] = [];
  let saved: Promise<void> = Promise.resolve();
  const send = (ends: readonly FileEnd[]) => {
    const rows = joinRows(kept);
    kept = [];
    // One after the other: after a refusal the others are not even sent.
    saved = saved.then(async () => await saveRows(tx, rows, ends));
    // Who waits for the last of them hears of it.
    saved.catch(() => undefined);
  };
  const flow = async () => {
    if (kept.reduce((sum, rows) => sum + countRows(rows), 0) < WORTH_A_STATEMENT) return;
    send([]);
    // It leaves now, and not when there is nothing left to decide.
    await new Promise((resolve) => setImmediate(resolve));
  };
  return {
    flow,
    sent: async () => await saved,
    add: async (rows) => {
      await flow();
      kept.push(rows);
    },
    end: async (ends) => {
      send(ends);
      await saved;
    },
  };
}

function countRows({ documents, orders, lines, events }: OutcomeRows): number {
  return documents.length + orders.length + lines.length + events.length;
}
