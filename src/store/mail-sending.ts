import type { Id } from '../domain/exchange/records.ts';
import type { MailKind } from '../domain/mail/mail-kinds.ts';
import type { MailState } from '../domain/mail/mail-record.ts';
import type { Instant } from '../lib/dates.ts';
import { type Database, run, type Statement, withoutNulls } from './query.ts';

export type StoredMail = {
  readonly id: Id;
  readonly kind: MailKind;
  readonly key: string;
  readonly partner: string;
  readonly test: boolean;
  readonly order?: Id | undefined;
  readonly poNumber?: string | undefined;
  readonly at: Instant;
  readonly messageId: string;
  /** Absent until it is written. */
  readonly subject?: string | undefined;
  readonly address: string;
  readonly state: MailState;
  readonly attempts: number;
  readonly nextAttemptAt?: Instant | undefined;
  readonly startedAt?: Instant | undefined;
  readonly settledAt?: Instant | undefined;
  readonly answer?: string | undefined;
  readonly exception?: Id | undefined;
};

export const MAIL_COLUMNS = `m.id, m.kind, m.key, m.partner, m.test, m.order_id as "order", m.at,
  m.message_id as "messageId", m.subject, r.address, r.state, r.attempts, r.next_attempt_at as "nextAttemptAt",
  r.started_at as "startedAt", r.settled_at as "settledAt", r.answer, r.exception_id as exception,
  (select o.po_number from purchase_order o where o.id = m.order_id) as "poNumber"`;

export type MailTo = { readonly mail: Id; readonly address: string };

/*
 * To one address the mails of an order go out in their order: while an earlier one waits, none overtakes it. While the
 * server is in trouble, none goes.
 */
export const FREE_MAIL = `r.state = 'pending'
  and not exists (select from mail_recipient e join mail f on f.id = e.mail_id
    where f.order_id = m.order_id and f.id < m.id and e.address = r.address and e.state in ('pending', 'sending'))`;

export const SERVER_FREE = `not exists (select from mail_server_trouble where next_attempt_at > $1)`;

const DUE: Statement = {
  name: 'mail-due',
  text: `select ${MAIL_COLUMNS} from mail_recipient r join mail m on m.id = r.mail_id
    where ${FREE_MAIL} and (r.next_attempt_at is null or r.next_attempt_at <= $1) and ${SERVER_FREE}
    order by r.next_attempt_at nulls first, m.id, r.address limit $2`,
};

/** What can go out now; of one order to one address at most one. */
export async function dueMails(db: Database, now: Instant, limit: number): Promise<readonly StoredMail[]> {
  return readMails(await run<StoredMail>(db, DUE, [now, limit]));
}

const NEXT: Statement = {
  name: 'mail-next',
  text: `select greatest(r.next_attempt_at, (select next_attempt_at from mail_server_trouble)) as at
    from mail_recipient r join mail m on m.id = r.mail_id
    where ${FREE_MAIL} order by r.next_attempt_at nulls first limit 1`,
};

/** When something that backs off is to be tried. */
export async function nextMailAt(db: Database): Promise<Instant | undefined> {
  const [row] = await run<{ at: Instant | null }>(db, NEXT, []);
  return row?.at ?? undefined;
}

const START: Statement = {
  name: 'mail-start',
  text: `update mail_recipient set state = 'sending', started_at = $3
    where mail_id = $1 and address = $2 and state = 'pending' returning mail_id`,
};

/** False when it waits no longer. Committed before the server gets the content: what a crash leaves so is in doubt. */
export async function startSending(db: Database, { mail, address }: MailTo, at: Instant): Promise<boolean> {
  return (await run(db, START, [mail, address, at])).length === 1;
}

const LEFT: Statement = {
  name: 'mail-left-sending',
  text: `select ${MAIL_COLUMNS} from mail_recipient r join mail m on m.id = r.mail_id where r.state = 'sending' order by m.id`,
};

/** What was being sent when the lane was cut off. */
export async function mailsLeftSending(db: Database): Promise<readonly StoredMail[]> {
  return readMails(await run<StoredMail>(db, LEFT, []));
}

export type MailResult =
  | { readonly kind: 'sent'; readonly answer: string }
  | { readonly kind: 'retry'; readonly error: string; readonly nextAttemptAt: Instant }
  /** Not the fault of the mail: nothing of it counts. */
  | { readonly kind: 'untried' }
  | { readonly kind: 'failed' | 'doubtful'; readonly error: string; readonly exception: Id };

const RECORD: Statement = {
  name: 'mail-record',
  text: `
    update mail_recipient set
      state = case when $4 in ('retry', 'untried') then 'pending' else $4 end,
      attempts = attempts + case when $4 = 'untried' then 0 else 1 end,
      next_attempt_at = case when $4 = 'untried' then next_attempt_at else $6::timestamptz end,
      settled_at = case when $4 in ('sent', 'failed', 'doubtful') then $3::timestamptz end,
      answer = coalesce($5, answer), exception_id = $7
    where mail_id = $1 and address = $2 and state in ('pending', 'sending') returning mail_id`,
};

/** False when a person settled it meanwhile, and that stands. */
export async function recordMailResult(
  tx: Database,
  { mail, address }: MailTo,
  at: Instant,
  result: MailResult,
): Promise<boolean> {
  const { kind } = result;
  const answer = 'answer' in result ? result.answer : 'error' in result ? result.error : null;
  const next = kind === 'retry' ? result.nextAttemptAt : null;
  const exception = 'exception' in result ? result.exception : null;
  return (await run(tx, RECORD, [mail, address, at, kind, answer, next, exception])).length === 1;
}

/** Why no mail is tried. */
export type ServerTrouble = {
  readonly failures: number;
  readonly since: Instant;
  readonly nextAttemptAt: Instant;
  readonly error: string;
};

const TROUBLE: Statement = {
  name: 'mail-trouble',
  text: `select failures, since, next_attempt_at as "nextAttemptAt", error from mail_server_trouble`,
};

export async function findServerTrouble(db: Database): Promise<ServerTrouble | undefined> {
  return (await run<ServerTrouble>(db, TROUBLE, []))[0];
}

const NOTE_TROUBLE: Statement = {
  name: 'mail-note-trouble',
  text: `insert into mail_server_trouble (failures, since, next_attempt_at, error) values ($1, $2, $3, $4)
    on conflict (single) do update set failures = excluded.failures, next_attempt_at = excluded.next_attempt_at,
      error = excluded.error`,
};

export async function noteServerTrouble(tx: Database, trouble: ServerTrouble): Promise<void> {
  const { failures, since, nextAttemptAt, error } = trouble;
  await run(tx, NOTE_TROUBLE, [failures, since, nextAttemptAt, error]);
}

const TROUBLE_OVER: Statement = {
  name: 'mail-trouble-over',
  text: `delete from mail_server_trouble returning failures`,
};

/** Whether there was any. */
export async function endServerTrouble(db: Database): Promise<boolean> {
  return (await run(db, TROUBLE_OVER, [])).length > 0;
}

export function readMails(rows: readonly StoredMail[]): StoredMail[] {
  return rows.map((row) => withoutNulls(row) as StoredMail);
}
