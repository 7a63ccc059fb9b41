import { userInfo } from 'node:os';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { MailState } from '../../domain/mail/mail-record.ts';
import { nameMail } from '../../pipeline/mail/name-mail.ts';
import { retryMail } from '../../pipeline/mail/settle-mail.ts';
import { findServerTrouble, type ServerTrouble, type StoredMail } from '../../store/mail-sending.ts';
import { listMails } from '../../store/mail-settling.ts';
import { findMailContent } from '../../store/mails.ts';
import { EXIT, print, say } from '../exit.ts';
import { withGateway } from '../with-gateway.ts';

const STATES = ['pending', 'sending', 'sent', 'failed', 'doubtful'] as const;

/** What somebody still waits for. */
const UNSENT: readonly MailState[] = STATES.filter((state) => state !== 'sent');

export function defineMails(program: Command): void {
  const mails = program
    .command('mails')
    .description('mails to people that wait, were refused, or are in doubt')
    .option('--po <number>', 'only on this order')
    .option('--partner <id>', 'only to this partner')
    .addOption(new Option('--state <state>', 'only in this state').choices(STATES))
    .option('--all', 'sent ones as well')
    .option('--json', 'one mail and address a line as JSON')
    .action(list);
  mails
    .command('show')
    .description('the mail, byte for byte as it is sent')
    .argument('<id>', 'id of the mail', readId)
    .action(show);
  mails
    .command('retry')
    .description('send a mail at once that waits or was given up, under the same Message-ID')
    .argument('<id>', 'id of the mail', readId)
    .option('--json', 'as JSON')
    .action((id: string, _options, command: Command) =>
      retry(id, command.optsWithGlobals()['json'] === true),
    );
}

type ListOptions = { po?: string; partner?: string; state?: MailState; all?: boolean; json?: boolean };

async function list({ po, partner, state, all, json }: ListOptions): Promise<void> {
  const states = state === undefined ? (all === true ? undefined : UNSENT) : [state];
  const { found, trouble } = await withGateway(async ({ db }) => ({
    found: await listMails(db, { states, partner, poNumber: po }),
    trouble: await findServerTrouble(db),
  }));
  for (const mail of found) print(json === true ? JSON.stringify(mail) : describe(mail));
  if (found.length === 0) say('no such mail');
  if (trouble !== undefined) say(describeTrouble(trouble));
}

async function show(id: string): Promise<void> {
  const mail = await withGateway(({ db }) => findMailContent(db, id));
  if (mail?.raw !== undefined) {
    process.stdout.write(mail.raw);
    return;
  }
  say(
    mail === undefined
      ? `there is no mail ${id}`
      : `mail ${id} is not written yet: it is when it is first tried`,
  );
  process.exitCode = EXIT.refused;
}

async function retry(id: string, json: boolean): Promise<void> {
  const retried = await withGateway((context) => retryMail(context, id, userInfo().username));
  if (json)
    print(
      JSON.stringify(retried.map(({ mail: { address }, again, text }) => ({ id, address, again, text }))),
    );
  else for (const { again, text } of retried) (again ? print : say)(text);
  if (retried.length === 0) say(`there is no mail ${id}`);
  process.exitCode = retried.some(({ again }) => again) ? EXIT.done : EXIT.refused;
}

function describe(mail: StoredMail): string {
  const { id, at, partner, state, attempts, nextAttemptAt, answer, settledAt, startedAt } = mail;
  const said = {
    pending: attempts === 0 ? 'to be sent' : `tried ${attempts} times, next ${nextAttemptAt}: ${answer}`,
    sending: `being sent since ${startedAt}`,
    sent: `sent ${settledAt}`,
    failed: `not sent: ${answer}`,
    doubtful: `may have arrived: ${answer}`,
  }[state];
  return `${at.slice(0, 16)} ${partner} ${nameMail(mail)} [${id}] ${said}`;
}

function describeTrouble({ failures, since, nextAttemptAt, error }: ServerTrouble): string {
  return `no mail goes out since ${since}, ${failures} tries, next ${nextAttemptAt}: ${error}`;
}

function readId(text: string): string {
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) return text;
  throw new InvalidArgumentError('It is no id of a mail: `causeway mails` lists them in brackets.');
}
