import type { Party } from '../document.ts';
import type { PurchaseOrder, PurchaseOrderLine } from '../order/purchase-order.ts';
import { nameShipTo } from '../order/ship-to.ts';
import type { PlanningSchedule } from '../schedule/planning-schedule.ts';
import type { ShippingSchedule } from '../schedule/shipping-schedule.ts';
import type { Blanket, BlanketLine } from './blanket.ts';
import type { ScheduleDemand } from './schedule-demand.ts';

type Schedule = PlanningSchedule | ShippingSchedule;

/** So much more is wanted of a line of a blanket order than is released. */
export type DemandedLine = {
  readonly blanket: Blanket;
  readonly on: BlanketLine;
  readonly line: Schedule['lines'][number];
  readonly demand: Extract<ScheduleDemand, { kind: 'release' }>;
  readonly parties: readonly Party[] | undefined;
};

/** What is firm, as the releases (850 RL) that it amounts to: one a blanket order and ship-to. */
export function draftReleases(
  schedule: Schedule,
  demanded: readonly DemandedLine[],
  settled?: ReadonlySet<number> | undefined,
): readonly PurchaseOrder[] {
  const groups = Map.groupBy(
    demanded,
    ({ blanket, parties }) => `${blanket.id} ${nameShipTo({ parties: parties?.slice() })}`,
  );
  return [...groups.values()].map((lines) => {
    const [{ blanket, parties }] = lines as [DemandedLine, ...DemandedLine[]];
    const currency = schedule.kind === 'planning-schedule' ? schedule.currency : undefined;
    return {
      kind: 'purchase-order',
      source: schedule.source!,
      purpose: 'original',
      type: 'release',
      poNumber: blanket.poNumber,
      releaseNumber: nameRelease(schedule, settled),
      ...(blanket.contractNumber === undefined ? {} : { contractNumber: blanket.contractNumber }),
      orderDate: schedule.issuedOn,
      ...(currency === undefined ? {} : { currency }),
      ...(parties === undefined ? {} : { parties: [...parties] }),
      lines: lines.map((one) => draftLine(one, dateQualifier(schedule))),
    };
  });
}

/** Lines that are dealt with later make another release: an order keeps its lines. */
export function nameRelease(
  { releaseNumber, scheduleNumber, issuedOn }: Schedule,
  settled: ReadonlySet<number> | undefined,
): string {
  const number = releaseNumber ?? scheduleNumber ?? issuedOn;
  return settled === undefined ? number : `${number}-${settled.size + 1}`;
}

/** 374: 010 requested ship, where BFR04 speaks of shipment; else 002 requested delivery. */
function dateQualifier({ basis }: Schedule): string {
  return basis.endsWith('shipment') ? '010' : '002';
}

function draftLine({ on, line, demand }: DemandedLine, qualifier: string): PurchaseOrderLine {
  const { number, unit } = on;
  return {
    number,
    quantity: demand.quantity,
    unit,
    ids: line.ids,
    schedule: demand.parts.map(({ quantity, date }) => ({ quantity, unit, qualifier, date })),
  };
}
