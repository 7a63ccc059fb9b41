import type { Id } from '../../domain/exchange/records.ts';
import type { MailDraft, MailRecord } from '../../domain/mail/mail-record.ts';
import { domainOf, readMailbox } from '../../domain/mail/mailbox.ts';
import { answerMail, followMail, NEW_THREAD, type Thread } from '../../domain/mail/thread.ts';
import type { CompanyFile } from '../../domain/partner/partner.ts';
import { type Job, mailJob } from '../../jobs/lanes.ts';
import { assert } from '../../lib/assert.ts';
import type { Database } from '../../store/database.ts';
import { insertMails, loadThreads, type OrderThread } from '../../store/mails.ts';
import type { Partner } from '../configuration/configuration.ts';

export type Telling = {
  readonly company: CompanyFile | undefined;
  readonly partner: Pick<Partner, 'id' | 'file'>;
  readonly ids: () => Id;
  readonly now: string;
};

/** Whether this partner gets mails at all: where it does not, nothing needs to be drafted. */
export function getsMails({ company, partner }: Pick<Telling, 'company' | 'partner'>): boolean {
  return company?.mail !== undefined && partner.file.mails !== undefined;
}

/**
 * Keeps mails to be sent, in the transaction of what they tell: with it, or not at all, and none twice. Returns the lane
 * to wake. Mails that the partner does not want are left out; so are those on tests, unless a test address is named.
 */
export async function planMails(
  tx: Database,
  telling: Telling,
  drafts: readonly MailDraft[],
): Promise<readonly Job[]> {
  const { mail } = telling.company ?? {};
  const { mails } = telling.partner.file;
  if (mail === undefined || mails === undefined) return [];
  const wanted = drafts.filter(
    ({ kind, test }) => mails.send.includes(kind) && (!test || mail.test !== undefined),
  );
  if (wanted.length === 0) return [];
  const join = joinThreads(
    await loadThreads(tx, [...new Set(wanted.flatMap(({ orders }) => orders.slice(0, 1)))]),
  );
  const from = readMailbox(mail.from);
  assert(from !== undefined, `company.yaml took "${mail.from}" for an address`);
  const records = wanted.map((draft): MailRecord => {
    const { kind, key, test, model, attachments = [] } = draft;
    const id = telling.ids();
    const messageId = `<${id}@${domainOf(from)}>`;
    const [order] = draft.orders;
    return {
      id,
      key,
      kind,
      partner: telling.partner.id,
      test,
      order,
      at: telling.now,
      language: mails.language,
      model,
      messageId,
      thread: join(order, messageId),
      to: test ? [mail.test!] : mails.to,
      attachments,
    };
  });
  const made = await insertMails(tx, records);
  return made.size === 0 ? [] : [mailJob()];
}

/** All mails on one order are one thread: the customer's, where the order came by mail, else that of our first. */
function joinThreads(known: ReadonlyMap<Id, OrderThread>) {
  /** First mails among those that are planned together. */
  const begun = new Map<Id, string>();
  return (order: Id | undefined, messageId: string): Thread => {
    if (order === undefined) return NEW_THREAD;
    const { origin, first = begun.get(order) } = known.get(order) ?? {};
    const answer = origin === undefined ? NEW_THREAD : answerMail(origin);
    if (answer !== NEW_THREAD) return answer;
    if (first !== undefined) return followMail(first);
    begun.set(order, messageId);
    return NEW_THREAD;
  };
}
