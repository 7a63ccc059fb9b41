import type { Id } from '../domain/exchange/records.ts';
import type { MailKind } from '../domain/mail/mail-kinds.ts';
import type { MailAttachment, MailRecord, MailState } from '../domain/mail/mail-record.ts';
import type { MailOrigin } from '../domain/mail/thread.ts';
import type { Instant } from '../lib/dates.ts';
import { type Database, run, type Statement, toJson, withoutNulls } from './query.ts';

const THREADS: Statement = {
  name: 'mail-threads',
  text: `
    select o.id as "order", o.test,
      (select m.message_id from mail m where m.order_id = o.id order by m.id limit 1) as first,
      r.message_id as "originId", r."references" as "originReferences", r.subject as "originSubject",
      r.automatic as "originAutomatic"
    from purchase_order o
    join document d on d.id = o.document_id
    join interchange i on i.id = d.interchange_id
    left join mail_origin r on r.file_id = i.file_id
    where o.id = any($1::uuid[])`,
};

/** What an order's mails belong to: how it came, where it came by mail, and the first mail that we made of it. */
export type OrderThread = {
  readonly test: boolean;
  readonly first?: string | undefined;
  readonly origin?: MailOrigin | undefined;
};

type ThreadRow = {
  order: Id;
  test: boolean;
  first: string | null;
  originId: string | null;
  originReferences: string[];
  originSubject: string;
  originAutomatic: boolean;
};

export async function loadThreads(
  tx: Database,
  orders: readonly Id[],
): Promise<ReadonlyMap<Id, OrderThread>> {
  if (orders.length === 0) return new Map();
  const rows = await run<ThreadRow>(tx, THREADS, [orders]);
  return new Map(
    rows.map(({ order, test, first, originId, originReferences, originSubject, originAutomatic }) => {
      const origin =
        originId === null
          ? undefined
          : {
              messageId: originId,
              references: originReferences,
              subject: originSubject,
              automatic: originAutomatic,
            };
      return [order, { test, first: first ?? undefined, origin }];
    }),
  );
}

const KEEP_ORIGIN: Statement = {
  name: 'mail-keep-origin',
  text: `insert into mail_origin (file_id, message_id, "references", subject, sender, automatic)
    values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
};

/** Of a file that came by mail, for those that answer it. */
export async function keepMailOrigin(
  tx: Database,
  file: Id,
  { messageId, references, subject, sender, automatic }: MailOrigin & { readonly sender: string },
): Promise<void> {
  await run(tx, KEEP_ORIGIN, [file, messageId, references, subject, sender, automatic]);
}

const INSERT: Statement = {
  name: 'mail-insert',
  text: `
    with given as (
      select * from json_to_recordset($1::json) as r(id uuid, key text, kind text, partner text, test boolean,
        "order" uuid, at timestamptz, language text, model json, "messageId" text, thread json, "to" json)
    ), made as (
      insert into mail (id, key, kind, partner, test, order_id, at, language, model, message_id, in_reply_to,
        "references", thread_subject)
      select id, key, kind, partner, test, "order", at, language, model, "messageId", thread->>'inReplyTo',
        array(select json_array_elements_text(thread->'references')), thread->>'subject'
      from given
      on conflict (key) do nothing
      returning id
    ), addressed as (
      insert into mail_recipient (mail_id, address)
      select distinct g.id, address from given g join made using (id), json_array_elements_text(g."to") address
    )
    select id from made`,
};

const ATTACH: Statement = {
  name: 'mail-attach',
  text: `insert into mail_attachment (mail_id, position, name, type, bytes) values ($1, $2, $3, $4, $5)`,
};

/** Those that are new: of one key there is one mail, whoever makes it again. */
export async function insertMails(tx: Database, mails: readonly MailRecord[]): Promise<ReadonlySet<Id>> {
  if (mails.length === 0) return new Set();
  const rows = await run<{ id: Id }>(tx, INSERT, [toJson(mails.map(({ attachments: _, ...mail }) => mail))]);
  const made = new Set(rows.map(({ id }) => id));
  for (const { id, attachments } of mails.filter((mail) => made.has(mail.id)))
    for (const [position, { name, type, bytes }] of attachments.entries())
      await run(tx, ATTACH, [id, position, name, type, Buffer.from(bytes)]);
  return made;
}

const CONTENT: Statement = {
  name: 'mail-content',
  text: `select m.id, m.kind, m.partner, m.at, m.language, m.model, m.message_id as "messageId", m.test,
      m.in_reply_to as "inReplyTo", m."references", m.thread_subject as "threadSubject", m.subject, m.raw,
      array(select address from mail_recipient r where r.mail_id = m.id order by address) as "to"
    from mail m where m.id = $1`,
};

export type MailContent = {
  readonly id: Id;
  readonly kind: MailKind;
  readonly partner: string;
  readonly test: boolean;
  readonly at: Instant;
  readonly language: string;
  readonly model: unknown;
  readonly messageId: string;
  readonly inReplyTo?: string | undefined;
  readonly references: readonly string[];
  readonly threadSubject?: string | undefined;
  readonly subject?: string | undefined;
  /** As it is sent; absent until it is written. */
  readonly raw?: Buffer | undefined;
  readonly to: readonly string[];
};

export async function findMailContent(db: Database, id: Id): Promise<MailContent | undefined> {
  const [row] = await run<MailContent>(db, CONTENT, [id]);
  return row && (withoutNulls(row) as MailContent);
}

const ATTACHMENTS: Statement = {
  name: 'mail-attachments',
  text: `select name, type, bytes from mail_attachment where mail_id = $1 order by position`,
};

export async function loadAttachments(db: Database, id: Id): Promise<readonly MailAttachment[]> {
  return await run<MailAttachment>(db, ATTACHMENTS, [id]);
}

const WRITTEN: Statement = {
  name: 'mail-written',
  text: `
    with gone as (delete from mail_attachment where mail_id = $1)
    update mail set subject = $2, raw = $3 where id = $1 and raw is null returning id`,
};

/** False when somebody wrote it a moment before: those bytes count, for every address. */
export async function saveWrittenMail(
  db: Database,
  id: Id,
  subject: string,
  raw: Uint8Array,
): Promise<boolean> {
  return (await run(db, WRITTEN, [id, subject, raw])).length === 1;
}

const COUNT: Statement = {
  name: 'mail-count',
  text: `select state, count(*) as mails from mail_recipient
    where state in ('pending', 'sending') or exception_id is not null and state in ('failed', 'doubtful')
    group by state`,
};

/** Mails to each address that were not sent, for metrics. */
export async function countMails(
  db: Database,
): Promise<readonly { readonly state: MailState; readonly mails: number }[]> {
  return await run(db, COUNT, []);
}
