/** ssh2 has no time-outs, counts or quotas of its own: all of them stand here. Times in milliseconds. */
export type HostedSftpLimits = {
  /** From the TCP connection to a successful log-in. */
  readonly loginTime: number;
  /** Without a request of the client. Transport keep-alives do not count. */
  readonly idleTime: number;
  /** Wrong passwords and signatures on one connection before it is cut. */
  readonly badLogins: number;
  /** Unknown keys that a client may offer on one connection: agents offer all they hold. */
  readonly keyOffers: number;
  /** A refusal is answered this long after the question (times the number of refusals), whatever it took. */
  readonly refusalDelay: number;
  /** Bad log-ins from one address within `banWindow` that lead to a ban. */
  readonly banAfter: number;
  readonly banWindow: number;
  /** The first ban; each further one lasts twice as long, up to `longestBan`. */
  readonly ban: number;
  readonly longestBan: number;
  /** Off where a proxy on this machine makes every partner appear as loopback. */
  readonly banLoopback: boolean;
  /** Connections not logged in yet. When there are more, the oldest of the busiest address is dropped. */
  readonly waiting: number;
  readonly connections: number;
  readonly connectionsPerAddress: number;
  readonly connectionsPerUser: number;
  /** Open handles and held uploads of one session. */
  readonly handles: number;
  /** Requests of one session that are not answered yet; past it we read no more until some are. */
  readonly requests: number;
  /** Bytes of writes not kept yet, or of answers not taken yet: nobody's slowness may fill the memory. */
  readonly pendingBytes: number;
  /** Greatest size of one file. */
  readonly fileBytes: number;
  /** Bytes that one session may have open in uploads and downloads. */
  readonly sessionBytes: number;
  /** An upload larger than this is kept in a scratch file. */
  readonly memoryBytes: number;
  /** How far ahead of the last gapless byte a pipelined write may begin. */
  readonly aheadBytes: number;
};

const MIB = 1024 * 1024;

export const defaultLimits: HostedSftpLimits = {
  loginTime: 15_000,
  idleTime: 300_000,
  badLogins: 3,
  keyOffers: 10,
  refusalDelay: 300,
  banAfter: 3,
  banWindow: 600_000,
  ban: 30_000,
  longestBan: 3_600_000,
  banLoopback: true,
  waiting: 100,
  connections: 500,
  connectionsPerAddress: 64,
  connectionsPerUser: 16,
  handles: 64,
  requests: 1024,
  pendingBytes: 32 * MIB,
  fileBytes: 100 * MIB,
  sessionBytes: 400 * MIB,
  memoryBytes: MIB,
  aheadBytes: 8 * MIB,
};
