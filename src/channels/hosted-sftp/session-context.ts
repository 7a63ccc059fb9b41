import type { ChannelLog } from '../log.ts';
import type { HostedSftpLimits } from './limits.ts';
import type { Mailbox } from './mailbox.ts';

/** Who a session serves, and with what. */
export type SessionContext = {
  readonly partner: string;
  /** Folders of /inbound. */
  readonly inboxes: readonly string[];
  readonly remote: string;
  readonly mailbox: Mailbox;
  readonly limits: HostedSftpLimits;
  /** Folder for uploads that are too large for memory. */
  readonly scratch: string;
  readonly log: ChannelLog;
  readonly isStopping: () => boolean;
};
