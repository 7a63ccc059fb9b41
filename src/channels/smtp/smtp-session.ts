import { Readable } from 'node:stream';
import SMTPConnection from 'nodemailer/lib/smtp-connection';

export type SmtpServer = {
  readonly host: string;
  readonly port: number;
  /** `starttls` and `tls` send nothing, and no password, before the server has shown a certificate that is good. */
  readonly security: 'starttls' | 'tls' | 'none';
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  /** Certificates to trust beside those that the machine trusts. */
  readonly ca?: string | undefined;
  /** To connect and be greeted. */
  readonly connectMs?: number;
  /** For each answer; RFC 5321 4.5.3.2.6 gives ten minutes for the last one. */
  readonly answerMs?: number;
};

export type SmtpMail = { readonly from: string; readonly to: string; readonly raw: Uint8Array };

/** `refused` is about this mail, `unusable` about the server: no mail would fare better. */
export type SmtpAnswer =
  | { readonly kind: 'sent'; readonly answer: string }
  | { readonly kind: 'refused' | 'unusable'; readonly permanent: boolean; readonly error: string }
  /** All of it was given to the server, which did not say whether it took it. */
  | { readonly kind: 'doubtful'; readonly error: string };

type SmtpError = Error & {
  readonly code?: string;
  readonly command?: string;
  readonly response?: string;
  readonly responseCode?: number;
};

const CONNECT_MS = 30_000;
const ANSWER_MS = 600_000;

/** Servers end a connection that brings too many. */
const MOST_MAILS = 50;

/** One connection, used for one mail after the other, opened again when it was lost. */
export class SmtpSession {
  readonly #server: SmtpServer;
  #connection: SMTPConnection | undefined;
  #sent = 0;

  constructor(server: SmtpServer) {
    this.#server = server;
  }

  /**
   * One mail to one address. `beforeContent` runs when the server is ready for the content: when it throws, nothing was
   * sent, and its error is thrown here.
   */
  async send(mail: SmtpMail, beforeContent: () => Promise<void>): Promise<SmtpAnswer> {
    const used = this.#sent > 0;
    const answer = await this.#attempt(mail, beforeContent);
    // Servers end idle connections as they like: that says nothing of a new one.
    if (used && answer.kind === 'unusable' && !answer.permanent)
      return await this.#attempt(mail, beforeContent);
    return answer;
  }

  async #attempt({ from, to, raw }: SmtpMail, beforeContent: () => Promise<void>): Promise<SmtpAnswer> {
    let connection: SMTPConnection;
    try {
      connection = await this.#open();
    } catch (error) {
      this.close();
      return judgeConnect(error as SmtpError);
    }
    const progress: Progress = { given: false, stopped: undefined };
    try {
      const answer = await transmit(
        connection,
        { from, to, size: raw.length },
        give(raw, beforeContent, progress),
      );
      this.#sent += 1;
      if (this.#sent >= MOST_MAILS) this.close();
      return { kind: 'sent', answer };
    } catch (error) {
      // Whatever state it is in: half of a mail that is cut off is none.
      this.close();
      if (progress.stopped !== undefined) throw progress.stopped.error;
      return judgeSend(error as SmtpError, progress.given);
    }
  }

  close(): void {
    const connection = this.#connection;
    this.#connection = undefined;
    this.#sent = 0;
    if (connection === undefined) return;
    connection.removeAllListeners();
    connection.on('error', () => undefined);
    connection.close();
  }

  async #open(): Promise<SMTPConnection> {
    const known = this.#connection;
    if (known !== undefined && !known.destroyed) return known;
    this.close();
    const {
      host,
      port,
      security,
      user,
      password,
      ca,
      connectMs = CONNECT_MS,
      answerMs = ANSWER_MS,
    } = this.#server;
    const connection = new SMTPConnection({
      host,
      port,
      secure: security === 'tls',
      requireTLS: security === 'starttls',
      ignoreTLS: security === 'none',
      connectionTimeout: connectMs,
      greetingTimeout: connectMs,
      socketTimeout: answerMs,
      tls: { minVersion: 'TLSv1.2', rejectUnauthorized: true, ...(ca === undefined ? {} : { ca }) },
    });
    this.#connection = connection;
    await settle((done) => {
      connection.once('error', done);
      connection.connect(done);
    });
    if (user !== undefined && password !== undefined) {
      await settle((done) => {
        connection.once('error', done);
        connection.login({ credentials: { user, pass: password } }, done);
      });
    }
    connection.removeAllListeners('error');
    // A server that ends an idle connection is no trouble: the next mail opens another.
    connection.on('error', () => undefined);
    return connection;
  }
}

const PIECE = 64 * 1024;

type Progress = { given: boolean; stopped: { readonly error: unknown } | undefined };

/** The content, asked for by the connection once the server said 354. */
function give(raw: Uint8Array, beforeContent: () => Promise<void>, progress: Progress): Readable {
  async function* content() {
    try {
      await beforeContent();
    } catch (error) {
      progress.stopped = { error };
      throw error;
    }
    let start = 0;
    for (; start + PIECE < raw.length; start += PIECE) yield raw.subarray(start, start + PIECE);
    // With the last piece the final dot may be on its way; what is cut off before it is no mail.
    progress.given = true;
    yield raw.subarray(start);
  }
  return Readable.from(content(), { objectMode: false });
}

async function transmit(
  connection: SMTPConnection,
  { from, to, size }: { readonly from: string; readonly to: string; readonly size: number },
  content: Readable,
): Promise<string> {
  return await new Promise((resolve, reject) => {
    connection.send({ from, to: [to], size }, content, (error, info) => {
      if (error) reject(error);
      else resolve(info?.response ?? '');
    });
  });
}

async function settle(work: (done: (error?: Error | null) => void) => void): Promise<void> {
  await new Promise<void>((resolve, reject) => work((error) => (error ? reject(error) : resolve())));
}

/** What no waiting mends: a refused log-in, a certificate that is not good, no encryption. */
const NEEDS_PERSON: ReadonlySet<string> = new Set(['EAUTH', 'ENOAUTH', 'ETLS', 'EREQUIRETLS', 'ECONFIG']);

function judgeConnect(error: SmtpError): SmtpAnswer {
  const { code = '', responseCode = 0 } = error;
  const permanent = NEEDS_PERSON.has(code)
    ? responseCode < 400 || responseCode >= 500
    : isBadCertificate(error);
  return { kind: 'unusable', permanent, error: describe(error) };
}

function isBadCertificate({ code, message }: SmtpError): boolean {
  return code === 'ESOCKET' && /certificate|self.signed|altnames|SSL|TLS/i.test(message);
}

/** Too large (RFC 1870): the one way in which a server refuses the sender because of the mail. */
const TOO_LARGE = 552;

function judgeSend(error: SmtpError, given: boolean): SmtpAnswer {
  const { code, command, responseCode } = error;
  const text = describe(error);
  if (responseCode === undefined) {
    if (given) return { kind: 'doubtful', error: text };
    // Larger than the server said it takes.
    if (code === 'EMESSAGE') return { kind: 'refused', permanent: true, error: text };
    return { kind: 'unusable', permanent: false, error: text };
  }
  const permanent = responseCode >= 500;
  // 421: it is closing, whatever was said.
  const aboutServer =
    responseCode === 421 || (command === 'MAIL FROM' && permanent && responseCode !== TOO_LARGE);
  return { kind: aboutServer ? 'unusable' : 'refused', permanent, error: text };
}

/** The server's own words where it has said any. */
function describe({ message, response }: SmtpError): string {
  const text = typeof response === 'string' && response !== '' ? `the server answered ${response}` : message;
  return text.replaceAll(/\s+/g, ' ').trim().slice(0, 500);
}
