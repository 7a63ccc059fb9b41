import {
  type HostedAccount,
  type HostedAccounts,
  matchPassword,
  parsePublicKey,
} from '../../channels/hosted-sftp/login.ts';
import { type Mailbox, type MailboxEntry, MailboxRefusal } from '../../channels/hosted-sftp/mailbox.ts';
import type { Context } from '../../context.ts';
import type { FileRecord } from '../../domain/exchange/records.ts';
import type { CompanyFile } from '../../domain/partner/partner.ts';
import { resolveSecret, SecretMissing } from '../../settings.ts';
import { inTransaction } from '../../store/database.ts';
import { recordEvents } from '../../store/events.ts';
import {
  listArchive,
  listInbound,
  listOutbound,
  markFetched,
  readArchive,
  readOutbound,
  removeOutbound,
} from '../../store/hosted.ts';
import type { Configuration, Partner } from '../configuration/configuration.ts';
import { isActive } from '../deliver/remote.ts';
import { ERP, INBOXES } from '../erp-inbox/erp-mailbox.ts';
import { makeEvent } from '../process/records.ts';
import { receiveFile } from './receive.ts';

const DAY = 86_400_000;

/** How long a partner sees what it put into /inbound, and what was exchanged in /archive. */
const INBOUND_DAYS = 1;
const ARCHIVE_DAYS = 30;

/** The folders of the hosted server as the partner sees them, out of the store. */
export function makeMailbox(context: Context): Mailbox {
  const { db } = context;
  const since = (days: number) => new Date(Date.parse(context.clock()) - days * DAY).toISOString();
  return {
    receive: ({ partner, name, bytes }) =>
      receiveFile(context, { partner, channel: 'sftp-hosted', name, bytes }),
    listInbound: async (partner) => showNewest(await listInbound(db, partner, since(INBOUND_DAYS))),
    listOutbound: async (partner) => (await listOutbound(db, partner)).map(asEntry),
    readOutbound: async (partner, name) => (await requireOutbound(context, partner, name)).bytes,
    fetched: async (partner, name) => {
      const file = await requireOutbound(context, partner, name);
      await inTransaction(db, async (tx) => {
        const now = context.clock();
        if (!(await markFetched(tx, file.delivery, now))) return;
        const maker = { ids: context.ids, now, partner };
        await recordEvents(tx, [
          makeEvent(maker, 'delivered', `${name} fetched by the partner`, { file: file.id }),
        ]);
      });
    },
    removeOutbound: async (partner, name) => {
      const removed = await removeOutbound(db, partner, name, context.clock());
      if (removed === undefined) throw new MailboxRefusal(`there is no ${name} in /outbound`);
    },
    listArchive: async (partner) => (await listArchive(db, partner, since(ARCHIVE_DAYS))).map(asArchived),
    readArchive: async (partner, name) => {
      const id = ARCHIVED.exec(name)?.[1];
      const file = id === undefined ? undefined : await readArchive(db, partner, id);
      if (file === undefined) throw new MailboxRefusal(`there is no ${name} in /archive`);
      return file.bytes;
    },
  };
}

async function requireOutbound(context: Context, partner: string, name: string) {
  const file = await readOutbound(context.db, partner, name);
  if (file === undefined) throw new MailboxRefusal(`there is no ${name} in /outbound`);
  return file;
}

function asEntry(file: FileRecord): MailboxEntry {
  return { name: file.name, size: file.size, at: file.at };
}

/** A partner may use a name again and again: the newest stands for it. */
function showNewest(files: readonly FileRecord[]): MailboxEntry[] {
  return [...new Map(files.map((file) => [file.name, asEntry(file)])).values()];
}

/** In the archive nothing hides anything: the id ahead of the name keeps two files of one name apart. */
const ARCHIVED = /^(?:in|out)_([0-9a-f-]{36})_/;

function asArchived(file: FileRecord): MailboxEntry {
  const name = file.name.replaceAll('/', '-');
  return { name: `${file.direction}_${file.id}_${name}`, size: file.size, at: file.at };
}

/** Who may log in, from the partner files; asked at every log-in, so that a change takes effect at once. */
export function makeAccounts(context: Context): HostedAccounts {
  const made = new WeakMap<Configuration, Map<string, HostedAccount>>();
  return (user) => {
    const configuration = context.configuration();
    let accounts = made.get(configuration);
    if (accounts === undefined) {
      accounts = readAccounts(context, configuration);
      made.set(configuration, accounts);
    }
    return accounts.get(user);
  };
}

function readAccounts(context: Context, configuration: Configuration): Map<string, HostedAccount> {
  const accounts = new Map<string, HostedAccount>();
  const login = configuration.company?.erp?.login;
  if (login !== undefined) {
    const folder = context.settings.partnersFolder;
    accounts.set(login.user, { ...openAccount(context, { id: ERP, folder }, login), inboxes: INBOXES });
  }
  for (const partner of configuration.partners.values()) {
    if (!isActive(partner)) continue;
    for (const { 'sftp-hosted': hosted } of partner.file.channels) {
      if (hosted === undefined) continue;
      accounts.set(hosted.user, openAccount(context, partner, hosted));
    }
  }
  return accounts;
}

/** Who logs in: a partner, or the ERP. */
type Owner = Pick<Partner, 'id' | 'folder'>;

type Hosted = NonNullable<NonNullable<CompanyFile['erp']>['login']>;

function openAccount(context: Context, owner: Owner, { keys, password }: Hosted): HostedAccount {
  const [verifyPassword] =
    password === undefined
      ? []
      : attempt(context, owner, () => matchPassword(resolveSecret(password, owner.folder)));
  return {
    partner: owner.id,
    keys: keys.flatMap((key) => attempt(context, owner, () => parsePublicKey(readKey(owner, key)))),
    verifyPassword,
  };
}

function readKey(partner: Owner, key: string): string {
  return /^(env|file):/.test(key) ? resolveSecret(key, partner.folder) : key;
}

/** A key that cannot be read locks that key out and nobody else. */
function attempt<T>(context: Context, partner: Owner, read: () => T): T[] {
  try {
    return [read()];
  } catch (error) {
    const reason = error instanceof SecretMissing ? error.message : String(error);
    context.log.warn({ partner: partner.id, reason }, 'a way to log in is closed until this is mended');
    return [];
  }
}
