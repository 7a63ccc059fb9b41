import type { BlanketEntry } from '../domain/blanket/blanket.ts';
import type { LinePlan, PlanDocument, PlanFacts } from '../domain/blanket/plan.ts';
import type { Id, PlanRecord } from '../domain/exchange/records.ts';
import { recordCumulative } from './blankets.ts';
import { type Database, run, type Statement, toJson, withoutNulls } from './query.ts';

const SAVE: Statement = {
  name: 'plan-save',
  text: `
    with given as (
      select * from json_to_recordset($1::json) as r(document uuid, partner text, kind text, number text,
        test boolean, "contentHash" text, settled int[], at timestamptz, plans json)
    ), documents as (
      insert into plan_document as t (document_id, partner, kind, number, test, content_hash, settled, at)
      select document, partner, kind, number, test, "contentHash", settled, at from given
      on conflict (document_id) do update set settled = excluded.settled
    )
    insert into blanket_plan (document_id, blanket_id, line, kind, issued_on, starts_on, ends_on, quantities, at)
    select g.document, p.blanket, p.line, p.kind, p."issuedOn", p."from", p."to", p.quantities, g.at
    from given g, json_to_recordset(g.plans) as p(blanket uuid, line text, kind text, "issuedOn" date, "from" date,
      "to" date, quantities json)
    on conflict (document_id, blanket_id, line) do nothing`,
};

/** Schedules and receiving advices as they were decided; their documents and blankets are stored before. */
export async function savePlans(tx: Database, plans: readonly PlanRecord[]): Promise<void> {
  if (plans.length === 0) return;
  await run(tx, SAVE, [toJson(plans)]);
  await recordCumulative(
    tx,
    plans.flatMap(({ counts }) => counts),
  );
}

const EARLIER: Statement = {
  name: 'plan-earlier',
  text: `
    select p.kind, p.number, p.test, p.content_hash as "contentHash"
    from json_to_recordset($2::json) as k(kind text, number text)
    join plan_document p on p.partner = $1 and p.kind = k.kind and p.number = k.number`,
};

export type PlanKey = { readonly kind: PlanDocument['kind']; readonly number: string };
export type KnownPlan = PlanKey & { readonly test: boolean; readonly contentHash: string };

/** Documents that came before under these numbers. */
export async function findPlans(
  tx: Database,
  partner: string,
  keys: readonly PlanKey[],
): Promise<readonly KnownPlan[]> {
  return keys.length === 0 ? [] : await run<KnownPlan>(tx, EARLIER, [partner, toJson(keys)]);
}

const MOVED: Statement = {
  name: 'plan-moved',
  text: `
    select blanket_id as blanket, line, kind, quantity, at, reference from blanket_entry
    where blanket_id = any($1::uuid[]) and kind in ('ship', 'receive', 'return') order by id`,
};

/** What was shipped, received and returned of blankets. */
export async function readMoved(tx: Database, blankets: readonly Id[]): Promise<readonly BlanketEntry[]> {
  return blankets.length === 0 ? [] : await run<BlanketEntry>(tx, MOVED, [blankets]);
}

const ORDERS: Statement = {
  name: 'plan-orders',
  text: `
    select distinct po_number as "poNumber" from purchase_order
    where partner = $1 and test = $2 and po_number = any($3::text[])`,
};

/** Which of these numbers are those of orders. */
export async function findOrderNumbers(
  tx: Database,
  partner: string,
  test: boolean,
  numbers: readonly string[],
): Promise<readonly string[]> {
  if (numbers.length === 0) return [];
  const rows = await run<{ poNumber: string }>(tx, ORDERS, [partner, test, numbers]);
  return rows.map(({ poNumber }) => poNumber);
}

const CURRENT: Statement = {
  name: 'plan-current',
  text: `
    select distinct on (blanket_id, line, kind) blanket_id as blanket, line, kind, issued_on as "issuedOn",
      starts_on as "from", ends_on as "to", quantities
    from blanket_plan where blanket_id = any($1::uuid[])
    order by blanket_id, line, kind, issued_on desc, at desc`,
};

/** The last schedule of each kind for each line. */
export async function listPlans(db: Database, blankets: readonly Id[]): Promise<readonly LinePlan[]> {
  if (blankets.length === 0) return [];
  return (await run<LinePlan>(db, CURRENT, [blankets])).map((row) => withoutNulls(row) as LinePlan);
}

const LATEST: Statement = {
  name: 'plan-latest',
  text: `
    select blanket_id as blanket, line, kind, max(issued_on) as "issuedOn"
    from blanket_plan where blanket_id = any($1::uuid[]) group by blanket_id, line, kind`,
};

/** The day of the last schedule of each kind for each line. */
export async function findLatest(tx: Database, blankets: readonly Id[]): Promise<PlanFacts['latest']> {
  return blankets.length === 0 ? [] : await run(tx, LATEST, [blankets]);
}

const OPEN: Statement = {
  name: 'plan-open',
  text: `
    select p.test, p.settled, d.canonical as document
    from plan_document p join document d on d.id = p.document_id
    where p.document_id = $1 for update of p`,
};

export type OpenPlan = {
  readonly test: boolean;
  readonly settled: readonly number[];
  readonly document: PlanDocument;
};

/** A document of which lines may wait still, locked until the transaction ends. */
export async function lockPlan(tx: Database, document: Id): Promise<OpenPlan | undefined> {
  const [row] = await run<OpenPlan>(tx, OPEN, [document]);
  return row;
}
