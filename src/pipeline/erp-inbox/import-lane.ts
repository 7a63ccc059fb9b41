import { createHash } from 'node:crypto';
import type { Context } from '../../context.ts';
import type { FileContent, FileRecord } from '../../domain/exchange/records.ts';
import { enqueue, leaveLane, processJob } from '../../jobs/lanes.ts';
import { type Database, inTransaction } from '../../store/database.ts';
import { insertDeliveries } from '../../store/deliveries.ts';
import { recordEvents } from '../../store/events.ts';
import { raiseExceptions } from '../../store/exceptions.ts';
import { claimFiles, finishFile, insertFile, lockFile } from '../../store/files.ts';
import { removeOutbound } from '../../store/hosted.ts';
import { type Imported, importMasterData } from '../import/import-master-data.ts';
import { describeImport } from '../import/import-report.ts';
import { IMPORT_KINDS } from '../import/kinds.ts';
import { describeExhaustion, isExhausted, quarantineFile, recordFailure } from '../process/record-failure.ts';
import { makeEvent, makeException } from '../process/records.ts';
import { ERP, kindOf, nameResult } from './erp-mailbox.ts';

/** One after the other, in the order in which they came: a later file may correct an earlier one. */
const ALONE = { files: 1, bytes: 0 };

/** Drains the files that the ERP has put here. */
export async function importLane(context: Context, signal: AbortSignal): Promise<void> {
  const { db } = context;
  let left = false;
  while (!signal.aborted) {
    const claim = await claimFiles(db, ERP, context.clock(), ALONE);
    if (claim.kind === 'files') for (const file of claim.files) await importFile(context, file, signal);
    else if (claim.kind === 'wait') return await enqueue(db, processJob(ERP, claim.until));
    else if (left) return;
    else {
      await leaveLane(db, processJob(ERP).lane);
      left = true;
    }
  }
}

async function importFile(context: Context, file: FileContent, signal: AbortSignal): Promise<void> {
  try {
    if (isExhausted(file)) {
      const reason = describeExhaustion(file.reason ?? 'the process died');
      return await quarantineFile(context, file, reason);
    }
    const kind = kindOf(file.name);
    if (kind === undefined) return await refuse(context, file, [{ line: 1, message: tellKinds(file) }]);
    // Rows, result and end of the file go in together: what is tried again was not done.
    const { rows, mistakes } = await importMasterData(context, kind, file.bytes, {
      onEnd: (tx, imported) => conclude(context, tx, file, describeImport(kind, imported, false)),
    });
    if (rows === 0 && mistakes.length > 0) await refuse(context, file, mistakes);
  } catch (error) {
    await recordFailure(context, file, error, signal);
  }
}

function tellKinds({ name }: FileRecord): string {
  return `it is not known what ${name} holds: put it into /inbound/<kind>/, or begin its name with the kind, one of ${IMPORT_KINDS.join(', ')}`;
}

/** Nothing of the file went in. */
async function refuse(context: Context, file: FileRecord, mistakes: Imported['mistakes']): Promise<void> {
  await inTransaction(context.db, (tx) => conclude(context, tx, file, { refused: 'whole', mistakes }));
}

type Result =
  | ReturnType<typeof describeImport>
  | { readonly refused: 'whole'; readonly mistakes: Imported['mistakes'] };

/** The result lies in /outbound, in the place of an earlier one of that name; what was refused a person hears of. */
async function conclude(context: Context, tx: Database, file: FileRecord, result: Result): Promise<void> {
  if ((await lockFile(tx, file.id))?.state !== 'received') return;
  const { ids, configuration } = context;
  const now = context.clock();
  const maker = { ids, now, partner: ERP, desk: configuration().desk };
  const about = { file: file.id };
  const [first] = result.mistakes;
  const text = describe(file, result);
  await finishFile(tx, file.id, result.refused === 'whole' ? 'quarantined' : 'done', first?.message);
  await recordEvents(tx, [makeEvent(maker, 'file-imported', text, about)]);
  if (first !== undefined) await raiseExceptions(tx, [makeException(maker, 'erp-file-refused', text, about)]);
  await offerResult(context, tx, file, result);
}

function describe({ name }: FileRecord, result: Result): string {
  const [first] = result.mistakes;
  const why = first === undefined ? '' : `; line ${first.line}: ${first.message}`;
  if (result.refused === 'whole') return `${name} refused${why}`;
  const { inserted, updated, unchanged, refused } = result;
  return `${name}: ${inserted} added, ${updated} changed, ${unchanged} unchanged, ${refused} refused${why}`;
}

async function offerResult(context: Context, tx: Database, file: FileRecord, result: Result): Promise<void> {
  const at = context.clock();
  const name = nameResult(file.name);
  const bytes = Buffer.from(
    `${JSON.stringify({ file: file.name, receivedAt: file.at, ...result }, null, 2)}\n`,
  );
  const made: FileContent = {
    id: context.ids(),
    direction: 'out',
    partner: ERP,
    channel: 'sftp-hosted',
    name,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    size: bytes.length,
    at,
    state: 'ready',
    attempts: 0,
    bytes,
  };
  await removeOutbound(tx, ERP, name, at);
  await insertFile(tx, made);
  const delivery = { id: context.ids(), file: made.id, partner: ERP, channel: 'sftp-hosted' } as const;
  await insertDeliveries(tx, [{ ...delivery, state: 'available', attempts: 0 }]);
}
