import type { Id } from '../domain/exchange/records.ts';
import { type Database, run, type Statement } from './query.ts';

export type TraceQuery = {
  /** PO number, order or document id, file id or name, control number with or without its zeros. */
  readonly what: string;
  /** Only what concerns this partner. */
  readonly partner?: string | undefined;
};

export type Connected = {
  readonly files: readonly Id[];
  readonly interchanges: readonly Id[];
  readonly documents: readonly Id[];
  readonly orders: readonly Id[];
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
      union select document_id from purchase_order where id = any($2::uuid[])
      union select id from document where order_id = any($2::uuid[])
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
    union select 'order', unnest($4::uuid[])`,
};

type Found = { readonly kind: string; readonly id: Id };

export async function findConnected(db: Database, query: TraceQuery): Promise<Connected> {
  const what = query.what.trim();
  const number = /^\d{1,9}$/.test(what) && !/^0+$/.test(what) ? what.replace(/^0+/, '') : null;
  const id = UUID.test(what) ? what : null;
  const seeds = await run<Found>(db, SEEDS, [what, id, number, query.partner ?? null]);
  const some = seeds.slice(0, MOST);
  if (some.length === 0) return { files: [], interchanges: [], documents: [], orders: [], truncated: false };
  const [files, interchanges, orders] = [pick(some, 'file'), pick(some, 'interchange'), pick(some, 'order')];
  const story = await run<Found>(db, DOCUMENTS, [pick(some, 'document'), orders, interchanges, files]);
  const documents = story.slice(0, MOST).map((row) => row.id);
  const around = await run<Found>(db, AROUND, [documents, interchanges, files, orders]);
  return {
    files: pick(around, 'file'),
    interchanges: pick(around, 'interchange'),
    documents,
    orders: pick(around, 'order'),
    truncated: seeds.length > MOST || story.length > MOST,
  };
}

function pick(rows: readonly Found[], kind: string): readonly Id[] {
  return rows.filter((row) => row.kind === kind).map((row) => row.id);
}
