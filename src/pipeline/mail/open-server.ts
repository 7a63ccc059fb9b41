import type { SmtpServer } from '../../channels/smtp/smtp-session.ts';
import type { Context } from '../../context.ts';
import type { CompanyFile } from '../../domain/partner/partner.ts';
import { resolveSecret } from '../../settings.ts';

const PORTS = { starttls: 587, tls: 465, none: 25 } as const;

/** Our mail server, its secrets in place. Throws SecretMissing when one of them is not there. */
export function resolveSmtp(context: Context, { mail }: Pick<CompanyFile, 'mail'>): SmtpServer | undefined {
  if (mail === undefined) return undefined;
  const { host, security, port = PORTS[security], user, password, ca } = mail.smtp;
  const folder = context.settings.partnersFolder;
  return {
    host,
    port,
    security,
    user,
    password: password && resolveSecret(password, folder),
    ca: ca && resolveSecret(ca, folder),
  };
}
