import { z } from 'zod';
import { errors, tolerate } from './tolerance.ts';

/**
 * The partner file, `partners/<id>/partner.yaml`. Everything has a default that suits most; what makes one
 * partner different from the next stands here and in its map overlays, never in code.
 */

const X12_ID = /^[0-9A-Z]{2}:\S(.{0,13}\S)?$/;

export const x12Identity = z.strictObject({
  interchange: z
    .string()
    .regex(X12_ID, 'expected QUALIFIER:ID as in ISA05 and ISA06, such as "ZZ:ACMEIND"')
    .describe('ISA05:ISA06 (or ISA07:ISA08 of what we send), such as `ZZ:ACMEIND`.'),
  group: z.string().min(2).max(15).describe('GS02 (or GS03 of what we send).'),
});

const duration = z
  .string()
  .regex(/^\d+[smhd]( after shipment)?$/, 'expected a duration such as 30m, 24h or 2d');

const decimal = z.string().regex(/^\d+(\.\d+)?$/, 'expected a decimal such as "5.00"');

const secret = z
  .string()
  .regex(/^(env:[A-Za-z_]\w*|file:.+)$/, 'expected env:NAME or file:PATH')
  .describe('A secret never stands in a partner file: it is named as `env:NAME` or `file:PATH`.');

const sftpHosted = z.strictObject({
  user: z.string().regex(/^[A-Za-z0-9._-]{1,64}$/, 'expected letters, digits, dot, dash or underscore'),
  keys: z
    .array(z.string().regex(/^(file:.+|env:\w+|(ssh|ecdsa|sk)-\S+ \S+.*)$/))
    .default([])
    .describe(
      "OpenSSH public keys: `file:keys/acme.pub`, relative to the partner's folder, or the key itself.",
    ),
  password: secret.optional(),
});

const sftp = z.strictObject({
  host: z.string(),
  port: z.union([z.int().min(1).max(65535), secret]).default(22),
  hostKey: z
    .union([
      z.string().regex(/^SHA256:[A-Za-z0-9+/]{43}=?$/, 'expected SHA256:… as ssh-keygen -lf prints it'),
      secret,
    ])
    .describe('Fingerprint as `ssh-keygen -lf` prints it; polling stops when the server shows another key.'),
  user: z.string(),
  key: secret.optional(),
  password: secret.optional(),
  fetch: z.string().optional().describe('Folder on their server that we fetch from.'),
  every: duration.default('5m'),
  // biome-ignore lint/suspicious/noThenProperty: the partner file's word for what follows a fetch
  then: z
    .union([z.literal('delete'), z.strictObject({ move: z.string() })])
    .default('delete')
    .describe(
      'What becomes of a fetched file once it is stored here: deleted, or moved into this folder of theirs.',
    ),
  put: z.string().optional().describe('Folder on their server that we deliver to.'),
});

export const channel = z
  .strictObject({
    'sftp-hosted': sftpHosted.optional(),
    sftp: sftp.optional(),
    mail: z.strictObject({ to: z.email() }).optional(),
  })
  .refine((value) => Object.keys(value).length === 1, 'expected one of sftp-hosted, sftp or mail')
  .describe('One way in or out; exactly one of its keys.');

const overlay = z
  .string()
  .optional()
  .describe("Map overlay in the partner's folder; the base map where absent.");

const acknowledgement = z.enum(['997', '999', 'none']);

const receiveSet = z.strictObject({
  map: overlay,
  acknowledge: z
    .union([acknowledgement, z.literal('refuse')])
    .optional()
    .describe(
      'What goes back for the group that brought it; as `x12.acknowledge` where absent. `refuse`, under `other` alone, takes no set that is not listed (AK502 1).',
    ),
  errors: errors.optional(),
});

/** What the partner may send where its file does not say. */
const RECEIVE_DEFAULT = { '850': {}, '997': {} };

/** Said of ship notices, invoices and certificates, which are not sent yet. */
const laterSend = Object.fromEntries(
  ['detail', 'structure', 'labels', 'consolidate', 'kinds', 'via', 'gate'].map((key) => [
    key,
    z.unknown().optional().describe('Kept, and without effect yet.'),
  ]),
);

const sendSet = z.strictObject({
  map: overlay,
  ...laterSend,
  within: duration.optional().describe('How soon it is owed to the partner.'),
  acknowledged: z
    .union([duration, z.literal('never')])
    .default('24h')
    .describe(
      'How long the partner may take to acknowledge it before an exception is raised; `never` where it sends no 997.',
    ),
});

export const orderPolicy = z.strictObject({
  number: z.enum(['required', 'optional']).default('required'),
  duplicate: z
    .enum(['hold', 'reject'])
    .default('hold')
    .describe('What becomes of another order under the same number, release and ship-to with other content.'),
  price: z
    .strictObject({
      tolerance: z.strictObject({ percent: decimal.optional(), amount: decimal.optional() }).default({}),
      outside: z.enum(['hold', 'contract', 'theirs', 'reject']).default('hold'),
    })
    .prefault({}),
  'unknown-item': z.enum(['reject', 'hold']).default('reject'),
  'over-release': z.enum(['reject', 'hold']).default('reject'),
  short: z.enum(['ship-partial', 'wait', 'cancel']).default('ship-partial'),
});

const later = z.looseObject({}).optional().describe('Kept, and without effect yet.');

export const partnerFile = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,38}$/, 'expected lower-case letters, digits and dashes'),
  name: z.string(),
  status: z.enum(['draft', 'testing', 'live', 'suspended']).default('live'),
  identity: z.strictObject({
    x12: x12Identity,
    mail: z.array(z.email()).default([]),
  }),
  channels: z.array(channel).default([]),
  x12: z
    .strictObject({
      version: z
        .string()
        .regex(/^\d{6}$/, 'expected six digits such as "004010"')
        .default('004010'),
      separators: z
        .string()
        .min(3)
        .max(4)
        .default('*>~')
        .describe('Element, component, terminator and, from 00402 on, repetition: `*>~` or `|>~^`.'),
      newline: z.boolean().default(false).describe('Line end after each terminator.'),
      usage: z.enum(['P', 'T']).default('P'),
      charset: z.enum(['utf-8', 'latin1']).default('utf-8'),
      'separator-in-data': z
        .enum(['replace', 'refuse'])
        .default('replace')
        .describe(
          'A separator inside data cannot be sent in X12: replaced by a space, or the document is refused.',
        ),
      tolerate,
      ta1: z
        .enum(['requested', 'errors', 'never'])
        .default('requested')
        .describe(
          'When a TA1 goes back: for every interchange that asks (ISA14) or is in error, only in error, never.',
        ),
      acknowledge: acknowledgement
        .default('997')
        .describe(
          'What goes back for a group: 997, 999 (997 before 005010, which has no 999) or none. A set under `receive` may say otherwise.',
        ),
      errors: errors.optional(),
    })
    .prefault({}),
  receive: z
    .record(
      z.string().regex(/^(\d{3}|other)$/, 'expected a set id such as "850", or `other` for the rest'),
      receiveSet,
    )
    .prefault(RECEIVE_DEFAULT),
  send: z.record(z.string(), sendSet).default({}),
  orders: orderPolicy.prefault({}),
  credit: later,
  matching: later,
  contacts: z.record(z.string(), z.string()).default({}),
});

export type PartnerFile = z.infer<typeof partnerFile>;
export type RemoteSftp = z.infer<typeof sftp>;
export type OrderPolicy = z.infer<typeof orderPolicy>;

/** Who we are to our partners: `partners/company.yaml`. */
export const companyFile = z.strictObject({
  name: z.string(),
  identity: z.strictObject({ x12: x12Identity }),
  currency: z.string().length(3).default('USD'),
});

export type CompanyFile = z.infer<typeof companyFile>;

/** `30m`, `24h`, `2d` in seconds. */
export function durationSeconds(text: string): number {
  const match = /^(\d+)([smhd])/.exec(text);
  if (match === null) return 0;
  const unit = { s: 1, m: 60, h: 3600, d: 86_400 }[match[2] as 's' | 'm' | 'h' | 'd'];
  return Number(match[1]) * unit;
}
