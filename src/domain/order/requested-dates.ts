import type { PlainDate } from '../../lib/dates.ts';
import type { Docket } from './docket.ts';
import { hold, note } from './line-draft.ts';
import type { PurchaseOrder, PurchaseOrderLine } from './purchase-order.ts';

type Dated = Pick<PurchaseOrder, 'dates'>;

function findDate({ dates }: Dated, qualifier: string): PlainDate | undefined {
  return dates?.find((one) => one.qualifier === qualifier)?.date;
}

/** When the buyer wants it to leave us: DTM 010 of the line, its SCH, or DTM 010 of the order. */
export function findRequestedShip(order: PurchaseOrder, line: PurchaseOrderLine): PlainDate | undefined {
  return findDate(line, '010') ?? findScheduled(line, '010') ?? findDate(order, '010');
}

/** When the buyer wants to have it: DTM 002 of the line, its SCH, or DTM 002 of the order. */
export function findRequestedDelivery(order: PurchaseOrder, line: PurchaseOrderLine): PlainDate | undefined {
  return line.requestedDelivery ?? findScheduled(line, '002') ?? order.requestedDelivery;
}

/** The one day on which all of a line is scheduled (SCH05 and SCH06). */
function findScheduled({ schedule = [] }: PurchaseOrderLine, qualifier: string): PlainDate | undefined {
  const [first, ...others] = schedule;
  const alike = others.every((one) => one.qualifier === first?.qualifier && one.date === first?.date);
  return alike && first?.qualifier === qualifier ? first.date : undefined;
}

/** Dates that cannot all be kept. One that has passed is told: what is promised instead the supply decides. */
export function checkDates({ order, facts, drafts }: Docket): void {
  const { today } = facts;
  for (const draft of drafts) {
    const ship = findRequestedShip(order, draft.line);
    const delivery = findRequestedDelivery(order, draft.line);
    const wanted = ship ?? delivery;
    if (ship !== undefined && delivery !== undefined && delivery < ship) {
      const text = `it is to leave on ${ship}, after the ${delivery} on which it is to arrive`;
      hold(draft, 'IH', 'date-impossible', text);
    }
    // DTM 001 cancel after.
    const last = findDate(draft.line, '001') ?? findDate(order, '001');
    if (last !== undefined && (last < today || (wanted !== undefined && last < wanted))) {
      const against = last < today ? `today is ${today}` : `it is wanted on ${wanted}`;
      hold(draft, 'IH', 'date-impossible', `it is to be cancelled after ${last}, and ${against}`);
    } else if (wanted !== undefined && wanted < today)
      note(draft, 'date-passed', `it is wanted on ${wanted}, and today is ${today}`);
  }
}
