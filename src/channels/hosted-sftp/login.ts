import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import ssh2, {
  type AuthContext,
  type AuthenticationType,
  type Connection,
  type ParsedKey,
  type PasswordAuthContext,
  type PublicKeyAuthContext,
} from 'ssh2';
import type { ChannelLog } from '../log.ts';
import type { Admission } from './admission.ts';
import type { HostedSftpLimits } from './limits.ts';

export type HostedAccount = {
  readonly partner: string;
  readonly keys: readonly ParsedKey[];
  readonly verifyPassword?: ((password: string) => boolean) | undefined;
  /** Folders of its /inbound; a file in one is called `folder/name`. */
  readonly inboxes?: readonly string[] | undefined;
};

/** Asked anew at every log-in and every request, so that a reload of the partners takes effect at once. */
export type HostedAccounts = (user: string) => HostedAccount | undefined;

export type LoginDesk = {
  readonly accounts: HostedAccounts;
  readonly admission: Admission;
  readonly address: string;
  readonly limits: HostedSftpLimits;
  readonly log: ChannelLog;
  /** False when there are too many connections already. */
  readonly enter: (user: string, account: HostedAccount) => boolean;
  readonly cut: (reason: string) => void;
};

/** Reads a line of an authorized_keys file or a .pub file. */
export function parsePublicKey(text: string): ParsedKey {
  const parsed: ParsedKey | ParsedKey[] | Error = ssh2.utils.parseKey(text.trim());
  const key = Array.isArray(parsed) ? parsed[0] : parsed;
  if (key === undefined || key instanceof Error)
    throw new Error(`not a public key: ${key?.message ?? 'empty'}`);
  if (key.isPrivateKey()) throw new Error('this is a private key: give the public one');
  if (!['ssh-rsa', 'ssh-ed25519'].includes(key.type) && !key.type.startsWith('ecdsa-sha2-')) {
    throw new Error(`keys of type ${key.type} are not accepted: use ed25519, ecdsa or rsa`);
  }
  return key;
}

/** Hashed first: equal lengths for the comparison that takes the same time whatever is wrong. */
export function matchPassword(secret: string): (password: string) => boolean {
  const expected = digest(secret);
  return (password) => timingSafeEqual(digest(password), expected);
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** An unknown user is checked against this one, to take as long as a known one. */
const nobody: HostedAccount = {
  partner: '',
  keys: [],
  verifyPassword: matchPassword(randomBytes(32).toString('hex')),
};

const METHODS: AuthenticationType[] = ['publickey', 'password'];

/** Requests of any kind on one connection before its log-in. */
const LONGEST_TALK = 40;

/** Judges the log-in attempts of one connection. */
export class Login {
  readonly #desk: LoginDesk;
  #requests = 0;
  #offers = 0;
  #bad = 0;
  #closed = false;

  constructor(connection: Connection, desk: LoginDesk) {
    this.#desk = desk;
    connection.on('authentication', (context) => this.#judge(context));
    connection.on('close', () => {
      this.#closed = true;
    });
  }

  #judge(context: AuthContext): void {
    this.#requests += 1;
    if (this.#requests > LONGEST_TALK) {
      this.#desk.cut('too many log-in requests');
    } else if (this.#desk.admission.isBanned(this.#desk.address)) {
      // Many connections opened before the ban must not go on guessing after it.
      this.#desk.cut('the address is banned');
    } else if (context.method === 'publickey') {
      this.#judgeKey(context);
    } else if (context.method === 'password') {
      this.#judgePassword(context);
    } else {
      context.reject(METHODS);
    }
  }

  #judgeKey(context: PublicKeyAuthContext): void {
    const account = this.#desk.accounts(context.username) ?? nobody;
    const known = account.keys.find(
      (key) => key.type === context.key.algo && key.getPublicSSH().equals(context.key.data),
    );
    if (!known) {
      this.#offers += 1;
      if (this.#offers > this.#desk.limits.keyOffers) this.#desk.cut('too many unknown keys');
      else context.reject(METHODS);
    } else if (!context.signature) {
      // The client only asks whether the key is of use: this accept is no log-in.
      context.accept();
    } else if (verifySignature(known, context)) {
      this.#enter(context, account);
    } else {
      this.#refuse(context, 'bad signature');
    }
  }

  #judgePassword(context: PasswordAuthContext): void {
    const asked = performance.now();
    const account = this.#desk.accounts(context.username) ?? nobody;
    const verify = account.verifyPassword ?? nobody.verifyPassword;
    const right =
      verify?.(context.password) === true && account !== nobody && account.verifyPassword !== undefined;
    if (right) this.#enter(context, account);
    else this.#refuse(context, 'bad password', performance.now() - asked);
  }

  #enter(context: AuthContext, account: HostedAccount): void {
    if (!this.#desk.enter(context.username, account)) {
      this.#desk.cut('too many connections');
      return;
    }
    this.#desk.log.info(
      { user: context.username, address: this.#desk.address, method: context.method },
      'log-in',
    );
    context.accept();
  }

  /** Answered at a fixed time after the question: how long the check took says nothing of the user. */
  #refuse(context: AuthContext, reason: string, taken = 0): void {
    const { limits, admission, address, log } = this.#desk;
    this.#bad += 1;
    const banned = admission.recordFailure(address);
    log.warn({ user: context.username, address, reason, banned }, 'log-in refused');
    const isLast = this.#bad >= limits.badLogins;
    setTimeout(
      () => {
        if (this.#closed) return;
        if (isLast) this.#desk.cut('too many bad log-ins');
        else context.reject(METHODS);
      },
      Math.max(0, limits.refusalDelay * this.#bad - taken),
    );
  }
}

function verifySignature(key: ParsedKey, { blob, signature, hashAlgo }: PublicKeyAuthContext): boolean {
  if (!blob || !signature) return false;
  // An RSA key without a named hash means SHA-1, which can be forged.
  if (key.type === 'ssh-rsa' && hashAlgo !== 'sha256' && hashAlgo !== 'sha512') return false;
  try {
    // ssh2 returns an Error, which is truthy, for a signature that it cannot read.
    return key.verify(blob, signature, hashAlgo) === true;
  } catch {
    return false;
  }
}
