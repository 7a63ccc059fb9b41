import type { Attributes, FileEntry, SFTPWrapper } from 'ssh2';
import { unreachable } from '../../lib/assert.ts';
import type { ChannelLog } from '../log.ts';
import type { HostedSftpLimits } from './limits.ts';
import { Refusal, STATUS } from './refusal.ts';

export type Wire = {
  readonly limits: HostedSftpLimits;
  readonly log: ChannelLog;
  /** Bytes written to the socket that the client has not taken. */
  readonly countUnsentBytes: () => number;
  /** Called with every request: the client is alive, and a stop waits for the answer. */
  readonly onRequest: (answered: Promise<void>) => void;
  /** Stops and goes on reading from the client: psftp sends without waiting for answers. */
  readonly pause: () => void;
  readonly resume: () => void;
  readonly cut: (reason: string) => void;
};

export type Answer =
  | { readonly kind: 'ok' }
  | { readonly kind: 'end' }
  | { readonly kind: 'unsupported' }
  | { readonly kind: 'handle'; readonly id: number }
  | { readonly kind: 'data'; readonly bytes: Uint8Array }
  | { readonly kind: 'names'; readonly names: FileEntry[] }
  | { readonly kind: 'attributes'; readonly attributes: Attributes };

export const ok: Answer = { kind: 'ok' };

/** Owns the answers of one channel that are still to come. */
export class Responder {
  readonly #sftp: SFTPWrapper;
  readonly #wire: Wire;
  #requests = 0;
  #bytes = 0;
  #finishing = false;
  #paused = false;

  constructor(sftp: SFTPWrapper, wire: Wire) {
    this.#sftp = sftp;
    this.#wire = wire;
  }

  answer(id: number, work: () => Answer | Promise<Answer>, bytes = 0): void {
    const { limits, log, onRequest, countUnsentBytes, cut } = this.#wire;
    this.#requests += 1;
    this.#bytes += bytes;
    // An answer to a connection that just went away may throw: a rejection that nobody hears ends the process.
    onRequest(
      this.#respond(id, work, bytes).catch((error) => log.info({ err: error }, 'an answer was lost')),
    );
    this.#regulate();
    // An answer that the client does not take stays in memory: asking without receiving is an attack.
    if (countUnsentAnswers(this.#sftp) > limits.requests || countUnsentBytes() > limits.pendingBytes) {
      cut('answers are not taken');
    }
  }

  /** Closes the channel once all is answered. */
  finish(): void {
    this.#finishing = true;
    if (this.#requests === 0) this.#sftp.end();
  }

  async #respond(id: number, work: () => Answer | Promise<Answer>, bytes: number): Promise<void> {
    try {
      send(this.#sftp, id, await work());
    } catch (error) {
      refuseRequest(this.#sftp, id, error, this.#wire.log);
    } finally {
      this.#settle(bytes);
    }
  }

  #settle(bytes: number): void {
    this.#requests -= 1;
    this.#bytes -= bytes;
    this.#regulate();
    if (this.#finishing) this.finish();
  }

  #regulate(): void {
    const { limits, pause, resume } = this.#wire;
    const busy = this.#requests > limits.requests || this.#bytes > limits.pendingBytes;
    if (busy === this.#paused) return;
    this.#paused = busy;
    if (busy) pause();
    else resume();
  }
}

function refuseRequest(sftp: SFTPWrapper, id: number, error: unknown, log: ChannelLog): void {
  if (error instanceof Refusal) {
    sftp.status(id, error.code, error.message);
    return;
  }
  log.error({ err: error }, 'an SFTP request failed');
  // Its text may tell of our inside.
  sftp.status(id, STATUS.FAILURE, 'The request failed: try again later');
}

function send(sftp: SFTPWrapper, id: number, answer: Answer): void {
  switch (answer.kind) {
    case 'ok':
      sftp.status(id, STATUS.OK);
      break;
    case 'end':
      sftp.status(id, STATUS.EOF);
      break;
    case 'unsupported':
      sftp.status(id, STATUS.OP_UNSUPPORTED);
      break;
    case 'handle': {
      const handle = Buffer.alloc(4);
      handle.writeUInt32BE(answer.id);
      sftp.handle(id, handle);
      break;
    }
    case 'data':
      sftp.data(id, Buffer.from(answer.bytes.buffer, answer.bytes.byteOffset, answer.bytes.length));
      break;
    case 'names':
      sftp.name(id, answer.names);
      break;
    case 'attributes':
      sftp.attrs(id, answer.attributes);
      break;
    default:
      unreachable(answer);
  }
}

/** ssh2 keeps answers that do not fit the channel's window in a list without an end and without a name. */
function countUnsentAnswers(sftp: SFTPWrapper): number {
  const unsent: unknown = Reflect.get(sftp, '_buffer');
  return Array.isArray(unsent) ? unsent.length : 0;
}
