import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { createServer, type Socket, type Server as TcpServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import ssh2, { type Connection, type Session as SshSession } from 'ssh2';
import type { ChannelLog } from '../log.ts';
import { Admission } from './admission.ts';
import { Connections, type Peer } from './connections.ts';
import type { HostKey } from './host-keys.ts';
import { Idleness } from './idleness.ts';
import { defaultLimits, type HostedSftpLimits } from './limits.ts';
import { type HostedAccount, type HostedAccounts, Login } from './login.ts';
import type { Mailbox } from './mailbox.ts';
import { Session } from './session.ts';
import { serveSession } from './wire.ts';

export type HostedSftpOptions = {
  readonly host: string;
  /** 0 for any free one. */
  readonly port: number;
  readonly hostKeys: readonly HostKey[];
  readonly accounts: HostedAccounts;
  readonly mailbox: Mailbox;
  /** Folder for uploads that are too large for memory; made when it is not there. */
  readonly scratch: string;
  readonly log: ChannelLog;
  readonly limits?: Partial<HostedSftpLimits> | undefined;
};

export type HostedSftpServer = {
  readonly port: number;
  /** What to tell a partner, the preferred one first. */
  readonly fingerprints: readonly string[];
  /** Takes nothing new, lets commits in flight answer, then closes; no longer than `grace` milliseconds. */
  readonly stop: (grace?: number) => Promise<void>;
};

export async function startHostedSftp(options: HostedSftpOptions): Promise<HostedSftpServer> {
  await mkdir(options.scratch, { recursive: true, mode: 0o700 });
  const server = new HostedServer(options);
  const port = await server.listen();
  return {
    port,
    fingerprints: options.hostKeys.map((key) => key.fingerprint),
    stop: (grace = 5000) => server.stop(grace),
  };
}

/** SFTP channels on one connection: more than a client with parallel transfers opens. */
const CHANNELS = 8;

class HostedServer {
  readonly #options: HostedSftpOptions;
  readonly #limits: HostedSftpLimits;
  readonly #tcp: TcpServer;
  readonly #ssh: ssh2.Server;
  readonly #admission: Admission;
  readonly #connections: Connections;
  /** Peers whose SSH greeting has not come yet, by remote address and port. */
  readonly #greeting = new Map<string, Peer>();
  readonly #clients = new Set<Connection>();
  readonly #answers = new Set<Promise<void>>();
  #stopping = false;

  constructor(options: HostedSftpOptions) {
    this.#options = options;
    this.#limits = { ...defaultLimits, ...options.limits };
    this.#admission = new Admission(this.#limits, Date.now);
    this.#connections = new Connections(this.#limits);
    this.#ssh = new ssh2.Server(
      {
        hostKeys: options.hostKeys.map((key) => key.privateKey),
        ident: 'causeway',
        // No compression: a few bytes could unpack to very many, even before the log-in. No SHA-1 for host keys.
        algorithms: { compress: ['none'], serverHostKey: { append: [], prepend: [], remove: ['ssh-rsa'] } },
      },
      (client, { ip, port }) => this.#serve(client, `${ip} ${port}`),
    );
    this.#ssh.on('error', (error: Error) => options.log.error({ err: error }, 'SFTP server'));
    // Our own listener: ssh2 tells of a connection only after its greeting, too late for limits and time-outs.
    this.#tcp = createServer({ noDelay: true }, (socket) => this.#admit(socket));
  }

  async listen(): Promise<number> {
    this.#tcp.listen(this.#options.port, this.#options.host);
    await once(this.#tcp, 'listening');
    this.#tcp.on('error', (error) => this.#options.log.error({ err: error }, 'SFTP listener'));
    const address = this.#tcp.address();
    return typeof address === 'object' && address ? address.port : this.#options.port;
  }

  async stop(grace: number): Promise<void> {
    this.#stopping = true;
    const closed = new Promise<void>((resolve) => this.#tcp.close(() => resolve()));
    const timeOut = new AbortController();
    const patience = pause(grace, undefined, { signal: timeOut.signal }).catch(() => undefined);
    await Promise.race([Promise.all(this.#answers), patience]);
    for (const peer of this.#connections.all) if (peer.user === undefined) peer.socket.destroy();
    for (const client of this.#clients) client.end();
    await Promise.race([closed, patience]);
    for (const peer of this.#connections.all) peer.socket.destroy();
    timeOut.abort();
    await closed;
  }

  #admit(socket: Socket): void {
    socket.on('error', () => undefined);
    if (this.#stopping || this.#admission.isBanned(socket.remoteAddress ?? '')) {
      socket.destroy();
      return;
    }
    const peer = this.#connections.enter(socket);
    const key = `${socket.remoteAddress} ${socket.remotePort}`;
    this.#greeting.set(key, peer);
    const timer = setTimeout(() => peer.user === undefined && socket.destroy(), this.#limits.loginTime);
    socket.once('close', () => {
      clearTimeout(timer);
      if (this.#greeting.get(key) === peer) this.#greeting.delete(key);
    });
    this.#ssh.injectSocket(socket);
  }

  #serve(client: Connection, key: string): void {
    const peer = this.#greeting.get(key);
    // `on`, not `once`: a second garbage packet must not end the process either.
    client.on('error', (error) =>
      this.#options.log.info({ address: peer?.address, err: error }, 'SFTP connection'),
    );
    if (!peer) {
      client.end();
      return;
    }
    this.#greeting.delete(key);
    this.#clients.add(client);
    client.on('close', () => this.#clients.delete(client));
    const cut = (reason: string) => this.#cut(client, peer, reason);
    new Login(client, {
      accounts: this.#options.accounts,
      admission: this.#admission,
      address: peer.address,
      limits: this.#limits,
      log: this.#options.log,
      enter: (user, account) => {
        if (this.#stopping || !this.#connections.logIn(peer, user)) return false;
        this.#welcome(client, peer, user, account);
        return true;
      },
      cut,
    });
  }

  /** Only SFTP: without listeners ssh2 refuses shells, commands, forwarding and agents by itself. */
  #welcome(client: Connection, peer: Peer, user: string, account: HostedAccount): void {
    let channels = 0;
    const idle = new Idleness(this.#limits.idleTime, () => this.#cut(client, peer, 'idle'));
    client.on('close', () => idle.end());
    client.on('session', (accept, reject) => {
      if (channels >= CHANNELS) {
        reject();
        return;
      }
      channels += 1;
      const session: SshSession = accept();
      session.on('error', () => undefined);
      session.on('close', () => {
        channels -= 1;
      });
      session.on('sftp', (acceptSftp) => {
        this.#serveChannel(acceptSftp(), client, peer, user, account, idle);
      });
    });
  }

  #serveChannel(
    sftp: ssh2.SFTPWrapper,
    client: Connection,
    peer: Peer,
    user: string,
    { partner, inboxes = [] }: HostedAccount,
    idle: Idleness,
  ): void {
    const { mailbox, scratch, log, accounts } = this.#options;
    const session = new Session({
      partner,
      inboxes,
      remote: peer.address,
      mailbox,
      limits: this.#limits,
      scratch,
      log,
      isStopping: () => this.#stopping,
    });
    const cut = (reason: string) => this.#cut(client, peer, reason);
    serveSession(sftp, session, {
      limits: this.#limits,
      log,
      countUnsentBytes: () => peer.socket.writableLength,
      onRequest: (answered) => {
        this.#answers.add(answered);
        answered.finally(() => this.#answers.delete(answered));
        idle.touch(answered);
        // Suspended or removed meanwhile: the session ends with its next request.
        if (accounts(user)?.partner !== partner) cut('the account is gone');
      },
      pause: () => peer.socket.pause(),
      resume: () => peer.socket.resume(),
      cut,
    });
    let ended = false;
    const end = () => {
      if (ended) return;
      ended = true;
      session.end().catch((error) => log.error({ partner, err: error }, 'SFTP session'));
    };
    sftp.on('close', end);
    client.on('close', end);
  }

  #cut(client: Connection, peer: Peer, reason: string): void {
    this.#options.log.info({ address: peer.address, user: peer.user, reason }, 'SFTP connection cut');
    client.end();
    // Whoever does not close its side is closed.
    setTimeout(() => peer.socket.destroy(), 1000).unref();
  }
}
