import type { Escalation } from '../domain/exception/escalation.ts';
import type { ExceptionRecord, Id } from '../domain/exchange/records.ts';
import type { Instant } from '../lib/dates.ts';
import { type Database, run, type Statement, toJson, withoutNulls } from './query.ts';
import { placeRows } from './rows.ts';

export type StoredException = ExceptionRecord & {
  readonly state: 'open' | 'resolved';
  /** As it was due when it was raised. */
  readonly firstDueAt: Instant;
  /** Steps of escalation that were taken. */
  readonly escalated: number;
  /** Of the order that it concerns. */
  readonly poNumber?: string | undefined;
  readonly resolvedAt?: Instant | undefined;
  readonly resolvedBy?: string | undefined;
  readonly resolution?: string | undefined;
};

export const EXCEPTION_COLUMNS = `x.id, x.at, x.kind, x.partner, x.team, x.severity, x.message, x.line,
  x.due_at as "dueAt", x.first_due_at as "firstDueAt", x.escalated, x.escalate_at as "escalateAt",
  x.choices, x.file_id as file, x.document_id as document, x.order_id as "order", x.shipment_id as shipment,
  x.report_id as report, x.state,
  x.resolved_at as "resolvedAt", x.resolved_by as "resolvedBy", x.resolution,
  (select o.po_number from purchase_order o where o.id = x.order_id) as "poNumber"`;

export const EXCEPTION_ROWS = `id uuid, at timestamptz, kind text, partner text, team text, severity text, message text,
  line text, dueAt timestamptz, escalateAt timestamptz, choices jsonb, file uuid, document uuid, order uuid,
  shipment uuid, report uuid`;

export function insertExceptions(rows: string): string {
  return `
    insert into exception (id, at, kind, partner, team, severity, message, line, due_at, first_due_at,
      escalate_at, choices, file_id, document_id, order_id, shipment_id, report_id)
    select id, at, kind, partner, team, severity, message, line, "dueAt", "dueAt", "escalateAt", choices,
      file, document, "order", shipment, report from ${rows}`;
}

const ROWS = placeRows({ exceptions: EXCEPTION_ROWS });

const RAISE: Statement = { name: 'exception-raise', text: insertExceptions(ROWS.from.exceptions) };

export async function raiseExceptions(tx: Database, exceptions: readonly ExceptionRecord[]): Promise<void> {
  if (exceptions.length > 0) await run(tx, RAISE, ROWS.values({ exceptions }));
}

const LIST: Statement = {
  name: 'exception-list',
  text: `select ${EXCEPTION_COLUMNS} from exception x
    where ($1::text is null or state = $1) and ($2::text is null or partner = $2)
      and ($3::text is null or team = $3) and ($4::text is null or kind = $4)
    order by due_at, array_position(array['urgent', 'high', 'normal', 'low'], severity), id limit $5`,
};

export type ExceptionFilter = {
  readonly state?: 'open' | 'resolved' | 'all';
  readonly partner?: string | undefined;
  readonly team?: string | undefined;
  readonly kind?: string | undefined;
  readonly limit?: number;
};

/** Open ones unless asked otherwise, what is due first and of that the gravest first. */
export async function listExceptions(
  db: Database,
  filter: ExceptionFilter = {},
): Promise<readonly StoredException[]> {
  const state = filter.state ?? 'open';
  const rows = await run<StoredException>(db, LIST, [
    state === 'all' ? null : state,
    filter.partner ?? null,
    filter.team ?? null,
    filter.kind ?? null,
    filter.limit ?? 1_000,
  ]);
  return rows.map((row) => withoutNulls(row) as StoredException);
}

const FIND: Statement = {
  name: 'exception-find',
  text: `select ${EXCEPTION_COLUMNS} from exception x where id = $1`,
};

export async function findException(db: Database, id: Id): Promise<StoredException | undefined> {
  const [row] = await run<StoredException>(db, FIND, [id]);
  return row && (withoutNulls(row) as StoredException);
}

const RESOLVE: Statement = {
  name: 'exception-resolve',
  text: `update exception set state = 'resolved', resolved_at = $2, resolved_by = $3, resolution = $4
    where id = $1 and state = 'open' returning id`,
};

export type Resolution = { readonly at: Instant; readonly by: string; readonly resolution: string };

/** False when there is no such exception, or somebody resolved it before. */
export async function resolveException(tx: Database, id: Id, how: Resolution): Promise<boolean> {
  return (await run(tx, RESOLVE, [id, how.at, how.by, how.resolution])).length === 1;
}

const ESCALATING: Statement = {
  name: 'exception-escalating',
  text: `select ${EXCEPTION_COLUMNS} from exception x
    where state = 'open' and escalate_at <= $1
    order by escalate_at, id limit $2 for update of x skip locked`,
};

/** Locks those whose next step of escalation has come; what another holds is left to it. */
export async function lockEscalating(
  tx: Database,
  now: Instant,
  limit: number,
): Promise<readonly StoredException[]> {
  const rows = await run<StoredException>(tx, ESCALATING, [now, limit]);
  return rows.map((row) => withoutNulls(row) as StoredException);
}

const ESCALATE: Statement = {
  name: 'exception-escalate',
  text: `update exception x set team = coalesce(r.team, x.team), due_at = coalesce(r."dueAt", x.due_at),
      severity = coalesce(r.severity, x.severity), escalated = coalesce(r.escalated, x.escalated),
      escalate_at = r."escalateAt"
    from json_to_recordset($1::json) as r(id uuid, team text, "dueAt" timestamptz, severity text, escalated int,
      "escalateAt" timestamptz)
    where x.id = r.id`,
};

/** Of exceptions that are locked; one without a step to take is not asked about again. */
export async function saveEscalations(
  tx: Database,
  steps: readonly ({ readonly id: Id } & Partial<Escalation>)[],
): Promise<void> {
  if (steps.length > 0) await run(tx, ESCALATE, [toJson(steps)]);
}

const OF_ORDER: Statement = {
  name: 'exception-of-order',
  text: `select ${EXCEPTION_COLUMNS} from exception x where order_id = $1 and shipment_id is null and state = 'open' order by id for update`,
};

/** What waits for a person on an order, locked until the transaction ends. */
export async function lockExceptionsOfOrder(tx: Database, order: Id): Promise<readonly StoredException[]> {
  const rows = await run<StoredException>(tx, OF_ORDER, [order]);
  return rows.map((row) => withoutNulls(row) as StoredException);
}

const OF_SHIPMENT: Statement = {
  name: 'exception-of-shipment',
  text: `select ${EXCEPTION_COLUMNS} from exception x
    where state = 'open' and (shipment_id = $1 or report_id = $2 or kind = 'shipment-refused' and report_id in (
      select id from shipment_report r where r.number = $3))
    order by id for update`,
};

/** What waits for a person of a shipment, of a report, and of reports that were refused under its number. */
export async function lockExceptionsOfShipment(
  tx: Database,
  {
    shipment,
    report,
    number,
  }: { shipment?: Id | undefined; report?: Id | undefined; number?: string | undefined },
): Promise<readonly StoredException[]> {
  const rows = await run<StoredException>(tx, OF_SHIPMENT, [
    shipment ?? null,
    report ?? null,
    number ?? null,
  ]);
  return rows.map((row) => withoutNulls(row) as StoredException);
}

const OF_DOCUMENT: Statement = {
  name: 'exception-of-document',
  text: `select ${EXCEPTION_COLUMNS} from exception x
    where document_id = $1 and state = 'open' order by id for update`,
};

/** The same of a document. */
export async function lockExceptionsOfDocument(
  tx: Database,
  document: Id,
): Promise<readonly StoredException[]> {
  const rows = await run<StoredException>(tx, OF_DOCUMENT, [document]);
  return rows.map((row) => withoutNulls(row) as StoredException);
}
