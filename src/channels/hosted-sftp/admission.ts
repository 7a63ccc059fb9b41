import { isIPv4 } from 'node:net';
import type { HostedSftpLimits } from './limits.ts';

type Offender = { failures: number[]; bans: number; bannedUntil: number };

/** Addresses remembered: an attacker with many must not fill the memory. */
const REMEMBERED = 10_000;

/** Who may not even try, for now: addresses that guessed passwords. */
export class Admission {
  readonly #limits: HostedSftpLimits;
  readonly #now: () => number;
  readonly #offenders = new Map<string, Offender>();

  constructor(limits: HostedSftpLimits, now: () => number) {
    this.#limits = limits;
    this.#now = now;
  }

  isBanned(address: string): boolean {
    const offender = this.#offenders.get(keyAddress(address));
    return offender !== undefined && offender.bannedUntil > this.#now();
  }

  /** Returns for how long the address is banned from now on, 0 for not at all. */
  recordFailure(address: string): number {
    const { banAfter, banWindow, ban, longestBan, banLoopback } = this.#limits;
    const key = keyAddress(address);
    if (!banLoopback && isLoopback(key)) return 0;
    const now = this.#now();
    const offender = this.#offenders.get(key) ?? { failures: [], bans: 0, bannedUntil: 0 };
    // Whoever behaved for as long as the longest ban lasts begins anew.
    if (offender.bannedUntil > 0 && offender.bannedUntil + longestBan < now) offender.bans = 0;
    offender.failures = [...offender.failures.filter((at) => at > now - banWindow), now];
    this.#remember(key, offender);
    if (offender.failures.length < banAfter) return 0;
    const length = Math.min(longestBan, ban * 2 ** Math.min(offender.bans, 30));
    offender.failures = [];
    offender.bans += 1;
    offender.bannedUntil = now + length;
    return length;
  }

  #remember(key: string, offender: Offender): void {
    this.#offenders.delete(key);
    this.#offenders.set(key, offender);
    for (const oldest of this.#offenders.keys()) {
      if (this.#offenders.size <= REMEMBERED) break;
      this.#offenders.delete(oldest);
    }
  }
}

/** One IPv4 address; of IPv6 the /64, all of which belongs to one customer. */
export function keyAddress(address: string): string {
  const mapped = address.replace(/^::ffff:/i, '');
  if (isIPv4(mapped) || address === '::1') return mapped;
  const [head = '', tail] = address.toLowerCase().replace(/%.*$/, '').split('::');
  const first = head === '' ? [] : head.split(':');
  const last = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = Array.from({ length: Math.max(0, 8 - first.length - last.length) }, () => '0');
  return [...first, ...zeros, ...last].slice(0, 4).join(':');
}

function isLoopback(key: string): boolean {
  return key === '::1' || key.startsWith('127.');
}
