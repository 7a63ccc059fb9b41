import type { SmtpAnswer } from '../../channels/smtp/smtp-session.ts';
import type { Context } from '../../context.ts';
import type { ExceptionKind } from '../../domain/exception/exception-kinds.ts';
import { backoff } from '../../jobs/backoff.ts';
import { unreachable } from '../../lib/assert.ts';
import { type Database, inTransaction } from '../../store/database.ts';
import { recordEvents } from '../../store/events.ts';
import { listExceptions, raiseExceptions } from '../../store/exceptions.ts';
import {
  endServerTrouble,
  findServerTrouble,
  type MailResult,
  mailsLeftSending,
  noteServerTrouble,
  recordMailResult,
  type StoredMail,
} from '../../store/mail-sending.ts';
import { makeEvent, makeException } from '../process/records.ts';
import { nameMail } from './name-mail.ts';

/** How a try to send a mail ended. */
export type Tried = SmtpAnswer;

/** Tries of a mail that the server puts off, about a day with the backoff between them, before it is given up. */
const MOST_ATTEMPTS = 100;

/** Tries after which a person is told of a server that may come back by itself, some five minutes after the first. */
const PATIENCE = 8;

/** `startedAt`: when the try began, so that one trouble met by several mails counts once. */
export async function noteAnswer(
  context: Context,
  mail: StoredMail,
  tried: Tried,
  startedAt: string,
): Promise<void> {
  switch (tried.kind) {
    case 'sent':
      await noteSent(context, mail, tried.answer);
      return;
    case 'refused':
      await (tried.permanent
        ? noteFailed(context, mail, tried.error)
        : notePutOff(context, mail, tried.error));
      return;
    case 'unusable':
      await noteTrouble(context, mail, tried, startedAt);
      return;
    case 'doubtful':
      await noteDoubt(context, mail, `${tried.error} after all of it was sent`);
      return;
    default:
      unreachable(tried);
  }
}

/** What a process that was killed was just sending: nobody knows whether the server took it. */
export async function noteLeftSending(context: Context): Promise<void> {
  for (const mail of await mailsLeftSending(context.db))
    await noteDoubt(context, mail, 'we were cut off while it was being sent');
}

async function noteSent(context: Context, mail: StoredMail, answer: string): Promise<void> {
  await record(
    context,
    mail,
    { kind: 'sent', answer },
    'mail-sent',
    `${nameMail(mail)} sent as ${mail.messageId}`,
  );
  if (await endServerTrouble(context.db)) context.log.info({}, 'the mail server works again');
}

async function notePutOff(context: Context, mail: StoredMail, error: string): Promise<void> {
  const attempt = mail.attempts + 1;
  if (attempt >= MOST_ATTEMPTS)
    return await noteFailed(context, mail, `given up after ${attempt} tries: ${error}`);
  const nextAttemptAt = later(context, attempt);
  const text = `${nameMail(mail)} put off: ${error}; next try ${nextAttemptAt}`;
  // Once is enough for the story of the order: `causeway mails` tells the rest.
  const event = attempt === 1 ? 'mail-put-off' : undefined;
  await record(context, mail, { kind: 'retry', error, nextAttemptAt }, event, text);
}

async function noteFailed(context: Context, mail: StoredMail, error: string): Promise<void> {
  await ask(
    context,
    mail,
    { kind: 'failed', error },
    'mail-not-sent',
    `${nameMail(mail)} not sent: ${error}`,
  );
}

async function noteDoubt(context: Context, mail: StoredMail, error: string): Promise<void> {
  const text = `${nameMail(mail)} may have arrived, as ${mail.messageId}: ${error}`;
  await ask(context, mail, { kind: 'doubtful', error }, 'mail-in-doubt', text);
}

/** A person has to decide about this mail. */
async function ask(
  context: Context,
  mail: StoredMail,
  result: { readonly kind: 'failed' | 'doubtful'; readonly error: string },
  kind: Extract<ExceptionKind, 'mail-not-sent' | 'mail-in-doubt'>,
  text: string,
): Promise<void> {
  const exception = makeException(makerOf(context, mail), kind, text, { order: mail.order });
  await record(context, mail, { ...result, exception: exception.id }, kind, text, async (tx) => {
    await raiseExceptions(tx, [exception]);
  });
}

async function record(
  context: Context,
  mail: StoredMail,
  result: MailResult,
  event: string | undefined,
  text: string,
  also: (tx: Database) => Promise<void> = async () => undefined,
): Promise<void> {
  const maker = makerOf(context, mail);
  await inTransaction(context.db, async (tx) => {
    if (!(await recordMailResult(tx, { mail: mail.id, address: mail.address }, maker.now, result))) return;
    if (event !== undefined) await recordEvents(tx, [makeEvent(maker, event, text, { order: mail.order })]);
    await also(tx);
  });
  const detail = { mail: mail.id, partner: mail.partner, order: mail.poNumber };
  if (result.kind === 'sent') context.log.info(detail, 'mail sent');
  else context.log.warn(detail, text);
}

/** Nothing is wrong with the mail: it, and all others, wait for the server. */
async function noteTrouble(
  context: Context,
  mail: StoredMail,
  { error, permanent }: { readonly error: string; readonly permanent: boolean },
  startedAt: string,
): Promise<void> {
  const maker = makerOf(context, mail);
  await inTransaction(context.db, async (tx) => {
    await recordMailResult(tx, { mail: mail.id, address: mail.address }, maker.now, { kind: 'untried' });
    const known = await findServerTrouble(tx);
    if (known !== undefined && known.nextAttemptAt > startedAt) return;
    const failures = (known?.failures ?? 0) + 1;
    const nextAttemptAt = later(context, failures);
    await noteServerTrouble(tx, { failures, since: known?.since ?? maker.now, nextAttemptAt, error });
    context.log.warn({ failures, reason: error, nextAttemptAt }, 'the mail server does not work');
    if (failures < (permanent ? 1 : PATIENCE)) return;
    if ((await listExceptions(tx, { kind: 'mail-server-failed', limit: 1 })).length > 0) return;
    const text = `no mail goes out: ${error}`;
    await raiseExceptions(tx, [makeException(maker, 'mail-server-failed', text, {})]);
  });
}

function makerOf(context: Context, { partner }: StoredMail) {
  return { ids: context.ids, now: context.clock(), partner, desk: context.configuration().desk };
}

function later(context: Context, attempt: number): string {
  return new Date(Date.parse(context.clock()) + backoff(attempt, context.random())).toISOString();
}
