import { isSameData } from '../../lib/same-data.ts';
import type { PurchaseOrder, PurchaseOrderLine } from './purchase-order.ts';
import type { Ruling } from './ruling.ts';

/** What a ruling on a line was about; one of another kind counts on whatever changes. */
const ABOUT: Readonly<Partial<Record<Ruling['choice']['kind'], readonly (keyof PurchaseOrderLine)[]>>> = {
  'accept-their-price': ['unitPrice', 'priceBasis', 'unit', 'ids'],
  'answer-our-price': ['unitPrice', 'priceBasis', 'unit', 'ids'],
  'answer-with-price': ['unitPrice', 'priceBasis', 'unit', 'ids'],
  'set-quantity': ['quantity', 'unit', 'ids'],
  'choose-item': ['ids'],
  substitute: ['ids'],
};

/**
 * Rulings keep counting when an order changes, but for those on a line of which the buyer has changed what they were
 * about: who accepted one price has not accepted the next.
 */
export function dropOvertaken(
  rulings: readonly Ruling[],
  before: PurchaseOrder,
  after: PurchaseOrder,
): { readonly kept: readonly Ruling[]; readonly dropped: readonly Ruling[] } {
  const isOvertaken = ({ line, choice }: Ruling) => {
    if (line === undefined) return false;
    const old = before.lines.find(({ number }) => number === line);
    const now = after.lines.find(({ number }) => number === line);
    if (old === undefined || now === undefined) return old !== now;
    return (ABOUT[choice.kind] ?? []).some((field) => !isSameData(old[field], now[field]));
  };
  return { kept: rulings.filter((one) => !isOvertaken(one)), dropped: rulings.filter(isOvertaken) };
}
