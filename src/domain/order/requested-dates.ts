import type { PlainDate } from '../../lib/dates.ts';
import type { PurchaseOrder, PurchaseOrderLine } from './purchase-order.ts';

export function findDate({ dates }: Pick<PurchaseOrder, 'dates'>, qualifier: string): PlainDate | undefined {
  return dates?.find((one) => one.qualifier === qualifier)?.date;
}

/** When the buyer wants it to leave us: DTM 010 of the line, its SCH, or DTM 010 of the order. */
export function findRequestedShip(order: PurchaseOrder, line: PurchaseOrderLine): PlainDate | undefined {
  return findDate(line, '010') ?? findScheduled(line, '010') ?? findDate(order, '010');
}

/** When the buyer wants to have it: DTM 002 of the line, its SCH (106: required by), or DTM 002 of the order. */
export function findRequestedDelivery(order: PurchaseOrder, line: PurchaseOrderLine): PlainDate | undefined {
  const scheduled = findScheduled(line, '002') ?? findScheduled(line, '106');
  return line.requestedDelivery ?? scheduled ?? order.requestedDelivery;
}

/** The one day on which all of a line is scheduled (SCH05 and SCH06). */
function findScheduled({ schedule = [] }: PurchaseOrderLine, qualifier: string): PlainDate | undefined {
  const first = schedule[0];
  if (first?.qualifier !== qualifier) return undefined;
  return schedule.every((one) => one.qualifier === qualifier && one.date === first.date)
    ? first.date
    : undefined;
}
