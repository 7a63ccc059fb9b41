export type RemoteReason =
  | 'connect'
  | 'time-out'
  | 'cut'
  | 'log-in'
  | 'host-key'
  | 'settings'
  | 'permission'
  | 'no-such-file'
  | 'server'
  | 'receive';

/** Trouble with a partner's server. Transient: try again later. Permanent: a person must act first. */
export class RemoteFault extends Error {
  override readonly name: string = 'RemoteFault';
  readonly kind: 'transient' | 'permanent';
  readonly reason: RemoteReason;

  constructor(kind: 'transient' | 'permanent', reason: RemoteReason, message: string, cause?: unknown) {
    super(message, { cause });
    this.kind = kind;
    this.reason = reason;
  }
}

/** The server is not the one that was agreed on, or someone stands in between: nothing was sent to it. */
export class HostKeyChanged extends RemoteFault {
  override readonly name = 'HostKeyChanged';
  readonly pinned: string;
  readonly shown: readonly string[];

  constructor(host: string, pinned: string, shown: readonly string[]) {
    super(
      'permanent',
      'host-key',
      `${host} shows the host key ${shown.join(' and ')} instead of ${pinned}: ask the partner, by another way than this ` +
        'connection, whether it was changed, and only then change it in the partner file',
    );
    this.pinned = pinned;
    this.shown = shown;
  }
}

/** SFTP status codes that we tell apart. */
const NO_SUCH_FILE = 2;
const PERMISSION_DENIED = 3;
const PROTOCOL_STATUS = 8;

/** What failed while `doing`, told by the status code; without one the connection broke. */
export function explainFailure(doing: string, error: unknown): RemoteFault {
  if (error instanceof RemoteFault) return error;
  const { code, message } = error as { code?: unknown; message?: string };
  const text = `${doing}: ${message ?? String(error)}`;
  if (code === NO_SUCH_FILE) return new RemoteFault('permanent', 'no-such-file', text, error);
  if (code === PERMISSION_DENIED) return new RemoteFault('permanent', 'permission', text, error);
  // A bare FAILURE is also what a full disk or a lock of theirs looks like.
  if (typeof code === 'number' && code <= PROTOCOL_STATUS)
    return new RemoteFault('transient', 'server', text, error);
  return new RemoteFault('transient', 'cut', text, error);
}
