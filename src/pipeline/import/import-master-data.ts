import type { Context } from '../../context.ts';
import { enqueue, fillJob } from '../../jobs/lanes.ts';
import { inTransaction, type Transaction } from '../../store/database.ts';
import { lockImports } from '../../store/master-data.ts';
import { type ImportCounts, ImportRun } from './import-run.ts';
import { type ImportKind, KINDS } from './kinds.ts';
import { type ImportMistake, UnreadableFile } from './mistakes.ts';
import { readRows } from './read-rows.ts';
import type { ImportSource } from './read-text.ts';

export type Imported = ImportCounts & { readonly mistakes: readonly ImportMistake[] };

export type ImportOptions = {
  /** Everything is done and then taken back, so that the counts are true. */
  readonly dryRun?: boolean;
  /** Hears how many rows were gone through, every few thousand. */
  readonly onProgress?: (rows: number) => void;
  /** In the transaction of the import, once all rows are in; not for a dry run, nor for a file that cannot be read. */
  readonly onEnd?: (tx: Transaction, imported: Imported) => Promise<void>;
};

/**
 * Imports master data from CSV (with a header) or JSON (objects). Good rows go in together, bad ones are told with
 * their line; importing the same file again changes nothing. Of a file that cannot be read nothing goes in.
 */
export async function importMasterData(
  context: Pick<Context, 'db'>,
  kind: ImportKind,
  source: ImportSource,
  options: ImportOptions = {},
): Promise<Imported> {
  try {
    return await inRehearsal(context, options.dryRun === true, async (tx) => {
      await lockImports(tx);
      const run = new ImportRun(tx, KINDS[kind]);
      for await (const rows of readRows(source, KINDS[kind].columns)) {
        await run.take(rows);
        options.onProgress?.(run.rows);
      }
      const imported = await run.finish();
      if (options.dryRun !== true) await options.onEnd?.(tx, imported);
      if (KINDS[kind].fills === true && imported.inserted + imported.updated > 0)
        await enqueue(tx, fillJob());
      return imported;
    });
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    return { rows: 0, inserted: 0, updated: 0, unchanged: 0, mistakes: error.mistakes };
  }
}

async function inRehearsal<T>(
  context: Pick<Context, 'db'>,
  dryRun: boolean,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  let result: { value: T } | undefined;
  const taken = new Error('dry run');
  try {
    await inTransaction(context.db, async (tx) => {
      result = { value: await work(tx) };
      if (dryRun) throw taken;
    });
  } catch (error) {
    if (error !== taken) throw error;
  }
  return result!.value;
}
