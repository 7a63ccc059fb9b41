import type { Id } from '../../domain/exchange/records.ts';
import type { Reason } from '../../domain/reason.ts';
import type { ShipmentStop } from '../../domain/shipment/shipment-plan.ts';
import type { StoredReport } from '../../store/shipment-reports.ts';

/** What became of a report. */
export type SettledReport = {
  readonly id: Id;
  readonly state: StoredReport['state'];
  readonly shipment?: Id | undefined;
  readonly number?: string | undefined;
  readonly version?: number | undefined;
  readonly reasons?: readonly Reason[] | undefined;
  /** Why its ship notice waits for a person. */
  readonly stops?: readonly ShipmentStop[] | undefined;
};
