import { z } from 'zod';
import type { Context } from '../../context.ts';
import { broughtCertificate } from '../../domain/certificate/certificate.ts';
import { dateText } from '../../domain/document.ts';
import { assert } from '../../lib/assert.ts';
import { formatMistake } from '../../lib/mistake.ts';
import { createTemplateEngine } from '../../render/template/engine.ts';
import { findCertificates, readCertificatePdf, type StoredCertificate } from '../../store/certificates.ts';

const { subject, replaces } = broughtCertificate.shape;

/** What the page that confirms a certificate may say. */
export const confirmationModel = z.strictObject({
  number: z.string(),
  title: z.string(),
  code: z.string(),
  state: z.enum(['valid', 'replaced', 'withdrawn']),
  replacedBy: z.string().optional(),
  date: dateText,
  issuer: z.string(),
  customer: z.string().optional(),
  subject,
  replaces,
  contentHash: z.string(),
  fileHash: z.string().optional(),
});

const TITLES = {
  conformance: 'Certificate of conformance',
  calibration: 'Calibration certificate',
  'material-test': 'Material test certificate',
} as const;

const TEMPLATE = 'pages/certificate.liquid';

/** The page that a certificate's QR code leads to; undefined where nothing has that code. */
export async function confirmCertificate(context: Context, code: string): Promise<string | undefined> {
  const [found] = await findCertificates(context.db, { code, most: 1 });
  if (found === undefined) return undefined;
  const file = context.configuration().templates.get(TEMPLATE);
  assert(file !== undefined, `there is no template ${TEMPLATE}`);
  const engine = createTemplateEngine({ locale: 'en', output: 'html', words: new Map() });
  const place = { file: file.file, line: 1, column: 1 };
  const { template, mistakes } = engine.compile({ text: file.text, place }, confirmationModel);
  assert(template !== undefined, mistakes.map(formatMistake).join('; '));
  return template.render(describe(found));
}

/** The PDF under the same address. */
export async function findConfirmedPdf(context: Context, code: string): Promise<Uint8Array | undefined> {
  const [found] = await findCertificates(context.db, { code, most: 1 });
  return found && (await readCertificatePdf(context.db, found.id));
}

function describe(found: StoredCertificate): z.infer<typeof confirmationModel> {
  const { content, contentHash, fileHash, code, replacedBy, withdrawnAt } = found;
  const ended = replacedBy === undefined ? 'withdrawn' : 'replaced';
  return {
    number: content.number,
    title: TITLES[content.kind],
    code,
    state: replacedBy === undefined && withdrawnAt === undefined ? 'valid' : ended,
    ...(replacedBy === undefined ? {} : { replacedBy }),
    date: content.date,
    issuer: content.issuer.name,
    ...('customer' in content ? { customer: content.customer.name } : {}),
    subject: content.subject,
    ...(content.replaces === undefined ? {} : { replaces: content.replaces }),
    contentHash,
    ...(fileHash === undefined ? {} : { fileHash }),
  };
}
