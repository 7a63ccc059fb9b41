import { z } from 'zod';
import { MAIL_KINDS } from '../mail/mail-kinds.ts';
import { readMailbox } from '../mail/mailbox.ts';

/** Mails to people: `mails` in the partner file, and `mail` in company.yaml. */

const mailbox = z
  .string()
  .refine(
    (text) => readMailbox(text) !== undefined,
    'expected an address such as orders@acme.example, or with a name: Orders <orders@acme.example>',
  );

export const mailPolicy = z.strictObject({
  to: z.array(mailbox).min(1).describe('Who gets them.'),
  language: z
    .string()
    .regex(
      /^[a-z]{2}(-[A-Z]{2})?$/,
      'expected a language such as en or de, with a country where it matters: de-AT',
    )
    .default('en'),
  send: z
    .array(z.enum(MAIL_KINDS))
    .default(MAIL_KINDS.filter((kind) => kind !== 'order-received'))
    .describe('Which mails; all but `order-received` where absent.'),
  attach: z
    .array(z.enum(['invoice', 'certificates', 'packing-slip']))
    .default(['invoice', 'certificates'])
    .describe('What goes along as PDF, with the mail that tells of it.'),
});

const secret = z.string().regex(/^(env:[A-Za-z_]\w*|file:.+)$/, 'expected env:NAME or file:PATH');

const smtpServer = z
  .strictObject({
    host: z.string().min(1),
    port: z.int().min(1).max(65535).optional().describe('587 with starttls, 465 with tls, 25 with none.'),
    security: z
      .enum(['starttls', 'tls', 'none'])
      .default('starttls')
      .describe('Nothing is sent to a server that does not encrypt, unless `none` says so.'),
    user: z.string().optional(),
    password: secret.optional(),
    ca: secret.optional().describe('A certificate (PEM) to trust beside those that this machine trusts.'),
  })
  .refine(
    ({ user, password }) => (user === undefined) === (password === undefined),
    'expected user and password, or neither',
  )
  .refine(
    ({ security, password }) => security !== 'none' || password === undefined,
    'a password is not sent in clear: expected security starttls or tls',
  );

export const companyMail = z.strictObject({
  from: mailbox,
  'reply-to': mailbox.optional(),
  test: mailbox
    .optional()
    .describe('Who gets the mails on test orders, instead of the partner; nobody where absent.'),
  signature: z
    .array(z.string())
    .default([])
    .describe('Lines at the end of every mail: address, register, telephone.'),
  tracking: z
    .record(
      z.string(),
      z
        .string()
        .regex(
          /^https:\/\/\S*\{number\}\S*$/,
          'expected an address such as https://carrier.example/{number}',
        ),
    )
    .default({})
    .describe('By the SCAC of a carrier: where its tracking numbers are looked up.'),
  smtp: smtpServer,
});
