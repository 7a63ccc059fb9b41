import { z } from 'zod';
import type { Context } from '../../context.ts';
import {
  type BroughtCertificate,
  type Certificate,
  type CertificateKind,
  calibrationCertificate,
  conformanceCertificate,
  materialTestCertificate,
} from '../../domain/certificate/certificate.ts';
import type { Id } from '../../domain/exchange/records.ts';
import { chooseSeries } from '../../domain/numbering/number-series.ts';
import type { CompanyFile } from '../../domain/partner/partner.ts';
import { certifyJob, enqueue } from '../../jobs/lanes.ts';
import { assert } from '../../lib/assert.ts';
import { formatMistake } from '../../lib/mistake.ts';
import { readYamlFile } from '../../lib/yaml-file.ts';
import {
  findCertificates,
  insertCertificate,
  type StoredCertificate,
  supersedeCertificate,
} from '../../store/certificates.ts';
import { inTransaction, type Transaction } from '../../store/database.ts';
import { findOrdersToExplain } from '../../store/explain.ts';
import { takeNumbers } from '../../store/number-series.ts';
import { isStanding } from './certify-shipment.ts';
import { hashContent, hashFile, issueCertificate, makeCode } from './issue-certificate.ts';

const unnumbered = { number: z.string().optional() };

/** A certificate as it is handed in: its number is dealt here where it has none. */
const certificateToIssue = z.discriminatedUnion('kind', [
  conformanceCertificate.extend(unnumbered),
  calibrationCertificate.extend(unnumbered),
  materialTestCertificate.extend(unnumbered),
]);

export type Taken =
  | { readonly kind: 'taken'; readonly number: string }
  | { readonly kind: 'refused'; readonly messages: readonly string[] };

/** Thrown to undo what was begun. */
class Refused extends Error {
  override readonly name = 'Refused';
}

/** A JSON file with what was measured, tested or declared; `corrects`: the number of the certificate that it replaces. */
export type Given = {
  readonly file: string;
  readonly text: string;
  readonly corrects?: { readonly number: string; readonly reason: string } | undefined;
};

/** Issues a certificate of what is handed in. Its PDF and its way to the customer follow. */
export async function takeCertificate(context: Context, { file, text, corrects }: Given): Promise<Taken> {
  const { value, mistakes } = readYamlFile(file, text, certificateToIssue);
  if (value === undefined) return { kind: 'refused', messages: mistakes.map(formatMistake) };
  return await orRefused(context, async (tx) => {
    const { company } = context.configuration();
    if (company === undefined)
      throw new Refused('company.yaml is missing or has mistakes: causeway check tells them');
    const now = context.clock();
    const before = corrects === undefined ? undefined : await findStanding(tx, corrects.number);
    const number = value.number ?? (await dealNumber(tx, company, now.slice(0, 10)));
    await requireNew(tx, number);
    const replaces = corrects === undefined ? {} : { replaces: corrects };
    const content: Certificate = { ...value, ...replaces, number };
    const bound =
      before === undefined
        ? await findOrder(tx, content.subject.poNumber)
        : { partner: before.partner, order: before.order, shipment: before.shipment };
    const id = await issueCertificate({ tx, ids: context.ids, now }, content, bound);
    if (before !== undefined) await replace(tx, before, id);
    await enqueue(tx, certifyJob());
    return number;
  });
}

export type Brought = {
  readonly pdf: Uint8Array;
  readonly kind: CertificateKind;
  readonly number: string;
  readonly date: string;
  /** Who issued it. */
  readonly issuer: string;
  readonly subject: BroughtCertificate['subject'];
  readonly corrects?: { readonly number: string; readonly reason: string } | undefined;
};

/** Keeps the PDF that a laboratory or a maker gave with the goods, byte for byte. */
export async function bringCertificate(context: Context, brought: Brought): Promise<Taken> {
  const { pdf, kind, number, date, issuer, subject, corrects } = brought;
  if (Buffer.from(pdf.subarray(0, 5)).toString('latin1') !== '%PDF-')
    return { kind: 'refused', messages: ['the file is no PDF'] };
  return await orRefused(context, async (tx) => {
    await requireNew(tx, number);
    const before = corrects === undefined ? undefined : await findStanding(tx, corrects.number);
    const content: BroughtCertificate = {
      kind,
      brought: true,
      number,
      date,
      issuer: { name: issuer },
      subject,
      ...(corrects === undefined ? {} : { replaces: corrects }),
    };
    const id = context.ids();
    await insertCertificate(tx, {
      id,
      number,
      kind,
      ...(await findOrder(tx, subject.poNumber)),
      content,
      contentHash: hashContent(content),
      code: makeCode(),
      line: subject.line,
      item: subject.item,
      lot: subject.lot,
      serials: subject.serials ?? [],
      at: context.clock(),
      origin: 'brought',
      pdf,
      fileHash: hashFile(pdf),
    });
    if (before !== undefined) await replace(tx, before, id);
    await enqueue(tx, certifyJob());
    return number;
  });
}

async function orRefused(context: Context, work: (tx: Transaction) => Promise<string>): Promise<Taken> {
  try {
    return { kind: 'taken', number: await inTransaction(context.db, work) };
  } catch (error) {
    if (error instanceof Refused) return { kind: 'refused', messages: [error.message] };
    throw error;
  }
}

async function dealNumber(
  tx: Transaction,
  { numbers }: Pick<CompanyFile, 'numbers'>,
  today: string,
): Promise<string> {
  const [taken] = await takeNumbers(tx, [{ series: chooseSeries(numbers, 'certificate', today), count: 1 }]);
  const number = taken?.numbers[0];
  assert(number !== undefined, 'one number was asked for');
  return number;
}

async function requireNew(tx: Transaction, number: string): Promise<void> {
  const [same] = await findCertificates(tx, { number, most: 1 });
  if (same !== undefined)
    throw new Refused(`there is a certificate ${number} already, of ${same.at.slice(0, 10)}`);
}

async function findStanding(tx: Transaction, number: string): Promise<StoredCertificate> {
  const [found] = await findCertificates(tx, { number, most: 1 });
  if (found === undefined) throw new Refused(`there is no certificate ${number}`);
  if (!isStanding(found)) {
    const why = found.replacedBy === undefined ? 'was withdrawn' : `is replaced by ${found.replacedBy}`;
    throw new Refused(`certificate ${number} ${why}: only one that stands can be corrected`);
  }
  return found;
}

async function replace(tx: Transaction, before: StoredCertificate, by: Id): Promise<void> {
  if (!(await supersedeCertificate(tx, before.id, by)))
    throw new Refused(`certificate ${before.number} was replaced a moment ago`);
}

/** The one live order under that number. */
async function findOrder(tx: Transaction, poNumber: string | undefined) {
  if (poNumber === undefined) return {};
  const found = (await findOrdersToExplain(tx, { what: poNumber })).filter(
    (order) => order.poNumber === poNumber && !order.test,
  );
  const [only, ...others] = found;
  return only === undefined || others.length > 0 ? {} : { partner: only.partner, order: only.id };
}
