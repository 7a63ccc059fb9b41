import type { Context } from '../../context.ts';
import type { Id } from '../../domain/exchange/records.ts';
import { enqueue, mailJob } from '../../jobs/lanes.ts';
import { type Database, inTransaction } from '../../store/database.ts';
import { recordEvents } from '../../store/events.ts';
import { resolveException } from '../../store/exceptions.ts';
import type { StoredMail } from '../../store/mail-sending.ts';
import { listMails, lockMailOfException, noteArrival, sendAgain } from '../../store/mail-settling.ts';
import { makeEvent } from '../process/records.ts';
import { nameMail } from './name-mail.ts';

/** The mail that an exception asks about goes out again; undefined where it does not wait for that any more. */
export async function resendMailOf(context: Context, exception: Id): Promise<string | undefined> {
  const mail = await lockMailOfException(context.db, exception);
  return mail && (await resend(context, context.db, mail));
}

/** The mail that an exception asks about came, as a person found out. */
export async function noteArrivalOf(context: Context, exception: Id): Promise<string | undefined> {
  const mail = await lockMailOfException(context.db, exception);
  const at = context.clock();
  if (mail === undefined || !(await noteArrival(context.db, { mail: mail.id, address: mail.address }, at)))
    return undefined;
  return await tell(context, context.db, mail, 'mail-arrived', 'arrived, as a person found out');
}

export type MailRetried = { readonly mail: StoredMail; readonly text: string; readonly again: boolean };

/** Those of a mail that wait or were given up go out at once, whatever asks a person about them is resolved. */
export async function retryMail(context: Context, id: Id, by: string): Promise<readonly MailRetried[]> {
  return await inTransaction(context.db, async (tx) => {
    const retried: MailRetried[] = [];
    for (const mail of await listMails(tx, { id })) {
      const text = mail.state === 'doubtful' ? undefined : await resend(context, tx, mail);
      retried.push({
        mail,
        again: text !== undefined,
        text: text ?? `${nameMail(mail)} ${REFUSED[mail.state]}`,
      });
      if (text === undefined || mail.exception === undefined) continue;
      await resolveException(tx, mail.exception, { at: context.clock(), by, resolution: 'send-again' });
    }
    return retried;
  });
}

const REFUSED: Readonly<Record<StoredMail['state'], string>> = {
  sent: 'arrived at the mail server',
  sending: 'is being sent',
  doubtful: 'may have arrived: choose send-again or arrived for its exception',
  pending: 'waits no longer',
  failed: 'waits no longer',
};

async function resend(context: Context, tx: Database, mail: StoredMail): Promise<string | undefined> {
  if (!(await sendAgain(tx, { mail: mail.id, address: mail.address }))) return undefined;
  const text = await tell(context, tx, mail, 'retried', 'is sent again');
  await enqueue(tx, mailJob());
  return text;
}

async function tell(
  context: Context,
  tx: Database,
  mail: StoredMail,
  kind: string,
  said: string,
): Promise<string> {
  const text = `${nameMail(mail)} ${said}`;
  const maker = { ids: context.ids, now: context.clock(), partner: mail.partner };
  await recordEvents(tx, [makeEvent(maker, kind, text, { order: mail.order })]);
  return text;
}
