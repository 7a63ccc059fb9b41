/** What a mail that we got says of itself, so that ours can answer it. */
export type MailOrigin = {
  /** With its angle brackets. */
  readonly messageId: string;
  readonly references: readonly string[];
  readonly subject: string;
  /** Sent by a machine (RFC 3834): it is not answered. */
  readonly automatic: boolean;
};

/** Where a mail belongs: empty where it starts a thread. */
export type Thread = {
  readonly inReplyTo?: string | undefined;
  readonly references: readonly string[];
  /** Instead of the template's own, in a thread that the customer began. */
  readonly subject?: string | undefined;
};

export const NEW_THREAD: Thread = { references: [] };

/** A header of all mails of a long thread would grow without end. */
const MOST_REFERENCES = 20;

const MESSAGE_ID = /^<[^<>\s]{1,250}>$/;

/** The thread in which the customer wrote. */
export function answerMail(origin: MailOrigin): Thread {
  if (origin.automatic || !MESSAGE_ID.test(origin.messageId)) return NEW_THREAD;
  return {
    inReplyTo: origin.messageId,
    references: shorten([...origin.references.filter((id) => MESSAGE_ID.test(id)), origin.messageId]),
    subject: answerSubject(origin.subject),
  };
}

/** The thread that our first mail began. */
export function followMail(messageId: string): Thread {
  return { inReplyTo: messageId, references: [messageId] };
}

/** `Re: Bestellung 4711`, however often it was answered before. */
function answerSubject(subject: string): string | undefined {
  const plain = subject.replace(/^(\s*(re|aw|antw|sv|fw|fwd|wg)\s*(\[\d+\])?:)+/i, '').trim();
  return plain === '' ? undefined : `Re: ${plain}`;
}

/** The first, which began it, and the last ones. */
function shorten(references: readonly string[]): readonly string[] {
  if (references.length <= MOST_REFERENCES) return references;
  return [references[0]!, ...references.slice(1 - MOST_REFERENCES)];
}
