import type { Context } from '../../context.ts';
import { applyPromises } from '../../domain/order/apply-promises.ts';
import type { OrderVersion } from '../../domain/order/change-decision.ts';
import type { Database } from '../../store/database.ts';
import { loadStandingOrders } from '../../store/standing-orders.ts';
import { makeVersion } from '../process/record-change.ts';
import { makeEvent, makeException } from '../process/records.ts';
import { type ChangedPromise, fillWaiting } from '../stock/fill-waiting.ts';
import {
  AnswerNotWritten,
  type NextVersion,
  type Revising,
  type Sent,
  saveNextVersion,
} from './save-revision.ts';
import { startRevising } from './start-revising.ts';

/** Orders whose promises are others now: each in its next version, told to its partner in the same transaction. */
export async function announcePromises(
  context: Context,
  tx: Database,
  changes: readonly ChangedPromise[],
): Promise<readonly string[]> {
  const files: string[] = [];
  for (const [id, own] of Map.groupBy(changes, ({ order }) => order)) {
    const { partner } = own[0]!;
    const revising = startRevising(context, tx, partner);
    const [stored] = await loadStandingOrders(tx, partner, [], [id]);
    if (stored === undefined || stored.order.standing.state !== 'open') continue;
    const { standing, drawn } = stored.order;
    const decision = applyPromises(standing.decision, drawn);
    const next: OrderVersion = { ...standing, version: standing.version + 1, decision };
    const { maker } = revising;
    const events = own.map((change) =>
      makeEvent(maker, `backorder-${change.kind}`, describe(change), { order: id }),
    );
    const sent = await saveInAnyCase(revising, {
      stored,
      next,
      revision: makeVersion(id, standing, next, maker),
      drawing: { blankets: [], bookings: [], exposures: [], ordered: [] },
      events,
      exceptions: [],
    });
    files.push(sent.files);
  }
  return files;
}

/** Stock that came is there, whether or not its partner can be told: then a person is. */
async function saveInAnyCase(revising: Revising, version: NextVersion): Promise<Sent> {
  try {
    return await saveNextVersion(revising, version);
  } catch (error) {
    if (!(error instanceof AnswerNotWritten)) throw error;
    const about = { order: version.stored.id };
    const untold = makeException(revising.maker, 'answer-not-written', error.message, about);
    return await saveNextVersion(revising, { ...version, exceptions: [untold] }, false);
  }
}

/** What orders gave back goes to what waits for it, and the partners hear of it. */
export async function fillFreed(context: Context, tx: Database, items: readonly string[]): Promise<void> {
  if (items.length === 0) return;
  const today = context.clock().slice(0, 10);
  await announcePromises(context, tx, await fillWaiting(tx, items, today, context.ids));
}

function describe({ kind, quantity, item, line, ships, warehouse }: ChangedPromise): string {
  const what = `line ${line ?? '?'}: ${quantity} of item ${item}`;
  const when = ships === undefined ? '' : ` on ${ships}`;
  if (kind === 'redated') return `${what} ship${when === '' ? ' when stock comes' : when} now`;
  return `${what} filled, ship${when}${warehouse === undefined ? '' : ` from ${warehouse}`}`;
}
