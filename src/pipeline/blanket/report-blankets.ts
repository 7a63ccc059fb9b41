import { dueAlerts, forecastDepletion } from '../../domain/blanket/alerts.ts';
import { findMostDrawn, inTransit, remainingQuantity, shareConsumed } from '../../domain/blanket/balance.ts';
import type { Blanket, BlanketEntry, BlanketLine } from '../../domain/blanket/blanket.ts';
import type { LinePlan, PlannedQuantity } from '../../domain/blanket/plan.ts';
import { combinePlans, planDepletion } from '../../domain/blanket/planned-use.ts';
import { type BlanketPolicy, orderPolicy } from '../../domain/partner/order-policy.ts';
import { addDays, type PlainDate } from '../../lib/dates.ts';
import type { Decimal } from '../../lib/decimal.ts';
import { type BlanketFilter, listBlankets, readLedger } from '../../store/blankets.ts';
import { listPlans } from '../../store/plans.ts';
import type { Database } from '../../store/query.ts';
import { reportSchedules, type ScheduleReport } from '../recurrence/report-schedules.ts';

export type LineReport = BlanketLine & {
  readonly remaining: Decimal;
  readonly inTransit: Decimal;
  /** Whole percent of the commitment; absent where nothing is committed. */
  readonly consumed?: number | undefined;
  readonly depletion?: PlainDate | undefined;
  /** What the buyer plans from today on. */
  readonly planned: readonly PlannedQuantity[];
  /** The day by which its plan uses the commitment up. */
  readonly plannedDepletion?: PlainDate | undefined;
};

export type BlanketReport = Omit<Blanket, 'lines' | 'told'> & {
  readonly lines: readonly LineReport[];
  /** Of the line that is drawn on most: quantities of several items make no sum. */
  readonly consumed?: number | undefined;
  /** Of the line that is used up first. */
  readonly depletion?: PlainDate | undefined;
  readonly plannedDepletion?: PlainDate | undefined;
  /** What counts now, whether it was told or not. */
  readonly alerts: readonly string[];
  /** Its standing orders. */
  readonly schedules: readonly ScheduleReport[];
};

export type PolicyOf = (partner: string) => BlanketPolicy | undefined;

/** Balances, alerts and forecast of the blankets that the filter names. */
export async function reportBlankets(
  db: Database,
  filter: BlanketFilter,
  today: PlainDate,
  policyOf: PolicyOf,
): Promise<readonly BlanketReport[]> {
  const blankets = await listBlankets(db, filter);
  const ids = blankets.map(({ id }) => id);
  const recent = Map.groupBy(await readLedger(db, ids, addDays(today, -28)), ({ blanket }) => blanket);
  const plans = Map.groupBy(await listPlans(db, ids), ({ blanket }) => blanket);
  const { partner, poNumber } = filter;
  const schedules = await reportSchedules(db, { partner, poNumber }, today);
  return blankets.map((blanket) => {
    const { alerts } = policyOf(blanket.partner) ?? orderPolicy.parse({}).blanket;
    const due = dueAlerts({ ...blanket, told: [] }, alerts, today);
    const known = { recent: recent.get(blanket.id) ?? [], plans: plans.get(blanket.id) ?? [] };
    return reportBlanket(
      blanket,
      known,
      due.map(({ text }) => text),
      schedules.filter((one) => one.partner === blanket.partner && one.poNumber === blanket.poNumber),
      today,
    );
  });
}

function reportBlanket(
  { told: _, ...blanket }: Blanket,
  { recent, plans }: { readonly recent: readonly BlanketEntry[]; readonly plans: readonly LinePlan[] },
  alerts: readonly string[],
  schedules: readonly ScheduleReport[],
  today: PlainDate,
): BlanketReport {
  const open = blanket.state === 'open';
  const lines = blanket.lines.map((line) => {
    const planned = combinePlans(plans.filter((plan) => plan.line === line.number));
    return {
      ...line,
      remaining: remainingQuantity(line),
      inTransit: inTransit(line),
      consumed: shareConsumed(line),
      depletion: open ? forecastDepletion(line, recent, today) : undefined,
      planned: planned.filter(({ date }) => date >= today),
      plannedDepletion: open ? planDepletion(line, planned) : undefined,
    };
  });
  const most = findMostDrawn(blanket.lines);
  return {
    ...blanket,
    lines,
    consumed: most === undefined ? undefined : shareConsumed(most),
    depletion: lines.flatMap(({ depletion }) => depletion ?? []).sort()[0],
    plannedDepletion: lines.flatMap(({ plannedDepletion }) => plannedDepletion ?? []).sort()[0],
    alerts,
    schedules,
  };
}
