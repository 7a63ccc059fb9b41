import type { Id } from '../domain/exchange/records.ts';
import { readSscc } from '../domain/shipment/sscc.ts';
import { type Database, run, type Statement } from './query.ts';

export type TraceQuery = {
  /**
   * PO number, order or document id, file id or name, control number with or without its zeros; number of a shipment,
   * SSCC, serial or tracking number; number of an invoice, credit memo or certificate.
   */
  readonly what: string;
  /** Only what concerns this partner. */
  readonly partner?: string | undefined;
};

export type Connected = {
  readonly files: readonly Id[];
  readonly interchanges: readonly Id[];
  readonly documents: readonly Id[];
  readonly orders: readonly Id[];
  readonly shipments: readonly Id[];
  readonly truncated: boolean;
};

const MOST = 500;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/*
 * Where the story begins. `whole` seeds (a file, an interchange) bring all their documents; the others bring
 * only their own, though a hundred strangers share the envelope.
 */
const SEEDS: Statement = {
  name: 'trace-seeds',
  text: `
    with seeds as (
      select 'order' as kind, id, partner, at from purchase_order where po_number = $1 or id = $2
      union all
      select 'file', id, partner, at from file where name = $1 or id = $2
      union all
      select 'interchange', i.id, i.partner, f.at from interchange i join file f on f.id = i.file_id
        where ltrim(i.control, '0') = $3 or i.id = $2
      union all
      select 'document', d.id, d.partner, f.at from document d join interchange i on i.id = d.interchange_id
        join file f on f.id = i.file_id
        where ltrim(d.group_control, '0') = $3 or ltrim(d.control, '0') = $3 or d.id = $2
      union all
      select 'shipment', id, partner, at from shipment where number = $1 or id = $2
      union all
      select 'shipment', id, partner, at from shipment where tracking @> array[$1]
      union all
      select 'shipment', s.id, s.partner, s.at from handling_unit u join shipment s on s.id = u.shipment_id
        where u.sscc = $5
      union all
      select 'shipment', s.id, s.partner, s.at from shipment_line l join shipment s on s.id = l.shipment_id
        where l.serials @> array[$1]
      union all
      select 'document', i.document_id, i.partner, i.at from invoice i
        where i.number = $1 and i.document_id is not null
      union all
      select distinct 'order', l.order_id, i.partner, i.at from invoice i join invoice_line l on l.invoice_id = i.id
        where i.number = $1 and l.order_id is not null
      union all
      select 'order', c.order_id, c.partner, c.at from certificate c where c.number = $1 and c.order_id is not null
      union all
      select distinct 'shipment', s.id, s.partner, s.at from certificate c
        join shipment s on s.id = c.shipment_id or s.id in (
          select l.shipment_id from shipment_line l where l.item = c.item and (c.lot = any(l.lots)
            or l.serials && array(select serial from certificate_serial where certificate_id = c.id)))
        where c.number = $1
    )
    select kind, id from seeds where $4::text is null or partner = $4 order by at desc limit ${MOST + 1}`,
};

/*
 * The documents of the story: those of the seeds, then whatever answers them, is answered by them, carries the
 * same order or settles them, until nothing new turns up.
 */
const DOCUMENTS: Statement = {
  name: 'trace-documents',
  text: `
    with recursive story(id) as (
      select unnest($1::uuid[])
      union select r.document_id from application_result r
        where r.advice_id = any($1::uuid[]) and r.document_id is not null
      union select document_id from purchase_order where id = any($2::uuid[])
      union select id from document where order_id = any($2::uuid[])
      union select r.document_id from shipment_report r
        where r.shipment_id = any($5::uuid[]) and r.document_id is not null
      union select id from document where interchange_id = any($3::uuid[])
      union select d.id from interchange i join document d on d.interchange_id = i.id
        where i.file_id = any($4::uuid[])
      union
      select next.id
      from story s
      join document d on d.id = s.id
      cross join lateral (
        select d.answers as id where d.answers is not null
        union all select a.id from document a where a.answers = d.id
        union all select b.id from document b where d.order_id is not null and b.order_id = d.order_id
        union all select d.acknowledged_by where d.acknowledged_by is not null
        union all select r.advice_id from application_result r where r.document_id = d.id
        union all select c.id from interchange i join document c on c.interchange_id = i.id
          where i.answers = d.interchange_id and c.functional_id = 'FA' and d.direction = 'in'
            and d.functional_id <> 'FA'
      ) next
    )
    select id from story limit ${MOST + 1}`,
};

/** What surrounds the documents: envelopes, files, and the technical answers to those envelopes. */
const AROUND: Statement = {
  name: 'trace-around',
  text: `
    with documents as (
      select id, interchange_id, order_id from document where id = any($1::uuid[])
    ), direct as (
      select interchange_id as id from documents
      union select unnest($2::uuid[])
      union select id from interchange where file_id = any($3::uuid[])
    ), interchanges as (
      select id from direct
      union select i.id from interchange i where i.answers in (select id from direct)
        and not exists (select from document d where d.interchange_id = i.id)
    )
    select 'interchange' as kind, id from interchanges
    union select 'file', i.file_id from interchanges x join interchange i on i.id = x.id
    union select 'file', unnest($3::uuid[])
    union select 'order', order_id from documents where order_id is not null
    union select 'order', o.id from documents d join purchase_order o on o.document_id = d.id
    union select 'order', unnest($4::uuid[])
    union select 'shipment', unnest($5::uuid[])
    union select 'shipment', l.shipment_id from shipment_line l where l.order_id = any($4::uuid[])
    union select 'shipment', r.shipment_id from documents d join shipment_report r on r.document_id = d.id
      where r.shipment_id is not null`,
};

type Found = { readonly kind: string; readonly id: Id };

export async function findConnected(db: Database, query: TraceQuery): Promise<Connected> {
  const what = query.what.trim();
  const number = /^\d{1,9}$/.test(what) && !/^0+$/.test(what) ? what.replace(/^0+/, '') : null;
  const id = UUID.test(what) ? what : null;
  const reading = readSscc(what);
  const sscc = reading.kind === 'sscc' ? reading.sscc : null;
  const seeds = await run<Found>(db, SEEDS, [what, id, number, query.partner ?? null, sscc]);
  const some = seeds.slice(0, MOST);
  if (some.length === 0)
    return { files: [], interchanges: [], documents: [], orders: [], shipments: [], truncated: false };
  const [files, interchanges] = [pick(some, 'file'), pick(some, 'interchange')];
  const shipments = pick(some, 'shipment');
  const orders = [...pick(some, 'order'), ...(await findShippedOrders(db, shipments))];
  const found = [pick(some, 'document'), orders, interchanges, files, shipments];
  const story = await run<Found>(db, DOCUMENTS, found);
  const documents = story.slice(0, MOST).map((row) => row.id);
  const around = await run<Found>(db, AROUND, [documents, interchanges, files, orders, shipments]);
  return {
    files: pick(around, 'file'),
    interchanges: pick(around, 'interchange'),
    documents,
    orders: pick(around, 'order'),
    shipments: pick(around, 'shipment'),
    truncated: seeds.length > MOST || story.length > MOST,
  };
}

const SHIPPED_ORDERS: Statement = {
  name: 'trace-shipped-orders',
  text: `
    select l.order_id as id from shipment_line l where l.shipment_id = any($1::uuid[])
    union select e.order_id from event e where e.shipment_id = any($1::uuid[]) and e.order_id is not null`,
};

/** Of one that was taken back, its events tell. */
async function findShippedOrders(db: Database, shipments: readonly Id[]): Promise<readonly Id[]> {
  if (shipments.length === 0) return [];
  return (await run<{ id: Id }>(db, SHIPPED_ORDERS, [shipments])).map(({ id }) => id);
}

function pick(rows: readonly Found[], kind: string): readonly Id[] {
  return rows.filter((row) => row.kind === kind).map((row) => row.id);
}
