import { type SmtpAnswer, SmtpSession } from '../../channels/smtp/smtp-session.ts';
import type { Context } from '../../context.ts';
import type { CompanyFile } from '../../domain/partner/partner.ts';
import { enqueue, mailJob } from '../../jobs/lanes.ts';
import { assert } from '../../lib/assert.ts';
import { SecretMissing } from '../../settings.ts';
import { dueMails, nextMailAt, type StoredMail, startSending } from '../../store/mail-sending.ts';
import { findMailContent } from '../../store/mails.ts';
import { resolveSmtp } from './open-server.ts';
import { noteAnswer, noteLeftSending, type Tried } from './record-mail.ts';
import { MailNotWritten, readOwn, writeMail } from './write-mail.ts';

/** Connections to the mail server at the same time. */
const AT_ONCE = 4;

/** Looked up together, and then sent one by one over each connection. */
const ROUND = 40;

/** Sends mails until none is due. Only one such lane runs, in whatever process. */
export async function mailLane(context: Context, signal: AbortSignal): Promise<void> {
  await noteLeftSending(context);
  const lines = Array.from({ length: AT_ONCE }, (): Line => ({ session: undefined }));
  try {
    while (!signal.aborted) {
      const due = await dueMails(context.db, context.clock(), ROUND);
      if (due.length === 0) {
        const at = await nextMailAt(context.db);
        if (at !== undefined) await enqueue(context.db, mailJob(at));
        return;
      }
      await sendRound(context, due, lines, signal);
    }
  } finally {
    for (const { session } of lines) session?.close();
  }
}

/** One of the connections to the mail server, open once it was needed. */
type Line = { session: SmtpSession | undefined };

/** Sent side by side and noted one after the other, so that trouble with all of them is told once. */
async function sendRound(
  context: Context,
  due: readonly StoredMail[],
  lines: readonly Line[],
  signal: AbortSignal,
): Promise<void> {
  const left = [...due];
  let noted: Promise<void> = Promise.resolve();
  const drain = async (line: Line): Promise<void> => {
    for (let mail = left.shift(); mail !== undefined && !signal.aborted; mail = left.shift()) {
      const startedAt = context.clock();
      const tried = await trySending(context, mail, line);
      if (tried === undefined) continue;
      // The others would not fare better: they wait for the server as well.
      if (tried.kind === 'unusable') left.length = 0;
      const noting = mail;
      // What could not be noted of one is no reason to leave another in doubt.
      noted = noted.catch(() => undefined).then(() => noteAnswer(context, noting, tried, startedAt));
      await noted;
    }
  };
  const ends = await Promise.allSettled(lines.map(drain));
  const failed = ends.find((end) => end.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

/** Thrown when a person settled the mail between the moment it was due and its turn. */
class NotWaiting extends Error {
  override readonly name = 'NotWaiting';
}

async function trySending(context: Context, mail: StoredMail, line: Line): Promise<Tried | undefined> {
  const { company } = context.configuration();
  if (company?.mail === undefined) return unusable('no sound company.yaml says how mails leave (`mail`)');
  try {
    line.session ??= openSession(context, company);
    return await send(
      context,
      mail,
      company.mail.from,
      line.session,
      await readContent(context, mail, company),
    );
  } catch (error) {
    if (error instanceof NotWaiting) return undefined;
    if (error instanceof SecretMissing) return unusable(error.message);
    if (error instanceof MailNotWritten) return { kind: 'refused', permanent: true, error: error.message };
    throw error;
  }
}

function openSession(context: Context, company: CompanyFile): SmtpSession {
  const server = resolveSmtp(context, company);
  assert(server !== undefined, 'no mail server');
  return new SmtpSession(server);
}

async function readContent(context: Context, { id }: StoredMail, company: CompanyFile): Promise<Uint8Array> {
  const content = await findMailContent(context.db, id);
  assert(content !== undefined, `there is no mail ${id}`);
  return await writeMail(context, content, company);
}

async function send(
  context: Context,
  { id, address }: StoredMail,
  from: string,
  session: SmtpSession,
  raw: Uint8Array,
): Promise<SmtpAnswer> {
  return await session.send({ from: readOwn(from).address, to: readOwn(address).address, raw }, async () => {
    const waits = await startSending(context.db, { mail: id, address }, context.clock());
    if (!waits) throw new NotWaiting();
  });
}

/** Only a person can mend it. */
function unusable(error: string): Tried {
  return { kind: 'unusable', permanent: true, error };
}
