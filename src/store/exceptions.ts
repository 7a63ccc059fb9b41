import type { ExceptionRecord, Id } from '../domain/exchange/records.ts';
import type { Instant } from '../lib/dates.ts';
import { type Database, run, type Statement, toJson, withoutNulls } from './query.ts';

export type StoredException = ExceptionRecord & {
  readonly state: 'open' | 'resolved';
  readonly resolvedAt?: Instant | undefined;
  readonly resolvedBy?: string | undefined;
  readonly resolution?: string | undefined;
};

export const EXCEPTION_COLUMNS = `x.id, x.at, x.kind, x.partner, x.team, x.message, x.due_at as "dueAt",
  x.choices, x.file_id as file, x.document_id as document, x.order_id as "order", x.state,
  x.resolved_at as "resolvedAt", x.resolved_by as "resolvedBy", x.resolution`;

const RAISE: Statement = {
  name: 'exception-raise',
  text: `
    insert into exception (id, at, kind, partner, team, message, due_at, choices, file_id, document_id, order_id)
    select id, at, kind, partner, team, message, "dueAt", choices, file, document, "order"
    from json_to_recordset($1::json) as r(id uuid, at timestamptz, kind text, partner text, team text,
      message text, "dueAt" timestamptz, choices jsonb, file uuid, document uuid, "order" uuid)`,
};

export async function raiseExceptions(tx: Database, exceptions: readonly ExceptionRecord[]): Promise<void> {
  if (exceptions.length > 0) await run(tx, RAISE, [toJson(exceptions)]);
}

const LIST: Statement = {
  name: 'exception-list',
  text: `select ${EXCEPTION_COLUMNS} from exception x
    where ($1::text is null or state = $1) and ($2::text is null or partner = $2)
      and ($3::text is null or team = $3)
    order by due_at, id limit $4`,
};

export type ExceptionFilter = {
  readonly state?: 'open' | 'resolved' | 'all';
  readonly partner?: string;
  readonly team?: string;
  readonly limit?: number;
};

/** Open ones unless asked otherwise, the most urgent first. */
export async function listExceptions(
  db: Database,
  filter: ExceptionFilter = {},
): Promise<readonly StoredException[]> {
  const state = filter.state ?? 'open';
  const rows = await run<StoredException>(db, LIST, [
    state === 'all' ? null : state,
    filter.partner ?? null,
    filter.team ?? null,
    filter.limit ?? 1_000,
  ]);
  return rows.map((row) => withoutNulls(row) as StoredException);
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
