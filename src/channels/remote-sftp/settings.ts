/** Secrets are resolved: this is what a connection needs, not what stands in the partner file. */
export type RemoteSettings = {
  readonly host: string;
  readonly port: number;
  /** `SHA256:…` as `ssh-keygen -lf` prints it. */
  readonly hostKey: string;
  readonly user: string;
  /** Private key, as text. */
  readonly key?: string | undefined;
  readonly password?: string | undefined;
  /** Folder of theirs that we fetch from. */
  readonly fetch?: string | undefined;
  /** What becomes of a file once it is stored here; a folder is absolute or beside what is fetched. */
  readonly afterFetch?: 'delete' | { readonly move: string } | undefined;
  /** Folder of theirs that we deliver to. */
  readonly put?: string | undefined;
  /** Greatest file that is fetched. */
  readonly fileBytes?: number | undefined;
  /** Milliseconds for the connection with its log-in, and for the answer to any single request. */
  readonly connectTime?: number | undefined;
  readonly answerTime?: number | undefined;
};

export const remoteDefaults = {
  fileBytes: 100 * 1024 * 1024,
  connectTime: 20_000,
  answerTime: 30_000,
} as const;
