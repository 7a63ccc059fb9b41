import type { Context } from '../../context.ts';
import { backoff } from '../../jobs/backoff.ts';
import { enqueue, shipJob } from '../../jobs/lanes.ts';
import { inTransaction, isOutage } from '../../store/database.ts';
import { raiseExceptions } from '../../store/exceptions.ts';
import {
  claimReport,
  listLateReports,
  lockReport,
  nextReportAt,
  postponeReport,
  type StoredReport,
  uncountReport,
} from '../../store/shipment-reports.ts';
import { makeException } from '../process/records.ts';
import { refuseReport } from './refuse-report.ts';
import { settleReport } from './settle-report.ts';
import { makerOf, NoCompany, startShipping } from './shipping.ts';

/** Tries of one report before a person is asked. */
const MOST_ATTEMPTS = 5;

/** How long a correction waits for its shipment before a person is asked. */
const WAIT_MS = 24 * 3_600_000;

/** Settles what was told, the oldest first; one that backs off holds up no other. */
export async function shipLane(context: Context, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const report = await claimReport(context.db, context.clock());
    if (report === undefined) {
      const at = await nextReportAt(context.db);
      if (at !== undefined) await enqueue(context.db, shipJob(at));
      return;
    }
    await tryReport(context, report);
  }
}

async function tryReport(context: Context, { id, attempts }: StoredReport): Promise<void> {
  const { db } = context;
  try {
    await inTransaction(db, async (tx) => {
      const report = await lockReport(tx, id);
      if (report?.state === 'received') await settleReport(startShipping(context, tx), report);
    });
  } catch (error) {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    context.log.error({ report: id, attempt: attempts, error: reason }, 'shipment not settled');
    if (isOutage(error) || error instanceof NoCompany) {
      await uncountReport(db, id);
      throw error;
    }
    if (attempts >= MOST_ATTEMPTS) return await giveUp(context, id, String(error));
    const wait = backoff(attempts, context.random());
    await postponeReport(db, id, new Date(Date.parse(context.clock()) + wait).toISOString());
  }
}

async function giveUp(context: Context, id: string, reason: string): Promise<void> {
  await inTransaction(context.db, async (tx) => {
    const report = await lockReport(tx, id);
    if (report?.state !== 'received') return;
    const text = `gave up after ${MOST_ATTEMPTS} attempts; the last ended with: ${reason}`;
    await refuseReport(startShipping(context, tx), report, [{ code: 'attempts-exhausted', text }]);
  });
}

/** Corrections that nobody has told the shipment of: a person is asked, once. */
export async function watchReports(context: Context): Promise<number> {
  return await inTransaction(context.db, async (tx) => {
    const now = context.clock();
    const late = await listLateReports(tx, new Date(Date.parse(now) - WAIT_MS).toISOString());
    const shipping = late.length === 0 ? undefined : startShipping(context, tx);
    const raised = late.map(({ id, number, at, content, document, teller = '' }) => {
      const text = `a correction of shipment ${number} has waited since ${at.slice(0, 16)}, and nobody told of that shipment`;
      const maker = makerOf(shipping!, content.partner ?? teller);
      return makeException(maker, 'shipment-waits', text, { report: id, document });
    });
    await raiseExceptions(tx, raised);
    return late.length;
  });
}
