import type { Socket } from 'node:net';
import { keyAddress } from './admission.ts';
import type { HostedSftpLimits } from './limits.ts';

export type Peer = {
  readonly socket: Socket;
  readonly address: string;
  /** Absent until it has logged in. */
  user?: string;
};

/** Every open connection, in the order they came. */
export class Connections {
  readonly #limits: HostedSftpLimits;
  readonly #peers = new Set<Peer>();

  constructor(limits: HostedSftpLimits) {
    this.#limits = limits;
  }

  get all(): readonly Peer[] {
    return [...this.#peers];
  }

  /**
   * Idle connections must not keep honest ones out: when too many wait for their log-in, the one that has waited
   * longest goes, of the address that has most of them.
   */
  enter(socket: Socket): Peer {
    const waiting = this.all.filter((peer) => peer.user === undefined);
    if (waiting.length >= this.#limits.waiting) this.#drop(waiting);
    const peer = { socket, address: keyAddress(socket.remoteAddress ?? '') };
    this.#peers.add(peer);
    socket.once('close', () => this.#peers.delete(peer));
    return peer;
  }

  /** False when the server, the address or the user has as many as it may. */
  logIn(peer: Peer, user: string): boolean {
    const entered = this.all.filter((other) => other.user !== undefined);
    const { connections, connectionsPerAddress, connectionsPerUser } = this.#limits;
    if (entered.length >= connections) return false;
    if (entered.filter((other) => other.address === peer.address).length >= connectionsPerAddress)
      return false;
    if (entered.filter((other) => other.user === user).length >= connectionsPerUser) return false;
    peer.user = user;
    return true;
  }

  #drop(waiting: readonly Peer[]): void {
    const counts = new Map<string, number>();
    for (const peer of waiting) counts.set(peer.address, (counts.get(peer.address) ?? 0) + 1);
    const most = Math.max(...counts.values());
    const oldest = waiting.find((peer) => counts.get(peer.address) === most);
    if (!oldest) return;
    this.#peers.delete(oldest);
    oldest.socket.destroy();
  }
}
