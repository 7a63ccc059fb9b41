import type { AddressInfo } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import type { Context } from '../../src/context.ts';
import { companyFile } from '../../src/domain/partner/partner.ts';
import { mailLane } from '../../src/pipeline/mail/mail-lane.ts';
import type { Lasting } from './database.ts';

/** One mail to one address, as the server took it. */
export type Arrived = {
  readonly from: string;
  readonly to: string;
  readonly raw: Buffer;
  readonly mail: Email;
};

/** At which step the server says what; `drop` closes the connection without a word. */
export type Reaction =
  | { readonly at: 'mail' | 'rcpt' | 'data'; readonly say: number; readonly text?: string }
  | { readonly at: 'data'; readonly drop: 'kept' | 'lost' }
  | 'take';

export type MailServer = {
  readonly port: number;
  readonly arrived: Arrived[];
  /** Connections since the start. */
  readonly connections: () => number;
  /** Set by the test; takes everything where it is not. */
  react: (to: string) => Reaction;
  /** Called when all of a mail came, before the server answers. */
  onContent: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** A real mail server on a port of its own. */
export async function startMailServer(
  t: Lasting,
  options: SMTPServerOptions & { readonly listen?: number } = {},
): Promise<MailServer> {
  const { listen = 0, ...rest } = options;
  const arrived: Arrived[] = [];
  let connections = 0;
  const refuse = (reaction: Reaction, at: 'mail' | 'rcpt' | 'data'): Error | undefined => {
    if (reaction === 'take' || reaction.at !== at || !('say' in reaction)) return undefined;
    return Object.assign(new Error(reaction.text ?? 'as the test wants it'), { responseCode: reaction.say });
  };
  const smtp = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    authOptional: true,
    disableReverseLookup: true,
    logger: false,
    onConnect: (_session, done) => {
      connections += 1;
      done();
    },
    onMailFrom: (_address, _session, done) => done(refuse(server.react(''), 'mail')),
    onRcptTo: ({ address }, _session, done) => done(refuse(server.react(address), 'rcpt')),
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', async () => {
        const { mailFrom, rcptTo } = session.envelope;
        const to = rcptTo[0]!.address;
        const reaction = server.react(to);
        const error = refuse(reaction, 'data');
        const drop = reaction !== 'take' && 'drop' in reaction ? reaction.drop : undefined;
        const raw = Buffer.concat(chunks);
        if (error === undefined && drop !== 'lost')
          arrived.push({
            from: mailFrom ? mailFrom.address : '',
            to,
            raw,
            mail: await PostalMime.parse(raw),
          });
        await server.onContent();
        if (drop !== undefined) cutAll(smtp);
        else done(error);
      });
    },
    ...rest,
  });
  smtp.on('error', () => undefined);
  await new Promise<void>((resolve) => {
    smtp.listen(listen, '127.0.0.1', resolve);
  });
  const stop = () =>
    new Promise<void>((resolve) => {
      smtp.close(() => resolve());
      cutAll(smtp);
    });
  t.teardown(stop);
  const server: MailServer = {
    port: (smtp.server.address() as AddressInfo).port,
    arrived,
    connections: () => connections,
    react: () => 'take',
    onContent: async () => undefined,
    stop,
  };
  return server;
}

function cutAll(smtp: SMTPServer): void {
  const { connections } = smtp as unknown as { connections: Set<{ _socket: { destroy(): void } }> };
  for (const connection of connections) connection._socket.destroy();
}

/** The context of a company whose company.yaml sends mails through this server. */
export function withMail(context: Context, port: number, settings: object = {}): Context {
  const configuration = context.configuration();
  const mail = companyFile.shape.mail.parse({
    from: 'Causeway Orders <orders@causeway.example>',
    smtp: { host: '127.0.0.1', port, security: 'none' },
    ...settings,
  });
  return {
    ...context,
    configuration: () => ({ ...configuration, company: { ...configuration.company!, mail } }),
  };
}

export async function drainMails(context: Context): Promise<void> {
  await mailLane(context, new AbortController().signal);
}
