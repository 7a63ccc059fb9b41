import MailComposer from 'nodemailer/lib/mail-composer';
import type { MailAttachment } from '../../domain/mail/mail-record.ts';
import type { Mailbox } from '../../domain/mail/mailbox.ts';
import type { Instant } from '../../lib/dates.ts';
import type { MailText } from './mail-templates.ts';

export type MailEnvelope = {
  readonly messageId: string;
  readonly inReplyTo?: string | undefined;
  readonly references: readonly string[];
  readonly at: Instant;
  readonly from: Mailbox;
  readonly replyTo?: Mailbox | undefined;
  readonly to: readonly Mailbox[];
};

/** The bytes that go out, the same for the same input. Nothing is read from disk or fetched for them. */
export async function composeMail(
  envelope: MailEnvelope,
  { subject, text, html }: MailText,
  attachments: readonly MailAttachment[],
): Promise<Buffer> {
  const composer = new MailComposer({
    from: named(envelope.from),
    to: envelope.to.map(named),
    ...(envelope.replyTo === undefined ? {} : { replyTo: named(envelope.replyTo) }),
    messageId: envelope.messageId,
    ...(envelope.inReplyTo === undefined ? {} : { inReplyTo: envelope.inReplyTo }),
    references: [...envelope.references],
    date: new Date(envelope.at),
    subject,
    text,
    html,
    attachments: attachments.map(({ name, type, bytes }) => ({
      filename: name.replaceAll(/[\p{Cc}/\\]+/gu, '_'),
      contentType: type,
      content: Buffer.from(bytes),
    })),
    headers: {
      // RFC 3834: no vacation notice and no other machine answers it.
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
    },
    baseBoundary: envelope.messageId.replaceAll(/[^A-Za-z0-9-]/g, ''),
    newline: 'windows',
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return await composer.compile().build();
}

function named({ name = '', address }: Mailbox): { name: string; address: string } {
  return { name, address };
}
