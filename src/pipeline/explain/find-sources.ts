import type { Context } from '../../context.ts';
import type { FigureSource } from '../../domain/invoice/billing.ts';
import { nameNoticeSource } from '../../domain/shipment/notice-sources.ts';
import type { ShipNotice } from '../../domain/shipment/ship-notice.ts';
import type { DocumentInFile } from '../../store/documents.ts';
import { findInvoices } from '../../store/invoices.ts';

/** Says of a field of a document of ours where it came from, as far as that is known. */
export type SourceOf = (path: string) => string | undefined;

const NOBODY_KNOWS: SourceOf = () => undefined;

/** Of ship notices and invoices; answers follow from a decision, which is told beside them. */
export async function findSources(
  { db }: Context,
  { id, direction, set, canonical }: DocumentInFile,
): Promise<SourceOf> {
  if (direction === 'in') return NOBODY_KNOWS;
  if (set === '856') return (path) => nameNoticeSource(canonical as ShipNotice, path);
  if (set !== '810') return NOBODY_KNOWS;
  const [invoice] = await findInvoices(db, { document: id });
  return invoice === undefined ? NOBODY_KNOWS : makeSourceOf(invoice.proof);
}

/** The figure itself, or the nearest that it is a part of. */
export function makeSourceOf(figures: readonly FigureSource[]): SourceOf {
  const byPath = new Map(figures.map(({ path, from }) => [path, from]));
  return (path) => {
    for (let part = path; part !== ''; part = part.replace(/(^|\.)[^.[\]]+$|\[\d+\]$/, '')) {
      const from = byPath.get(part);
      if (from !== undefined) return from;
    }
    return undefined;
  };
}
