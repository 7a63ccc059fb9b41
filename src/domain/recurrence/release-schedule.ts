import { addDays, type PlainDate } from '../../lib/dates.ts';
import type { Decimal } from '../../lib/decimal.ts';
import type { Blanket } from '../blanket/blanket.ts';
import type { WorkingDays } from '../calendar/working-days.ts';
import type { PurchaseOrder, PurchaseOrderLine } from '../order/purchase-order.ts';
import { listOccurrences, type Occurrence, parseRecurrence, type WhenClosed } from './recurrence.ts';

/** A standing order: so much of a blanket order is released by calendar, in the buyer's name. */
export type ReleaseSchedule = {
  readonly id: string;
  readonly partner: string;
  /** Of the blanket order. */
  readonly poNumber: string;
  /** PO101 of its lines → quantity, in the unit of that line. */
  readonly lines: readonly { readonly line: string; readonly quantity: Decimal }[];
  /** As it was written. */
  readonly rule: string;
  readonly whenClosed: WhenClosed;
  readonly validFrom: PlainDate;
  readonly validTo?: PlainDate | undefined;
  /** So many days after the release it is to arrive; absent where no day is asked for. */
  readonly deliveryDays?: number | undefined;
  /** Code of the place that it goes to; that of the blanket order where absent. */
  readonly shipTo?: string | undefined;
  readonly state: 'active' | 'paused' | 'cancelled';
};

/** So many days late a release is still made by itself; of older ones a person is asked. */
export const LATEST_DAYS = 7;

/** How far back it is looked for what was not made. */
const LOOK_BACK_DAYS = 62;

export type DueReleases = {
  readonly due: readonly Occurrence[];
  /** Due so long ago that nobody knows whether they are still wanted. */
  readonly late: readonly Occurrence[];
};

/** What is due and was not handled yet, whatever the clock said before. */
export function findDueReleases(
  schedule: ReleaseSchedule,
  handled: ReadonlySet<PlainDate>,
  today: PlainDate,
  calendar: WorkingDays,
): DueReleases {
  const since = addDays(today, -LOOK_BACK_DAYS);
  const open = listReleases(schedule, { since, until: today }, calendar).filter(
    ({ day }) => !handled.has(day),
  );
  const latest = addDays(today, -LATEST_DAYS);
  return {
    due: open.filter(({ due }) => due >= latest),
    late: open.filter(({ due }) => due < latest),
  };
}

/** The next ones that are not handled, from a day on. */
export function findNextReleases(
  schedule: ReleaseSchedule,
  handled: ReadonlySet<PlainDate>,
  today: PlainDate,
  calendar: WorkingDays,
  most: number,
): readonly Occurrence[] {
  const from = schedule.validFrom > today ? schedule.validFrom : today;
  for (const days of [100, 1_200]) {
    const found = listReleases(schedule, { since: from, until: addDays(from, days) }, calendar).filter(
      ({ day }) => !handled.has(day),
    );
    if (found.length >= most || days > 1_000) return found.slice(0, most);
  }
  return [];
}

export function listReleases(
  { rule, validFrom, validTo, whenClosed }: ReleaseSchedule,
  due: { readonly since: PlainDate; readonly until: PlainDate },
  calendar: WorkingDays,
): readonly Occurrence[] {
  const recurrence = parseRecurrence(rule);
  if (recurrence === undefined) return [];
  return listOccurrences(recurrence, { from: validFrom, to: validTo }, due, calendar, whenClosed);
}

/** BEG04: the same for an occurrence however often it is made, so that it is one order. */
export function nameRelease({ id }: Pick<ReleaseSchedule, 'id'>, day: PlainDate): string {
  return `${id}-${day.replaceAll('-', '')}`;
}

/** The release as the buyer would have sent it, or why it cannot be made. */
export function makeRelease(
  schedule: ReleaseSchedule,
  { day, due }: Occurrence,
  blanket: Blanket,
  ordered: PurchaseOrder,
): Omit<PurchaseOrder, 'source'> | { readonly wrong: string } {
  const lines: PurchaseOrderLine[] = [];
  for (const { line, quantity } of schedule.lines) {
    const on = blanket.lines.find(({ number }) => number === line);
    if (on === undefined) return { wrong: `blanket order ${blanket.poNumber} has no line ${line}` };
    const ids = ordered.lines.find(({ number }) => number === line)?.ids ?? [
      { qualifier: 'VP', value: on.item },
    ];
    lines.push({
      number: line,
      quantity,
      unit: on.unit,
      ...(on.price === undefined ? {} : { unitPrice: on.price }),
      ...(on.priceBasis === undefined ? {} : { priceBasis: on.priceBasis }),
      ids,
    });
  }
  const { contractNumber, currency } = ordered;
  const { deliveryDays } = schedule;
  return {
    kind: 'purchase-order',
    purpose: 'original',
    type: 'release',
    poNumber: blanket.poNumber,
    releaseNumber: nameRelease(schedule, day),
    ...(contractNumber === undefined ? {} : { contractNumber }),
    orderDate: due,
    ...(currency === undefined ? {} : { currency }),
    ...(deliveryDays === undefined ? {} : { requestedDelivery: addDays(due, deliveryDays) }),
    parties: chooseParties(schedule, ordered),
    lines,
  };
}

function chooseParties(
  { shipTo }: ReleaseSchedule,
  { parties = [] }: PurchaseOrder,
): NonNullable<PurchaseOrder['parties']> {
  if (shipTo === undefined) return parties;
  const there = { role: 'ship-to', code: 'ST', idQualifier: '92', id: shipTo };
  return [...parties.filter(({ role }) => role !== 'ship-to'), there];
}
