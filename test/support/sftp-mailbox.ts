import type { Mailbox, MailboxEntry, ReceivedUpload } from '../../src/channels/hosted-sftp/mailbox.ts';

type Stored = { readonly name: string; readonly bytes: Uint8Array; readonly at: string };

/** A mailbox in memory that tells a test all that happened to it. */
export type MemoryMailbox = Mailbox & {
  readonly received: ReceivedUpload[];
  readonly fetchedNames: string[];
  readonly put: (folder: 'outbound' | 'archive', partner: string, name: string, bytes: Uint8Array) => void;
  /** What `receive` does before it resolves; a test may hold it or let it fail. */
  beforeCommit: (upload: ReceivedUpload) => Promise<void>;
};

export function createMemoryMailbox(): MemoryMailbox {
  const files = new Map<string, Stored[]>();
  const at = (folder: string, partner: string) => files.get(`${folder} ${partner}`) ?? [];
  const list = async (folder: string, partner: string): Promise<readonly MailboxEntry[]> =>
    at(folder, partner).map((file) => ({ name: file.name, size: file.bytes.length, at: file.at }));
  const read = async (folder: string, partner: string, name: string): Promise<Uint8Array> => {
    const file = at(folder, partner).find((stored) => stored.name === name);
    if (!file) throw new Error(`no ${name}`);
    return file.bytes;
  };
  const add = (folder: string, partner: string, name: string, bytes: Uint8Array) => {
    const stored = { name, bytes, at: '2026-01-31T09:30:00Z' };
    files.set(`${folder} ${partner}`, [...at(folder, partner), stored]);
  };
  const mailbox: MemoryMailbox = {
    received: [],
    fetchedNames: [],
    put: add,
    beforeCommit: async () => undefined,
    receive: async (upload) => {
      await mailbox.beforeCommit(upload);
      mailbox.received.push(upload);
      add('inbound', upload.partner, upload.name, upload.bytes);
      return { id: String(mailbox.received.length) };
    },
    listInbound: (partner) => list('inbound', partner),
    listOutbound: (partner) => list('outbound', partner),
    readOutbound: (partner, name) => read('outbound', partner, name),
    fetched: async (partner, name) => {
      mailbox.fetchedNames.push(`${partner}/${name}`);
    },
    removeOutbound: async (partner, name) => {
      files.set(
        `outbound ${partner}`,
        at('outbound', partner).filter((file) => file.name !== name),
      );
    },
    listArchive: (partner) => list('archive', partner),
    readArchive: (partner, name) => read('archive', partner, name),
  };
  return mailbox;
}
