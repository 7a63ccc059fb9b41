import type { Blanket, BlanketBooking } from '../../src/domain/blanket/blanket.ts';
import { bookEntries, insertBlankets } from '../../src/store/blankets.ts';
import { type Database, inTransaction } from '../../src/store/database.ts';
import { insertFile } from '../../src/store/files.ts';
import { saveOutcome } from '../../src/store/outcomes.ts';
import { blanket } from '../domain/blanket/support.ts';
import { AT, makeExchange } from './exchange.ts';

/** Stored orders, and blankets that the first of them open, committed in the ledger: `BK0`, `BK1`, … */
export async function openBlankets(
  db: Database,
  made: readonly Partial<Blanket>[],
  orders = made.length,
): Promise<{ readonly opened: readonly Blanket[]; readonly orders: readonly string[] }> {
  const { inbound, outcome } = makeExchange(orders);
  await insertFile(db, inbound);
  await saveOutcome(db, outcome);
  const ids = outcome.orders.map(({ id }) => id);
  const opened = made.map((changes, index) =>
    blanket({ id: ids[index]!, poNumber: `BK${index}`, ...changes }),
  );
  await inTransaction(db, async (tx) => {
    await insertBlankets(
      tx,
      opened.map((one) => ({ blanket: one, order: one.id })),
    );
    const commitments = opened.flatMap(({ id, poNumber, lines }) =>
      lines.map(
        ({ number, committed }): BlanketBooking => ({
          blanket: id,
          line: number,
          kind: 'commit',
          quantity: committed,
          reference: poNumber,
        }),
      ),
    );
    await bookEntries(tx, dated(commitments));
  });
  return { opened, orders: ids };
}

export function dated(bookings: readonly BlanketBooking[], at = AT) {
  return bookings.map((booking) => ({ ...booking, at }));
}
