import { element, type Segments, segmentId } from '../scan/segments.ts';
import type { Standard } from '../standard/definition.ts';

/** Numbers that name a document: order, invoice, shipment, release, depositor's order, any reference. */
const NUMBERS = new Set(['324', '76', '396', '328', '285', '127']);

/** The number by which a set's reader knows it, from the segment behind its ST: `BEG03` of an order. */
export function findBusiness(
  segments: Segments,
  standard: Standard | undefined,
): { readonly at: string; readonly value: string } | undefined {
  if (segments.count < 2) return undefined;
  const id = segmentId(segments, 1);
  const uses = standard?.segments.get(id)?.elements ?? [];
  for (const [e, { ref }] of uses.entries()) {
    const value = NUMBERS.has(ref) ? element(segments, 1, e + 1) : '';
    if (value !== '') return { at: `${id}${String(e + 1).padStart(2, '0')}`, value };
  }
  return undefined;
}
