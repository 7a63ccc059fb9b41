import { dueAlerts, forecastDepletion } from '../../domain/blanket/alerts.ts';
import { findMostDrawn, inTransit, remainingQuantity, shareConsumed } from '../../domain/blanket/balance.ts';
import type { Blanket, BlanketEntry, BlanketLine } from '../../domain/blanket/blanket.ts';
import { type BlanketPolicy, orderPolicy } from '../../domain/partner/partner.ts';
import { addDays, type PlainDate } from '../../lib/dates.ts';
import type { Decimal } from '../../lib/decimal.ts';
import { type BlanketFilter, listBlankets, readLedger } from '../../store/blankets.ts';
import type { Database } from '../../store/query.ts';

export type LineReport = BlanketLine & {
  readonly remaining: Decimal;
  readonly inTransit: Decimal;
  /** Whole percent of the commitment; absent where nothing is committed. */
  readonly consumed?: number | undefined;
  readonly depletion?: PlainDate | undefined;
};

export type BlanketReport = Omit<Blanket, 'lines' | 'told'> & {
  readonly lines: readonly LineReport[];
  /** Of the line that is drawn on most: quantities of several items make no sum. */
  readonly consumed?: number | undefined;
  /** Of the line that is used up first. */
  readonly depletion?: PlainDate | undefined;
  /** What counts now, whether it was told or not. */
  readonly alerts: readonly string[];
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
  return blankets.map((blanket) => {
    const { alerts } = policyOf(blanket.partner) ?? orderPolicy.parse({}).blanket;
    const due = dueAlerts({ ...blanket, told: [] }, alerts, today);
    return reportBlanket(
      blanket,
      recent.get(blanket.id) ?? [],
      due.map(({ text }) => text),
      today,
    );
  });
}

function reportBlanket(
  { told: _, ...blanket }: Blanket,
  recent: readonly BlanketEntry[],
  alerts: readonly string[],
  today: PlainDate,
): BlanketReport {
  const open = blanket.state === 'open';
  const lines = blanket.lines.map((line) => ({
    ...line,
    remaining: remainingQuantity(line),
    inTransit: inTransit(line),
    consumed: shareConsumed(line),
    depletion: open ? forecastDepletion(line, recent, today) : undefined,
  }));
  const most = findMostDrawn(blanket.lines);
  return {
    ...blanket,
    lines,
    consumed: most === undefined ? undefined : shareConsumed(most),
    depletion: lines.flatMap(({ depletion }) => depletion ?? []).sort()[0],
    alerts,
  };
}
