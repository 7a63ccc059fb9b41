import type { FoundDocument, Referred, SentDocument } from '../domain/application-advice/match-result.ts';
import type { Id } from '../domain/exchange/records.ts';
import type { Resolution } from './exceptions.ts';
import { type Database, run, type Statement, toJson, withoutNulls } from './query.ts';

export type AdviceRecord = {
  readonly document: Id;
  readonly partner: string;
  readonly number: string;
  readonly test: boolean;
  readonly contentHash: string;
};

const KEEP: Statement = {
  name: 'advice-keep',
  text: `insert into application_advice (document_id, partner, number, test, content_hash) values ($1, $2, $3, $4, $5)
    on conflict (partner, number, test, content_hash) do nothing returning document_id`,
};

/** False where the same came before. */
export async function keepAdvice(tx: Database, advice: AdviceRecord): Promise<boolean> {
  const { document, partner, number, test, contentHash } = advice;
  return (await run(tx, KEEP, [document, partner, number, test, contentHash])).length > 0;
}

/** What one result of an advice is looked up by. */
export type AdviceTarget = {
  readonly referred: Referred;
  readonly number: string;
  readonly group?: string | undefined;
  readonly control?: string | undefined;
};

/* Of the documents about one invoice or shipment the last one counts, and of those about one order the last of its set. */
function describeSent(id: string): string {
  return `
    select d.id, d.set, d.control, d.group_control as "groupControl", d.order_id as "order", s.id as shipment,
      v.number as "invoiceNumber", s.number as "shipmentNumber", o.po_number as "poNumber",
      coalesce(v.test, s.test, o.test) as test, coalesce(v.amount, o.amount) as amount,
      coalesce(v.currency, o.currency) as currency, d.canonical->>'purpose' as purpose,
      (select n.set || ' ' || n.control || ' of group ' || n.group_control from document n where n.id = case
        when v.id is not null then nullif(v.document_id, d.id)
        when s.id is not null then (
          select max(l.id::text)::uuid from document l where l.direction = 'out' and l.set = '856'
            and l.canonical->>'shipmentId' = s.number and l.partner = d.partner and l.id > d.id)
        else (
          select max(l.id::text)::uuid from document l
          where l.order_id = o.id and l.direction = 'out' and l.set = d.set and l.id > d.id)
        end) as "replacedBy"
    from document d
    left join invoice v on d.set = '810' and v.number = d.canonical->>'invoiceNumber' and v.partner = d.partner
    left join shipment s on d.set = '856' and s.number = d.canonical->>'shipmentId' and s.partner = d.partner
    left join purchase_order o on o.id = d.order_id
    where d.id = ${id}`;
}

/* Control numbers compare by value: who answers may drop the zeros that we sent. */
const FIND: Statement = {
  name: 'advice-find-sent',
  text: `
    with asked as (
      select * from json_to_recordset($1::json) as r(place int, referred text, number text, "group" text, control text)
    ), led as (
      select a.place, d.id, 'envelope' as by from asked a
      join document d on d.partner = $2 and ltrim(d.group_control, '0') = ltrim(a."group", '0')
        and (a.control is null or ltrim(d.control, '0') = ltrim(a.control, '0'))
      where d.direction = 'out' and d.functional_id <> 'FA'
      union
      select a.place, i.document_id, 'reference' from asked a join invoice i on i.number = a.number and i.partner = $2
      where a.referred in ('invoice', 'any') and i.document_id is not null
      union
      select a.place, d.id, 'reference' from asked a join document d on d.canonical->>'shipmentId' = a.number
      where a.referred in ('shipment', 'any') and d.direction = 'out' and d.set = '856' and d.partner = $2
      union
      select a.place, d.id, 'reference' from asked a join purchase_order o on o.po_number = a.number and o.partner = $2
      join document d on d.order_id = o.id
      where a.referred in ('order', 'any') and d.direction = 'out'
    )
    select l.place, l.by, sent.* from led l cross join lateral (${describeSent('l.id')}) sent
    where sent.test is null or sent.test = $3 order by l.place, sent.id, l.by`,
};

/** For each target, in their order, the documents of ours that it may mean. */
export async function findSentDocuments(
  tx: Database,
  targets: readonly AdviceTarget[],
  { partner, test }: Pick<AdviceRecord, 'partner' | 'test'>,
): Promise<readonly (readonly FoundDocument[])[]> {
  const asked = targets.map((target, place) => ({ place, ...target }));
  type Row = FoundDocument & { readonly place: number };
  const rows = await run<Row>(tx, FIND, [toJson(asked), partner, test]);
  const byPlace = Map.groupBy(
    rows.map((row) => withoutNulls(row) as Row),
    ({ place }) => place,
  );
  return targets.map((_, place) => byPlace.get(place) ?? []);
}

const DESCRIBE: Statement = { name: 'advice-describe-sent', text: describeSent('$1') };

export async function findSentDocument(db: Database, id: Id): Promise<SentDocument | undefined> {
  const [row] = await run<SentDocument>(db, DESCRIBE, [id]);
  return row && (withoutNulls(row) as SentDocument);
}

export type ResultRecord = {
  readonly advice: Id;
  /** The document of ours that it is about. */
  readonly document?: Id | undefined;
  readonly outcome: string;
};

/* What a partner's application has looked at arrived and was read: no 997 is waited for any more. */
const SAVE: Statement = {
  name: 'advice-save-results',
  text: `
    with given as (
      select * from json_to_recordset($1::json) as r(advice uuid, position int, document uuid, outcome text)
    ), settled as (
      update document d set acknowledgement = 'accepted', acknowledged_by = g.advice
      from (select distinct on (document) document, advice from given order by document, position desc) as g
      where d.id = g.document and d.acknowledgement in ('waiting', 'overdue')
    )
    insert into application_result (advice_id, position, document_id, outcome)
    select advice, position, document, outcome from given`,
};

export async function saveResults(tx: Database, results: readonly ResultRecord[]): Promise<void> {
  await run(tx, SAVE, [toJson(results.map((result, i) => ({ ...result, position: i + 1 })))]);
}

const RESOLVE: Statement = {
  name: 'advice-resolve-rejections',
  text: `
    update exception set state = 'resolved', resolved_at = $4, resolved_by = $5, resolution = $6
    where state = 'open' and kind = any($3::text[]) and (document_id = $1 or shipment_id = $2) returning id`,
};

/** What the partner rejected before, and has now: asked of nobody any more. */
export async function resolveRejections(
  tx: Database,
  of: { readonly document?: Id | undefined; readonly shipment?: Id | undefined },
  kinds: readonly string[],
  how: Resolution,
): Promise<void> {
  await run(tx, RESOLVE, [of.document ?? null, of.shipment ?? null, kinds, how.at, how.by, how.resolution]);
}
