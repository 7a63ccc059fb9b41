import type { Mailbox, MailboxEntry } from './mailbox.ts';

/** The folders whose files are ours to give; each function names the partner that is logged in, no other. */
export type StoredFolder = 'outbound' | 'archive';

export type Shelf = { readonly mailbox: Mailbox; readonly partner: string };

export function listStored(
  { mailbox, partner }: Shelf,
  folder: StoredFolder,
): Promise<readonly MailboxEntry[]> {
  return folder === 'outbound' ? mailbox.listOutbound(partner) : mailbox.listArchive(partner);
}

export async function findStored(
  shelf: Shelf,
  folder: StoredFolder,
  name: string,
): Promise<MailboxEntry | undefined> {
  return (await listStored(shelf, folder)).find((entry) => entry.name === name);
}

export function readStored(
  { mailbox, partner }: Shelf,
  folder: StoredFolder,
  name: string,
): Promise<Uint8Array> {
  return folder === 'outbound' ? mailbox.readOutbound(partner, name) : mailbox.readArchive(partner, name);
}
