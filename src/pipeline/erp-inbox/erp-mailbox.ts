import type { CompanyFile } from '../../domain/partner/partner.ts';
import { findImportKind, IMPORT_KINDS, type ImportKind } from '../import/kinds.ts';

/** Under whose name the files of our own ERP are kept: no partner can have it. */
export const ERP = '@erp';

/** Whether the ERP is told of orders; it may also only bring in master data. */
export function isTold(erp: CompanyFile['erp']): erp is NonNullable<CompanyFile['erp']> {
  return erp !== undefined && (erp.webhook !== undefined || erp.files !== undefined);
}

/** Folders of /inbound: what lies in one is of its kind. */
export const INBOXES: readonly string[] = IMPORT_KINDS;

/** By the folder that it was put into, or by how its name begins: `stock-2026-12-01.csv`. */
export function kindOf(name: string): ImportKind | undefined {
  const [folder, ...rest] = name.split('/');
  if (rest.length > 0) return findImportKind(folder!);
  const [first = ''] = name.split('.');
  const fitting = IMPORT_KINDS.filter(
    (kind) => first.startsWith(kind) && /^([-_ ]|$)/.test(first.slice(kind.length)),
  );
  return fitting.toSorted((a, b) => b.length - a.length)[0];
}

/** What tells the ERP how its file went. */
export function nameResult(name: string): string {
  return `${name.replaceAll('/', '-')}.result.json`;
}
