import type { Imported } from './import-master-data.ts';
import type { ImportKind } from './kinds.ts';
import type { ImportMistake } from './mistakes.ts';

/** What became of an import, as programs are told. */
export type ImportReport = {
  readonly kind: ImportKind;
  readonly dryRun: boolean;
  readonly rows: number;
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly refused: number;
  readonly mistakes: readonly ImportMistake[];
};

export function describeImport(kind: ImportKind, imported: Imported, dryRun: boolean): ImportReport {
  const { rows, inserted, updated, unchanged, mistakes } = imported;
  const refused = rows - inserted - updated - unchanged;
  return { kind, dryRun, rows, inserted, updated, unchanged, refused, mistakes };
}
