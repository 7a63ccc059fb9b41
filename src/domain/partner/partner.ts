import { z } from 'zod';
import { checkDesk, exceptionsFile, severityFile, teamsFile } from '../exception/desk-file.ts';
import { gs1File, numbersFile } from '../numbering/numbers-file.ts';
import { addressFile, billingFile, certificatesFile, contactFile, termsFile } from './company-trade.ts';
import { duration } from './duration.ts';
import { companyMail, mailPolicy } from './mail-policy.ts';
import { orderPolicy } from './order-policy.ts';
import { sendPolicy } from './send-policy.ts';
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
  send: sendPolicy,
  customer: z
    .string()
    .optional()
    .describe(
      'Our customer number of the partner, where contracts, ship-tos and credit are kept under it; its id where absent.',
    ),
  orders: orderPolicy.prefault({}),
  billing: z
    .strictObject({
      terms: termsFile.optional(),
      tax: z.enum(['standard', 'exempt']).default('standard'),
    })
    .prefault({})
    .describe('How the partner is billed where its orders do not say.'),
  warehouse: z
    .string()
    .optional()
    .describe('Of a partner that is a warehouse of ours: its id, which its 945s ship from.'),
  shipping: z
    .strictObject({
      over: z
        .string()
        .regex(/^\d+(\.\d+)?$/, 'expected percent such as "5"')
        .default('0')
        .describe('Percent of a line by which more than was ordered may ship before a person is asked.'),
    })
    .prefault({}),
  credit: later,
  matching: later,
  contacts: z.record(z.string(), z.string()).default({}),
  mails: mailPolicy
    .optional()
    .describe('Mails to people about what happens to their orders; none where absent.'),
});

export type PartnerFile = z.infer<typeof partnerFile>;
export type RemoteSftp = z.infer<typeof sftp>;

const weight = z.number().min(0).max(1000);

/** How much each criterion counts when warehouses are ranked for a line. */
const routingFile = z
  .strictObject({
    wholeLine: weight.default(40),
    wholeOrder: weight.default(20),
    meetsDate: weight.default(20),
    cost: weight.default(15),
    load: weight.default(5),
  })
  .prefault({})
  .describe('How much each criterion counts when warehouses are ranked for a line; against each other.');

const period = z.string().regex(/^[1-9]\d*[smhd]$/, 'expected a duration such as 10s, 30m or 24h');

/** Where orders go once they are decided: a webhook, files on a server, or both. */
const erpFile = z
  .strictObject({
    webhook: z
      .strictObject({
        url: z.url({ protocol: /^https?$/, error: 'expected a URL such as https://erp.example.com/orders' }),
        secret: secret.describe('What each request is signed with; named as `env:NAME` or `file:PATH`.'),
        timeout: period.default('10s'),
      })
      .optional(),
    files: z
      .strictObject({
        sftp: sftp
          .refine((server) => server.put !== undefined, 'expected put: the folder that files go to')
          .refine(
            (server) => server.fetch === undefined,
            'expected no fetch: nothing is fetched from the ERP',
          ),
        format: z.enum(['json', 'csv']).default('json'),
      })
      .optional(),
    acknowledged: z
      .union([period, z.literal('never')])
      .default('24h')
      .describe('How long the ERP may take to acknowledge a message; `never` where it acknowledges none.'),
    send: z
      .array(z.enum(['orders', 'releases', 'changes']))
      .refine(
        (kinds) => kinds.some((kind) => kind !== 'changes'),
        'expected orders or releases: changes are told of what was told before',
      )
      .default(['orders', 'releases', 'changes']),
    held: z.boolean().default(false).describe('Whether what waits for a person is told as well.'),
    login: sftpHosted
      .optional()
      .describe('With what the ERP logs in to our SFTP server, to bring in master data.'),
  })
  .refine(
    ({ webhook, files, login }) => (webhook ?? files ?? login) !== undefined,
    'expected webhook, files, or login',
  )
  .describe('The ERP: how it is told of orders, changes and releases, and brings in master data.');

export type ErpFile = z.infer<typeof erpFile>;

/** Who we are to our partners: `partners/company.yaml`. */
export const companyFile = z
  .strictObject({
    name: z.string(),
    identity: z.strictObject({ x12: x12Identity }),
    currency: z.string().length(3).default('USD'),
    address: addressFile.prefault({}),
    contact: contactFile.prefault({}),
    billing: billingFile,
    certificates: certificatesFile,
    routing: routingFile,
    erp: erpFile.optional(),
    mail: companyMail
      .optional()
      .describe('How mails leave, and who they are from; no partner gets any where absent.'),
    teams: teamsFile,
    exceptions: exceptionsFile,
    severity: severityFile,
    numbers: numbersFile,
    gs1: gs1File.optional(),
  })
  .superRefine(checkDesk);

export type CompanyFile = z.infer<typeof companyFile>;
