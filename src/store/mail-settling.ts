import type { Id } from '../domain/exchange/records.ts';
import type { MailState } from '../domain/mail/mail-record.ts';
import type { Instant } from '../lib/dates.ts';
import { MAIL_COLUMNS, type MailTo, readMails, type StoredMail } from './mail-sending.ts';
import { type Database, run, type Statement } from './query.ts';

export type MailFilter = {
  readonly states?: readonly MailState[] | undefined;
  readonly partner?: string | undefined;
  readonly poNumber?: string | undefined;
  readonly id?: Id | undefined;
  readonly limit?: number;
};

const LIST: Statement = {
  name: 'mail-list',
  text: `select ${MAIL_COLUMNS} from mail_recipient r join mail m on m.id = r.mail_id
    where ($1::text[] is null or r.state = any($1)) and ($2::text is null or m.partner = $2)
      and ($3::text is null or m.order_id in (select id from purchase_order where po_number = $3))
      and ($4::uuid is null or m.id = $4)
    order by m.id, r.address limit $5`,
};

/** Oldest first, each once for each address. */
export async function listMails(db: Database, filter: MailFilter): Promise<readonly StoredMail[]> {
  const { states, partner, poNumber, id, limit = 1_000 } = filter;
  const values = [states ?? null, partner ?? null, poNumber ?? null, id ?? null, limit];
  return readMails(await run<StoredMail>(db, LIST, values));
}

const OF_EXCEPTION: Statement = {
  name: 'mail-of-exception',
  text: `select ${MAIL_COLUMNS} from mail_recipient r join mail m on m.id = r.mail_id where r.exception_id = $1 for update of r`,
};

/** The one that an exception asks about, locked. */
export async function lockMailOfException(tx: Database, exception: Id): Promise<StoredMail | undefined> {
  return readMails(await run<StoredMail>(tx, OF_EXCEPTION, [exception]))[0];
}

const AGAIN: Statement = {
  name: 'mail-again',
  text: `
    update mail_recipient set state = 'pending', attempts = 0, next_attempt_at = null, settled_at = null,
      exception_id = null
    where mail_id = $1 and address = $2 and state in ('pending', 'failed', 'doubtful') returning mail_id`,
};

/** It is to be sent, at once. Not one that arrived, nor one that is on its way. */
export async function sendAgain(tx: Database, { mail, address }: MailTo): Promise<boolean> {
  return (await run(tx, AGAIN, [mail, address])).length === 1;
}

const ARRIVED: Statement = {
  name: 'mail-arrived',
  text: `update mail_recipient set state = 'sent', settled_at = $3, exception_id = null
    where mail_id = $1 and address = $2 and state = 'doubtful' returning mail_id`,
};

export async function noteArrival(tx: Database, { mail, address }: MailTo, at: Instant): Promise<boolean> {
  return (await run(tx, ARRIVED, [mail, address, at])).length === 1;
}
