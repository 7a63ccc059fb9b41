import { createHash } from 'node:crypto';
import type { Context } from '../../context.ts';
import { writeCanonical } from '../../domain/certificate/canonical-text.ts';
import type { Shipment } from '../../domain/shipment/shipment.ts';
import { enqueue, shipJob } from '../../jobs/lanes.ts';
import { isSameData } from '../../lib/same-data.ts';
import { type Database, inTransaction } from '../../store/database.ts';
import {
  findReport,
  keepReport,
  lockReport,
  type ReportRecord,
  reopenReport,
  type StoredReport,
} from '../../store/shipment-reports.ts';
import { settleReport } from './settle-report.ts';
import type { SettledReport } from './settled-report.ts';
import { startShipping } from './shipping.ts';

/** What was told, before it is kept. */
export type Told = Pick<ReportRecord, 'origin' | 'document' | 'content'> & {
  /** Names the same report when it comes again; what it says does where absent. */
  readonly key?: string | undefined;
};

export type Taken = {
  readonly id: string;
  /** What became of the same report when it came first. */
  readonly before?: StoredReport | undefined;
};

/** Keeps what was told and wakes the lane, in the caller's transaction: nothing of it is looked at before. */
export async function takeReport(
  { ids, clock }: Pick<Context, 'ids' | 'clock'>,
  tx: Database,
  { origin, document, content, key }: Told,
): Promise<Taken> {
  const report = { id: ids(), origin, document, content, at: clock(), key: key ?? hashReport(content) };
  const before = await keepReport(tx, report);
  // What was refused may be right by now: told again, it is looked at again.
  const again =
    before?.state === 'refused' && isSameData(before.content, content) && (await reopenReport(tx, before.id));
  if (before === undefined || again) await enqueue(tx, shipJob());
  return again ? { id: before.id } : { id: before?.id ?? report.id, before };
}

/** Whatever order its keys have, and wherever it came from. */
function hashReport({ source: _source, ...content }: Shipment): string {
  return `content ${createHash('sha256').update(writeCanonical(content)).digest('hex')}`;
}

/** What came of a report, and whether it had come before. */
export type Answered = SettledReport & { readonly repeated: boolean };

/**
 * For who waits for the answer: kept first, then settled at once. Where that fails the report is kept all the same, and the
 * lane goes on with it.
 */
export async function tellShipment(context: Context, told: Told): Promise<Answered> {
  const { id, before } = await inTransaction(context.db, (tx) => takeReport(context, tx, told));
  if (before !== undefined && (before.state !== 'received' || !isSameReport(told, before)))
    return answerAgain(told, before);
  return { ...(await settleNow(context, id)), repeated: before !== undefined };
}

function isSameReport({ content }: Told, before: StoredReport): boolean {
  return isSameData(content, before.content);
}

/** What became of it, unless its key was taken for something else. */
function answerAgain(told: Told, before: StoredReport): Answered {
  if (isSameReport(told, before)) return { ...before, repeated: true };
  const text = `the key ${told.key} was used for another report, of ${before.at.slice(0, 16)}: expected a new one`;
  return { id: before.id, state: 'refused', repeated: true, reasons: [{ code: 'key-used', text }] };
}

/** Thrown to undo what was done to see what would follow. */
class Rehearsed extends Error {
  override readonly name = 'Rehearsed';
  readonly answered: Answered;

  constructor(answered: Answered) {
    super('rehearsed');
    this.answered = answered;
  }
}

/** What would follow if it were told: everything is done, and taken back. */
export async function judgeShipment(context: Context, told: Told): Promise<Answered> {
  try {
    return await inTransaction(context.db, async (tx) => {
      const { id, before } = await takeReport(context, tx, told);
      if (before !== undefined) return answerAgain(told, before);
      const report = (await lockReport(tx, id))!;
      throw new Rehearsed({ ...(await settleReport(startShipping(context, tx), report)), repeated: false });
    });
  } catch (error) {
    if (error instanceof Rehearsed) return error.answered;
    throw error;
  }
}

/** Settles a report unless somebody else has. */
async function settleNow(context: Context, id: string): Promise<SettledReport> {
  try {
    return await inTransaction(context.db, async (tx) => {
      const report = (await lockReport(tx, id))!;
      return report.state === 'received' ? await settleReport(startShipping(context, tx), report) : report;
    });
  } catch (error) {
    context.log.error({ report: id, error: String(error) }, 'shipment not settled at once');
    return (await findReport(context.db, id))!;
  }
}
