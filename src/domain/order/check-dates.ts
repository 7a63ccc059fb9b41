import type { PlainDate } from '../../lib/dates.ts';
import type { Docket } from './docket.ts';
import { hold, type LineDraft, note } from './line-draft.ts';
import { isBlanketOrder, type PurchaseOrder } from './purchase-order.ts';
import { findDate } from './requested-dates.ts';
import { listWanted, type WantedPart, wantWhole } from './wanted-parts.ts';

/** What of each line is wanted where and when. A blanket order is wanted as its releases say. */
export function checkDates({ order, facts, drafts }: Docket): void {
  for (const draft of drafts) {
    const { item, line } = draft;
    const wanted = item === undefined || isBlanketOrder(order) ? undefined : listWanted(order, line, item);
    draft.wanted = wanted?.kind === 'parts' ? wanted.parts : [wantWhole(order, line)];
    if (wanted?.kind === 'unclear') hold(draft, 'IH', 'schedule-unclear', wanted.text);
    checkPossible(draft, draft.wanted, order, facts.today);
  }
}

/** Dates that cannot all be kept. One that has passed is told: what is promised instead the supply decides. */
function checkPossible(
  draft: LineDraft,
  wanted: readonly WantedPart[],
  order: PurchaseOrder,
  today: PlainDate,
): void {
  let first: PlainDate | undefined;
  let latest: PlainDate | undefined;
  for (const { requestedShip: ship, requestedDelivery: delivery } of wanted) {
    if (ship !== undefined && delivery !== undefined && delivery < ship) {
      const text = `it is to leave on ${ship}, after the ${delivery} on which it is to arrive`;
      hold(draft, 'IH', 'date-impossible', text);
    }
    const day = ship ?? delivery;
    if (day === undefined) continue;
    if (first === undefined || day < first) first = day;
    if (latest === undefined || day > latest) latest = day;
  }
  // DTM 001 cancel after.
  const last = findDate(draft.line, '001') ?? findDate(order, '001');
  if (last !== undefined && (last < today || (latest !== undefined && last < latest))) {
    const against = last < today ? `today is ${today}` : `it is wanted on ${latest}`;
    hold(draft, 'IH', 'date-impossible', `it is to be cancelled after ${last}, and ${against}`);
  } else if (first !== undefined && first < today)
    note(draft, 'date-passed', `it is wanted on ${first}, and today is ${today}`);
}
