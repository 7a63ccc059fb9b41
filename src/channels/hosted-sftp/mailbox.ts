import type { Instant } from '../../lib/dates.ts';

export type MailboxEntry = { readonly name: string; readonly size: number; readonly at: Instant };

export type ReceivedUpload = {
  readonly partner: string;
  /** The name that the partner gave it: a label, never a place on our disk. */
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Address that it came from. */
  readonly remote: string;
};

/** What the server needs of the rest of the gateway. Every function is bound to one partner by its argument. */
export type Mailbox = {
  /** Resolves only after the commit: the partner hears OK right after. */
  readonly receive: (upload: ReceivedUpload) => Promise<{ readonly id: string }>;
  readonly listInbound: (partner: string) => Promise<readonly MailboxEntry[]>;
  readonly listOutbound: (partner: string) => Promise<readonly MailboxEntry[]>;
  readonly readOutbound: (partner: string, name: string) => Promise<Uint8Array>;
  /** Called once the partner has read the file to its end and closed it. */
  readonly fetched: (partner: string, name: string) => Promise<void>;
  readonly removeOutbound: (partner: string, name: string) => Promise<void>;
  readonly listArchive: (partner: string) => Promise<readonly MailboxEntry[]>;
  readonly readArchive: (partner: string, name: string) => Promise<Uint8Array>;
};

/** Thrown by a mailbox function when its message is meant for the partner; any other error stays in our log. */
export class MailboxRefusal extends Error {
  override readonly name = 'MailboxRefusal';
}
