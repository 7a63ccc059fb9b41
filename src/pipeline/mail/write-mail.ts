import type { Context } from '../../context.ts';
import { type Mailbox, readMailbox } from '../../domain/mail/mailbox.ts';
import type { CompanyFile } from '../../domain/partner/partner.ts';
import { assert } from '../../lib/assert.ts';
import { formatMistake } from '../../lib/mistake.ts';
import { composeMail } from '../../render/mail/compose-mail.ts';
import { compileMails, type MailTemplates } from '../../render/mail/mail-templates.ts';
import { TemplateFault } from '../../render/template/engine.ts';
import { findMailContent, loadAttachments, type MailContent, saveWrittenMail } from '../../store/mails.ts';
import { type TemplateFiles, templatesFor } from '../configuration/load-templates.ts';

/** A mail cannot be written until a person has put a template right. */
export class MailNotWritten extends Error {
  override readonly name = 'MailNotWritten';
}

/** The bytes of a mail, made and kept when it is sent for the first time. */
export async function writeMail(
  context: Context,
  content: MailContent,
  company: CompanyFile,
): Promise<Uint8Array> {
  if (content.raw !== undefined) return content.raw;
  const { mail } = company;
  assert(mail !== undefined, 'mails are sent without an address of ours');
  const { subject, ...text } = renderMail(context, content, {
    name: company.name,
    signature: [...mail.signature],
  });
  const title = `${content.test ? '[TEST] ' : ''}${content.threadSubject ?? subject}`;
  const { id, messageId, inReplyTo, references, at, to } = content;
  const raw = await composeMail(
    {
      messageId,
      inReplyTo,
      references,
      at,
      from: readOwn(mail.from),
      replyTo: mail['reply-to'] === undefined ? undefined : readOwn(mail['reply-to']),
      to: to.map(readOwn),
    },
    { ...text, subject: title },
    await loadAttachments(context.db, id),
  );
  if (await saveWrittenMail(context.db, id, title, raw)) return raw;
  const written = (await findMailContent(context.db, id))?.raw;
  assert(written !== undefined, `mail ${id} is written and has no bytes`);
  return written;
}

/** The schemas of the settings have looked at it. */
export function readOwn(text: string): Mailbox {
  const mailbox = readMailbox(text);
  assert(mailbox !== undefined, `"${text}" is no address`);
  return mailbox;
}

function renderMail(
  context: Context,
  { kind, model, language, partner }: MailContent,
  company: Parameters<NonNullable<MailTemplates['writers']['shipped']>>[1],
) {
  const { writers, mistakes } = templatesOf(context, partner, language);
  const write = writers[kind];
  if (write === undefined) {
    const [first] = mistakes;
    throw new MailNotWritten(
      `mails/${kind} in ${language} cannot be used: ${first === undefined ? 'it is not there' : formatMistake(first)}`,
    );
  }
  try {
    return write(model as never, company);
  } catch (error) {
    if (error instanceof TemplateFault) throw new MailNotWritten(error.message, { cause: error });
    throw error;
  }
}

/** Compiled once for each load of the configuration. */
const compiled = new WeakMap<TemplateFiles, Map<string, MailTemplates>>();

function templatesOf(context: Context, id: string, language: string): MailTemplates {
  const { templates: shared, partners } = context.configuration();
  const own = partners.get(id)?.templates ?? new Map();
  const known = compiled.get(shared) ?? new Map<string, MailTemplates>();
  compiled.set(shared, known);
  const key = own.size === 0 ? language : `${language} ${id}`;
  const templates = known.get(key) ?? compileMails(templatesFor(shared, own), language);
  known.set(key, templates);
  return templates;
}
