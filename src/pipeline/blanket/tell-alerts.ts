import type { Context } from '../../context.ts';
import { dueAlerts } from '../../domain/blanket/alerts.ts';
import type { Blanket } from '../../domain/blanket/blanket.ts';
import { type BlanketPolicy, orderPolicy } from '../../domain/partner/order-policy.ts';
import { listBlankets, loadBlankets, rememberAlerts } from '../../store/blankets.ts';
import { inTransaction } from '../../store/database.ts';
import { recordEvents } from '../../store/events.ts';
import { raiseExceptions } from '../../store/exceptions.ts';
import { makeEvent, makeException } from '../process/records.ts';

/** Blankets that are nearly used up or nearly over: told once, as an exception. Returns how many alerts there were. */
export async function tellBlanketAlerts(context: Context): Promise<number> {
  const today = context.clock().slice(0, 10);
  let told = 0;
  for (const blanket of await listBlankets(context.db, { state: 'open' })) {
    // Only what has something to tell is locked.
    if (dueAlerts(blanket, findAlerts(context, blanket), today).length > 0)
      told += await tellBlanket(context, blanket);
  }
  return told;
}

async function tellBlanket(context: Context, { partner, poNumber }: Blanket): Promise<number> {
  return await inTransaction(context.db, async (tx) => {
    const now = context.clock();
    const [blanket] = await loadBlankets(tx, partner, { numbers: [poNumber] });
    if (blanket === undefined) return 0;
    const due = dueAlerts(blanket, findAlerts(context, blanket), now.slice(0, 10));
    const maker = { ids: context.ids, now, partner, desk: context.configuration().desk };
    await recordEvents(
      tx,
      due.map(({ text }) => makeEvent(maker, 'blanket-alert', text, {})),
    );
    await raiseExceptions(
      tx,
      due.map(({ text }) => makeException(maker, 'blanket-alert', text, {})),
    );
    await rememberAlerts(
      tx,
      blanket.id,
      due.flatMap(({ crossed }) => crossed),
    );
    return due.length;
  });
}

function findAlerts(context: Context, { partner }: Blanket): BlanketPolicy['alerts'] {
  const orders = context.configuration().partners.get(partner)?.file.orders ?? orderPolicy.parse({});
  return orders.blanket.alerts;
}
